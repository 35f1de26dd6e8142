//! File names made from ids and values, which may be any text: short, restricted to safe characters, and unique.

use std::collections::HashSet;

use crate::board::fold::fold;
use crate::board::hash::hash;

/// Maximum length of a name.
const LENGTH: usize = 80;
/// Names that Windows reserves, with any extension.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];

/// Names assigned so far.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// A name for a text: the text itself if it is safe, else its letters and a hash.
    pub(super) fn name(&mut self, text: &str) -> String {
        let plain = text.replace(' ', "-");
        if is_plain(&plain) && self.0.insert(plain.clone()) {
            return plain;
        }
        let mut known_by = text.to_owned();
        loop {
            let name = format!("{}~{:016x}", letters(text), hash(&known_by));
            if self.0.insert(name.clone()) {
                return name;
            }
            known_by.push('\n');
        }
    }
}

/// Whether a text is a safe file name, also on case-insensitive file systems.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.');
    let stem = text.split('.').next().unwrap_or_default();
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    (1..=LENGTH).contains(&text.len())
        && text.bytes().all(plain)
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text.ends_with('.')
        && !RESERVED.contains(&stem)
}

fn letters(text: &str) -> String {
    let mut out = String::new();
    for c in fold(text).chars() {
        if out.len() >= LENGTH / 2 {
            break;
        }
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    if out.is_empty() { "x".into() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_ids_are_used_as_names() {
        for (text, name) in [
            ("rust-engineer.2", Some("rust-engineer.2")),
            ("prime video", Some("prime-video")),
            ("us", Some("us")),
            ("Rust", None),
            ("../../etc/passwd", None),
            ("..", None),
            (".hidden", None),
            ("a/b", None),
            ("a\\b", None),
            ("con", None),
            ("com1.x", None),
            ("console", Some("console")),
            ("c++", None),
            ("a~b", None),
            ("%2e%2e", None),
            ("東京", None),
            ("", None),
            ("a.", None),
        ] {
            let given = Names::default().name(text);
            assert_eq!(given.contains('~'), name.is_none(), "{text} {given}");
            assert!(name.is_none_or(|name| name == given), "{text} {given}");
            let safe = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
            assert!(
                given.chars().all(safe) && !given.starts_with(['.', '-']),
                "{given}"
            );
            assert!(given.len() <= LENGTH, "{given}");
        }
        assert!(Names::default().name(&"x".repeat(10_000)).len() <= LENGTH);
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::default();
        let texts = [
            "a b", "a-b", "a b", "A b", "a B", "A B", "c++", "c#", "c", "C",
        ];
        let given: HashSet<_> = texts.map(|text| names.name(text)).into();
        assert_eq!(given.len(), texts.len());
        let lower: HashSet<_> = given.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(lower, given, "not even where case does not count");
    }
}
