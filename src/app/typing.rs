//! The query line: how typing in it begins and ends, and what keys do meanwhile.

use super::input::Line;
use super::layout::Pane;
use super::{Action, App};
use crate::query;

impl App {
    /// Gives the query line the focus; what is typed then is a term of its own.
    pub(super) fn begin_typing(&mut self) {
        if !self.typing {
            self.typing = true;
            self.set_query(&query::continued(self.line.text()));
        }
    }

    /// Takes the focus from the query line; of a term that was not begun no blank stays.
    pub(super) fn end_typing(&mut self) {
        if self.typing {
            self.typing = false;
            let text = query::trimmed(self.line.text()).to_owned();
            self.set_query(&text);
        }
    }

    /// Typing in the query line.
    pub(super) fn act_in_query(&mut self, action: Action) {
        if let Some(changed) = self.line.act(action) {
            if changed {
                self.requery();
            }
            return;
        }
        match action {
            Action::Enter | Action::Escape => {
                self.end_typing();
                self.focus_on(Pane::List);
            }
            Action::NextPane | Action::PreviousPane => {
                self.end_typing();
                self.next_pane(action == Action::NextPane);
            }
            _ => self.move_list(action),
        }
    }

    /// Writes another query into the line.
    pub(super) fn set_query(&mut self, text: &str) {
        self.line = Line::new(text);
        self.requery();
    }
}
