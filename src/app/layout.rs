//! Layout of the panes in a window, as plain numbers, so that clicks and drawing agree.

/// Minimum size of a usable window.
pub const LEAST: (u16, u16) = (20, 5);
/// Minimum width for list and detail side by side.
const MEDIUM: u16 = 80;
/// Minimum width for filters beside them.
const WIDE: u16 = 120;
/// Columns of the filters in a medium window.
const BESIDE_LIST: u16 = 28;
/// Minimum widths of list and detail.
const LEAST_LIST: u16 = 34;
const LEAST_DETAIL: u16 = 26;
/// Minimum height for a rule between the top line and the reader's text.
const HIGH: u16 = 16;
/// Height of the list below which a posting takes one row instead of two.
const LOW: u16 = 6;
/// Height of the list from which postings are separated by blank rows.
const AIRY: u16 = 36;
/// Minimum height of a pane with a heading.
const HEADED: u16 = 5;

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// Left column.
    pub x: u16,
    /// Top row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// The area within a border.
    #[must_use]
    pub fn inner(self) -> Self {
        Self {
            x: self.x.saturating_add(1),
            y: self.y.saturating_add(1),
            width: self.width.saturating_sub(2),
            height: self.height.saturating_sub(2),
        }
    }

    /// Whether a cell is in the area.
    pub fn contains(self, x: u16, y: u16) -> bool {
        let column = x.checked_sub(self.x).is_some_and(|x| x < self.width);
        let row = y.checked_sub(self.y).is_some_and(|y| y < self.height);
        column && row
    }

    /// A range of columns with the same rows.
    fn columns(self, from: u16, width: u16) -> Self {
        Self {
            x: self.x + from,
            width,
            ..self
        }
    }

    /// The heading row of a pane; empty if the pane is too low.
    #[must_use]
    pub fn head(self) -> Self {
        Self {
            height: u16::from(self.height >= HEADED),
            width: self.width.saturating_sub(1),
            ..self
        }
    }

    /// The content of a pane, below its heading and left of its edge.
    #[must_use]
    pub fn body(self) -> Self {
        let head = self.head().height;
        Self {
            y: self.y + head,
            width: self.width.saturating_sub(1),
            height: self.height - head,
            ..self
        }
    }

    /// The rightmost column of a pane beside its body: the scroll bar, and the rule to the next pane.
    #[must_use]
    pub fn edge(self) -> Self {
        let body = self.body();
        Self {
            x: body.x + body.width,
            width: self.width - body.width,
            ..body
        }
    }
}

/// Division of the window between list and detail: the list's percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split(u8);

impl Split {
    const STEP: i8 = 4;
    const LEAST: u8 = 20;
    const MOST: u8 = 80;

    /// A split that leaves room for both; `None` if out of range.
    pub fn new(percent: u8) -> Option<Self> {
        (Self::LEAST..=Self::MOST)
            .contains(&percent)
            .then_some(Self(percent))
    }

    /// Percentage of the list.
    pub fn percent(self) -> u8 {
        self.0
    }

    /// Moves the split by one step.
    #[must_use]
    pub fn moved(self, right: bool) -> Self {
        let step = if right { Self::STEP } else { -Self::STEP };
        let percent = self.0.saturating_add_signed(step);
        Self(percent.clamp(Self::LEAST, Self::MOST))
    }
}

impl Default for Split {
    fn default() -> Self {
        Self(54)
    }
}

/// A pane that can be focused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pane {
    /// The filters.
    Filters,
    /// The list.
    #[default]
    List,
    /// The detail pane.
    Detail,
}

/// Size class of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Too small for anything.
    TooSmall,
    /// One pane at a time.
    Narrow,
    /// List and detail; the filters take the place of the detail while they have the focus.
    Medium,
    /// All three.
    Wide,
}

impl Shape {
    /// Size class of a window.
    pub fn for_size((width, height): (u16, u16)) -> Self {
        if width < LEAST.0 || height < LEAST.1 {
            Self::TooSmall
        } else if width < MEDIUM {
            Self::Narrow
        } else if width < WIDE {
            Self::Medium
        } else {
            Self::Wide
        }
    }
}

