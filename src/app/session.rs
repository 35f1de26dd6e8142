//! Where somebody was when they left, to go on there the next time.

use super::layout::{Pane, Split};
use super::reader::MOST;
use super::{App, Subject};
use crate::query;
use crate::search::Row;

/// Maximum number of saved reading positions.
const PLACES: usize = 500;

/// What the screen showed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// The query, as it was typed.
    pub query: String,
    /// The queries applied before, the latest last.
    pub history: Vec<String>,
    /// Whether postings that a filter could not judge were shown.
    pub unjudged: bool,
    /// The id of the selected posting.
    pub selected: Option<String>,
    /// Whether the filters pane was shown; `None` left it to the width of the window.
    pub filters: Option<bool>,
    /// The pane that had the focus.
    pub focus: Pane,
    /// Whether that pane was zoomed.
    pub zoomed: bool,
    /// The hundredths of the window that the list had, where the split was moved.
    pub split: Option<u8>,
    /// What was being read, each opened from the one before.
    pub reading: Vec<Subject>,
    /// The paragraph at the top of everything that was read.
    pub places: Vec<(Subject, usize)>,
}

impl App {
    /// Where the person is.
    pub fn session(&self) -> Session {
        // The board was never there, so that nothing was resumed yet.
        if let Some(session) = &self.resuming {
            return session.clone();
        }
        let mut places = self.readers.places();
        places.truncate(PLACES);
        Session {
            query: query::trimmed(self.query_line.text()).to_owned(),
            history: self.query_line.history().to_vec(),
            unjudged: self.unjudged,
            selected: self.selected_posting().map(|posting| posting.id.clone()),
            filters: self.filters_shown,
            focus: self.focus,
            zoomed: self.zoomed,
            split: (self.split != Split::default()).then(|| self.split.percent()),
            reading: self.readers.subjects().cloned().collect(),
            places,
        }
    }

    /// Goes on where somebody left, now that the board is there; the row that was selected. What is gone from the board
    /// is passed over.
    pub(super) fn resume(&mut self) -> Option<Row> {
        let session = self.resuming.take()?;
        self.filters_shown = session.filters;
        self.focus = session.focus;
        self.zoomed = session.zoomed;
        self.split = session.split.and_then(Split::new).unwrap_or_default();
        let mut places = session.places;
        places.truncate(PLACES);
        self.readers.restore_places(places);
        // A file that somebody wrote may name any number of them.
        let excess = session.reading.len().saturating_sub(MOST);
        for subject in session.reading.into_iter().skip(excess) {
            if self.document(&subject).is_some() {
                self.open_reader(subject);
            }
        }
        session.selected.and_then(|id| self.index.row(&id))
    }
}
