//! The filters pane: facets, their values, and the number of postings each would leave.

use ratatui::Frame;
use ratatui::text::Span;

use super::scroll::{self, Extent};
use super::{frame, rect, text};
use crate::app::App;
use crate::app::browser::filters::FilterRow;
use crate::app::count::{at_least, grouped};
use crate::app::layout::{Area, Pane};
use crate::config::Theme;
use crate::facts::language_name;
use crate::places::country_name;
use crate::query::{Field, Selection};
use crate::search::{FacetValue, Highlighter};

/// Column of headings and of the signs of values.
const LEFT: u16 = 2;
/// Sign of a value that is included, excluded, or neither.
const INCLUDED: &str = "▸ ";
const EXCLUDED: &str = "! ";
const NEITHER: &str = "  ";

pub(super) fn draw(app: &App, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let ground = theme.ground.patch(theme.text).patch(theme.panel);
    frame.buffer_mut().set_style(rect(area), ground);
    let body = area.body();
    let cursor = app.filters().cursor();
    let rows = app.filters().rows();
    let name = match app.filters().needle() {
        Some(needle) => format!("Filters /{}", needle.text()),
        None => "Filters".to_owned(),
    };
    frame::head(app, theme, Pane::Filters, &name, "", area, frame);
    let extent = Extent {
        total: rows.len(),
        top: cursor.top(),
        in_view: body.height.into(),
    };
    scroll::draw(extent, !theme.has_steps(), theme, area.edge(), frame);
    let highlighter =
        Highlighter::new(app.matches().answered(app.query()), &app.matches().readings);
    let shown = rows.iter().enumerate().skip(cursor.top());
    for (at, row) in shown.take(body.height.into()) {
        let y = (at - cursor.top()) as u16;
        let is_at_least = app.filters().is_at_least();
        draw_row(row, &highlighter, (theme, is_at_least), body, y, frame);
        if at == cursor.at() && app.focus() == Pane::Filters {
            frame::select(theme, true, body, y, frame);
        }
    }
}

fn draw_row(
    row: &FilterRow,
    highlighter: &Highlighter,
    (theme, is_at_least): (&Theme, bool),
    area: Area,
    y: u16,
    frame: &mut Frame<'_>,
) {
    let width = usize::from(area.width.saturating_sub(LEFT));
    let buffer = frame.buffer_mut();
    let plain = |text: String, style| vec![Span::styled(text::truncate(&text, width), style)];
    let spans = match row {
        FilterRow::Gap(_) => return,
        FilterRow::Heading(field) => plain(heading(*field).to_owned(), theme.heading),
        FilterRow::More(_, more) => plain(format!("{NEITHER}{} more", grouped(*more)), theme.faint),
        FilterRow::Beyond(field, more) => plain(
            format!("{NEITHER}{} more: type {}:", grouped(*more), field.name()),
            theme.faint,
        ),
        FilterRow::Value(field, value) => {
            let count = at_least(value.count, is_at_least);
            let column = usize::from(area.width).saturating_sub(count.len() + 1);
            let style = match value.selection {
                Selection::Included => theme.strong,
                _ => theme.faint,
            };
            let count = [Span::styled(count, style)];
            text::write(&count, area, y, column as u16, buffer);
            let room = column.saturating_sub(usize::from(LEFT) + 1);
            labelled(*field, value, highlighter, theme, room)
        }
    };
    text::write(&spans, area, y, LEFT, buffer);
}

/// Sign and label of a value; countries are shown by name.
fn labelled(
    field: Field,
    value: &FacetValue,
    highlighter: &Highlighter,
    theme: &Theme,
    room: usize,
) -> Vec<Span<'static>> {
    let (sign, style, base) = match value.selection {
        Selection::Included => (INCLUDED, theme.checked, theme.strong),
        Selection::Excluded => (EXCLUDED, theme.excluded, theme.excluded),
        Selection::Off if value.count == 0 => (NEITHER, theme.faint, theme.faint),
        Selection::Off => (NEITHER, theme.muted, theme.muted),
    };
    let room = room.saturating_sub(sign.len().min(2));
    let mut spans = vec![Span::styled(sign, style)];
    if let Some(name) = country_name(&value.value).filter(|_| field == Field::Country) {
        spans.push(Span::styled(text::truncate(name, room), base));
        return spans;
    }
    let label = match field {
        Field::Speaks => language_name(&value.value).map(str::to_owned),
        Field::Years if value.value == "1" => Some("1 year".to_owned()),
        Field::Years => Some(format!("{} years", value.value)),
        _ => None,
    };
    if let Some(label) = label {
        spans.push(Span::styled(text::truncate(&label, room), base));
        return spans;
    }
    let ranges = highlighter.value(field, &value.value);
    let marked = text::marked(&value.value, &ranges, room, base, theme.matched);
    spans.extend(marked);
    spans
}

/// Label of a facet.
fn heading(field: Field) -> &'static str {
    match field {
        Field::Country => "Country",
        Field::Region => "Region",
        Field::City => "City",
        Field::Company => "Company",
        Field::Team => "Team",
        Field::Workplace => "Workplace",
        Field::Employment => "Employment",
        Field::Level => "Level",
        Field::Years => "Experience",
        Field::Sponsorship => "Visa sponsorship",
        Field::Education => "Degree",
        Field::Skill => "Skills",
        Field::Speaks => "Languages",
        Field::Tag => "Tags",
        Field::Board => "Board",
        other => other.name(),
    }
}
