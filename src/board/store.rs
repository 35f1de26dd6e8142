//! Where the postings of a board are kept: in memory, or in a store that reads them on demand.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::{Fingerprint, Posting};

/// Postings kept elsewhere, such as on disk, and read on demand. Access is infallible: a store that loses data has to
/// recover it.
pub trait Store: fmt::Debug + Send + Sync {
    /// How many postings there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The posting at a position.
    fn posting(&self, position: usize) -> Posting;

    /// Visits the descriptions of adjacent postings, which are read into `buffer`, a limited number of bytes at a time.
    fn descriptions(
        &self,
        positions: Range<usize>,
        buffer: &mut Vec<u8>,
        each: &mut dyn FnMut(usize, &str),
    );

    /// The position of the posting with this id.
    fn position(&self, id: &str) -> Option<usize>;

    /// The facts in the text of the posting at a position, as bytes for their reader; `None` if none are kept, or if they
    /// cannot be read.
    fn facts(&self, _position: usize) -> Option<Vec<u8>> {
        None
    }

    /// Fingerprints of adjacent postings; `None` if none are kept, or if they cannot be read.
    fn fingerprints(&self, _positions: Range<usize>) -> Option<Vec<Fingerprint>> {
        None
    }
}

/// Postings of a board.
#[derive(Debug, Clone)]
pub(super) enum Postings {
    /// In memory.
    InMemory(InMemory),
    /// In a store.
    Stored(Arc<dyn Store>),
}

/// Postings in memory.
#[derive(Debug, Clone, Default)]
pub(super) struct InMemory {
    pub(super) list: Vec<Posting>,
    pub(super) by_id: HashMap<String, usize, RandomState>,
}

impl InMemory {
    /// Postings in this order. The first posting with an id wins.
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
            Self::InMemory(here) => here.list.len(),
            Self::Stored(store) => store.len(),
        }
    }

    pub(super) fn into_here(self) -> Vec<Posting> {
        match self {
            Self::InMemory(here) => here.list,
            Self::Stored(store) => (0..store.len()).map(|at| store.posting(at)).collect(),
        }
    }
}

impl Default for Postings {
    fn default() -> Self {
        Self::InMemory(InMemory::default())
    }
}
