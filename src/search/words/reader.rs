//! Interprets the words of a query on a board: finds aliases, corrects typos, and drops what does not occur.

use std::ops::Range;

use super::alias::{Scope, Source};
use super::aliases::Aliases;
use super::dictionary::{Dictionary, WordId};
use super::english::is_correct;
use super::forms::{forms, plural};
use super::pattern::{Pattern, Reason, Variant};
use super::phrases;
use super::reading::{INSIDE, Reading, Typed};
use super::refusal::{Refusal, Refused};
use super::tokens::has_unspaced;
use super::typos::{self, Candidate, Evidence};
use crate::query::Field;
use crate::search::verdict::Tier;

/// Minimum length of a compound that is split.
const SPLIT: usize = 6;
/// Minimum length of its parts.
const PART: usize = 2;
/// The same for a word that the board has.
const LONG_PART: usize = 4;
/// Maximum number of words in an alias.
const RUN: usize = 5;

/// Reads words of a query on a board.
pub(in crate::search) struct WordReader<'a> {
    pub(in crate::search) dictionary: &'a Dictionary,
    pub(in crate::search) aliases: &'a Aliases,
    /// Number of postings of the board.
    pub(in crate::search) postings: usize,
    /// Whether corrections are also searched if the board has the typed word.
    pub(in crate::search) loose: bool,
}

