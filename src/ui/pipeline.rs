//! The applications by stage, and the funnel beside or above them.

use ratatui::Frame;
use ratatui::text::Span;

use super::scroll::{self, Extent};
use super::{frame as frames, screen, text};
use crate::app::count::grouped;
use crate::app::layout::{Area, Layout};
use crate::app::screen::pipeline::{Application, Group, PipelineRow, PipelineScreen};
use crate::app::{Action, App, Mode};
use crate::board::Date;
use crate::config::Theme;
use crate::document::day_in_words;
use crate::tracking::{Funnel, FunnelStep, Stage};

/// Columns of the name of a stage in the funnel.
const STEP: usize = 10;
/// Columns of a bar.
const BAR: usize = 10;
/// Columns of the stage in a row.
const STAGE: usize = 16;

pub(super) fn draw(
    app: &App,
    screen: &PipelineScreen,
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    draw_bar(app, screen, theme, layout.top, frame);
    let (list, funnel) = PipelineScreen::areas(layout.middle);
    if let Some(area) = funnel {
        if area.height > 2 {
            draw_funnel(screen.funnel(), theme, area, frame);
        } else {
            draw_summary(screen.funnel(), theme, area, frame);
        }
    }
    let (starts, total) = screen.line_starts(list);
    let height = usize::from(list.height);
    let lines = PipelineScreen::lines_of_application(list);
    for ((at, row), start) in screen.rows().iter().enumerate().zip(starts) {
        let Some(y) = start.checked_sub(screen.top()).filter(|y| *y < height) else {
            continue;
        };
        let y = y as u16;
        match row {
            PipelineRow::Group(group, count) => draw_group(*group, *count, theme, list, y, frame),
            PipelineRow::Application(application) => {
                draw_application(application, app.today(), lines, theme, list, y, frame);
                if at == screen.at() {
                    for line in y..y + lines as u16 {
                        frames::select(theme, true, list, line, frame);
                    }
                }
            }
        }
    }
    let extent = Extent {
        total,
        top: screen.top(),
        in_view: height,
    };
    if total > height && list.width > 0 {
        let edge = Area {
            x: list.x + list.width - 1,
            width: 1,
            ..list
        };
        scroll::draw(extent, false, theme, edge, frame);
    }
}

fn draw_bar(app: &App, screen: &PipelineScreen, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let total = format!("{} tracked", grouped(screen.len()));
    let due = screen.count(Group::Due);
    let due = (due > 0).then(|| format!("{} due", grouped(due)));
    let mut names = vec!["Applications", total.as_str()];
    names.extend(due.as_deref());
    let key = app
        .key(Mode::Pipeline, Action::ShowHidden)
        .unwrap_or_default();
    let hidden = match screen.hidden() {
        0 => String::new(),
        count => format!("{} hidden \u{b7} {key} show", grouped(count)),
    };
    screen::draw_bar(&names, &hidden, theme, area, frame);
}

fn draw_group(
    group: Group,
    count: usize,
    theme: &Theme,
    area: Area,
    y: u16,
    frame: &mut Frame<'_>,
) {
    let style = if group == Group::Due {
        theme.incomplete
    } else {
        theme.heading
    };
    let spans = [
        Span::styled(group.title(), style),
        Span::styled(format!("  {}", grouped(count)), theme.faint),
    ];
    text::write(&spans, area, y, 1, frame.buffer_mut());
}

/// Draws an application: title and company, then its stage and what is to be done.
fn draw_application(
    application: &Application,
    today: Date,
    lines: usize,
    theme: &Theme,
    area: Area,
    y: u16,
    frame: &mut Frame<'_>,
) {
    let width = usize::from(area.width);
    let title_style = if application.is_gone {
        theme.closed
    } else {
        theme.title_seen
    };
    let company = application.company.as_deref().unwrap_or_default();
    let name = |room: usize| {
        let title = text::truncate(&application.title, room);
        let left = room.saturating_sub(text::columns(&title) + 3);
        let company = text::truncate(company, left);
        let separator = if company.is_empty() { "" } else { " · " };
        [
            Span::styled(title, title_style),
            Span::styled(separator, theme.faint),
            Span::styled(company, theme.muted),
        ]
    };
    let buffer = frame.buffer_mut();
    if lines == 1 {
        let half = (width / 2).saturating_sub(4);
        text::write(&name(half), area, y, 3, buffer);
        let room = width.saturating_sub(half + 6);
        let state = state(application, today, true, theme);
        text::write(&fitted(state, room), area, y, (half + 5) as u16, buffer);
        return;
    }
    text::write(&name(width.saturating_sub(5)), area, y, 3, buffer);
    let state = state(application, today, false, theme);
    let room = width.saturating_sub(5);
    text::write(&fitted(state, room), area, y + 1, 3, buffer);
}

