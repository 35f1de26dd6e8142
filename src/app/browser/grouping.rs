//! Grouping of duplicates: one row represents all of a group until it is opened.

use std::collections::BTreeSet;

use super::Browser;
use crate::app::context::Context;
use crate::app::count::grouped;
use crate::app::{Action, Mode};
use crate::search::{Grouping, Row};

/// Grouping state of the list.
#[derive(Debug, Default)]
pub(super) struct GroupingState {
    /// Whether grouping is disabled.
    off: bool,
    /// Ids of the postings whose groups are open.
    opened: BTreeSet<String>,
}

impl GroupingState {
    /// Whether duplicates are grouped.
    pub(super) fn is_on(&self) -> bool {
        !self.off
    }
}

impl Browser {
    /// Rows whose groups are open.
    pub(super) fn opened_rows(&self, context: &Context<'_>) -> Vec<Row> {
        let opened = self.grouping.opened.iter();
        opened.filter_map(|id| context.index.row(id)).collect()
    }

    pub(in crate::app) fn selected_grouping(&self) -> Grouping {
        let at = self.list.selected(self.matches.rows.len());
        at.map_or(Grouping::Alone, |at| self.matches.grouping(at))
    }

    /// Opens or closes the group of the selected row.
    pub(super) fn toggle_group(&mut self, context: &Context<'_>) {
        let Some(row) = self.selected() else { return };
        match self.selected_grouping() {
            Grouping::Closed(_) => {
                let id = context.index.posting(row).id.clone();
                self.grouping.opened.insert(id);
            }
            Grouping::Open(_) | Grouping::Member => {
                let index = context.index;
                let alike = |id: &String| index.row(id).is_some_and(|at| index.is_alike(at, row));
                self.grouping.opened.retain(|id| !alike(id));
            }
            Grouping::Alone if self.grouping.off => {
                let key = context.key(Mode::Browse, Action::FoldAll).unwrap_or("help");
                return self.notify(format!("duplicates are not grouped · {key} groups them"));
            }
            Grouping::Alone => return self.notify("no duplicates"),
        }
        self.search_in_place(context);
    }

    /// Toggles grouping.
    pub(super) fn toggle_grouping(&mut self, context: &Context<'_>) {
        let folded = self.matches.collapsed();
        self.grouping.off = !self.grouping.off;
        self.grouping.opened.clear();
        self.notify(match (self.grouping.off, folded) {
            (false, _) => "duplicates grouped".to_owned(),
            (true, 0) => "duplicates shown".to_owned(),
            (true, folded) => format!("duplicates shown (+{})", grouped(folded)),
        });
        self.search_in_place(context);
    }

    /// Whether the selected row represents duplicates without rows of their own.
    pub(in crate::app) fn stands_for_duplicates(&self) -> bool {
        matches!(self.selected_grouping(), Grouping::Closed(_))
    }

    /// The number of duplicates that the selected row represents, itself included.
    pub(in crate::app) fn represented(&self) -> Option<usize> {
        match self.selected_grouping() {
            Grouping::Closed(alike) => alike.more.map(|more| more + 1),
            _ => None,
        }
    }
}
