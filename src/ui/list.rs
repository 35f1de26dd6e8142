//! The list: two rows for a posting, or one where the window is low.

mod item;

use std::fmt::Write as _;

use ratatui::Frame;
use ratatui::text::Span;

use super::status::not_judged;
use super::{border, text};
use crate::app::count::grouped;
use crate::app::layout::{Area, Pane};
use crate::app::{Action, App, Loading};
use crate::config::Theme;
use crate::search::Highlighter;
use item::Item;

pub(super) fn draw(app: &App, theme: &Theme, area: Area, height: u16, frame: &mut Frame<'_>) {
    border(app, theme, Pane::List, &name(app), area, frame);
    let inner = area.inner();
    let rows = &app.matches().rows;
    if rows.is_empty() {
        return draw_empty(app, theme, inner, frame);
    }
    let highlighter = Highlighter::new(app.query());
    let selected = app.list().selected(rows.len());
    let top = app.list().cursor.top();
    let in_view = usize::from(inner.height.div_ceil(height));
    for (at, row) in rows.iter().enumerate().skip(top).take(in_view) {
        let posting = app.index().posting(*row);
        let highlights = highlighter.posting(&posting);
        let marked = app.list().marked.contains(&posting.id);
        let y = (at - top) as u16 * height;
        let item = Item {
            posting: &posting,
            highlights: &highlights,
            today: app.today(),
            marked,
            marks: app.marks(*row),
            fold: app.fold(at),
            facts: app.facts(),
            theme,
        };
        item.draw(inner, y, height, frame);
        if selected == Some(at) {
            let focused = app.focus() == Pane::List;
            let style = if focused {
                theme.selected
            } else {
                theme.selected_unfocused
            };
            (y..y + height).for_each(|row| text::fill(inner, row, style, frame.buffer_mut()));
        }
    }
}

fn name(app: &App) -> String {
    let mut name = "Postings".to_owned();
    for (count, what) in [
        (app.list().marked.len(), "marked"),
        (app.matches().folded(), "folded"),
    ] {
        if count > 0 {
            let _ = write!(name, " · {} {what}", grouped(count));
        }
    }
    name
}

/// Why there is nothing to see, and what could be done.
fn draw_empty(app: &App, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let matches = app.matches();
    let key = |action| {
        app.key(crate::app::Mode::Browse, action)
            .unwrap_or_default()
    };
    let mut lines = match app.loading() {
        Loading::Failed(why) => vec![
            format!("The board could not be read: {why}."),
            format!("{} tries again.", key(Action::Reload)),
        ],
        Loading::Running(_) => vec!["Reading the board…".to_owned()],
        Loading::Done if app.is_searching() => Vec::new(),
        Loading::Done if matches.of == 0 => vec!["This board has no postings.".to_owned()],
        Loading::Done if app.query().terms.is_empty() => Vec::new(),
        Loading::Done => vec![
            "Nothing matches the query.".to_owned(),
            format!("{} clears it.", key(Action::Escape)),
        ],
    };
    let kept_out = matches.hidden + matches.muted;
    if kept_out > 0 {
        let show = key(Action::ShowHidden);
        lines.push(format!(
            "{} are hidden or muted: {show} shows them.",
            grouped(kept_out)
        ));
    }
    for unjudged in matches.unjudged.iter().filter(|_| !app.shows_unjudged()) {
        let include = key(Action::IncludeUnjudged);
        lines.push(format!(
            "{}: {include} includes them.",
            not_judged(unjudged)
        ));
    }
    let mut row = 0;
    for line in lines {
        for part in textwrap::wrap(&line, usize::from(area.width).max(1)) {
            let span = Span::styled(part.into_owned(), theme.muted);
            text::write(&[span], area, row, 0, frame.buffer_mut());
            row += 1;
        }
    }
}
