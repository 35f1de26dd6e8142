//! The top line: board, number of postings, and query.

use ratatui::Frame;
use ratatui::text::Span;

use super::text;
use crate::app::count::{at_least, grouped};
use crate::app::layout::Area;
use crate::app::{Action, App, Loading, Mode};
use crate::config::Theme;
use crate::query::{MarkKind, State};

/// Minimum width of the query.
const QUERY: usize = 12;
/// Minimum width of the assumptions where they do not fit completely.
const ASSUMED: usize = 40;
/// Between the query and the assumptions.
const APART: &str = "   ";
/// Prompt before the query.
const PROMPT: &str = "/ ";

/// Text before the title of the posting whose similar ones are listed.
const LIKE: &str = "like ";

/// The parts of the line.
struct Parts {
    named: Vec<Span<'static>>,
    query: Area,
    /// What the line tells at its right end, and its first column.
    summary: Option<(Vec<Span<'static>>, u16)>,
}

pub(super) fn draw(app: &App, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    text::fill(area, 0, theme.bar, frame.buffer_mut());
    let parts = parts(app, theme, area);
    text::write(&parts.named, area, 0, 0, frame.buffer_mut());
    if let Some((summary, column)) = &parts.summary {
        text::write(summary, area, 0, *column, frame.buffer_mut());
    }
    draw_query(app, theme, parts.query, frame);
}

/// What was assumed about the query, if the line has no room for it.
pub(super) fn crowded_out(app: &App, theme: &Theme, area: Area) -> Option<String> {
    if app.similar_to().is_some() {
        return None;
    }
    let told = assumed(app);
    let room = usize::from(parts(app, theme, area).query.width);
    let room = room.saturating_sub(PROMPT.len() + 1);
    (!told.is_empty() && room_for(&told, app, room).is_none()).then_some(told)
}

/// Columns for the assumptions, of the `room` for them and the query; `None` if too few.
fn room_for(told: &str, app: &App, room: usize) -> Option<usize> {
    let room = room.saturating_sub(text::columns(app.line().text()) + APART.len());
    (room >= text::columns(told).min(ASSUMED)).then_some(room)
}

fn parts(app: &App, theme: &Theme, area: Area) -> Parts {
    let width = usize::from(area.width);
    // The query keeps its position while the count changes. It starts further right only if the name needs the room,
    // and the name is truncated for a long query.
    // While it is typed, only the count takes precedence.
    let (most, beside) = match app.mode() {
        Mode::Query => (width.saturating_sub(text::columns(&count(app)) + 4), 8),
        _ => (width / 2, 6),
    };
    let wanted = (text::columns(app.line().text()) + beside).clamp(QUERY, most.max(QUERY));
    let named = identity(app, theme, width.saturating_sub(wanted));
    let column = (text::width(&named) + 3).max(width * 3 / 10);
    let summary = summary(app, theme);
    let summary_width = text::width(&summary);
    let mut right = width.saturating_sub(1);
    let mut placed = None;
    // The query and its cursor take precedence over the summary.
    if summary_width > 0 && column + wanted.max(QUERY) + summary_width + 3 <= width {
        right = width - summary_width - 1;
        placed = Some((summary, right as u16));
        right -= 2;
    }
    let query = Area {
        x: area.x + column as u16,
        width: right.saturating_sub(column) as u16,
        ..area
    };
    Parts {
        named,
        query,
        summary: placed,
    }
}

/// Program, board and count; truncated from the left.
fn identity(app: &App, theme: &Theme, room: usize) -> Vec<Span<'static>> {
    const BRAND: &str = "jobdeck";
    const GAP: &str = "  ";
    let count = count(app);
    let room = room.saturating_sub(text::columns(&count) + 3);
    let name = text::truncate(&app.index().board().name, room);
    let mut spans = vec![Span::raw(" ")];
    if room > text::columns(&name) + BRAND.len() + GAP.len() {
        spans.push(Span::styled(BRAND, theme.brand));
        spans.push(Span::raw(GAP));
    }
    if text::columns(&name) > 3 {
        spans.push(Span::styled(name, theme.strong));
        spans.push(Span::raw(GAP));
    }
    spans.push(Span::styled(count, theme.muted));
    if app.is_searching() || app.is_counting() {
        spans.push(Span::styled("…", theme.faint));
    }
    spans
}

/// New postings, saved postings, and the progress of a sync.
fn summary(app: &App, theme: &Theme) -> Vec<Span<'static>> {
    let count = |state| app.all_marks().count(state);
    let (new, saved) = (count(State::New), count(State::Saved));
    let parts = [
        (new > 0).then(|| Span::styled(format!("● {} new", grouped(new)), theme.notice)),
        (saved > 0).then(|| Span::styled(format!("★ {}", grouped(saved)), theme.mine)),
        app.failed_sources().map(|count| {
            let key = app.key(Mode::Browse, Action::Problems).unwrap_or_default();
            Span::styled(format!("! {} {key}", grouped(count)), theme.error)
        }),
        app.syncing()
            .map(|sync| Span::styled(format!("⟳ {}", sync.progress), theme.faint)),
        coming(app).map(|percent| Span::styled(format!("⟳ {percent}%"), theme.faint)),
    ];
    let mut spans = Vec::new();
    for part in parts.into_iter().flatten() {
        if !spans.is_empty() {
            spans.push(Span::raw("   "));
        }
        spans.push(part);
    }
    spans
}

