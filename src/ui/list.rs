//! The list: two rows per posting, or one in a low window.

mod item;

use std::fmt::Write as _;

use ratatui::Frame;
use ratatui::text::Span;

use super::scroll::{self, Extent};
use super::{bar, frame, text};
use crate::app::bottom::{looser, not_judged};
use crate::app::count::{at_least, grouped};
use crate::app::layout::{Area, Layout, Pane};
use crate::app::row::{RowContext, RowView};
use crate::app::{Action, App, Loading, Mode};
use crate::config::Theme;
use crate::search::Highlighter;
use item::{Columns, Item};

pub(super) fn draw(app: &App, theme: &Theme, area: Area, layout: &Layout, frame: &mut Frame<'_>) {
    let body = area.body();
    let rows = &app.matches().rows;
    let ruled = layout.detail.is_some();
    let extent = Extent {
        total: app.matches().shown,
        top: app.list().cursor.top(),
        in_view: layout.list_rows(),
    };
    frame::head(
        app,
        theme,
        Pane::List,
        &name(app, bar::crowded_out(app, theme, layout.top)),
        &position(app),
        area,
        frame,
    );
    scroll::draw(extent, ruled, theme, area.edge(), frame);
    if rows.is_empty() {
        return draw_empty(app, theme, body, frame);
    }
    let height = layout.row_height();
    let highlighter =
        Highlighter::new(app.matches().answered(app.query()), &app.matches().readings);
    let literals = highlighter.literals();
    let selected = app.list().selected(rows.len());
    let top = app.list().cursor.top();
    let in_view = usize::from(body.height.div_ceil(height));
    let shown = rows.iter().enumerate().skip(top).take(in_view);
    let views: Vec<_> = shown
        .map(|(at, row)| {
            let posting = app.index().posting(*row);
            let highlights = highlighter.posting(&posting);
            let context = RowContext {
                today: app.today(),
                marked: app.list().marked.contains(&posting.id),
                marks: app.marks(*row),
                grouping: app.grouping(at),
                facts: app.facts(),
                highlights: &highlights,
                known: &app.index().facts(*row),
                literals: &literals,
                shared: app.matches().shared.get(at).map_or(&[], Vec::as_slice),
            };
            (RowView::new(&posting, &context), highlights)
        })
        .collect();
    let columns = Columns {
        has_pay: views.iter().any(|(row, _)| row.pay.is_some()),
        age: views
            .iter()
            .map(|(row, _)| row.age.len())
            .max()
            .unwrap_or(0),
    };
    for (at, (row, highlights)) in views.iter().enumerate() {
        let y = at as u16 * height;
        let lines = height.min(2);
        let item = Item {
            columns,
            row,
            highlights,
            theme,
        };
        item.draw(body, y, lines, frame);
        if selected == Some(top + at) {
            let focused = app.focus() == Pane::List;
            for line in y..y + lines {
                frame::select(theme, focused, body, line, frame);
            }
        }
    }
}

/// Title of the pane: what was assumed about the query, where the top line has no room for it, else the numbers of marked
/// and grouped postings.
fn name(app: &App, assumed: Option<String>) -> String {
    let name = if app.similar_to().is_some() {
        "More like this"
    } else {
        "Postings"
    };
    let mut name = name.to_owned();
    if let Some(assumed) = assumed {
        let _ = write!(name, " · {assumed}");
        return name;
    }
    for (count, what) in [
        (app.list().marked.len(), "marked"),
        (app.matches().collapsed(), "grouped"),
    ] {
        if count > 0 {
            let _ = write!(name, " · {} {what}", grouped(count));
        }
    }
    name
}

/// Number of the selected row, and of all rows.
fn position(app: &App) -> String {
    let matches = app.matches();
    let shown = matches.shown;
    if shown == 0 {
        return String::new();
    }
    let at = app.list().cursor.at().min(shown - 1) + 1;
    format!("{}/{}", grouped(at), at_least(shown, matches.is_at_least))
}

/// What less would find, each with the key that asks for it.
fn ways_on(app: &App) -> Vec<String> {
    let advice = app.advice();
    let does = |action: Action, does: &str| {
        let key = app.key(app.mode(), action);
        key.map_or_else(String::new, |key| format!(" · {key} {does}"))
    };
    let mut lines = Vec::new();
    for (at, suggestion) in advice.without.iter().enumerate() {
        let key = if at == 0 {
            does(Action::DropWord, "drops it")
        } else {
            String::new()
        };
        let total = grouped(suggestion.total);
        lines.push(format!("without `{}`: {total}{key}", suggestion.term));
    }
    if let Some(described) = &advice.described {
        let total = grouped(described.total);
        let key = does(Action::InDescriptions, "searches them");
        lines.push(format!(
            "in {total} descriptions: `{}`{key}",
            described.term
        ));
    }
    if advice.looser > 0 {
        let key = does(Action::Looser, "shows them");
        lines.push(format!("{}{key}", looser(advice.looser)));
    }
    lines
}

/// Explains why the list is empty, and what to do about it.
fn draw_empty(app: &App, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let matches = app.matches();
    let key = |action| {
        app.key(crate::app::Mode::Browse, action)
            .unwrap_or_default()
    };
    let mut lines = match app.loading() {
        Loading::Failed(why) => vec![
            format!("The board could not be read: {why}."),
            format!("{} tries again", key(Action::Reload)),
        ],
        Loading::Running(_) => vec!["Reading the board…".to_owned()],
        Loading::Done if app.is_searching() => Vec::new(),
        Loading::Done if matches.of == 0 => vec![
            "This board has no postings yet.".to_owned(),
            format!(
                "{} adds a company by its careers page, {} opens another board.",
                key(Action::AddSource),
                key(Action::OpenBoard)
            ),
            "`jobdeck new posting TITLE` writes one by hand.".to_owned(),
        ],
        Loading::Done if app.similar_to().is_some() => vec![
            "No other posting shares enough words with it.".to_owned(),
            format!("{} goes back.", key(Action::Escape)),
        ],
        Loading::Done if app.query().terms.is_empty() => Vec::new(),
        Loading::Done => vec![
            "No posting matches the whole query.".to_owned(),
            if app.mode() == Mode::Query {
                let cancel = app.key(Mode::Query, Action::Escape).unwrap_or_default();
                format!("{cancel} brings back the query before")
            } else {
                format!(
                    "{} clears it · {} changes it",
                    key(Action::Escape),
                    key(Action::Search)
                )
            },
        ],
    };
    lines.extend(ways_on(app));
    let kept_out = matches.hidden + matches.muted;
    if kept_out > 0 {
        let show = key(Action::ShowHidden);
        lines.push(format!(
            "{} hidden or muted · {show} shows them",
            grouped(kept_out)
        ));
    }
    for unjudged in matches.unjudged.iter().filter(|_| !app.shows_unjudged()) {
        let include = key(Action::IncludeUnjudged);
        let hidden = not_judged(unjudged, false, matches.is_at_least);
        lines.push(format!("{hidden} · {include} shows them"));
    }
    let mut row = 0;
    for line in lines {
        for part in textwrap::wrap(&line, usize::from(area.width.saturating_sub(3)).max(1)) {
            let span = Span::styled(part.into_owned(), theme.muted);
            text::write(&[span], area, row, 2, frame.buffer_mut());
            row += 1;
        }
    }
}
