//! Finds text in wrapped lines, across line ends, ignoring case and accents.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Line;
use crate::board::fold::{Folded, fold};

/// A match, or the part of it on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Index of the line.
    pub line: usize,
    /// Start, in bytes of the line's text.
    pub start: usize,
    /// End, in bytes of the line's text.
    pub end: usize,
    /// Whether this continues a match that began on the line above.
    pub continues: bool,
}

/// Every occurrence of `needle` within a block, in order.
pub(super) fn hits(lines: &[Line], needle: &str) -> Vec<Hit> {
    let needle = fold(needle);
    let mut hits = Vec::new();
    if needle.is_empty() {
        return hits;
    }
    let mut first = 0;
    for block in lines.chunk_by(|a, b| a.block == b.block) {
        let text = Joined::new(block, first);
        for range in text.matches(&needle) {
            text.add(&range, &mut hits);
        }
        first += block.len();
    }
    hits
}

/// Maps byte ranges of a block's text to its wrapped lines.
pub(super) fn located(lines: &[Line], first: usize, ranges: &[Range<usize>]) -> Vec<Hit> {
    let text = Joined::new(lines, first);
    let mut hits = Vec::new();
    for range in ranges {
        text.add(range, &mut hits);
    }
    hits
}

/// The lines of one block joined again, without their prefixes.
struct Joined {
    text: String,
    /// For each line with text: its number, the length of its prefix, and its range in `text`.
    lines: Vec<(usize, usize, Range<usize>)>,
}

impl Joined {
    fn new(block: &[Line], first: usize) -> Self {
        let mut joined = Self {
            text: String::new(),
            lines: Vec::with_capacity(block.len()),
        };
        for (at, line) in block.iter().enumerate() {
            if line.spaced && !joined.text.is_empty() {
                joined.text.push(' ');
            }
            let start = joined.text.len();
            joined.text.push_str(&line.text()[line.prefix..]);
            joined
                .lines
                .push((first + at, line.prefix, start..joined.text.len()));
        }
        joined
    }

    fn matches(&self, needle: &str) -> Vec<Range<usize>> {
        let folded = Folded::new(&self.text);
        // Bytes and characters of the folded text advance together, so that one pass is enough.
        let mut starts = folded.text.char_indices().map(|(at, _)| at).enumerate();
        let mut index_of = |byte| starts.find(|&(_, at)| at == byte).map(|(index, _)| index);
        let length = needle.chars().count();
        folded
            .text
            .match_indices(needle)
            .filter_map(|(at, _)| {
                let first = index_of(at)?;
                let last = folded.origin.get(first + length - 1)?;
                Some(folded.origin.get(first)?.start..last.end)
            })
            .collect()
    }

    /// Adds the part of the range on each line, extended to whole graphemes.
    fn add(&self, range: &Range<usize>, hits: &mut Vec<Hit>) {
        let first = self
            .lines
            .partition_point(|(.., text)| text.end <= range.start);
        for (line, prefix, text) in &self.lines[first..] {
            if text.start >= range.end {
                break;
            }
            let part =
                range.start.max(text.start) - text.start..range.end.min(text.end) - text.start;
            let part = whole_graphemes(&self.text[text.clone()], part);
            let hit = Hit {
                line: *line,
                start: prefix + part.start,
                end: prefix + part.end,
                continues: text.start > range.start,
            };
            let new = hits
                .last()
                .is_none_or(|last| last.line != *line || last.end <= hit.start);
            if new && hit.start < hit.end {
                hits.push(hit);
            }
        }
    }
}

fn whole_graphemes(line: &str, part: Range<usize>) -> Range<usize> {
    if line.is_ascii() {
        return part;
    }
    let mut whole = part.clone();
    for (at, grapheme) in line.grapheme_indices(true) {
        let end = at + grapheme.len();
        if at <= part.start && part.start < end {
            whole.start = at;
        }
        if at < part.end && part.end <= end {
            whole.end = end;
            break;
        }
    }
    whole
}

#[cfg(test)]
mod tests;
