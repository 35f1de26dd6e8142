//! Ranges of letters made fit for a screen: whole graphemes, in order, none twice.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The graphemes that the ranges touch, joined where they meet.
pub(super) fn whole_graphemes(text: &str, mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut lit: Vec<Range<usize>> = Vec::new();
    if ranges.is_empty() {
        return lit;
    }
    let mut ranges = ranges.into_iter().peekable();
    for (start, grapheme) in text.grapheme_indices(true) {
        let end = start + grapheme.len();
        while ranges.next_if(|range| range.end <= start).is_some() {}
        if ranges.peek().is_some_and(|range| range.start < end) {
            match lit.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => lit.push(start..end),
            }
        }
    }
    lit
}
