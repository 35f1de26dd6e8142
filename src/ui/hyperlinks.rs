//! Links that the terminal itself can open: OSC 8 around each cell of a link's text.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use unicode_width::UnicodeWidthStr;
use url::Url;

use super::text;
use crate::app::App;
use crate::app::layout::Area;
use crate::app::page::Page;

/// Columns left of the text in the posting beside the list.
const DETAIL_LEFT: u16 = 2;

/// Marks the links in view, unless something is drawn over them.
pub fn mark(app: &App, buffer: &mut Buffer) {
    if app.dialog().is_some() {
        return;
    }
    let layout = app.layout();
    if let Some(reader) = app.reader() {
        let column = layout.reader(app.measure());
        return mark_page(&reader.page, column, 0, buffer);
    }
    if let (Some(detail), Some(area)) = (app.detail(), layout.detail) {
        mark_page(&detail.page, area.body(), DETAIL_LEFT, buffer);
    }
}

fn mark_page(page: &Page, area: Area, left: u16, buffer: &mut Buffer) {
    let lines = page.lines().iter().skip(page.top());
    for (row, line) in lines.take(area.height.into()).enumerate() {
        let mut column = usize::from(left);
        for inline in &line.spans {
            let width = text::columns(&inline.text);
            if let Some(link) = &inline.link
                && let Ok(url) = Url::parse(&link.url)
            {
                let end = (column + width).min(area.width.into());
                let y = area.y + row as u16;
                for x in column..end {
                    mark_cell((area.x + x as u16, y), url.as_str(), buffer);
                }
            }
            column += width;
        }
    }
}

/// Wraps a cell by itself, as a later frame may draw only some of them.
#[expect(
    clippy::disallowed_methods,
    reason = "the text was drawn already, and a parsed address holds no control characters"
)]
fn mark_cell(at: (u16, u16), url: &str, buffer: &mut Buffer) {
    let Some(cell) = buffer.cell_mut(at) else {
        return;
    };
    let width = u16::try_from(cell.symbol().width()).ok();
    if let Some(width) = width.and_then(NonZeroU16::new) {
        let linked = format!("\x1b]8;;{url}\x1b\\{}\x1b]8;;\x1b\\", cell.symbol());
        cell.set_symbol(&linked);
        cell.set_diff_option(CellDiffOption::ForcedWidth(width));
    }
}
