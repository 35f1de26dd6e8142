//! Dictionary: the distinct words of a board, with the values that contain them, by field.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use super::tokens::tokens;
use crate::query::Field;
use crate::search::column::Column;
use crate::search::columns::{ColumnId, Columns};
use crate::search::flat::{Array, Arrays, Lists, Strings};
use crate::search::texts::Texts;
use crate::search::values::DEFAULT;

/// Number of a word in the dictionary.
pub(in crate::search) type WordId = u32;

/// Bits for the position of a word in its value.
const POSITION_BITS: u32 = 6;
/// Last position that is distinguished; later words share it.
pub(in crate::search) const LAST_POSITION: u32 = (1 << POSITION_BITS) - 1;
/// Maximum number of values that can be numbered.
const VALUES: usize = 1 << (u32::BITS - POSITION_BITS);

/// Letters of the shortest word that is completed.
const COMPLETED: usize = 2;
/// Completions of a word.
const COMPLETIONS: usize = 8;

/// An occurrence of a word: the value, and the position within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::search) struct Place(pub(in crate::search) u32);

impl Place {
    fn new(value: usize, position: u32) -> Self {
        Self((value as u32) << POSITION_BITS | position.min(LAST_POSITION))
    }

    /// Index of the value in its field.
    pub(in crate::search) fn value(self) -> usize {
        (self.0 >> POSITION_BITS) as usize
    }

    /// Position of the word in the value.
    pub(in crate::search) fn position(self) -> u32 {
        self.0 & LAST_POSITION
    }
}

/// Words of a board, in alphabetical order.
#[derive(Debug, Default)]
pub(in crate::search) struct Dictionary {
    words: Strings,
    /// Letter set of each word.
    letters: Vec<u32>,
    /// Word lists in the order of [`DEFAULT`].
    fields: [FieldWords; DEFAULT.len()],
}

/// Words of a field.
#[derive(Debug, Default)]
pub(in crate::search) struct FieldWords {
    /// Word ids, ascending.
    ids: Vec<WordId>,
    /// End of each word's places.
    ends: Vec<u32>,
    /// Places by word, ascending.
    places: Vec<u32>,
    /// Number of postings with each word in this field.
    uses: Vec<u32>,
}

/// Letter set: one bit for each letter; other characters share the rest.
pub(in crate::search) fn letter_bits(word: &str) -> u32 {
    word.chars().fold(0, |set, c| {
        let bit = match c {
            'a'..='z' => c as u32 - 'a' as u32,
            _ => 26 + (c as u32) % 6,
        };
        set | 1 << bit
    })
}

impl Dictionary {
    /// Collects the words of the default fields.
    pub(in crate::search) fn new(columns: &Columns) -> Self {
        Self::weighted(columns, |_, _| 1)
    }

    /// The same, where each row of a column counts as this number of postings.
    pub(in crate::search) fn weighted(
        columns: &Columns,
        weight: impl Fn(ColumnId, usize) -> u32 + Sync,
    ) -> Self {
        let fields = DEFAULT
            .par_iter()
            .map(|&field| Draft::new(columns, field, &weight));
        let drafts: Vec<Draft<'_>> = fields.collect();
        let mut words: Vec<&str> = drafts
            .iter()
            .flat_map(|draft| draft.words.iter().copied())
            .collect();
        words.par_sort_unstable();
        words.dedup();
        let numbers: HashMap<&str, WordId, foldhash::fast::RandomState> =
            words.iter().copied().zip(0..).collect();
        let fields: Vec<FieldWords> = drafts
            .into_par_iter()
            .map(|draft| draft.finish(&numbers))
            .collect();
        let mut sorted = Strings::default();
        for word in &words {
            sorted.push(word);
        }
        Self::from_words(sorted, fields)
    }

    fn from_words(words: Strings, fields: Vec<FieldWords>) -> Self {
        Self {
            letters: words.iter().map(letter_bits).collect(),
            words,
            fields: fields.try_into().unwrap_or_default(),
        }
    }

    /// Number of words.
    pub(in crate::search) fn len(&self) -> usize {
        self.words.len()
    }

    /// Word with this id.
    pub(in crate::search) fn word(&self, id: WordId) -> &str {
        self.words.get(id as usize)
    }

    /// Letter set of a word.
    pub(in crate::search) fn letters(&self, id: WordId) -> u32 {
        self.letters[id as usize]
    }

    /// Id of a word.
    pub(in crate::search) fn find(&self, word: &str) -> Option<WordId> {
        let at = self.first_from(word);
        (at < self.len() && self.words.get(at) == word).then_some(at as WordId)
    }

