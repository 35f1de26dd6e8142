//! What a test says of a value: no, not to be judged, yes, or yes and how well.
//!
//! Verdicts are ordered so that the best of several alternatives is the greatest of them.

use super::Reason;
use crate::query::Field;

/// The outcome of a test, packed so that `|` is the maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Verdict(u32);

/// How well a word stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Tier {
    /// Its letters, in order.
    Scattered = 1,
    /// As it is, inside a word.
    Inside,
    /// As it is, at the start of a word.
    Start,
}

/// Everything that may be unjudged, in the order of the codes below.
pub(super) const UNJUDGED: [(Field, Reason); 4] = [
    (Field::Closes, Reason::Absent),
    (Field::Posted, Reason::Absent),
    (Field::Salary, Reason::Absent),
    (Field::Salary, Reason::Incomparable),
];

const SCORE_BITS: u32 = 16;
const FIELD_BITS: u32 = 2;
const TIER_SHIFT: u32 = SCORE_BITS + FIELD_BITS;
/// Scores may be negative: a text has at most [`super::word::TEXT`] letters, and each costs one.
const SCORE_OFFSET: i64 = 8192;

impl Verdict {
    /// No.
    pub(super) const FALSE: Self = Self(0);
    /// Yes, without a rank.
    pub(super) const TRUE: Self = Self(7);
    const LEAST_HIT: u32 = 1 << TIER_SHIFT;

    /// Yes or no.
    pub(super) fn of(holds: bool) -> Self {
        if holds { Self::TRUE } else { Self::FALSE }
    }

    /// Not to be judged.
    pub(super) fn unjudged(field: Field, reason: Reason) -> Self {
        let code = UNJUDGED.iter().position(|&known| known == (field, reason));
        code.map_or(Self::FALSE, |code| Self(code as u32 + 1))
    }

    /// Yes, in which tier, in a field of which weight, with which fuzzy score: a whole number in which the first
    /// outweighs the second and the second the third.
    pub(super) fn hit(tier: Tier, weight: u32, score: i64) -> Self {
        let greatest = (1 << SCORE_BITS) - 1;
        let score = u32::try_from((score + SCORE_OFFSET).max(0)).unwrap_or(greatest);
        let score = score.min(greatest);
        Self((tier as u32) << TIER_SHIFT | weight << SCORE_BITS | score)
    }

    /// The opposite; what cannot be judged stays so.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::FALSE => Self::TRUE,
            unjudged if unjudged < Self::TRUE => unjudged,
            _ => Self::FALSE,
        }
    }

    /// Whether it is a plain yes.
    pub(super) fn is_true(self) -> bool {
        self >= Self::TRUE
    }

    /// Which of [`UNJUDGED`] it is.
    pub(super) fn is_unjudged(self) -> Option<usize> {
        (Self::FALSE < self && self < Self::TRUE).then(|| self.0 as usize - 1)
    }

    /// What it adds to the rank of its posting.
    pub(super) fn rank(self) -> u32 {
        if self.0 < Self::LEAST_HIT { 0 } else { self.0 }
    }

    /// The tier of a hit.
    pub(super) fn tier(self) -> Option<Tier> {
        match self.0 >> TIER_SHIFT {
            0 => None,
            1 => Some(Tier::Scattered),
            2 => Some(Tier::Inside),
            _ => Some(Tier::Start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tier_outweighs_field_outweighs_score() {
        let ordered = [
            Verdict::FALSE,
            Verdict::unjudged(Field::Closes, Reason::Absent),
            Verdict::unjudged(Field::Salary, Reason::Incomparable),
            Verdict::TRUE,
            Verdict::hit(Tier::Scattered, 0, -9000),
            Verdict::hit(Tier::Scattered, 0, -5),
            Verdict::hit(Tier::Scattered, 3, -5),
            Verdict::hit(Tier::Inside, 0, -5),
            Verdict::hit(Tier::Inside, 0, 900_000),
            Verdict::hit(Tier::Inside, 1, 0),
            Verdict::hit(Tier::Start, 0, 0),
        ];
        assert!(ordered.is_sorted_by(|a, b| a < b));
        assert_eq!(ordered[1].negated(), ordered[1]);
        assert_eq!(ordered[4].negated(), Verdict::FALSE);
        assert_eq!(ordered[10].tier(), Some(Tier::Start));
    }
}
