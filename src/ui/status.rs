//! The bottom line: what just happened or what is wrong with the query, else the keys; at its right end what the
//! filters could not judge.

use ratatui::Frame;
use ratatui::text::Span;

use super::text;
use crate::app::count::grouped;
use crate::app::layout::Area;
use crate::app::{Action, App, Mode};
use crate::config::Theme;
use crate::query::{MarkKind, State};
use crate::search::{Fold, Unjudged};

pub(super) fn draw(app: &App, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    text::fill(area, 0, theme.bar, frame.buffer_mut());
    let width = usize::from(area.width);
    let told = told(app, theme);
    let right = right(app, theme);
    // What happened matters more than what stands at the right.
    let room = match &told {
        Some(span) => width.saturating_sub(text::columns(&span.content) + 3),
        None => width / 2,
    };
    let right_width = text::width(&right);
    let mut room_left = width.saturating_sub(2);
    if right_width > 0 && right_width <= room {
        let column = width - right_width - 1;
        text::write(&right, area, 0, column as u16, frame.buffer_mut());
        room_left = column.saturating_sub(2);
    }
    if app.mode() == Mode::Find {
        return draw_find(app, theme, area, frame);
    }
    let spans = match told {
        Some(span) => vec![Span::styled(
            text::fit(&span.content, room_left),
            span.style,
        )],
        None => hints(app, theme, room_left),
    };
    text::write(&spans, area, 0, 1, frame.buffer_mut());
}

/// What the reader should know before anything else.
fn told(app: &App, theme: &Theme) -> Option<Span<'static>> {
    if let Some(notice) = app.notice() {
        let style = if notice.failed {
            theme.error
        } else {
            theme.notice
        };
        return Some(Span::styled(notice.text.clone(), style));
    }
    if app.reader().is_some() {
        return None;
    }
    let marks = &app.query().marks;
    let error = marks.iter().find(|mark| mark.kind == MarkKind::Error);
    // What is only unfinished is no news to whoever is not typing.
    let unfinished = marks.last().filter(|_| app.mode() == Mode::Query);
    if let Some(mark) = error {
        return Some(Span::styled(mark.message.clone(), theme.error));
    }
    unfinished.map(|mark| Span::styled(mark.message.clone(), theme.incomplete))
}

/// What the filters could not judge, and the key that includes it or leaves it out.
fn right(app: &App, theme: &Theme) -> Vec<Span<'static>> {
    if let Some(find) = app.reader().and_then(|reader| reader.find.as_ref()) {
        let (at, of) = find.count();
        let text = if of == 0 {
            "not found".to_owned()
        } else {
            format!("{} of {}", grouped(at), grouped(of))
        };
        return vec![Span::styled(text, theme.strong)];
    }
    let mut spans = syncing(app, theme);
    if app.reader().is_some() {
        return spans;
    }
    spans.extend(standing(app, theme, &spans));
    let unjudged = &app.matches().unjudged;
    if !unjudged.is_empty() {
        let reasons: Vec<String> = unjudged.iter().map(not_judged).collect();
        let does = if app.shows_unjudged() {
            "leaves out"
        } else {
            "includes"
        };
        let key = (Action::IncludeUnjudged, does);
        spans.extend(counted(app, theme, &spans, reasons.join(", "), key));
    }
    spans
}

/// How many postings a filter could not judge, and why.
pub(super) fn not_judged(unjudged: &Unjudged) -> String {
    let plain = unjudged.to_string();
    let why = plain.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{}{why}", grouped(unjudged.count))
}

/// How far a sync is.
fn syncing(app: &App, theme: &Theme) -> Vec<Span<'static>> {
    let told = app.syncing().map(|syncing| syncing.progress.clone());
    let told = told.map(|told| Span::styled(told, theme.notice));
    told.into_iter().collect()
}

/// What is new, and what is kept out because the person hid or muted it.
fn standing(app: &App, theme: &Theme, before: &[Span<'static>]) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    if !before.is_empty() {
        spans.push(Span::styled(" · ", theme.muted));
    }
    if app.trouble().is_some() {
        spans.push(Span::styled("marks are not kept", theme.error));
        return spans;
    }
    let new = app.all_marks().count(State::New);
    if new > 0 {
        spans.push(Span::styled(format!("{} new", grouped(new)), theme.notice));
    }
    let matches = app.matches();
    let hidden = (matches.hidden > 0).then(|| format!("{} hidden by you", grouped(matches.hidden)));
    let muted = (matches.muted > 0).then(|| format!("{} muted", grouped(matches.muted)));
    let kept_out: Vec<String> = hidden.into_iter().chain(muted).collect();
    if app.shows_hidden() {
        let key = (Action::ShowHidden, "hides");
        spans.extend(counted(app, theme, &spans, "hidden shown".to_owned(), key));
    } else if !kept_out.is_empty() {
        let key = (Action::ShowHidden, "shows");
        spans.extend(counted(app, theme, &spans, kept_out.join(", "), key));
    }
    spans
}

