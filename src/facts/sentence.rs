//! Finds the sentences of a description that contain trigger words, with their sections.

use std::ops::Range;

use super::plain::Plain;
use super::preference;
use super::section::{self, Section};
use super::trigger::{
    self, CLEARANCE, DAYS, EDUCATION, EMPLOYMENT, Hit, LANGUAGES, NEED, OFFICE, PREFERENCE, Topics,
    TriggerKind, WORKPLACE, YEARS,
};

/// A sentence with its context.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    /// The description.
    pub(super) source: &'a str,
    /// Range of the sentence in the description.
    range: Range<usize>,
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
    /// The sentence as it is written, without the mark of a list item.
    pub(super) fn text(&self) -> &str {
        self.source[self.range.clone()].trim_start_matches([' ', '-', '*', '+', '•', '\t'])
    }

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
        let mut kind = line_kind(&source[line.clone()]);
        if kind == Kind::Item
            && is_parent(&source[line.clone()], &source[start.min(source.len())..])
        {
            kind = Kind::Heading(8);
        }
        if let Kind::Heading(depth) = kind {
            plain.read(source, line.clone());
            heading.clear();
            heading.push_str(plain.text().trim_matches([' ', '#', ':']));
            outline.enter(&heading, depth);
        }
        let inside = next..next + hits[next..].partition_point(|hit| hit.start < line.end);
        next = inside.start;
        if !Need::from_hits(&hits[inside.clone()], wanted, outline.section).is_read() {
            next = inside.end;
            continue;
        }
        while next < inside.end {
            let range = sentence_around(source, &line, hits[next].start);
            let count = hits[next..]
                .partition_point(|hit| hit.start < range.end)
                .max(1);
            let inside = &hits[next..next + count];
            next += count;
            let need = Need::from_hits(inside, wanted, outline.section);
            if !need.is_read() {
                continue;
            }
            let Need { topics, has_skill } = need;
            let is_weighed = topics & PREFERENCE != 0;
            preferred.clear();
            if topics & PRIMARY != 0 || has_skill && is_weighed {
                plain.read(source, range.clone());
                if is_weighed {
                    preference::ranges(plain.text(), &mut preferred);
                }
            }
            show(&Sentence {
                source,
                range,
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

/// Topics that state a fact by themselves.
const PRIMARY: Topics = !(NEED | PREFERENCE | OFFICE | DAYS);

/// What there is to read in a line or a sentence.
#[derive(Debug, Clone, Copy, Default)]
struct Need {
    topics: Topics,
    has_skill: bool,
}

impl Need {
    /// What these trigger words are about, apart from topics that are not wanted or that the section cannot state.
    fn from_hits(hits: &[Hit], wanted: Topics, section: Section) -> Self {
        let mut need = Self::default();
        for hit in hits {
            match hit.what {
                TriggerKind::Topics(topics) => need.topics |= topics,
                TriggerKind::Spelling(_) => need.has_skill = true,
            }
        }
        need.topics &= wanted & !unstated(section);
        need.has_skill &= matches!(section, Section::Required | Section::Other);
        // An office is only relevant together with days or a workplace.
        if need.topics & OFFICE != 0 && need.topics & (DAYS | WORKPLACE) != 0 {
            need.topics |= WORKPLACE;
        }
        need
    }

    fn is_read(self) -> bool {
        self.topics & PRIMARY != 0 || self.has_skill
    }
}

/// Topics that a section does not state about the role.
fn unstated(section: Section) -> Topics {
    match section {
        Section::Preferred => YEARS | EDUCATION | LANGUAGES | EMPLOYMENT | CLEARANCE,
        Section::Benefits => YEARS | EDUCATION | LANGUAGES,
        Section::Company | Section::Duties => EDUCATION,
        Section::Required | Section::Other => 0,
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

/// Whether an item says in brackets how much the items below it are needed: "Tools (nice to have)".
fn is_parent(line: &str, after: &str) -> bool {
    let text = line.trim_end_matches(['*', '_', ' ']);
    if text.len() > HEADING || !text.ends_with(')') {
        return false;
    }
    let indent = |line: &str| line.len() - line.trim_start().len();
    let next = after.lines().find(|line| !line.trim().is_empty());
    next.is_some_and(|next| indent(next) > indent(line))
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
                    **Nice to have:**\n\n- 8 years remote\n\n## Our story\n\n10 years ago.";
        // Sentences without a trigger word are skipped.
        assert_eq!(
            sentences(text),
            [
                (Section::Other, "We are remote. "),
                (Section::Required, "- 5 years"),
                (Section::Preferred, "- 8 years remote"),
                (Section::Company, "10 years ago."),
            ]
        );
    }
}
