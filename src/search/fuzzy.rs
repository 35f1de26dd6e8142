//! The reference fuzzy score: that of a fresh `SkimMatcherV2`, asked for positions, on folded text.
//!
//! A reused matcher reads stale cells, and a query for the score alone gives a different one, so that every call uses a
//! new matcher. This is the definition, also used for highlighting; scans over many values compute the same number in
//! [`super::word`].

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Score of a folded word in a folded text, with the matched characters; `None` if its letters do not occur in order.
pub(super) fn indices(word: &str, text: &str) -> Option<(i64, Vec<usize>)> {
    SkimMatcherV2::default().fuzzy_indices(text, word)
}
