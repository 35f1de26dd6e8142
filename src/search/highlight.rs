//! Highlights: byte ranges of displayed values that a query matched.

use std::ops::Range;
use std::sync::Arc;

use super::predicates::{TextTest, places, typed};
use super::requisition::{self, judge_number};
use super::values::{DEFAULT, values};
use super::verdict::Tier;
use super::word::{Scorer, Word, literal_places, literal_tier, searched};
use super::words::{Reading, Readings};
use super::{fuzzy, grapheme_ranges};
use crate::board::Posting;
use crate::board::fold::{Folded, fold};
use crate::query::{Anchor, Field, Query, Test};

/// Computes highlights for a query.
#[derive(Debug, Clone, Default)]
pub struct Highlighter {
    asked: Arc<[Asked]>,
    literals: Vec<String>,
}

/// A test with its field.
#[derive(Debug)]
struct Asked {
    field: Option<Field>,
    test: TextTest,
}

impl Asked {
    /// Whether the test applies to a field.
    fn asks(&self, field: Field) -> bool {
        let part_of_place = matches!(field, Field::Country | Field::Region | Field::City);
        match self.field {
            None => DEFAULT.contains(&field) || part_of_place,
            Some(Field::Location) => field == Field::Location || part_of_place,
            Some(asked) => asked == field || self.names_part_of(field),
        }
    }

    /// Whether it tests a country, region or city, which the location as written may contain.
    fn names_part_of(&self, field: Field) -> bool {
        field == Field::Location
            && matches!(
                self.field,
                Some(Field::Country | Field::Region | Field::City)
            )
    }
}

impl Highlighter {
    /// Highlighter for a query with the given interpretation of its words; negated atoms are ignored.
    pub fn new(query: &Query, readings: &Readings) -> Self {
        let atoms = query.terms.iter().flat_map(|term| &term.any);
        let (mut asked, mut literals) = (Vec::new(), Vec::new());
        for atom in atoms.filter(|atom| !atom.negated) {
            match (atom.field, &atom.test) {
                (
                    Some(Field::Text),
                    Test::Literal { text, .. } | Test::Whole(text) | Test::Scattered(text),
                ) => literals.push(text.clone()),
                (Some(Field::Text), _) => {}
                (field, _) => {
                    let reading = typed(atom).and_then(|typed| readings.get(&typed));
                    let test = TextTest::new(atom, reading);
                    asked.extend(test.map(|test| Asked { field, test }));
                }
            }
        }
        Self {
            asked: asked.into(),
            literals,
        }
    }

    /// Texts that the query searches in descriptions.
    pub fn literals(&self) -> Vec<String> {
        self.literals.clone()
    }

    /// Highlights of a posting: only the best hits of each word, so that scattered letters are not highlighted beside
    /// the word itself.
    pub fn posting(&self, posting: &Posting) -> Highlights {
        let mut scorer = Scorer::default();
        let least = self.asked.iter().map(|asked| {
            let fields = match &asked.field {
                None => &DEFAULT[..],
                Some(field) => std::slice::from_ref(field),
            };
            let texts = fields.iter().flat_map(|&field| {
                let values = values(posting, field).into_iter();
                values.map(move |value| (field, value))
            });
            let tiers = texts.filter_map(|(field, text)| asked.tier(field, &text, &mut scorer));
            tiers.max()
        });
        Highlights {
            least: least.collect(),
            asked: Arc::clone(&self.asked),
        }
    }

    /// Highlights of a separate value.
    pub fn value(&self, field: Field, text: &str) -> Vec<Range<usize>> {
        let asked = self.asked.iter().filter(|asked| asked.asks(field));
        let letters = asked.flat_map(|asked| asked.letters(field, text, Tier::Scattered));
        grapheme_ranges::whole_graphemes(text, letters.collect())
    }
}

/// Highlights of a posting.
#[derive(Debug, Clone, Default)]
pub struct Highlights {
    asked: Arc<[Asked]>,
    /// For each test the minimum tier to highlight; `None` if it does not match.
    least: Vec<Option<Tier>>,
}

impl Highlights {
    /// Byte ranges to highlight in a value, sorted, in whole graphemes.
    pub fn ranges(&self, field: Field, text: &str) -> Vec<Range<usize>> {
        let asked = self.asked.iter().zip(&self.least);
        let asked = asked.filter(|(asked, _)| asked.asks(field));
        let letters =
            asked.filter_map(|(asked, least)| Some(asked.letters(field, text, (*least)?)));
        grapheme_ranges::whole_graphemes(text, letters.flatten().collect())
    }
}

impl Asked {
    /// Tier of the test in a value.
    fn tier(&self, field: Field, text: &str, scorer: &mut Scorer) -> Option<Tier> {
        let judge = |text: &str, scorer: &mut Scorer| {
            let verdict = self.test.judge(&fold(text), field, scorer);
            verdict.tier().or(verdict.is_true().then_some(Tier::Whole))
        };
        let split = requisition::split(text).filter(|_| field == Field::Title);
        match (&self.test, split) {
            (TextTest::Words(reading), Some((end, number))) => {
                let words = judge(&text[..end], scorer);
                let number = judge_number(&reading.typed, &fold(&text[number]));
                words.max(number.tier())
            }
            (TextTest::Scattered(_), Some((end, _))) => judge(&text[..end], scorer),
            _ => judge(text, scorer),
        }
    }

