//! Case and accent folding: `zurich`, `ZÜRICH` and `Zürich` fold to the same text.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

/// A folded text with a mapping back to the original.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each character of `text`, its byte range in the original.
    pub origin: Vec<Range<usize>>,
}

impl Folded {
    /// Folds `text` and records the origin of each character.
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        for (at, c) in text.char_indices() {
            let range = at..at + c.len_utf8();
            let before = folded.text.len();
            fold_char(c, &mut folded.text);
            let added = folded.text[before..].chars().count();
            if added == 0 {
                // A dropped accent belongs to the letter it was on.
                if let Some(last) = folded.origin.last_mut() {
                    last.end = range.end;
                }
            }
            folded.origin.extend(std::iter::repeat_n(range, added));
        }
        folded
    }

    /// Original byte range of a byte range of the folded text.
    pub fn original(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.text[..range.start].chars().count();
        let length = self.text[range].chars().count();
        let last = first + length.checked_sub(1)?;
        Some(self.origin.get(first)?.start..self.origin.get(last)?.end)
    }
}

/// Where the character begins that is at a byte of the folded text; the end if there is none.
pub fn original_start(text: &str, folded: usize) -> usize {
    let (mut at, mut length) = (0, 0);
    let mut letters = String::new();
    loop {
        let rest = &text[at..];
        let plain = ascii_run(rest.as_bytes());
        if length + plain > folded {
            return at + folded - length;
        }
        (at, length) = (at + plain, length + plain);
        let Some(c) = rest[plain..].chars().next() else {
            return text.len();
        };
        letters.clear();
        fold_char(c, &mut letters);
        if length + letters.len() > folded {
            return at;
        }
        (at, length) = (at + c.len_utf8(), length + letters.len());
    }
}

/// The folded text, without a mapping.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends the folded text to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        // Fast path: most text is runs of ASCII with a few other characters.
        let (plain, other) = rest.split_at(ascii_run(rest.as_bytes()));
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

/// Length of the ASCII prefix, in bytes.
fn ascii_run(text: &[u8]) -> usize {
    const STRIDE: usize = 32;
    let strides = text.chunks(STRIDE).take_while(|stride| stride.is_ascii());
    let start = text.len().min(strides.count() * STRIDE);
    let rest = text[start..].iter();
    start + rest.take_while(|byte| byte.is_ascii()).count()
}

/// Decomposes compatibility forms, folds case and drops accents.
fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    // Fast path for common punctuation, which folding does not change.
    if matches!(c, '‘' | '’' | '“' | '”' | '–' | '—' | '•') {
        out.push(c);
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

/// Accents have a combining class; vowel signs, which are letters in their scripts, have none. Japanese voicing marks
/// change the letter, so they are kept.
fn is_accent(c: char) -> bool {
    canonical_combining_class(c) != 0 && !matches!(c, '\u{3099}' | '\u{309a}')
}

/// Latin letters that people type without their stroke, but that have no Unicode decomposition.
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
    fn a_place_in_the_folded_text_is_found_in_the_original() {
        for text in [
            "",
            "plain",
            "Grö\u{308}ße – ﬁne Œuvre’s e\u{301}nd",
            "é",
            "\u{301}a",
        ] {
            let folded = Folded::new(text);
            for (at, _) in folded.text.char_indices() {
                let exact = folded.original(at..folded.text.ceil_char_boundary(at + 1));
                assert_eq!(
                    Some(original_start(text, at)),
                    exact.map(|range| range.start),
                    "{text} {at}"
                );
            }
            assert_eq!(original_start(text, folded.text.len()), text.len());
        }
    }

    #[test]
    fn long_runs_fold_as_letters_do() {
        for text in [
            "",
            "É",
            &"AB’é–“”‘•—ﬁ".repeat(9),
            &format!("{}É{}", "A".repeat(70), "B".repeat(40)),
        ] {
            let letters: String = text
                .chars()
                .map(|c| Folded::new(&c.to_string()).text)
                .collect();
            assert_eq!(fold(text), letters);
            assert_eq!(Folded::new(text).text, letters);
        }
        assert_eq!(fold("‘’“”–—•"), "‘’“”–—•".nfkd().collect::<String>());
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