impl WordReader<'_> {
    /// Reads adjacent words of a query that search the same field.
    pub(in crate::search) fn read(&self, run: Vec<Typed>) -> Vec<Reading> {
        let mut readings: Vec<Reading> = run.into_iter().map(Reading::literal).collect();
        self.add_runs(&mut readings);
        for reading in &mut readings {
            self.keep_found(reading);
            self.add_guesses(reading);
        }
        self.add_corrected_runs(&mut readings);
        readings
    }

    /// Adds aliases and joined spellings of adjacent words.
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
                let typed = typed_together(&readings[first..end]);
                for way in &mut added {
                    way.instead_of.clone_from(&typed);
                }
                for reading in &mut readings[first..end] {
                    reading.variants.extend(added.iter().cloned());
                }
            }
        }
    }

    /// Aliases and alternative spellings of adjacent words.
    fn other_ways(&self, words: &[&str]) -> Vec<Variant> {
        let aliases = self.aliases.of(words).into_iter();
        let mut ways: Vec<Variant> = aliases
            .map(|alias| Variant::alias(Tier::Alias, alias))
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

    /// Pairs of words that a compound may be split into.
    fn split(&self, word: &str) -> Vec<Variant> {
        if word.chars().count() < SPLIT || has_unspaced(word) {
            return Vec::new();
        }
        // A word that the board has is no slip of two short ones: "contractor".
        let is_known = self.dictionary.find(word).is_some();
        let least = if is_known { LONG_PART } else { PART };
        let cuts = word.char_indices().map(|(at, _)| word.split_at(at));
        let known = cuts.filter(|(first, second)| {
            let long = |part: &str| part.chars().nth(least - 1).is_some();
            let known = |part: &str| forms(part).any(|form| self.dictionary.find(&form).is_some());
            long(first) && long(second) && known(first) && known(second)
        });
        let phrases = known.map(|(first, second)| {
            let words = vec![Pattern::Exact(first.into()), Pattern::Word(second.into())];
            Variant::new(Tier::Alias, Reason::Joined, words)
        });
        phrases.collect()
    }

    /// Drops variants that do not occur on the board.
    fn keep_found(&self, reading: &mut Reading) {
        let fields = reading.typed.fields();
        let mut kept: Vec<Variant> = Vec::new();
        for variant in reading.variants.drain(..) {
            let typed = variant.reason == Reason::Typed;
            let same =
                |known: &Variant| known.words == variant.words && known.scope == variant.scope;
            if typed {
                kept.push(variant);
                continue;
            }
            if kept.iter().any(same) {
                continue;
            }
            if fields.iter().any(|&field| self.is_found(&variant, field)) {
                kept.push(variant);
            } else if matches!(variant.reason, Reason::Alias(source) if source != Source::Place) {
                reading.refused.push(Refused {
                    words: variant.shown(),
                    uses: 0,
                    why: Refusal::Absent,
                });
            }
        }
        reading.variants = kept;
    }

    fn is_found(&self, variant: &Variant, field: Field) -> bool {
        if !variant.scope.asks(field) {
            return false;
        }
        match self.dictionary.field(field) {
            Some(words) => phrases::is_found(self.dictionary, words, &variant.words),
            // Values of other fields are looked at one by one.
            None => true,
        }
    }

    /// Adds typo corrections and, if nothing else matches, words with its scattered letters.
    fn add_guesses(&self, reading: &mut Reading) {
        let [word] = reading.words.as_slice() else {
            return;
        };
        let guessed = reading
            .variants
            .iter()
            .any(|variant| variant.reason != Reason::Typed);
        if reading.typed.exact || guessed && !self.loose {
            return;
        }
        let fields = reading.typed.fields();
        let typed = self.uses(word, &fields);
        let evidence = Evidence {
            postings: self.postings,
            typed,
            is_correct: is_correct(word),
            loose: self.loose,
        };
        let corrections = typos::find(self.dictionary, &fields, word, evidence);
        let joined = corrections.joined;
        let guess = |tier: Tier, reason: Reason, candidate: &Candidate, word: String| Variant {
            home: candidate.home,
            ..Variant::new(tier, reason, vec![Pattern::Exact(word)])
        };
        let nothing = joined.is_empty() && typed == 0 && !evidence.is_correct;
        let scattered = self.loose || nothing;
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
        if scattered {
            for (candidate, worth) in typos::scattered(self.dictionary, &fields, word) {
                let word = candidate.word.clone();
                let variant = Variant {
                    worth: Some(worth),
                    ..guess(Tier::Scattered, Reason::Scattered, &candidate, word)
                };
                let is_new = |known: &Variant| known.words != variant.words;
                if reading.variants.iter().all(is_new) {
                    reading.variants.push(variant);
                }
            }
        }
        let variants = &reading.variants;
        let is_searched = |word: &str| {
            let mut own = variants.iter().map(|variant| variant.words.as_slice());
            own.any(|words| matches!(words, [known] if known.text() == word))
        };
        let refused = corrections.refused.into_iter();
        let refused = refused.filter(|refused| !is_searched(&refused.words));
        reading.refused.extend(refused);
    }

    /// Adds other names of places that are corrected, alone and together with their neighbours. A corrected role is looked
    /// for by itself: two guesses in a row find too much.
    fn add_corrected_runs(&self, readings: &mut [Reading]) {
        let corrected: Vec<Option<String>> = readings.iter().map(Reading::corrected).collect();
        let words: Vec<Vec<String>> = readings
            .iter()
            .zip(&corrected)
            .map(|(reading, word)| match word {
                Some(word) => vec![word.clone()],
                None => reading.words.clone(),
            })
            .collect();
        for first in 0..readings.len() {
            for end in first + 1..=readings.len().min(first + RUN) {
                if readings[end - 1].typed.exact {
                    break;
                }
                if corrected[first..end].iter().all(Option::is_none) {
                    continue;
                }
                let run = words[first..end].iter().flatten();
                let run: Vec<&str> = run.map(String::as_str).collect();
                let typed = typed_together(&readings[first..end]);
                let aliases = self.aliases.of(&run).into_iter();
                let places = aliases.filter(|alias| alias.source == Source::Place);
                let names: Vec<Variant> = places
                    .map(|alias| Variant {
                        instead_of: typed.clone(),
                        home: (alias.scope == Scope::Place).then_some(Field::Location),
                        ..Variant::alias(Tier::Typo, alias)
                    })
                    .collect();
                for reading in &mut readings[first..end] {
                    let fields = reading.typed.fields();
                    for name in &names {
                        let same = |known: &Variant| {
                            known.words == name.words && known.scope == name.scope
                        };
                        let is_new = !reading.variants.iter().any(same);
                        if is_new && fields.iter().any(|&field| self.is_found(name, field)) {
                            reading.variants.push(name.clone());
                        }
                    }
                }
            }
        }
    }

    /// Frequency on the board of the words that contain the typed word, summed over fields.
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

/// Adjacent words of a query, as typed.
fn typed_together(readings: &[Reading]) -> String {
    let typed = readings.iter().map(|reading| reading.typed.text.as_str());
    typed.collect::<Vec<_>>().join(" ")
}
