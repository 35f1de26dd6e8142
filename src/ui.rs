//! Draws an [`App`] and changes nothing; one file per region of the screen.
//!
//! Only the visible rows are built. Every text has passed the text gate, and is truncated by grapheme.

mod ascii;
mod ask;
mod bar;
mod comparison;
mod detail;
mod filters;
mod frame;
mod hyperlinks;
mod list;
mod market;
mod page;
mod photo;
mod pipeline;
mod popup;
mod reader;
mod screen;
mod scroll;
mod status;
mod text;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::App;
use crate::app::layout::{Area, Shape};
use crate::app::screen::Screen;
use crate::config::Theme;

pub use hyperlinks::mark as mark_hyperlinks;

/// Draws the whole screen.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    frame
        .buffer_mut()
        .set_style(area, theme.ground.patch(theme.text));
    // The window may have been resized since the app was told; draw nothing outside of it.
    if (area.width, area.height) != app.size() {
        return;
    }
    if Shape::for_size(app.size()) == Shape::TooSmall {
        let text = text::truncate("window too small", area.width.into());
        frame.buffer_mut().set_string(0, 0, text, theme.text);
        return;
    }
    let layout = app.layout();
    if let Some(reader) = app.reader() {
        reader::draw(app, reader, theme, &layout, frame);
    } else if let Some(screen) = app.screen() {
        match screen {
            Screen::Comparison(screen) => comparison::draw(screen, theme, &layout, frame),
            Screen::Pipeline(screen) => pipeline::draw(app, screen, theme, &layout, frame),
        }
    } else if let Some(screen) = app.market() {
        bar::draw(app, theme, layout.top, frame);
        market::draw(app, screen, theme, layout.middle, frame);
    } else {
        bar::draw(app, theme, layout.top, frame);
        if let Some(area) = layout.list {
            list::draw(app, theme, area, &layout, frame);
        }
        if let Some(area) = layout.detail {
            detail::draw(app, theme, area, frame);
        }
        if let Some(area) = layout.filters {
            filters::draw(app, theme, area, frame);
        }
    }
    status::draw(app, theme, layout.bottom, frame);
    popup::draw(app, theme, &layout, frame);
}

/// Replaces the drawn glyphs by ASCII.
pub fn write_ascii(frame: &mut Frame<'_>) {
    ascii::write(frame.buffer_mut());
}

/// Converts the app's rectangle to ratatui's.
fn rect(area: Area) -> Rect {
    Rect::new(area.x, area.y, area.width, area.height)
}
