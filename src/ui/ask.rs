//! Popups that ask: a question, a line, a note.

use ratatui::Frame;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::popup::window;
use super::{rect, text};
use crate::app::count::grouped;
use crate::app::layout::{Area, Layout};
use crate::app::note::Note;
use crate::app::popup::{Address, Ask};
use crate::app::prompt::{Prompt, PromptTopic};
use crate::app::{Action, App, Mode};
use crate::config::Theme;
use crate::tracking::PostingKey;

/// The widest that a popup's text gets.
const WIDEST: u16 = 66;

fn columns(layout: &Layout) -> u16 {
    WIDEST.min(layout.middle.width.saturating_sub(4)).max(1)
}

/// Lines from the top, one below the other, each in its style.
fn lines(spans: Vec<Span<'static>>, area: Area, frame: &mut Frame<'_>) {
    for (row, span) in spans.into_iter().enumerate() {
        let row = row as u16;
        if row < area.height {
            text::write(&[span], area, row, 1, frame.buffer_mut());
        }
    }
}

/// The keys of a mode with what they do here, in the last row.
fn hint(
    app: &App,
    mode: Mode,
    keys: &[(Action, &str)],
    theme: &Theme,
    area: Area,
    frame: &mut Frame<'_>,
) {
    let known = keys.iter().filter_map(|(action, does)| {
        let key = app.key(mode, *action)?;
        Some(format!("{key} {does}"))
    });
    let room = usize::from(area.width.saturating_sub(1));
    let hint = text::fit(&known.collect::<Vec<_>>().join("   "), room);
    let row = area.height.saturating_sub(1);
    text::write(
        &[Span::styled(hint, theme.muted)],
        area,
        row,
        1,
        frame.buffer_mut(),
    );
}

/// Whether a url is to be opened: its host first, then all of it.
pub(super) fn draw_url(
    app: &App,
    address: &Address,
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    let columns = columns(layout);
    let url = textwrap::wrap(&address.url, usize::from(columns));
    let area = layout.popup(columns, url.len() as u16 + 4);
    window("Open in the browser?", theme, area, frame);
    let inner = area.inner();
    let room = usize::from(inner.width.saturating_sub(1));
    let host = Span::styled(text::fit(&address.host, room), theme.title);
    let url = url
        .iter()
        .map(|line| Span::styled(text::fit(line, room), theme.link));
    lines(
        [host, Span::raw("")].into_iter().chain(url).collect(),
        inner,
        frame,
    );
    let keys = [
        (Action::Enter, "open"),
        (Action::CopyUrl, "copy"),
        (Action::Escape, "cancel"),
    ];
    hint(app, Mode::Confirm, &keys, theme, inner, frame);
}

/// Whether the person applied, having opened a posting's url.
pub(super) fn draw_applied(
    app: &App,
    key: &PostingKey,
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    let area = layout.popup(columns(layout), 3);
    window("Did you apply?", theme, area, frame);
    let inner = area.inner();
    let room = usize::from(inner.width.saturating_sub(1));
    let title = text::fit(&app.title_of(key), room);
    lines(vec![Span::styled(title, theme.title)], inner, frame);
    let keys = [
        (Action::Enter, "applied today"),
        (Action::Escape, "not yet"),
    ];
    hint(app, Mode::Confirm, &keys, theme, inner, frame);
}

/// Whether the board is to be brought up to date, or that is to be stopped.
pub(super) fn draw_sync(
    app: &App,
    ask: &Ask,
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    let name = &app.index().board().name;
    let (question, below, does) = match ask {
        Ask::Sync(1) => ("Sync?", format!("1 source of {name}"), "sync"),
        Ask::Sync(count) => (
            "Sync?",
            format!("{} sources of {name}", grouped(*count)),
            "sync",
        ),
        _ => ("Stop the sync?", "what is written stays".to_owned(), "stop"),
    };
    let area = layout.popup(columns(layout), 3);
    window(question, theme, area, frame);
    let inner = area.inner();
    let room = usize::from(inner.width.saturating_sub(1));
    let below = Span::styled(text::fit(&below, room), theme.title);
    lines(vec![below], inner, frame);
    let keys = [(Action::Enter, does), (Action::Escape, "no")];
    hint(app, Mode::Confirm, &keys, theme, inner, frame);
}

/// A line that is asked for.
pub(super) fn draw_prompt(
    app: &App,
    prompt: &Prompt,
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    let (name, example) = match &prompt.topic {
        PromptTopic::FollowUp => (
            "Follow up on",
            format!("3d, 2w or {}; empty takes it away", app.today()),
        ),
        PromptTopic::Contact => ("Contact", "whom to talk to; empty takes it away".to_owned()),
        PromptTopic::Cv => (
            "Which CV was sent",
            "its name; empty takes it away".to_owned(),
        ),
        PromptTopic::View(query) => ("Keep this query as", query.clone()),
    };
    let area = layout.popup(columns(layout), 4);
    window(name, theme, area, frame);
    let inner = area.inner();
    let room = usize::from(inner.width.saturating_sub(2));
    let hidden = prompt.line.hidden(room);
    let shown: String = prompt.line.text().chars().skip(hidden).collect();
    let below = match &prompt.refusal {
        Some(why) => Span::styled(text::fit(why, room), theme.error),
        None => Span::styled(text::fit(&example, room), theme.muted),
    };
    let typed = Span::styled(text::fit(&shown, room), theme.strong);
    lines(vec![typed, below], inner, frame);
    let column = 1 + prompt.line.cursor().saturating_sub(hidden).min(room) as u16;
    if inner.height > 0 && inner.width > column {
        frame.set_cursor_position((inner.x + column, inner.y));
    }
    let keys = [(Action::Enter, "keep"), (Action::Escape, "cancel")];
    hint(app, Mode::Prompt, &keys, theme, inner, frame);
}

/// A note being written.
pub(super) fn draw_note(
    app: &App,
    note: &Note,
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    let rows = (layout.middle.height / 2).max(6);
    let area = layout.popup(columns(layout), rows);
    window(&format!("Note · {}", note.title), theme, area, frame);
    let inner = area.inner();
    let lines = Area {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        height: inner.height.saturating_sub(1),
        ..inner
    };
    if lines.width > 0 && lines.height > 0 {
        note.area().render(rect(lines), frame.buffer_mut());
    }
    let keys = [
        (Action::Escape, "keep"),
        (Action::Discard, "discard"),
        (Action::Editor, "editor"),
    ];
    hint(app, Mode::Note, &keys, theme, inner, frame);
}
