//! One line of text being edited: the query, the reader's search, a popup's filter.

use tui_input::{Input, InputRequest};

use super::Action;
use crate::board::text;

/// Characters that a line takes; nobody types more, and a paste is cut here.
const LONGEST: usize = 1000;

/// A line of text with its cursor.
#[derive(Debug, Default)]
pub struct Line(Input);

impl Line {
    /// A line that holds a text, the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self(Input::new(text.to_owned()))
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.0.value()
    }

    /// The column of the cursor, counted from the start of the text.
    pub fn cursor(&self) -> usize {
        self.0.visual_cursor()
    }

    /// How many columns at the start are out of sight where there is room for so many.
    pub fn hidden(&self, room: usize) -> usize {
        self.0.visual_scroll(room)
    }

    /// Edits the line, if that is what the action does. Says whether the text changed.
    pub fn act(&mut self, action: Action) -> Option<bool> {
        let request = match action {
            Action::Insert(c) if self.text().chars().count() < LONGEST => {
                InputRequest::InsertChar(c)
            }
            Action::Insert(_) => return Some(false),
            Action::Backspace => InputRequest::DeletePrevChar,
            Action::DeleteForward => InputRequest::DeleteNextChar,
            Action::DeleteWord => InputRequest::DeletePrevWord,
            Action::DeleteToStart => InputRequest::DeleteFromStart,
            Action::CursorLeft => InputRequest::GoToPrevChar,
            Action::CursorRight => InputRequest::GoToNextChar,
            Action::LineStart => InputRequest::GoToStart,
            Action::LineEnd => InputRequest::GoToEnd,
            _ => return None,
        };
        Some(self.0.handle(request).is_some_and(|state| state.value))
    }

    /// Types a text that comes from outside, as one line.
    pub fn paste(&mut self, raw: &str) {
        let room = LONGEST.saturating_sub(self.text().chars().count());
        for c in text::line(raw).chars().take(room) {
            self.0.handle(InputRequest::InsertChar(c));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_by_letters_and_words() {
        let mut line = Line::new("data scientist");
        assert_eq!(line.act(Action::DeleteWord), Some(true));
        assert_eq!(line.act(Action::Insert('é')), Some(true));
        assert_eq!(line.text(), "data é");
        assert_eq!(line.act(Action::LineStart), Some(false));
        assert_eq!(line.act(Action::Insert('a')), Some(true));
        assert_eq!((line.text(), line.cursor()), ("adata é", 1));
        assert_eq!(line.act(Action::Down), None);
    }

    #[test]
    fn a_paste_is_one_gated_line() {
        let mut line = Line::new("");
        line.paste("a\u{1b}[31m\nb\u{202e}c");
        assert_eq!(line.text(), "a bc");
        line.paste(&"x".repeat(5000));
        assert_eq!(line.text().chars().count(), LONGEST);
    }
}
