//! Repairs text that was encoded to UTF-8 twice, if that is certain.
//!
//! `â€™` results from decoding the three bytes of `’` as three characters. The bytes 0x80 to 0x9F decoded that way
//! become control characters, which no text contains: a run with one of them that is valid UTF-8 is certainly
//! double-encoded. Other runs are repaired only if every run of the text qualifies.

use std::borrow::Cow;

/// Characters of the bytes 0x80 to 0x9F in Windows-1252; `\0` for the five unassigned ones.
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The repaired text, or the original if in doubt.
pub fn fix_encoding(text: &str) -> Cow<'_, str> {
    // Fast path: every double-encoded character starts with a decoded lead byte.
    if !text.contains(|c: char| ('\u{c2}'..='\u{f4}').contains(&c)) {
        return Cow::Borrowed(text);
    }
    let everywhere = runs(text).all(|(_, meant)| meant.is_some());
    let mut out = String::new();
    let mut done = 0;
    for (run, meant) in runs(text) {
        let Some(meant) = meant else { continue };
        let control = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
        if everywhere || run.contains(control) {
            let at = run.as_ptr() as usize - text.as_ptr() as usize;
            out.push_str(&text[done..at]);
            out.push_str(&meant);
            done = at + run.len();
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Runs of non-ASCII characters, each with its repaired text if its bytes are valid UTF-8.
fn runs(text: &str) -> impl Iterator<Item = (&str, Option<String>)> {
    text.split(|c: char| c.is_ascii())
        .filter(|run| !run.is_empty())
        .map(|run| {
            let bytes: Option<Vec<u8>> = run.chars().map(byte).collect();
            (run, bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
        })
}

/// The byte that was decoded to a character.
fn byte(c: char) -> Option<u8> {
    if ('\u{80}'..='\u{ff}').contains(&c) {
        return u8::try_from(u32::from(c)).ok();
    }
    let at = WINDOWS.iter().position(|known| *known == c && c != '\0')?;
    Some(0x80 + at as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs_only_certain_double_encoding() {
        for (written, meant) in [
            ("Blackpointâ\u{80}\u{99}s", "Blackpoint’s"),
            ("Â\u{a0}a", "\u{a0}a"),
            ("Youâ€™ll â€“ cafÃ©", "You’ll – café"),
            // One run is not double-encoded, so the printable ones may be intended too.
            ("Youâ€™ll – do", "Youâ€™ll – do"),
            ("nâ\u{80}\u{99}t – so", "n’t – so"),
            ("Zürich, São Paulo", "Zürich, São Paulo"),
            ("Ã", "Ã"),
            ("日本 Ã©", "日本 Ã©"),
        ] {
            assert_eq!(fix_encoding(written), meant, "{written}");
        }
    }
}
