//! Readings: the interpretation of query words on a board, with their aliases and typo corrections.

use std::sync::Arc;

use super::pattern::{Pattern, Reason, Variant};
use super::refusal::Refused;
use super::tokens::{has_unspaced, tokens};
use crate::board::fold::fold;
use crate::query::Field;
use crate::search::values::DEFAULT;
use crate::search::verdict::Tier;

/// Minimum length of a word that is searched within others.
pub(super) const INSIDE: usize = 4;

/// A query word as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Typed {
    /// The only field to search, if given.
    pub(in crate::search) field: Option<Field>,
    /// Folded text.
    pub(in crate::search) text: String,
    /// Whether only the exact word matches.
    pub(in crate::search) exact: bool,
}

/// Interpretation of a query word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Reading {
    /// The typed word.
    pub(in crate::search) typed: Typed,
    /// Its tokens.
    pub(in crate::search) words: Vec<String>,
    /// Variants that occur on the board.
    pub(in crate::search) variants: Vec<Variant>,
    /// Corrections and other names that were refused.
    pub(in crate::search) refused: Vec<Refused>,
}

impl Typed {
    /// A query word.
    pub(in crate::search) fn new(field: Option<Field>, text: &str, exact: bool) -> Self {
        Self {
            field,
            text: fold(text),
            exact,
        }
    }

    /// Fields whose words it is compared with.
    pub(in crate::search) fn fields(&self) -> Vec<Field> {
        match self.field {
            None => DEFAULT.to_vec(),
            Some(Field::Country | Field::Region | Field::City) => vec![Field::Location],
            Some(field) => vec![field],
        }
    }
}

impl Reading {
    /// Interpretation without a board: the word itself.
    pub(in crate::search) fn literal(typed: Typed) -> Self {
        let words: Vec<String> = tokens(&typed.text)
            .map(|token| token.word.to_owned())
            .collect();
        let mut variants = Vec::new();
        if let Some((last, front)) = words.split_last() {
            let with = |last: Pattern| {
                let one = if typed.exact {
                    Pattern::Exact
                } else {
                    Pattern::Word
                };
                let front = front.iter().cloned().map(one);
                front.chain([last]).collect::<Vec<_>>()
            };
            if typed.exact {
                variants.push(Variant::typed(
                    Tier::Whole,
                    with(Pattern::Exact(last.clone())),
                ));
            } else {
                variants.push(Variant::typed(
                    Tier::Whole,
                    with(Pattern::Word(last.clone())),
                ));
                variants.push(Variant::typed(
                    Tier::Start,
                    with(Pattern::Start(last.clone())),
                ));
                let long = last.chars().count() >= INSIDE || has_unspaced(last);
                if long && front.is_empty() {
                    variants.push(Variant::typed(
                        Tier::Inside,
                        with(Pattern::Inside(last.clone())),
                    ));
                }
            }
        }
        Self {
            typed,
            words,
            variants,
            refused: Vec::new(),
        }
    }
}

impl Reading {
    /// The word that it is most likely a slip of.
    pub(super) fn corrected(&self) -> Option<String> {
        let mut variants = self.variants.iter();
        let typo = variants.find(|variant| matches!(variant.reason, Reason::Typo(_)))?;
        Some(typo.words.first()?.text().to_owned())
    }

    /// Whether it is known by another name on the board.
    pub(in crate::search) fn has_alias(&self) -> bool {
        let mut variants = self.variants.iter();
        variants.any(|variant| matches!(variant.reason, Reason::Alias(_)))
    }

    /// Whether it matches a subset of what the reading of a prefix matches.
    pub(in crate::search) fn finds_less(&self, before: &Self) -> bool {
        // Requisition numbers are only searched for words with a digit.
        let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
        let numbers = has_digit(&before.typed.text) || !has_digit(&self.typed.text);
        let numbers = numbers && self.typed.text.starts_with(&before.typed.text);
        let mut variants = self.variants.iter();
        numbers && variants.all(|variant| before.variants.iter().any(|known| known.covers(variant)))
    }
}

/// Readings of the words of a query.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Readings(Vec<Arc<Reading>>);

impl Readings {
    /// A collection of readings.
    pub(in crate::search) fn new(readings: Vec<Arc<Reading>>) -> Self {
        Self(readings)
    }

    /// The readings.
    pub(in crate::search) fn iter(&self) -> impl Iterator<Item = &Reading> {
        self.0.iter().map(Arc::as_ref)
    }

    /// Reading of a word.
    pub(in crate::search) fn get(&self, typed: &Typed) -> Option<Arc<Reading>> {
        self.0
            .iter()
            .find(|reading| reading.typed == *typed)
            .cloned()
    }
}
