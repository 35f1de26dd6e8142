//! Plural and singular forms of English words.

use std::iter;

use super::tokens::has_unspaced;

/// Minimum length of a word with other forms.
const SHORTEST: usize = 3;

/// Words that only look like a plural.
const NO_PLURALS: &[&str] = &[
    "aws", "cms", "css", "gas", "gis", "ios", "news", "sas", "sms",
];

/// The word itself, then its other forms.
pub(in crate::search) fn forms(word: &str) -> impl Iterator<Item = String> {
    iter::once(word.to_owned())
        .chain(plural(word))
        .chain(singulars(word))
}

/// Whether two words are forms of the same word.
pub(in crate::search) fn is_same(word: &str, other: &str) -> bool {
    word == other || forms(word).any(|form| form == other)
}

fn has_forms(word: &str) -> bool {
    word.chars().count() >= SHORTEST
        && word.chars().all(char::is_alphabetic)
        && !has_unspaced(word)
        && !NO_PLURALS.contains(&word)
}

/// Regular plural of a word.
pub(in crate::search) fn plural(word: &str) -> Option<String> {
    if !has_forms(word) {
        return None;
    }
    let plural = if let Some(stem) = word.strip_suffix('y').filter(|stem| ends_hard(stem)) {
        format!("{stem}ies")
    } else if hisses(word) {
        format!("{word}es")
    } else {
        format!("{word}s")
    };
    has_forms(&plural).then_some(plural)
}

/// Possible singulars of a word; the board tells which of them exist.
fn singulars(word: &str) -> impl Iterator<Item = String> {
    let stem = |suffix: &str, added: &str| {
        let stem = word.strip_suffix(suffix).filter(|_| has_forms(word))?;
        let singular = format!("{stem}{added}");
        // Accepted only if the plural rule reproduces the word.
        (plural(&singular).as_deref() == Some(word)).then_some(singular)
    };
    [stem("s", ""), stem("es", ""), stem("ies", "y")]
        .into_iter()
        .flatten()
}

fn ends_hard(stem: &str) -> bool {
    !stem.ends_with(['a', 'e', 'i', 'o', 'u']) && !stem.is_empty()
}

fn hisses(word: &str) -> bool {
    word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plural_and_singular_meet() {
        for (word, other) in [
            ("engineer", "engineers"),
            ("therapy", "therapies"),
            ("boss", "bosses"),
            ("coach", "coaches"),
            ("boy", "boys"),
            ("sdr", "sdrs"),
            ("nurse", "nurses"),
        ] {
            assert!(is_same(word, other) && is_same(other, word), "{word}");
        }
        for (word, other) in [
            ("new", "news"),
            ("bus", "bu"),
            ("rn", "rns"),
            ("k8", "k8s"),
            ("business", "busines"),
            ("engineer", "engine"),
        ] {
            assert!(!is_same(word, other) && !is_same(other, word), "{word}");
        }
    }
}
