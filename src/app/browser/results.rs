//! Requests matches and applies the results.

use std::borrow::Cow;
use std::sync::Arc;

use super::Browser;
use crate::app::context::Context;
use crate::app::layout::Layout;
use crate::app::outcome::Outcome;
use crate::app::{Effect, Mode};
use crate::board::Posting;
use crate::query::{self, Field};
use crate::search::{Index, Matches, Request, Row};

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
    /// First generation whose rows the next key waits for: it includes the newest marks and the applied query.
    awaited: u64,
}

impl Browser {
    /// The selected row.
    pub(in crate::app) fn selected(&self) -> Option<Row> {
        let at = self.list.selected(self.matches.rows.len())?;
        self.matches.rows.get(at).copied()
    }

    /// The selected posting.
    pub(in crate::app) fn selected_posting<'a>(
        &self,
        context: &Context<'a>,
    ) -> Option<Cow<'a, Posting>> {
        self.selected().map(|row| context.index.posting(row))
    }

    /// Includes or excludes a facet value by editing the query.
    pub(in crate::app) fn toggle_value(
        &mut self,
        field: Field,
        value: &str,
        exclude: bool,
        context: &Context<'_>,
    ) {
        let text = query::toggle(self.query_line.text(), field, value, exclude);
        self.set_query(&text, context);
    }

    /// Whether the visible rows predate a mark or an applied query: a key typed ahead would act on a row that is about to disappear.
    pub(in crate::app) fn has_outdated_rows(&self) -> bool {
        self.asked.answered < self.asked.awaited
    }

    /// Keys no longer wait for the rows of a search that failed; those of the search before stay.
    pub(in crate::app) fn search_failed(&mut self, generation: u64) {
        if generation == self.asked.generation {
            self.asked.answered = generation;
            self.matches.is_counting = false;
        }
    }

    /// Lets the next keys wait for the rows of the query.
    pub(super) fn await_rows(&mut self) {
        self.asked.awaited = self.asked.generation;
    }

    /// Parses the query and searches if it has changed.
    ///
    /// Typing selects the best match, whatever was selected before; coming back to an earlier query selects what was
    /// selected there. Changes made by a filter or an order keep the selection.
    pub(in crate::app) fn requery(&mut self, context: &Context<'_>) {
        let text = self.query_line.text();
        let query = if self.query_line.is_typing() {
            query::parse_unfinished(text)
        } else {
            query::parse(text)
        };
        let query = query.settled(&context.settings.person);
        let before = std::mem::replace(&mut self.query, query);
        if before.is_same_search(&self.query) {
            return;
        }
        self.likes.clear();
        if self.query_line.is_typing() {
            self.list.leave(before);
        }
        if self.list.chosen.is_none() {
            self.list.reset();
            self.list.come_back(&self.query);
        }
        self.search(context);
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
    pub(in crate::app) fn search(&mut self, context: &Context<'_>) {
        let limit = self.list.limit(self.layout(context.size).list_rows());
        self.ask(limit, self.list.chosen, context);
    }

    /// Selects a row wherever it is; if it does not match, the selection is unchanged.
    pub(in crate::app) fn select_row(&mut self, row: Row, context: &Context<'_>) {
        self.list.chosen = Some(row);
        self.list.awaits_best = false;
        let limit = self.list.limit(self.layout(context.size).list_rows());
        self.ask(limit, Some(row), context);
        self.asked.keeps_cursor = true;
    }

    /// Searches again after marks changed: if the selected row no longer matches, the next one is selected.
    pub(in crate::app) fn search_in_place(&mut self, context: &Context<'_>) {
        let limit = self.list.limit(self.layout(context.size).list_rows());
        self.ask(limit, self.kept_selection(), context);
        self.asked.keeps_cursor = true;
        self.asked.awaited = self.asked.generation;
    }

    /// Requests more rows when the list approaches the last loaded one.
    pub(super) fn ask_for_more(&mut self, layout: &Layout, context: &Context<'_>) {
        let wanted = self.list.limit(layout.list_rows());
        if self.matches.rows.len() < self.matches.shown && wanted > self.asked.limit {
            // The cursor may be on a row that is not loaded: the user chose a position, not a posting.
            self.ask(wanted, None, context);
        }
    }

    /// Requests twice as many rows, to look for an unseen posting among those not loaded.
    pub(super) fn ask_beyond(&mut self, known: usize, context: &Context<'_>) {
        self.ask((known * 2).max(1), None, context);
        self.asked.seeks_from = Some(known);
    }

    fn ask(&mut self, limit: usize, keep: Option<Row>, context: &Context<'_>) {
        self.asked.generation += 1;
        self.asked.limit = limit;
        self.asked.keeps = keep.is_some();
        self.asked.keeps_cursor = false;
        self.asked.seeks_from = None;
        let request = self.request(limit, keep, context);
        self.perform(Effect::Search(self.asked.generation, request));
    }

    /// The search that the query line asks for.
    pub(in crate::app) fn request(
        &self,
        limit: usize,
        keep: Option<Row>,
        context: &Context<'_>,
    ) -> Request {
        Request {
            query: self.query.clone(),
            today: context.today,
            unjudged: self.unjudged,
            loose: self.loose,
            rephrase: true,
            complete: self.mode() == Mode::Query,
            limit,
            keep,
            marks: Arc::clone(&context.marks.columns),
            hidden: context.marks.shows_hidden,
            group: self.grouping.is_on(),
            facet_needle: self
                .filters
                .needle()
                .map_or_else(String::new, |needle| needle.text().to_owned()),
            opened: self.opened_rows(context),
            like: self.like(context),
        }
    }

    /// Asks for the market of an answered search.
    fn ask_for_market(&mut self, context: &Context<'_>) {
        let request = self.request(0, None, context);
        self.perform(Effect::Market(self.asked.generation, request));
    }

    /// Whether nothing newer was asked than this generation.
    pub(in crate::app) fn is_newest(&self, generation: u64) -> bool {
        generation == self.asked.generation
    }

    /// Applies an answer, unless a newer search was requested.
    pub(in crate::app) fn matched(
        &mut self,
        generation: u64,
        mut matches: Matches,
        context: &Context<'_>,
    ) {
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
        if matches.is_counting {
            // Those of the query before, until its own are counted.
            matches.facets = std::mem::take(&mut self.matches.facets);
        } else {
            self.filters.answer(&matches.facets, matches.is_at_least);
        }
        let found = matches.total;
        self.matches = matches;
        self.ask_for_market(context);
        self.consult(found, context);
        if !self.asked.keeps || self.asked.keeps_cursor {
            // The missing rows under the cursor have arrived.
            self.pin_selection();
        }
        if let Some(from) = self.asked.seeks_from.take() {
            self.seek_unseen_from(from, context);
        }
        // Do not open a posting over something that was opened meanwhile.
        if std::mem::take(&mut self.asked.opens_on_answer) {
            self.outcomes.push(Outcome::ReadFound);
        }
    }

    /// Remembers the selected posting as chosen. At the top, the selection means "the best match" instead.
    pub(in crate::app) fn pin_selection(&mut self) {
        let at = self.list.cursor.at();
        let row = self.matches.rows.get(at).copied();
        self.list.chosen = row.filter(|_| at > 0);
    }

    /// Cancels a pending open of the search result.
    pub(in crate::app) fn cancel_opening(&mut self) {
        self.asked.opens_on_answer = false;
    }

    /// Maps the visible rows and the selection to a reloaded board. Returns the row to keep selected.
    pub(in crate::app) fn move_to(&mut self, before: &Index, index: &Index) -> Option<Row> {
        self.keep_likes(index);
        let moved = |row: Row| index.row(&before.posting(row).id);
        let selected = self.kept_selection();
        // Keep the visible rows until the answer arrives.
        let rows = std::mem::take(&mut self.matches.rows).into_iter();
        self.matches.rows = rows.filter_map(moved).collect();
        self.matches.groupings.clear();
        self.list.map_rows(moved);
        let detail = self.detail.take();
        self.detail = detail.and_then(|detail| detail.moved(before, index));
        // Keep even an implicit top selection: the user may be reading it.
        let keep = selected.and_then(moved);
        let place = self.matches.rows.iter().position(|row| Some(*row) == keep);
        if let Some(place) = place {
            self.list.cursor.choose(place, self.matches.rows.len());
        }
        keep
    }

    /// Searches a board that was read again, with the row of a restored session, or else the one to keep selected.
    pub(in crate::app) fn search_new_board(
        &mut self,
        resumed: Option<Row>,
        keep: Option<Row>,
        context: &Context<'_>,
    ) {
        self.list.chosen = resumed.or(self.list.chosen);
        self.list.awaits_best &= self.list.chosen.is_none();
        let limit = self.list.limit(self.layout(context.size).list_rows());
        self.ask(limit, keep.or(self.list.chosen), context);
    }

    /// Whether a search is pending.
    pub(in crate::app) fn is_searching(&self) -> bool {
        self.asked.answered < self.asked.generation
    }

    /// Whether the rows of the search are here, and its counts are pending.
    pub(in crate::app) fn is_counting(&self) -> bool {
        self.matches.is_counting
    }
}