/// Settings of the layout other than the window's size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arrangement {
    /// The focused pane.
    pub focus: Pane,
    /// Whether the filters are shown if there is room.
    pub filters: bool,
    /// Whether the focused pane is zoomed.
    pub zoomed: bool,
    /// Division between list and detail.
    pub split: Split,
}

/// The areas of one screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The top line: board, count, query.
    pub top: Area,
    /// The bottom line: key hints, notices, undecided postings.
    pub bottom: Area,
    /// Everything between them.
    pub middle: Area,
    /// The filters pane, where it is shown.
    pub filters: Option<Area>,
    /// The list, if visible.
    pub list: Option<Area>,
    /// The detail pane, if visible.
    pub detail: Option<Area>,
}

impl Layout {
    /// Places the panes in a window of this size.
    pub fn new(size: (u16, u16), arrangement: Arrangement) -> Self {
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
        let middle = layout.middle;
        match Shape::for_size(size) {
            shape @ (Shape::Medium | Shape::Wide) if !arrangement.zoomed => {
                let is_medium = shape == Shape::Medium;
                if is_medium && arrangement.focus == Pane::Filters {
                    // What a filter leaves shows beside it.
                    layout.filters = Some(middle.columns(0, BESIDE_LIST));
                    layout.list = Some(middle.columns(BESIDE_LIST, width - BESIDE_LIST));
                } else if arrangement.filters && !is_medium {
                    let columns = (width / 6).clamp(26, 34);
                    layout.filters = Some(middle.columns(0, columns));
                    layout.place_list(columns, arrangement.split);
                } else {
                    layout.place_list(0, arrangement.split);
                }
            }
            _ => *layout.pane_mut(arrangement.focus) = Some(middle),
        }
        layout
    }

    /// Divides the space right of `left` between list and detail.
    fn place_list(&mut self, left: u16, split: Split) {
        let room = self.middle.width - left;
        let wanted = (u32::from(room) * u32::from(split.percent()) / 100) as u16;
        let list = wanted.clamp(
            LEAST_LIST,
            room.saturating_sub(LEAST_DETAIL).max(LEAST_LIST),
        );
        self.list = Some(self.middle.columns(left, list));
        self.detail = Some(self.middle.columns(left + list, room - list));
    }

    /// The split that moves the border between list and detail to a column; `None` unless both are visible.
    pub fn split_at(&self, x: u16) -> Option<Split> {
        let (list, detail) = (self.list?, self.detail?);
        let room = u32::from(list.width + detail.width);
        let columns = u32::from((x + 1).saturating_sub(list.x));
        let percent = (columns * 100).div_ceil(room.max(1));
        let percent = percent.clamp(u32::from(Split::LEAST), u32::from(Split::MOST));
        Split::new(u8::try_from(percent).ok()?)
    }

    /// Whether a cell is on the border between list and detail.
    pub fn is_on_split(&self, x: u16, y: u16) -> bool {
        self.detail.is_some() && self.list.is_some_and(|list| list.edge().contains(x, y))
    }

    fn pane_mut(&mut self, pane: Pane) -> &mut Option<Area> {
        match pane {
            Pane::Filters => &mut self.filters,
            Pane::List => &mut self.list,
            Pane::Detail => &mut self.detail,
        }
    }

    /// Area of a pane, if visible.
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

    /// Rows of a pane's body.
    pub fn pane_height(&self, pane: Pane) -> usize {
        self.pane(pane).map_or(0, |area| area.body().height.into())
    }

    /// Rows per posting in the list, including a blank row if there is room.
    pub fn row_height(&self) -> u16 {
        match self.list.map_or(0, |list| list.body().height) {
            ..LOW => 1,
            LOW..AIRY => 2,
            AIRY.. => 3,
        }
    }

    /// Number of postings visible in the list.
    pub fn list_rows(&self) -> usize {
        let height = self.list.map_or(0, |list| list.body().height);
        // The last posting needs no blank row below it.
        let gap = u16::from(self.row_height() > 2);
        usize::from((height + gap) / self.row_height()).max(1)
    }

