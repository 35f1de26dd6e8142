//! Splits terminal input into keys, pastes, and replies of the terminal, which are dropped.
//!
//! A terminal sends replies on the same line as keys. Interpreted as keys, `ESC ] 11 ; rgb:…` would trigger a dozen
//! actions. Bytes are therefore first framed by the rules of ECMA-48, which define the end of every sequence, known or
//! not; [`Frames`] only passes on complete keys. Control characters end every sequence except a paste, so that `ctrl-c`
//! works after a truncated sequence.

use std::time::Duration;

/// Maximum length of a paste; the rest is dropped.
const LONGEST_PASTE: usize = 64 << 10;
/// Maximum length of a control sequence. Keys and mouse reports are shorter.
const LONGEST_CONTROL: usize = 64;
const ESCAPE: u8 = 0x1b;
const BELL: u8 = 0x07;
const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// A complete frame.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// Bytes of a key or mouse report.
    Key(Vec<u8>),
    /// Content of a bracketed paste.
    Paste(Vec<u8>),
}

/// Framer with its state between two bytes.
#[derive(Debug, Default)]
pub struct Frames {
    state: State,
    /// Bytes of the current frame.
    bytes: Vec<u8>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    /// After a lead byte; this many continuation bytes are expected.
    Utf8(usize),
    Escape,
    /// After `ESC O`.
    SingleShift,
    /// After `ESC [`.
    Control,
    /// After `ESC [ [`, which the Linux console sends for function keys.
    ConsoleKey,
    /// After `ESC [ M`; this many bytes of an old-style mouse report are expected.
    OldMouse(usize),
    /// Within an operating system command, a device control string or similar.
    Text,
    /// After an escape within such a string.
    TextEscape,
    /// Within a paste; this many bytes of its end marker were read.
    Paste(usize),
}

impl Frames {
    /// Processes a byte. It completes at most two frames: an escape key, and the key after it.
    pub fn push(&mut self, byte: u8, out: &mut impl FnMut(Frame)) {
        // A byte that ends a sequence prematurely is processed again, as the start of the next.
        if !self.step(byte, out) {
            self.step(byte, out);
        }
    }

    /// Timeout for the rest of an incomplete sequence; `None` between sequences.
    pub fn patience(&self) -> Option<Duration> {
        let milliseconds = match self.state {
            State::Ground => return None,
            // Over a network the bytes of a key may arrive in two packets.
            State::Escape => 30,
            State::Text | State::TextEscape | State::Paste(_) => 1_000,
            _ => 200,
        };
        Some(Duration::from_millis(milliseconds))
    }

    /// Ends an incomplete sequence after its timeout: a lone escape is a key, an incomplete paste is kept, anything
    /// else is dropped.
    pub fn expire(&mut self, out: &mut impl FnMut(Frame)) {
        let state = std::mem::take(&mut self.state);
        let bytes = std::mem::take(&mut self.bytes);
        match state {
            State::Escape => out(Frame::Key(bytes)),
            State::Paste(_) => out(Frame::Paste(bytes)),
            _ => {}
        }
    }

    /// Processes a byte. Returns false if it ended the previous sequence and belongs to the next.
    fn step(&mut self, byte: u8, out: &mut impl FnMut(Frame)) -> bool {
        match self.state {
            State::Ground => self.begin(byte, out),
            State::Utf8(due) => {
                if !matches!(byte, 0x80..=0xbf) {
                    return self.drop_sequence();
                }
                self.bytes.push(byte);
                if due == 1 {
                    self.finish(out);
                } else {
                    self.state = State::Utf8(due - 1);
                }
            }
            State::Escape => return self.after_escape(byte, out),
            State::SingleShift | State::ConsoleKey => {
                if !is_graphic(byte) {
                    return self.drop_sequence();
                }
                self.bytes.push(byte);
                self.finish(out);
            }
            State::Control => return self.control(byte, out),
            State::OldMouse(1) => self.reset(),
            State::OldMouse(due) => self.state = State::OldMouse(due - 1),
            State::Text => match byte {
                BELL => self.reset(),
                ESCAPE => self.state = State::TextEscape,
                0x08..=0x0d | 0x20.. => {}
                _ => return self.drop_sequence(),
            },
            State::TextEscape => {
                if byte == b'\\' {
                    self.reset();
                } else {
                    self.reset();
                    self.begin(ESCAPE, out);
                    return false;
                }
            }
            State::Paste(seen) => self.paste(byte, seen, out),
        }
        true
    }

