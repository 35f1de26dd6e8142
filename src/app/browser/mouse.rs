//! Clicks and the wheel: the wheel scrolls what is under it, a click chooses it, a double click reads it, and the border
//! between list and detail can be dragged.

use super::Browser;
use crate::app::Action;
use crate::app::Subject;
use crate::app::context::Context;
use crate::app::layout::{Area, Layout, Pane};
use crate::app::outcome::Outcome;
use crate::document::Target;

/// Columns that are free at the left of the posting beside the list.
const DETAIL_LEFT: usize = 2;

/// Rows scrolled per step of the wheel.
const ROWS: isize = 1;

impl Browser {
    pub(super) fn click(&mut self, x: u16, y: u16, context: &Context<'_>) {
        let layout = self.layout(context.size);
        self.drags_split = layout.is_on_split(x, y);
        if self.drags_split {
            return;
        }
        if layout.top.contains(x, y) {
            self.begin_typing(context);
            return;
        }
        let Some(pane) = layout.pane_at(x, y) else {
            return;
        };
        self.end_typing(context);
        self.focus_on(pane);
        let Some(row) = layout.pane(pane).and_then(|area| row_in(area.body(), x, y)) else {
            return;
        };
        match pane {
            Pane::Filters => {
                let row = self.filters.cursor().top() + row;
                if row < self.filters.rows().len() {
                    self.filters.choose(row);
                    self.act_in_filters(Action::Toggle, context);
                }
            }
            Pane::List => {
                let row = row / usize::from(layout.row_height()) + self.list.cursor.top();
                self.click_posting(row);
            }
            Pane::Detail => {
                self.prepare(context);
                let detail = self.detail.as_ref();
                let fact =
                    detail.and_then(|detail| detail.page.derived_at(detail.page.top() + row));
                match fact {
                    Some(fact) => self.outcomes.push(Outcome::ShowEvidence(fact)),
                    None => self.click_link(&layout, x, y),
                }
            }
        }
    }

    /// Reads the posting that was double-clicked.
    pub(super) fn double_click(&mut self, x: u16, y: u16, context: &Context<'_>) {
        let is_on_list = self
            .layout(context.size)
            .list
            .is_some_and(|list| list.body().contains(x, y));
        if is_on_list {
            self.act_in_browse(Action::Enter, context);
        } else {
            self.click(x, y, context);
        }
    }

    /// Moves the border that the mouse holds.
    pub(super) fn drag(&mut self, x: u16, context: &Context<'_>) {
        if let Some(split) = self
            .layout(context.size)
            .split_at(x)
            .filter(|_| self.drags_split)
        {
            self.split = split;
        }
    }

    /// Follows a link of the posting beside the list.
    fn click_link(&mut self, layout: &Layout, x: u16, y: u16) {
        let (Some(detail), Some(area)) = (&self.detail, layout.detail) else {
            return;
        };
        let body = area.body();
        let row = usize::from(y - body.y) + detail.page.top();
        let column = usize::from(x - body.x).checked_sub(DETAIL_LEFT);
        let clicked = detail.page.lines().get(row).zip(column);
        let link = clicked.and_then(|(line, column)| detail.page.link_at(line, column));
        let links = detail.page.document().links();
        let target = link.and_then(|number| links.get(number.checked_sub(1)?).cloned());
        match target {
            Some((_, Target::Url(url))) => self.outcomes.push(Outcome::OpenUrl(url.to_string())),
            Some((_, Target::Posting(id))) => {
                let subject = Subject::Posting(id);
                self.outcomes.push(Outcome::Read(subject, Vec::new()));
            }
            None => {}
        }
    }

    /// Selects a posting.
    fn click_posting(&mut self, row: usize) {
        if row >= self.matches.rows.len() {
            return;
        }
        self.list.cursor.choose(row, self.matches.shown);
        self.pin_selection();
    }

    pub(super) fn wheel(&mut self, x: u16, y: u16, lines: i16, context: &Context<'_>) {
        let layout = self.layout(context.size);
        let lines = isize::from(lines);
        let rows = lines.signum() * ROWS;
        match layout.pane_at(x, y) {
            Some(Pane::List) => {
                let (total, in_view) = (self.matches.shown, layout.list_rows());
                self.list.cursor.scroll(rows, total, in_view);
                self.pin_selection();
            }
            Some(Pane::Filters) => {
                let in_view = self.pane_height(Pane::Filters, context);
                self.filters.scroll(lines, in_view);
            }
            Some(Pane::Detail) => {
                self.prepare(context);
                let height = self.pane_height(Pane::Detail, context);
                if let Some(detail) = &mut self.detail {
                    detail.page.scroll(lines, height);
                }
            }
            None => {}
        }
    }
}

/// Row of an area that contains a cell.
fn row_in(area: Area, x: u16, y: u16) -> Option<usize> {
    area.contains(x, y).then(|| usize::from(y - area.y))
}
