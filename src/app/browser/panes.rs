//! Moving in the panes: the list, the filters and the detail pane.

use super::Browser;
use super::filters::FilterRow;
use super::trail::Earlier;
use crate::app::context::Context;
use crate::app::cursor::page_step;
use crate::app::input::Line;
use crate::app::layout::{Pane, Shape};
use crate::app::outcome::Outcome;
use crate::app::{Action, Effect, Mode, Subject};
use crate::query::State;
use crate::search::Highlighter;

/// Lines scrolled in the detail pane by one key press.
const SCROLL: isize = 3;

impl Browser {
    pub(super) fn act_in_browse(&mut self, action: Action, context: &Context<'_>) {
        match action {
            Action::Enter if context.is_choosing() => self.choose(context),
            Action::NextPane if context.is_choosing() && self.focus == Pane::List => {
                self.mark_selected(context);
            }
            Action::Enter => self.open_found(context),
            Action::Toggle => self.mark_selected(context),
            Action::NextHeading => self.turn_to_heading(true, context),
            Action::PreviousHeading => self.turn_to_heading(false, context),
            Action::ScrollDown => self.scroll_detail(SCROLL, context),
            Action::ScrollUp => self.scroll_detail(-SCROLL, context),
            Action::NextUnseen => self.seek_unseen(context),
            Action::Back if self.focus == Pane::List && !self.zoomed => {
                if !self.leave_similar(context) {
                    self.perform(Effect::Quit);
                }
            }
            _ if self.act_on_panes(action, context) => {}
            _ if self.focus == Pane::Detail && self.move_detail(action, context) => {}
            _ if self.focus != Pane::Detail && self.move_list(action, context) => {}
            _ => self.outcomes.push(Outcome::Unhandled(action)),
        }
    }

    pub(super) fn act_in_filters(&mut self, action: Action, context: &Context<'_>) {
        match action {
            Action::Enter | Action::Toggle => self.toggle_filter(false, context),
            Action::Exclude => self.toggle_filter(true, context),
            Action::Search => self.filters.begin_find(),
            Action::NextFacet => self.filters.go_to_facet(true),
            Action::PreviousFacet => self.filters.go_to_facet(false),
            Action::FacetOrder => self.filters.turn_order(&self.matches.facets),
            Action::Escape if self.filters.end_find() => self.search(context),
            Action::Up => self.filters.move_by(-1),
            Action::Down => self.filters.move_by(1),
            Action::First => self.filters.choose(0),
            Action::Last => self.filters.choose(usize::MAX),
            _ if self.act_on_panes(action, context) => {}
            _ => {
                let rows = self.pane_height(Pane::Filters, context);
                match page_step(action, rows) {
                    Some(by) => self.filters.move_by(by),
                    None => self.outcomes.push(Outcome::Unhandled(action)),
                }
            }
        }
    }

    /// Actions with the same meaning in every pane. Returns whether the action was handled.
    fn act_on_panes(&mut self, action: Action, context: &Context<'_>) -> bool {
        match action {
            Action::Search => self.begin_typing(context),
            Action::IncludeUnjudged => self.toggle_unjudged(context),
            Action::Fold => self.toggle_group(context),
            Action::FoldAll => self.toggle_grouping(context),
            Action::NextPane => self.next_pane(true, context),
            Action::PreviousPane => self.next_pane(false, context),
            Action::Right => self.go_to_side(true, context),
            Action::Left => self.go_to_side(false, context),
            Action::Filters => self.toggle_filters(),
            Action::SplitLeft => self.split = self.split.moved(false),
            Action::SplitRight => self.split = self.split.moved(true),
            Action::QueryHelp => self.open_query_help(),
            Action::Zoom => self.zoomed = !self.zoomed,
            Action::Back => self.step_back(),
            Action::Escape => self.escape(context),
            Action::JumpBack => self.jump_back(context),
            _ => return self.act_on_advice(action, context),
        }
        true
    }

