//! Sessions: the state of the screen, to be restored at the next start.

use super::layout::Pane;
use super::reader::MOST;
use super::{App, Subject};
use crate::search::Row;

/// Maximum number of saved reading positions.
const PLACES: usize = 500;

/// State of the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// The query as typed.
    pub query: String,
    /// Applied queries, most recent last.
    pub history: Vec<String>,
    /// Whether postings that filters cannot decide were shown.
    pub unjudged: bool,
    /// The id of the selected posting.
    pub selected: Option<String>,
    /// Whether the filters pane was shown; `None` depends on the width of the window.
    pub filters: Option<bool>,
    /// The focused pane.
    pub focus: Pane,
    /// Whether that pane was zoomed.
    pub zoomed: bool,
    /// The hundredths of the window that the list had, where the split was moved.
    pub split: Option<u8>,
    /// Open documents, each opened from the one before.
    pub reading: Vec<Subject>,
    /// Reading positions.
    pub places: Vec<(Subject, usize)>,
}

impl App {
    /// The current session.
    pub fn session(&self) -> Session {
        // The board was never loaded, so the session to restore is unchanged.
        if let Some(session) = &self.resuming {
            return session.clone();
        }
        let mut places = self.readers.places();
        places.truncate(PLACES);
        let mut session = Session {
            selected: self.selected_posting().map(|posting| posting.id.clone()),
            reading: self.readers.subjects().cloned().collect(),
            places,
            ..Session::default()
        };
        self.browser.store(&mut session);
        session
    }

    /// Restores the session once the board is loaded, and returns the selected row. Items gone from the board are
    /// skipped.
    pub(super) fn resume(&mut self) -> Option<Row> {
        let session = self.resuming.take()?;
        self.browser.restore(&session);
        let mut places = session.places;
        places.truncate(PLACES);
        self.readers.restore_places(places);
        // A file edited by hand may name any number of them.
        let excess = session.reading.len().saturating_sub(MOST);
        for subject in session.reading.into_iter().skip(excess) {
            if self.context().document(&subject).is_some() {
                self.open_reader(subject);
            }
        }
        session.selected.and_then(|id| self.index.row(&id))
    }
}
