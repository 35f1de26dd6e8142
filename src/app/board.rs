//! Loading: a board that was read, again or for the first time, takes the place of the one before.

use std::sync::Arc;

use super::browser::Browser;
use super::count::grouped;
use super::reader::ReaderStack;
use super::{Action, App, Effect, Loading};
use crate::board::Date;
use crate::search::Index;

impl App {
    /// Replaces the board.
    pub(super) fn loaded(&mut self, index: Arc<Index>, problems: Vec<String>) {
        let keep = self.browser.move_to(&self.index, &index);
        self.index = index;
        self.marks.move_to(&self.index);
        self.loading = Loading::Done;
        self.problems = problems;
        self.reopen();
        let resumed = self.resume();
        self.browse(|browser, context| browser.search_new_board(resumed, keep, context));
        self.tell_problems();
    }

    fn tell_problems(&mut self) {
        // Failures of a sync take precedence; one key lists both.
        let failed = self.notice.as_ref().is_some_and(|notice| notice.failed);
        let unread = failed && !self.unsynced.is_empty();
        if self.problems.is_empty() || unread {
            return;
        }
        let key = self.key(self.mode(), Action::Problems).unwrap_or("help");
        self.tell_failure(match self.problems.len() {
            1 => format!("a mistake in the board's files: {key} shows it"),
            count => format!(
                "{} mistakes in the board's files: {key} lists them",
                grouped(count)
            ),
        });
    }

    /// Reads the board again.
    pub(super) fn reload(&mut self) {
        if !matches!(self.loading, Loading::Running(_)) {
            self.loading = Loading::Running(0);
            self.notify("reading the board again".to_owned());
            self.outbox.push(Effect::Load);
        }
    }

    /// If loading fails, the old board is kept.
    pub(super) fn load_failed(&mut self, why: String) {
        self.tell_failure(why.clone());
        self.loading = Loading::Failed(why);
    }

    /// Ages and closing dates depend on the day.
    pub(super) fn new_day(&mut self, today: Date) {
        if self.today != today {
            self.today = today;
            self.browse(Browser::search);
        }
    }

    /// Updates the open documents from the board, and closes those that are gone.
    fn reopen(&mut self) {
        let mut readers = std::mem::replace(&mut self.readers, ReaderStack::new(0));
        if readers.replace_all(|subject| self.context().document(subject)) {
            self.tell_failure("the posting you were reading is gone from the board".to_owned());
        }
        self.readers = readers;
    }
}