    /// Moves the selection of the list. Returns whether the action is a movement.
    pub(super) fn move_list(&mut self, action: Action, context: &Context<'_>) -> bool {
        let total = self.matches.shown;
        let rows = self.layout(context.size).list_rows();
        match action {
            Action::Up => self.list.cursor.move_by(-1, total),
            Action::Down => self.list.cursor.move_by(1, total),
            Action::First => self.list.cursor.choose(0, total),
            Action::Last => self.list.cursor.choose(usize::MAX, total),
            _ => match page_step(action, rows) {
                Some(by) => self.list.cursor.move_by(by, total),
                None => return false,
            },
        }
        self.pin_selection();
        true
    }

    pub(super) fn toggle_unjudged(&mut self, context: &Context<'_>) {
        self.unjudged = !self.unjudged;
        if self.matches.unjudged.is_empty() {
            self.notify("no filter met an unknown value");
        }
        self.search(context);
    }

    fn toggle_filter(&mut self, exclude: bool, context: &Context<'_>) {
        match self.filters.current().cloned() {
            Some(FilterRow::Value(field, value)) => {
                self.toggle_value(field, &value.value, exclude, context);
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
                self.set_query(&text, context);
                self.begin_typing(context);
            }
            Some(FilterRow::Gap(_)) | None => {}
        }
    }

    /// Handles keys while typing a search in the filters.
    pub(super) fn act_in_filter_find(&mut self, action: Action, context: &Context<'_>) {
        match action {
            // The found value is under the cursor; the next key includes or excludes it.
            Action::Enter => self.filters.keep_find(),
            Action::Escape => {
                self.filters.end_find();
                self.search(context);
            }
            Action::Up | Action::FindPrevious => self.filters.move_by(-1),
            Action::Down | Action::FindNext => self.filters.move_by(1),
            _ => self.find_value(context, |needle| needle.act(action) == Some(true)),
        }
    }

    /// Edits the search in the filters, and requests the values that match.
    pub(super) fn find_value(
        &mut self,
        context: &Context<'_>,
        edit: impl FnOnce(&mut Line) -> bool,
    ) {
        if self.filters.edit_find(edit) {
            self.search(context);
        }
    }

    /// Ends with the marked postings, or the selected one.
    fn choose(&mut self, context: &Context<'_>) {
        let mut ids = self.list.marked.iter().cloned().collect::<Vec<_>>();
        if ids.is_empty() {
            ids.extend(
                self.selected_posting(context)
                    .map(|posting| posting.id.clone()),
            );
        }
        if !ids.is_empty() {
            self.perform(Effect::Choose(ids));
        }
    }

    fn mark_selected(&mut self, context: &Context<'_>) {
        let Some(id) = self
            .selected_posting(context)
            .map(|posting| posting.id.clone())
        else {
            return;
        };
        self.list.mark(&id);
        self.list.cursor.move_by(1, self.matches.shown);
        self.pin_selection();
    }

    /// Opens the selected posting, or that of the pending search: the rows shown meanwhile are not those the user asked
    /// for.
    fn open_found(&mut self, context: &Context<'_>) {
        if self.is_searching() {
            self.asked.opens_on_answer = true;
        } else {
            self.open_selected(context);
        }
    }

    /// Opens the selected posting at the first word that was searched for.
    pub(in crate::app) fn open_selected(&mut self, context: &Context<'_>) {
        if let Some(posting) = self.selected_posting(context) {
            let subject = Subject::Posting(posting.id.clone());
            self.pin_selection();
            let found =
                Highlighter::new(self.matches.answered(&self.query), &self.matches.readings)
                    .literals();
            self.outcomes.push(Outcome::Read(subject, found));
        }
    }

