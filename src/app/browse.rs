//! Moving in the panes: the list, the filters and the detail pane.

use super::filters::FilterRow;
use super::input::Line;
use super::layout::{Pane, Shape};
use super::reader::Subject;
use super::{Action, App, Purpose};
use crate::query::State;
use crate::search::Highlighter;

/// Lines scrolled in the detail pane by one key press.
const SCROLL: isize = 3;
/// Maximum number of queries to go back to.
const TRAIL: usize = 50;

/// An earlier query with its selection.
#[derive(Debug)]
pub(super) struct TrailEntry {
    query: String,
    selected: Option<String>,
}

impl App {
    pub(super) fn act_in_browse(&mut self, action: Action) {
        match action {
            Action::Enter if self.is_choosing() => self.choose(),
            Action::NextPane if self.is_choosing() && self.focus == Pane::List => {
                self.mark_selected();
            }
            Action::Enter => self.open_found(),
            Action::Toggle => self.mark_selected(),
            Action::NextHeading => self.turn_to_heading(true),
            Action::PreviousHeading => self.turn_to_heading(false),
            Action::ScrollDown => self.scroll_detail(SCROLL),
            Action::ScrollUp => self.scroll_detail(-SCROLL),
            Action::NextUnseen => self.seek_unseen(),
            Action::Back if self.focus == Pane::List && !self.zoomed => self.quit(),
            _ if self.act_on_panes(action) => {}
            _ if self.focus == Pane::Detail => self.move_detail(action),
            _ => self.move_list(action),
        }
    }

    pub(super) fn act_in_filters(&mut self, action: Action) {
        match action {
            Action::Enter | Action::Toggle => self.toggle_filter(false),
            Action::Exclude => self.toggle_filter(true),
            Action::Search => self.filters.begin_find(),
            Action::NextFacet => self.filters.go_to_facet(true),
            Action::PreviousFacet => self.filters.go_to_facet(false),
            Action::FacetOrder => self.filters.turn_order(&self.matches.facets),
            Action::Escape if self.filters.end_find() => self.search(),
            Action::Up => self.filters.move_by(-1),
            Action::Down => self.filters.move_by(1),
            Action::First => self.filters.choose(0),
            Action::Last => self.filters.choose(usize::MAX),
            _ if self.act_on_panes(action) => {}
            _ => {
                let rows = self.pane_height(Pane::Filters);
                if let Some(by) = page_step(action, rows) {
                    self.filters.move_by(by);
                }
            }
        }
    }

    /// Actions with the same meaning in every pane. Returns whether the action was handled.
    fn act_on_panes(&mut self, action: Action) -> bool {
        match action {
            Action::Search => self.begin_typing(),
            Action::IncludeUnjudged => self.toggle_unjudged(),
            Action::Fold => self.toggle_group(),
            Action::FoldAll => self.toggle_grouping(),
            Action::NextPane => self.next_pane(true),
            Action::PreviousPane => self.next_pane(false),
            Action::Right => self.go_to_side(true),
            Action::Left => self.go_to_side(false),
            Action::Filters => self.toggle_filters(),
            Action::SplitLeft => self.split = self.split.moved(false),
            Action::SplitRight => self.split = self.split.moved(true),
            Action::QueryHelp => self.open_query_help(),
            Action::Zoom => self.zoomed = !self.zoomed,
            Action::Back => self.step_back(),
            Action::Escape => self.escape(),
            Action::Help
            | Action::Problems
            | Action::Interview
            | Action::Open
            | Action::CopyText
            | Action::CopyUrl
            | Action::Evidence
            | Action::Reload
            | Action::Sync
            | Action::Mouse
            | Action::Pipeline
            | Action::News
            | Action::CopyMarkdown
            | Action::Theme
            | Action::JumpBack
            | Action::AddSource
            | Action::OpenBoard
            | Action::Command(_)
            | Action::Views => self.act_anywhere(action),
            _ => {
                return self.act_on_marks(action)
                    || self.act_on_query(action)
                    || self.act_on_advice(action);
            }
        }
        true
    }

    /// Moves the selection of the list.
    pub(super) fn move_list(&mut self, action: Action) {
        let total = self.matches.shown;
        let rows = self.layout().list_rows();
        match action {
            Action::Up => self.list.cursor.move_by(-1, total),
            Action::Down => self.list.cursor.move_by(1, total),
            Action::First => self.list.cursor.choose(0, total),
            Action::Last => self.list.cursor.choose(usize::MAX, total),
            _ => match page_step(action, rows) {
                Some(by) => self.list.cursor.move_by(by, total),
                None => return,
            },
        }
        self.pin_selection();
    }

