//! Where the postings of a board are: here, or elsewhere and read when they are looked at.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::Posting;

/// Postings that are kept elsewhere, as on a disk, and read when they are looked at. What is asked for is always
/// answered: a store that lost something knows where to find it again.
pub trait Store: fmt::Debug + Send + Sync {
    /// How many postings there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The posting at a position.
    fn posting(&self, position: usize) -> Posting;

    /// Adds the description of the posting at a position.
    fn description(&self, position: usize, into: &mut String);

    /// Adds the descriptions of postings that stand side by side, one behind the other; gives where each ends.
    fn descriptions(&self, positions: Range<usize>, into: &mut String) -> Vec<usize>;

    /// The position of the posting with this id.
    fn position(&self, id: &str) -> Option<usize>;

    /// The posting at a position without its description, and the CRC-32 of that: enough to tell whether it says what it
    /// said, and ten times as fast.
    fn head(&self, position: usize) -> (Posting, u32);
}

/// The postings of a board.
#[derive(Debug, Clone)]
pub(super) enum Postings {
    /// All in memory.
    Here(Here),
    /// Kept elsewhere.
    Stored(Arc<dyn Store>),
}

/// Postings in memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Here {
    pub(super) list: Vec<Posting>,
    pub(super) by_id: HashMap<String, usize, RandomState>,
}

impl Here {
    /// These postings, in this order. Where an id repeats, the first one holds it.
    pub(super) fn new(mut list: Vec<Posting>) -> Self {
        let mut by_id = HashMap::with_capacity_and_hasher(list.len(), RandomState::default());
        list.retain(|posting| {
            let next = by_id.len();
            let is_new = !by_id.contains_key(&posting.id);
            if is_new {
                by_id.insert(posting.id.clone(), next);
            }
            is_new
        });
        Self { list, by_id }
    }
}

impl Postings {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Here(here) => here.list.len(),
            Self::Stored(store) => store.len(),
        }
    }

    pub(super) fn into_here(self) -> Vec<Posting> {
        match self {
            Self::Here(here) => here.list,
            Self::Stored(store) => (0..store.len()).map(|at| store.posting(at)).collect(),
        }
    }
}

impl Default for Postings {
    fn default() -> Self {
        Self::Here(Here::default())
    }
}
