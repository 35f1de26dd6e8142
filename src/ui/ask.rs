//! Dialogs that ask a question or for a text.

use ratatui::Frame;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::frame::dialog;
use super::{rect, text};
use crate::app::count::grouped;
use crate::app::dialog::note::Note;
use crate::app::dialog::prompt::{Prompt, PromptTopic};
use crate::app::dialog::question::{Address, Question};
use crate::app::layout::{Area, Layout};
use crate::app::{Action, App, Mode};
use crate::config::Theme;

/// Rows of a prompt without the list of hiring systems, its border included.
const PROMPT_ROWS: u16 = 4;
/// Maximum width of the text.
const WIDEST: u16 = 66;
/// Sign before what is typed.
const PROMPT: &str = "> ";

fn columns(layout: &Layout) -> u16 {
    WIDEST.min(layout.middle.width.saturating_sub(4)).max(1)
}

/// Draws lines from the top, each in its style.
fn lines(spans: Vec<Span<'static>>, area: Area, frame: &mut Frame<'_>) {
    for (row, span) in spans.into_iter().enumerate() {
        let row = row as u16;
        if row < area.height {
            text::write(&[span], area, row, 1, frame.buffer_mut());
        }
    }
}

/// Draws the answers to a question with their keys in the last row.
fn hint(app: &App, keys: &[(Action, &str)], theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let known = keys.iter().filter_map(|(action, does)| {
        let key = app.key(Mode::Confirm, *action)?;
        Some(format!("{key} {does}"))
    });
    let room = usize::from(area.width.saturating_sub(1));
    let hint = text::truncate(&known.collect::<Vec<_>>().join("   "), room);
    let row = area.height.saturating_sub(1);
    text::write(
        &[Span::styled(hint, theme.faint)],
        area,
        row,
        1,
        frame.buffer_mut(),
    );
}

/// Asks whether to open a URL: its host first, then all of it.
pub(super) fn draw_url(
    app: &App,
    (address, keys): (&Address, &[(Action, &str)]),
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    let columns = columns(layout);
    let url = textwrap::wrap(&address.url, usize::from(columns));
    let area = layout.popup(columns, url.len() as u16 + 4);
    dialog("Open in the browser?", theme, area, frame);
    let inner = area.inner();
    let room = usize::from(inner.width.saturating_sub(1));
    let host = Span::styled(text::truncate(&address.host, room), theme.title);
    let url = url
        .iter()
        .map(|line| Span::styled(text::truncate(line, room), theme.link));
    lines(
        [host, Span::raw("")].into_iter().chain(url).collect(),
        inner,
        frame,
    );
    hint(app, keys, theme, inner, frame);
}

/// Asks whether the user applied, after opening a posting's address.
pub(super) fn draw_applied(
    app: &App,
    (title, keys): (&str, &[(Action, &str)]),
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    let area = layout.popup(columns(layout), 3);
    dialog("Did you apply?", theme, area, frame);
    let inner = area.inner();
    let room = usize::from(inner.width.saturating_sub(1));
    let title = text::truncate(title, room);
    lines(vec![Span::styled(title, theme.title)], inner, frame);
    hint(app, keys, theme, inner, frame);
}

/// Asks whether to start or stop a sync.
pub(super) fn draw_sync(
    app: &App,
    question: &Question,
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    let name = &app.index().board().name;
    let (title, below) = match question {
        Question::Sync(1) => ("Sync?", format!("1 source of {name}")),
        Question::Sync(count) => ("Sync?", format!("{} sources of {name}", grouped(*count))),
        Question::DeleteView(name) => ("Delete this view?", name.clone()),
        _ => (
            "Stop the sync?",
            "what was fetched so far is kept".to_owned(),
        ),
    };
    let area = layout.popup(columns(layout), 3);
    dialog(title, theme, area, frame);
    let inner = area.inner();
    let room = usize::from(inner.width.saturating_sub(1));
    let below = Span::styled(text::truncate(&below, room), theme.title);
    lines(vec![below], inner, frame);
    hint(app, question.keys(), theme, inner, frame);
}

