//! Escapes plain text for Markdown, only where necessary.

/// Position of a text.
#[derive(Clone, Copy)]
pub(super) struct Escape {
    /// At the start of a line.
    pub(super) at_start: bool,
    /// Within the brackets of a link.
    pub(super) in_link: bool,
    /// The preceding character.
    pub(super) before: char,
    /// The following character.
    pub(super) next: char,
}

impl Escape {
    /// The escaped text.
    pub(super) fn text(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut before = self.before;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(self.next, |(_, next)| *next);
            let opens =
                self.at_start && at == 0 && matches!(c, '#' | '-' | '+' | '>' | '=' | '~' | '|');
            let marks = match c {
                '\\' | '*' | '`' => true,
                '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
                '<' => next.is_alphabetic() || matches!(next, '/' | '!' | '?'),
                '&' => next.is_alphabetic() || next == '#',
                '!' => next == '[',
                '[' => self.in_link,
                ']' => self.in_link || matches!(next, '(' | '[' | ':'),
                _ => false,
            };
            if opens || marks {
                out.push('\\');
            }
            out.push(c);
            before = c;
        }
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if self.at_start && digits > 0 && text[digits..].starts_with(['.', ')']) {
            out.insert(digits, '\\');
        }
        out
    }
}

/// A line of plain text, escaped for Markdown.
pub(in super::super) fn escaped(line: &str) -> String {
    let place = Escape {
        at_start: true,
        in_link: false,
        before: ' ',
        next: ' ',
    };
    place.text(line)
}
