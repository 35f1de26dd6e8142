//! Tests of single values: a text, a day, a list of pay ranges.

use super::Reason;
use super::verdict::{Tier, Verdict};
use super::word::{Scorer, Word, literal_places, literal_tier, searched};
use crate::board::fold::fold;
use crate::board::{Date, Salary};
use crate::query::{Anchor, DateTest, Field, SalaryTest, State, Test};

/// A test of a text, folded and ready.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TextTest {
    /// A word, scattered or not.
    Word(Word),
    /// A literal text; the word is the same text, for its score.
    Literal(Word, String, Anchor),
    /// The whole text.
    Equals(String),
}

impl TextTest {
    /// Reads a test; `None` if it is not one of a text, or of none that is left after folding.
    pub(super) fn new(test: &Test) -> Option<Self> {
        let test = match test {
            Test::Fuzzy(word) => Self::Word(Word::new(word)),
            Test::Literal { text, anchor } => Self::Literal(Word::new(text), fold(text), *anchor),
            Test::Equals(value) => Self::Equals(fold(value)),
            _ => return None,
        };
        (!test.text().is_empty()).then_some(test)
    }

    /// What is looked for.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Word(word) => &word.text,
            Self::Literal(_, text, _) | Self::Equals(text) => text,
        }
    }

    /// The word that stands, scattered or not, wherever the test passes, and as well.
    pub(super) fn as_word(&self) -> Option<&Word> {
        match self {
            Self::Word(word) | Self::Literal(word, _, Anchor::None) => Some(word),
            _ => None,
        }
    }

    /// Whether the test asks where a text ends.
    pub(super) fn asks_for_end(&self) -> bool {
        matches!(
            self,
            Self::Equals(_) | Self::Literal(_, _, Anchor::End | Anchor::Both)
        )
    }

    /// Whether the test is of the whole value, or of one of its ends.
    pub(super) fn is_anchored(&self) -> bool {
        match self {
            Self::Word(_) => false,
            Self::Literal(_, _, anchor) => *anchor != Anchor::None,
            Self::Equals(_) => true,
        }
    }

    /// The verdict on a folded text of a field of this weight.
    pub(super) fn judge(&self, text: &str, weight: u32, scorer: &mut Scorer) -> Verdict {
        match self {
            Self::Word(word) => scorer.judge(word, text, weight),
            Self::Literal(word, literal, anchor) => {
                match anchored_tier(literal, *anchor, text) {
                    // Past the part of a text that is scored a literal is still found.
                    Some(tier) => {
                        let score = scorer.score(word, searched(text)).unwrap_or(0);
                        Verdict::hit(tier, weight, i64::from(score))
                    }
                    None => Verdict::FALSE,
                }
            }
            Self::Equals(value) => Verdict::of(value == text),
        }
    }
}

/// How a literal stands in a text at the best of the places where it may.
pub(super) fn anchored_tier(literal: &str, anchor: Anchor, text: &str) -> Option<Tier> {
    match anchor {
        Anchor::None => literal_tier(literal, text),
        _ => places(literal, anchor, text).map(|(_, tier)| tier).max(),
    }
}

/// Where in a text a literal stands, there where it may, and how well.
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

/// The verdict on a day.
pub(super) fn date(test: DateTest, field: Field, day: Option<Date>, today: Date) -> Verdict {
    let Some(day) = day else {
        return Verdict::unjudged(field, Reason::Absent);
    };
    Verdict::of(self::day(test, field, day, today))
}

/// Whether a day passes: days of what is to come are counted towards it, those of what was, since.
pub(super) fn day(test: DateTest, field: Field, day: Date, today: Date) -> bool {
    match test {
        DateTest::Day(op, wanted) => op.holds(&day, &wanted),
        DateTest::Days(op, days) => match field {
            Field::Closes => {
                let left = days_between(today, day);
                left >= 0 && op.holds(&left, &days)
            }
            // What was to be done yesterday is still to be done.
            Field::FollowUp => op.holds(&days_between(today, day), &days),
            _ => op.holds(&days_between(day, today), &days),
        },
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// The verdict on pay: one range that passes is enough.
pub(super) fn salary(test: &SalaryTest, ranges: &[Salary]) -> Verdict {
    let absent = Verdict::unjudged(Field::Salary, Reason::Absent);
    let verdicts = ranges.iter().map(|range| {
        let Some(amount) = amount(range) else {
            return absent;
        };
        if test.per != range.per || test.currency.is_some_and(|named| named != range.currency) {
            return Verdict::unjudged(Field::Salary, Reason::Incomparable);
        }
        Verdict::of(test.op.holds(&amount, &test.amount))
    });
    verdicts.max().unwrap_or(absent)
}

/// What a range comes to: its upper end, else its lower.
pub(super) fn amount(range: &Salary) -> Option<f64> {
    range.max.or(range.min)
}

/// The verdict on whether applications are taken.
pub(super) fn state(state: State, closes: Option<Date>, today: Date) -> Verdict {
    let open = closes.is_none_or(|closes| closes >= today);
    Verdict::of(open == (state == State::Open))
}
