//! Boards, postings and interviews as plain values, and the lookup of both by id. Does no IO.

pub mod address;
pub mod area;
pub mod encoding;
pub mod field;
pub mod fingerprint;
pub mod fold;
pub mod hash;
pub mod interview;
pub mod location;
pub mod money;
pub mod number;
pub mod posting;
pub mod record;
pub mod safe_url;
pub mod salary;
pub mod similarity;
mod site;
pub mod spelling;
mod store;
pub mod text;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

pub use fingerprint::{FieldHashes, Fingerprint};
pub use interview::{Exchange, Interview, Person};
pub use jiff::civil::Date;
pub use location::{Coordinates, Location};
pub use posting::{
    Clearance, Education, Employment, Level, Posting, Source, Sponsorship, Workplace, Years,
};
pub use safe_url::{SafeUrl, masked};
pub use salary::{Period, Salary, grouped};
pub use site::{Company, PostalAddress, SiteLanguage, SiteProfile, SiteSettings};
pub use store::Store;
use store::{InMemory, Postings};

/// One or more boards opened together.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// Name of the board; several names are joined with " + ".
    pub name: String,
    /// A sentence about the board.
    pub description: Option<String>,
    /// Web address of the board.
    pub url: Option<String>,
    postings: Postings,
    interviews: Vec<Interview>,
    interview_by_id: HashMap<String, usize>,
    /// For several boards opened together: key and name of each.
    parts: HashMap<String, String>,
}

impl Board {
    /// A board of these postings and interviews, in this order. The first posting with an id wins.
    pub fn new(name: String, postings: Vec<Posting>, interviews: Vec<Interview>) -> Self {
        Self::from_parts(
            name,
            Postings::InMemory(InMemory::new(postings)),
            interviews,
        )
    }

    /// A board whose postings are read from a store.
    pub fn stored(name: String, postings: Arc<dyn Store>, interviews: Vec<Interview>) -> Self {
        Self::from_parts(name, Postings::Stored(postings), interviews)
    }

    /// The same board with the postings of a store.
    #[must_use]
    pub fn with_store(self, postings: Arc<dyn Store>) -> Self {
        Self {
            postings: Postings::Stored(postings),
            ..self
        }
    }

    fn from_parts(name: String, postings: Postings, interviews: Vec<Interview>) -> Self {
        let mut board = Self {
            name,
            postings,
            ..Self::default()
        };
        for interview in interviews {
            let next = board.interviews.len();
            if let std::collections::hash_map::Entry::Vacant(slot) =
                board.interview_by_id.entry(interview.id.clone())
            {
                slot.insert(next);
                board.interviews.push(interview);
            }
        }
        board
    }

    /// Merges several boards: each id becomes `board/id`, where `board` is the given key.
    pub fn union(boards: Vec<(String, Self)>) -> Self {
        let name = boards
            .iter()
            .map(|(_, board)| board.name.clone())
            .collect::<Vec<_>>()
            .join(" + ");
        let (mut postings, mut interviews) = (Vec::new(), Vec::new());
        let mut parts = HashMap::new();
        for (key, board) in boards {
            parts.insert(key.clone(), board.name);
            for mut posting in board.postings.into_here() {
                posting.id = format!("{key}/{}", posting.id);
                posting.board.clone_from(&key);
                postings.push(posting);
            }
            for mut interview in board.interviews {
                interview.id = format!("{key}/{}", interview.id);
                for related in interview.related.iter_mut().flatten() {
                    *related = format!("{key}/{related}");
                }
                interviews.push(interview);
            }
        }
        Self {
            parts,
            ..Self::new(name, postings, interviews)
        }
    }

    /// Marks the board as several boards opened together, given the key and name of each.
    #[must_use]
    pub fn of_parts(self, parts: impl IntoIterator<Item = (String, String)>) -> Self {
        Self {
            parts: parts.into_iter().collect(),
            ..self
        }
    }

