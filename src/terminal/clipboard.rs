//! Copying: the text goes to the terminal, which owns the clipboard, also on the far end of a network.

use std::io::{self, Write};

use crossterm::QueueableCommand;
use crossterm::clipboard::CopyToClipboard;

use crate::app::Message;
use crate::board::text;

/// Bytes that every terminal takes: they are sent as 74,992 bytes, and some stop at 74,994.
const LARGEST: usize = 74_992 / 4 * 3;

/// Asks the terminal to copy a text, and says what was asked. Terminals do not answer.
pub fn copy(text: &str, terminal: &mut impl Write) -> io::Result<Message> {
    let clean = text::block(text);
    let kept = &clean[..clean.floor_char_boundary(LARGEST)];
    terminal.queue(CopyToClipboard::to_clipboard_from(kept))?;
    terminal.flush()?;
    Ok(Message::Notice(if kept.len() < clean.len() {
        "copied the beginning; it is too long for a terminal to copy whole".to_owned()
    } else {
        "copied".to_owned()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied(text: &str) -> (String, String) {
        let mut sent = Vec::new();
        let Ok(Message::Notice(said)) = copy(text, &mut sent) else {
            panic!("a notice");
        };
        (String::from_utf8(sent).expect("text"), said)
    }

    #[test]
    fn the_terminal_is_asked_for_clean_text() {
        let clean = copied("https://x.example/jobs");
        let hostile = copied("https://x.example/\u{1b}]52;c;aGE=\u{7}jobs\u{202e}");
        assert_eq!(clean, hostile);
        let (sent, said) = clean;
        assert_eq!(said, "copied");
        assert_eq!(sent, "\u{1b}]52;c;aHR0cHM6Ly94LmV4YW1wbGUvam9icw==\u{1b}\\");
    }

    #[test]
    fn what_is_too_long_is_cut_and_said_to_be() {
        let (sent, said) = copied(&"é".repeat(1 << 20));
        assert!(said.contains("beginning"), "{said}");
        assert_eq!(sent.len(), 74_992 + "\u{1b}]52;c;\u{1b}\\".len());
    }
}
