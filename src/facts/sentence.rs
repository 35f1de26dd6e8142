//! Finds the sentences of a description that contain trigger words, with their sections.

use std::ops::Range;

use super::plain::Plain;
use super::preference;
use super::section::{self, Section};
use super::trigger::{self, DAYS, Hit, NEED, OFFICE, PREFERENCE, Topics, TriggerKind, WORKPLACE};

/// A sentence with its context.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    /// The description.
    pub(super) source: &'a str,
    /// Plain text of the sentence; only read if it contains a trigger word.
    pub(super) plain: &'a Plain,
    /// Kind of its section.
    pub(super) section: Section,
    /// The heading above it, or itself.
    pub(super) heading: &'a str,
    /// Whether it is a heading.
    pub(super) is_heading: bool,
    /// Whether it is an item of a list.
    pub(super) is_item: bool,
    /// Topics of its trigger words.
    pub(super) topics: Topics,
    /// Its trigger words.
    pub(super) hits: &'a [Hit],
    /// Ranges of the plain text that state a preference.
    preferred: &'a [Range<usize>],
}

impl Sentence<'_> {
    /// Range in the description of a range in the plain text.
    pub(super) fn source_range(&self, plain: Range<usize>) -> Range<usize> {
        self.plain.source_range(self.source, plain)
    }

    /// Whether a range of the plain text only states a preference.
    pub(super) fn is_preferred(&self, plain: &Range<usize>) -> bool {
        self.section == Section::Preferred
            || self
                .preferred
                .iter()
                .any(|range| range.start < plain.end && plain.start < range.end)
    }

    /// Whether a range of the description only states a preference.
    pub(super) fn is_preferred_source(&self, source: &Range<usize>) -> bool {
        self.section == Section::Preferred
            || self.preferred.iter().any(|range| {
                let range = self.source_range(range.clone());
                range.start < source.end && source.start < range.end
            })
    }
}

/// Passes each sentence with a trigger word to `show`.
pub(super) fn visit(source: &str, wanted: Topics, mut show: impl FnMut(&Sentence<'_>)) {
    let mut hits: Vec<Hit> = Vec::new();
    trigger::hits(source, &mut hits);
    let mut plain = Plain::default();
    let mut preferred = Vec::new();
    let mut heading = String::new();
    let mut outline = Outline::default();
    let mut next = 0;
    let mut start = 0;
    while start < source.len() {
        let end = memchr::memchr(b'\n', &source.as_bytes()[start..])
            .map_or(source.len(), |at| start + at);
        let line = start..end;
        start = end + 1;
        let kind = line_kind(&source[line.clone()]);
        if let Kind::Heading(depth) = kind {
            plain.read(source, line.clone());
            heading.clear();
            heading.push_str(plain.text().trim_matches([' ', '#', ':']));
            outline.enter(&heading, depth);
        }
        while next < hits.len() && hits[next].start < line.end {
            let range = sentence_around(source, &line, hits[next].start);
            let count = hits[next..]
                .partition_point(|hit| hit.start < range.end)
                .max(1);
            let inside = &hits[next..next + count];
            next += count;
            let mut has_skill = false;
            let mut topics = inside.iter().fold(0, |topics, hit| match hit.what {
                TriggerKind::Topics(more) => topics | more & wanted,
                TriggerKind::Spelling(_) => {
                    has_skill = true;
                    topics
                }
            });
            // An office is only relevant together with days or a workplace.
            if topics & OFFICE != 0 && topics & (DAYS | WORKPLACE) != 0 {
                topics |= WORKPLACE;
            }
            let is_weighed = topics & PREFERENCE != 0;
            preferred.clear();
            if topics & !(NEED | PREFERENCE | OFFICE | DAYS) != 0 || has_skill && is_weighed {
                plain.read(source, range.clone());
                if is_weighed {
                    preference::ranges(plain.text(), &mut preferred);
                }
            } else if !has_skill {
                continue;
            }
            show(&Sentence {
                source,
                plain: &plain,
                section: outline.section,
                heading: &heading,
                is_heading: matches!(kind, Kind::Heading(_)),
                is_item: matches!(kind, Kind::Item),
                topics,
                hits: inside,
                preferred: &preferred,
            });
        }
    }
}

/// The current section, and the level of its heading.
struct Outline {
    section: Section,
    depth: usize,
}

impl Default for Outline {
    fn default() -> Self {
        Self {
            section: Section::Other,
            depth: 0,
        }
    }
}

impl Outline {
    fn enter(&mut self, heading: &str, depth: usize) {
        match section::of_heading(heading) {
            Some(section) => *self = Self { section, depth },
            // An unknown heading below a known one belongs to its section.
            None if depth > self.depth && self.depth > 0 => {}
            None => {
                *self = Self {
                    section: Section::Other,
                    depth,
                }
            }
        }
    }
}

/// Kind of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Heading(usize),
    Item,
    Text,
}