    /// Words with this prefix.
    pub(in crate::search) fn starting(&self, start: &str) -> Range<WordId> {
        let first = self.first_from(start);
        let (mut low, mut high) = (first, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.words.get(middle).starts_with(start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        first as WordId..low as WordId
    }

    /// Words that begin so in some of the fields, most common first, with how many postings have them.
    pub(in crate::search) fn completions(
        &self,
        start: &str,
        fields: &[Field],
    ) -> Vec<(String, u64)> {
        if start.chars().nth(COMPLETED - 1).is_none() {
            return Vec::new();
        }
        let fields = fields.iter().filter_map(|&field| self.field(field));
        let uses = |id: WordId| fields.clone().map(|words| u64::from(words.uses(id))).sum();
        let longer = self
            .starting(start)
            .filter(|&id| self.word(id).len() > start.len());
        let mut found: Vec<(u64, WordId)> = longer.map(|id| (uses(id), id)).collect();
        found.retain(|(uses, _)| *uses > 0);
        let order = |(uses, id): &(u64, WordId)| (std::cmp::Reverse(*uses), *id);
        if found.len() > COMPLETIONS {
            found.select_nth_unstable_by_key(COMPLETIONS, order);
            found.truncate(COMPLETIONS);
        }
        found.sort_unstable_by_key(order);
        let found = found.into_iter();
        found
            .map(|(uses, id)| (self.word(id).to_owned(), uses))
            .collect()
    }

    /// First word that is not less than this text.
    fn first_from(&self, text: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.words.get(middle) < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Words that contain this text, but do not start with it, ascending.
    pub(in crate::search) fn holding(&self, part: &str) -> Vec<WordId> {
        let mut found: Vec<WordId> = Vec::new();
        for (id, at) in self.words.find_all(part) {
            if at > 0 {
                found.push(id as WordId);
            }
        }
        found.dedup();
        found
    }

    /// Words of a field; `None` unless it is a default field.
    pub(in crate::search) fn field(&self, field: Field) -> Option<&FieldWords> {
        let at = DEFAULT.iter().position(|&known| known == field)?;
        Some(&self.fields[at])
    }

    pub(in crate::search) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        self.words.encode(out);
        for field in &self.fields {
            for numbers in [&field.ids, &field.ends, &field.places, &field.uses] {
                out.push(Array::Words(numbers.into()));
            }
        }
    }

    pub(in crate::search) fn decode(arrays: &mut Arrays) -> Option<Self> {
        let words = Strings::decode(arrays)?;
        let fields: Option<Vec<FieldWords>> = DEFAULT
            .iter()
            .map(|_| {
                let field = FieldWords {
                    ids: arrays.words()?,
                    ends: arrays.words()?,
                    places: arrays.words()?,
                    uses: arrays.words()?,
                };
                field.is_whole(words.len()).then_some(field)
            })
            .collect();
        Some(Self::from_words(words, fields?))
    }
}

impl FieldWords {
    fn is_whole(&self, words: usize) -> bool {
        let last = self.ends.last().copied().unwrap_or_default() as usize;
        self.ids.len() == self.ends.len()
            && self.ids.len() == self.uses.len()
            && self.places.len() == last
            && self.ids.last().is_none_or(|&id| (id as usize) < words)
    }

    /// Number of postings with a word in this field.
    pub(in crate::search) fn uses(&self, id: WordId) -> u32 {
        self.ids
            .binary_search(&id)
            .map_or(0, |slot| self.uses[slot])
    }

    /// Number of postings, summed over a range of words.
    pub(in crate::search) fn uses_in(&self, ids: Range<WordId>) -> u64 {
        self.uses[self.slots(ids)]
            .iter()
            .copied()
            .map(u64::from)
            .sum()
    }

    fn slots(&self, ids: Range<WordId>) -> Range<usize> {
        let from = |id: WordId| self.ids.partition_point(|&known| known < id);
        from(ids.start)..from(ids.end)
    }

    /// Places of a range of words, ascending for each word.
    pub(in crate::search) fn places_in(&self, ids: Range<WordId>) -> &[u32] {
        let slots = self.slots(ids);
        let end = |slot: usize| {
            slot.checked_sub(1)
                .map_or(0, |slot| self.ends[slot] as usize)
        };
        &self.places[end(slots.start)..end(slots.end)]
    }
}

/// Words of a field under construction.
struct Draft<'a> {
    /// Words in order of appearance.
    words: Vec<&'a str>,
    /// Words of each value.
    values: Lists,
    /// Number of postings with each word.
    uses: Vec<u32>,
}

impl<'a> Draft<'a> {
    fn new(columns: &'a Columns, field: Field, weight: &impl Fn(ColumnId, usize) -> u32) -> Self {
        let mut draft = Self::of_texts(texts(columns, field));
        let column = match field {
            Field::Title => ColumnId::Title,
            Field::Company | Field::Team => ColumnId::Employer,
            Field::Location => ColumnId::Places,
            Field::Skill => ColumnId::Skills,
            _ => ColumnId::Tags,
        };
        let uses = Uses::new(&draft, |row| weight(column, row));
        draft.uses = match field {
            Field::Title => {
                let texts = columns.title.records.iter();
                uses.count(&columns.title, texts.map(|title| [title.text]))
            }
            Field::Company => {
                let groups = columns.group.records.iter();
                uses.count(&columns.group, groups.map(|group| group.company))
            }
            Field::Team => {
                let groups = columns.group.records.iter();
                uses.count(&columns.group, groups.map(|group| group.team))
            }
            Field::Location => {
                let lists = columns.place_list.records.places.iter();
                let names = lists.map(|list| {
                    let places = list
                        .iter()
                        .map(|&place| &columns.places.all[place as usize]);
                    places.flat_map(|place| place.unwritten.iter().chain([&place.written]).copied())
                });
                uses.count(&columns.place_list, names)
            }
            Field::Skill => uses.count(&columns.skill_list, columns.skill_list.records.iter()),
            _ => {
                let lists = columns.tag_list.records.iter();
                uses.count(&columns.tag_list, lists.map(|list| list.iter().copied()))
            }
        };
        draft
    }

