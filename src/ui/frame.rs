//! The frame of panes and dialogs: background or rule, title and position.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::Span;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::{rect, text};
use crate::app::App;
use crate::app::layout::{Area, Pane};
use crate::config::Theme;

/// Bar at the left of the selected row.
pub(super) const CURSOR: &str = "▌";

/// Draws the title of a pane, and the position within it at the right. The focused pane's title stands out even without
/// colours.
pub(super) fn head(
    app: &App,
    theme: &Theme,
    pane: Pane,
    name: &str,
    position: &str,
    area: Area,
    frame: &mut Frame<'_>,
) {
    let head = area.head();
    let style = if app.focus() == pane && app.dialog().is_none() {
        theme.pane_title_focus
    } else {
        theme.pane_title
    };
    let width = usize::from(head.width);
    let position = text::truncate(position, width.saturating_sub(2));
    let column = width.saturating_sub(text::columns(&position) + 1);
    let name = text::truncate(name, column.saturating_sub(3));
    let buffer = frame.buffer_mut();
    text::write(&[Span::styled(name, style)], head, 0, 2, buffer);
    let position = [Span::styled(position, theme.faint)];
    text::write(&position, head, 0, column as u16, buffer);
}

/// Draws a row as selected: the bar at its left, and the selection style under its text.
pub(super) fn select(theme: &Theme, focused: bool, area: Area, row: u16, frame: &mut Frame<'_>) {
    if row >= area.height || area.width == 0 {
        return;
    }
    let buffer = frame.buffer_mut();
    let y = area.y + row;
    for x in area.x..area.x + area.width {
        if let Some(cell) = buffer.cell_mut((x, y)) {
            let style = theme.on_selection(cell.style(), focused);
            cell.set_style(Style {
                sub_modifier: style.sub_modifier | !style.add_modifier,
                ..style
            });
        }
    }
    let bar = if focused {
        theme.cursor
    } else {
        theme.border.patch(theme.scroll)
    };
    let style = theme.on_selection(theme.ground, focused).patch(bar);
    text::write(&[Span::styled(CURSOR, style)], area, row, 0, buffer);
}

/// Draws the background of a dialog, and its title in the first row.
pub(super) fn dialog(name: &str, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    Clear.render(rect(area), frame.buffer_mut());
    let ground = theme.ground.patch(theme.text).patch(theme.raised);
    frame.buffer_mut().set_style(rect(area), ground);
    let room = usize::from(area.width.saturating_sub(4));
    let name = text::truncate(name, room);
    if theme.has_steps() {
        let title = Span::styled(name, theme.pane_title_focus);
        text::write(&[title], area, 0, 2, frame.buffer_mut());
        return;
    }
    let title = Span::styled(format!(" {name} "), theme.pane_title_focus);
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.border_focus);
    let block = if room > 2 { block.title(title) } else { block };
    block.render(rect(area), frame.buffer_mut());
}
