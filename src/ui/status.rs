//! The bottom line: what just happened or what is wrong with the query, else the keys; at its right end what the
//! filters could not judge.

use ratatui::Frame;
use ratatui::text::Span;

use super::text;
use crate::app::count::grouped;
use crate::app::layout::Area;
use crate::app::{Action, App, Mode};
use crate::config::Theme;
use crate::query::{Field, MarkKind};
use crate::search::{Fold, Reason, Unjudged};

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
    let offered = completions(app, theme, room_left);
    let unfinished = app.notice().is_none()
        && app
            .query()
            .marks
            .iter()
            .all(|mark| mark.kind == MarkKind::Incomplete);
    let spans = match told {
        _ if unfinished && !offered.is_empty() => offered,
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
    if app.reader().is_some() {
        return Vec::new();
    }
    if app.trouble().is_some() {
        return vec![Span::styled("marks are not kept", theme.error)];
    }
    let matches = app.matches();
    let unjudged: Vec<String> = matches.unjudged.iter().map(not_judged).collect();
    let hidden = (matches.hidden > 0).then(|| format!("{} hidden", grouped(matches.hidden)));
    let muted = (matches.muted > 0).then(|| format!("{} muted", grouped(matches.muted)));
    let kept_out: Vec<String> = hidden.into_iter().chain(muted).collect();
    let mut parts = Vec::new();
    if !unjudged.is_empty() {
        let (state, does) = if app.shows_unjudged() {
            ("shown", "hide")
        } else {
            ("hidden", "show")
        };
        let count = format!("{} {state}", unjudged.join(", "));
        parts.push((count, Action::IncludeUnjudged, does));
    }
    if app.shows_hidden() {
        parts.push(("hidden shown".to_owned(), Action::ShowHidden, "hide"));
    } else if !kept_out.is_empty() {
        parts.push((kept_out.join(", "), Action::ShowHidden, "show"));
    }
    // Where the list is empty, it says so itself.
    if matches.total > 0 {
        let advice = app.advice();
        if let Some(described) = &advice.described {
            let count = format!("{} in descriptions", grouped(described.total));
            parts.push((count, Action::InDescriptions, "search"));
        }
        if advice.looser > 0 {
            let count = format!("{} looser", grouped(advice.looser));
            parts.push((count, Action::Looser, "show"));
        }
    }
    if app.is_loose() {
        parts.push(("looser matches shown".to_owned(), Action::Looser, "hide"));
    }
    let mut spans = Vec::new();
    for (count, action, does) in parts {
        let key = app.key(Mode::Browse, action).unwrap_or_default();
        if !spans.is_empty() {
            spans.push(Span::raw("   "));
        }
        spans.push(Span::styled(format!("{count} · "), theme.faint));
        spans.push(Span::styled(key.to_owned(), theme.key));
        spans.push(Span::styled(format!(" {does}"), theme.faint));
    }
    spans
}

/// How many postings a filter could not judge, and why.
pub(super) fn not_judged(unjudged: &Unjudged) -> String {
    let count = grouped(unjudged.count);
    match (unjudged.reason, unjudged.field) {
        (Reason::Incomparable, _) if unjudged.count == 1 => {
            format!("{count} uses another currency or period")
        }
        (Reason::Incomparable, _) => format!("{count} use another currency or period"),
        (Reason::Absent, Field::Salary) => format!("{count} without pay"),
        (Reason::Absent, Field::Posted) => format!("{count} without a date"),
        (Reason::Absent, Field::Closes) => format!("{count} without a closing date"),
        (Reason::Absent, Field::Near) => format!("{count} without a known place"),
        (Reason::Absent, Field::From) => format!("{count} without a known country"),
        (Reason::Absent, Field::Years) => format!("{count} of unknown experience"),
        (Reason::Absent, Field::Skill) => format!("{count} without skills"),
        (Reason::Absent, Field::Speaks) => format!("{count} of unknown languages"),
        (Reason::Absent, field) => format!("{count} of unknown {}", field.name()),
    }
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

/// What the query may be completed to, with counts, as much as fits.
fn completions(app: &App, theme: &Theme, mut room: usize) -> Vec<Span<'static>> {
    let completions = app.completions();
    let key = app.key(Mode::Query, Action::Complete).unwrap_or_default();
    let mut spans = Vec::new();
    for (at, completion) in completions.iter().enumerate() {
        let before = if at == 0 {
            format!("{key} ")
        } else {
            "  ".to_owned()
        };
        let count = completion.count.map(|count| format!(" {}", grouped(count)));
        let count = count.unwrap_or_default();
        let width = [&before, &completion.text, &count].map(|text| text::columns(text));
        let width: usize = width.into_iter().sum();
        if width > room {
            break;
        }
        room -= width;
        spans.push(Span::styled(before, theme.key));
        spans.push(Span::styled(completion.text.clone(), theme.text));
        spans.push(Span::styled(count, theme.muted));
    }
    spans
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
            (Action::Enter, "apply"),
            (Action::Escape, "cancel"),
            (Action::QueryHelp, "query help"),
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
