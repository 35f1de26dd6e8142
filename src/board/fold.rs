//! Case and accents folded away, so that `zurich`, `ZÜRICH` and `Zürich` are one word.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

/// A folded text that knows where each of its characters came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each character of `text`, the bytes of the original that it stands for.
    pub origin: Vec<Range<usize>>,
}

impl Folded {
    /// Folds `text`, keeping the way back.
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        for (at, c) in text.char_indices() {
            let range = at..at + c.len_utf8();
            let before = folded.text.len();
            fold_char(c, &mut folded.text);
            let added = folded.text[before..].chars().count();
            if added == 0 {
                // A mark that was folded away still belongs to the letter it stands on.
                if let Some(last) = folded.origin.last_mut() {
                    last.end = range.end;
                }
            }
            folded.origin.extend(std::iter::repeat_n(range, added));
        }
        folded
    }

    /// The original bytes behind a byte range of the folded text.
    pub fn original(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.text[..range.start].chars().count();
        let length = self.text[range].chars().count();
        let last = first + length.checked_sub(1)?;
        Some(self.origin.get(first)?.start..self.origin.get(last)?.end)
    }
}

/// The folded text alone.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Adds the folded text to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        // Most text is runs of ASCII with a letter or a dash of another kind here and there.
        let ascii = rest.bytes().position(|byte| !byte.is_ascii());
        let (plain, other) = rest.split_at(ascii.unwrap_or(rest.len()));
        let start = out.len();
        out.push_str(plain);
        out[start..].make_ascii_lowercase();
        let mut chars = other.chars();
        if let Some(c) = chars.next() {
            fold_char(c, out);
        }
        rest = chars.as_str();
    }
}

/// Compatibility forms are taken apart, case is folded, then accents are dropped.
fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    let decomposed = std::iter::once(c).nfkd();
    for c in caseless::default_case_fold_str(&decomposed.collect::<String>()).nfkd() {
        match without_decomposition(c) {
            Some(plain) => out.push_str(plain),
            None if is_accent(c) => {}
            None => out.push(c),
        }
    }
}

/// Accents have a combining class; vowel signs, which are letters of their scripts, have none. The Japanese voicing
/// marks make another letter of the one they stand on, so they stay.
fn is_accent(c: char) -> bool {
    canonical_combining_class(c) != 0 && !matches!(c, '\u{3099}' | '\u{309a}')
}

/// Latin letters that people type without their stroke, but that Unicode does not take apart.
fn without_decomposition(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_meet_in_every_script() {
        for (written, folded) in [
            ("ZÜRICH", "zurich"),
            ("Zu\u{308}rich", "zurich"),
            ("Straße", "strasse"),
            ("ﬁnance", "finance"),
            ("Łódź", "lodz"),
            ("København", "kobenhavn"),
            ("ΑΘΉΝΑ", "αθηνα"),
            ("МОСКВА", "москва"),
            ("ＴＯＫＹＯ", "tokyo"),
        ] {
            assert_eq!(fold(written), folded);
            assert_eq!(Folded::new(written).text, folded);
        }
        assert_ne!(fold("が"), fold("か"));
        assert_eq!(fold("हिन्दी").chars().count(), 5);
    }

    #[test]
    fn ranges_lead_back_to_whole_letters() {
        let text = "Große Zu\u{308}rich ﬁt";
        let folded = Folded::new(text);
        let original = |needle: &str| {
            let at = folded.text.find(needle).unwrap();
            &text[folded.original(at..at + needle.len()).unwrap()]
        };
        assert_eq!(original("gross"), "Groß");
        assert_eq!(original("zu"), "Zu\u{308}");
        assert_eq!(original("fit"), "ﬁt");
        assert_eq!(folded.original(0..0), None);
    }
}
