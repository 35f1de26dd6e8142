//! The top line of a screen in front of the panes.

use ratatui::Frame;
use ratatui::text::Span;

use super::text;
use crate::app::layout::Area;
use crate::config::Theme;

/// Draws the name of the screen with what is worth knowing, and the position at the right.
pub(super) fn draw_bar(
    names: &[&str],
    position: &str,
    theme: &Theme,
    area: Area,
    frame: &mut Frame<'_>,
) {
    text::fill(area, 0, theme.bar, frame.buffer_mut());
    let width = usize::from(area.width);
    let position = text::truncate(position, width.saturating_sub(2));
    let column = width.saturating_sub(text::columns(&position) + 1);
    let mut spans = vec![Span::raw(" ")];
    let mut room = column.saturating_sub(2);
    for (at, name) in names.iter().enumerate() {
        let style = if at == 0 { theme.strong } else { theme.muted };
        let fitted = text::truncate(name, room);
        room = room.saturating_sub(text::columns(&fitted) + 2);
        spans.push(Span::styled(fitted, style));
        spans.push(Span::raw("  "));
    }
    text::write(&spans, area, 0, 0, frame.buffer_mut());
    let position = [Span::styled(position, theme.faint)];
    text::write(&position, area, 0, column as u16, frame.buffer_mut());
}