    fn begin(&mut self, byte: u8, out: &mut impl FnMut(Frame)) {
        let state = match byte {
            ESCAPE => State::Escape,
            0x00..=0x7f => State::Ground,
            0xc2..=0xdf => State::Utf8(1),
            0xe0..=0xef => State::Utf8(2),
            0xf0..=0xf4 => State::Utf8(3),
            // Not the start of any character.
            _ => return,
        };
        self.bytes.push(byte);
        self.state = state;
        if state == State::Ground {
            self.finish(out);
        }
    }

    fn after_escape(&mut self, byte: u8, out: &mut impl FnMut(Frame)) -> bool {
        self.state = match byte {
            b'[' => State::Control,
            b'O' => State::SingleShift,
            b']' | b'P' | b'_' | b'^' | b'X' => State::Text,
            ESCAPE => {
                self.finish(out);
                return false;
            }
            // A key with alt held.
            _ => {
                self.begin(byte, out);
                return true;
            }
        };
        self.bytes.push(byte);
        true
    }

    fn control(&mut self, byte: u8, out: &mut impl FnMut(Frame)) -> bool {
        let is_first = self.bytes.len() == 2;
        match byte {
            b'[' if is_first => {
                self.bytes.push(byte);
                self.state = State::ConsoleKey;
            }
            b'M' if is_first => self.state = State::OldMouse(3),
            0x20..=0x3f if self.bytes.len() < LONGEST_CONTROL => self.bytes.push(byte),
            0x20..=0x3f => {}
            0x40..=0x7e => {
                self.bytes.push(byte);
                // Sequences with a private prefix are replies, except for the mouse's `<`.
                let is_reply = matches!(self.bytes[2], b'?' | b'>' | b'=');
                if self.bytes == PASTE_START {
                    self.bytes.clear();
                    self.state = State::Paste(0);
                } else if is_reply || self.bytes.len() > LONGEST_CONTROL {
                    self.reset();
                } else {
                    self.finish(out);
                }
            }
            _ => return self.drop_sequence(),
        }
        true
    }

    fn paste(&mut self, byte: u8, seen: usize, out: &mut impl FnMut(Frame)) {
        if byte == PASTE_END[seen] {
            if seen + 1 == PASTE_END.len() {
                self.state = State::Ground;
                out(Frame::Paste(std::mem::take(&mut self.bytes)));
            } else {
                self.state = State::Paste(seen + 1);
            }
            return;
        }
        let is_escape = byte == ESCAPE;
        let rest = (!is_escape).then_some(byte);
        for byte in PASTE_END[..seen].iter().copied().chain(rest) {
            if self.bytes.len() < LONGEST_PASTE {
                self.bytes.push(byte);
            }
        }
        self.state = State::Paste(usize::from(is_escape));
    }

    fn finish(&mut self, out: &mut impl FnMut(Frame)) {
        self.state = State::Ground;
        out(Frame::Key(std::mem::take(&mut self.bytes)));
    }

    fn reset(&mut self) {
        self.state = State::Ground;
        self.bytes.clear();
    }

    /// Discards the current sequence. The current byte is not part of it.
    fn drop_sequence(&mut self) -> bool {
        self.reset();
        false
    }
}