    /// The reader's text column: at most `measure` columns, centred.
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

    /// Area of a dialog: centred, as large as its content needs and the window allows.
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

    fn layout(size: (u16, u16), filters: bool, focus: Pane) -> Layout {
        let arrangement = Arrangement {
            focus,
            filters,
            ..Arrangement::default()
        };
        Layout::new(size, arrangement)
    }

    #[test]
    fn shows_as_many_panes_as_fit() {
        for (size, filters, focus, shown) in [
            ((180, 50), true, Pane::List, [true, true, true]),
            ((180, 50), false, Pane::List, [false, true, true]),
            ((120, 35), true, Pane::Filters, [true, true, true]),
            ((119, 30), true, Pane::List, [false, true, true]),
            ((80, 24), false, Pane::Filters, [true, true, false]),
            ((79, 24), true, Pane::List, [false, true, false]),
            ((60, 20), true, Pane::Filters, [true, false, false]),
            ((40, 12), true, Pane::Detail, [false, false, true]),
        ] {
            let layout = layout(size, filters, focus);
            let panes = [layout.filters, layout.list, layout.detail];
            assert_eq!(panes.map(|pane| pane.is_some()), shown, "{size:?}");
        }
    }

    #[test]
    fn panes_stay_within_the_window_and_do_not_overlap() {
        for width in 0..200 {
            for height in [0, 1, 2, 3, 5, 24] {
                for percent in [20, 54, 80] {
                    let split = Split::new(percent).unwrap_or_default();
                    let arrangement = Arrangement {
                        filters: true,
                        split,
                        ..Arrangement::default()
                    };
                    let layout = Layout::new((width, height), arrangement);
                    let panes = [layout.filters, layout.list, layout.detail];
                    let mut right = 0;
                    for area in panes.into_iter().flatten() {
                        assert!(area.x >= right, "{width}×{height}");
                        right = area.x + area.width;
                        assert!(right <= width, "{width}×{height}");
                        let (body, edge) = (area.body(), area.edge());
                        assert!(body.width + edge.width == area.width, "{width}×{height}");
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
    fn the_split_moves_and_leaves_both_their_room() {
        let mut arrangement = Arrangement {
            filters: true,
            ..Arrangement::default()
        };
        let list = |arrangement| {
            let layout = Layout::new((120, 30), arrangement);
            layout.list.map_or(0, |list| list.width)
        };
        let before = list(arrangement);
        arrangement.split = arrangement.split.moved(true);
        assert!(list(arrangement) > before);
        for _ in 0..40 {
            arrangement.split = arrangement.split.moved(false);
        }
        assert_eq!(list(arrangement), LEAST_LIST);
    }

    #[test]
    fn the_border_follows_the_mouse() {
        let arrangement = Arrangement {
            filters: true,
            ..Arrangement::default()
        };
        let layout = Layout::new((180, 50), arrangement);
        let edge = layout.list.map_or(0, |list| list.edge().x);
        assert!(layout.is_on_split(edge, 10) && !layout.is_on_split(edge - 1, 10));
        for x in 80..140 {
            let split = layout.split_at(x).unwrap_or_default();
            let moved = Layout::new(
                (180, 50),
                Arrangement {
                    split,
                    ..arrangement
                },
            );
            let now = moved.list.map_or(0, |list| list.edge().x);
            assert!(now.abs_diff(x) <= 1, "{x}: {now}");
        }
    }

    #[test]
    fn a_zoomed_pane_fills_the_window() {
        let arrangement = Arrangement {
            focus: Pane::Detail,
            filters: true,
            zoomed: true,
            ..Arrangement::default()
        };
        let layout = Layout::new((180, 50), arrangement);
        assert_eq!(layout.detail, Some(layout.middle));
        assert_eq!((layout.filters, layout.list), (None, None));
        assert_eq!(layout.pane_at(90, 20), Some(Pane::Detail));
    }
}
