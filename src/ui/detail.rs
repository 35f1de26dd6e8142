//! The detail pane: the selected posting beside the list.

use ratatui::Frame;

use super::scroll::{self, Extent};
use super::{frame, page, text};
use crate::app::App;
use crate::app::layout::{Area, Pane};
use crate::config::Theme;

pub(super) fn draw(app: &App, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let body = area.body();
    let Some(detail) = app.detail() else {
        frame::head(app, theme, Pane::Detail, "Posting", "", area, frame);
        return;
    };
    let height = usize::from(body.height);
    let top = detail.page.top();
    let extent = Extent {
        total: detail.page.lines().len(),
        top,
        in_view: height,
    };
    let position = match detail.page.last_top(height) {
        0 => String::new(),
        _ => format!("{}%", detail.page.percent(height)),
    };
    frame::head(app, theme, Pane::Detail, "Posting", &position, area, frame);
    let lines = detail.page.lines().iter().enumerate();
    for (at, line) in lines.skip(top).take(height) {
        let first = detail.marks.partition_point(|hit| hit.line < at);
        let marks: Vec<_> = detail.marks[first..]
            .iter()
            .take_while(|hit| hit.line == at)
            .map(|hit| (hit.start..hit.end, theme.matched))
            .collect();
        let marks = page::with_evidence(marks, detail.evidence.hits(), at, theme);
        let spans = page::spans(line, &marks, None, theme);
        text::write(&spans, body, (at - top) as u16, 2, frame.buffer_mut());
    }
    scroll::draw(extent, false, theme, area.edge(), frame);
}