    pub(super) fn toggle_unjudged(&mut self) {
        self.unjudged = !self.unjudged;
        if self.matches.unjudged.is_empty() {
            self.tell("no filter met an unknown value".to_owned());
        }
        self.search();
    }

    fn toggle_filter(&mut self, exclude: bool) {
        match self.filters.current().cloned() {
            Some(FilterRow::Value(field, value)) => {
                self.toggle_value(field, &value.value, exclude);
            }
            Some(FilterRow::Heading(field)) => self.filters.collapse(field, &self.matches.facets),
            Some(FilterRow::More(field, _)) => self.filters.fold(field, &self.matches.facets),
            Some(FilterRow::Beyond(field, _)) => {
                let gap = if self.query_line.text().is_empty() {
                    ""
                } else {
                    " "
                };
                let text = format!("{}{gap}{}:", self.query_line.text(), field.name());
                self.set_query(&text);
                self.begin_typing();
            }
            Some(FilterRow::Gap(_)) | None => {}
        }
    }

    /// Handles keys while typing a search in the filters.
    pub(super) fn act_in_filter_find(&mut self, action: Action) {
        match action {
            Action::Enter => {
                self.filters.keep_find();
                // What was looked for and found is what is wanted.
                if let Some(FilterRow::Value(..)) = self.filters.current() {
                    self.toggle_filter(false);
                }
            }
            Action::Escape => {
                self.filters.end_find();
                self.search();
            }
            Action::Up | Action::FindPrevious => self.filters.move_by(-1),
            Action::Down | Action::FindNext => self.filters.move_by(1),
            _ => self.find_value(|needle| needle.act(action) == Some(true)),
        }
    }

    /// Edits the search in the filters, and requests the values that match.
    pub(super) fn find_value(&mut self, edit: impl FnOnce(&mut Line) -> bool) {
        if self.filters.edit_find(edit) {
            self.search();
        }
    }

    /// Whether postings are being chosen for another program.
    pub(super) fn is_choosing(&self) -> bool {
        self.settings.purpose == Purpose::Choose
    }

    /// Ends with the marked postings, or the selected one.
    fn choose(&mut self) {
        let mut ids = self.list.marked.iter().cloned().collect::<Vec<_>>();
        if ids.is_empty() {
            ids.extend(self.selected_posting().map(|posting| posting.id.clone()));
        }
        if !ids.is_empty() {
            self.outbox.push(super::Effect::Choose(ids));
        }
    }

    fn mark_selected(&mut self) {
        let Some(id) = self.selected_posting().map(|posting| posting.id.clone()) else {
            return;
        };
        self.list.mark(&id);
        self.list.cursor.move_by(1, self.matches.shown);
        self.pin_selection();
    }

    /// Opens the selected posting, or that of the pending search: the rows shown meanwhile are not those the user asked
    /// for.
    fn open_found(&mut self) {
        if self.is_searching() {
            self.asked.opens_on_answer = true;
        } else {
            self.open_selected();
        }
    }

    pub(super) fn open_selected(&mut self) {
        if let Some(posting) = self.selected_posting() {
            let subject = Subject::Posting(posting.id.clone());
            self.pin_selection();
            self.open_reader(subject);
            let found = Highlighter::new(&self.query, &self.matches.readings).literals();
            let layout = self.layout();
            self.readers.find_first(&found, &layout);
        }
    }

    /// Focuses the pane to the right or to the left, if any.
    fn go_to_side(&mut self, right: bool) {
        let panes = self.reachable_panes();
        let at = panes.iter().position(|pane| *pane == self.focus);
        let next = match at {
            Some(at) if right => panes.get(at + 1),
            Some(at) => at.checked_sub(1).map(|at| &panes[at]),
            None => Some(&Pane::List),
        };
        if let Some(pane) = next.copied() {
            self.focus_on(pane);
        }
    }

    /// Scrolls the detail pane.
    fn scroll_detail(&mut self, lines: isize) {
        self.prepare();
        let height = self.pane_height(Pane::Detail);
        match &mut self.detail {
            Some(detail) if height > 0 => _ = detail.page.scroll(lines, height),
            _ => {
                let key = self
                    .key(super::Mode::Browse, Action::Enter)
                    .unwrap_or("enter");
                self.tell(format!("no preview in this window · {key} read"));
            }
        }
    }

    /// Selects the next unseen posting below the selected one.
    fn seek_unseen(&mut self) {
        let from = self.list.cursor.at() + 1;
        self.seek_unseen_from(from);
    }

    pub(super) fn seek_unseen_from(&mut self, from: usize) {
        let known = self.matches.rows.len();
        let unseen = |at: &usize| !self.marks(self.matches.rows[*at]).is(State::Seen);
        match (from..known).find(unseen) {
            Some(at) => {
                self.list.cursor.choose(at, self.matches.shown);
                self.pin_selection();
            }
            None if known < self.matches.shown => self.ask_beyond(known),
            None => self.tell("no unseen posting below".to_owned()),
        }
    }

