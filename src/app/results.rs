//! Requests matches and applies the results.

use std::borrow::Cow;
use std::sync::Arc;

use super::count::grouped;
use super::layout::Layout;
use super::reader::ReaderStack;
use super::{Action, App, Effect, Loading, Mode, Subject};
use crate::board::{Date, Posting};
use crate::query::{self, Field};
use crate::search::{Index, Marks, Matches, Request, Row};
use crate::tracking::PostingHistories;

/// State of the search requests.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// Generation of the newest search; answers to older ones are dropped.
    pub(super) generation: u64,
    /// Generation of the current matches.
    pub(super) answered: u64,
    /// Number of rows requested.
    limit: usize,
    /// Whether a row should stay selected.
    keeps: bool,
    /// Whether the cursor keeps its position if that row is gone.
    keeps_cursor: bool,
    /// Row from which to continue looking for an unseen posting.
    seeks_from: Option<usize>,
    /// Whether to open the selected posting when the answer arrives.
    pub(super) opens_on_answer: bool,
    /// First generation that includes the newest marks.
    after_marks: u64,
}

impl App {
    /// The selected row.
    pub fn selected(&self) -> Option<Row> {
        let at = self.list.selected(self.matches.rows.len())?;
        self.matches.rows.get(at).copied()
    }