/// Maximum length of a bold line, or of one ending in a colon, that is a heading.
const HEADING: usize = 90;

fn line_kind(line: &str) -> Kind {
    let text = line.trim();
    let first = text.as_bytes().first().copied().unwrap_or_default();
    if first == b'#' {
        let depth = text.bytes().take_while(|byte| *byte == b'#').count();
        if text[depth..].starts_with(' ') {
            return Kind::Heading(depth);
        }
    }
    let is_item = match first {
        b'-' | b'*' | b'+' => text[1..].starts_with(' '),
        b'0'..=b'9' => text
            .find(|letter: char| !letter.is_ascii_digit())
            .is_some_and(|at| text[at..].starts_with(". ") || text[at..].starts_with(") ")),
        _ => text.starts_with('•'),
    };
    if text.len() <= HEADING {
        let bare = text.trim_end_matches(['*', '_', ' ']);
        if bare.ends_with(':') {
            return Kind::Heading(8);
        }
        if !is_item
            && text.starts_with("**")
            && text.ends_with("**")
            && !text[2..text.len().max(4) - 2].contains("**")
        {
            return Kind::Heading(7);
        }
    }
    if is_item { Kind::Item } else { Kind::Text }
}

/// The sentence around a position in a line.
fn sentence_around(source: &str, line: &Range<usize>, at: usize) -> Range<usize> {
    let bytes = source.as_bytes();
    let mut start = line.start;
    let mut before = at;
    while let Some(found) = memchr::memrchr3(b'.', b'!', b'?', &bytes[line.start..before]) {
        let found = line.start + found;
        if let Some(next) = boundary(source, line, found).filter(|next| *next <= at) {
            start = next;
            break;
        }
        before = found;
    }
    let mut end = line.end;
    let mut from = at;
    while let Some(found) = memchr::memchr3(b'.', b'!', b'?', &bytes[from..line.end]) {
        let found = from + found;
        if let Some(next) = boundary(source, line, found).filter(|next| *next > at) {
            end = next;
            break;
        }
        from = found + 1;
    }
    start..end
}

/// Abbreviations followed by a full stop within a sentence.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "approx", "incl", "min", "max", "vs", "no", "sr", "jr", "st", "ph.d", "bzw",
    "ca", "inkl", "z.b", "dr", "mr", "mrs", "dept", "est", "b.sc", "m.sc", "eg", "ie",
];

/// Start of the next sentence, if the mark at a position ends one.
fn boundary(source: &str, line: &Range<usize>, mark: usize) -> Option<usize> {
    let after = &source[mark + 1..line.end];
    let rest = after.trim_start_matches(['*', '_', '"', '”', '’', ')', ']', '.', '!', '?']);
    let next = rest.trim_start();
    if next.len() == rest.len() || next.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        return None;
    }
    if source.as_bytes()[mark] == b'.' {
        let before = &source[line.start..mark];
        let word = before
            .rfind(|letter: char| !letter.is_alphanumeric() && letter != '.')
            .map_or(before, |at| {
                before[at..].trim_start_matches(|letter: char| !letter.is_alphanumeric())
            });
        let is_initial = word.rsplit('.').next().is_some_and(|last| {
            last.chars().count() == 1 && !last.starts_with(|letter: char| letter.is_ascii_digit())
        });
        if is_initial
            || ABBREVIATIONS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(word))
        {
            return None;
        }
    }
    Some(line.end - next.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(source: &str) -> Vec<(Section, &str)> {
        let mut out = Vec::new();
        visit(source, Topics::MAX, |sentence| {
            let plain = 0..sentence.plain.text().len();
            out.push((sentence.section, &source[sentence.source_range(plain)]));
        });
        out
    }

    #[test]
    fn sentences_know_their_sections() {
        let text = "We are remote. Join the U.S. team in an office, e.g. Boston. Hi.\n\n## Requirements\n\n- 5 years\n\n\
                    **Nice to have:**\n\n- 8 years\n\n## Our story\n\n10 years ago.";
        // Sentences without a trigger word are skipped.
        assert_eq!(
            sentences(text),
            [
                (Section::Other, "We are remote. "),
                (Section::Required, "- 5 years"),
                (Section::Preferred, "- 8 years"),
                (Section::Company, "10 years ago."),
            ]
        );
    }
}
