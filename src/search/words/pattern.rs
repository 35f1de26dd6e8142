//! What a word of a query is looked for as: patterns of words, and texts judged by them.

use std::fmt;
use std::ops::Range;

use super::aliases::{Scope, Source};
use super::forms::{forms, is_same};
use super::tokens::{Token, tokens};
use crate::query::Field;
use crate::search::verdict::{Tier, Verdict, share};

/// One word of a text, as it is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) enum Pattern {
    /// The word, its plural or singular.
    Word(String),
    /// This word only.
    Exact(String),
    /// A word that begins so.
    Start(String),
    /// A word that has this inside.
    Inside(String),
}

impl Pattern {
    /// What is looked for.
    pub(in crate::search) fn text(&self) -> &str {
        match self {
            Self::Word(text) | Self::Exact(text) | Self::Start(text) | Self::Inside(text) => text,
        }
    }

    /// Where in a word the pattern stands.
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

    /// The words that the pattern names, where it names words.
    pub(in crate::search) fn named(&self) -> Vec<String> {
        match self {
            Self::Word(text) => forms(text).collect(),
            Self::Exact(text) => vec![text.clone()],
            Self::Start(_) | Self::Inside(_) => Vec::new(),
        }
    }
}

/// Why a text answers a word of a query although it does not hold the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It does.
    Typed,
    /// It is called so too, as this says.
    Alias(Source),
    /// Written as one word, or as two.
    Joined,
    /// The word may be a slip of it; it stands so often on the board.
    Typo(u64),
    /// It has the letters in order.
    Scattered,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Typed => f.write_str("as typed"),
            Self::Alias(source) => source.fmt(f),
            Self::Joined => f.write_str("written together or apart"),
            Self::Typo(uses) => write!(f, "a slip of a word used {uses} times"),
            Self::Scattered => f.write_str("has its letters in order"),
        }
    }
}

/// One way to answer a word of a query: words that stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Variant {
    /// How well it answers.
    pub(in crate::search) tier: Tier,
    /// Why it does.
    pub(in crate::search) reason: Reason,
    /// The words.
    pub(in crate::search) words: Vec<Pattern>,
    /// What of the query it answers, where that is more than one word.
    pub(in crate::search) instead_of: String,
    /// The fields in which it is looked for.
    pub(in crate::search) scope: Scope,
    /// The field in which it weighs most, whatever that field weighs otherwise.
    pub(in crate::search) home: Option<Field>,
    /// The share of the value that it is worth; for scattered letters.
    pub(in crate::search) worth: Option<u32>,
}

impl Variant {
    /// What was typed, as words that stand side by side.
    pub(in crate::search) fn typed(tier: Tier, words: Vec<Pattern>) -> Self {
        Self::new(tier, Reason::Typed, words)
    }

    /// Whether it is what was typed.
    pub(in crate::search) fn is_typed(&self) -> bool {
        self.reason == Reason::Typed
    }

    /// Another way to say it.
    pub(in crate::search) fn new(tier: Tier, reason: Reason, words: Vec<Pattern>) -> Self {
        Self {
            tier,
            reason,
            words,
            instead_of: String::new(),
            scope: Scope::Any,
            home: None,
            worth: None,
        }
    }

    /// Whether it finds everything that another one finds.
    pub(in crate::search) fn covers(&self, other: &Self) -> bool {
        if self.scope != Scope::Any && self.scope != other.scope {
            return false;
        }
        if self.words == other.words {
            return true;
        }
        let ([pattern], [other]) = (self.words.as_slice(), other.words.as_slice()) else {
            return false;
        };
        let wanted = match other {
            // What is inside a word may be inside any.
            Pattern::Inside(_) => matches!(pattern, Pattern::Inside(_)),
            _ => true,
        };
        let mut named = other.named();
        if named.is_empty() {
            named.push(other.text().to_owned());
        }
        wanted && named.iter().all(|word| pattern.find(word).is_some())
    }

    /// The words as a person would write them.
    pub(in crate::search) fn shown(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(Pattern::text).collect();
        words.join(" ")
    }

    /// The verdict where so many bytes of a value of a field stand for the words.
    /// `itself`: they are not another form of a word asked for.
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

    /// Every place of a folded text where the words stand side by side, as the bytes of each.
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

    /// The verdict on a folded text.
    pub(in crate::search) fn judge(&self, field: Field, text: &str) -> Verdict {
        if !self.scope.asks(field) {
            return Verdict::FALSE;
        }
        let covered = |place: &Vec<Range<usize>>| match place.as_slice() {
            [range] => range.len(),
            // The words of a phrase are counted as they were asked for.
            _ => self.words.iter().map(|word| word.text().len()).sum(),
        };
        let verdicts = self
            .places(text)
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

/// How much a field weighs in a rank.
pub(in crate::search) fn weight(field: Field) -> u32 {
    match field {
        Field::Title => 3,
        Field::Company | Field::Team => 2,
        Field::Location | Field::Country | Field::Region | Field::City => 1,
        _ => 0,
    }
}
