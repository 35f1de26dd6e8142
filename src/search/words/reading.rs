//! What the words of a query are taken for on a board: themselves, what else they are called, and what they may be
//! slips of.

use std::sync::Arc;

use super::pattern::{Pattern, Reason, Variant};
use super::refusal::Refused;
use super::tokens::{has_unspaced, tokens};
use crate::board::fold::fold;
use crate::query::Field;
use crate::search::values::DEFAULT;
use crate::search::verdict::Tier;

/// Letters of the shortest word that is looked for inside others.
pub(super) const INSIDE: usize = 4;

/// A word of a query, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Typed {
    /// The only field to look in.
    pub(in crate::search) field: Option<Field>,
    /// Folded.
    pub(in crate::search) text: String,
    /// Whether only the word itself is meant.
    pub(in crate::search) exact: bool,
}

/// What a word of a query is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Reading {
    /// The word.
    pub(in crate::search) typed: Typed,
    /// Its own words.
    pub(in crate::search) words: Vec<String>,
    /// The ways to answer it that the board has.
    pub(in crate::search) variants: Vec<Variant>,
    /// Corrections and other names that were refused.
    pub(in crate::search) refused: Vec<Refused>,
}

impl Typed {
    /// A word of a query.
    pub(in crate::search) fn new(field: Option<Field>, text: &str, exact: bool) -> Self {
        Self {
            field,
            text: fold(text),
            exact,
        }
    }

    /// The fields whose words it is compared with.
    pub(in crate::search) fn fields(&self) -> Vec<Field> {
        match self.field {
            None => DEFAULT.to_vec(),
            Some(Field::Country | Field::Region | Field::City) => vec![Field::Location],
            Some(field) => vec![field],
        }
    }
}

impl Reading {
    /// What is looked for without asking a board: the word itself.
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

    /// Whether everything that it finds is found by the reading of what was typed before it.
    pub(in crate::search) fn finds_less(&self, before: &Self) -> bool {
        // A requisition number is looked at only for a word with a digit.
        let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
        let numbers = has_digit(&before.typed.text) || !has_digit(&self.typed.text);
        let numbers = numbers && self.typed.text.starts_with(&before.typed.text);
        let mut variants = self.variants.iter();
        numbers && variants.all(|variant| before.variants.iter().any(|known| known.covers(variant)))
    }
}

/// What the words of a query were taken for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Readings(Vec<Arc<Reading>>);

impl Readings {
    /// These.
    pub(in crate::search) fn new(readings: Vec<Arc<Reading>>) -> Self {
        Self(readings)
    }

    /// One by one.
    pub(in crate::search) fn iter(&self) -> impl Iterator<Item = &Reading> {
        self.0.iter().map(Arc::as_ref)
    }

    /// What a word was taken for.
    pub(in crate::search) fn of(&self, typed: &Typed) -> Option<Arc<Reading>> {
        self.0
            .iter()
            .find(|reading| reading.typed == *typed)
            .cloned()
    }
}
