//! Differences between two versions of a posting: by field, and by line within the description.

use similar::{ChangeTag, TextDiff};

use crate::board::Posting;
use crate::board::field::{Change, FIELDS, Kind};

/// Maximum number of description lines shown; a larger rewrite is no longer readable as a diff.
const SHOWN: usize = 40;

/// Differences between two versions of a posting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Changed lines, each with its sign: `-` old, `+` new.
    pub lines: Vec<(char, String)>,
}

impl Changes {
    /// Compares an older version with a newer one.
    pub fn between(old: &Posting, new: &Posting) -> Self {
        let mut changes = Self::default();
        let fields = FIELDS
            .iter()
            .filter(|field| field.change != Change::Ignored);
        for field in fields.filter(|field| !matches!(field.kind, Kind::Block(_))) {
            let (before, after) = (field.text(old, "; "), field.text(new, "; "));
            if before == after {
                continue;
            }
            for (sign, value) in [('-', before), ('+', after)] {
                if !value.is_empty() {
                    let name = field.label;
                    changes.lines.push((sign, format!("{name}: {value}")));
                }
            }
        }
        changes.text(&old.description, &new.description);
        changes
    }

    fn text(&mut self, old: &str, new: &str) {
        let diff = TextDiff::from_lines(old, new);
        let changed = diff.iter_all_changes().filter_map(|change| {
            let sign = match change.tag() {
                ChangeTag::Equal => return None,
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            let line = change.value().trim();
            (!line.is_empty()).then(|| (sign, line.to_owned()))
        });
        let changed: Vec<_> = changed.collect();
        let more = changed.len().saturating_sub(SHOWN);
        self.lines.extend(changed.into_iter().take(SHOWN));
        if more > 0 {
            self.lines.push(('…', format!("{more} more lines")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Location;

    #[test]
    fn names_the_fields_and_shows_the_lines() {
        let old = Posting {
            title: "Scientist".into(),
            locations: vec![Location::parse("US, WA, Seattle")],
            description: "Same.\n\nOld line.\n".into(),
            ..Posting::default()
        };
        let new = Posting {
            locations: vec![Location::parse("DE, Berlin")],
            closes: "2026-10-01".parse().ok(),
            description: "Same.\n\nNew line.\n".into(),
            ..old.clone()
        };
        let lines = Changes::between(&old, &new).lines;
        let lines: Vec<String> = lines
            .iter()
            .map(|(sign, line)| format!("{sign} {line}"))
            .collect();
        assert_eq!(
            lines,
            [
                "- place: US, WA, Seattle",
                "+ place: DE, Berlin",
                "+ closes: 2026-10-01",
                "- Old line.",
                "+ New line.",
            ]
        );
        assert_eq!(Changes::between(&old, &old), Changes::default());
    }
}
