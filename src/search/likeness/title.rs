//! Scores of title words and skills, from the index.

use std::collections::HashSet;

use super::{inverse_frequency, saturation};
use crate::query::Field;
use crate::search::index::Index;
use crate::search::words::{Place, WordId, forms, tokens};

/// Title words that say nothing about the work: articles, genders, and parts of the world, beside the posting's own
/// places.
const EMPTY: &[&str] = &[
    "a", "all", "an", "and", "at", "d", "de", "der", "die", "div", "du", "e", "en", "f", "for",
    "fur", "gender", "genders", "h", "i", "ii", "iii", "im", "in", "iv", "la", "le", "m", "of",
    "on", "or", "the", "to", "und", "v", "w", "with", "x", "americas", "apac", "emea", "eu",
    "europe", "latam", "uk", "us", "usa",
];
/// Words of rank, workplace and employment: they rank among postings of the same work, but do not make one similar.
const RANKS: &[&str] = &[
    "associate",
    "chief",
    "contract",
    "contractor",
    "director",
    "entry",
    "executive",
    "expert",
    "freelance",
    "full",
    "graduate",
    "head",
    "hybrid",
    "intern",
    "internship",
    "jr",
    "junior",
    "lead",
    "level",
    "mid",
    "onsite",
    "part",
    "president",
    "principal",
    "remote",
    "senior",
    "site",
    "sr",
    "staff",
    "time",
    "vice",
    "vp",
];
/// Weight of such words.
const RANK: f32 = 0.35;
/// Weight of skills beside title words.
const SKILL: f32 = 0.5;
/// Weight of two words side by side.
const PAIR: f32 = 0.5;

/// The title words and skills of a posting.
pub(super) struct TitleQuery {
    words: Vec<TitleWord>,
    /// Pairs of adjacent words, as positions in `words`.
    pairs: Vec<(usize, usize)>,
    /// Skills with their weights, by number.
    skills: Vec<(u32, f32)>,
}

struct TitleWord {
    word: String,
    /// The word and its other forms in the dictionary.
    ids: Vec<WordId>,
    weight: f32,
}

/// Scores of every title and of every list of skills.
pub(super) struct Scores {
    titles: Vec<f32>,
    skills: Vec<f32>,
}

impl Scores {
    /// Score of a posting.
    pub(super) fn score(&self, index: &Index, number: usize) -> f32 {
        let columns = index.columns();
        let title = columns.title.records[columns.title.ids.get(number)].text;
        let skills = self.skills.get(columns.skill_list.ids.get(number));
        self.titles[title as usize] + skills.copied().unwrap_or_default()
    }
}

impl TitleQuery {
    /// The words of the posting with this number.
    pub(super) fn new(index: &Index, number: usize) -> Self {
        let title = title(index, number);
        let places = place_words(index, number);
        let rows = index.len() as f32;
        let dictionary = index.dictionary();
        let field = dictionary.field(Field::Title);
        let mut words: Vec<TitleWord> = Vec::new();
        let mut pairs = Vec::new();
        let mut before = None;
        for token in tokens(title) {
            let word = token.word;
            if is_empty(word) || places.contains(word) {
                before = None;
                continue;
            }
            let known = words.iter().position(|known| known.word == word);
            let at = known.unwrap_or_else(|| {
                let ids = forms(word).filter_map(|form| dictionary.find(&form));
                let ids: Vec<WordId> = ids.collect();
                let uses = field.map_or(0, |field| ids.iter().map(|id| field.uses(*id)).sum());
                let rank = if RANKS.contains(&word) { RANK } else { 1.0 };
                words.push(TitleWord {
                    word: word.to_owned(),
                    ids,
                    weight: rank * inverse_frequency(uses as f32, rows),
                });
                words.len() - 1
            });
            pairs.extend(before.map(|before| (before, at)));
            before = Some(at);
        }
        Self {
            skills: skills(index, number),
            words,
            pairs,
        }
    }

    /// Scores of all titles and lists of skills.
    pub(super) fn scores(&self, index: &Index) -> Scores {
        let texts = &index.columns().titles;
        let mean = texts.mean_length();
        let mut titles = vec![0.0; texts.len()];
        let field = index.dictionary().field(Field::Title);
        for word in &self.words {
            let ids = word.ids.iter();
            let places =
                ids.flat_map(|&id| field.map_or(&[][..], |field| field.places_in(id..id + 1)));
            let mut last = usize::MAX;
            for place in places {
                let value = Place(*place).value();
                if value != last {
                    let length = texts.get(value).len() as f32;
                    titles[value] += word.weight * saturation(1.0, length, mean);
                    last = value;
                }
            }
        }
        Scores {
            titles,
            skills: self.skill_scores(index),
        }
    }

