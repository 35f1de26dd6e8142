//! The screen: draws an [`App`] and changes nothing.
//!
//! One file for each region. Only the rows in view are built; every text comes from past the gate, and is cut to its
//! room grapheme by grapheme.

mod ascii;
mod ask;
mod bar;
mod detail;
mod filters;
mod list;
mod page;
mod popup;
mod reader;
mod status;
mod text;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, BorderType, Widget};

use crate::app::App;
use crate::app::layout::{Area, Pane, Shape};
use crate::config::Theme;

/// Draws the whole screen.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    frame.buffer_mut().set_style(area, theme.text);
    // The window may have changed since the app was told of its size; nothing may be drawn outside of it.
    if (area.width, area.height) != app.size() {
        return;
    }
    if Shape::of(app.size()) == Shape::TooSmall {
        let text = text::fit("window too small", area.width.into());
        frame.buffer_mut().set_string(0, 0, text, theme.text);
        return;
    }
    let layout = app.layout();
    if let Some(reader) = app.reader() {
        reader::draw(app, reader, theme, &layout, frame);
    } else {
        bar::draw(app, theme, layout.top, frame);
        if let Some(area) = layout.filters {
            filters::draw(app, theme, area, frame);
        }
        if let Some(area) = layout.list {
            list::draw(app, theme, area, layout.row_height(), frame);
        }
        if let Some(area) = layout.detail {
            detail::draw(app, theme, area, frame);
        }
    }
    status::draw(app, theme, layout.bottom, frame);
    popup::draw(app, theme, &layout, frame);
}

/// Writes the signs that were drawn as ASCII.
pub fn write_ascii(frame: &mut Frame<'_>) {
    ascii::write(frame.buffer_mut());
}

/// The app's rectangle as ratatui's.
fn rect(area: Area) -> Rect {
    Rect::new(area.x, area.y, area.width, area.height)
}

/// Draws a pane's border with its name; the one with the focus stands out, also without colours.
fn border(app: &App, theme: &Theme, pane: Pane, name: &str, area: Area, frame: &mut Frame<'_>) {
    let focused = app.focus() == pane && app.dialog().is_none();
    let (style, kind) = if focused {
        (theme.border_focus, BorderType::Thick)
    } else {
        (theme.border, BorderType::Plain)
    };
    framed(name, style, theme.pane_title, kind, area, frame);
}

fn framed(
    name: &str,
    border: Style,
    title: Style,
    kind: BorderType,
    area: Area,
    frame: &mut Frame<'_>,
) {
    let room = usize::from(area.width.saturating_sub(4));
    let name = text::fit(name, room);
    let title = ratatui::text::Span::styled(format!(" {name} "), title);
    let block = Block::bordered().border_type(kind).border_style(border);
    let block = if room > 2 { block.title(title) } else { block };
    block.render(rect(area), frame.buffer_mut());
}
