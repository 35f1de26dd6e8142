//! Access to the journal for commands.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use jiff::Timestamp;

use super::{Failure, Output};
use crate::board::{Board, Posting};
use crate::tracking::journal::{self, Journal};
use crate::tracking::{EventKind, PostingKey, Status, Tracking, board_key};

/// The user's marks, and the journal that keeps them.
pub(super) struct JournalAccess {
    /// The marks.
    pub(super) tracking: Tracking,
    journal: Journal,
}

/// A posting that has marks or is being marked.
pub(super) struct Subject<'a> {
    /// Its key.
    pub(super) key: PostingKey,
    /// The posting, unless it is gone from its board.
    pub(super) posting: Option<Cow<'a, Posting>>,
}

/// Folder of the journal.
pub(super) fn folder() -> Result<PathBuf, Failure> {
    let none = || Failure::Because("there is no home folder to keep a journal in".to_owned());
    journal::usual_folder().ok_or_else(none)
}

impl JournalAccess {
    /// Opens the journal and reports its notices.
    pub(super) fn open(output: &mut Output) -> Result<Self, Failure> {
        let opened = Journal::open(&folder()?, journal::draw_origin());
        for notice in &opened.notices {
            output.note(notice);
        }
        Ok(Self {
            tracking: opened.tracking,
            journal: opened.journal,
        })
    }

    /// Appends an act; it is on disk when this returns.
    pub(super) fn keep(&mut self, act: Vec<EventKind>) -> Result<(), Failure> {
        let kept = self.journal.append(act, Timestamp::now());
        let batch = kept.map_err(|error| Failure::Because(error.to_string()))?;
        self.tracking.extend(batch.events);
        Ok(())
    }

    /// The posting with this id: on an open board, or marked and gone since. If several gone postings share the id, it
    /// has to be prefixed with the key of the board.
    pub(super) fn subject<'a>(&self, id: &str, board: &'a Board) -> Option<Subject<'a>> {
        if let Some(posting) = board.posting(id) {
            let key = PostingKey::from_posting(board, &posting);
            let posting = Some(posting);
            return Some(Subject { key, posting });
        }
        let names = |key: &PostingKey| key.id == id || format!("{}/{}", key.board, key.id) == id;
        let mut keys = self
            .tracking
            .iter()
            .map(|(key, _)| key)
            .filter(|key| names(key));
        let key = keys.next().filter(|_| keys.next().is_none())?.clone();
        let posting = board
            .postings()
            .find(|posting| PostingKey::from_posting(board, posting) == key);
        Some(Subject { key, posting })
    }

    /// Every marked posting, in its current version or, if it is gone, as it was when marked.
    pub(super) fn marked(&self, board: &Board) -> Vec<MarkedPosting<'_>> {
        let parts = board.parts().map(|(part, name)| (board_key(name), part));
        let parts: HashMap<String, Option<&str>> = parts.collect();
        let posting = |key: &PostingKey| match parts.get(&key.board)? {
            None => board.posting(&key.id),
            Some(part) => board.posting(&format!("{part}/{}", key.id)),
        };
        let open: HashSet<_> = board.names().map(board_key).collect();
        let marked = self
            .tracking
            .iter()
            .filter(|(_, status)| status.is_marked());
        let mut marked: Vec<_> = marked
            .map(|(key, status)| {
                let here = posting(key);
                let bare = || Posting {
                    title: key.id.clone(),
                    ..Posting::default()
                };
                let copy = || status.copy.as_deref().cloned().unwrap_or_else(bare);
                MarkedPosting {
                    key,
                    status,
                    gone: here.is_none() && open.contains(&key.board),
                    posting: here.map_or_else(copy, Cow::into_owned),
                }
            })
            .collect();
        marked.sort_by(|a, b| a.key.cmp(b.key));
        marked
    }
}

/// A posting and its marks.
pub(super) struct MarkedPosting<'a> {
    /// Key of the posting.
    pub(super) key: &'a PostingKey,
    /// Its marks.
    pub(super) status: &'a Status,
    /// The posting; if nothing else is known, its title is its id.
    pub(super) posting: Posting,
    /// Whether its board is open and no longer contains it.
    pub(super) gone: bool,
}
