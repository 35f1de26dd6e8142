//! One posting of the list: title, facts, and the signs beside them.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::Fact;
use crate::app::count::grouped;
use crate::app::layout::Area;
use crate::board::{Date, Location, Posting, Workplace};
use crate::config::Theme;
use crate::query::{Field, Kept, State};
use crate::search::{Fold, Highlights, RowMarks};
use crate::ui::text;

/// Stands before a posting that is marked, before one that is new, and before one that changed.
const MARK: &str = "✓ ";
const NEW: &str = "● ";
const CHANGED: &str = "◐ ";
/// Stands behind a posting that is saved, and behind one with a note.
const SAVED: &str = "★";
const NOTED: &str = "✎";
/// Stands before a posting below the one that says the same, and before the count of these.
const WITHIN: &str = "└ ";
const OPEN: &str = "▾ ";
/// Days before its end in which a posting says so.
const SOON: i64 = 7;

/// One posting of the list.
pub(super) struct Item<'a> {
    pub(super) posting: &'a Posting,
    pub(super) highlights: &'a Highlights,
    pub(super) today: Date,
    pub(super) marked: bool,
    pub(super) marks: RowMarks,
    pub(super) fold: Fold,
    pub(super) facts: &'a [Fact],
    pub(super) theme: &'a Theme,
}

