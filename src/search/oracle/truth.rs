//! Results of terms, and how they combine.

use crate::query::Field;
use crate::search::Reason;
use crate::search::verdict::Tier;

/// Result of a term on a posting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Truth {
    No,
    Unjudged(Field, Reason),
    Yes(Option<Hit>),
}

/// Quality of a match: tier and field of the best occurrence, whether it is the word itself, the covered share of the
/// value, and whether another field matches as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub(super) place: u64,
    pub(super) itself: bool,
    pub(super) share: u64,
    pub(super) also: bool,
}

impl Hit {
    pub(super) fn new(tier: Tier, weight: u64, itself: bool, share: u64) -> Self {
        Self {
            place: tier as u64 * 4 + weight,
            itself,
            share: share.min(63),
            also: false,
        }
    }
}

impl Truth {
    pub(super) fn from_bool(holds: bool) -> Self {
        if holds { Self::Yes(None) } else { Self::No }
    }

    pub(super) fn negated(self) -> Self {
        match self {
            Self::No => Self::Yes(None),
            Self::Yes(_) => Self::No,
            Self::Unjudged(field, _) if WORDS.contains(&field) => Self::Yes(None),
            Self::Unjudged(..) => self,
        }
    }

    /// The result of a name that a location only implies.
    pub(super) fn implied(self) -> Self {
        match self {
            Self::Yes(Some(hit)) if hit.place % 4 > 0 => Self::Yes(Some(Hit {
                place: hit.place - 1,
                ..hit
            })),
            truth => truth,
        }
    }

    /// Best result of two fields or alternatives.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes(Some(a)), Self::Yes(Some(b))) => {
                let better = |hit: &Hit| (hit.place, hit.itself, hit.share);
                let best = if better(&a) >= better(&b) { a } else { b };
                Self::Yes(Some(Hit { also: true, ..best }))
            }
            (Self::Yes(a), Self::Yes(b)) => Self::Yes(a.or(b)),
            (yes @ Self::Yes(_), _) | (_, yes @ Self::Yes(_)) => yes,
            (a @ Self::Unjudged(..), b @ Self::Unjudged(..)) => {
                if weight_of_reason(a) >= weight_of_reason(b) {
                    a
                } else {
                    b
                }
            }
            (unjudged @ Self::Unjudged(..), _) | (_, unjudged) => unjudged,
        }
    }

    /// Best result of two values of one field.
    pub(super) fn max(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes(a), Self::Yes(b)) => Self::Yes(a.max(b)),
            (a, b) => a.or(b),
        }
    }
}

/// Fields that most postings state only in their text: a word test is undecided for a posting without a value.
pub(super) const WORDS: [Field; 8] = [
    Field::Workplace,
    Field::Employment,
    Field::Level,
    Field::Education,
    Field::Sponsorship,
    Field::Clearance,
    Field::Skill,
    Field::Speaks,
];

/// Everything that may be unjudged; of several reasons in one term the last one is counted.
pub(super) fn reasons() -> Vec<(Field, Reason)> {
    let amounts = [
        (Field::Closes, Reason::Absent),
        (Field::Posted, Reason::Absent),
        (Field::Near, Reason::Absent),
        (Field::From, Reason::Absent),
        (Field::Salary, Reason::Absent),
        (Field::Salary, Reason::Incomparable),
        (Field::Years, Reason::Absent),
    ];
    let words = WORDS.map(|field| (field, Reason::Absent));
    amounts.into_iter().chain(words).collect()
}

pub(super) fn weight_of_reason(truth: Truth) -> Option<usize> {
    let Truth::Unjudged(field, reason) = truth else {
        return None;
    };
    reasons().iter().position(|known| *known == (field, reason))
}