/// Draws a prompt for a line of text.
pub(super) fn draw_prompt(
    app: &App,
    prompt: &Prompt,
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    let (name, example) = match &prompt.topic {
        PromptTopic::FollowUp(_) => (
            "Follow up",
            format!("3d, 2w, friday or {} · leave empty to clear", app.today()),
        ),
        PromptTopic::Contact(_) => ("Contact", "a name · leave empty to clear".to_owned()),
        PromptTopic::Cv(_) => ("CV sent", "its name · leave empty to clear".to_owned()),
        PromptTopic::SaveView(_) => ("Save search as", "a name".to_owned()),
        PromptTopic::RenameView(_) => ("Rename view", "another name".to_owned()),
        PromptTopic::AddSource => (
            "Add a source",
            "a careers page, a board on a hiring system, or a feed".to_owned(),
        ),
        PromptTopic::OpenBoard => (
            "Open a board",
            "a folder such as ~/jobs, or a published board's address".to_owned(),
        ),
    };
    let title = match prompt.about.as_str() {
        "" => name.to_owned(),
        about => format!("{name} · {about}"),
    };
    let mut known = known_systems(app, prompt, columns(layout));
    // Where the list does not fit, the prompt does without it.
    if usize::from(layout.middle.height) < known.len() + usize::from(PROMPT_ROWS) {
        known.clear();
    }
    let area = layout.popup(columns(layout), 2 + known.len() as u16);
    dialog(&title, theme, area, frame);
    let inner = area.inner();
    let room = usize::from(inner.width.saturating_sub(4));
    let hidden = prompt.line.hidden(room);
    let shown: String = prompt.line.text().chars().skip(hidden).collect();
    let below = match &prompt.refusal {
        Some(why) => Span::styled(text::truncate(why, room), theme.error),
        None => Span::styled(text::truncate(&example, room), theme.faint),
    };
    let typed = Span::styled(text::truncate(&shown, room), theme.strong);
    let known = known
        .into_iter()
        .map(|line| Span::styled(line, theme.muted));
    let prompt_sign = [Span::styled(PROMPT, theme.key)];
    let start = text::write(&prompt_sign, inner, 0, 1, frame.buffer_mut());
    text::write(&[typed], inner, 0, start, frame.buffer_mut());
    let rest = Area {
        y: inner.y + 1,
        height: inner.height.saturating_sub(1),
        ..inner
    };
    lines(std::iter::once(below).chain(known).collect(), rest, frame);
    let column = start + prompt.line.cursor().saturating_sub(hidden).min(room) as u16;
    if inner.height > 0 && inner.width > column {
        frame.set_cursor_position((inner.x + column, inner.y));
    }
}

/// Help below the address of a source: the supported systems.
fn known_systems(app: &App, prompt: &Prompt, columns: u16) -> Vec<String> {
    if prompt.topic != PromptTopic::AddSource {
        return Vec::new();
    }
    let room = usize::from(columns.saturating_sub(2)).max(1);
    let mut names: Vec<&str> = app.systems().iter().map(|domain| name_of(domain)).collect();
    names.sort_unstable();
    names.dedup();
    let systems = format!("Hiring systems: {}.", names.join(", "));
    let texts = [
        "",
        &systems,
        "",
        "Any other page is searched for job postings.",
    ];
    let lines = texts.iter().flat_map(|text| textwrap::wrap(text, room));
    lines.map(std::borrow::Cow::into_owned).collect()
}

/// The name in a domain: `lever` of `jobs.lever.co`.
fn name_of(domain: &str) -> &str {
    domain.rsplit('.').nth(1).unwrap_or(domain)
}

/// Draws the editor for a note.
pub(super) fn draw_note(
    app: &App,
    note: &Note,
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    let rows = (layout.middle.height / 2).max(6);
    let area = layout.popup(columns(layout), rows);
    dialog(&format!("Note · {}", note.title), theme, area, frame);
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
    if note.is_closing() {
        hint(app, note.keys(), theme, inner, frame);
    }
}