    /// Focuses the pane to the right or to the left, if any.
    fn go_to_side(&mut self, right: bool, context: &Context<'_>) {
        let panes = self.reachable_panes(context);
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
    fn scroll_detail(&mut self, lines: isize, context: &Context<'_>) {
        self.prepare(context);
        let height = self.pane_height(Pane::Detail, context);
        match &mut self.detail {
            Some(detail) if height > 0 => _ = detail.page.scroll(lines, height),
            _ => {
                let key = context.key(Mode::Browse, Action::Enter).unwrap_or("enter");
                self.notify(format!("no preview in this window · {key} read"));
            }
        }
    }

    /// Selects the next unseen posting below the selected one.
    fn seek_unseen(&mut self, context: &Context<'_>) {
        let from = self.list.cursor.at() + 1;
        self.seek_unseen_from(from, context);
    }

    pub(super) fn seek_unseen_from(&mut self, from: usize, context: &Context<'_>) {
        let known = self.matches.rows.len();
        let unseen = |at: &usize| !context.marks_of(self.matches.rows[*at]).is(State::Seen);
        match (from..known).find(unseen) {
            Some(at) => {
                self.list.cursor.choose(at, self.matches.shown);
                self.pin_selection();
            }
            None if known < self.matches.shown => self.ask_beyond(known, context),
            None => self.notify("no unseen posting below"),
        }
    }

    /// Selects the next or previous posting of the one with this id; why not, if there is none.
    pub(in crate::app) fn select_neighbour(
        &mut self,
        id: &str,
        next: bool,
        context: &Context<'_>,
    ) -> Result<(), &'static str> {
        let read = context.index.row(id);
        let at = self.matches.rows.iter().position(|row| Some(*row) == read);
        let at = at.unwrap_or(self.list.cursor.at());
        let to = at.checked_add_signed(if next { 1 } else { -1 });
        match to.filter(|to| *to < self.matches.rows.len()) {
            Some(to) => {
                self.list.cursor.choose(to, self.matches.shown);
                Ok(())
            }
            None if next => Err("this is the last posting"),
            None => Err("this is the first posting"),
        }
    }

    /// Moves down after an action on the selected posting.
    pub(in crate::app) fn advance(&mut self) {
        if self.focus == Pane::List {
            self.list.cursor.move_by(1, self.matches.shown);
            self.pin_selection();
        }
    }

    /// Records the query and the selection, for going back.
    pub(in crate::app) fn leave_trail(&mut self, context: &Context<'_>) {
        let here = self.here(context);
        self.trail.push(here);
    }

    /// The query with its selection.
    pub(super) fn here(&self, context: &Context<'_>) -> Earlier {
        let selected = self
            .selected_posting(context)
            .map(|posting| posting.id.clone());
        let query = self.query_line.text().to_owned();
        Earlier { query, selected }
    }

    /// Returns to the previous query and its selection.
    fn jump_back(&mut self, context: &Context<'_>) {
        if self.leave_similar(context) {
            return;
        }
        // The trail may end with the query that is shown.
        let mut earlier = self.trail.pop();
        while earlier
            .as_ref()
            .is_some_and(|earlier| earlier.query == self.query_line.text())
        {
            earlier = self.trail.pop();
        }
        let Some(earlier) = earlier else {
            return self.notify("nothing to go back to");
        };
        self.query_line.set(&earlier.query);
        self.list.chosen = earlier.selected.and_then(|id| context.index.row(&id));
        self.requery(context);
        self.search(context);
        self.focus_on(Pane::List);
    }

    /// Focuses a pane.
    pub(in crate::app) fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
    }

    /// Focuses the next visible pane; if only one fits, the next of all panes.
    pub(super) fn next_pane(&mut self, forward: bool, context: &Context<'_>) {
        let panes = self.reachable_panes(context);
        let Some(at) = panes.iter().position(|pane| *pane == self.focus) else {
            return self.focus_on(Pane::List);
        };
        let step = if forward { 1 } else { panes.len() - 1 };
        self.focus_on(panes[(at + step) % panes.len()]);
    }

    /// The visible panes from left to right; all panes if only one fits.
    fn reachable_panes(&self, context: &Context<'_>) -> Vec<Pane> {
        const ORDER: [Pane; 3] = [Pane::Filters, Pane::List, Pane::Detail];
        let layout = self.layout(context.size);
        let alone = self.zoomed || Shape::for_size(context.size) == Shape::Narrow;
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
    fn escape(&mut self, context: &Context<'_>) {
        if self.zoomed || self.focus != Pane::List {
            self.step_back();
        } else if self.leave_similar(context) {
        } else if self.list.marked.is_empty() {
            self.set_query("", context);
        } else {
            self.list.marked.clear();
        }
    }

    pub(in crate::app) fn pane_height(&self, pane: Pane, context: &Context<'_>) -> usize {
        self.layout(context.size).pane_height(pane)
    }
}
