//! Preview of a board while its files are being edited: shows the saved item and its problems.

use super::reader::Subject;
use super::{Action, App};

/// A saved file of the board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// Its path relative to the board's folder.
    pub file: String,
    /// The ids of its postings.
    pub postings: Vec<String>,
    /// The ids of its interviews.
    pub interviews: Vec<String>,
    /// Its problems, as lines.
    pub problems: Vec<String>,
}

impl App {
    /// Shows the saved item, after the board was reloaded.
    pub(super) fn take_saved(&mut self, saved: &Saved) {
        if !self.is_in_view(saved) {
            self.bring_into_view(saved);
        }
        let file = &saved.file;
        match saved.problems.as_slice() {
            [] => self.notify(format!("{file} is sound")),
            [only] => self.tell_failure(format!("{file}:{only}")),
            [first, more @ ..] => {
                let key = self.key(self.mode(), Action::Problems).unwrap_or("help");
                let count = more.len();
                self.tell_failure(format!("{file}:{first} · {key} lists {count} more"));
            }
        }
    }

    /// Whether any item of the file is visible already.
    fn is_in_view(&self, saved: &Saved) -> bool {
        match self.readers.subject() {
            Some(Subject::Posting(id)) => saved.postings.contains(id),
            Some(Subject::Interview(id)) => saved.interviews.contains(id),
            Some(Subject::Kept(_)) => false,
            None => {
                let selected = self.selected_posting();
                selected.is_some_and(|posting| saved.postings.contains(&posting.id))
            }
        }
    }

    fn bring_into_view(&mut self, saved: &Saved) {
        let reads = !self.readers.is_empty();
        if let Some(id) = saved.postings.first() {
            if let Some(row) = self.index.row(id) {
                self.browse(|browser, context| browser.select_row(row, context));
            }
            if reads {
                self.readers.close_all();
                self.open_reader(Subject::Posting(id.clone()));
            }
        } else if let Some(id) = saved.interviews.first() {
            self.readers.close_all();
            self.open_reader(Subject::Interview(id.clone()));
        }
    }
}
