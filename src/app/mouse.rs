//! Clicks and the wheel: the wheel scrolls what is under it, a click chooses it.

use super::App;
use super::layout::{Area, Pane};

/// Rows of a list that one step of the wheel moves by.
const ROWS: isize = 1;

impl App {
    pub(super) fn click(&mut self, x: u16, y: u16) {
        let layout = self.layout();
        if layout.top.contains(x, y) {
            self.begin_typing();
            return;
        }
        let Some(pane) = layout.pane_at(x, y) else {
            return;
        };
        self.end_typing();
        self.focus_on(pane);
        let Some(row) = layout.pane(pane).and_then(|area| row_in(area.body(), x, y)) else {
            return;
        };
        match pane {
            Pane::Filters => {
                let row = self.filters.cursor().top() + row;
                if row < self.filters.rows().len() {
                    self.filters.choose(row);
                    self.act_in_filters(super::Action::Toggle);
                }
            }
            Pane::List => {
                let row = row / usize::from(layout.row_height()) + self.list.cursor.top();
                self.click_posting(row);
            }
            Pane::Detail => {
                self.prepare();
                let detail = self.detail.as_ref();
                let fact =
                    detail.and_then(|detail| detail.page.derived_at(detail.page.top() + row));
                if let Some(fact) = fact {
                    self.show_evidence(Some(fact));
                }
            }
        }
    }

    /// Selects a posting; the one that is selected already opens.
    fn click_posting(&mut self, row: usize) {
        if row >= self.matches.rows.len() {
            return;
        }
        if self.list.selected(self.matches.rows.len()) == Some(row) {
            return self.open_selected();
        }
        self.list.cursor.choose(row, self.matches.shown);
        self.pin_selection();
    }

    pub(super) fn wheel(&mut self, x: u16, y: u16, lines: i16) {
        let layout = self.layout();
        let lines = isize::from(lines);
        let rows = lines.signum() * ROWS;
        match layout.pane_at(x, y) {
            Some(Pane::List) => {
                let (total, in_view) = (self.matches.shown, layout.list_rows());
                self.list.cursor.scroll(rows, total, in_view);
                self.pin_selection();
            }
            Some(Pane::Filters) => {
                let in_view = self.pane_height(Pane::Filters);
                self.filters.scroll(lines, in_view);
            }
            Some(Pane::Detail) => {
                self.prepare();
                let height = self.pane_height(Pane::Detail);
                if let Some(detail) = &mut self.detail {
                    detail.page.scroll(lines, height);
                }
            }
            None => {}
        }
    }
}

/// The row of an area that a cell is in.
fn row_in(area: Area, x: u16, y: u16) -> Option<usize> {
    area.contains(x, y).then(|| usize::from(y - area.y))
}
