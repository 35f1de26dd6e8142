//! The bottom line: a notice, an error of the query, or the keys; at its right end the numbers of hidden postings.

use ratatui::Frame;
use ratatui::text::Span;

use super::text;
use crate::app::bottom::{Hint, Tone};
use crate::app::count::grouped;
use crate::app::layout::Area;
use crate::app::{Action, App, Mode};
use crate::config::Theme;
use crate::query::MarkKind;

pub(super) fn draw(app: &App, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    text::fill(area, 0, theme.bar, frame.buffer_mut());
    let bottom = app.bottom();
    let room = bottom.room;
    if let Some((told, tone)) = &bottom.beside {
        let style = match tone {
            Tone::Error => theme.error,
            Tone::Notice | Tone::Incomplete => theme.strong,
        };
        let column = usize::from(area.width).saturating_sub(text::columns(told) + 1);
        let told = Span::styled(told.clone(), style);
        text::write(&[told], area, 0, column as u16, frame.buffer_mut());
    }
    for hint in &bottom.kept_out {
        draw_hint(hint, theme, area, frame);
    }
    if app.mode() == Mode::Find {
        return draw_find(app, theme, area, frame);
    }
    let offered = completions(app, theme, room);
    let unfinished = app.notice().is_none()
        && app
            .query()
            .marks
            .iter()
            .all(|mark| mark.kind != MarkKind::Error);
    let told = match bottom.told {
        _ if unfinished && !offered.is_empty() => offered,
        Some((told, tone)) => {
            let style = match tone {
                Tone::Notice => theme.notice,
                Tone::Error => theme.error,
                Tone::Incomplete => theme.incomplete,
            };
            vec![Span::styled(text::truncate(&told, room), style)]
        }
        None => {
            for hint in &bottom.hints {
                draw_hint(hint, theme, area, frame);
            }
            return;
        }
    };
    text::write(&told, area, 0, 1, frame.buffer_mut());
}

fn draw_hint(hint: &Hint, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let does = Span::styled(format!(" {}", hint.does), theme.muted);
    let spans = [
        Span::styled(hint.before.clone(), theme.faint),
        Span::styled(hint.key.clone(), theme.key),
        does,
    ];
    text::write(&spans, area, 0, hint.column as u16, frame.buffer_mut());
}

/// The search being typed in the reader.
fn draw_find(app: &App, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let Some(find) = app.reader().and_then(|reader| reader.find.as_ref()) else {
        return;
    };
    let room = usize::from(area.width).saturating_sub(16);
    let typed = text::truncate(find.needle.text(), room);
    let spans = [
        Span::styled("/", theme.key),
        Span::styled(typed, theme.strong),
    ];
    text::write(&spans, area, 0, 1, frame.buffer_mut());
    let column = 2 + find.needle.cursor().min(room) as u16;
    let last = area.width.saturating_sub(1);
    frame.set_cursor_position((area.x + column.min(last), area.y));
}

/// Completions of the query with counts, as many as fit.
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
