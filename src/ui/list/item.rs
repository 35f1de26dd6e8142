//! A posting of the list: title, pay and age on the first line; facts, badges and marks on the second.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::count::grouped;
use crate::app::layout::Area;
use crate::app::row::{Badge, MarkKind, RowView, Sign, Snippet};
use crate::config::Theme;
use crate::query::Field;
use crate::search::Highlights;
use crate::ui::text;

/// Columns of the sign and of the title.
const SIGN: u16 = 1;
const TITLE: u16 = 3;
/// Minimum widths of the list for the columns of pay and age.
const WITH_PAY: usize = 36;
const WITH_AGE: usize = 24;
/// Minimum width of a title; below it the pay column is dropped.
const LEAST_TITLE: usize = 16;
/// Columns between two badges.
const GAP: usize = 2;
/// Prefix of a duplicate in an open group.
const WITHIN: &str = "└ ";

/// Columns for which some visible row has a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    pub(super) has_pay: bool,
    /// Columns of the longest age, from `3d` to `today`.
    pub(super) age: usize,
}

/// A posting of the list.
pub(super) struct Item<'a> {
    pub(super) columns: Columns,
    pub(super) row: &'a RowView,
    pub(super) highlights: &'a Highlights,
    pub(super) theme: &'a Theme,
}

