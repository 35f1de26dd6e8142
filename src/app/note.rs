//! A note being written: some lines of text about one posting.

use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::Action;
use crate::board::text;
use crate::tracking::PostingKey;

/// Bytes that a note takes; nobody types more, and a paste is cut here.
const LONGEST: usize = 20_000;

/// A note being written.
#[derive(Debug)]
pub struct Note {
    /// The posting that it is about.
    pub key: PostingKey,
    /// What that is called.
    pub title: String,
    area: TextArea<'static>,
}

impl Note {
    /// Begins with what was noted before, the cursor at its end.
    pub fn new(key: PostingKey, title: String, written: &str) -> Self {
        Self {
            key,
            title,
            area: area(written),
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The lines with their cursor, as something to draw.
    pub fn area(&self) -> &TextArea<'static> {
        &self.area
    }

    /// Another text in place of this one.
    pub fn replace(&mut self, written: &str) {
        self.area = area(written);
    }

    /// Types characters and line breaks, as many as there is room for.
    pub fn write(&mut self, typed: &str) {
        let lines = self.area.lines().iter();
        let taken: usize = lines.map(|line| line.len() + 1).sum();
        let room = (LONGEST + 1).saturating_sub(taken);
        let kept = &typed[..typed.floor_char_boundary(room)];
        if !kept.is_empty() {
            self.area.insert_str(kept);
        }
    }

    /// Types a text that comes from outside.
    pub fn paste(&mut self, raw: &str) {
        self.write(&text::block(raw));
    }

    /// Edits, if that is what the action does.
    pub fn act(&mut self, action: Action) {
        let area = &mut self.area;
        match action {
            Action::Insert(c) => self.write(c.encode_utf8(&mut [0; 4])),
            Action::Enter => self.write("\n"),
            Action::Backspace => _ = area.delete_char(),
            Action::DeleteForward => _ = area.delete_next_char(),
            Action::DeleteWord => _ = area.delete_word(),
            Action::DeleteToStart => _ = area.delete_line_by_head(),
            Action::CursorLeft => area.move_cursor(CursorMove::Back),
            Action::CursorRight => area.move_cursor(CursorMove::Forward),
            Action::LineStart => area.move_cursor(CursorMove::Head),
            Action::LineEnd => area.move_cursor(CursorMove::End),
            Action::Up => area.move_cursor(CursorMove::Up),
            Action::Down => area.move_cursor(CursorMove::Down),
            Action::First => area.move_cursor(CursorMove::Top),
            Action::Last => area.move_cursor(CursorMove::Bottom),
            Action::Undo => _ = area.undo(),
            Action::Redo => _ = area.redo(),
            _ => {}
        }
    }
}

fn area(written: &str) -> TextArea<'static> {
    let clean = text::block(written);
    let mut area = TextArea::new(clean.split('\n').map(str::to_owned).collect());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_line_by_line() {
        let key = PostingKey {
            board: "b".into(),
            id: "i".into(),
        };
        let mut note = Note::new(key, "Scientist".into(), "one");
        note.act(Action::Enter);
        "two x".chars().for_each(|c| note.act(Action::Insert(c)));
        note.act(Action::DeleteWord);
        note.paste("a\u{1b}[2Jb\r\nc");
        assert_eq!(note.text(), "one\ntwo ab\nc");
        note.act(Action::Undo);
        assert_eq!(note.text(), "one\ntwo ");
        note.paste(&"é".repeat(LONGEST));
        assert!(note.text().len() <= LONGEST);
        for _ in 0..3 {
            note.act(Action::Enter);
        }
        assert!(note.text().len() <= LONGEST);
    }
}