impl Item<'_> {
    pub(super) fn draw(&self, area: Area, row: u16, height: u16, frame: &mut Frame<'_>) {
        let buffer = frame.buffer_mut();
        let (mark, style) = self.mark();
        let width = usize::from(area.width);
        let age = self.right();
        let age_width = text::width(&age);
        let mut column = text::write(&[Span::styled(mark, style)], area, row, 0, buffer);
        if self.fold == Fold::Within {
            let within = [Span::styled(WITHIN, self.theme.muted)];
            column = text::write(&within, area, row, column, buffer);
        }
        let below = height > 1;
        let room =
            width.saturating_sub(usize::from(column) + if below { 1 } else { age_width + 2 });
        column = text::write(&self.title(room), area, row, column, buffer);
        let age_column = width.saturating_sub(age_width + 1);
        if below {
            let room = age_column.saturating_sub(3);
            text::write(&self.facts(room), area, row + 1, 2, buffer);
        } else {
            let room = age_column.saturating_sub(usize::from(column) + 3);
            if room > 8 {
                text::write(&self.facts(room), area, row, column + 2, buffer);
            }
        }
        let last = if below { row + 1 } else { row };
        text::write(&age, area, last, age_column as u16, buffer);
    }

    /// What stands before the title.
    fn mark(&self) -> (&'static str, Style) {
        if self.marked {
            (MARK, self.theme.marked)
        } else if self.marks.is(State::New) {
            (NEW, self.theme.notice)
        } else if self.marks.is(State::Changed) {
            (CHANGED, self.theme.notice)
        } else {
            ("  ", self.theme.text)
        }
    }

    /// What stands at the right end: how far the application is, the age, and what the person keeps of it.
    fn right(&self) -> Vec<Span<'static>> {
        let mine = self.theme.mine;
        let mut parts = Vec::new();
        parts.extend(self.alike());
        if self.marks.is(State::Hidden) {
            parts.push(Span::styled("hidden", self.theme.muted));
        } else if self.marks.is(State::Muted) {
            parts.push(Span::styled("muted", self.theme.muted));
        }
        let stages = [
            State::NoAnswer,
            State::Withdrawn,
            State::Rejected,
            State::Offer,
            State::Interview,
            State::Applied,
        ];
        if let Some(stage) = stages.into_iter().find(|stage| self.marks.is(*stage)) {
            parts.push(Span::styled(stage.name().replace('-', " "), mine));
        }
        if self.marks.follow_up.is_some_and(|day| day <= self.today) {
            parts.push(Span::styled("due", self.theme.incomplete));
        }
        parts.push(Span::styled(self.age(), self.age_style()));
        let signs = [
            self.marks.has(Kept::Note).then_some(NOTED),
            self.marks.is(State::Saved).then_some(SAVED),
        ];
        parts.extend(
            signs
                .into_iter()
                .flatten()
                .map(|sign| Span::styled(sign, mine)),
        );
        parts.retain(|part| !part.content.is_empty());
        let gap = Span::raw(" ");
        let mut spans = Vec::with_capacity(2 * parts.len());
        for part in parts {
            if !spans.is_empty() {
                spans.push(gap.clone());
            }
            spans.push(part);
        }
        spans
    }

    /// How many postings that say the same are folded into this row, or stand below it.
    fn alike(&self) -> Option<Span<'static>> {
        let (sign, alike) = match self.fold {
            Fold::Closed(alike) => ("+", alike),
            Fold::Open(alike) => (OPEN, alike),
            Fold::Alone | Fold::Within => return None,
        };
        let more = alike.more;
        let what = match (alike.places, more) {
            (false, _) => "alike",
            (true, 1) => "place",
            (true, _) => "places",
        };
        let style = self.theme.incomplete;
        Some(Span::styled(
            format!("{sign}{} {what}", grouped(more)),
            style,
        ))
    }

    fn title(&self, room: usize) -> Vec<Span<'static>> {
        let title = &self.posting.title;
        let ranges = self.highlights.ranges(Field::Title, title);
        let style = if self.posting.is_open(self.today) {
            self.theme.title
        } else {
            self.theme.closed
        };
        text::marked(title, &ranges, room, style, self.theme.matched)
    }

    /// What the person wants to see of it, and fits.
    fn facts(&self, room: usize) -> Vec<Span<'static>> {
        let muted = self.theme.muted;
        let mut spans: Vec<Span<'static>> = Vec::new();
        let mut add = |part: Vec<Span<'static>>| {
            if !spans.is_empty() && !part.is_empty() {
                spans.push(Span::styled(" · ", muted));
            }
            spans.extend(part);
        };
        for fact in self.facts {
            add(self.fact_of(*fact));
        }
        cut(spans, room)
    }

    fn fact_of(&self, fact: Fact) -> Vec<Span<'static>> {
        let posting = self.posting;
        let plain = |text: Option<String>| {
            let span = text.map(|text| Span::styled(text, self.theme.muted));
            span.into_iter().collect()
        };
        match fact {
            Fact::Company => self.fact(Field::Company, posting.company.as_deref()),
            Fact::Locations => self.place(),
            Fact::Team => self.fact(Field::Team, posting.team.as_deref()),
            Fact::Workplace => self.fact(Field::Workplace, posting.workplace.map(Workplace::word)),
            Fact::Employment => plain((!posting.employment.is_empty()).then(|| {
                let kinds = posting.employment.iter().map(|kind| kind.word());
                kinds.collect::<Vec<_>>().join(", ")
            })),
            Fact::Level => plain(posting.level.map(|level| level.word().to_owned())),
            Fact::Salary => plain(posting.salary.first().map(ToString::to_string)),
            Fact::Posted => plain(posting.posted.map(|day| format!("posted {day}"))),
            Fact::Closes => plain(posting.closes.map(|day| format!("closes {day}"))),
            Fact::Tags => plain((!posting.tags.is_empty()).then(|| posting.tags.join(", "))),
        }
    }

    fn fact(&self, field: Field, value: Option<&str>) -> Vec<Span<'static>> {
        let Some(value) = value else {
            return Vec::new();
        };
        let ranges = self.highlights.ranges(field, value);
        text::split(value, &ranges, self.theme.muted, self.theme.matched)
    }

    /// The place that the query matched, else the first: the city where that says enough.
    fn place(&self) -> Vec<Span<'static>> {
        let places = &self.posting.locations;
        let matched = |place: &&Location| {
            let ranges = self.highlights.ranges(Field::Location, &place.written);
            !ranges.is_empty()
        };
        let Some(place) = places.iter().find(matched).or(places.first()) else {
            return self.fact(
                Field::Workplace,
                self.posting.workplace.map(Workplace::word),
            );
        };
        let short = place.city.as_deref().unwrap_or(&place.written);
        let shows = !self.highlights.ranges(Field::Location, short).is_empty();
        let text = if shows || !matched(&place) {
            short
        } else {
            &place.written
        };
        let mut spans = self.fact(Field::Location, Some(text));
        if places.len() > 1 {
            let more = format!(" +{}", places.len() - 1);
            spans.push(Span::styled(more, self.theme.muted));
        }
        spans
    }

    /// How old the posting is, or how near its end.
    fn age(&self) -> String {
        let days_until = |day: Date| i64::from((day - self.today).get_days());
        match self.posting.closes.map(days_until) {
            Some(..0) => return "closed".to_owned(),
            Some(0) => return "closes today".to_owned(),
            Some(days @ 1..=SOON) => return format!("closes in {days}d"),
            _ => {}
        }
        match self.posting.posted.map(|day| -days_until(day)) {
            None | Some(..0) => String::new(),
            Some(0) => "today".to_owned(),
            Some(days @ ..14) => format!("{days}d"),
            Some(days @ ..60) => format!("{}w", days / 7),
            Some(days @ ..730) => format!("{}mo", days / 30),
            Some(days) => format!("{}y", days / 365),
        }
    }

    fn age_style(&self) -> Style {
        let closes = self.posting.closes.is_some_and(|day| day >= self.today);
        if closes && self.age().starts_with("closes") {
            self.theme.incomplete
        } else {
            self.theme.muted
        }
    }
}

/// Spans cut to their room.
fn cut(spans: Vec<Span<'static>>, room: usize) -> Vec<Span<'static>> {
    if text::width(&spans) <= room {
        return spans;
    }
    let mut left = room;
    let mut kept = Vec::with_capacity(spans.len());
    for span in spans {
        let width = text::columns(&span.content);
        // A span that just fits would leave no column for the sign of the cut.
        if width < left {
            left -= width;
            kept.push(span);
            continue;
        }
        let fitted = text::fit(&format!("{} ", span.content), left);
        kept.push(Span::styled(fitted, span.style));
        break;
    }
    kept
}
