//! What a person does with keyboard, mouse and window, in jobdeck's own words.

use crossterm::event::{
    Event, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

use crate::board::text;
use crate::config::{Key, KeyCode};

/// Bytes of a paste that are taken; nobody pastes more into a line.
const LONGEST_PASTE: usize = 64 << 10;
/// Lines that one step of the wheel moves by.
const WHEEL: i16 = 3;

/// One thing that a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Pressed a key.
    Key(Key),
    /// Pasted a text, which has passed the gate.
    Paste(String),
    /// Gave the window this many columns and rows.
    Resize(u16, u16),
    /// Clicked on this column and row.
    Click(u16, u16),
    /// Turned the wheel over this column and row: lines down, or up where negative.
    Wheel(u16, u16, i16),
}

impl Input {
    /// What the terminal reported, if it means anything. The window's size is none of it: that is asked for when the
    /// signal comes, which also works while the reader waits for the rest of a sequence.
    pub fn from_event(event: Event) -> Option<Self> {
        match event {
            Event::Key(event) => key(event).map(Self::Key),
            Event::Paste(text) => Some(Self::Paste(paste(text))),
            Event::Mouse(event) => mouse(event),
            Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
        }
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    const HELD: KeyModifiers = KeyModifiers::CONTROL
        .union(KeyModifiers::ALT)
        .union(KeyModifiers::SHIFT);
    // Keys with other modifiers belong to the window manager; they type nothing.
    if event.kind == KeyEventKind::Release || !HELD.contains(event.modifiers) {
        return None;
    }
    let back_tab = event.code == Code::BackTab;
    let key = Key {
        code: code(event.code)?,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
        shift: event.modifiers.contains(KeyModifiers::SHIFT) || back_tab,
    };
    Some(key.normal())
}

fn code(code: Code) -> Option<KeyCode> {
    Some(match code {
        Code::Char(c) => KeyCode::Char(typed(c)?),
        Code::Enter => KeyCode::Enter,
        Code::Esc => KeyCode::Esc,
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
        Code::F(n) => KeyCode::F(n),
        _ => return None,
    })
}

/// A character that may be typed: one that the gate lets through.
fn typed(c: char) -> Option<char> {
    let kept = text::block(c.encode_utf8(&mut [0; 4]));
    kept.starts_with(c).then_some(c)
}

fn paste(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(LONGEST_PASTE));
    text::block(&text)
}

fn mouse(event: MouseEvent) -> Option<Input> {
    let (column, row) = (event.column, event.row);
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(column, row)),
        MouseEventKind::ScrollDown => Some(Input::Wheel(column, row, WHEEL)),
        MouseEventKind::ScrollUp => Some(Input::Wheel(column, row, -WHEEL)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: Code, modifiers: KeyModifiers) -> Option<Input> {
        Input::from_event(Event::Key(KeyEvent::new(code, modifiers)))
    }

    #[test]
    fn a_key_is_what_the_keymap_calls_it() {
        let (none, ctrl, shift) = (
            KeyModifiers::NONE,
            KeyModifiers::CONTROL,
            KeyModifiers::SHIFT,
        );
        for (code, held, spelling) in [
            (Code::Char('j'), none, "j"),
            (Code::Char('G'), shift, "G"),
            (Code::Char('d'), ctrl, "ctrl-d"),
            (Code::Char(' '), none, "space"),
            (Code::BackTab, shift, "shift-tab"),
            (Code::BackTab, none, "shift-tab"),
            (Code::PageDown, none, "pgdn"),
            (Code::F(5), none, "f5"),
            (Code::Char('x'), KeyModifiers::ALT, "alt-x"),
        ] {
            let key = spelling.parse().expect(spelling);
            assert_eq!(pressed(code, held), Some(Input::Key(key)), "{spelling}");
        }
    }

    #[test]
    fn what_types_nothing_is_no_input() {
        for c in ['\u{1b}', '\u{9b}', '\u{7f}', '\u{202e}', '\u{200b}', '\0'] {
            assert_eq!(pressed(Code::Char(c), KeyModifiers::NONE), None, "{c:?}");
        }
        assert_eq!(pressed(Code::Char('c'), KeyModifiers::SUPER), None);
        let release =
            KeyEvent::new_with_kind(Code::Char('q'), KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(Input::from_event(Event::Key(release)), None);
    }

    #[test]
    fn a_paste_is_cut_and_gated() {
        let pasted = |text: &str| Input::from_event(Event::Paste(text.to_owned()));
        assert_eq!(
            pasted("a\u{1b}[2Jb\r\nc\u{202e}"),
            Some(Input::Paste("ab\nc".to_owned()))
        );
        let Some(Input::Paste(kept)) = pasted(&format!("a{}", "é".repeat(1 << 20))) else {
            panic!("a paste");
        };
        assert_eq!(kept.len(), LONGEST_PASTE - 1);
    }

    #[test]
    fn only_clicks_and_the_wheel_are_read_of_the_mouse() {
        let mouse = |kind| {
            Input::from_event(Event::Mouse(MouseEvent {
                kind,
                column: 3,
                row: 4,
                modifiers: KeyModifiers::NONE,
            }))
        };
        for (kind, input) in [
            (
                MouseEventKind::Down(MouseButton::Left),
                Some(Input::Click(3, 4)),
            ),
            (MouseEventKind::ScrollDown, Some(Input::Wheel(3, 4, 3))),
            (MouseEventKind::ScrollUp, Some(Input::Wheel(3, 4, -3))),
            (MouseEventKind::Up(MouseButton::Left), None),
            (MouseEventKind::Down(MouseButton::Right), None),
            (MouseEventKind::Moved, None),
        ] {
            assert_eq!(mouse(kind), input, "{kind:?}");
        }
    }
}
