//! A key with its modifiers, as written in config files and shown in help.

use std::fmt;
use std::str::FromStr;

use super::problem::quoted;
use crate::board::spelling::nearest;
use crate::board::text;

/// A key without modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyCode {
    /// A character, as produced by the keyboard layout.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// Spellings of the named keys; the first one of each key is shown.
const NAMES: [(&str, KeyCode); 25] = [
    ("space", KeyCode::Char(' ')),
    ("enter", KeyCode::Enter),
    ("return", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("escape", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("bs", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("del", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("ins", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pageup", KeyCode::PageUp),
    ("page-up", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("pgdown", KeyCode::PageDown),
    ("pagedown", KeyCode::PageDown),
    ("page-down", KeyCode::PageDown),
];

const MODIFIERS: [&str; 3] = ["ctrl", "alt", "shift"];
/// The last function key that terminals report.
const LAST_FUNCTION: u8 = 24;

/// A key and its modifiers in normal form: a shifted character is the resulting character (`G`, not `shift-g`), and a
/// character with ctrl is lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Whether ctrl is held.
    pub ctrl: bool,
    /// Whether alt is held.
    pub alt: bool,
    /// Whether shift is held; never set on a character.
    pub shift: bool,
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// The key in normal form, whatever the terminal reported.
    #[must_use]
    pub fn normal(mut self) -> Self {
        if let KeyCode::Char(c) = self.code {
            let c = match (self.ctrl, self.shift) {
                (true, _) => single(c.to_lowercase()).unwrap_or(c),
                (false, true) => single(c.to_uppercase()).unwrap_or(c),
                (false, false) => c,
            };
            self.code = KeyCode::Char(c);
            self.shift = false;
        }
        self
    }

    /// The character that this key types, if any.
    pub fn typed(self) -> Option<char> {
        match self.normal() {
            Self {
                code: KeyCode::Char(c),
                ctrl: false,
                alt: false,
                ..
            } => Some(c),
            _ => None,
        }
    }
}

/// The only character of a case mapping; `ß` has two in upper case and is kept.
fn single(mut mapped: impl Iterator<Item = char>) -> Option<char> {
    let first = mapped.next();
    first.filter(|_| mapped.next().is_none())
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [self.ctrl, self.alt, self.shift].into_iter().zip(MODIFIERS) {
            if held {
                write!(f, "{name}-")?;
            }
        }
        let named = NAMES.iter().find(|(_, code)| *code == self.code);
        match (self.code, named) {
            (_, Some((name, _))) => f.write_str(name),
            (KeyCode::Char(c), _) => write!(f, "{c}"),
            (KeyCode::F(n), _) => write!(f, "f{n}"),
            // Every other key has a name.
            (code, None) => write!(f, "{code:?}"),
        }
    }
}

/// An invalid key, with a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyError {
    /// What is wrong, in one sentence.
    pub message: String,
    /// The correct spelling.
    pub hint: Option<String>,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " (did you mean `{hint}`?)"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for KeyError {}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(raw: &str) -> Result<Self, KeyError> {
        let (key, _) = read(raw).ok_or_else(|| KeyError {
            message: format!("{} is not a key", quoted(raw)),
            hint: meant(raw),
        })?;
        match key.code {
            // The result of shift with a digit or sign depends on the layout.
            KeyCode::Char(c) if key.shift && !c.is_uppercase() && !c.is_lowercase() => {
                Err(KeyError {
                    message: format!(
                        "{} has shift on a character without an upper case: write the character it types",
                        quoted(raw)
                    ),
                    hint: None,
                })
            }
            _ => Ok(key.normal()),
        }
    }
}

/// The key as written, not in normal form, and the start of its last part.
fn read(raw: &str) -> Option<(Key, usize)> {
    let (held, start) = modifiers(raw);
    let [ctrl, alt, shift] = held;
    let code = code(&raw[start..])?;
    Some((
        Key {
            code,
            ctrl,
            alt,
            shift,
        },
        start,
    ))
}

/// The leading modifiers, and their end. A final `-` is the key itself.
fn modifiers(raw: &str) -> ([bool; 3], usize) {
    let mut held = [false; 3];
    let mut start = 0;
    while let Some((name, rest)) = raw[start..].split_once('-')
        && !rest.is_empty()
        && let Some(which) = MODIFIERS.iter().position(|m| m.eq_ignore_ascii_case(name))
    {
        held[which] = true;
        start += name.len() + 1;
    }
    (held, start)
}

fn code(name: &str) -> Option<KeyCode> {
    if let Some(c) = single(name.chars()) {
        let visible = !c.is_whitespace() && text::line(name) == name;
        return visible.then_some(KeyCode::Char(c));
    }
    let named = NAMES.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
    named.map(|(_, code)| *code).or_else(|| function(name))
}

fn function(name: &str) -> Option<KeyCode> {
    let digits = name.strip_prefix(['f', 'F'])?;
    let number = digits.parse().ok()?;
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    (plain && number <= LAST_FUNCTION).then_some(KeyCode::F(number))
}

/// The nearest valid spelling: corrects separators, modifier names and typos.
fn meant(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let (_, start) = modifiers(raw);
    let (held, rest) = raw.split_at(start);
    if rest == " " || rest.is_empty() {
        return None;
    }
    if let Some((at, _)) = rest.match_indices(['+', '-', '_']).next()
        && at > 0
        && let Some(modifier) = modifier_meant(&rest[..at])
    {
        let tail = &rest[at + 1..];
        let fixed = format!("{held}{modifier}-{tail}");
        // Repairs one mistake at a time; each step shortens the unread part.
        return if tail.is_empty() || read(&fixed).is_some() {
            read(&fixed).map(|_| fixed)
        } else {
            meant(&fixed)
        };
    }
    let names = NAMES.iter().map(|(name, _)| *name);
    nearest(rest, names).map(|name| format!("{held}{name}"))
}

fn modifier_meant(written: &str) -> Option<&'static str> {
    match written.to_lowercase().as_str() {
        "c" | "control" => Some("ctrl"),
        "a" | "m" | "meta" | "option" => Some("alt"),
        "s" => Some("shift"),
        other => nearest(other, MODIFIERS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, held: &str) -> Key {
        Key {
            code,
            ctrl: held.contains('c'),
            alt: held.contains('a'),
            shift: held.contains('s'),
        }
    }

    #[test]
    fn reads_and_shows_every_key() {
        use KeyCode::*;
        for (spelling, expected) in [
            ("j", key(Char('j'), "")),
            ("G", key(Char('G'), "")),
            ("?", key(Char('?'), "")),
            ("-", key(Char('-'), "")),
            ("+", key(Char('+'), "")),
            ("ñ", key(Char('ñ'), "")),
            ("\"", key(Char('"'), "")),
            ("space", key(Char(' '), "")),
            ("enter", key(Enter, "")),
            ("esc", key(Esc, "")),
            ("tab", key(Tab, "")),
            ("shift-tab", key(Tab, "s")),
            ("ctrl-d", key(Char('d'), "c")),
            ("ctrl--", key(Char('-'), "c")),
            ("ctrl-space", key(Char(' '), "c")),
            ("alt-x", key(Char('x'), "a")),
            ("alt-X", key(Char('X'), "a")),
            ("ctrl-alt-x", key(Char('x'), "ca")),
            ("ctrl-alt-shift-up", key(Up, "cas")),
            ("pgdn", key(PageDown, "")),
            ("pgup", key(PageUp, "")),
            ("home", key(Home, "")),
            ("end", key(End, "")),
            ("insert", key(Insert, "")),
            ("delete", key(Delete, "")),
            ("backspace", key(Backspace, "")),
            ("left", key(Left, "")),
            ("right", key(Right, "")),
            ("down", key(Down, "")),
            ("f1", key(F(1), "")),
            ("f24", key(F(24), "")),
        ] {
            assert_eq!(spelling.parse(), Ok(expected), "{spelling}");
            assert_eq!(expected.to_string(), spelling);
        }
    }

    #[test]
    fn brings_other_spellings_to_the_normal_one() {
        for (spelling, normal) in [
            ("shift-g", "G"),
            ("shift-G", "G"),
            ("Ctrl-D", "ctrl-d"),
            ("ctrl-shift-d", "ctrl-d"),
            ("shift-ctrl-up", "ctrl-shift-up"),
            ("alt-shift-x", "alt-X"),
            ("shift-ß", "ß"),
            ("Escape", "esc"),
            ("return", "enter"),
            ("PageDown", "pgdn"),
            ("pgdown", "pgdn"),
            ("ctrl-page-up", "ctrl-pgup"),
            ("Del", "delete"),
            ("F5", "f5"),
        ] {
            let key: Key = spelling.parse().expect(spelling);
            assert_eq!(key.to_string(), normal, "{spelling}");
        }
    }

    #[test]
    fn rejects_invalid_keys_with_a_suggestion() {
        for (spelling, hint) in [
            ("", None),
            (" ", None),
            ("jj", None),
            ("f0", None),
            ("f25", None),
            ("f+1", None),
            ("\u{200b}", None),
            ("\t", None),
            ("ctrl-", None),
            ("shift-1", None),
            ("hyper-x", None),
            ("spcae", Some("space")),
            ("ctrl-entre", Some("ctrl-enter")),
            ("ctlr-d", Some("ctrl-d")),
            ("ctrl+d", Some("ctrl-d")),
            ("ctrl+alt+d", Some("ctrl-alt-d")),
            ("C-d", Some("ctrl-d")),
            ("M-x", Some("alt-x")),
            ("pgdwn", Some("pgdn")),
        ] {
            let error = spelling.parse::<Key>().expect_err(spelling);
            assert_eq!(error.hint.as_deref(), hint, "{spelling:?}");
        }
        let long = "+".repeat(100_000);
        assert!(long.parse::<Key>().is_err());
    }

    #[test]
    fn knows_which_keys_type_text() {
        for (spelling, typed) in [
            ("x", Some('x')),
            ("space", Some(' ')),
            ("shift-g", Some('G')),
            ("ctrl-x", None),
            ("alt-x", None),
            ("enter", None),
        ] {
            assert_eq!(spelling.parse::<Key>().expect(spelling).typed(), typed);
        }
    }
}
