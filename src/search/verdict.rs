//! Verdicts: the result of a test on a value. Rejected, undecided, accepted, or a hit with its quality.
//!
//! Verdicts are ordered, so that the best of several alternatives is their maximum.

use super::Reason;
use crate::query::Field;

/// A packed verdict; the best of several is their maximum.
///
/// A hit holds, from the high bits down: tier and field; a gap in which sums count adjacent words; whether it is the
/// word itself rather than another form; whether another field matches as well; and the covered share of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Verdict(u32);

/// Quality of a word match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Its letters in order.
    Scattered = 1,
    /// A word it may be a typo of.
    Typo,
    /// Within a word.
    Inside,
    /// Prefix of a word.
    Start,
    /// An alias.
    Alias,
    /// The word itself, its plural or singular.
    Whole,
}

impl Tier {
    /// The name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Alias => "alias",
            Self::Start => "start",
            Self::Inside => "inside",
            Self::Typo => "typo",
            Self::Scattered => "scattered",
        }
    }
}

/// Reasons for undecided verdicts, in the order of their codes.
pub(super) const UNJUDGED: [(Field, Reason); 15] = [
    (Field::Closes, Reason::Absent),
    (Field::Posted, Reason::Absent),
    (Field::Near, Reason::Absent),
    (Field::From, Reason::Absent),
    (Field::Salary, Reason::Absent),
    (Field::Salary, Reason::Incomparable),
    (Field::Years, Reason::Absent),
    (Field::Workplace, Reason::Absent),
    (Field::Employment, Reason::Absent),
    (Field::Level, Reason::Absent),
    (Field::Education, Reason::Absent),
    (Field::Sponsorship, Reason::Absent),
    (Field::Clearance, Reason::Absent),
    (Field::Skill, Reason::Absent),
    (Field::Speaks, Reason::Absent),
];

/// Index of the first reason about words. Excluding a word is not undecided for a posting without a value.
const FIRST_WORD: u32 = 7;

/// Whether a word test is undecided for a posting that has no value in this field.
pub(super) fn is_doubtful(field: Field) -> bool {
    let mut words = UNJUDGED.iter().skip(FIRST_WORD as usize);
    words.any(|(known, _)| *known == field)
}

/// Maximum share of a value.
pub(super) const WHOLE_SHARE: u32 = 63;
/// Maximum number of words whose shares can be summed without overflowing into higher bits.
pub(super) const SUMMED: usize = 15;
const ALSO: u32 = 1 << 10;
const ITSELF: u32 = 1 << 14;
const NEIGHBOUR_SHIFT: u32 = 18;
/// Maximum number of adjacent pairs that a rank distinguishes.
pub(super) const NEIGHBOURS: u32 = 7;
const PLACE_SHIFT: u32 = 21;
const FIELD_BITS: u32 = 2;
const LEAST_HIT: u32 = 1 << (PLACE_SHIFT + FIELD_BITS);

impl Verdict {
    /// Rejected.
    pub(super) const FALSE: Self = Self(0);
    /// Accepted, without rank.
    pub(super) const TRUE: Self = Self(31);

    /// Smallest hit.
    pub(super) const LEAST_HIT_NUMBER: i32 = LEAST_HIT.cast_signed();
    /// Bit of a match in another field as well.
    pub(super) const ALSO_BIT: i32 = ALSO.cast_signed();
    /// Last undecided verdict that negation leaves undecided.
    pub(super) const LAST_AMOUNT: i32 = FIRST_WORD.cast_signed();
    /// Number of bits below tier and field.
    pub(super) const PLACE_BITS: i32 = PLACE_SHIFT.cast_signed();
    /// Number of bits below the count of adjacent words.
    pub(super) const NEIGHBOUR_BITS: i32 = NEIGHBOUR_SHIFT.cast_signed();

    /// The packed number.
    pub(super) const fn number(self) -> i32 {
        self.0.cast_signed()
    }

    /// Accepted or rejected.
    pub(super) fn from_bool(holds: bool) -> Self {
        if holds { Self::TRUE } else { Self::FALSE }
    }

    /// Undecided.
    pub(super) fn unjudged(field: Field, reason: Reason) -> Self {
        let code = UNJUDGED.iter().position(|&known| known == (field, reason));
        code.map_or(Self::FALSE, |code| Self(code as u32 + 1))
    }

    /// A hit packed as tier, field weight, share; integer order is rank order.
    pub(super) fn hit(tier: Tier, weight: u32, share: u32) -> Self {
        let place = (tier as u32) << FIELD_BITS | weight;
        Self(place << PLACE_SHIFT | share.min(WHOLE_SHARE))
    }

    /// Marks the hit as the word itself rather than another form.
    pub(super) fn itself(self) -> Self {
        Self(self.0 | ITSELF)
    }