    /// Names of the open boards.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let alone = self.parts.is_empty().then_some(&self.name);
        self.parts.values().chain(alone).map(String::as_str)
    }

    /// The open boards: id prefix and name of each.
    pub fn parts(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        let alone = self.parts.is_empty().then_some((None, &*self.name));
        let parts = self.parts.iter();
        parts
            .map(|(key, name)| (Some(key.as_str()), name.as_str()))
            .chain(alone)
    }

    /// Name of the posting's own board and its id there, independent of which other boards are open.
    pub fn own_id<'a>(&'a self, posting: &'a Posting) -> (&'a str, &'a str) {
        let own = self.parts.get(&posting.board).and_then(|name| {
            let id = posting.id.strip_prefix(&posting.board)?.strip_prefix('/')?;
            Some((name.as_str(), id))
        });
        own.unwrap_or((&self.name, &posting.id))
    }

    /// Number of postings.
    pub fn len(&self) -> usize {
        self.postings.len()
    }

    /// Whether there are no postings.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The postings in load order. A stored board reads each one on demand, which is slow for large boards.
    pub fn postings(&self) -> impl ExactSizeIterator<Item = Cow<'_, Posting>> {
        (0..self.len()).map(|at| self.at(at))
    }

    /// The posting at a position.
    pub fn at(&self, position: usize) -> Cow<'_, Posting> {
        match &self.postings {
            Postings::InMemory(here) => Cow::Borrowed(&here.list[position]),
            Postings::Stored(store) => Cow::Owned(store.posting(position)),
        }
    }

    /// Visits the descriptions of adjacent postings; a stored board reads them into `buffer`.
    pub fn descriptions(
        &self,
        positions: Range<usize>,
        buffer: &mut Vec<u8>,
        mut each: impl FnMut(usize, &str),
    ) {
        match &self.postings {
            Postings::InMemory(here) => {
                positions.for_each(|at| each(at, &here.list[at].description));
            }
            Postings::Stored(store) => store.descriptions(positions, buffer, &mut each),
        }
    }

    /// The store of the postings, unless they are in memory.
    pub fn store(&self) -> Option<&Arc<dyn Store>> {
        match &self.postings {
            Postings::InMemory(_) => None,
            Postings::Stored(store) => Some(store),
        }
    }

    /// The interviews, in the order they were loaded.
    pub fn interviews(&self) -> &[Interview] {
        &self.interviews
    }

    /// The posting with this id.
    pub fn posting(&self, id: &str) -> Option<Cow<'_, Posting>> {
        self.position(id).map(|at| self.at(at))
    }

    /// The position of the posting with this id.
    pub fn position(&self, id: &str) -> Option<usize> {
        match &self.postings {
            Postings::InMemory(here) => here.by_id.get(id).copied(),
            Postings::Stored(store) => store.position(id),
        }
    }

    /// The interview with this id.
    pub fn interview(&self, id: &str) -> Option<&Interview> {
        self.interview_by_id.get(id).map(|&at| &self.interviews[at])
    }

    /// Postings related to an interview: those it names, else up to ten that share its publisher or topics, else the
    /// first ten.
    pub fn related(&self, interview: &Interview) -> Vec<Cow<'_, Posting>> {
        const NEAREST: usize = 10;
        if let Some(ids) = &interview.related {
            return ids.iter().filter_map(|id| self.posting(id)).collect();
        }
        if interview.topics.is_empty() {
            return self.postings().take(NEAREST).collect();
        }
        let shared = |posting: &Posting| {
            let tags = posting.tags.iter();
            tags.filter(|tag| interview.topics.contains(tag)).count()
        };
        let mut nearest: Vec<(usize, usize)> = self
            .postings()
            .enumerate()
            .map(|(at, posting)| (shared(&posting), at))
            .collect();
        nearest.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
        nearest.truncate(NEAREST);
        nearest.into_iter().map(|(_, at)| self.at(at)).collect()
    }
}
