//! Where each pane stands in a window of some size: plain numbers, so that clicks and drawing agree.

/// The narrowest and lowest window that anything fits into.
pub const LEAST: (u16, u16) = (20, 5);
/// From this width on, list and detail stand side by side.
const NORMAL: u16 = 60;
/// From this width on, the filters pane leaves both of them their room.
const ROOMY: u16 = 90;
/// From this width on, the filters stand beside them from the start.
const WIDE: u16 = 110;
/// From this height on, a line parts the reader's text from the top line.
const HIGH: u16 = 16;
/// Below this height of the list, a posting takes one row instead of two.
const LOW: u16 = 6;

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// First column.
    pub x: u16,
    /// First row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// What a border leaves of it.
    #[must_use]
    pub fn inner(self) -> Self {
        Self {
            x: self.x.saturating_add(1),
            y: self.y.saturating_add(1),
            width: self.width.saturating_sub(2),
            height: self.height.saturating_sub(2),
        }
    }

    /// Whether a cell is in it.
    pub fn contains(self, x: u16, y: u16) -> bool {
        let column = x.checked_sub(self.x).is_some_and(|x| x < self.width);
        let row = y.checked_sub(self.y).is_some_and(|y| y < self.height);
        column && row
    }

    /// The same rows, this many columns from the left.
    fn columns(self, from: u16, width: u16) -> Self {
        Self {
            x: self.x + from,
            width,
            ..self
        }
    }
}

/// A pane that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pane {
    /// The facets.
    Filters,
    /// The postings.
    #[default]
    List,
    /// The posting that is selected.
    Detail,
}

/// How much stands side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Nothing fits.
    TooSmall,
    /// One pane at a time.
    Narrow,
    /// List and detail; filters on demand.
    Normal,
    /// All three.
    Wide,
}

impl Shape {
    /// The shape of a window of this size.
    pub fn of((width, height): (u16, u16)) -> Self {
        if width < LEAST.0 || height < LEAST.1 {
            Self::TooSmall
        } else if width < NORMAL {
            Self::Narrow
        } else if width < WIDE {
            Self::Normal
        } else {
            Self::Wide
        }
    }
}

/// The areas of one screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The top line: the board, the count, the query.
    pub top: Area,
    /// The bottom line: keys, notices, what could not be judged.
    pub bottom: Area,
    /// Everything between them.
    pub middle: Area,
    /// The filters pane with its border, where it is shown.
    pub filters: Option<Area>,
    /// The list with its border, where it is shown.
    pub list: Option<Area>,
    /// The detail pane with its border, where it is shown.
    pub detail: Option<Area>,
}

impl Layout {
    /// Places the panes. `alone` is the pane that takes all the room, if one was zoomed.
    pub fn new(size: (u16, u16), focus: Pane, filters: bool, alone: bool) -> Self {
        let (width, height) = size;
        let row = |y, height| Area {
            x: 0,
            y,
            width,
            height,
        };
        let mut layout = Self {
            top: row(0, height.min(1)),
            bottom: row(height.saturating_sub(1), u16::from(height > 1)),
            middle: row(1, height.saturating_sub(2)),
            filters: None,
            list: None,
            detail: None,
        };
        if alone || !matches!(Shape::of(size), Shape::Normal | Shape::Wide) {
            *layout.pane_mut(focus) = Some(layout.middle);
        } else {
            layout.side_by_side(filters);
        }
        layout
    }

    fn side_by_side(&mut self, filters: bool) {
        let (all, width) = (self.middle, self.middle.width);
        let mut left = 0;
        if filters {
            left = (width / 6).clamp(25, 34);
            self.filters = Some(all.columns(0, left));
            if width < ROOMY {
                self.list = Some(all.columns(left, width - left));
                return;
            }
        }
        let list = ((width - left) * 2 / 5).clamp(28, 72).min(width - left);
        self.list = Some(all.columns(left, list));
        self.detail = Some(all.columns(left + list, width - left - list));
    }

