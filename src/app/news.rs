//! Changes of a board since the last visit, shown at the start and on request.

use super::count::{at_least, grouped};
use super::dialog::picker::{Entry, Picker, Topic};
use super::dialog::{Answer, Dialog};
use super::{App, CountsFor, Effect, QueryCount};
use crate::annotate::VisitSummary;
use crate::query::State;
use crate::tracking::{PostingKey, Status, Tracking};

const CLOSING: &str = "closes:<7d";
const CLOSED: &str = "is:closed is:saved | is:applied";
/// Queries whose postings are counted for the changes.
const COUNTED: [&str; 2] = [CLOSING, CLOSED];

impl App {
    /// Applies the diff since the last visit; pops it up once per session.
    pub(super) fn apply_visit_summary(&mut self, visit: VisitSummary) {
        let first = self.take_visit(visit);
        if first && self.marks.visit.fresh {
            self.count_news(CountsFor::FirstNews);
        }
    }

    /// Asks for the numbers that the changes since the last visit need.
    pub(super) fn count_news(&mut self, purpose: CountsFor) {
        let context = self.context();
        let requests = COUNTED.map(|query| context.counting(query)).to_vec();
        self.outbox.push(Effect::Count(purpose, requests));
    }

    /// Opens the changes that are known at once, so that the next key acts on them, and asks for the others.
    pub(super) fn open_news(&mut self) {
        let known = self.known_news();
        if !known.is_empty() {
            self.pick_news(known);
        }
        self.count_news(CountsFor::News);
    }

    /// Shows the changes at the start, unless the user has begun something.
    pub(super) fn show_first_news(&mut self, counts: &[Option<QueryCount>]) {
        let quiet = self.dialog.is_none() && !self.browser.query_line.is_typing();
        let entries = self.news(counts);
        if quiet && !self.has_own_query && !entries.is_empty() {
            self.pick_news(entries);
        }
    }

    /// Day of the last visit before today.
    pub fn last_look(&self) -> Option<crate::board::Date> {
        self.marks.visit.since
    }

    /// Adds the changes that had to be counted to the open list, or shows them if they are the only ones.
    pub(super) fn show_news(&mut self, counts: &[Option<QueryCount>]) {
        if let Some(Dialog::Picker(picker)) = &mut self.dialog
            && picker.topic == Topic::News
        {
            return picker.append(counted_news(counts));
        }
        if !self.known_news().is_empty() {
            return;
        }
        let entries = self.news(counts);
        if entries.is_empty() {
            let said = match self.marks.visit.since {
                Some(day) => format!("nothing new since {day}"),
                None => "first visit to this board".to_owned(),
            };
            return self.notify(said);
        }
        self.pick_news(entries);
    }

    fn pick_news(&mut self, entries: Vec<Entry>) {
        let title = match self.marks.visit.since {
            Some(day) => format!("Since your last visit, {day}"),
            None => "Since your last visit".to_owned(),
        };
        self.pick(Picker::menu(Topic::News, title, entries, 0));
    }

    /// The changes, given the counts of [`COUNTED`].
    fn news(&self, counts: &[Option<QueryCount>]) -> Vec<Entry> {
        let mut entries = self.known_news();
        entries.extend(counted_news(counts));
        entries
    }

    /// The changes that need no search.
    fn known_news(&self) -> Vec<Entry> {
        let marks = &self.marks.columns;
        let closed = match self.marks.visit.since {
            Some(day) => format!("is:closed closes:>={day}"),
            None => "is:closed".to_owned(),
        };
        let query = |query: &str| Answer::Query(query.to_owned());
        let entries = [
            entry(marks.count(State::New), "new", query("is:new")),
            entry(marks.count(State::Changed), "changed", query("is:changed")),
            entry(
                self.gone().len(),
                "of your saved postings gone",
                Answer::Gone,
            ),
            entry(
                self.marks.visit.gone,
                "closed or gone",
                Answer::Query(closed),
            ),
        ];
        entries.into_iter().flatten().collect()
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
        self.pick(Picker::list(Topic::Gone, "Gone from the board", entries, 0));
    }
}

/// The changes that had to be counted.
fn counted_news(counts: &[Option<QueryCount>]) -> Vec<Entry> {
    let names = ["closing within 7 days", "of your saved postings closed"];
    let entries = COUNTED.iter().zip(names).zip(counts);
    let entries = entries.filter_map(|((query, name), count)| {
        let count = (*count)?;
        let counted = entry(count.all, name, Answer::Query((*query).to_owned()))?;
        Some(Entry {
            keys: at_least(count.all, count.is_at_least),
            ..counted
        })
    });
    entries.collect()
}

/// An entry with its number of postings, if there are any.
fn entry(count: usize, name: &str, choice: Answer) -> Option<Entry> {
    (count > 0).then(|| Entry {
        keys: grouped(count),
        ..Entry::plain(name, choice)
    })
}
