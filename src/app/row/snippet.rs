//! The words around the first place in a description that a query found.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::board::fold::{Folded, fold, original_start};

/// Sign of omitted text.
const CUT: &str = "…";

/// Bytes of context before and after the match.
const BEFORE: usize = 16;
const AFTER: usize = 160;

/// Excerpt of a description, and the matching ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The text, in one line.
    pub text: String,
    /// The bytes that were found.
    pub ranges: Vec<Range<usize>>,
}

impl Snippet {
    /// The words around the first of the literals that a description holds.
    pub fn new(description: &str, literals: &[String]) -> Option<Self> {
        let folded = fold(description);
        let literals: Vec<String> = literals.iter().map(|literal| fold(literal)).collect();
        let literals = literals.iter().filter(|literal| !literal.is_empty());
        let first = literals.clone().filter_map(|literal| folded.find(literal));
        let hit = original_start(description, first.min()?);
        let mut text = String::from(CUT);
        text.push_str(&plain(before(description, hit)));
        text.push_str(&plain(after(description, hit)));
        let ranges = literals
            .flat_map(|literal| occurrences(&text, literal))
            .collect();
        Some(Self {
            text,
            ranges: in_order(ranges),
        })
    }

    /// The snippet for a width in columns, starting at the first hit where the words before it leave no room for it.
    /// `None` if not even the hit fits.
    pub fn fitted(&self, room: usize) -> Option<Self> {
        let hit = self.ranges.first()?;
        let fits = |text: &str| text.width() < room;
        if fits(self.text.get(..hit.end)?) {
            return Some(self.clone());
        }
        let text = format!("{CUT}{}", self.text.get(hit.start..)?);
        let moved = |at: usize| at - hit.start + CUT.len();
        let ranges = self.ranges.iter();
        let ranges = ranges.map(|range| moved(range.start)..moved(range.end));
        let ranges: Vec<_> = ranges.collect();
        fits(&text[..ranges.first()?.end]).then_some(Self { text, ranges })
    }
}

/// Whole words that end where the hit begins.
fn before(text: &str, hit: usize) -> &str {
    let start = text.floor_char_boundary(hit.saturating_sub(BEFORE));
    let part = &text[start..hit];
    if start == 0 {
        return part;
    }
    let word = part.find(char::is_whitespace).map_or(0, |at| at + 1);
    part.get(word..).unwrap_or(part)
}

fn after(text: &str, hit: usize) -> &str {
    let end = text.ceil_char_boundary((hit + AFTER).min(text.len()));
    &text[hit..end]
}

/// Markdown without its marks, in one line.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !matches!(c, '*' | '#' | '`')) {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}

fn occurrences(text: &str, literal: &str) -> Vec<Range<usize>> {
    let folded = Folded::new(text);
    let places = folded.text.match_indices(literal);
    let ranges = places.filter_map(|(at, found)| folded.original(at..at + found.len()));
    ranges.collect()
}

/// The ranges from the left, without those that overlap one before them.
fn in_order(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut end = 0;
    ranges.retain(|range| {
        let is_apart = range.start >= end;
        if is_apart {
            end = range.end;
        }
        is_apart
    });
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_hit_is_shown_with_the_words_around_it() {
        let description = "## The role\n\nYou will work with our **storage** team on a *Größe* of\n\
                           - neural networks\n- Neural codecs, and on many other things.";
        let snippet = |words: &[&str]| {
            let literals: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let snippet = Snippet::new(description, &literals)?;
            let found = snippet.ranges.iter();
            let found: Vec<String> = found
                .map(|range| snippet.text[range.clone()].to_owned())
                .collect();
            Some((snippet.text, found.join("|")))
        };
        let (text, found) = snippet(&["neural"]).expect("a hit");
        assert_eq!(found, "neural|Neural");
        assert!(text.starts_with("…Größe of - neural"), "{text}");
        let (text, found) = snippet(&["storage", "GROSSE"]).expect("a hit");
        assert_eq!(found, "storage|Größe");
        assert!(text.starts_with("…with our storage team"), "{text}");
        assert_eq!(snippet(&["quantum"]), None);
        assert_eq!(snippet(&[]), None);
    }

    #[test]
    fn a_narrow_row_still_shows_what_was_found() {
        let literals = ["kubernetes".to_owned()];
        let snippet = Snippet::new("All of it runs on our Kubernetes clusters.", &literals);
        let snippet = snippet.expect("a hit");
        for (room, text) in [
            (40, Some("…it runs on our Kubernetes clusters.")),
            (27, Some("…it runs on our Kubernetes clusters.")),
            (26, Some("…Kubernetes clusters.")),
            (12, Some("…Kubernetes clusters.")),
            (11, None),
        ] {
            let fitted = snippet.fitted(room);
            assert_eq!(
                fitted.as_ref().map(|snippet| &*snippet.text),
                text,
                "{room}"
            );
            if let Some(fitted) = fitted {
                assert_eq!(&fitted.text[fitted.ranges[0].clone()], "Kubernetes");
            }
        }
    }
}
