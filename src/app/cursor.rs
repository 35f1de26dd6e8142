//! A cursor over rows, with the visible window.

use super::Action;

/// The current row, and the first visible row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    at: usize,
    top: usize,
}

impl Cursor {
    /// The current row. It may be beyond the loaded rows.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The first visible row.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Moves to a row of `total`.
    pub fn choose(&mut self, row: usize, total: usize) {
        self.at = row.min(total.saturating_sub(1));
    }

    /// Moves by a number of rows of `total`.
    pub fn move_by(&mut self, rows: isize, total: usize) {
        self.choose(self.at.saturating_add_signed(rows), total);
    }

    /// Scrolls the view; the cursor stays within it.
    pub fn scroll(&mut self, rows: isize, total: usize, in_view: usize) {
        let last = total.saturating_sub(in_view);
        self.top = self.top.saturating_add_signed(rows).min(last);
        let bottom = (self.top + in_view).saturating_sub(1);
        self.choose(self.at.clamp(self.top, bottom.max(self.top)), total);
    }

    /// Scrolls as little as possible to make the current row visible.
    pub fn settle(&mut self, total: usize, in_view: usize) {
        let at = self.at.min(total.saturating_sub(1));
        let least = (at + 1).saturating_sub(in_view);
        let most = total.saturating_sub(in_view);
        self.top = self.top.clamp(least, at.max(least)).min(most);
    }
}

/// Rows a page key moves, given the viewport height.
pub fn page_step(action: Action, in_view: usize) -> Option<isize> {
    let page = in_view.saturating_sub(1).max(1).cast_signed();
    Some(match action {
        Action::PageUp => -page,
        Action::PageDown => page,
        Action::HalfUp => -(page + 1) / 2,
        Action::HalfDown => (page + 1) / 2,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_view_follows_the_cursor() {
        let mut cursor = Cursor::default();
        for (rows, at, top) in [(4, 4, 0), (1, 5, 1), (100, 9, 5), (-3, 6, 5), (-3, 3, 3)] {
            cursor.move_by(rows, 10);
            cursor.settle(10, 5);
            assert_eq!((cursor.at(), cursor.top()), (at, top));
        }
    }

    #[test]
    fn fewer_rows_leave_the_view_inside() {
        let mut cursor = Cursor::default();
        cursor.move_by(9, 10);
        cursor.settle(10, 5);
        cursor.settle(2, 5);
        assert_eq!(cursor.top(), 0);
        cursor.settle(0, 5);
        assert_eq!(cursor.top(), 0);
    }

    #[test]
    fn the_wheel_drags_the_cursor_along() {
        let mut cursor = Cursor::default();
        cursor.scroll(3, 20, 5);
        assert_eq!((cursor.at(), cursor.top()), (3, 3));
        cursor.scroll(100, 20, 5);
        assert_eq!((cursor.at(), cursor.top()), (15, 15));
        cursor.scroll(-100, 20, 0);
        assert_eq!((cursor.at(), cursor.top()), (0, 0));
    }
}
