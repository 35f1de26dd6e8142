//! Slugs for ids and file names, stable over time.

use unicode_normalization::char::is_combining_mark;

use crate::board::fold::fold;
use crate::board::hash::hash;
use crate::board::text;

/// Maximum length of the part of an id that is made from a title.
const TITLE: usize = 48;

/// Lower-case letters and digits, separated by single dashes.
pub fn slug(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in fold(raw).chars() {
        // Many scripts write vowels as combining marks, which are part of the word.
        if c.is_alphanumeric() || (is_combining_mark(c) && !out.is_empty()) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// A slug that the gate leaves as it is: an id is the same when it is read from a file.
pub(super) fn gated(raw: &str) -> String {
    let mut made = slug(&text::line(raw));
    loop {
        // Invisible letters count as letters, and removing them may change how their neighbours join, so repeat.
        let again = slug(&text::line(&made));
        if again == made {
            return made;
        }
        made = again;
    }
}

/// A slug of at most `most` bytes, cut between words if possible.
pub fn bounded(raw: &str, most: usize) -> String {
    let whole = gated(raw);
    if whole.len() <= most {
        return whole;
    }
    let mut cut = most;
    while !whole.is_char_boundary(cut) {
        cut -= 1;
    }
    let kept = &whole[..cut];
    if whole[cut..].starts_with('-') {
        return kept.to_owned();
    }
    kept.rsplit_once('-')
        .map_or(kept, |(words, _)| words)
        .to_owned()
}

/// An id for a posting without one: words of its title and a hash of its identity.
pub(super) fn hashed(title: &str, known_by: &str) -> String {
    let hash = hash(known_by);
    let words = gated(&bounded(title, TITLE));
    if words.is_empty() {
        return format!("{hash:016x}");
    }
    format!("{words}-{:08x}", hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_one_word() {
        for (raw, made) in [
            ("  Señor Engineer (m/f/d) ", "senor-engineer-m-f-d"),
            ("743999671674844", "743999671674844"),
            ("DD136DD7E7", "dd136dd7e7"),
            ("数据 分析", "数据-分析"),
            ("--", ""),
        ] {
            assert_eq!(slug(raw), made);
        }
        assert_eq!(bounded("Senior Applied Scientist", 15), "senior-applied");
        assert_eq!(bounded("Senior Applied Scientist", 14), "senior-applied");
    }
}
