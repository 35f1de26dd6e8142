//! Words that a word of a query was not taken for, and why.

use std::fmt;

/// A word or name that was considered and refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The words, folded.
    pub words: String,
    /// How many postings have it, field by field.
    pub uses: u64,
    /// Why it was refused.
    pub why: Refusal,
}

/// Why a word was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// This many postings contain the word as typed.
    Known(u64),
    /// It is not common enough compared with the typed word, which this many postings contain.
    Uncommon(u64),
    /// It is no more common than the typed word, which this many postings contain.
    Rarer(u64),
    /// Another correction is far more common.
    Outnumbered,
    /// Another correction is a likelier slip.
    Unlikely,
    /// Three corrections are more common.
    TooMany,
    /// No posting of the board has it.
    Absent,
}

impl Refusal {
    /// Whether the word is offered to the user.
    pub(super) fn is_offered(self) -> bool {
        matches!(self, Self::Known(_) | Self::Uncommon(_))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hold = |postings: u64| match postings {
            1 => "1 posting holds".to_owned(),
            _ => format!("{postings} postings hold"),
        };
        match *self {
            Self::Known(typed) => write!(f, "{} what was typed", hold(typed)),
            Self::Uncommon(typed) => {
                write!(
                    f,
                    "less than 100 times as common as what was typed ({typed})"
                )
            }
            Self::Rarer(typed) => write!(f, "no more common than what was typed ({typed})"),
            Self::Outnumbered => f.write_str("another correction is 20 times as common"),
            Self::Unlikely => f.write_str("another correction is a likelier slip"),
            Self::TooMany => f.write_str("three corrections are more common"),
            Self::Absent => f.write_str("not on this board"),
        }
    }
}
