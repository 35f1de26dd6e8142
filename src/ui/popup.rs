//! Popups: a list to choose from that narrows as one types, or what [`ask`] draws.

use ratatui::Frame;
use ratatui::text::Span;
use ratatui::widgets::{BorderType, Clear, Widget};

use super::{ask, framed, rect, text};
use crate::app::layout::{Area, Layout};
use crate::app::popup::{Ask, Chooser, Entry, Popup, Topic};
use crate::app::{App, Mode};
use crate::config::Theme;
use crate::search;

pub(super) fn draw(app: &App, theme: &Theme, layout: &Layout, frame: &mut Frame<'_>) {
    match app.popup() {
        None => {}
        Some(Popup::Ask(Ask::Open(address))) => ask::draw_url(app, address, theme, layout, frame),
        Some(Popup::Ask(ask @ (Ask::Sync(_) | Ask::StopSync))) => {
            ask::draw_sync(app, ask, theme, layout, frame);
        }
        Some(Popup::Ask(Ask::Applied(key))) => ask::draw_applied(app, key, theme, layout, frame),
        Some(Popup::Note(note)) => ask::draw_note(app, note, theme, layout, frame),
        Some(Popup::Prompt(prompt)) => ask::draw_prompt(app, prompt, theme, layout, frame),
        Some(Popup::Choose(chooser)) => {
            if let Some(area) = app.chooser_area(layout) {
                draw_chooser(app, chooser, theme, area, frame);
            }
        }
    }
}

pub(super) fn window(name: &str, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    Clear.render(rect(area), frame.buffer_mut());
    frame.buffer_mut().set_style(rect(area), theme.text);
    let kind = BorderType::Thick;
    framed(
        name,
        theme.border_focus,
        theme.pane_title,
        kind,
        area,
        frame,
    );
}

fn draw_chooser(app: &App, chooser: &Chooser, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let name = match chooser.topic {
        Topic::Keys(mode) => format!("Keys · {}", doing(mode)),
        Topic::Outline => "Outline".to_owned(),
        Topic::Interviews => "Interviews".to_owned(),
        Topic::Problems => "Mistakes in the board's files".to_owned(),
        Topic::Stages => "How far is it?".to_owned(),
        Topic::Reasons => "Hide it: why?".to_owned(),
        Topic::Orders => "Order".to_owned(),
        Topic::Views => "Views".to_owned(),
        Topic::Pipeline => "Your applications".to_owned(),
        Topic::News => match app.last_look() {
            Some(day) => format!("Since you last looked, {day}"),
            None => "Since you last looked".to_owned(),
        },
    };
    window(&name, theme, area, frame);
    let inner = area.inner();
    let prompt = Span::styled("> ", theme.key);
    let column = text::write(&[prompt], inner, 0, 0, frame.buffer_mut());
    let room = usize::from(inner.width.saturating_sub(column + 1));
    let filter = &chooser.filter;
    let typed = text::fit(filter.text(), room);
    text::write(
        &[Span::styled(typed, theme.strong)],
        inner,
        0,
        column,
        frame.buffer_mut(),
    );
    if filter.text().is_empty() {
        let hint = Span::styled(text::fit("type to narrow", room), theme.muted);
        text::write(&[hint], inner, 0, column, frame.buffer_mut());
    }
    if inner.height > 0 {
        let at = column + filter.cursor().min(room) as u16;
        frame.set_cursor_position((inner.x + at, inner.y));
    }
    let cursor = chooser.cursor();
    let in_view = usize::from(inner.height.saturating_sub(1));
    for (at, entry) in chooser.shown().enumerate().skip(cursor.top()).take(in_view) {
        let row = (at - cursor.top()) as u16 + 1;
        draw_entry(chooser, entry, theme, inner, row, frame);
        if at == cursor.at() {
            text::fill(inner, row, theme.selected, frame.buffer_mut());
        }
    }
}

fn draw_entry(
    chooser: &Chooser,
    entry: &Entry,
    theme: &Theme,
    area: Area,
    row: u16,
    frame: &mut Frame<'_>,
) {
    let longest = chooser.entries().iter().map(|entry| entry.keys.len());
    let keys = match longest.max() {
        None | Some(0) => 0,
        Some(longest) => (longest + 2).min(usize::from(area.width) / 2),
    };
    let shown = text::fit(&entry.keys, keys.saturating_sub(1));
    text::write(
        &[Span::styled(shown, theme.key)],
        area,
        row,
        1,
        frame.buffer_mut(),
    );
    let ranges = search::word_ranges(chooser.filter.text(), &entry.text);
    let room = usize::from(area.width).saturating_sub(keys + 2);
    let spans = text::marked(&entry.text, &ranges, room, theme.text, theme.matched);
    text::write(&spans, area, row, keys as u16 + 1, frame.buffer_mut());
}

/// What one does in a mode.
fn doing(mode: Mode) -> &'static str {
    match mode {
        Mode::Browse => "browsing",
        Mode::Query => "typing a query",
        Mode::Filters => "filtering",
        Mode::Reader => "reading",
        Mode::Find => "searching the text",
        Mode::Outline | Mode::Help => "choosing",
        Mode::Confirm => "answering",
        Mode::Note => "writing a note",
        Mode::Prompt => "writing",
    }
}
