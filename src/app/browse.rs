//! Moving over the panes: the list, the filters, the posting beside the list.

use super::filters::FilterRow;
use super::layout::{Pane, Shape};
use super::reader::Subject;
use super::{Action, App};

impl App {
    pub(super) fn act_in_browse(&mut self, action: Action) {
        match action {
            Action::Enter => self.open_found(),
            Action::Toggle => self.mark_selected(),
            Action::NextHeading => self.turn_to_heading(true),
            Action::PreviousHeading => self.turn_to_heading(false),
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

    /// What means the same in every pane. Says whether it was such an action.
    fn act_on_panes(&mut self, action: Action) -> bool {
        match action {
            Action::Search => self.begin_typing(),
            Action::IncludeUnjudged => self.toggle_unjudged(),
            Action::Fold => self.turn_fold(),
            Action::FoldAll => self.turn_folds(),
            Action::NextPane => self.next_pane(true),
            Action::PreviousPane => self.next_pane(false),
            Action::Filters => self.toggle_filters(),
            Action::Zoom => self.zoomed = !self.zoomed,
            Action::Back => self.step_back(),
            Action::Escape => self.escape(),
            Action::Help
            | Action::Problems
            | Action::Interview
            | Action::Open
            | Action::CopyText
            | Action::CopyUrl
            | Action::Reload
            | Action::Sync
            | Action::Mouse
            | Action::Pipeline
            | Action::News
            | Action::Views => self.act_anywhere(action),
            _ => return self.act_on_marks(action) || self.act_on_query(action),
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
            Some(FilterRow::Heading(field) | FilterRow::More(field, _)) => {
                self.filters.fold(field, &self.matches.facets);
            }
            Some(FilterRow::Beyond(field, _)) => {
                let gap = if self.line.text().is_empty() { "" } else { " " };
                let text = format!("{}{gap}{}:", self.line.text(), field.name());
                self.typing = true;
                self.set_query(&text);
            }
            Some(FilterRow::Gap(_)) | None => {}
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

    /// Opens what is selected, or will be once the newest search has answered: what is shown meanwhile is not what the
    /// person asked for.
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
        }
    }

    /// Gives a pane the focus.
    pub(super) fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
    }

    /// Gives the focus to the next of the panes that are shown; where only one fits, to the next of all.
    pub(super) fn next_pane(&mut self, forward: bool) {
        const ORDER: [Pane; 3] = [Pane::Filters, Pane::List, Pane::Detail];
        let layout = self.layout();
        let alone = self.zoomed || Shape::of(self.settings.size) == Shape::Narrow;
        let reachable = |pane: &Pane| alone || layout.pane(*pane).is_some();
        let panes: Vec<Pane> = ORDER.into_iter().filter(reachable).collect();
        let Some(at) = panes.iter().position(|pane| *pane == self.focus) else {
            return self.focus_on(Pane::List);
        };
        let step = if forward { 1 } else { panes.len() - 1 };
        self.focus_on(panes[(at + step) % panes.len()]);
    }

    /// To the filters, showing them first; from the filters, away with them.
    fn toggle_filters(&mut self) {
        let leave = self.focus == Pane::Filters;
        self.filters_shown = Some(!leave);
        self.focus_on(if leave { Pane::List } else { Pane::Filters });
    }

    /// One step back: out of a zoom, or to the list.
    fn step_back(&mut self) {
        if self.zoomed {
            self.zoomed = false;
        } else {
            self.focus_on(Pane::List);
        }
    }

    /// One step of: back to the list, unmark rows, clear the query. Never quits.
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

    /// Quits; a note that is being written is saved first.
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
