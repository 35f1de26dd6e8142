//! Kinds of fields, and the accessors for their values.

use std::fmt;

use crate::board::text::quoted;
use crate::board::{Date, Location, Posting, SafeUrl, Salary, Source, Years, area, spelling};

/// Kind of a field.
#[derive(Debug)]
pub enum Kind {
    /// A required single-line text.
    Required(Lens<String>),
    /// A single-line text.
    Line(Lens<Option<String>>, Check),
    /// A Markdown text.
    Block(Lens<String>),
    /// A list of single-line texts.
    Lines(Lens<Vec<String>>, Check),
    /// A list of locations.
    Locations(Lens<Vec<Location>>),
    /// A word from a closed list.
    Word(Word),
    /// Several words from a closed list.
    Words(Words),
    /// A date.
    Day(Lens<Option<Date>>),
    /// A boolean.
    Flag(Lens<bool>),
    /// Pay ranges.
    Salaries(Lens<Vec<Salary>>),
    /// A range of years.
    Years(Lens<Option<Years>>),
    /// The feed that a posting came from.
    Source(Lens<Option<Source>>),
}

/// Accessors for a member of a posting.
pub struct Lens<T: 'static> {
    /// Borrows the member.
    pub get: fn(&Posting) -> &T,
    /// Borrows the member mutably.
    pub get_mut: fn(&mut Posting) -> &mut T,
}

/// Accessors for a member that holds a word from a closed list, by index.
pub struct Word {
    /// The list.
    pub words: &'static [&'static str],
    /// Index of the word.
    pub get: fn(&Posting) -> Option<u8>,
    /// Sets it; an index beyond the list clears it.
    pub set: fn(&mut Posting, Option<u8>),
}

/// Accessors for a member that holds several words from a closed list, by index.
pub struct Words {
    /// The list.
    pub words: &'static [&'static str],
    /// Passes the index of each word to the callback.
    pub each: fn(&Posting, &mut dyn FnMut(u8)),
    /// Adds a word unless it is present. An index beyond the list is ignored.
    pub add: fn(&mut Posting, u8),
    /// Removes all words.
    pub clear: fn(&mut Posting),
}

impl<T> fmt::Debug for Lens<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lens")
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words.fmt(f)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words.fmt(f)
    }
}

/// The [`Lens`] to a member.
macro_rules! lens {
    ($member:ident) => {
        Lens {
            get: |posting| &posting.$member,
            get_mut: |posting| &mut posting.$member,
        }
    };
}

/// The [`Word`] for a member of type `Option<$list>`.
macro_rules! word {
    ($member:ident: $list:ident) => {
        Word {
            words: $list::WORDS,
            get: |posting| posting.$member.map(|word| word as u8),
            set: |posting, at| {
                let word = at.and_then(|at| $list::ALL.get(usize::from(at)));
                posting.$member = word.copied();
            },
        }
    };
}

/// The [`Words`] for a member of type `Vec<$list>`.
macro_rules! words {
    ($member:ident: $list:ident) => {
        Words {
            words: $list::WORDS,
            each: |posting, each| posting.$member.iter().for_each(|&word| each(word as u8)),
            add: |posting, at| {
                if let Some(word) = $list::ALL.get(usize::from(at))
                    && !posting.$member.contains(word)
                {
                    posting.$member.push(*word);
                }
            },
            clear: |posting| posting.$member.clear(),
        }
    };
}

pub(super) use {lens, word, words};

/// Validation of a single-line text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Any text.
    Text,
    /// A URL that may be opened.
    Url,
    /// A BCP 47 language tag.
    Language,
    /// A country code or a region of [`area::REGIONS`].
    Area,
}

/// Why a value is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong, as a clause.
    pub message: String,
    /// A suggestion, as a question.
    pub hint: Option<String>,
}

impl Check {
    /// Validates a text and returns it in normal form.
    ///
    /// # Errors
    /// It is not a valid value of `key`.
    pub fn accept(self, key: &str, written: &str) -> Result<String, Refused> {
        match self {
            Self::Text => Ok(written.to_owned()),
            Self::Url => match SafeUrl::parse(written) {
                Ok(url) => Ok(url.into()),
                Err(refused) => Err(Refused {
                    message: format!("`{key}` {}", refused.reason),
                    hint: refused.hint,
                }),
            },
            Self::Language if is_language_tag(written) => Ok(written.to_owned()),
            Self::Language => Err(Refused {
                message: format!("{} is not a language tag", quoted(written)),
                hint: Some("write `en`, `de` or `pt-BR`".into()),
            }),
            Self::Area => area::normalize(written).ok_or_else(|| Refused {
                message: format!(
                    "{} is neither a country code nor one of {}",
                    quoted(written),
                    listed(area::REGIONS)
                ),
                hint: spelling::meant(written, area::REGIONS.iter().copied()),
            }),
        }
    }
}

/// Error for a word that is not in a closed list.
pub(super) fn not_listed(key: &str, written: &str, words: &[&'static str]) -> Refused {
    let listed = listed(words);
    Refused {
        message: format!(
            "`{key}` cannot be {}: it is one of {listed}",
            quoted(written)
        ),
        hint: spelling::meant(written, words.iter().copied()),
    }
}

fn listed(words: &[&str]) -> String {
    let listed: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    listed.join(", ")
}

/// Whether a text has the form of a BCP 47 tag: a language followed by subtags.
fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let letters = |tag: &str| tag.bytes().all(|byte| byte.is_ascii_alphabetic());
    subtags
        .next()
        .is_some_and(|first| matches!(first.len(), 2 | 3) && letters(first))
        && subtags.all(|tag| {
            matches!(tag.len(), 1..=8) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Index of a word in a closed list.
///
/// # Errors
/// The list does not contain it.
pub fn index(key: &str, written: &str, words: &[&'static str]) -> Result<u8, Refused> {
    let at = words.iter().position(|word| *word == written);
    at.map(|at| at as u8)
        .ok_or_else(|| not_listed(key, written, words))
}
