//! Single-line text input: the query, the reader's search, a dialog's filter.

use tui_input::{Input, InputRequest};

use super::Action;
use crate::board::text;

/// Maximum length of a line; a longer paste is truncated.
const LONGEST: usize = 1000;

/// A line of text with its cursor.
#[derive(Debug, Default)]
pub struct Line(Input);

impl Line {
    /// A line with a text and the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self(Input::new(gated(text)))
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.0.value()
    }

    /// Column of the cursor, from the start of the text.
    pub fn cursor(&self) -> usize {
        self.0.visual_cursor()
    }

    /// Number of columns scrolled out at the start, given the visible width.
    pub fn hidden(&self, room: usize) -> usize {
        self.0.visual_scroll(room)
    }

    /// Performs an editing action; returns whether the text changed, or `None` for other actions.
    pub fn act(&mut self, action: Action) -> Option<bool> {
        let request = match action {
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
        let before = self.text().to_owned();
        self.0.handle(request);
        if self.text() == before {
            return Some(false);
        }
        if !self.is_plain_around() {
            self.pass_gate();
        }
        Some(self.text() != before)
    }

    /// Inserts characters up to the maximum length. Returns whether the text changed.
    pub fn write(&mut self, typed: &str) -> bool {
        let room = LONGEST.saturating_sub(self.text().chars().count());
        if room == 0 {
            return false;
        }
        let before = self.text().to_owned();
        let plain = self.is_plain_around() && typed.chars().all(is_plain);
        for c in typed.chars().take(room) {
            self.0.handle(InputRequest::InsertChar(c));
        }
        if !plain {
            self.pass_gate();
        }
        self.text() != before
    }

    /// Inserts external text as a single line.
    pub fn paste(&mut self, raw: &str) {
        self.write(&text::line(raw));
    }

    /// Whether the characters around the cursor are plain, so that an edit between them cannot join clusters.
    fn is_plain_around(&self) -> bool {
        let mut after = self.text().chars().skip(self.0.cursor().saturating_sub(1));
        let before = match self.0.cursor() {
            0 => None,
            _ => after.next(),
        };
        before.is_none_or(is_plain) && after.next().is_none_or(is_plain)
    }

    /// Passes the whole line through the text gate: marks typed one by one may accumulate.
    fn pass_gate(&mut self) {
        let clean = gated(self.text());
        if clean != self.text() {
            let before: String = self.text().chars().take(self.0.cursor()).collect();
            let cursor = gated(&before).chars().count();
            self.0 = Input::new(clean).with_cursor(cursor);
        }
    }
}

/// Whether a character never combines with its neighbours.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~')
}

/// Passes a text through the gate as one line that may still grow: spaces are kept, and so is a trailing joiner.
fn gated(text: &str) -> String {
    const TO_COME: char = 'é';
    let clean = text::block(&format!("{text}{TO_COME}")).replace('\n', " ");
    clean
        .strip_suffix(TO_COME)
        .map_or(clean.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn edits_by_letters_and_words() {
        let mut line = Line::new("data scientist");
        assert_eq!(line.act(Action::DeleteWord), Some(true));
        assert!(line.write("é"));
        assert_eq!(line.text(), "data é");
        assert_eq!(line.act(Action::LineStart), Some(false));
        assert!(line.write("a"));
        assert_eq!((line.text(), line.cursor()), ("adata é", 1));
        assert_eq!(line.act(Action::Down), None);
    }

    #[test]
    fn typed_text_passes_the_gate() {
        let type_all = |text: &str| {
            let mut line = Line::new("");
            for c in text.chars() {
                line.write(c.encode_utf8(&mut [0; 4]));
            }
            line
        };
        for (typed, kept) in [
            ("a\u{202e}b\u{200b}c\u{7}\nd", "abc d"),
            ("می\u{200c}خواهم ", "می\u{200c}خواهم "),
            ("👩\u{200d}🔬", "👩\u{200d}🔬"),
            ("a\u{200d}", "a"),
        ] {
            assert_eq!(type_all(typed).text(), kept, "{typed:?}");
        }
        let mut line = type_all(&format!("x{}", "\u{301}".repeat(50)));
        assert_eq!(line.text().chars().count(), 10);
        assert!(!line.write("\u{202e}"));
        line.write("y");
        assert!(line.text().ends_with('y'), "the cursor stays at the end");
    }

    #[test]
    fn many_characters_at_once_are_typed_like_one_after_the_other() {
        for typed in [
            "data scientist",
            "x\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}y",
            "می\u{200c}خواهم ",
            &"long ".repeat(LONGEST),
        ] {
            let mut at_once = Line::new("");
            assert!(at_once.write(typed));
            let mut one_by_one = Line::new("");
            for c in typed.chars() {
                one_by_one.write(c.encode_utf8(&mut [0; 4]));
            }
            assert_eq!(at_once.text(), one_by_one.text(), "{typed:.40}");
            assert_eq!(at_once.cursor(), one_by_one.cursor(), "{typed:.40}");
        }
    }

    proptest! {
        #[test]
        fn a_line_is_gated_after_every_edit(edits in proptest::collection::vec((0..8u8, any::<char>(), "[a-z \u{301}\u{200d}\u{600}👩\u{fe0f}é]{0,4}"), 0..60)) {
            let mut line = Line::new("");
            for (kind, c, typed) in edits {
                match kind {
                    0 => _ = line.act(Action::Backspace),
                    1 => _ = line.act(Action::DeleteForward),
                    2 => _ = line.act(Action::CursorLeft),
                    3 => _ = line.act(Action::CursorRight),
                    4 => _ = line.act(Action::LineStart),
                    5 => _ = line.write(c.encode_utf8(&mut [0; 4])),
                    _ => _ = line.write(&typed),
                }
                prop_assert_eq!(gated(line.text()), line.text());
            }
        }
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
