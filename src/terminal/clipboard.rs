//! Copies to the clipboard through the terminal, which also works over a network.

use std::env;
use std::io::{self, Write};

use crossterm::QueueableCommand;
use crossterm::clipboard::CopyToClipboard;

use crate::app::Message;
use crate::board::text;

/// Maximum size that every terminal accepts: it is sent as 74,992 bytes, and some terminals stop at 74,994.
const LARGEST: usize = 74_992 / 4 * 3;

/// A terminal multiplexer, which may intercept the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Multiplexer {
    Tmux,
    Screen,
}

impl Multiplexer {
    fn current() -> Option<Self> {
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        if is_set("TMUX") {
            Some(Self::Tmux)
        } else {
            is_set("STY").then_some(Self::Screen)
        }
    }
}

/// Asks the terminal to copy a text, and returns a message for the user. Terminals do not confirm.
pub fn copy(text: &str, terminal: &mut impl Write) -> io::Result<Message> {
    copy_through(Multiplexer::current(), text, terminal)
}

fn copy_through(
    multiplexer: Option<Multiplexer>,
    text: &str,
    terminal: &mut impl Write,
) -> io::Result<Message> {
    let clean = text::block(text);
    let kept = &clean[..clean.floor_char_boundary(LARGEST)];
    terminal.queue(CopyToClipboard::to_clipboard_from(kept))?;
    terminal.flush()?;
    if multiplexer == Some(Multiplexer::Screen) {
        let why = "not copied: GNU screen does not pass copies on to the terminal";
        return Ok(Message::Failed(why.to_owned()));
    }
    let what = if kept.len() < clean.len() {
        "copied the beginning; it is too long for a terminal to copy whole"
    } else {
        "copied"
    };
    Ok(Message::Notice(match multiplexer {
        // The default, `external`, drops requests of programs.
        Some(_) => format!("{what}, if tmux has `set-clipboard on`"),
        None => what.to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied(text: &str) -> (String, String) {
        let mut sent = Vec::new();
        let Ok(Message::Notice(said)) = copy_through(None, text, &mut sent) else {
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
    fn long_texts_are_truncated_with_a_message() {
        let (sent, said) = copied(&"é".repeat(1 << 20));
        assert!(said.contains("beginning"), "{said}");
        assert_eq!(sent.len(), 74_992 + "\u{1b}]52;c;\u{1b}\\".len());
    }

    #[test]
    fn a_multiplexer_that_may_drop_the_copy_is_named() {
        let notice =
            |multiplexer| copy_through(Some(multiplexer), "a", &mut Vec::new()).expect("sent");
        let Message::Notice(tmux) = notice(Multiplexer::Tmux) else {
            panic!("a notice");
        };
        assert!(tmux.contains("set-clipboard on"), "{tmux}");
        let Message::Failed(screen) = notice(Multiplexer::Screen) else {
            panic!("a failure");
        };
        assert!(screen.contains("not copied"), "{screen}");
    }
}