    fn of_texts(texts: &'a Texts) -> Self {
        let mut numbers: HashMap<&str, u32, foldhash::fast::RandomState> = HashMap::default();
        let mut draft = Self {
            words: Vec::new(),
            values: Lists::default(),
            uses: Vec::new(),
        };
        let mut value: Vec<u32> = Vec::new();
        for at in 0..texts.len().min(VALUES) {
            value.clear();
            for token in tokens(texts.get(at)) {
                value.push(*numbers.entry(token.word).or_insert_with(|| {
                    draft.words.push(token.word);
                    draft.words.len() as u32 - 1
                }));
            }
            draft.values.push(&value);
        }
        draft
    }

    fn finish(self, numbers: &HashMap<&str, WordId, foldhash::fast::RandomState>) -> FieldWords {
        let mut order: Vec<(WordId, u32)> = self
            .words
            .iter()
            .zip(0..)
            .map(|(word, local)| (numbers[word], local))
            .collect();
        order.sort_unstable();
        let mut slots = vec![0; order.len()];
        for (slot, &(_, local)) in order.iter().enumerate() {
            slots[local as usize] = slot;
        }
        let mut ends = vec![0_u32; order.len() + 1];
        for list in self.values.iter() {
            for &local in list {
                ends[slots[local as usize] + 1] += 1;
            }
        }
        for slot in 1..ends.len() {
            ends[slot] += ends[slot - 1];
        }
        // Next free place of each word; finally the end of its places.
        ends.pop();
        let mut places = vec![0; self.values.numbers()];
        for (value, list) in self.values.iter().enumerate() {
            for (&local, position) in list.iter().zip(0..) {
                let next = &mut ends[slots[local as usize]];
                places[*next as usize] = Place::new(value, position).0;
                *next += 1;
            }
        }
        FieldWords {
            ids: order.iter().map(|&(id, _)| id).collect(),
            uses: order
                .iter()
                .map(|&(_, local)| self.uses[local as usize])
                .collect(),
            ends,
            places,
        }
    }
}

/// Counts the postings with each word of a field, once per posting.
struct Uses<'a, W> {
    values: &'a Lists,
    words: usize,
    /// Number of postings that a row stands for.
    weight: W,
}

impl<'a, W: Fn(usize) -> u32> Uses<'a, W> {
    fn new(draft: &'a Draft<'_>, weight: W) -> Self {
        Self {
            values: &draft.values,
            words: draft.words.len(),
            weight,
        }
    }

    /// Counts by the values of each record of a column.
    fn count<R, V: IntoIterator<Item = u32>>(
        &self,
        column: &Column<R>,
        records: impl ExactSizeIterator<Item = V>,
    ) -> Vec<u32> {
        let mut rows = vec![0_u32; records.len()];
        (0..column.ids.len()).for_each(|row| rows[column.ids.get(row)] += (self.weight)(row));
        let mut uses = vec![0; self.words];
        let mut last = vec![usize::MAX; self.words];
        for (record, values) in records.enumerate() {
            let values = values
                .into_iter()
                .filter(|&value| (value as usize) < self.values.len());
            for &word in values.flat_map(|value| self.values.get(value as usize)) {
                let word = word as usize;
                if last[word] != record {
                    last[word] = record;
                    uses[word] += rows[record];
                }
            }
        }
        uses
    }
}

/// Texts of a default field.
pub(in crate::search) fn texts(columns: &Columns, field: Field) -> &Texts {
    match field {
        Field::Title => &columns.titles,
        Field::Company => &columns.companies.texts,
        Field::Team => &columns.teams.texts,
        Field::Location => &columns.places.names,
        Field::Skill => &columns.skills.texts,
        _ => &columns.tags.texts,
    }
}
