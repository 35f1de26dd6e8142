//! Patterns that a query word is matched as, and their evaluation on texts.

use std::fmt;
use std::ops::Range;

use super::alias::{Alias, Scope, Source};
use super::forms::{forms, is_same};
use super::tokens::{Token, tokens};
use crate::places::country_of_folded;
use crate::query::Field;
use crate::search::verdict::{Tier, Verdict, share};

/// Pattern for one word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) enum Pattern {
    /// The word, its plural or singular.
    Word(String),
    /// Exactly this word.
    Exact(String),
    /// A word with this prefix.
    Start(String),
    /// A word that contains this.
    Inside(String),
}

impl Pattern {
    /// The text.
    pub(in crate::search) fn text(&self) -> &str {
        match self {
            Self::Word(text) | Self::Exact(text) | Self::Start(text) | Self::Inside(text) => text,
        }
    }

    /// Range in a word that the pattern matches.
    pub(in crate::search) fn find(&self, word: &str) -> Option<Range<usize>> {
        let whole = 0..word.len();
        match self {
            Self::Word(text) => is_same(text, word).then_some(whole),
            Self::Exact(text) => (text == word).then_some(whole),
            Self::Start(text) => word.starts_with(text.as_str()).then_some(0..text.len()),
            Self::Inside(text) => {
                let at = word.find(text.as_str())?;
                Some(at..at + text.len())
            }
        }
    }

    /// The words that the pattern names, if it names any.
    pub(in crate::search) fn named(&self) -> Vec<String> {
        match self {
            Self::Word(text) => forms(text).collect(),
            Self::Exact(text) => vec![text.clone()],
            Self::Start(_) | Self::Inside(_) => Vec::new(),
        }
    }
}

/// Why a text matches a query word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It contains the typed word.
    Typed,
    /// An alias from this source.
    Alias(Source),
    /// A compound written as one word or as two.
    Joined,
    /// A typo correction, with its frequency on the board.
    Typo(u64),
    /// Scattered letters.
    Scattered,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Typed => f.write_str("as typed"),
            Self::Alias(source) => source.fmt(f),
            Self::Joined => f.write_str("written together or apart"),
            Self::Typo(uses) => write!(f, "a slip of a common word ({uses} uses)"),
            Self::Scattered => f.write_str("has its letters in order"),
        }
    }
}

/// A variant of a query word: a phrase of patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Variant {
    /// Tier of a match.
    pub(in crate::search) tier: Tier,
    /// Reason for the variant.
    pub(in crate::search) reason: Reason,
    /// Patterns of adjacent words.
    pub(in crate::search) words: Vec<Pattern>,
    /// The query words it replaces, if more than one.
    pub(in crate::search) instead_of: String,
    /// Fields to which it applies.
    pub(in crate::search) scope: Scope,
    /// Code of the only country whose places are meant.
    pub(in crate::search) country: Option<&'static str>,
    /// Field with the highest weight for this variant.
    pub(in crate::search) home: Option<Field>,
    /// Share of the value, for scattered letters.
    pub(in crate::search) worth: Option<u32>,
}

impl Variant {
    /// Variant of the typed words.
    pub(in crate::search) fn typed(tier: Tier, words: Vec<Pattern>) -> Self {
        Self::new(tier, Reason::Typed, words)
    }

    /// Whether it is the word as typed.
    pub(in crate::search) fn is_typed(&self) -> bool {
        self.reason == Reason::Typed
    }

    /// A variant with another reason.
    pub(in crate::search) fn new(tier: Tier, reason: Reason, words: Vec<Pattern>) -> Self {
        Self {
            tier,
            reason,
            words,
            instead_of: String::new(),
            scope: Scope::Any,
            country: None,
            home: None,
            worth: None,
        }
    }