/// Stage, reminder, note, and what happened to the posting.
fn state(
    application: &Application,
    today: Date,
    is_aligned: bool,
    theme: &Theme,
) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let stage = match application.stage {
        Some((stage, _)) => {
            let since = match application.days {
                ..=0 => "today".to_owned(),
                days => format!("{days}d"),
            };
            format!("{} {since}", stage.word().replace('-', " "))
        }
        None => "saved".to_owned(),
    };
    let stage = if is_aligned {
        format!("{stage:<STAGE$}")
    } else {
        stage
    };
    spans.push(Span::styled(stage, theme.mine));
    let mut add = |text: String, style| {
        spans.push(Span::raw("  "));
        spans.push(Span::styled(text, style));
    };
    if let Some(day) = application.follow_up {
        let late = (today - day).get_days();
        let text = match late {
            ..0 => format!("follow up {}", day_in_words(day, Some(today))),
            0 => "follow up today".to_owned(),
            late => format!("follow up {late}d overdue"),
        };
        let style = if application.is_due {
            theme.incomplete
        } else {
            theme.muted
        };
        add(text, style);
    }
    if application.is_posted_again {
        add("posted again".to_owned(), theme.incomplete);
    }
    if application.is_gone {
        add("gone".to_owned(), theme.faint);
    }
    if application.is_hidden {
        add("hidden".to_owned(), theme.faint);
    }
    if let Some(note) = &application.note {
        add(format!("\u{270e} {note}"), theme.note);
    }
    spans
}

/// Spans in at most `room` columns.
fn fitted(spans: Vec<Span<'static>>, mut room: usize) -> Vec<Span<'static>> {
    let mut kept = Vec::with_capacity(spans.len());
    for span in spans {
        let fitted = text::truncate(&span.content, room);
        room = room.saturating_sub(text::columns(&fitted));
        kept.push(Span::styled(fitted, span.style));
        if room == 0 {
            break;
        }
    }
    kept
}

/// The funnel as bars, each with its rate and how long the step took.
fn draw_funnel(funnel: &Funnel, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let most = funnel.steps.iter().map(|step| step.count).max();
    let most = most.unwrap_or_default().max(1);
    let mut y = 0;
    let mut line = |spans: Vec<Span<'static>>| {
        text::write(&spans, area, y, 2, frame.buffer_mut());
        y += 1;
    };
    line(vec![Span::styled("Funnel", theme.heading)]);
    line(Vec::new());
    for step in &funnel.steps {
        let filled = (step.count * BAR).div_ceil(most);
        let name = format!("{:<STEP$}", step.name);
        let rate = step.rate.map(|rate| format!("{rate:>5}%"));
        line(vec![
            Span::styled(name, theme.label),
            Span::styled("\u{2588}".repeat(filled), theme.progress),
            Span::styled("\u{2591}".repeat(BAR - filled), theme.border),
            Span::styled(format!("{:>5}", grouped(step.count)), theme.strong),
            Span::styled(rate.unwrap_or_default(), theme.muted),
        ]);
        if let Some(took) = took(step) {
            let took = format!("{:STEP$}{took}", "");
            line(vec![Span::styled(took, theme.faint)]);
        }
    }
    line(Vec::new());
    for (stage, count) in &funnel.ends {
        line(vec![
            Span::styled(format!("{:<STEP$}", ended(*stage)), theme.label),
            Span::styled(
                format!("{:>width$}", grouped(*count), width = BAR + 5),
                theme.text,
            ),
        ]);
    }
    if let Some(days) = funnel.days_to_answer {
        line(Vec::new());
        let days = match days {
            0 => "on the same day".to_owned(),
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        };
        line(vec![Span::styled(
            format!("median first answer: {days}"),
            theme.muted,
        )]);
    }
}

fn took(step: &FunnelStep) -> Option<String> {
    Some(match step.days? {
        0 => "on the same day (median)".to_owned(),
        1 => "after 1 day (median)".to_owned(),
        days => format!("after {days} days (median)"),
    })
}

fn ended(stage: Stage) -> String {
    stage.word().replace('-', " ")
}

/// The funnel in one line: `saved 12 → applied 8 (67%) → interview 3 (38%, 9d)`.
fn draw_summary(funnel: &Funnel, theme: &Theme, area: Area, frame: &mut Frame<'_>) {
    let mut spans = Vec::new();
    for step in &funnel.steps {
        if !spans.is_empty() {
            spans.push(Span::styled(" \u{2192} ", theme.faint));
        }
        spans.push(Span::styled(format!("{} ", step.name), theme.muted));
        spans.push(Span::styled(grouped(step.count), theme.strong));
        let rate = step.rate.map(|rate| format!("{rate}%"));
        let days = step.days.map(|days| format!("{days}d"));
        let beside: Vec<String> = rate.into_iter().chain(days).collect();
        if !beside.is_empty() && area.width >= 60 {
            let beside = format!(" ({})", beside.join(", "));
            spans.push(Span::styled(beside, theme.faint));
        }
    }
    let room = usize::from(area.width).saturating_sub(2);
    text::write(&fitted(spans, room), area, 0, 1, frame.buffer_mut());
}