    /// Byte ranges of a value that match with at least this tier.
    fn letters(&self, field: Field, text: &str, least: Tier) -> Vec<Range<usize>> {
        // In the location as written, a country, region or city is only highlighted as a whole word.
        let least = if self.names_part_of(field) {
            least.max(Tier::Start)
        } else {
            least
        };
        let split = requisition::split(text).filter(|_| field == Field::Title);
        let words = split.as_ref().map_or(text, |(end, _)| &text[..*end]);
        match &self.test {
            TextTest::Words(reading) => {
                let mut letters = reading_letters(reading, words, least);
                if let Some((_, number)) = split {
                    let start = number.start;
                    let number = number_letters(reading, &text[number], least);
                    letters.extend(number.map(|at| at.start + start..at.end + start));
                }
                letters
            }
            TextTest::Scattered(_) if least > Tier::Scattered => Vec::new(),
            TextTest::Scattered(word) => scattered_letters(word, words),
            TextTest::Literal(literal, anchor) => literal_letters(literal, *anchor, text, least),
            TextTest::Equals(value) if self.names_part_of(field) => {
                literal_letters(value, Anchor::None, text, least)
            }
            TextTest::Equals(value) | TextTest::Language(value) => {
                literal_letters(value, Anchor::Both, text, least)
            }
        }
    }
}

/// Occurrences of the best variants of a reading in the text, with at least this tier.
fn reading_letters(reading: &Reading, text: &str, least: Tier) -> Vec<Range<usize>> {
    let folded = Folded::new(text);
    let variants = reading
        .variants
        .iter()
        .filter(|variant| variant.tier >= least);
    let places = variants.map(|variant| (variant, variant.places(&folded.text)));
    let places: Vec<_> = places.filter(|(_, places)| !places.is_empty()).collect();
    let best = places.iter().map(|(variant, _)| variant.tier).max();
    let best = places
        .iter()
        .filter(|(variant, _)| Some(variant.tier) == best);
    let mut letters = Vec::new();
    for (variant, places) in best {
        for range in places.iter().flatten() {
            if variant.tier == Tier::Scattered {
                let word = Word::new(&reading.typed.text);
                letters.extend(scattered_in(&word, &folded, range.clone()));
            } else {
                letters.extend(folded.original(range.clone()));
            }
        }
    }
    letters
}

/// Occurrences of a word in a requisition number.
fn number_letters(
    reading: &Reading,
    number: &str,
    least: Tier,
) -> impl Iterator<Item = Range<usize>> {
    let folded = Folded::new(number);
    let found = judge_number(&reading.typed, &folded.text).tier();
    let found = found.filter(|tier| *tier >= least);
    let at = found.and_then(|_| folded.text.find(&reading.typed.text));
    let range = at.and_then(|at| folded.original(at..at + reading.typed.text.len()));
    range.into_iter()
}

/// The letters that produced a fuzzy score.
pub(super) fn scattered_letters(word: &Word, text: &str) -> Vec<Range<usize>> {
    let folded = Folded::new(text);
    let searched = 0..searched(&folded.text).len();
    scattered_in(word, &folded, searched)
}

fn scattered_in(word: &Word, folded: &Folded, range: Range<usize>) -> Vec<Range<usize>> {
    let before = folded.text[..range.start].chars().count();
    let indices = fuzzy::indices(&word.text, &folded.text[range]);
    let letters = indices.into_iter().flat_map(|(_, letters)| letters);
    letters
        .filter_map(|at| folded.origin.get(before + at).cloned())
        .collect()
}

/// The best occurrence of a word, or else the letters that produced its score.
fn word_letters(word: &Word, text: &str) -> Vec<Range<usize>> {
    let folded = Folded::new(text);
    let best = literal_places(&word.text, searched(&folded.text));
    let best = best.max_by_key(|&(at, tier)| (tier, std::cmp::Reverse(at)));
    match best {
        Some((at, _)) => {
            let range = folded.original(at..at + word.text.len());
            range.into_iter().collect()
        }
        None => scattered_letters(word, text),
    }
}

/// Occurrences of a literal with at least this tier.
fn literal_letters(literal: &str, anchor: Anchor, text: &str, least: Tier) -> Vec<Range<usize>> {
    let folded = Folded::new(text);
    let places = places(literal, anchor, &folded.text).filter(|(_, tier)| *tier >= least);
    let ranges = places.filter_map(|(at, _)| folded.original(at..at + literal.len()));
    ranges.collect()
}

/// Rank of a text; greater is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(u64);

/// Ranks texts by words: at the start of a word, within one, or as scattered letters.
#[derive(Default)]
pub struct Ranker {
    words: Vec<Word>,
    scorer: Scorer,
}

impl Ranker {
    /// A ranker for these words.
    pub fn new(words: &str) -> Self {
        Self {
            words: words.split_whitespace().map(Word::new).collect(),
            scorer: Scorer::default(),
        }
    }

    /// Rank of a text; `None` if one of the words does not match.
    pub fn rank(&mut self, text: &str) -> Option<Rank> {
        let text = fold(text);
        let mut sum = 0;
        for word in &self.words {
            let score = self.scorer.score(word, searched(&text))?;
            let tier = literal_tier(&word.text, searched(&text)).unwrap_or(Tier::Scattered);
            // A whole word ranks like a prefix.
            let tier = tier.min(Tier::Start) as u64;
            sum += tier << TIER_SHIFT | u64::from(score.max(0).unsigned_abs());
        }
        Some(Rank(sum))
    }
}

/// Scores are less than `1 << TIER_SHIFT`.
const TIER_SHIFT: u32 = 32;

/// Byte ranges of a text that a word matches.
pub fn word_ranges(word: &str, text: &str) -> Vec<Range<usize>> {
    let words = word.split_whitespace().map(Word::new);
    let letters = words.flat_map(|word| word_letters(&word, text));
    grapheme_ranges::whole_graphemes(text, letters.collect())
}

#[cfg(test)]
mod tests;
