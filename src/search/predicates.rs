//! Predicates on single values: a text, a date, a list of pay ranges.

use std::sync::Arc;

use super::Reason;
use super::verdict::{Tier, Verdict, share};
use super::word::{Scorer, Word, literal_places, literal_tier};
use super::words::{Reading, Typed, weight};
use crate::board::Date;
use crate::board::fold::fold;
use crate::facts::{self, Pay};
use crate::query::{Anchor, Atom, DateTest, Field, SalaryTest, State, Test, YearsTest};

/// A compiled test of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TextTest {
    /// A word with its reading.
    Words(Arc<Reading>),
    /// Letters in order, possibly scattered.
    Scattered(Word),
    /// A literal text.
    Literal(String, Anchor),
    /// The whole text.
    Equals(String),
    /// A language: its tag, whatever region or script follows.
    Language(String),
}

impl TextTest {
    /// Compiles a text test; `None` for other tests, or if nothing is left after folding. Without a reading, words only
    /// match themselves.
    pub(super) fn new(atom: &Atom, reading: Option<Arc<Reading>>) -> Option<Self> {
        let test = match &atom.test {
            Test::Fuzzy(_) | Test::Whole(_) => {
                let reading = reading.or_else(|| Some(Arc::new(Reading::literal(typed(atom)?))))?;
                if reading.words.is_empty() {
                    Self::Literal(reading.typed.text.clone(), Anchor::None)
                } else {
                    Self::Words(reading)
                }
            }
            Test::Scattered(letters) => Self::Scattered(Word::new(letters)),
            Test::Literal { text, anchor } => Self::Literal(fold(text), *anchor),
            Test::Equals(value) => match atom.field {
                Some(Field::Skill) => Self::Equals(fold(skill_asked(value))),
                Some(Field::Speaks | Field::Language) => Self::Language(fold(value)),
                _ => Self::Equals(fold(value)),
            },
            _ => return None,
        };
        (!test.text().is_empty()).then_some(test)
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Words(reading) => &reading.typed.text,
            Self::Scattered(word) => &word.text,
            Self::Literal(text, _) | Self::Equals(text) | Self::Language(text) => text,
        }
    }

    /// Whether the test depends on the end of a text.
    pub(super) fn asks_for_end(&self) -> bool {
        matches!(
            self,
            Self::Equals(_) | Self::Language(_) | Self::Literal(_, Anchor::End | Anchor::Both)
        )
    }

    /// Whether the test is anchored to an end or the whole value.
    pub(super) fn is_anchored(&self) -> bool {
        match self {
            Self::Words(_) | Self::Scattered(_) => false,
            Self::Literal(_, anchor) => *anchor != Anchor::None,
            Self::Equals(_) | Self::Language(_) => true,
        }
    }

    /// Verdict on a folded text of a field.
    pub(super) fn judge(&self, text: &str, field: Field, scorer: &mut Scorer) -> Verdict {
        match self {
            Self::Words(reading) => reading.judge(field, text),
            Self::Scattered(word) => scorer.judge(word, text, weight(field)),
            Self::Literal(literal, anchor) => match anchored_tier(literal, *anchor, text) {
                Some(tier) => literal_hit(tier, field, literal, text),
                None => Verdict::FALSE,
            },
            Self::Equals(value) => Verdict::from_bool(value == text),
            Self::Language(tag) => Verdict::from_bool(is_language(tag, text)),
        }
    }
}

/// The technology that is asked for by one of its names.
fn skill_asked(value: &str) -> &str {
    let known = facts::skill_named(value).or_else(|| facts::skill_named(&value.to_uppercase()));
    known.map_or(value, |skill| skill.name)
}

