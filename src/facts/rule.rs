//! Lists of readable patterns, matched together.

use std::ops::Range;

use regex_automata::meta::{self, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::util::syntax;

/// Patterns over plain text with their values. At the same position, the earlier pattern in the list wins.
#[derive(Debug)]
pub(super) struct Rules<T> {
    regex: Regex,
    values: Vec<T>,
}

impl<T: Copy> Rules<T> {
    /// Compiles a list. A space in a pattern matches a space in the text.
    pub(super) fn new(rules: &[(T, &str)]) -> Self {
        let patterns: Vec<&str> = rules.iter().map(|(_, pattern)| *pattern).collect();
        let regex = Regex::builder()
            .configure(
                meta::Config::new()
                    .utf8_empty(false)
                    // Groups are never asked for, and there is no search for literals that a prefilter could use.
                    .which_captures(WhichCaptures::Implicit)
                    .auto_prefilter(false)
                    .hybrid_cache_capacity(64 << 20),
            )
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .build_many(&patterns)
            .expect("the patterns are written in this crate");
        let values = rules.iter().map(|(value, _)| *value).collect();
        Self { regex, values }
    }

    /// The first match with its value.
    pub(super) fn find(&self, text: &str) -> Option<(T, Range<usize>)> {
        self.find_from(text, 0)
    }

    /// The first match at or after a position, with its value.
    pub(super) fn find_from(&self, text: &str, at: usize) -> Option<(T, Range<usize>)> {
        let input = regex_automata::Input::new(text).range(at.min(text.len())..);
        let found = self.regex.search(&input)?;
        Some((self.values[found.pattern().as_usize()], found.range()))
    }

    /// All matches from left to right.
    pub(super) fn find_all<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (T, Range<usize>)> + 'a {
        self.regex
            .find_iter(text)
            .map(|found| (self.values[found.pattern().as_usize()], found.range()))
    }

    /// Whether any pattern matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}
