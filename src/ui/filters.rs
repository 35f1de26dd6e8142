//! The filters pane: facets, their values, and how many postings each would leave.

use ratatui::Frame;
use ratatui::text::Span;

use super::{border, text};
use crate::app::App;
use crate::app::count::grouped;
use crate::app::filters::FilterRow;
use crate::app::layout::{Area, Pane};
use crate::board::location::country_name;
use crate::config::Theme;
use crate::query::{Field, Selection};
use crate::search::{FacetValue, Highlighter};

pub(super) fn draw(app: &App, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    border(app, theme, Pane::Filters, "Filters", area, frame);
    let inner = area.inner();
    let highlighter = Highlighter::new(app.query());
    let cursor = app.filters().cursor();
    let rows = app.filters().rows().iter().enumerate();
    for (at, row) in rows.skip(cursor.top()).take(inner.height.into()) {
        let y = (at - cursor.top()) as u16;
        draw_row(row, &highlighter, theme, inner, y, frame);
        if at == cursor.at() && app.focus() == Pane::Filters {
            text::fill(inner, y, theme.selected, frame.buffer_mut());
        }
    }
}

fn draw_row(
    row: &FilterRow,
    highlighter: &Highlighter,
    theme: &Theme,
    area: Area,
    y: u16,
    frame: &mut Frame<'_>,
) {
    let width = usize::from(area.width);
    let buffer = frame.buffer_mut();
    let plain = |text: String, style| vec![Span::styled(super::text::fit(&text, width), style)];
    let spans = match row {
        FilterRow::Heading(field) => plain(heading(*field).to_owned(), theme.heading),
        FilterRow::More(_, more) => plain(format!("    {} more", grouped(*more)), theme.muted),
        FilterRow::Beyond(field, more) => plain(
            format!("    {} more: type {}:", grouped(*more), field.name()),
            theme.muted,
        ),
        FilterRow::Value(field, value) => {
            let count = grouped(value.count);
            let column = width.saturating_sub(count.len() + 1);
            let style = if value.count == 0 {
                theme.muted
            } else {
                theme.text
            };
            text::write(
                &[Span::styled(count, style)],
                area,
                y,
                column as u16,
                buffer,
            );
            labelled(*field, value, highlighter, theme, column.saturating_sub(1))
        }
    };
    text::write(&spans, area, y, 0, buffer);
}

/// The checkbox and the value; a country's code with its name.
fn labelled(
    field: Field,
    value: &FacetValue,
    highlighter: &Highlighter,
    theme: &Theme,
    room: usize,
) -> Vec<Span<'static>> {
    let (mark, style) = match value.selection {
        Selection::Off => ("[ ] ", theme.muted),
        Selection::Included => ("[x] ", theme.checked),
        Selection::Excluded => ("[!] ", theme.excluded),
    };
    let room = room.saturating_sub(mark.len());
    let ranges = highlighter.value(field, &value.value);
    let base = if value.count == 0 {
        theme.muted
    } else {
        theme.text
    };
    let mut spans = vec![Span::styled(mark, style)];
    spans.extend(text::marked(
        &value.value,
        &ranges,
        room,
        base,
        theme.matched,
    ));
    if let Some(name) = country_name(&value.value).filter(|_| field == Field::Country) {
        let room = room.saturating_sub(value.value.len() + 1);
        let name = text::fit(name, room);
        spans.push(Span::styled(format!(" {name}"), theme.muted));
    }
    spans
}

/// A facet's name on the screen.
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
        Field::Tag => "Tags",
        Field::Board => "Board",
        other => other.name(),
    }
}
