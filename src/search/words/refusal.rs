//! Refused corrections and aliases of query words, with the reason.

use std::fmt;

/// A word or name that was considered and refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The words, folded.
    pub words: String,
    /// Number of postings, summed over fields.
    pub uses: u64,
    /// Why it was refused.
    pub why: Refusal,
}

/// Why a word was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// This many postings contain the typed word.
    Known(u64),
    /// Too rare compared with the typed word, which this many postings contain.
    Uncommon(u64),
    /// No more frequent than the typed word, which this many postings contain.
    Rarer(u64),
    /// Another correction is far more common.
    Outnumbered,
    /// Another correction is a likelier slip.
    Unlikely,
    /// Three corrections are more common.
    TooMany,
    /// Fewer postings than this contain it, too few for such a typo.
    TooRare(u64),
    /// The typed word is spelled correctly.
    Correct,
    /// Only the name of a company, which takes fewer slips.
    Company,
    /// No posting of the board has it.
    Absent,
}

impl Refusal {
    /// Whether the word is offered to the user.
    pub(in crate::search) fn is_offered(self) -> bool {
        matches!(self, Self::Correct | Self::Uncommon(_))
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
            Self::TooRare(least) => write!(f, "fewer than {least} postings hold it"),
            Self::Correct => f.write_str("what was typed is a correct word"),
            Self::Company => f.write_str("the name of a company is too far from what was typed"),
            Self::Absent => f.write_str("not on this board"),
        }
    }
}