impl Item<'_> {
    pub(super) fn draw(&self, area: Area, y: u16, lines: u16, frame: &mut Frame<'_>) {
        let buffer = frame.buffer_mut();
        let width = usize::from(area.width);
        if let Some((sign, style)) = self.sign() {
            text::write(&[Span::styled(sign, style)], area, y, SIGN, buffer);
        }
        let mut left = TITLE;
        if self.row.is_within {
            let within = [Span::styled(WITHIN, self.theme.faint)];
            left = text::write(&within, area, y, left, buffer);
        }
        let column = |spans: &[Span<'_>]| width.saturating_sub(text::width(spans) + 1);
        let right = self.right(width, lines == 1);
        let end = column(&right);
        text::write(&right, area, y, end as u16, buffer);
        let gap = if right.is_empty() { 0 } else { 2 };
        let room = end.saturating_sub(usize::from(left) + gap);
        let title = self.title(room);
        if lines == 1 {
            let title_end = text::write(&title, area, y, left, buffer);
            let room = end.saturating_sub(usize::from(title_end) + 4);
            if room > 8 {
                let facts = self.below(room);
                text::write(&facts, area, y, title_end + 2, buffer);
            }
            return;
        }
        text::write(&title, area, y, left, buffer);
        let marks = self.marks();
        let end = column(&marks);
        text::write(&marks, area, y + 1, end as u16, buffer);
        let gap = if marks.is_empty() { 0 } else { 2 };
        let room = end.saturating_sub(usize::from(left) + gap);
        text::write(&self.below(room), area, y + 1, left, buffer);
    }

    fn sign(&self) -> Option<(&'static str, Style)> {
        Some(match self.row.sign? {
            Sign::Marked => ("✓", self.theme.marked),
            Sign::New => ("●", self.theme.notice),
            Sign::Changed => ("◐", self.theme.notice),
        })
    }

    fn title(&self, room: usize) -> Vec<Span<'static>> {
        let title = &self.row.title;
        let ranges = self.highlights.ranges(self.row.title_field, title);
        let style = if !self.row.is_open {
            self.theme.closed
        } else if self.row.is_seen {
            self.theme.title_seen
        } else {
            self.theme.title
        };
        text::marked(title, &ranges, room, style, self.theme.matched)
    }

    /// Pay and age, as far as the width allows, preceded by the marks if there is no second line.
    fn right(&self, width: usize, with_marks: bool) -> Vec<Span<'static>> {
        if width < WITH_AGE {
            return Vec::new();
        }
        let mut spans = Vec::new();
        if with_marks {
            spans.extend(self.marks());
            if !spans.is_empty() {
                spans.push(Span::raw("  "));
            }
        }
        let pay = self.row.pay.as_deref().unwrap_or("–");
        let taken = text::columns(pay) + self.columns.age + 2;
        let fits = width >= WITH_PAY && width.saturating_sub(taken) >= LEAST_TITLE;
        if fits && self.columns.has_pay {
            let style = if self.row.pay.is_some() {
                self.theme.pay
            } else {
                self.theme.faint
            };
            spans.push(Span::styled(pay.to_owned(), style));
        }
        if self.columns.age > 0 {
            let age = format!("{:>width$}", self.row.age, width = self.columns.age + 2);
            spans.push(Span::styled(age, self.theme.faint));
        }
        spans
    }

    /// Facts and badges, as many as fit.
    fn below(&self, room: usize) -> Vec<Span<'static>> {
        let quiet = if self.row.is_seen {
            self.theme.faint
        } else {
            self.theme.muted
        };
        let mut spans = self.facts(quiet);
        if let Some(group) = &self.row.group {
            // Where the noun does not fit, the number alone stands.
            let is_cut = text::width(&spans) + text::columns(group) + 2 > room;
            let number = group
                .rsplit_once(' ')
                .map_or(&**group, |(number, _)| number);
            let group = if is_cut { number } else { group };
            spans.push(Span::styled(format!("  {group}"), quiet));
        }
        if let Some(shared) = &self.row.shared {
            if !spans.is_empty() {
                spans.push(Span::styled("  shares ", self.theme.faint));
            }
            spans.push(Span::styled(shared.clone(), self.theme.badge));
            return cut(spans, room);
        }
        match &self.row.snippet {
            Some(snippet) => self.with_snippet(spans, snippet, room),
            None => self.with_badges(cut(spans, room), room),
        }
    }

    /// The facts, with the number of further places.
    fn facts(&self, quiet: Style) -> Vec<Span<'static>> {
        let mut spans: Vec<Span<'static>> = Vec::new();
        for fact in &self.row.facts {
            if !spans.is_empty() {
                spans.push(Span::styled(" · ", quiet));
            }
            spans.extend(self.marked(fact.field, &fact.text, quiet));
            if fact.more_places > 0 {
                let more = format!(" +{}", grouped(fact.more_places));
                spans.push(Span::styled(more, quiet));
            }
        }
        spans
    }

    /// Adds what was found in the description. The facts give way where the hit would not be visible.
    fn with_snippet(
        &self,
        mut spans: Vec<Span<'static>>,
        snippet: &Snippet,
        room: usize,
    ) -> Vec<Span<'static>> {
        loop {
            let gap = if spans.is_empty() { 0 } else { GAP };
            let left = room.saturating_sub(text::width(&spans) + gap);
            let fitted = snippet.fitted(left);
            if fitted.is_none() && !spans.is_empty() {
                spans.pop();
                continue;
            }
            let snippet = fitted.unwrap_or_else(|| snippet.clone());
            spans.push(Span::raw(" ".repeat(gap)));
            let (quiet, matched) = (self.theme.faint, self.theme.matched);
            spans.extend(text::split(&snippet.text, &snippet.ranges, quiet, matched));
            return cut(spans, room);
        }
    }

    /// Adds the badges that fit completely.
    fn with_badges(&self, mut spans: Vec<Span<'static>>, room: usize) -> Vec<Span<'static>> {
        let mut left = room.saturating_sub(text::width(&spans));
        for badge in &self.row.badges {
            let Badge {
                text,
                field,
                derived,
            } = badge;
            let (style, sign) = if *derived {
                (self.theme.badge_derived, "≈ ")
            } else {
                (self.theme.badge, "")
            };
            let gap = if spans.is_empty() { 0 } else { GAP };
            let width = gap + text::columns(sign) + text::columns(text);
            if width > left {
                break;
            }
            left -= width;
            spans.push(Span::raw(" ".repeat(gap)));
            spans.push(Span::styled(sign, style));
            spans.extend(self.marked(*field, text, style));
        }
        spans
    }

    fn marked(&self, field: Option<Field>, text: &str, style: Style) -> Vec<Span<'static>> {
        let ranges = field.map(|field| self.highlights.ranges(field, text));
        text::split(text, &ranges.unwrap_or_default(), style, self.theme.matched)
    }

    fn marks(&self) -> Vec<Span<'static>> {
        let mut spans = Vec::new();
        for mark in &self.row.marks {
            if !spans.is_empty() {
                spans.push(Span::raw(" "));
            }
            let style = match mark.kind {
                MarkKind::Mine => self.theme.mine,
                MarkKind::Soon => self.theme.incomplete,
                MarkKind::Quiet => self.theme.faint,
            };
            spans.push(Span::styled(mark.text.clone(), style));
        }
        spans
    }
}

/// Truncates spans to a width.
fn cut(spans: Vec<Span<'static>>, room: usize) -> Vec<Span<'static>> {
    if text::width(&spans) <= room {
        return spans;
    }
    let mut left = room;
    let mut kept = Vec::with_capacity(spans.len());
    for span in spans {
        let width = text::columns(&span.content);
        // A span that exactly fits would leave no column for the ellipsis.
        if width < left {
            left -= width;
            kept.push(span);
            continue;
        }
        let fitted = text::truncate(&format!("{} ", span.content), left);
        kept.push(Span::styled(fitted, span.style));
        break;
    }
    kept
}
