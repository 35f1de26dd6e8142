//! Keeps the screen consistent where terminals disagree about the width of text.
//!
//! Flags, joined emoji and Indic conjuncts take more or fewer columns than expected, depending on the terminal. Cells
//! drawn relative to such a text end up displaced, and remains of earlier frames stay visible. A row that contains one
//! is therefore drawn completely in every frame, and the cursor is positioned explicitly after each of them.

use std::iter;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Size};

/// Approximate start of the emoji; which of them are wide depends on the terminal's Unicode version.
const EMOJI: char = '\u{1f000}';

/// Whether terminals may disagree about the width of a cell's text.
fn is_unsure(symbol: &str) -> bool {
    // Most cells hold one ASCII character; a cell with a link holds an escape sequence, whose width was set.
    symbol.len() > 1 && !symbol.starts_with('\x1b') && {
        let mut chars = symbol.chars();
        chars.next().is_some_and(|c| c >= EMOJI) || chars.next().is_some()
    }
}

/// Marks the rows that have to be drawn completely.
pub fn mark_rows(buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(width) {
        if row.iter().any(|cell| is_unsure(cell.symbol())) {
            for cell in row {
                // The marked cell also differs from the plain one in the next frame, which redraws the row after the
                // text is gone.
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
    }
}

/// A backend that positions the cursor explicitly after each text of uncertain width.
#[derive(Debug)]
pub struct Steady<B>(pub B);

impl<B: Backend> Backend for Steady<B> {
    type Error = B::Error;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), B::Error>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut cells = content.peekable();
        while cells.peek().is_some() {
            // The inner backend positions the cursor at the start of every call.
            let mut is_placed = true;
            let run = iter::from_fn(|| {
                if !is_placed {
                    return None;
                }
                let cell = cells.next()?;
                is_placed = !is_unsure(cell.2.symbol());
                Some(cell)
            });
            self.0.draw(run)?;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> Result<(), B::Error> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), B::Error> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, B::Error> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), B::Error> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), B::Error> {
        self.0.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> Result<(), B::Error> {
        self.0.clear_region(clear_type)
    }

    fn size(&self) -> Result<Size, B::Error> {
        self.0.size()
    }

    fn window_size(&mut self) -> Result<WindowSize, B::Error> {
        self.0.window_size()
    }

    fn flush(&mut self) -> Result<(), B::Error> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io::{self, Write};
    use std::rc::Rc;

    use ratatui::Terminal;
    use ratatui::backend::CrosstermBackend;
    use ratatui::{TerminalOptions, Viewport, layout::Rect};

    use super::*;

    #[derive(Clone, Default)]
    struct Wire(Rc<RefCell<Vec<u8>>>);

    impl Write for Wire {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Output for several lines of text, drawn one after the other at the same position.
    fn sent(lines: &[&str]) -> Vec<String> {
        let wire = Wire::default();
        let backend = Steady(CrosstermBackend::new(wire.clone()));
        let viewport = Viewport::Fixed(Rect::new(0, 0, 12, 1));
        let mut terminal =
            Terminal::with_options(backend, TerminalOptions { viewport }).expect("a terminal");
        let mut sent = Vec::new();
        for line in lines {
            terminal
                .draw(|frame| {
                    frame.render_widget(*line, frame.area());
                    mark_rows(frame.buffer_mut());
                })
                .expect("a frame");
            sent.push(String::from_utf8(wire.0.take()).expect("text"));
        }
        sent
    }

    #[test]
    fn the_cursor_is_placed_after_a_text_of_unsure_width() {
        let sent = sent(&["a🇪🇺b"]);
        let after = sent[0].split_once("🇪🇺").expect("the flag").1;
        // Column 4 of row 1: after one letter and two columns of flag.
        assert!(after.contains("\u{1b}[1;4H"), "{after:?}");
        assert!(after.find("\u{1b}[1;4H") < after.find('b'), "{after:?}");
    }

    #[test]
    fn neighbours_of_wide_text_are_redrawn() {
        let sent = sent(&["a🇪🇺 end", "a🇪🇭 end", "a    end", "a    end"]);
        assert!(sent[1].contains("end"), "{:?}", sent[1]);
        assert!(sent[2].contains("end"), "{:?}", sent[2]);
        // Plain rows are only drawn if they change.
        assert!(!sent[3].contains("end"), "{:?}", sent[3]);
    }
}
