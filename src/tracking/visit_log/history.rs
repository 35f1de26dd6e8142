//! History of postings from earlier visits.

use std::collections::HashMap;

use super::Fields;
use crate::board::Date;

/// History of a posting from earlier visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostingHistory {
    /// Day when it was first seen.
    pub first_seen: Date,
    /// Number of times it came back after it was gone.
    pub reposts: u16,
    /// Whether it was absent at the previous visit.
    pub is_new: bool,
    /// Fields that changed since the previous visit.
    pub changed: Fields,
}

impl PostingHistory {
    /// The history without news, for a posting that is closed.
    pub(super) fn without_news(self) -> Self {
        Self {
            is_new: false,
            changed: Fields::default(),
            ..self
        }
    }

    /// Whether only the day when it was first seen is known.
    fn is_plain(&self) -> bool {
        self.reposts == 0 && !self.is_new && self.changed.is_empty()
    }
}

/// History of each posting of a board, in board order. Compact: most postings only have the day when they were first
/// seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostingHistories {
    first_seen: Vec<Date>,
    others: HashMap<usize, PostingHistory>,
}

impl PostingHistories {
    /// History of the posting at a position.
    pub fn get(&self, at: usize) -> Option<PostingHistory> {
        let first_seen = *self.first_seen.get(at)?;
        let plain = PostingHistory {
            first_seen,
            reposts: 0,
            is_new: false,
            changed: Fields::default(),
        };
        Some(self.others.get(&at).copied().unwrap_or(plain))
    }

    /// Positions and histories of new and changed postings, in arbitrary order.
    pub fn news(&self) -> impl Iterator<Item = (usize, &PostingHistory)> {
        let others = self.others.iter().map(|(at, known)| (*at, known));
        others.filter(|(_, known)| known.is_new || !known.changed.is_empty())
    }
}

impl FromIterator<PostingHistory> for PostingHistories {
    fn from_iter<I: IntoIterator<Item = PostingHistory>>(known: I) -> Self {
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