    /// The selected posting.
    pub fn selected_posting(&self) -> Option<Cow<'_, Posting>> {
        self.selected().map(|row| self.index.posting(row))
    }

    /// Includes or excludes a facet value by editing the query.
    pub(super) fn toggle_value(&mut self, field: Field, value: &str, exclude: bool) {
        let text = query::toggle(self.query_line.text(), field, value, exclude);
        self.set_query(&text);
    }

    /// Whether the visible rows predate a mark: a key typed ahead would act on a row that is about to disappear.
    pub fn has_outdated_rows(&self) -> bool {
        self.asked.answered < self.asked.after_marks
    }

    /// Parses the query and searches if it has changed.
    ///
    /// Typing selects the best match, whatever was selected before; coming back to an earlier query selects what was
    /// selected there. Changes made by a filter or an order keep the selection.
    pub(super) fn requery(&mut self) {
        let query = query::parse(self.query_line.text()).settled(&self.settings.person);
        let before = std::mem::replace(&mut self.query, query);
        if before.is_same_search(&self.query) {
            return;
        }
        if self.query_line.is_typing() {
            self.list.leave(before);
        }
        if self.list.chosen.is_none() {
            self.list.reset();
            self.list.come_back(&self.query);
        }
        self.search();
        self.list.awaits_best = self.list.chosen.is_none();
    }

    /// The row that stays selected over a search that the user did not ask for.
    fn kept_selection(&self) -> Option<Row> {
        // Rows of an older query are still in view: the selected one was not chosen in this query.
        if self.list.awaits_best {
            return self.list.chosen;
        }
        self.selected()
    }

    /// Searches again; a chosen row stays selected if it still matches.
    pub(super) fn search(&mut self) {
        let limit = self.list.limit(self.layout().list_rows());
        self.ask(limit, self.list.chosen);
    }

    /// Selects a row wherever it is; if it does not match, the selection is unchanged.
    pub(super) fn select_row(&mut self, row: Row) {
        self.list.chosen = Some(row);
        self.list.awaits_best = false;
        let limit = self.list.limit(self.layout().list_rows());
        self.ask(limit, Some(row));
        self.asked.keeps_cursor = true;
    }

    /// Searches again after marks changed: if the selected row no longer matches, the next one is selected.
    pub(super) fn search_in_place(&mut self) {
        let limit = self.list.limit(self.layout().list_rows());
        self.ask(limit, self.kept_selection());
        self.asked.keeps_cursor = true;
        self.asked.after_marks = self.asked.generation;
    }

    /// Requests more rows when the list approaches the last loaded one.
    pub(super) fn ask_for_more(&mut self, layout: &Layout) {
        let wanted = self.list.limit(layout.list_rows());
        if self.matches.rows.len() < self.matches.shown && wanted > self.asked.limit {
            // The cursor may be on a row that is not loaded: the user chose a position, not a posting.
            self.ask(wanted, None);
        }
    }

    /// Requests twice as many rows, to look for an unseen posting among those not loaded.
    pub(super) fn ask_beyond(&mut self, known: usize) {
        self.ask((known * 2).max(1), None);
        self.asked.seeks_from = Some(known);
    }

    fn ask(&mut self, limit: usize, keep: Option<Row>) {
        self.asked.generation += 1;
        self.asked.limit = limit;
        self.asked.keeps = keep.is_some();
        self.asked.keeps_cursor = false;
        self.asked.seeks_from = None;
        let request = self.request(limit, keep);
        self.outbox
            .push(Effect::Search(self.asked.generation, request));
    }

    /// The search that the query line asks for.
    pub(super) fn request(&self, limit: usize, keep: Option<Row>) -> Request {
        Request {
            query: self.query.clone(),
            today: self.settings.today,
            unjudged: self.unjudged,
            loose: self.loose,
            complete: self.mode() == Mode::Query,
            limit,
            keep,
            marks: Arc::clone(&self.tracked.marks),
            hidden: self.tracked.shows_hidden,
            group: self.grouping.is_on(),
            facet_needle: self
                .filters
                .needle()
                .map_or_else(String::new, |needle| needle.text().to_owned()),
            opened: self.opened_rows(),
        }
    }

    /// Applies an answer, unless a newer search was requested.
    pub(super) fn matched(&mut self, generation: u64, matches: Matches) {
        if generation != self.asked.generation {
            return;
        }
        self.asked.answered = generation;
        self.list.awaits_best = false;
        match matches.kept {
            Some(place) => self.list.cursor.choose(place, matches.shown),
            None if self.asked.keeps_cursor => {
                self.list
                    .cursor
                    .choose(self.list.cursor.at(), matches.shown);
            }
            None if self.asked.keeps => self.list.reset(),
            None => {}
        }
        self.filters.set(&matches.facets);
        let found = matches.total;
        self.matches = matches;
        self.consult(found);
        if !self.asked.keeps || self.asked.keeps_cursor {
            // The missing rows under the cursor have arrived.
            self.pin_selection();
        }
        if let Some(from) = self.asked.seeks_from.take() {
            self.seek_unseen_from(from);
        }
        // Do not open a posting over something that was opened meanwhile.
        if std::mem::take(&mut self.asked.opens_on_answer) && self.mode() == Mode::Browse {
            self.open_selected();
        }
    }

    /// Remembers the selected posting as chosen. At the top, the best match is meant instead, whichever it is.
    pub(super) fn pin_selection(&mut self) {
        let at = self.list.cursor.at();
        let row = self.matches.rows.get(at).copied();
        self.list.chosen = row.filter(|_| at > 0);
    }

    /// Replaces the board.
    pub(super) fn loaded(&mut self, index: Arc<Index>, problems: Vec<String>) {
        let selected = self.kept_selection();
        let selected = selected.map(|row| self.index.posting(row).id.clone());
        // Keep the visible rows until the answer arrives.
        let before = std::mem::take(&mut self.matches.rows).into_iter();
        let same = before.filter_map(|row| index.row(&self.index.posting(row).id));
        self.matches.rows = same.collect();
        self.matches.groupings.clear();
        self.list
            .map_rows(|row| index.row(&self.index.posting(row).id));
        let detail = self.detail.take();
        self.detail = detail.and_then(|detail| detail.moved(&self.index, &index));
        // Keep even an implicit top selection: the user may be reading it.
        let keep = selected.and_then(|id| index.row(&id));
        let place = self.matches.rows.iter().position(|row| Some(*row) == keep);
        if let Some(place) = place {
            self.list.cursor.choose(place, self.matches.rows.len());
        }
        self.index = index;
        self.visit.marks = Marks::default();
        self.visit.known = PostingHistories::default();
        self.rebuild_marks();
        self.loading = Loading::Done;
        self.problems = problems;
        self.reopen();
        let resumed = self.resume();
        self.list.chosen = resumed.or(self.list.chosen);
        self.list.awaits_best &= self.list.chosen.is_none();
        let limit = self.list.limit(self.layout().list_rows());
        self.ask(limit, keep.or(self.list.chosen));
        // Failures of a sync take precedence; one key lists both.
        let failed = self.notice.as_ref().is_some_and(|notice| notice.failed);
        let unread = failed && !self.unsynced.is_empty();
        if !self.problems.is_empty() && !unread {
            let count = self.problems.len();
            let files = if count == 1 { "a mistake" } else { "mistakes" };
            let key = self.key(self.mode(), Action::Problems).unwrap_or("help");
            self.tell_failure(match count {
                1 => format!("{files} in the board's files: {key} shows it"),
                _ => format!(
                    "{} {files} in the board's files: {key} lists them",
                    grouped(count)
                ),
            });
        }
    }

    /// If loading fails, the old board is kept.
    pub(super) fn load_failed(&mut self, why: String) {
        self.tell_failure(why.clone());
        self.loading = Loading::Failed(why);
    }

    /// Ages and closing dates depend on the day.
    pub(super) fn new_day(&mut self, today: Date) {
        if self.settings.today != today {
            self.settings.today = today;
            self.search();
        }
    }

    /// Updates the open documents from the board, and closes those that are gone.
    fn reopen(&mut self) {
        let mut readers = std::mem::replace(&mut self.readers, ReaderStack::new(0));
        if readers.replace_all(|subject| self.document(subject)) {
            self.tell_failure("the posting you were reading is gone from the board".to_owned());
        }
        self.readers = readers;
    }

    /// The document of a subject.
    pub(super) fn document(&self, subject: &Subject) -> Option<crate::document::Document> {
        use crate::document::Document;
        let board = self.index.board();
        match subject {
            Subject::Posting(id) => board.posting(id).map(|posting| self.posting_page(&posting)),
            Subject::Kept(key) => self.kept_page(key),
            Subject::Interview(id) => {
                let interview = board.interview(id)?;
                Some(Document::interview(interview, &board.related(interview)))
            }
        }
    }
}
