//! What the words of a query are taken for on a board: themselves, what else they are called, and what they may be
//! slips of.

use std::ops::Range;
use std::sync::Arc;

use super::aliases::Aliases;
use super::dictionary::{Dictionary, WordId};
use super::forms::{forms, plural};
use super::pattern::{Pattern, Reason, Variant};
use super::phrases;
use super::tokens::{has_unspaced, tokens};
use super::typos::{self, Candidate};
use crate::board::fold::fold;
use crate::query::Field;
use crate::search::values::DEFAULT;
use crate::search::verdict::Tier;

/// Letters of the shortest word that is looked for inside others.
const INSIDE: usize = 4;
/// Letters of the shortest word that is taken for two.
const SPLIT: usize = 6;
/// Letters of the shortest part of it.
const PART: usize = 2;
/// Words of a query that are taken together at most.
const RUN: usize = 5;

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
    /// Words that it may be a slip of, and that were not joined.
    pub(in crate::search) offers: Vec<Candidate>,
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
            offers: Vec::new(),
        }
    }
}

impl Reading {
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

/// Reads words of a query on a board.
pub(in crate::search) struct Reader<'a> {
    pub(in crate::search) dictionary: &'a Dictionary,
    pub(in crate::search) aliases: &'a Aliases,
}

impl Reader<'_> {
    /// Reads words that stand side by side in a query and ask the same field.
    pub(in crate::search) fn read(&self, run: Vec<Typed>) -> Vec<Reading> {
        let mut readings: Vec<Reading> = run.into_iter().map(Reading::literal).collect();
        self.add_runs(&mut readings);
        for reading in &mut readings {
            self.keep_found(reading);
            self.add_guesses(reading);
        }
        readings
    }

    /// Adds what is said by several words, or instead of several words.
    fn add_runs(&self, readings: &mut [Reading]) {
        for first in 0..readings.len() {
            for end in first + 1..=readings.len().min(first + RUN) {
                if readings[first..end]
                    .iter()
                    .any(|reading| reading.typed.exact)
                {
                    break;
                }
                let words: Vec<&str> = readings[first..end]
                    .iter()
                    .flat_map(|reading| reading.words.iter().map(String::as_str))
                    .collect();
                let mut added = self.other_ways(&words);
                let typed = readings[first..end]
                    .iter()
                    .map(|reading| reading.typed.text.as_str());
                let typed = typed.collect::<Vec<_>>().join(" ");
                for way in &mut added {
                    way.instead_of.clone_from(&typed);
                }
                for reading in &mut readings[first..end] {
                    reading.variants.extend(added.iter().cloned());
                }
            }
        }
    }

    /// Other ways to say words that stand side by side.
    fn other_ways(&self, words: &[&str]) -> Vec<Variant> {
        let aliases = self.aliases.of(words).into_iter();
        let mut ways: Vec<Variant> = aliases
            .map(|alias| Variant {
                scope: alias.scope,
                ..Variant::new(
                    Tier::Alias,
                    Reason::Alias(alias.source),
                    alias.words.into_iter().map(Pattern::Word).collect(),
                )
            })
            .collect();
        match words {
            [word] => ways.extend(self.split(word)),
            words if words.len() <= 3 => {
                let joined = words.concat();
                if self.dictionary.find(&joined).is_some() {
                    let word = vec![Pattern::Word(joined)];
                    ways.push(Variant::new(Tier::Alias, Reason::Joined, word));
                }
            }
            _ => {}
        }
        ways
    }

    /// The two words that a word may be the joint writing of.
    fn split(&self, word: &str) -> Vec<Variant> {
        if word.chars().count() < SPLIT || has_unspaced(word) {
            return Vec::new();
        }
        let cuts = word.char_indices().map(|(at, _)| word.split_at(at));
        let known = cuts.filter(|(first, second)| {
            let long = |part: &str| part.chars().nth(PART - 1).is_some();
            let known = |part: &str| forms(part).any(|form| self.dictionary.find(&form).is_some());
            long(first) && long(second) && known(first) && known(second)
        });
        let phrases = known.map(|(first, second)| {
            let words = vec![Pattern::Exact(first.into()), Pattern::Word(second.into())];
            Variant::new(Tier::Alias, Reason::Joined, words)
        });
        phrases.collect()
    }

    /// Leaves only what the board has.
    fn keep_found(&self, reading: &mut Reading) {
        let fields = reading.typed.fields();
        let mut kept: Vec<Variant> = Vec::new();
        for variant in reading.variants.drain(..) {
            let typed = variant.reason == Reason::Typed;
            let same =
                |known: &Variant| known.words == variant.words && known.scope == variant.scope;
            let known = kept.iter().any(same);
            if typed || !known && fields.iter().any(|&field| self.stands(&variant, field)) {
                kept.push(variant);
            }
        }
        reading.variants = kept;
    }

    fn stands(&self, variant: &Variant, field: Field) -> bool {
        if !variant.scope.asks(field) {
            return false;
        }
        match self.dictionary.field(field) {
            Some(words) => phrases::stands(self.dictionary, words, &variant.words),
            // Values of other fields are looked at one by one.
            None => true,
        }
    }

    /// Adds what the word may be a slip of, and where nothing else is found what has its letters.
    fn add_guesses(&self, reading: &mut Reading) {
        let [word] = reading.words.as_slice() else {
            return;
        };
        let guessed = reading
            .variants
            .iter()
            .any(|variant| variant.reason != Reason::Typed);
        if reading.typed.exact || guessed {
            return;
        }
        let fields = reading.typed.fields();
        let typed = self.uses(word, &fields);
        let (joined, offered) = typos::find(self.dictionary, &fields, word, typed);
        let guess = |tier: Tier, reason: Reason, candidate: &Candidate, word: String| Variant {
            home: candidate.home,
            ..Variant::new(tier, reason, vec![Pattern::Exact(word)])
        };
        if joined.is_empty() && typed == 0 {
            for (candidate, worth) in typos::scattered(self.dictionary, &fields, word) {
                let word = candidate.word.clone();
                reading.variants.push(Variant {
                    worth: Some(worth),
                    ..guess(Tier::Scattered, Reason::Scattered, &candidate, word)
                });
            }
        }
        for candidate in joined {
            let plural = plural(&candidate.word);
            let plural = plural.filter(|word| self.dictionary.find(word).is_some());
            let reason = Reason::Typo(candidate.uses);
            let word = guess(Tier::Typo, reason, &candidate, candidate.word.clone());
            let plural = plural.map(|plural| guess(Tier::Typo, reason, &candidate, plural));
            for variant in [word].into_iter().chain(plural) {
                if reading
                    .variants
                    .iter()
                    .all(|known| known.words != variant.words)
                {
                    reading.variants.push(variant);
                }
            }
        }
        reading.offers = offered;
    }

    /// How often the words stand on the board that hold what was typed, posting by posting and field by field.
    fn uses(&self, word: &str, fields: &[Field]) -> u64 {
        let start = self.dictionary.starting(word);
        let mut others: Vec<WordId> = forms(word)
            .filter_map(|form| self.dictionary.find(&form))
            .filter(|id| !start.contains(id))
            .collect();
        if word.chars().count() >= INSIDE || has_unspaced(word) {
            others.extend(self.dictionary.holding(word));
        }
        others.sort_unstable();
        others.dedup();
        let ranges = others.into_iter().map(|id| id..id + 1).chain([start]);
        let ranges: Vec<Range<WordId>> = ranges.collect();
        let words = fields
            .iter()
            .filter_map(|&field| self.dictionary.field(field));
        words
            .flat_map(|words| ranges.iter().map(|range| words.uses_in(range.clone())))
            .sum()
    }
}
