//! The screen: draws an [`App`] and changes nothing.

use ratatui::Frame;

use crate::app::App;
use crate::config::Theme;

/// Draws the whole screen.
pub fn draw(_app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    frame.buffer_mut().set_style(area, theme.text);
}
