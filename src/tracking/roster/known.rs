//! What a person may be told of postings from earlier looks at their board.

use std::collections::HashMap;

use super::Fields;
use crate::board::Date;

/// What a person may be told of a posting from earlier looks at its board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The day it was first seen.
    pub first_seen: Date,
    /// How often it came back after it was gone.
    pub reposts: u16,
    /// Whether it was not there at the visit before.
    pub is_new: bool,
    /// What it says else than at the visit before.
    pub changed: Fields,
}

impl Known {
    /// The same, of what nobody can apply to any more.
    pub(super) fn without_news(self) -> Self {
        Self {
            is_new: false,
            changed: Fields::default(),
            ..self
        }
    }

    /// Whether no more is known than the day it was first seen.
    fn is_plain(&self) -> bool {
        self.reposts == 0 && !self.is_new && self.changed.is_empty()
    }
}

/// What is known of each posting of a board, in their order. Of most no more is than the day they were first seen, and of a
/// million of them that is all that takes room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Knowns {
    first_seen: Vec<Date>,
    others: HashMap<usize, Known>,
}

impl Knowns {
    /// What is known of the posting at a position.
    pub fn get(&self, at: usize) -> Option<Known> {
        let first_seen = *self.first_seen.get(at)?;
        let plain = Known {
            first_seen,
            reposts: 0,
            is_new: false,
            changed: Fields::default(),
        };
        Some(self.others.get(&at).copied().unwrap_or(plain))
    }

    /// The positions of the postings that are new or say something else, in no order, and what is known of them.
    pub fn news(&self) -> impl Iterator<Item = (usize, &Known)> {
        let others = self.others.iter().map(|(at, known)| (*at, known));
        others.filter(|(_, known)| known.is_new || !known.changed.is_empty())
    }
}

impl FromIterator<Known> for Knowns {
    fn from_iter<I: IntoIterator<Item = Known>>(known: I) -> Self {
        let mut all = Self::default();
        for (at, known) in known.into_iter().enumerate() {
            all.first_seen.push(known.first_seen);
            if !known.is_plain() {
                all.others.insert(at, known);
            }
        }
        all
    }
}