/// Whether a tag is of a language: `pt-br` is of `pt`.
fn is_language(language: &str, tag: &str) -> bool {
    let rest = tag.strip_prefix(language);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The typed word of an atom.
pub(super) fn typed(atom: &Atom) -> Option<Typed> {
    match &atom.test {
        Test::Fuzzy(word) => Some(Typed::new(atom.field, word, false)),
        Test::Whole(word) => Some(Typed::new(atom.field, word, true)),
        _ => None,
    }
}

/// Verdict on a literal match.
pub(super) fn literal_hit(tier: Tier, field: Field, literal: &str, text: &str) -> Verdict {
    Verdict::hit(tier, weight(field), share(literal.len(), text.len()))
}

/// Best tier of a literal among its allowed positions.
pub(super) fn anchored_tier(literal: &str, anchor: Anchor, text: &str) -> Option<Tier> {
    match anchor {
        Anchor::None => literal_tier(literal, text),
        _ => places(literal, anchor, text).map(|(_, tier)| tier).max(),
    }
}

/// Allowed positions of a literal in a text, with their tiers.
pub(super) fn places(
    literal: &str,
    anchor: Anchor,
    text: &str,
) -> impl Iterator<Item = (usize, Tier)> {
    let start = matches!(anchor, Anchor::Start | Anchor::Both);
    let end = matches!(anchor, Anchor::End | Anchor::Both);
    let places = literal_places(literal, text);
    places.filter(move |&(at, _)| !(start && at > 0 || end && at + literal.len() < text.len()))
}

/// Verdict on a date.
pub(super) fn date(test: DateTest, field: Field, day: Option<Date>, today: Date) -> Verdict {
    let Some(day) = day else {
        return Verdict::unjudged(field, Reason::Absent);
    };
    Verdict::from_bool(self::day(test, field, day, today))
}

/// Whether a date passes: days until future dates, days since past ones.
pub(super) fn day(test: DateTest, field: Field, day: Date, today: Date) -> bool {
    let ahead = matches!(field, Field::Closes | Field::FollowUp);
    match test.resolved(ahead, today) {
        DateTest::Day(op, wanted) => op.holds(&day, &wanted),
        DateTest::Between(first, last) => (first..=last).contains(&day),
        // It was resolved to a day of the calendar.
        DateTest::Weekday(..) => false,
        DateTest::Days(op, days) => match field {
            Field::Closes => {
                let left = days_between(today, day);
                left >= 0 && op.holds(&left, &days)
            }
            // Overdue reminders are still due.
            Field::FollowUp => op.holds(&days_between(today, day), &days),
            _ => op.holds(&days_between(day, today), &days),
        },
    }
}

/// Days from one date to another.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// Verdict on pay: one matching range is enough.
pub(super) fn salary(test: &SalaryTest, ranges: &[Pay]) -> Verdict {
    let absent = Verdict::unjudged(Field::Salary, Reason::Absent);
    let verdicts = ranges.iter().map(|range| {
        let Some(amount) = amount(range) else {
            return absent;
        };
        if test.per != range.per || test.currency.is_some_and(|named| named != range.currency) {
            return Verdict::unjudged(Field::Salary, Reason::Incomparable);
        }
        let begins = range.min.unwrap_or(amount);
        let is_below = test.most.is_none_or(|most| begins <= most);
        Verdict::from_bool(test.op.holds(&amount, &test.amount) && is_below)
    });
    verdicts.max().unwrap_or(absent)
}

/// The verdict on the years of experience that are asked for at least.
pub(super) fn years(test: YearsTest, least: Option<u8>) -> Verdict {
    match least {
        None => Verdict::unjudged(Field::Years, Reason::Absent),
        Some(least) => {
            let is_below = test.most.is_none_or(|most| least <= most);
            Verdict::from_bool(test.op.holds(&least, &test.years) && is_below)
        }
    }
}

/// Amount of a range to compare: its upper end, else its lower.
pub(super) fn amount(range: &Pay) -> Option<f64> {
    range.max.or(range.min)
}

/// Verdict on whether the posting is open.
pub(super) fn state(state: State, closes: Option<Date>, today: Date) -> Verdict {
    let open = closes.is_none_or(|closes| closes >= today);
    Verdict::from_bool(open == (state == State::Open))
}
