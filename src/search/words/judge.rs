//! Evaluates readings on all values of a field, using the dictionary.

use super::dictionary::{Dictionary, FieldWords, Place};
use super::pattern::{Pattern, Variant};
use super::phrases;
use super::reading::Reading;
use crate::query::Field;
use crate::search::texts::Texts;
use crate::search::verdict::{Tier, Verdict};

impl Reading {
    /// Verdict on a separate folded text.
    pub(in crate::search) fn judge(&self, field: Field, text: &str) -> Verdict {
        let verdicts = self
            .variants
            .iter()
            .map(|variant| variant.judge(field, text));
        verdicts.max().unwrap_or_default()
    }

    /// Raises the verdict on each value of a field to that of the reading.
    pub(in crate::search) fn judge_field(
        &self,
        dictionary: &Dictionary,
        (field, words): (Field, &FieldWords),
        texts: &Texts,
        verdicts: &mut [Verdict],
    ) {
        let variants = self.variants.iter();
        for variant in variants.filter(|variant| variant.scope.asks(field)) {
            let mut raise = |place: u32, covered: usize, itself: bool| {
                let value = Place(place).value();
                if !variant.is_meant(texts.get(value)) {
                    return;
                }
                let verdict = variant.verdict(field, covered, texts.get(value).len(), itself);
                verdicts[value] = verdict.max(verdicts[value]);
            };
            let [pattern] = variant.words.as_slice() else {
                // The share is computed from the query's words.
                let covered = variant.words.iter().map(|word| word.text().len()).sum();
                let places = phrases::places(dictionary, words, &variant.words);
                for place in places {
                    raise(place, covered, false);
                }
                continue;
            };
            for ids in phrases::ids(dictionary, pattern) {
                let (covered, itself) = match pattern {
                    Pattern::Start(text) | Pattern::Inside(text) => (text.len(), false),
                    Pattern::Word(text) | Pattern::Exact(text) => {
                        let word = dictionary.word(ids.start);
                        (word.len(), word == text)
                    }
                };
                for &place in words.places_in(ids) {
                    raise(place, covered, itself);
                }
            }
        }
    }

    /// For each value of a field, a bit mask of the positions at which one of its words matches.
    pub(in crate::search) fn positions(
        &self,
        dictionary: &Dictionary,
        (field, words): (Field, &FieldWords),
        values: usize,
    ) -> Vec<u32> {
        let mut positions = vec![0; values];
        let variants = self.variants.iter();
        let variants = variants.filter(|variant| variant.scope.asks(field));
        for variant in variants.filter(|variant| variant.has_position()) {
            for ids in phrases::ids(dictionary, &variant.words[0]) {
                for &place in words.places_in(ids) {
                    let place = Place(place);
                    positions[place.value()] |= 1_u32.checked_shl(place.position()).unwrap_or(0);
                }
            }
        }
        positions
    }
}

impl Variant {
    /// Whether a single word matches, so that its neighbours are known.
    pub(in crate::search) fn has_position(&self) -> bool {
        self.words.len() == 1 && !matches!(self.tier, Tier::Inside | Tier::Scattered)
    }
}
