//! The reader: a full-screen column of text with the reading progress.

use std::ops::Range;

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::Span;

use super::{page, photo, text};
use crate::app::App;
use crate::app::layout::{Area, Layout};
use crate::app::reader::Reader;
use crate::config::Theme;
use crate::document::{Block, BlockKind};

/// Width of the progress bar.
const CELLS: usize = 10;

pub(super) fn draw(
    app: &App,
    reader: &Reader,
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    draw_bar(reader, theme, layout, frame);
    let column = layout.reader(app.measure());
    let top = reader.page.top();
    let (focus, block) = (reader.link(), reader.link_block());
    let lines = reader.page.lines().iter().enumerate();
    for (at, line) in lines.skip(top).take(column.height.into()) {
        let marks = page::with_evidence(hits(reader, at, theme), reader.evidence.hits(), at, theme);
        let mut spans = page::spans(line, &marks, focus, theme);
        if line.kind == BlockKind::Related && block == Some(line.block) {
            for span in &mut spans {
                span.style = span.style.patch(theme.link_focus);
            }
        }
        let row = (at - top) as u16;
        text::write(&spans, column, row, 0, frame.buffer_mut());
        if let (BlockKind::Photo, Some(picture)) = (line.kind, &reader.photo) {
            let first = reader.page.first_line_of(line.block);
            let photo = photo::row(picture, at - first);
            text::write(&photo, column, row, 0, frame.buffer_mut());
        }
    }
}

/// Search hits on a line.
fn hits(reader: &Reader, line: usize, theme: &Theme) -> Vec<(Range<usize>, Style)> {
    let Some(find) = &reader.find else {
        return Vec::new();
    };
    // A hit across a line end is current on both lines.
    let last = find.current.map(|current| {
        let after = find.hits.iter().skip(current + 1);
        current + after.take_while(|hit| hit.continues).count()
    });
    let current = find.current.unwrap_or(1)..=last.unwrap_or(0);
    let first = find.hits.partition_point(|hit| hit.line < line);
    let on_line = find.hits.iter().enumerate().skip(first);
    on_line
        .take_while(|(_, hit)| hit.line == line)
        .map(|(at, hit)| {
            let style = if current.contains(&at) {
                theme.hit_current
            } else {
                theme.hit
            };
            (hit.start..hit.end, style)
        })
        .collect()
}

/// Draws the current heading and the progress.
fn draw_bar(reader: &Reader, theme: &Theme, layout: &Layout, frame: &mut Frame<'_>) {
    let area: Area = layout.top;
    text::fill(area, 0, theme.bar, frame.buffer_mut());
    let percent = reader.page.percent(layout.reader(1).height.into());
    let done = usize::from(percent) * CELLS / 100;
    let progress = vec![
        Span::styled("━".repeat(done), theme.progress),
        Span::styled("─".repeat(CELLS - done), theme.faint),
        Span::styled(format!(" {percent:>3}% "), theme.progress),
    ];
    let column = usize::from(area.width).saturating_sub(text::width(&progress));
    text::write(&progress, area, 0, column as u16, frame.buffer_mut());
    let outline = &reader.page.document().outline;
    let mut spans = vec![Span::raw(" ")];
    if let Some(at) = reader.page.heading() {
        let place = format!("{} of {} ", at + 1, outline.len());
        spans.push(Span::styled(place, theme.strong));
        spans.push(Span::styled(outline[at].1.clone(), theme.faint));
    } else {
        let title = reader.page.document().blocks.first().map(Block::text);
        spans.push(Span::styled(title.unwrap_or_default(), theme.strong));
    }
    let mut room = column.saturating_sub(2);
    for span in &mut spans {
        let fitted = text::truncate(&span.content, room);
        room = room.saturating_sub(text::columns(&fitted));
        span.content = fitted.into();
    }
    text::write(&spans, area, 0, 0, frame.buffer_mut());
}