    fn skill_scores(&self, index: &Index) -> Vec<f32> {
        if self.skills.is_empty() {
            return Vec::new();
        }
        let lists = &index.columns().skill_list.records;
        let mut weights = vec![0.0; index.columns().skills.len()];
        for (skill, weight) in &self.skills {
            weights[*skill as usize] = *weight;
        }
        let scores = lists.iter().map(|list| {
            let (mut sum, mut length) = (0.0, 0.0);
            for skill in list {
                sum += weights[skill as usize];
                length += 1.0;
            }
            if sum > 0.0 {
                sum * saturation(1.0, length, self.skills.len() as f32)
            } else {
                0.0
            }
        });
        scores.collect()
    }

    /// Score of a posting, with its pairs of words.
    pub(super) fn whole(&self, index: &Index, scores: &Scores, number: u32) -> f32 {
        let number = number as usize;
        let words: Vec<&str> = tokens(title(index, number))
            .map(|token| token.word)
            .collect();
        let pairs = self.pairs.iter().filter(|&&(first, second)| {
            words.windows(2).any(|pair| {
                self.words[first].is(index, pair[0]) && self.words[second].is(index, pair[1])
            })
        });
        let pairs: f32 = pairs
            .map(|&(first, second)| PAIR * self.words[first].weight.min(self.words[second].weight))
            .sum();
        scores.score(index, number) + pairs
    }

    /// Whether a posting shares a title word that tells what the work is.
    pub(super) fn shares_work(&self, index: &Index, number: u32) -> bool {
        let title = title(index, number as usize);
        let mut words = tokens(title).map(|token| token.word);
        words.any(|word| {
            let known = self.words.iter().find(|known| known.is(index, word));
            known.is_some_and(|known| !RANKS.contains(&known.word.as_str()))
        })
    }

    /// The words and skills that a posting shares, the most significant first.
    pub(super) fn shared(&self, index: &Index, number: u32) -> Vec<String> {
        let number = number as usize;
        let columns = index.columns();
        let words: Vec<&str> = tokens(title(index, number))
            .map(|token| token.word)
            .collect();
        let shared = self.words.iter();
        let shared = shared.filter(|known| words.iter().any(|word| known.is(index, word)));
        let mut shared: Vec<(f32, &str)> = shared
            .map(|word| (word.weight, word.word.as_str()))
            .collect();
        let list = columns.skill_list.ids.get(number);
        for skill in columns.skill_list.records.get(list) {
            let known = self.skills.iter().find(|(known, _)| *known == skill);
            if let Some((_, weight)) = known {
                let name = columns.skills.shown.get(skill as usize);
                if !shared
                    .iter()
                    .any(|(_, word)| word.eq_ignore_ascii_case(name))
                {
                    shared.push((*weight, name));
                }
            }
        }
        shared.sort_by(|a, b| b.0.total_cmp(&a.0));
        shared
            .into_iter()
            .map(|(_, word)| word.to_owned())
            .collect()
    }
}

impl TitleWord {
    /// Whether a word is this one in one of its forms.
    fn is(&self, index: &Index, word: &str) -> bool {
        let dictionary = index.dictionary();
        self.word == word || self.ids.iter().any(|id| dictionary.word(*id) == word)
    }
}

fn is_empty(word: &str) -> bool {
    EMPTY.contains(&word) || word.chars().all(|c| c.is_ascii_digit())
}

/// Folded title of a posting, without its requisition number.
pub(super) fn title(index: &Index, number: usize) -> &str {
    let columns = index.columns();
    let title = &columns.title.records[columns.title.ids.get(number)];
    columns.titles.get(title.text as usize)
}

/// Words of the names of a posting's places, which titles often repeat.
fn place_words(index: &Index, number: usize) -> HashSet<&str> {
    let columns = index.columns();
    let list = columns.place_list.ids.get(number);
    let places = columns.place_list.records.places.get(list).iter();
    let names = places.flat_map(|&place| {
        let place = &columns.places.all[place as usize];
        place.unwritten.iter().chain([&place.written])
    });
    let names = names.flat_map(|&name| tokens(columns.places.names.get(name as usize)));
    names.map(|token| token.word).collect()
}

/// Skills of a posting, with their weights.
fn skills(index: &Index, number: usize) -> Vec<(u32, f32)> {
    let column = &index.columns().skill_list;
    let own: Vec<u32> = column.records.get(column.ids.get(number)).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![0_u32; column.records.len()];
    (0..column.ids.len()).for_each(|row| rows[column.ids.get(row)] += 1);
    let mut uses = vec![0_u32; index.columns().skills.len()];
    for (list, rows) in column.records.iter().zip(&rows) {
        list.for_each(|skill| uses[skill as usize] += rows);
    }
    let of = index.len() as f32;
    let weight = |skill: u32| SKILL * inverse_frequency(uses[skill as usize] as f32, of);
    own.into_iter()
        .map(|skill| (skill, weight(skill)))
        .collect()
}