/// A count, and the key that does something about it.
fn counted(
    app: &App,
    theme: &Theme,
    before: &[Span<'static>],
    count: String,
    (action, does): (Action, &str),
) -> Vec<Span<'static>> {
    let key = app.key(Mode::Browse, action).unwrap_or_default();
    let gap = if before.is_empty() { "" } else { " · " };
    vec![
        Span::styled(gap, theme.muted),
        Span::styled(count, theme.incomplete),
        Span::raw("  "),
        Span::styled(key.to_owned(), theme.key),
        Span::styled(format!(" {does}"), theme.muted),
    ]
}

/// The search that is being typed in the reader.
fn draw_find(app: &App, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let Some(find) = app.reader().and_then(|reader| reader.find.as_ref()) else {
        return;
    };
    let room = usize::from(area.width).saturating_sub(16);
    let typed = text::fit(find.needle.text(), room);
    let spans = [
        Span::styled("/", theme.key),
        Span::styled(typed, theme.strong),
    ];
    text::write(&spans, area, 0, 1, frame.buffer_mut());
    let column = 2 + find.needle.cursor().min(room) as u16;
    let last = area.width.saturating_sub(1);
    frame.set_cursor_position((area.x + column.min(last), area.y));
}

/// The keys that are worth knowing here, as many as fit.
fn hints(app: &App, theme: &Theme, mut room: usize) -> Vec<Span<'static>> {
    const GAP: &str = "   ";
    let mode = app.mode();
    let mut spans = Vec::new();
    let fold = fold_hint(app, mode);
    for (action, does) in fold.iter().chain(worth_knowing(mode)) {
        let Some(key) = app.key(mode, *action) else {
            continue;
        };
        let gap = if spans.is_empty() { "" } else { GAP };
        let width = gap.len() + text::columns(key) + 1 + does.len();
        if width > room {
            break;
        }
        room -= width;
        spans.push(Span::raw(gap));
        spans.push(Span::styled(key.to_owned(), theme.key));
        spans.push(Span::styled(format!(" {does}"), theme.muted));
    }
    spans
}

/// What opens the selected row, or closes it, where others that say the same are folded into it.
fn fold_hint(app: &App, mode: Mode) -> Option<(Action, &'static str)> {
    let at = app.list().selected(app.matches().rows.len());
    let fold = at.filter(|_| mode == Mode::Browse).map(|at| app.fold(at))?;
    match fold {
        Fold::Closed(_) => Some((Action::Fold, "unfold")),
        Fold::Open(_) | Fold::Within => Some((Action::Fold, "fold")),
        Fold::Alone => None,
    }
}

fn worth_knowing(mode: Mode) -> &'static [(Action, &'static str)] {
    match mode {
        Mode::Browse => &[
            (Action::Search, "search"),
            (Action::Help, "keys"),
            (Action::Enter, "read"),
            (Action::Filters, "filters"),
            (Action::Interview, "interview"),
            (Action::Save, "save"),
            (Action::Apply, "applied"),
            (Action::Open, "open url"),
            (Action::NextPane, "next pane"),
            (Action::Back, "quit"),
        ],
        Mode::Query => &[
            (Action::Enter, "keep"),
            (Action::Escape, "leave"),
            (Action::Down, "next"),
            (Action::Up, "previous"),
            (Action::DeleteWord, "delete word"),
        ],
        Mode::Filters => &[
            (Action::Toggle, "include"),
            (Action::Exclude, "exclude"),
            (Action::Help, "keys"),
            (Action::Search, "search"),
            (Action::Filters, "close"),
        ],
        Mode::Reader => &[
            (Action::Back, "back"),
            (Action::Help, "keys"),
            (Action::Outline, "outline"),
            (Action::Save, "save"),
            (Action::NextHeading, "next"),
            (Action::PreviousHeading, "previous"),
            (Action::Search, "search"),
            (Action::NextPane, "links"),
            (Action::Wider, "wider"),
        ],
        Mode::Find => &[],
        Mode::Menu => &[
            (Action::Down, "down"),
            (Action::Up, "up"),
            (Action::Enter, "choose"),
            (Action::Search, "filter"),
            (Action::Escape, "close"),
        ],
        Mode::Picker => &[(Action::Enter, "choose"), (Action::Escape, "close")],
        Mode::Help => &[(Action::Enter, "run"), (Action::Escape, "close")],
        Mode::Note => &[
            (Action::Submit, "save"),
            (Action::Escape, "cancel"),
            (Action::Editor, "editor"),
        ],
        Mode::Prompt => &[(Action::Enter, "save"), (Action::Escape, "cancel")],
        Mode::Confirm => &[(Action::Enter, "yes"), (Action::Escape, "no")],
    }
}
