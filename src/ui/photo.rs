//! Photos of interviews as half blocks.

use ratatui::style::{Color, Style};
use ratatui::text::Span;

use crate::app::picture::{Picture, Rgb};

/// The upper half of a cell.
const UPPER: &str = "▀";

/// A row of a picture in its own colours.
pub(super) fn row(picture: &Picture, at: usize) -> Vec<Span<'static>> {
    let color = |[red, green, blue]: Rgb| Color::Rgb(red, green, blue);
    let cells = picture.rows.get(at).into_iter().flatten();
    cells
        .map(|[upper, lower]| {
            let style = Style::new().fg(color(*upper)).bg(color(*lower));
            Span::styled(UPPER, style)
        })
        .collect()
}