    /// Opens the next or previous posting of the list in the reader.
    pub(super) fn read_neighbour(&mut self, next: bool) {
        let Some(Subject::Posting(id)) = self.readers.subject() else {
            return self.tell("only postings have a next one".to_owned());
        };
        let read = self.index.row(id);
        let at = self.matches.rows.iter().position(|row| Some(*row) == read);
        let at = at.unwrap_or(self.list.cursor.at());
        let to = at.checked_add_signed(if next { 1 } else { -1 });
        match to.filter(|to| *to < self.matches.rows.len()) {
            Some(to) => {
                self.readers.close();
                self.list.cursor.choose(to, self.matches.shown);
                self.open_selected();
            }
            None if next => self.tell("this is the last posting".to_owned()),
            None => self.tell("this is the first posting".to_owned()),
        }
    }

    /// Moves down after an action on the selected posting.
    pub(super) fn advance(&mut self) {
        if self.readers.is_empty() && self.focus == Pane::List {
            self.list.cursor.move_by(1, self.matches.shown);
            self.pin_selection();
        }
    }

    /// Records the query and the selection, for going back.
    pub(super) fn leave_trail(&mut self) {
        let selected = self.selected_posting().map(|posting| posting.id.clone());
        let query = self.query_line.text().to_owned();
        if self.trail.last().is_none_or(|last| last.query != query) {
            self.trail.push(TrailEntry { query, selected });
        }
        let excess = self.trail.len().saturating_sub(TRAIL);
        self.trail.drain(..excess);
    }

    /// Returns to the previous query and its selection.
    pub(super) fn jump_back(&mut self) {
        let Some(place) = self.trail.pop() else {
            return self.tell("nothing to go back to".to_owned());
        };
        self.query_line.set(&place.query);
        self.list.chosen = place.selected.and_then(|id| self.index.row(&id));
        self.requery();
        self.search();
        self.focus_on(Pane::List);
    }

    /// Focuses a pane.
    pub(super) fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
    }

    /// Focuses the next visible pane; if only one fits, the next of all panes.
    pub(super) fn next_pane(&mut self, forward: bool) {
        let panes = self.reachable_panes();
        let Some(at) = panes.iter().position(|pane| *pane == self.focus) else {
            return self.focus_on(Pane::List);
        };
        let step = if forward { 1 } else { panes.len() - 1 };
        self.focus_on(panes[(at + step) % panes.len()]);
    }

    /// The visible panes from left to right; all panes if only one fits.
    fn reachable_panes(&self) -> Vec<Pane> {
        const ORDER: [Pane; 3] = [Pane::Filters, Pane::List, Pane::Detail];
        let layout = self.layout();
        let alone = self.zoomed || Shape::of(self.settings.size) == Shape::Narrow;
        let reachable = |pane: &Pane| alone || layout.pane(*pane).is_some();
        ORDER.into_iter().filter(reachable).collect()
    }

    /// Shows and focuses the filters; hides them if they have the focus.
    fn toggle_filters(&mut self) {
        let leave = self.focus == Pane::Filters;
        self.filters_shown = Some(!leave);
        self.focus_on(if leave { Pane::List } else { Pane::Filters });
    }

    /// Leaves a zoom, or returns to the list.
    fn step_back(&mut self) {
        if self.zoomed {
            self.zoomed = false;
        } else {
            self.focus_on(Pane::List);
        }
    }

    /// One step of: return to the list, unmark rows, clear the query. Never quits.
    fn escape(&mut self) {
        if self.zoomed || self.focus != Pane::List {
            self.step_back();
        } else if self.list.marked.is_empty() {
            self.set_query("");
        } else {
            self.list.marked.clear();
        }
    }

    pub(super) fn pane_height(&self, pane: Pane) -> usize {
        self.layout().pane_height(pane)
    }

    /// Quits, after saving an open note.
    pub(super) fn quit(&mut self) {
        if let Some(super::Dialog::Note(note)) = self.dialog.take() {
            self.save_note(&note.key, &note.text());
        }
        self.outbox.push(super::Effect::Quit);
    }
}

/// Rows a page key moves, given the viewport height.
pub(super) fn page_step(action: Action, in_view: usize) -> Option<isize> {
    let page = in_view.saturating_sub(1).max(1).cast_signed();
    Some(match action {
        Action::PageUp => -page,
        Action::PageDown => page,
        Action::HalfUp => -(page + 1) / 2,
        Action::HalfDown => (page + 1) / 2,
        _ => return None,
    })
}
