//! Converts byte ranges for display: whole graphemes, sorted, without overlap.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The graphemes that the ranges touch, merged if adjacent.
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
