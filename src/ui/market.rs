//! The market screen: panels of bars, a chart of weeks, and a map.

mod map;

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::Span;

use super::scroll::{self, Extent};
use super::{frame as parts, text};
use crate::app::count::grouped;
use crate::app::layout::Area;
use crate::app::market::{MarketScreen, Panel, PanelBar, Placed};
use crate::app::{App, Loading};
use crate::config::Theme;
use crate::market::FEWEST;

/// Eighths of a cell, from the left and from the bottom.
const ACROSS: [&str; 8] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];
const UP: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// The widest label.
const LABEL: usize = 22;

pub(super) fn draw(
    app: &App,
    screen: &MarketScreen,
    theme: &Theme,
    area: Area,
    frame: &mut Frame<'_>,
) {
    if screen.panels().is_empty() {
        let told = if matches!(app.loading(), Loading::Running(_)) {
            "Reading the board…"
        } else if app.is_market_pending() {
            "Counting…"
        } else if let Some(why) = app.missing_market() {
            why
        } else if app.matches().total == 0 {
            "nothing found"
        } else {
            "too few postings for a market: groups under 5 are not drawn"
        };
        let told = text::truncate(told, usize::from(area.width).saturating_sub(4));
        let row = area.height / 3;
        text::write(
            &[Span::styled(told, theme.muted)],
            area,
            row,
            2,
            frame.buffer_mut(),
        );
        return;
    }
    let cursor = screen.cursor();
    for placed in screen.placed(area) {
        let panel = &screen.panels()[placed.panel];
        draw_head(panel, &placed, cursor, theme, frame);
        if placed.map > 0 {
            let chosen = (cursor.0 == placed.panel).then(|| &panel.bars[cursor.1].label);
            let area = Area {
                y: placed.area.y + 1 + u16::from(!panel.note.is_empty()),
                height: placed.map,
                ..placed.area
            };
            map::draw(&panel.map, chosen.map(String::as_str), theme, area, frame);
        }
        if panel.is_chart() {
            draw_chart(panel, &placed, cursor, theme, frame);
        } else {
            draw_bars(panel, &placed, cursor, theme, frame);
        }
    }
}

fn draw_head(
    panel: &Panel,
    placed: &Placed,
    cursor: (usize, usize),
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let style = if cursor.0 == placed.panel {
        theme.pane_title_focus
    } else {
        theme.pane_title
    };
    let room = usize::from(placed.area.width).saturating_sub(3);
    let title = text::truncate(&panel.title, room);
    let rule = room.saturating_sub(text::columns(&title) + 1);
    let title = [
        Span::styled(title, style),
        Span::raw(" "),
        Span::styled("─".repeat(rule), theme.border),
    ];
    text::write(&title, placed.area, 0, 2, frame.buffer_mut());
    if !panel.note.is_empty() {
        let note = text::truncate(&panel.note, room);
        text::write(
            &[Span::styled(note, theme.pay)],
            placed.area,
            1,
            2,
            frame.buffer_mut(),
        );
    }
}

/// A row for each bar: label, bar, count, remark.
fn draw_bars(
    panel: &Panel,
    placed: &Placed,
    cursor: (usize, usize),
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let body = placed.body(panel);
    let width = usize::from(body.width).saturating_sub(3);
    let widest = |of: &dyn Fn(&PanelBar) -> usize| panel.bars.iter().map(of).max().unwrap_or(0);
    let label = widest(&|bar| text::columns(&bar.label))
        .min(LABEL)
        .min(width / 2);
    let count = widest(&|bar| grouped(bar.count as usize).len());
    let remark = widest(&|bar| text::columns(&bar.remark));
    // Where there is little room the remark goes first.
    let remark = if width < label + count + remark + 12 {
        0
    } else {
        remark
    };
    let gaps = 2 + usize::from(remark > 0);
    let room = width.saturating_sub(label + count + remark + gaps);
    let first = placed.first(panel, cursor);
    let extent = Extent {
        total: panel.bars.len(),
        top: first,
        in_view: body.height.into(),
    };
    let edge = Area {
        x: body.x + body.width.saturating_sub(1),
        width: body.width.min(1),
        ..body
    };
    scroll::draw(extent, false, theme, edge, frame);
    let rows = panel.bars.iter().enumerate().skip(first);
    for (row, (at, bar)) in rows.take(body.height.into()).enumerate() {
        let name = text::truncate(&bar.label, label);
        let gap = label.saturating_sub(text::columns(&name));
        let drawn = across(bar.count, panel.most(), room);
        let rest = room.saturating_sub(text::columns(&drawn));
        let shown = if bar.count == 0 {
            format!("<{FEWEST}")
        } else {
            grouped(bar.count as usize)
        };
        let mut spans = vec![
            Span::styled(name, theme.text),
            Span::raw(" ".repeat(gap + 1)),
            Span::styled(drawn, theme.progress),
            Span::raw(" ".repeat(rest)),
            Span::styled(format!("{shown:>width$}", width = count + 1), theme.strong),
        ];
        if remark > 0 {
            let faint = format!(" {:>width$}", bar.remark, width = remark);
            spans.push(Span::styled(faint, theme.faint));
        }
        text::write(&spans, body, row as u16, 2, frame.buffer_mut());
        if cursor == (placed.panel, at) {
            parts::select(theme, true, body, row as u16, frame);
        }
    }
}

