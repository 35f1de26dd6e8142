//! What the screen shows: read access to the state of the app.

use std::borrow::Cow;

use super::browser::Detail;
use super::browser::filters::Filters;
use super::browser::list::List;
use super::input::Line;
use super::layout::{Layout, Pane};
use super::reader::Reader;
use super::screen::Screen;
use super::{Action, App, Dialog, Fact, Loading, Mode, Notice};
use crate::board::{Date, Posting};
use crate::query::Query;
use crate::search::{Advice, Completion, Grouping, Index, Marks, Matches, Row, RowMarks};
use crate::tracking::{PostingKey, Status};

impl App {
    /// Areas of the screen.
    pub fn layout(&self) -> Layout {
        self.browser.layout(self.size)
    }

    /// Index of the shown board.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Loading state of the board.
    pub fn loading(&self) -> &Loading {
        &self.loading
    }

    /// Number of problems in the board's files.
    pub fn problem_count(&self) -> usize {
        self.problems.len()
    }

    /// Facts below each title of the list.
    pub fn facts(&self) -> &[Fact] {
        &self.settings.facts
    }

    /// The query line.
    pub fn line(&self) -> &Line {
        self.browser.query_line.line()
    }

    /// The parsed query.
    pub fn query(&self) -> &Query {
        &self.browser.query
    }

    /// Result of the newest answered search.
    pub fn matches(&self) -> &Matches {
        &self.browser.matches
    }

    /// Whether a search is pending.
    pub fn is_searching(&self) -> bool {
        self.browser.is_searching()
    }

    /// Whether the matches that are listed are still being counted.
    pub fn is_counting(&self) -> bool {
        self.browser.is_counting()
    }

    /// Whether postings that filters cannot decide are shown.
    pub fn shows_unjudged(&self) -> bool {
        self.browser.unjudged
    }

    /// The list.
    pub fn list(&self) -> &List {
        &self.browser.list
    }

    /// The filters pane.
    pub fn filters(&self) -> &Filters {
        &self.browser.filters
    }

    /// The detail pane.
    pub fn detail(&self) -> Option<&Detail> {
        self.browser.detail.as_ref()
    }

    /// The focused pane.
    pub fn focus(&self) -> Pane {
        self.browser.focus
    }

    /// Whether the focused pane is zoomed.
    pub fn is_zoomed(&self) -> bool {
        self.browser.zoomed
    }

    /// The screen in front of the panes.
    pub fn screen(&self) -> Option<&Screen> {
        self.screen.as_ref()
    }

    /// Title of the posting whose similar postings are listed.
    pub fn similar_to(&self) -> Option<&str> {
        self.browser.similar_to()
    }

    /// The document in the reader.
    pub fn reader(&self) -> Option<&Reader> {
        self.readers.top()
    }

    /// The open dialog.
    pub fn dialog(&self) -> Option<&Dialog> {
        self.dialog.as_ref()
    }

    /// The current notice.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Today's date.
    pub fn today(&self) -> Date {
        self.today
    }

    /// Columns and rows of the window.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// The hiring systems whose boards are known by their address.
    pub fn systems(&self) -> &[&'static str] {
        &self.settings.systems
    }

    /// Width of the reader's text column.
    pub fn measure(&self) -> u16 {
        self.readers.measure()
    }

    /// The primary key of an action in a mode.
    pub fn key(&self, mode: Mode, action: Action) -> Option<&str> {
        self.settings.key(mode, action)
    }

    /// The selected row.
    pub fn selected(&self) -> Option<Row> {
        self.browser.selected()
    }

    /// The selected posting.
    pub fn selected_posting(&self) -> Option<Cow<'_, Posting>> {
        self.browser.selected_posting(&self.context())
    }

    /// Whether the visible rows predate a mark: a key typed ahead would act on a row that is about to disappear.
    pub fn has_outdated_rows(&self) -> bool {
        self.browser.has_outdated_rows()
    }

    /// Suggestions for a query with few or no matches.
    pub fn advice(&self) -> &Advice {
        &self.browser.advice
    }

    /// Whether looser matches are shown.
    pub fn is_loose(&self) -> bool {
        self.browser.loose
    }

    /// Grouping of a row of the list.
    pub fn grouping(&self, at: usize) -> Grouping {
        self.browser.matches.grouping(at)
    }

    /// Completions of the end of the query, best first; empty while not typing.
    pub fn completions(&self) -> Vec<Completion> {
        match self.mode() {
            Mode::Query => self.browser.completions(),
            _ => Vec::new(),
        }
    }

    /// Marks on a posting, once the journal was read.
    pub fn status(&self, key: &PostingKey) -> Option<&Status> {
        self.context().status(key)
    }

    /// Marks on a row.
    pub fn marks(&self, row: Row) -> RowMarks {
        self.context().marks_of(row)
    }

    /// Marks on every row.
    pub fn all_marks(&self) -> &Marks {
        &self.marks.columns
    }

    /// Whether hidden postings are shown.
    pub fn shows_hidden(&self) -> bool {
        self.marks.shows_hidden
    }

    /// Why marks cannot be stored.
    pub fn trouble(&self) -> Option<&str> {
        self.marks.trouble.as_deref()
    }

    /// Title of a posting, also of one that is gone.
    pub fn title_of(&self, key: &PostingKey) -> String {
        self.context().title_of(key)
    }
}
