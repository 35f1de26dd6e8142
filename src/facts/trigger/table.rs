//! The trigger words, hashed by their first bytes.

use std::cmp::Reverse;
use std::sync::LazyLock;

use super::super::skill_table;
use super::stems::{STEMS, Topics};

/// Kind of a trigger word.
#[derive(Debug, Clone, Copy)]
pub(in crate::facts) enum TriggerKind {
    /// A word with topics.
    Topics(Topics),
    /// A spelling in the table of skills.
    Spelling(u16),
}

/// A trigger word.
#[derive(Debug)]
struct Word {
    text: &'static str,
    /// Its first eight bytes in lower case, with a mask of those in use.
    start: u64,
    mask: u64,
    kind: TriggerKind,
}

/// Trigger words by their first bytes. All start at word boundaries, so other positions are skipped.
pub(super) struct Table {
    /// Grouped by the hash of the first bytes, longest first within a group.
    words: Vec<Word>,
    /// Start of each group.
    groups: Vec<u16>,
    /// One bit for each hash in use.
    filter: Vec<u64>,
}

/// The stems and the spellings of skills.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let stems = STEMS.iter().flat_map(|(topics, stems)| {
        let kind = TriggerKind::Topics(*topics);
        stems.iter().map(move |text| (*text, kind))
    });
    let spellings = skill_table::spellings().iter().enumerate();
    let spellings =
        spellings.map(|(at, spelling)| (spelling.written, TriggerKind::Spelling(at as u16)));
    Table::new(stems.chain(spellings))
});

const GROUPS: usize = 1 << 12;
const FILTER: usize = 1 << 16;

/// Number of bytes that are hashed; shorter words use all of theirs.
const KEY: usize = 4;

/// The first eight bytes of a text with letters in lower case. Other bytes may change, too; matches are compared in
/// full.
fn start(text: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    match text.first_chunk() {
        Some(eight) => bytes = *eight,
        None => bytes[..text.len()].copy_from_slice(text),
    }
    u64::from_le_bytes(bytes) | 0x2020_2020_2020_2020
}

/// Mask of a number of bytes.
fn mask(bytes: usize) -> u64 {
    if bytes >= 8 {
        u64::MAX
    } else {
        (1 << (8 * bytes)) - 1
    }
}

/// Number of leading letters and digits, up to [`KEY`].
fn letters(text: &[u8]) -> usize {
    let first = &text[..text.len().min(KEY)];
    let other = first.iter().position(|byte| !byte.is_ascii_alphanumeric());
    other.unwrap_or(first.len())
}

/// Number of hashed bytes of a word: [`KEY`], or its leading letters if fewer.
fn key_length(text: &[u8]) -> usize {
    if text.len() >= KEY {
        KEY
    } else {
        letters(text)
    }
}

/// Hash of the first bytes, less than [`FILTER`].
fn hash(start: u64, bytes: usize) -> usize {
    let key = (start & mask(bytes)).wrapping_add(bytes as u64);
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}

impl Table {
    fn new(words: impl Iterator<Item = (&'static str, TriggerKind)>) -> Self {
        let mut filter = vec![0; FILTER / 64];
        let mut words: Vec<(usize, Word)> = words
            .map(|(text, kind)| {
                let start = start(text.as_bytes());
                let mask = mask(text.len());
                let hash = hash(start, key_length(text.as_bytes()));
                filter[hash / 64] |= 1 << (hash % 64);
                let start = start & mask;
                let word = Word {
                    text,
                    start,
                    mask,
                    kind,
                };
                (hash % GROUPS, word)
            })
            .collect();
        words.sort_by_key(|(group, word)| (*group, Reverse(word.text.len())));
        let before = |group| words.partition_point(|(of, _)| *of < group) as u16;
        Self {
            groups: (0..=GROUPS).map(before).collect(),
            words: words.into_iter().map(|(_, word)| word).collect(),
            filter,
        }
    }

    /// The longest trigger word at the start of a text, with its length.
    pub(super) fn longest(&self, text: &[u8]) -> Option<(usize, TriggerKind)> {
        let start = start(text);
        // The key of a short word ends where its letters end, and there is nothing to look up beyond `KEY` letters.
        self.starting(start, KEY, text).or_else(|| {
            let letters = letters(text);
            (letters < KEY).then(|| self.starting(start, letters, text))?
        })
    }

    fn starting(&self, start: u64, bytes: usize, text: &[u8]) -> Option<(usize, TriggerKind)> {
        let hash = hash(start, bytes);
        if self.filter[hash / 64] & 1 << (hash % 64) == 0 {
            return None;
        }
        let group = hash % GROUPS;
        let words = usize::from(self.groups[group])..usize::from(self.groups[group + 1]);
        let word = self.words[words].iter().find(|word| {
            start & word.mask == word.start && word.is_start_of(text) && word.ends_well(text)
        })?;
        Some((word.text.len(), word.kind))
    }
}

impl Word {
    fn is_start_of(&self, text: &[u8]) -> bool {
        let start = text.get(..self.text.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(self.text.as_bytes()))
    }

    /// Whether the word may end where it does: stems also within a longer word.
    fn ends_well(&self, text: &[u8]) -> bool {
        let length = self.text.len();
        matches!(self.kind, TriggerKind::Topics(_)) && length >= KEY
            || !text.get(length).is_some_and(u8::is_ascii_alphanumeric)
            || !self
                .text
                .ends_with(|letter: char| letter.is_ascii_alphanumeric())
    }
}
