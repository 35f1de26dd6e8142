//! Splits folded text into words.
//!
//! A word is a run of letters and digits. Scripts without spaces (Chinese, Japanese, Korean, Thai, …) form runs of
//! their own, which are searched by substring. `c++`, `c#` and `.net` are words.

/// A word with its byte offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) struct Token<'a> {
    /// Byte offset in the text.
    pub(in crate::search) at: usize,
    /// The word.
    pub(in crate::search) word: &'a str,
}

/// Class of a character for splitting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Separates words.
    Separator,
    /// Letter or digit of a script with spaces.
    Spaced,
    /// Letter of a script without spaces.
    Unspaced,
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() {
            Class::Spaced
        } else {
            Class::Separator
        };
    }
    if is_unspaced(c) {
        return Class::Unspaced;
    }
    if c.is_alphanumeric() {
        Class::Spaced
    } else {
        Class::Separator
    }
}

/// Whether a letter belongs to a script that is searched by substring.
pub(in crate::search) fn is_unspaced(c: char) -> bool {
    matches!(c,
        // Thai, Lao, Tibetan, Burmese, Khmer.
        '\u{0e00}'..='\u{0fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        // Hangul.
        | '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}'
        // Kana and ideographs, with their marks.
        | '\u{3005}'..='\u{3007}' | '\u{3031}'..='\u{303c}' | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{318f}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a word is searched by substring.
pub(in crate::search) fn has_unspaced(word: &str) -> bool {
    !word.is_ascii() && word.chars().any(is_unspaced)
}

/// Words of a folded text, in order.
pub(in crate::search) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// Iterator over the words of a text.
#[derive(Debug, Clone)]
pub(in crate::search) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let mut rest = self.text[self.at..].chars();
        let (start, kind) = loop {
            let at = self.text.len() - rest.as_str().len();
            let c = rest.next()?;
            if c == '.' && is_dot_net(self.text, at) {
                self.at = at + DOT_NET.len();
                return Some(self.token(at));
            }
            let kind = class(c);
            if kind != Class::Separator {
                break (at, kind);
            }
        };
        loop {
            self.at = self.text.len() - rest.as_str().len();
            match rest.next() {
                Some(c) if class(c) == kind => {}
                _ => break,
            }
        }
        self.at += sign(&self.text[start..self.at], &self.text[self.at..]);
        Some(self.token(start))
    }
}

impl<'a> Tokens<'a> {
    fn token(&self, start: usize) -> Token<'a> {
        Token {
            at: start,
            word: &self.text[start..self.at],
        }
    }
}

const DOT_NET: &str = ".net";

fn is_dot_net(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let apart = |c: Option<char>| c.is_none_or(|c| class(c) == Class::Separator);
    let rest = text[at..].strip_prefix(DOT_NET);
    apart(before) && rest.is_some_and(|rest| apart(rest.chars().next()))
}

/// Length of the sign that belongs to a word, as in `c++` and `c#`.
fn sign(word: &str, rest: &str) -> usize {
    let ends = |rest: &str| {
        rest.chars()
            .next()
            .is_none_or(|c| class(c) == Class::Separator)
    };
    if rest.strip_prefix("++").is_some_and(ends) {
        return 2;
    }
    let letter = matches!(word, "c" | "f" | "j");
    usize::from(letter && rest.strip_prefix('#').is_some_and(ends))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_split_at_non_alphanumeric_characters() {
        for (text, words) in [
            ("", ""),
            (" - ", ""),
            (
                "senior front-end engineer (m/w/d)",
                "senior|front|end|engineer|m|w|d",
            ),
            ("c++/c# developer", "c++|c#|developer"),
            ("c, c+ and #1", "c|c|and|1"),
            (".net core, asp.net", ".net|core|asp|net"),
            ("r&d", "r|d"),
            ("zurich, ch", "zurich|ch"),
            ("javaエンジニア", "java|エンジニア"),
            ("東京都港区 tokyo", "東京都港区|tokyo"),
            ("k8s", "k8s"),
        ] {
            let found: Vec<&str> = tokens(text).map(|token| token.word).collect();
            assert_eq!(found.join("|"), words, "{text}");
            for token in tokens(text) {
                assert!(text[token.at..].starts_with(token.word));
            }
        }
    }
}