fn is_graphic(byte: u8) -> bool {
    matches!(byte, 0x20..=0x7e)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(bytes: &[u8]) -> (Vec<String>, Frames) {
        let mut frames = Frames::default();
        let mut seen = Vec::new();
        let mut out = |frame: Frame| seen.push(spell(frame));
        for byte in bytes {
            frames.push(*byte, &mut out);
        }
        (seen, frames)
    }

    fn spell(frame: Frame) -> String {
        match frame {
            Frame::Key(bytes) => bytes.escape_ascii().to_string(),
            Frame::Paste(bytes) => format!("paste {}", bytes.escape_ascii()),
        }
    }

    #[test]
    fn keys_are_handed_on_whole() {
        for (bytes, expected) in [
            (&b"jk"[..], &["j", "k"][..]),
            (
                "é日😀".as_bytes(),
                &["\\xc3\\xa9", "\\xe6\\x97\\xa5", "\\xf0\\x9f\\x98\\x80"],
            ),
            (b"\x1b[A\x1b[1;5Bq", &["\\x1b[A", "\\x1b[1;5B", "q"]),
            (b"\x1bOP\x1b[[A", &["\\x1bOP", "\\x1b[[A"]),
            (b"\x1bx\x1b\x1b[Z", &["\\x1bx", "\\x1b", "\\x1b[Z"]),
            (b"\x1b\xc3\xa9", &["\\x1b\\xc3\\xa9"]),
            (b"\x1b[<0;3;5M", &["\\x1b[<0;3;5M"]),
        ] {
            let (seen, frames) = frames(bytes);
            assert_eq!(seen, expected);
            assert_eq!(frames.patience(), None);
        }
    }

    #[test]
    fn replies_of_the_terminal_are_no_keys() {
        for reply in [
            &b"\x1b]11;rgb:1b1b/2a2a/3b3b\x1b\\"[..],
            b"\x1b]10;rgb:cccc/cccc/cccc\x07",
            b"\x1b]4;11;rgb:bbbb/0000/5555\x07",
            b"\x1b]52;c;YmFiYmFi\x1b\\",
            b"\x1bP>|XTerm(390)\x1b\\",
            b"\x1bP1+r4d73=5c455d35323b\x1b\\",
            b"\x1b_Gi=1;OK\x1b\\",
            b"\x1b^private\x1b\\",
            b"\x1bXstart\x1b\\",
            b"\x1b[>41;354;0c",
            b"\x1b[?2026;2$y",
            b"\x1b[?997;1n",
            b"\x1b[?15n",
            b"\x1b[?62;22c",
            b"\x1b[=1;2c",
            b"\x1b[M !!",
            b"\x1b[M\xff\xfe\xfd",
        ] {
            let mut typed = reply.to_vec();
            typed.push(b'q');
            let (seen, frames) = frames(&typed);
            assert_eq!(seen, ["q"], "{}", reply.escape_ascii());
            assert_eq!(frames.patience(), None);
        }
    }

    #[test]
    fn interrupting_works_within_every_sequence_that_was_cut_off() {
        for half in [
            &b"\x1b["[..],
            b"\x1b[?",
            b"\x1b[<0;10",
            b"\x1b[1;",
            b"\x1bO",
            b"\x1b]",
            b"\x1b]11;rgb:",
            b"\x1bP+",
            b"\xe6\x97",
        ] {
            let mut typed = half.to_vec();
            typed.push(3);
            assert_eq!(frames(&typed).0, ["\\x03"], "{}", half.escape_ascii());
        }
    }

    #[test]
    fn a_sequence_whose_rest_does_not_come_is_given_up() {
        for (half, expected) in [
            (&b"\x1b"[..], &["\\x1b"][..]),
            (b"\x1b[", &[]),
            (b"\x1b[?", &[]),
            (b"\x1b[M!", &[]),
            (b"\x1bO", &[]),
            (b"\x1b]11;rgb", &[]),
            (b"\x1b]11;rgb\x1b", &[]),
            (b"\xe6\x97", &[]),
            (b"\x1b[200~never ends\x1b[20", &["paste never ends"]),
        ] {
            let (_, mut frames) = frames(half);
            assert!(frames.patience().is_some());
            let mut seen = Vec::new();
            frames.expire(&mut |frame| seen.push(spell(frame)));
            assert_eq!(seen, expected, "{}", half.escape_ascii());
            frames.push(b'j', &mut |frame| seen.push(spell(frame)));
            assert_eq!(seen.last().map(String::as_str), Some("j"));
        }
    }

    #[test]
    fn a_paste_keeps_everything_except_its_end_marker() {
        for (content, expected) in [
            (&b"plain"[..], "plain"),
            (b"a\x1b[20b\x1b\x1b[201", "a\\x1b[20b\\x1b\\x1b[201"),
            (b"\x1b[200~\x03", "\\x1b[200~\\x03"),
        ] {
            let bytes = [PASTE_START, content, PASTE_END, b"q"].concat();
            let expected = [format!("paste {expected}"), "q".to_owned()];
            assert_eq!(frames(&bytes).0, expected);
        }
        let long = [PASTE_START, &vec![b'x'; 1 << 20], PASTE_END].concat();
        assert_eq!(frames(&long).0[0].len(), "paste ".len() + LONGEST_PASTE);
    }
}
