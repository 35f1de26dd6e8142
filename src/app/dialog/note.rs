//! The dialog for writing a note.

use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::{Answer, Outcome};
use crate::app::{Action, Effect, Message};
use crate::board::text;
use crate::tracking::PostingKey;

/// Maximum size of a note; a longer paste is truncated.
const LONGEST: usize = 20_000;

/// A note being written.
#[derive(Debug)]
pub struct Note {
    /// The posting.
    pub key: PostingKey,
    /// The posting's title.
    pub title: String,
    area: TextArea<'static>,
    /// The text before editing.
    before: String,
    /// Whether it asks what to do with unsaved changes.
    closing: bool,
}

impl Note {
    /// Opens an existing note, with the cursor at its end.
    pub fn new(key: PostingKey, title: String, written: &str) -> Self {
        let area = area(written);
        Self {
            key,
            title,
            before: area.lines().join("\n"),
            area,
            closing: false,
        }
    }

    /// Whether it asks what to do with unsaved changes.
    pub fn is_closing(&self) -> bool {
        self.closing
    }

    /// What its keys do.
    pub fn keys(&self) -> &'static [(Action, &'static str)] {
        if self.closing {
            return &[
                (Action::Enter, "save changes"),
                (Action::Decline, "discard"),
                (Action::Escape, "keep editing"),
            ];
        }
        &[
            (Action::Submit, "save"),
            (Action::Escape, "cancel"),
            (Action::Editor, "editor"),
        ]
    }

    /// Handles a key, typing or a paste. Ignores clicks, so that an accidental one does not lose the note.
    pub(super) fn update(&mut self, message: &Message) -> Outcome {
        match message {
            Message::Action(action) if self.closing => return self.answer(*action),
            Message::Action(Action::Escape) if self.text() == self.before => return Outcome::Close,
            Message::Action(Action::Escape) => self.closing = true,
            Message::Action(Action::Submit) => return self.save(),
            Message::Action(Action::Discard) => return Outcome::Close,
            Message::Action(Action::Editor) => return Outcome::Effect(Effect::Edit(self.text())),
            Message::Action(action) => self.act(*action),
            Message::Typed(text) if !self.closing => self.write(text),
            Message::Paste(raw) if !self.closing => self.paste(raw),
            // The result of an external editor.
            Message::Edited(text) => self.area = area(text),
            _ => {}
        }
        Outcome::Stay
    }

    fn answer(&mut self, action: Action) -> Outcome {
        match action {
            Action::Enter | Action::Accept | Action::Submit => return self.save(),
            Action::Decline | Action::Discard => return Outcome::Close,
            Action::Escape | Action::Back => self.closing = false,
            _ => {}
        }
        Outcome::Stay
    }

    fn save(&self) -> Outcome {
        Outcome::Answer(Answer::Note(self.key.clone(), self.text()))
    }

    /// The text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The text area, for drawing.
    pub fn area(&self) -> &TextArea<'static> {
        &self.area
    }

    /// Inserts characters and line breaks up to the maximum size.
    fn write(&mut self, typed: &str) {
        let lines = self.area.lines().iter();
        let taken: usize = lines.map(|line| line.len() + 1).sum();
        let room = (LONGEST + 1).saturating_sub(taken);
        let kept = &typed[..typed.floor_char_boundary(room)];
        if !kept.is_empty() {
            self.area.insert_str(kept);
        }
    }

    /// Inserts external text.
    fn paste(&mut self, raw: &str) {
        self.write(&text::block(raw));
    }

    fn act(&mut self, action: Action) {
        let area = &mut self.area;
        match action {
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
        note.write("two x");
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

    #[test]
    fn changes_are_asked_about_before_they_are_lost() {
        let key = PostingKey {
            board: "b".into(),
            id: "i".into(),
        };
        let mut note = Note::new(key, "Scientist".into(), "one");
        let act = |note: &mut Note, action| note.update(&Message::Action(action));
        assert!(matches!(act(&mut note, Action::Escape), Outcome::Close));
        note.update(&Message::Typed(" two".into()));
        assert!(matches!(act(&mut note, Action::Escape), Outcome::Stay));
        assert!(note.is_closing());
        act(&mut note, Action::Escape);
        assert!(!note.is_closing(), "it is written on");
        act(&mut note, Action::Escape);
        let saved = act(&mut note, Action::Accept);
        let Outcome::Answer(Answer::Note(_, text)) = saved else {
            panic!("{saved:?}");
        };
        assert_eq!(text, "one two");
        assert!(matches!(act(&mut note, Action::Decline), Outcome::Close));
    }
}
