//! What the parts of the app read: the board, the user's marks, and the settings.

use std::borrow::Cow;
use std::sync::Arc;

use super::marks::UserMarks;
use super::{Action, Mode, Purpose, Settings};
use crate::annotate::marks::RowFinder;
use crate::board::{Date, Posting};
use crate::market::Market;
use crate::query;
use crate::search::{Index, Request, Row, RowMarks};
use crate::tracking::{PostingKey, Status};

/// Read access to the state that the parts of the app share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    /// The settings that hold for the whole run.
    pub(super) settings: &'a Settings,
    /// The board that is shown.
    pub(super) index: &'a Arc<Index>,
    /// The user's marks.
    pub(super) marks: &'a UserMarks,
    /// The market of what is shown, once known.
    pub(super) market: Option<&'a Arc<Market>>,
    /// Columns and rows of the window.
    pub(super) size: (u16, u16),
    /// Today's date.
    pub(super) today: Date,
}

impl<'a> Context<'a> {
    /// The primary key of an action in a mode.
    pub(super) fn key(&self, mode: Mode, action: Action) -> Option<&'a str> {
        self.settings.key(mode, action)
    }

    /// Whether postings are being chosen for another program.
    pub(super) fn is_choosing(&self) -> bool {
        self.settings.purpose == Purpose::Choose
    }

    /// Marks on a posting, once the journal was read.
    pub(super) fn status(&self, key: &PostingKey) -> Option<&'a Status> {
        Some(self.marks.tracking.as_ref()?.of_posting(key))
    }

    /// Marks on a row.
    pub(super) fn marks_of(&self, row: Row) -> RowMarks {
        self.marks.columns.get(self.index, row)
    }

    /// The posting with this key, if the board has it.
    pub(super) fn posting_of(&self, key: &PostingKey) -> Option<Cow<'a, Posting>> {
        let row = RowFinder::new(self.index.board()).row(self.index, key)?;
        let is_here = self.index.holds(row);
        is_here.then(|| self.index.posting(row))
    }

    /// Title of a posting, also of one that is gone.
    pub(super) fn title_of(&self, key: &PostingKey) -> String {
        if let Some(posting) = self.posting_of(key) {
            return posting.title.clone();
        }
        let copy = self.status(key).and_then(|status| status.copy.as_ref());
        copy.map_or_else(|| key.id.clone(), |copy| copy.title.clone())
    }

    /// A search that counts the matches of a query.
    pub(super) fn counting(&self, query: &str) -> Request {
        Request {
            query: query::parse(query).settled(&self.settings.person),
            today: self.today,
            marks: Arc::clone(&self.marks.columns),
            rephrase: true,
            ..Request::default()
        }
    }
}