/// Progress of a board that is shown while the rest is being fetched.
fn coming(app: &App) -> Option<u8> {
    match app.loading() {
        Loading::Running(percent) => {
            Some(*percent).filter(|percent| matches!(percent, 1..=99) && app.matches().of > 0)
        }
        _ => None,
    }
}

fn count(app: &App) -> String {
    let matches = app.matches();
    match app.loading() {
        Loading::Running(100) if matches.of == 0 => "indexing".to_owned(),
        // A server does not tell how far it is.
        Loading::Running(0) if matches.of == 0 => "reading".to_owned(),
        Loading::Running(percent) if matches.of == 0 => format!("reading {percent}%"),
        Loading::Failed(_) if matches.of == 0 => "not read".to_owned(),
        _ => {
            let total = at_least(matches.total, matches.is_at_least);
            format!("{total} of {}", grouped(matches.of))
        }
    }
}

fn draw_query(app: &App, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let typing = app.mode() == Mode::Query;
    if let Some(title) = app.similar_to().filter(|_| !typing) {
        let title = text::truncate(title, usize::from(area.width).saturating_sub(LIKE.len()));
        let spans = [
            Span::styled(LIKE, theme.muted),
            Span::styled(title, theme.strong),
        ];
        text::write(&spans, area, 0, 0, frame.buffer_mut());
        return;
    }
    let line = app.line();
    if line.text().is_empty() && !typing {
        let key = app.key(Mode::Browse, Action::Search).unwrap_or_default();
        let hint = text::truncate(&format!("{key} search"), area.width.into());
        let hint = [Span::styled(hint, theme.faint)];
        text::write(&hint, area, 0, 0, frame.buffer_mut());
        return;
    }
    let style = if typing { theme.key } else { theme.faint };
    let prompt = [Span::styled(PROMPT, style)];
    let column = text::write(&prompt, area, 0, 0, frame.buffer_mut());
    let area = Area {
        x: area.x + column,
        width: area.width - column.min(area.width),
        ..area
    };
    // One column is reserved for the cursor at the end. While not typing, the beginning is shown.
    let room = usize::from(area.width).saturating_sub(1);
    let hidden = if typing { line.hidden(room) } else { 0 };
    let style = if typing { theme.strong } else { theme.text };
    let mut spans = Vec::new();
    let mut at = 0;
    for mark in &app.query().marks {
        let look = match mark.kind {
            MarkKind::Error => theme.error,
            MarkKind::Incomplete | MarkKind::Hint => theme.incomplete,
        };
        let (start, end) = (mark.span.start.max(at), mark.span.end.max(at));
        spans.push(Span::styled(line.text()[at..start].to_owned(), style));
        spans.push(Span::styled(line.text()[start..end].to_owned(), look));
        at = end;
    }
    spans.push(Span::styled(line.text()[at..].to_owned(), style));
    let assumed = assumed(app);
    if let Some(room) = room_for(&assumed, app, room).filter(|_| !assumed.is_empty()) {
        let assumed = text::truncate(&assumed, room);
        spans.push(Span::raw(APART));
        spans.push(Span::styled(assumed, theme.muted));
    }
    text::write(&scrolled(spans, hidden), area, 0, 0, frame.buffer_mut());
    if !typing && text::columns(line.text()) > usize::from(area.width) {
        let last = area.width.saturating_sub(1);
        let cut = Span::styled("…", theme.faint);
        text::write(&[cut], area, 0, last, frame.buffer_mut());
    }
    if typing && app.dialog().is_none() {
        let column = line.cursor().saturating_sub(hidden) as u16;
        let last = area.width.saturating_sub(1);
        frame.set_cursor_position((area.x + column.min(last), area.y));
    }
}

/// What words of the query were taken for, and how many matches owe a value to their text.
fn assumed(app: &App) -> String {
    let matches = app.matches();
    let assumptions = matches.assumptions().into_iter();
    let assumptions = assumptions.map(|assumed| assumed.to_string());
    let derived = matches.derived.iter();
    let derived: Vec<String> = derived
        .map(|(field, count)| format!("{} {}", grouped(*count), field.name()))
        .collect();
    let derived = (!derived.is_empty()).then(|| format!("{} ≈ from the text", derived.join(", ")));
    assumptions.chain(derived).collect::<Vec<_>>().join(" · ")
}

/// The spans without their first `hidden` columns.
fn scrolled(spans: Vec<Span<'static>>, mut hidden: usize) -> Vec<Span<'static>> {
    use unicode_segmentation::UnicodeSegmentation;
    let mut left = Vec::with_capacity(spans.len());
    for span in spans {
        let mut rest = span.content.as_ref();
        while hidden > 0
            && let Some(grapheme) = rest.graphemes(true).next()
        {
            hidden = hidden.saturating_sub(text::columns(grapheme).max(1));
            rest = &rest[grapheme.len()..];
        }
        left.push(Span::styled(rest.to_owned(), span.style));
    }
    left
}
