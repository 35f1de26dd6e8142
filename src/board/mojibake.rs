//! Text that was encoded to UTF-8 twice, repaired where there is no doubt that it was.
//!
//! `â€™` is what a program makes of `’` when it takes its three bytes for three characters. Bytes of 0x80 to 0x9F taken
//! for characters become controls, which no text holds: a run with one of these that reads as UTF-8 is certain by
//! itself. Runs without are repaired only in a text that has no other kind of run.

use std::borrow::Cow;

/// What the bytes 0x80 to 0x9F stand for in Windows-1252; zero for the five that stand for nothing.
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The text as it was meant, where that is certain; else as it is.
pub fn repaired(text: &str) -> Cow<'_, str> {
    // Every double-encoded character starts with the trace of a leading byte.
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

/// The runs of characters outside ASCII, each with what its bytes mean if they are UTF-8.
fn runs(text: &str) -> impl Iterator<Item = (&str, Option<String>)> {
    text.split(|c: char| c.is_ascii())
        .filter(|run| !run.is_empty())
        .map(|run| {
            let bytes: Option<Vec<u8>> = run.chars().map(byte).collect();
            (run, bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
        })
}

/// The byte that a character was made from.
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
    fn repairs_what_is_certain_and_nothing_else() {
        for (written, meant) in [
            ("Blackpointâ\u{80}\u{99}s", "Blackpoint’s"),
            ("Â\u{a0}a", "\u{a0}a"),
            ("Youâ€™ll â€“ cafÃ©", "You’ll – café"),
            // One run is sound, so the printable ones may be too.
            ("Youâ€™ll – do", "Youâ€™ll – do"),
            ("nâ\u{80}\u{99}t – so", "n’t – so"),
            ("Zürich, São Paulo", "Zürich, São Paulo"),
            ("Ã", "Ã"),
            ("日本 Ã©", "日本 Ã©"),
        ] {
            assert_eq!(repaired(written), meant, "{written}");
        }
    }
}