    /// The verdict on a name that a location only implies, which ranks below one that is written.
    pub(super) fn implied(self) -> Self {
        let weight = self.0 >> PLACE_SHIFT & ((1 << FIELD_BITS) - 1);
        let is_lowered = self.0 >= LEAST_HIT && weight > 0;
        Self(self.0 - u32::from(is_lowered) * (1 << PLACE_SHIFT))
    }

    /// The better of the verdicts on two fields.
    #[inline]
    pub(super) fn or(self, other: Self) -> Self {
        // That the words are elsewhere too must not decide which of the two is better.
        let best = (self.0 & !ALSO).max(other.0 & !ALSO);
        let both = u32::from(self.0.min(other.0) >= LEAST_HIT) * ALSO;
        Self(best | both | (self.0 | other.0) & ALSO)
    }

    /// The opposite. An amount that cannot be judged stays so; a word that is not known to be there is not there.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::FALSE => Self::TRUE,
            unknown if unknown > Self(FIRST_WORD) && unknown < Self::TRUE => Self::TRUE,
            unjudged if unjudged < Self::TRUE => unjudged,
            _ => Self::FALSE,
        }
    }

    /// Whether it is accepted.
    pub(super) fn is_true(self) -> bool {
        self >= Self::TRUE
    }

    /// Index in [`UNJUDGED`] if undecided.
    pub(super) fn is_unjudged(self) -> Option<usize> {
        (Self::FALSE < self && self < Self::TRUE).then(|| self.0 as usize - 1)
    }

    /// Contribution to the rank of its posting.
    pub(super) fn rank(self) -> u32 {
        if self.0 < LEAST_HIT { 0 } else { self.0 }
    }

    /// Contribution if there are too many words to sum more than tiers and fields.
    pub(super) fn coarse_rank(self) -> u32 {
        self.rank() >> PLACE_SHIFT << PLACE_SHIFT
    }

    /// Tier of a hit.
    pub(super) fn tier(self) -> Option<Tier> {
        match self.0 >> (PLACE_SHIFT + FIELD_BITS) {
            0 => None,
            1 => Some(Tier::Scattered),
            2 => Some(Tier::Typo),
            3 => Some(Tier::Inside),
            4 => Some(Tier::Start),
            5 => Some(Tier::Alias),
            _ => Some(Tier::Whole),
        }
    }
}

/// Contribution of adjacent pairs to a rank.
pub(super) fn neighbour_rank(pairs: u32) -> u32 {
    pairs.min(NEIGHBOURS) << NEIGHBOUR_SHIFT
}

/// Share of a value, given the covered and the total number of bytes.
pub(super) fn share(covered: usize, value: usize) -> u32 {
    (covered * WHOLE_SHARE as usize / value.max(1)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tier_outweighs_field_outweighs_share() {
        let ordered = [
            Verdict::FALSE,
            Verdict::unjudged(Field::Closes, Reason::Absent),
            Verdict::unjudged(Field::Speaks, Reason::Absent),
            Verdict::TRUE,
            Verdict::hit(Tier::Scattered, 0, 0),
            Verdict::hit(Tier::Scattered, 0, 5),
            Verdict::hit(Tier::Scattered, 3, 0),
            Verdict::hit(Tier::Typo, 0, 5),
            Verdict::hit(Tier::Inside, 0, 900_000),
            Verdict::hit(Tier::Inside, 1, 0),
            Verdict::hit(Tier::Start, 0, 0),
            Verdict::hit(Tier::Alias, 0, 0),
            Verdict::hit(Tier::Whole, 0, 0),
            Verdict::hit(Tier::Whole, 0, 0).or(Verdict::hit(Tier::Alias, 3, 9)),
            Verdict::hit(Tier::Whole, 1, 0),
        ];
        assert!(ordered.is_sorted_by(|a, b| a < b));
        assert_eq!(ordered[1].negated(), ordered[1]);
        let years = Verdict::unjudged(Field::Years, Reason::Absent);
        assert_eq!(years.negated(), years);
        let workplace = Verdict::unjudged(Field::Workplace, Reason::Absent);
        assert_eq!(workplace.negated(), Verdict::TRUE);
        assert_eq!(ordered[4].negated(), Verdict::FALSE);
        assert_eq!(ordered[10].tier(), Some(Tier::Start));
    }

    #[test]
    fn sums_do_not_carry() {
        let hit = Verdict::hit(Tier::Whole, 3, WHOLE_SHARE).itself();
        let most = hit.or(hit).rank();
        let sum: u32 = (0..SUMMED).map(|_| most).sum();
        let places = (0..SUMMED).map(|_| hit.coarse_rank()).sum::<u32>();
        assert!(sum - places < neighbour_rank(1));
        assert!(sum + neighbour_rank(99) < places + (1 << PLACE_SHIFT));
    }
}
