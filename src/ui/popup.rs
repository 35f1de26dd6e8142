//! Dialogs: a menu or list to choose from, or what [`ask`] draws.

use ratatui::Frame;
use ratatui::text::Span;

use super::scroll::{self, Extent};
use super::{ask, frame, text};
use crate::app::dialog::picker::{Entry, Picker, Topic};
use crate::app::dialog::question::Question;
use crate::app::layout::{Area, Layout};
use crate::app::{App, Dialog, Mode};
use crate::config::Theme;
use crate::search;

pub(super) fn draw(app: &App, theme: &Theme, layout: &Layout, frame: &mut Frame<'_>) {
    match app.dialog() {
        None => {}
        Some(Dialog::Question(question @ Question::Open(address))) => {
            ask::draw_url(app, (address, question.keys()), theme, layout, frame);
        }
        Some(Dialog::Question(
            question @ (Question::Sync(_) | Question::StopSync | Question::DeleteView(_)),
        )) => {
            ask::draw_sync(app, question, theme, layout, frame);
        }
        Some(Dialog::Question(question @ Question::Applied(_, title, _))) => {
            ask::draw_applied(app, (title, question.keys()), theme, layout, frame);
        }
        Some(Dialog::Note(note)) => ask::draw_note(app, note, theme, layout, frame),
        Some(Dialog::Prompt(prompt)) => ask::draw_prompt(app, prompt, theme, layout, frame),
        Some(Dialog::Picker(picker)) => draw_picker(app, picker, theme, picker.area(layout), frame),
    }
}

fn draw_picker(app: &App, picker: &Picker, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    frame::dialog(&picker.title, theme, area, frame);
    let inner = area.inner();
    // Menus show their hotkeys; the bottom line shows the other keys.
    if app.mode() != Mode::Menu {
        draw_filter(picker, theme, inner, frame);
    }
    if picker.shown().len() == 0 {
        let nothing = Span::styled("nothing matches", theme.faint);
        text::write(&[nothing], inner, 1, 2, frame.buffer_mut());
    }
    let cursor = picker.cursor();
    let in_view = usize::from(inner.height.saturating_sub(1));
    let extent = Extent {
        total: picker.shown().len(),
        top: cursor.top(),
        in_view,
    };
    let edge = Area {
        x: inner.x + inner.width,
        y: inner.y + 1,
        width: 1,
        height: inner.height.saturating_sub(1),
    };
    scroll::draw(extent, false, theme, edge, frame);
    for (at, entry) in picker.shown().enumerate().skip(cursor.top()).take(in_view) {
        let row = (at - cursor.top()) as u16 + 1;
        draw_entry(picker, entry, theme, inner, row, frame);
        if at == cursor.at() {
            frame::select(theme, true, inner, row, frame);
        }
    }
}

/// The filter of the list.
fn draw_filter(picker: &Picker, theme: &Theme, inner: Area, frame: &mut Frame<'_>) {
    let prompt = Span::styled("> ", theme.key);
    let column = text::write(&[prompt], inner, 0, 0, frame.buffer_mut());
    let room = usize::from(inner.width.saturating_sub(column + 1));
    let filter = &picker.filter;
    let line = if filter.text().is_empty() {
        Span::styled(text::truncate("type to filter", room), theme.faint)
    } else {
        Span::styled(text::truncate(filter.text(), room), theme.strong)
    };
    text::write(&[line], inner, 0, column, frame.buffer_mut());
    if inner.height > 0 {
        let at = column + filter.cursor().min(room) as u16;
        frame.set_cursor_position((inner.x + at, inner.y));
    }
}

fn draw_entry(
    picker: &Picker,
    entry: &Entry,
    theme: &Theme,
    area: Area,
    row: u16,
    frame: &mut Frame<'_>,
) {
    if entry.is_heading {
        let heading = text::truncate(&entry.text, usize::from(area.width.saturating_sub(1)));
        let style = if entry.is_remark {
            theme.muted
        } else {
            theme.heading
        };
        let heading = Span::styled(heading, style);
        text::write(&[heading], area, row, 1, frame.buffer_mut());
        return;
    }
    let longest = picker
        .entries()
        .iter()
        .map(|entry| text::columns(&entry.keys));
    let width = usize::from(area.width);
    let most = match picker.topic {
        // What a key does is longer than the key.
        Topic::Keys(_) => (width / 4).max(8),
        _ => width / 2,
    };
    let keys = match longest.max() {
        None | Some(0) => 0,
        Some(longest) => (longest + 2).min(most),
    };
    let shown = text::truncate(&entry.keys, keys.saturating_sub(1));
    text::write(
        &[Span::styled(shown, theme.key)],
        area,
        row,
        1,
        frame.buffer_mut(),
    );
    let ranges = search::word_ranges(picker.filter.text(), &entry.text);
    let room = usize::from(area.width).saturating_sub(keys + 2);
    let spans = text::marked(&entry.text, &ranges, room, theme.text, theme.matched);
    text::write(&spans, area, row, keys as u16 + 1, frame.buffer_mut());
}
