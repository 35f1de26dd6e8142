//! What a fuzzy score is: that of a fresh `SkimMatcherV2`, asked for positions, on folded text.
//!
//! A matcher that was used before reads cells of its last text, and asked for the score alone it gives another one; so
//! each question gets a new matcher. It is the definition and the highlighter. What searches thousands of values
//! computes the same number in [`super::word`].

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// The score of a folded word in a folded text, and which characters of the text it took; `None` if its letters do not
/// stand there in order.
pub(super) fn indices(word: &str, text: &str) -> Option<(i64, Vec<usize>)> {
    SkimMatcherV2::default().fuzzy_indices(text, word)
}
