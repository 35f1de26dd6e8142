//! Lookup key of a name: without case, accents, punctuation and common abbreviations.
//!
//! Must match `key` in tests/gazetteer/keys.py.

use crate::board::fold::fold;

/// Characters removed from names: "Ra'anana", "Côte d’Ivoire", "U.S.A.".
const DROPPED: &[char] = &['\'', '’', '‘', 'ʼ', 'ʹ', 'ʻ', '`', '´', '′', '.', '·', '…'];

/// Words that are commonly abbreviated.
const SHORTENED: &[(&str, &str)] = &[
    ("saint", "st"),
    ("sainte", "ste"),
    ("fort", "ft"),
    ("mount", "mt"),
];

/// Lookup key of a name.
pub fn key(name: &str) -> String {
    let folded = if name.is_ascii() {
        let mut lower = String::with_capacity(name.len());
        for piece in name.split(['\'', '`', '.']) {
            lower.push_str(piece);
        }
        lower.make_ascii_lowercase();
        lower
    } else {
        fold(&name.replace(DROPPED, ""))
    };
    if is_plain(&folded) {
        return folded;
    }
    let words = folded.split(is_separator).filter(|word| !word.is_empty());
    let mut key = String::with_capacity(folded.len());
    for word in words {
        if !key.is_empty() {
            key.push(' ');
        }
        let short = SHORTENED.iter().find(|(long, _)| *long == word);
        key.push_str(short.map_or(word, |(_, short)| short));
    }
    // "City" in Chinese and Japanese.
    while key.ends_with('市') && key.chars().nth(2).is_some() {
        key.truncate(key.len() - '市'.len_utf8());
    }
    key
}

/// Fast path: whether a folded name is a single word without abbreviations.
fn is_plain(folded: &str) -> bool {
    folded.bytes().all(|byte| byte.is_ascii_lowercase())
        && SHORTENED.iter().all(|(long, _)| *long != folded)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '‐'
                | '‑'
                | '–'
                | '—'
                | '_'
                | '/'
                | ','
                | ';'
                | ':'
                | '('
                | ')'
                | '['
                | ']'
                | '='
                | '＝'
                | '・'
                | '&'
                | '+'
                | '"'
                | '“'
                | '”'
                | '«'
                | '»'
                | '*'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (written, found) in [
            ("Zürich", "zurich"),
            ("SAINT-DENIS", "st denis"),
            ("St. John’s", "st johns"),
            ("Ra'anana", "raanana"),
            ("U.S.A.", "usa"),
            ("Trinidad & Tobago", "trinidad tobago"),
            ("  Tel  Aviv – Yafo ", "tel aviv yafo"),
            ("札幌市", "札幌"),
            ("Fort", "ft"),
            ("", ""),
        ] {
            assert_eq!(key(written), found, "{written}");
        }
    }
}
