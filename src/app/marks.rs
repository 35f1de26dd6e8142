//! The user's marks: the journal as the screen shows it. Marks are sent to the journal as effects.

pub(super) mod actions;
mod page;
mod routes;

use std::sync::Arc;

use crate::annotate::VisitSummary;
use crate::annotate::marks::{self, RowFinder};
use crate::search::{Index, Marks};
use crate::tracking::{Event, EventKind, PostingHistories, PostingKey, Tracking};

/// The user's marks, and what changed since the last visit.
#[derive(Debug, Default)]
pub(super) struct UserMarks {
    /// All marks; `None` until the journal was read.
    pub(super) tracking: Option<Tracking>,
    /// Marks on this board, as columns.
    pub(super) columns: Arc<Marks>,
    /// Changes since the last visit.
    pub(super) visit: VisitSummary,
    /// Incremented with every change of the marks.
    pub(super) version: u64,
    /// Whether hidden postings are shown.
    pub(super) shows_hidden: bool,
    /// Whether the changes since the last visit were shown.
    greeted: bool,
    /// What changed last, if it is no mark of the journal.
    pub(super) unjournaled: Option<Unjournaled>,
    /// Why marks cannot be stored, if so.
    pub(super) trouble: Option<String>,
    /// Postings for which the user was asked whether they applied.
    asked: Vec<PostingKey>,
}

/// A change that the journal does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unjournaled {
    /// This company was muted.
    Mute(String),
    /// A view was saved, renamed or deleted.
    View,
}

impl UserMarks {
    /// Applies the journal.
    pub(super) fn set(&mut self, tracking: Tracking, trouble: Option<String>, index: &Index) {
        self.tracking = Some(tracking);
        self.trouble = trouble;
        self.rebuild(index);
    }

    /// Applies events of this or another instance. Returns whether the list has to be searched again: viewed postings
    /// stay in place until the next search.
    pub(super) fn extend(&mut self, events: Vec<Event>, index: &Index) -> bool {
        let Some(tracking) = &mut self.tracking else {
            return false;
        };
        let turned = |event: &Event| !matches!(event.what, EventKind::Mark(..));
        let automatic =
            |event: &Event| matches!(&event.what, EventKind::Mark(_, marked) if marked.automatic);
        let (any_turned, all_automatic) = (events.iter().any(turned), events.iter().all(automatic));
        let keys: Vec<PostingKey> = events
            .iter()
            .filter_map(|event| match &event.what {
                EventKind::Mark(key, _) => Some(key.clone()),
                _ => None,
            })
            .collect();
        if !all_automatic {
            self.unjournaled = None;
        }
        tracking.extend(events);
        if any_turned {
            self.rebuild(index);
        } else {
            self.rebuild_postings(&keys, index);
        }
        !all_automatic
    }

    /// Applies the changes since the last visit. Returns whether they are the first of this run.
    pub(super) fn apply_visit(&mut self, visit: VisitSummary, index: &Index) -> bool {
        self.visit = visit;
        self.rebuild(index);
        !std::mem::replace(&mut self.greeted, true)
    }

    /// Clears the data of the previous board's rows, and maps the marks to the new board.
    pub(super) fn move_to(&mut self, index: &Index) {
        self.visit.marks = Marks::default();
        self.visit.known = PostingHistories::default();
        self.rebuild(index);
    }

    /// Recomputes the columns of the marks for this board.
    fn rebuild(&mut self, index: &Index) {
        let base = self.visit.marks.clone();
        let columns = match &self.tracking {
            Some(tracking) => marks::columns(index, tracking, base, self.visit.since),
            None => base,
        };
        self.columns = Arc::new(columns);
        self.version += 1;
    }

    fn rebuild_postings(&mut self, keys: &[PostingKey], index: &Index) {
        let Some(tracking) = &self.tracking else {
            return;
        };
        let finder = RowFinder::new(index.board());
        let all = Arc::make_mut(&mut self.columns);
        for key in keys {
            if let Some(row) = finder.row(index, key) {
                marks::apply(all, index, row, tracking.of_posting(key), self.visit.since);
            }
        }
        self.version += 1;
    }

    /// Shows or hides hidden postings. Returns the notice.
    pub(super) fn toggle_shows_hidden(&mut self) -> &'static str {
        self.shows_hidden = !self.shows_hidden;
        if self.shows_hidden {
            "hidden and muted postings shown"
        } else {
            "hidden and muted postings not shown"
        }
    }

    /// Whether to ask the user if they applied to a posting: once, and only if they have not recorded it.
    pub(super) fn asks_whether_applied(&mut self, key: &PostingKey) -> bool {
        let tracking = self.tracking.as_ref();
        let applied = tracking.is_none_or(|tracking| tracking.of_posting(key).stage.is_some());
        let asks = !applied && !self.asked.contains(key);
        if asks {
            self.asked.push(key.clone());
        }
        asks
    }
}
