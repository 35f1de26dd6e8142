//! The gate: every string from outside passes here once, so that nothing past it needs to ask.
//!
//! Out go C0 and C1 controls, whole escape sequences, bidi overrides and isolates, invisible and tag characters, and
//! combining marks past a sane number in one cluster. Scripts, emoji and flags stay as they are.

/// Marks allowed on one base character; every living script needs fewer.
const MARKS: usize = 8;
/// Cells that a tab is wide.
const TAB: &str = "    ";

/// One line: white space of every kind folded to single spaces, ends trimmed.
pub fn line(raw: &str) -> String {
    if is_plain(raw) && is_folded(raw) {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    for word in block(raw).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Many lines: line ends become `\n`, tabs become spaces.
pub fn block(raw: &str) -> String {
    if is_plain(raw) {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    let mut marks = 0;
    let mut previous = '\0';
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str(TAB),
            '\u{1b}' => skip_escape(&mut chars),
            '\u{9b}' => skip_csi(&mut chars),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => skip_string(&mut chars),
            c if c.is_control() || is_invisible(c, previous, chars.peek().copied()) => continue,
            c if unicode_normalization::char::is_combining_mark(c) => {
                marks += 1;
                if marks > MARKS {
                    continue;
                }
                out.push(c);
            }
            c => {
                marks = 0;
                out.push(c);
            }
        }
        previous = c;
    }
    out
}

/// Nothing but printable ASCII and line ends, as most texts are.
fn is_plain(raw: &str) -> bool {
    raw.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n'))
}

/// Whether white space is single spaces between words already.
fn is_folded(raw: &str) -> bool {
    !raw.starts_with(' ') && !raw.ends_with(' ') && !raw.contains('\n') && !raw.contains("  ")
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// What follows ESC: a control sequence, a string, or one letter after intermediates.
fn skip_escape(chars: &mut Chars<'_>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            skip_csi(chars);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            chars.next();
            skip_string(chars);
        }
        _ => {
            while chars.next_if(|c| matches!(c, ' '..='/')).is_some() {}
            chars.next_if(|c| matches!(c, '0'..='~'));
        }
    }
}

fn skip_csi(chars: &mut Chars<'_>) {
    while chars.next_if(|c| matches!(c, ' '..='?')).is_some() {}
    chars.next_if(|c| matches!(c, '@'..='~'));
}

/// A string ends at BEL or ST. One that never ends takes only its line with it, so that no text is lost to it.
fn skip_string(chars: &mut Chars<'_>) {
    while let Some(c) = chars.next_if(|c| *c != '\n') {
        match c {
            '\u{7}' | '\u{9c}' => return,
            '\u{1b}' => {
                chars.next_if_eq(&'\\');
                return;
            }
            _ => {}
        }
    }
}

/// Characters that draw nothing and can hide or reorder text. Joiners stay where scripts and emoji need them.
fn is_invisible(c: char, previous: char, next: Option<char>) -> bool {
    match c {
        '\u{200c}' | '\u{200d}' => {
            !previous.is_alphanumeric() && previous.is_ascii()
                || next.is_none_or(|next| next.is_ascii())
        }
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_what_a_terminal_would_obey() {
        for (raw, clean) in [
            ("a\u{1b}[31mred\u{1b}[0m", "ared"),
            ("a\u{9b}2Jb", "ab"),
            ("t\u{1b}]0;title\u{7}x", "tx"),
            ("t\u{1b}]8;;http://x\u{1b}\\link", "tlink"),
            ("\u{1b}(Babc\u{1b}c", "abc"),
            ("evil\u{202e}txt\u{2066}", "eviltxt"),
            ("z\u{200b}ero\u{feff}", "zero"),
            ("open\u{1b}]never ends\nnext", "open next"),
            ("  two\t words\r\n ", "two words"),
            ("tag\u{e0041}\u{e007f}", "tag"),
        ] {
            assert_eq!(line(raw), clean, "{raw:?}");
        }
    }

    #[test]
    fn keeps_the_world_s_scripts() {
        for text in [
            "Zürich",
            "हिन्दी",
            "क्‍ष",
            "ภาษาไทย",
            "עברית",
            "العربية",
            "👩‍🔬",
            "🇩🇪",
            "日本語",
            "می‌خواهم",
        ] {
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn caps_the_marks_of_one_cluster() {
        let zalgo = format!("a{}", "\u{301}".repeat(500));
        assert_eq!(line(&zalgo).chars().count(), 1 + MARKS);
    }
}
