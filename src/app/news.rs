//! Changes of a board since the last visit, shown at the start and on request.

use super::App;
use super::count::grouped;
use super::dialog::Answer;
use super::dialog::picker::{Entry, Picker, Topic};
use crate::annotate::VisitSummary;
use crate::query::State;
use crate::search;
use crate::tracking::{PostingKey, Status, Tracking};

impl App {
    /// Applies the diff since the last visit; pops it up once per session.
    pub(super) fn apply_visit_summary(&mut self, visit: VisitSummary) {
        let first = self.take_visit(visit);
        let quiet = self.dialog.is_none() && !self.browser.query_line.is_typing();
        if first && quiet && !self.has_own_query && self.marks.visit.fresh {
            let entries = self.news();
            if !entries.is_empty() {
                self.show_news(entries);
            }
        }
    }

    /// Day of the last visit before today.
    pub fn last_look(&self) -> Option<crate::board::Date> {
        self.marks.visit.since
    }

    /// Opens the changes since the last visit.
    pub(super) fn open_news(&mut self) {
        let entries = self.news();
        if entries.is_empty() {
            let said = match self.marks.visit.since {
                Some(day) => format!("nothing new since {day}"),
                None => "first visit to this board".to_owned(),
            };
            return self.tell(said);
        }
        self.show_news(entries);
    }

    fn show_news(&mut self, entries: Vec<Entry>) {
        let title = match self.marks.visit.since {
            Some(day) => format!("Since your last visit, {day}"),
            None => "Since your last visit".to_owned(),
        };
        self.pick(Picker::menu(Topic::News, title, entries, 0));
    }

    fn news(&self) -> Vec<Entry> {
        let marks = &self.marks.columns;
        let closing = search::count(&self.index, &self.context().counting("closes:<7d"));
        let (closed, gone) = self.lost();
        let mut entries = Vec::new();
        let mut add = |count: usize, what: &str, choice: Answer| {
            if count > 0 {
                entries.push(Entry {
                    keys: grouped(count),
                    ..Entry::plain(what, choice)
                });
            }
        };
        let query = |query: &str| Answer::Query(query.to_owned());
        add(marks.count(State::New), "new", query("is:new"));
        add(marks.count(State::Changed), "changed", query("is:changed"));
        add(closing, "closing within 7 days", query("closes:<7d"));
        add(
            closed,
            "closed of those you saved",
            query("is:closed is:saved | is:applied"),
        );
        add(gone, "gone of those you saved", Answer::Gone);
        add(self.marks.visit.gone, "closed or gone", Answer::Nothing);
        entries
    }

    /// Numbers of saved and applied postings that have closed, and that are gone.
    fn lost(&self) -> (usize, usize) {
        let closed = search::count(
            &self.index,
            &self.context().counting("is:closed is:saved | is:applied"),
        );
        (closed, self.gone().len())
    }

    /// Saved and applied postings that are gone from this board.
    fn gone(&self) -> Vec<PostingKey> {
        let board = self.index.board();
        let boards: Vec<String> = board.names().map(crate::tracking::board_key).collect();
        let tracking = self.marks.tracking.iter().flat_map(Tracking::iter);
        let ended = |status: &Status| status.stage.is_some_and(|step| step.stage.is_end());
        let mut gone: Vec<PostingKey> = tracking
            .filter(|(_, status)| status.saved.is_some() || status.stage.is_some())
            .filter(|(key, status)| boards.contains(&key.board) && !ended(status))
            .filter(|(key, _)| self.context().posting_of(key).is_none())
            .map(|(key, _)| key.clone())
            .collect();
        gone.sort();
        gone
    }

    pub(super) fn list_gone(&mut self) {
        let entries = self.gone().into_iter().map(|key| {
            let text = self.title_of(&key);
            Entry::plain(text, Answer::Posting(key))
        });
        let entries = entries.collect();
        self.pick(Picker::list(
            Topic::Pipeline,
            "Gone from the board",
            entries,
            0,
        ));
    }
}