    /// Variant for an alias. Names of places have no plural.
    pub(in crate::search) fn alias(tier: Tier, alias: Alias) -> Self {
        let word = match alias.source {
            Source::Place => Pattern::Exact,
            _ => Pattern::Word,
        };
        Self {
            scope: alias.scope,
            country: alias.country,
            ..Self::new(
                tier,
                Reason::Alias(alias.source),
                alias.words.into_iter().map(word).collect(),
            )
        }
    }

    /// Whether a folded text with the words may be of what is meant, and is not of a place in another country.
    pub(in crate::search) fn is_meant(&self, text: &str) -> bool {
        let Some(country) = self.country else {
            return true;
        };
        country_of_folded(text).is_none_or(|of_text| of_text == country)
    }

    /// Whether it matches everything that another variant does.
    pub(in crate::search) fn covers(&self, other: &Self) -> bool {
        if self.scope != Scope::Any && self.scope != other.scope
            || self.country.is_some() && self.country != other.country
        {
            return false;
        }
        if self.words == other.words {
            return true;
        }
        let ([pattern], [other]) = (self.words.as_slice(), other.words.as_slice()) else {
            return false;
        };
        let wanted = match other {
            // A substring may be within any word.
            Pattern::Inside(_) => matches!(pattern, Pattern::Inside(_)),
            _ => true,
        };
        let mut named = other.named();
        if named.is_empty() {
            named.push(other.text().to_owned());
        }
        wanted && named.iter().all(|word| pattern.find(word).is_some())
    }

    /// The words for display.
    pub(in crate::search) fn shown(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(Pattern::text).collect();
        words.join(" ")
    }

    /// Verdict on a match of `covered` bytes in a value. `itself`: the words are not other forms.
    pub(in crate::search) fn verdict(
        &self,
        field: Field,
        covered: usize,
        value: usize,
        itself: bool,
    ) -> Verdict {
        let share = self.worth.unwrap_or_else(|| share(covered, value));
        let hit = Verdict::hit(self.tier, self.weight(field), share);
        if itself { hit.itself() } else { hit }
    }

    fn weight(&self, field: Field) -> u32 {
        match self.home {
            Some(home) if home == field => 3,
            Some(_) => weight(field).min(2),
            None => weight(field),
        }
    }

    /// Occurrences of the phrase in a folded text, as byte ranges of its words.
    pub(in crate::search) fn places(&self, text: &str) -> Vec<Vec<Range<usize>>> {
        let tokens: Vec<Token<'_>> = tokens(text).collect();
        let windows = tokens.windows(self.words.len().max(1));
        let places = windows.filter_map(|window| {
            let pairs = window.iter().zip(&self.words);
            pairs
                .map(|(token, pattern)| {
                    let range = pattern.find(token.word)?;
                    Some(token.at + range.start..token.at + range.end)
                })
                .collect()
        });
        places.collect()
    }

    /// Verdict on a folded text.
    pub(in crate::search) fn judge(&self, field: Field, text: &str) -> Verdict {
        if !self.scope.asks(field) {
            return Verdict::FALSE;
        }
        let places = self.places(text);
        if places.is_empty() || !self.is_meant(text) {
            return Verdict::FALSE;
        }
        let covered = |place: &Vec<Range<usize>>| match place.as_slice() {
            [range] => range.len(),
            // The share is computed from the query's words.
            _ => self.words.iter().map(|word| word.text().len()).sum(),
        };
        let verdicts = places
            .iter()
            .map(|place| {
                let itself = match (self.words.as_slice(), place.as_slice()) {
                    ([Pattern::Word(word) | Pattern::Exact(word)], [at]) => {
                        text[at.clone()] == **word
                    }
                    _ => false,
                };
                self.verdict(field, covered(place), text.len(), itself)
            })
            .max();
        verdicts.unwrap_or_default()
    }
}

/// Weight of a field in the rank.
pub(in crate::search) fn weight(field: Field) -> u32 {
    match field {
        Field::Title => 3,
        Field::Company | Field::Team => 2,
        Field::Location | Field::Country | Field::Region | Field::City => 1,
        _ => 0,
    }
}
