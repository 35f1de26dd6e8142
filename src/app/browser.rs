//! The three panes: the query line, the list, the filters and the posting beside the list.
//!
//! The browser owns the query, the results and the selection. It requests searches, and shows an answer unless a
//! newer request was made meanwhile. It requests everything else from the app by outcomes.

mod advice;
pub mod complete;
mod detail;
pub mod filters;
mod grouping;
mod likes;
pub mod list;
mod mouse;
mod panes;
mod query_line;
mod results;
mod trail;

pub use detail::Detail;

use super::context::Context;
use super::dialog::Dialog;
use super::dialog::picker::Picker;
use super::layout::{Arrangement, Layout, Pane, Shape, Split};
use super::outcome::Outcome;
use super::{Action, Effect, Message, Mode, Session};
use crate::query::{self, Query};
use crate::search::{Advice, Matches};
use filters::Filters;
use grouping::GroupingState;
use likes::Like;
use list::List;
use query_line::QueryLine;
use results::Asked;
use trail::Trail;

/// State of the panes.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a state of its own: unknown values shown, looser matches shown, zoomed, the border held"
)]
#[derive(Debug)]
pub(super) struct Browser {
    pub(super) query_line: QueryLine,
    pub(super) query: Query,
    /// Whether postings that filters cannot decide are shown.
    pub(super) unjudged: bool,
    /// Whether looser matches are shown.
    pub(super) loose: bool,
    asked: Asked,
    pub(super) matches: Matches,
    /// Suggestions for a query with few or no matches.
    pub(super) advice: Advice,
    pub(super) list: List,
    grouping: GroupingState,
    pub(super) filters: Filters,
    /// Whether the filters pane is shown; `None` depends on the width of the window.
    filters_shown: Option<bool>,
    pub(super) detail: Option<Detail>,
    pub(super) focus: Pane,
    pub(super) zoomed: bool,
    /// Division of the window between list and detail.
    split: Split,
    /// Whether the mouse holds the border between list and detail.
    drags_split: bool,
    trail: Trail,
    /// The query and place in the list when typing began.
    left: Option<trail::Earlier>,
    /// The postings whose similar ones are listed in place of what the query finds, each found among those of the one
    /// before.
    likes: Vec<Like>,
    /// Pending requests to the rest of the app.
    outcomes: Vec<Outcome>,
}

impl Browser {
    /// The panes with a query, and the history of earlier ones.
    pub(super) fn new(
        text: &str,
        history: Vec<String>,
        unjudged: bool,
        person: &query::Person,
    ) -> Self {
        Self {
            query: query::parse(text).settled(person),
            query_line: QueryLine::new(text, history),
            unjudged,
            loose: false,
            asked: Asked::default(),
            matches: Matches::default(),
            advice: Advice::default(),
            list: List::default(),
            grouping: GroupingState::default(),
            filters: Filters::default(),
            filters_shown: None,
            detail: None,
            focus: Pane::List,
            zoomed: false,
            split: Split::default(),
            drags_split: false,
            trail: Trail::default(),
            left: None,
            likes: Vec::new(),
            outcomes: Vec::new(),
        }
    }

    /// Takes the pending outcomes.
    pub(super) fn take_outcomes(&mut self) -> Vec<Outcome> {
        std::mem::take(&mut self.outcomes)
    }

    /// Input mode while no dialog or document is open.
    pub(super) fn mode(&self) -> Mode {
        match self.focus {
            _ if self.query_line.is_typing() => Mode::Query,
            Pane::Filters if self.filters.is_finding() => Mode::Find,
            Pane::Filters => Mode::Filters,
            Pane::List | Pane::Detail => Mode::Browse,
        }
    }

    /// Handles a key, typing, a paste, a click or the wheel.
    pub(super) fn update(&mut self, message: &Message, context: &Context<'_>) {
        match message {
            Message::Action(action) => self.act(*action, context),
            Message::Typed(text) if self.mode() == Mode::Find => {
                self.find_value(context, |needle| needle.write(text));
            }
            Message::Paste(text) if self.mode() == Mode::Find => {
                self.find_value(context, |needle| {
                    needle.paste(text);
                    true
                });
            }
            Message::Typed(text) => self.write(text, context),
            Message::Paste(text) => self.paste(text, context),
            Message::Click(x, y) => self.click(*x, *y, context),
            Message::DoubleClick(x, y) => self.double_click(*x, *y, context),
            Message::Drag(x, _) => self.drag(*x, context),
            Message::Wheel(x, y, lines) => self.wheel(*x, *y, *lines, context),
            _ => {}
        }
    }

    fn act(&mut self, action: Action, context: &Context<'_>) {
        match self.mode() {
            Mode::Query => self.act_in_query(action, context),
            Mode::Find => self.act_in_filter_find(action, context),
            Mode::Filters => self.act_in_filters(action, context),
            _ => self.act_in_browse(action, context),
        }
    }

    /// Areas of the screen.
    pub(super) fn layout(&self, size: (u16, u16)) -> Layout {
        let wide = Shape::for_size(size) == Shape::Wide;
        // Filters do not apply to similar postings; their pane would be empty.
        let filters = self.filters_shown.unwrap_or(wide) && self.likes.is_empty();
        let arrangement = Arrangement {
            focus: self.focus,
            filters: filters || self.focus == Pane::Filters,
            zoomed: self.zoomed,
            split: self.split,
        };
        Layout::new(size, arrangement)
    }

    /// Updates the posting beside the list to the selected one.
    pub(super) fn prepare(&mut self, context: &Context<'_>) {
        let layout = self.layout(context.size);
        self.settle_detail(&layout, context);
    }

    /// Runs after every change: scrolls cursors into view, and asks for the rows that come into view.
    pub(super) fn settle(&mut self, context: &Context<'_>) {
        let layout = self.layout(context.size);
        if layout.list.is_some() {
            let known = self.matches.rows.len();
            self.list.cursor.settle(known, layout.list_rows());
        }
        if layout.filters.is_some() {
            self.filters.settle(layout.pane_height(Pane::Filters));
        }
        self.ask_for_more(&layout, context);
    }

    /// Records in a session how the panes are arranged.
    pub(super) fn store(&self, session: &mut Session) {
        query::trimmed(self.query_line.text()).clone_into(&mut session.query);
        session.history = self.query_line.history().to_vec();
        session.unjudged = self.unjudged;
        session.filters = self.filters_shown;
        session.focus = self.focus;
        session.zoomed = self.zoomed;
        session.split = (self.split != Split::default()).then(|| self.split.percent());
    }

    /// Arranges the panes as in a session.
    pub(super) fn restore(&mut self, session: &Session) {
        self.filters_shown = session.filters;
        self.focus = session.focus;
        self.zoomed = session.zoomed;
        self.split = session.split.and_then(Split::new).unwrap_or_default();
    }

    fn notify(&mut self, text: impl Into<String>) {
        self.outcomes.push(Outcome::Tell(text.into()));
    }

    fn pick(&mut self, picker: Picker) {
        self.outcomes.push(Outcome::Open(Dialog::Picker(picker)));
    }

    fn perform(&mut self, effect: Effect) {
        self.outcomes.push(Outcome::Perform(effect));
    }
}
