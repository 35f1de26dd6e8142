//! The posting beside the list.

use ratatui::Frame;

use super::{border, page, text};
use crate::app::App;
use crate::app::layout::{Area, Pane};
use crate::config::Theme;

pub(super) fn draw(app: &App, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let inner = area.inner();
    let Some(detail) = app.detail() else {
        border(app, theme, Pane::Detail, "Posting", area, frame);
        return;
    };
    let height = usize::from(inner.height);
    let percent = detail.page.percent(height);
    let name = match detail.page.last_top(height) {
        0 => "Posting".to_owned(),
        _ => format!("Posting · {percent}%"),
    };
    border(app, theme, Pane::Detail, &name, area, frame);
    let top = detail.page.top();
    let lines = detail.page.lines().iter().enumerate();
    for (at, line) in lines.skip(top).take(height) {
        let first = detail.marks.partition_point(|hit| hit.line < at);
        let marks: Vec<_> = detail.marks[first..]
            .iter()
            .take_while(|hit| hit.line == at)
            .map(|hit| (hit.start..hit.end, theme.matched))
            .collect();
        let base = page::style(line.kind, theme);
        let spans = page::spans(line, &marks, base, theme);
        text::write(&spans, inner, (at - top) as u16, 1, frame.buffer_mut());
    }
}
