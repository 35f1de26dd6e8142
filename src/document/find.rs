//! Finds a text in wrapped lines, case and accents aside, across their ends.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Line;
use crate::board::fold::{Folded, fold};

/// Where a text was found, or the part of it that stands on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The line.
    pub line: usize,
    /// Where it starts, in bytes of the line's text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether it goes on with what was found at the end of the line before.
    pub continues: bool,
}

/// Every place where `needle` occurs within a block, in order.
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

/// Where ranges of a block's own text stand in its lines.
pub(super) fn located(lines: &[Line], first: usize, ranges: &[Range<usize>]) -> Vec<Hit> {
    let text = Joined::new(lines, first);
    let mut hits = Vec::new();
    for range in ranges {
        text.add(range, &mut hits);
    }
    hits
}

/// The lines of one block as one text again, without what stands before each of them.
struct Joined {
    text: String,
    /// For each line with text its number, the bytes of its prefix, and where its text stands in `text`.
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
        // Bytes and characters of the folded text walk forward together, so that the whole takes one pass.
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

    /// Adds the part of a range on each line, whole graphemes each.
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