/// A bar of up to `room` columns.
fn across(count: u32, most: u32, room: usize) -> String {
    let eighths = (room * 8 * count as usize).div_ceil(most as usize);
    let mut bar = ACROSS[7].repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        bar.push_str(ACROSS[eighths % 8 - 1]);
    }
    bar
}

/// Weeks side by side: publications upwards, closings in a line below, and the dates.
fn draw_chart(
    panel: &Panel,
    placed: &Placed,
    cursor: (usize, usize),
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let body = placed.body(panel);
    let step = placed.step(panel);
    let has_closing = panel.bars.iter().any(|bar| bar.closing > 0);
    let high = body.height.saturating_sub(1 + u16::from(has_closing));
    let closing = panel
        .bars
        .iter()
        .map(|bar| bar.closing)
        .max()
        .unwrap_or(0)
        .max(1);
    let focused = cursor.0 == placed.panel;
    for (at, bar) in panel.bars.iter().enumerate() {
        let column = 2 + at as u16 * step;
        if column + step > body.width {
            break;
        }
        let is_chosen = focused && at == cursor.1;
        let style = if is_chosen {
            theme.hit_current
        } else {
            theme.progress
        };
        let wide = usize::from(step.max(2) - 1);
        let eighths = (usize::from(high) * 8 * bar.count as usize).div_ceil(panel.most() as usize);
        for level in 0..usize::from(high) {
            let fill = eighths.saturating_sub(level * 8).min(8);
            let row = high - 1 - level as u16;
            let sign = match fill {
                0 if is_chosen && level == 0 => "▁",
                0 => continue,
                fill => UP[fill - 1],
            };
            let span = [Span::styled(sign.repeat(wide), style)];
            text::write(&span, body, row, column, frame.buffer_mut());
        }
        if has_closing && bar.closing > 0 {
            let fill = (8 * bar.closing as usize)
                .div_ceil(closing as usize)
                .clamp(1, 8);
            let span = [Span::styled(UP[fill - 1].repeat(wide), theme.muted)];
            text::write(&span, body, high, column, frame.buffer_mut());
        }
    }
    let told = legend(panel, cursor, focused, has_closing);
    let told = text::truncate(&told, usize::from(body.width).saturating_sub(3));
    let row = body.height.saturating_sub(1);
    text::write(
        &[Span::styled(told, theme.faint)],
        body,
        row,
        2,
        frame.buffer_mut(),
    );
}

/// The week under the cursor, else the first and the last week.
fn legend(panel: &Panel, cursor: (usize, usize), focused: bool, has_closing: bool) -> String {
    if let Some(bar) = panel.bars.get(cursor.1).filter(|_| focused) {
        let closing = match bar.closing {
            0 => String::new(),
            closing => format!(", {} closing", grouped(closing as usize)),
        };
        let count = grouped(bar.count as usize);
        return format!("week of {}: {count} posted{closing}", bar.label);
    }
    let ends = panel.bars.first().zip(panel.bars.last());
    let ends = ends.map(|(first, last)| span_of_days(&first.label, &last.label));
    let below = if has_closing { " · closing below" } else { "" };
    format!("{}{below}", ends.unwrap_or_default())
}

/// Two dates, the year of the first only where it differs.
fn span_of_days(first: &str, last: &str) -> String {
    let year = |date: &str| {
        date.rsplit_once(' ')
            .map(|(day, year)| (day.to_owned(), year.to_owned()))
    };
    match (year(first), year(last)) {
        (Some((day, from)), Some((_, to))) if from == to => format!("{day} – {last}"),
        _ => format!("{first} – {last}"),
    }
}

/// Style of a foreground colour alone.
fn ink(style: Style) -> ratatui::style::Color {
    style.fg.unwrap_or_default()
}