    fn pane_mut(&mut self, pane: Pane) -> &mut Option<Area> {
        match pane {
            Pane::Filters => &mut self.filters,
            Pane::List => &mut self.list,
            Pane::Detail => &mut self.detail,
        }
    }

    /// Where a pane stands, if it is shown.
    pub fn pane(&self, pane: Pane) -> Option<Area> {
        match pane {
            Pane::Filters => self.filters,
            Pane::List => self.list,
            Pane::Detail => self.detail,
        }
    }

    /// The pane under a cell.
    pub fn pane_at(&self, x: u16, y: u16) -> Option<Pane> {
        [Pane::Filters, Pane::List, Pane::Detail]
            .into_iter()
            .find(|pane| self.pane(*pane).is_some_and(|area| area.contains(x, y)))
    }

    /// Rows of the list that one posting takes.
    pub fn row_height(&self) -> u16 {
        let height = self.list.map_or(0, |list| list.inner().height);
        if height < LOW { 1 } else { 2 }
    }

    /// How many postings the list shows at once.
    pub fn list_rows(&self) -> usize {
        let height = self.list.map_or(0, |list| list.inner().height);
        usize::from(height / self.row_height()).max(1)
    }

    /// The text column of the reader: at most `measure` columns, in the middle.
    pub fn reader(&self, measure: u16) -> Area {
        let margin = if self.middle.width > 24 { 2 } else { 0 };
        let width = measure.min(self.middle.width.saturating_sub(margin)).max(1);
        let gap = u16::from(self.middle.height >= HIGH);
        Area {
            x: (self.middle.width.saturating_sub(width)) / 2,
            y: self.middle.y + gap,
            width,
            height: self.middle.height - gap,
        }
    }

    /// Where a popup stands: in the middle, as large as its content wants and the window allows.
    pub fn popup(&self, columns: u16, rows: u16) -> Area {
        let width = columns.saturating_add(4).min(self.middle.width);
        let height = rows.saturating_add(2).min(self.middle.height);
        Area {
            x: (self.middle.width - width) / 2,
            y: self.middle.y + (self.middle.height - height) / 2,
            width,
            height,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_fits_side_by_side() {
        for (size, filters, shown) in [
            ((180, 50), true, [true, true, true]),
            ((180, 50), false, [false, true, true]),
            ((100, 30), false, [false, true, true]),
            ((100, 30), true, [true, true, true]),
            ((60, 20), false, [false, true, true]),
            ((60, 20), true, [true, true, false]),
            ((40, 12), true, [false, true, false]),
        ] {
            let layout = Layout::new(size, Pane::List, filters, false);
            let panes = [layout.filters, layout.list, layout.detail];
            assert_eq!(panes.map(|pane| pane.is_some()), shown, "{size:?}");
        }
    }

    #[test]
    fn nothing_leaves_the_window_and_nothing_overlaps() {
        for width in 0..200 {
            for height in [0, 1, 2, 3, 5, 24] {
                for filters in [false, true] {
                    let layout = Layout::new((width, height), Pane::List, filters, false);
                    let panes = [layout.filters, layout.list, layout.detail];
                    let mut right = 0;
                    for area in panes.into_iter().flatten() {
                        assert!(area.x >= right, "{width}×{height}");
                        right = area.x + area.width;
                        assert!(right <= width, "{width}×{height}");
                    }
                    let reader = layout.reader(72);
                    assert!(reader.x + reader.width <= width.max(1));
                    let popup = layout.popup(60, 20);
                    assert!(popup.x + popup.width <= width, "{width}×{height}");
                }
            }
        }
    }

    #[test]
    fn a_zoomed_pane_stands_alone() {
        let layout = Layout::new((180, 50), Pane::Detail, true, true);
        assert_eq!(layout.detail, Some(layout.middle));
        assert_eq!((layout.filters, layout.list), (None, None));
        assert_eq!(layout.pane_at(90, 20), Some(Pane::Detail));
    }
}
