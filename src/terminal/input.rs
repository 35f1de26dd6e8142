//! Keyboard, mouse and window events in jobdeck's own types.

use termina::Parser;
use termina::event::{
    Event, KeyCode as Code, KeyEvent, KeyEventKind, Modifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

use super::sequences::Frame;
use crate::board::text;
use crate::config::{Key, KeyCode};

/// Lines per step of the wheel.
const WHEEL: i16 = 3;

/// A user input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key press.
    Key(Key),
    /// A pasted text, which has passed the gate.
    Paste(String),
    /// New size of the window in columns and rows.
    Resize(u16, u16),
    /// A click at this column and row.
    Click(u16, u16),
    /// Clicked twice in a row on the same place.
    DoubleClick(u16, u16),
    /// Moved the mouse to this column and row with its button held.
    Drag(u16, u16),
    /// The wheel was turned at this column and row: lines down, or up if negative.
    Wheel(u16, u16, i16),
}

/// Decodes frames of bytes to inputs.
#[derive(Debug, Default)]
pub struct Decoder {
    parser: Parser,
}

impl Decoder {
    /// The input of a frame, if it has a meaning. The size of the window is queried on its signal instead.
    pub fn decode(&mut self, frame: Frame) -> Option<Input> {
        let bytes = match frame {
            Frame::Paste(bytes) => {
                return Some(Input::Paste(text::block(&String::from_utf8_lossy(&bytes))));
            }
            Frame::Key(bytes) => bytes,
        };
        self.parser.parse(&bytes, false);
        let event = self.parser.pop();
        if event.is_none() {
            // The parser may be waiting for more although the frame is complete.
            self.parser = Parser::default();
        }
        match event? {
            Event::Key(event) => key(event).map(Input::Key),
            Event::Mouse(event) => mouse(event),
            _ => None,
        }
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    const HELD: Modifiers = Modifiers::CONTROL
        .union(Modifiers::ALT)
        .union(Modifiers::SHIFT);
    // Keys with other modifiers belong to the window manager.
    if event.kind == KeyEventKind::Release || !HELD.contains(event.modifiers) {
        return None;
    }
    let back_tab = event.code == Code::BackTab;
    let key = Key {
        code: code(event.code)?,
        ctrl: event.modifiers.contains(Modifiers::CONTROL),
        alt: event.modifiers.contains(Modifiers::ALT),
        shift: event.modifiers.contains(Modifiers::SHIFT) || back_tab,
    };
    Some(key.normal())
}

fn code(code: Code) -> Option<KeyCode> {
    Some(match code {
        Code::Char(c) => KeyCode::Char(typed(c)?),
        Code::Enter => KeyCode::Enter,
        Code::Escape => KeyCode::Esc,
        Code::Tab | Code::BackTab => KeyCode::Tab,
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Insert => KeyCode::Insert,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::Function(n) => KeyCode::F(n),
        _ => return None,
    })
}

/// The character, if the text gate accepts it.
fn typed(c: char) -> Option<char> {
    let kept = text::block(c.encode_utf8(&mut [0; 4]));
    kept.starts_with(c).then_some(c)
}

fn mouse(event: MouseEvent) -> Option<Input> {
    let (column, row) = (event.column, event.row);
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(column, row)),
        MouseEventKind::Drag(MouseButton::Left) => Some(Input::Drag(column, row)),
        MouseEventKind::ScrollDown => Some(Input::Wheel(column, row, WHEEL)),
        MouseEventKind::ScrollUp => Some(Input::Wheel(column, row, -WHEEL)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::sequences::Frames;

    fn inputs(bytes: &[u8]) -> Vec<Input> {
        let (mut frames, mut decoder) = (Frames::default(), Decoder::default());
        let mut inputs = Vec::new();
        let mut decode = |frame| inputs.extend(decoder.decode(frame));
        for byte in bytes {
            frames.push(*byte, &mut decode);
        }
        frames.expire(&mut decode);
        inputs
    }

    #[test]
    fn keys_decode_to_keymap_names() {
        for (bytes, spelling) in [
            (&b"j"[..], "j"),
            (b"G", "G"),
            (b"\x04", "ctrl-d"),
            (b"\x03", "ctrl-c"),
            (b" ", "space"),
            (b"\r", "enter"),
            (b"\x7f", "backspace"),
            (b"\x1b", "esc"),
            (b"\x1b[Z", "shift-tab"),
            (b"\x1b[6~", "pgdn"),
            (b"\x1b[15~", "f5"),
            (b"\x1bOP", "f1"),
            (b"\x1b[[A", "f1"),
            (b"\x1bx", "alt-x"),
            (b"\x1b[1;5C", "ctrl-right"),
            ("é".as_bytes(), "é"),
        ] {
            let key = spelling.parse().expect(spelling);
            assert_eq!(inputs(bytes), [Input::Key(key)], "{spelling}");
        }
    }

    #[test]
    fn keys_without_text_are_ignored() {
        for bytes in [
            &b"\0"[..],
            "\u{9b}".as_bytes(),
            "\u{202e}".as_bytes(),
            "\u{200b}".as_bytes(),
            b"\xff\xfe",
            b"\x1b[99;9;9Q",
            b"\x1b[1R",
            b"\x1b[I\x1b[O",
            b"\x1b[201~",
            // With super held, and released.
            b"\x1b[99;9u",
            b"\x1b[113;1:3u",
        ] {
            let typed = inputs(bytes);
            let is_ctrl_space =
                |input: &Input| *input == Input::Key("ctrl-space".parse().expect("a key"));
            assert!(
                typed.iter().all(is_ctrl_space),
                "{}: {typed:?}",
                bytes.escape_ascii()
            );
            assert_eq!(inputs(&[bytes, b"q"].concat()).last(), inputs(b"q").first());
        }
    }

    #[test]
    fn a_paste_passes_the_gate() {
        let pasted = "\x1b[200~a\x1b[2Jb\r\nc\u{202e}\x1b[201~";
        assert_eq!(
            inputs(pasted.as_bytes()),
            [Input::Paste("ab\nc".to_owned())]
        );
    }

    #[test]
    fn clicks_drags_and_the_wheel_are_read_of_the_mouse() {
        for (bytes, expected) in [
            (&b"\x1b[<0;4;5M"[..], Some(Input::Click(3, 4))),
            (b"\x1b[<65;4;5M", Some(Input::Wheel(3, 4, 3))),
            (b"\x1b[<64;4;5M", Some(Input::Wheel(3, 4, -3))),
            (b"\x1b[<32;9;5M", Some(Input::Drag(8, 4))),
            (b"\x1b[<0;4;5m", None),
            (b"\x1b[<2;4;5M", None),
            (b"\x1b[<35;4;5M", None),
            // Columns start at one; some terminals report zero.
            (b"\x1b[<0;0;0M", Some(Input::Click(0, 0))),
        ] {
            assert_eq!(inputs(bytes).pop(), expected, "{}", bytes.escape_ascii());
        }
    }
}
