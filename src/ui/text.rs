//! Truncation and highlighting of text.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::app::layout::Area;

/// Sign of truncation.
const CUT: &str = "…";

/// Display width of a text, measured by grapheme.
pub(super) fn columns(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The text in at most `room` columns, truncated with an ellipsis.
pub(super) fn truncate(text: &str, room: usize) -> String {
    match cut(text, room) {
        None => text.to_owned(),
        Some(end) if room > 0 => format!("{}{CUT}", &text[..end]),
        Some(_) => String::new(),
    }
}

/// Byte offset at which to truncate a text that exceeds its room, leaving one column for the ellipsis.
fn cut(text: &str, room: usize) -> Option<usize> {
    // No character is wider than its number of bytes.
    if text.len() <= room {
        return None;
    }
    let (mut used, mut end) = (0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > room {
            return Some(end);
        }
        if used < room {
            end = at + grapheme.len();
        }
    }
    None
}

/// The text in its style with highlighted ranges; truncated as by [`truncate`].
pub(super) fn marked(
    text: &str,
    ranges: &[Range<usize>],
    room: usize,
    style: Style,
    mark: Style,
) -> Vec<Span<'static>> {
    let end = cut(text, room);
    let shown = &text[..end.unwrap_or(text.len())];
    let mut spans = split(shown, ranges, style, mark);
    if end.is_some() && room > 0 {
        spans.push(Span::styled(CUT, style));
    }
    spans
}

/// The text as spans, with `mark` applied to its ranges.
pub(super) fn split(
    text: &str,
    ranges: &[Range<usize>],
    style: Style,
    mark: Style,
) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let mut at = 0;
    for range in ranges {
        let (start, end) = (range.start.max(at), range.end.min(text.len()));
        let (Some(before), Some(within)) = (text.get(at..start), text.get(start..end)) else {
            continue;
        };
        if !before.is_empty() {
            spans.push(Span::styled(before.to_owned(), style));
        }
        if !within.is_empty() {
            spans.push(Span::styled(within.to_owned(), style.patch(mark)));
        }
        at = end.max(at);
    }
    if let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        spans.push(Span::styled(rest.to_owned(), style));
    }
    spans
}

/// Display width of spans.
pub(super) fn width(spans: &[Span<'_>]) -> usize {
    spans.iter().map(|span| columns(&span.content)).sum()
}

/// Writes spans into a row of an area, starting at a column. Returns the column after them.
pub(super) fn write(
    spans: &[Span<'_>],
    area: Area,
    row: u16,
    column: u16,
    buffer: &mut Buffer,
) -> u16 {
    let mut x = area.x.saturating_add(column);
    let right = area.x.saturating_add(area.width);
    let y = area.y.saturating_add(row);
    if row < area.height {
        for span in spans {
            let room = usize::from(right.saturating_sub(x));
            (x, _) = buffer.set_stringn(x, y, &span.content, room, span.style);
        }
    }
    x - area.x
}

/// Applies a style to a whole row of an area.
pub(super) fn fill(area: Area, row: u16, style: Style, buffer: &mut Buffer) {
    if row < area.height {
        let rect = ratatui::layout::Rect::new(area.x, area.y + row, area.width, 1);
        buffer.set_style(rect, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_columns_and_never_within_a_grapheme() {
        for (text, room, shown) in [
            ("Scientist", 9, "Scientist"),
            ("Scientist", 5, "Scie…"),
            ("日本語の仕事", 12, "日本語の仕事"),
            ("日本語の仕事", 6, "日本…"),
            ("日本語の仕事", 7, "日本語…"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
            ("👩‍🔬👩‍🔬", 3, "👩‍🔬…"),
            ("日", 1, "…"),
            ("abc", 0, ""),
        ] {
            assert_eq!(truncate(text, room), shown, "{text} in {room}");
            assert!(columns(&truncate(text, room)) <= room);
        }
    }

    #[test]
    fn highlights_remain_after_truncation() {
        let (style, mark) = (Style::new(), Style::new().bold());
        let spans = marked("Applied Scientist", &[0..3, 8..11, 15..17], 10, style, mark);
        let parts: Vec<(&str, bool)> = spans
            .iter()
            .map(|span| (span.content.as_ref(), span.style == mark))
            .collect();
        assert_eq!(
            parts,
            [("App", true), ("lied ", false), ("S", true), ("…", false)]
        );
    }
}
