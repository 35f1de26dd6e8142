//! Another name for words: its scope, and where it comes from.

use std::fmt;

use super::tokens::tokens;
use crate::board::fold::fold;
use crate::query::Field;

/// An alias of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Alias {
    /// Folded words of the alias.
    pub(in crate::search) words: Vec<String>,
    /// Fields to which it applies.
    pub(in crate::search) scope: Scope,
    /// Its source.
    pub(in crate::search) source: Source,
    /// Code of the only country whose places are meant, if several have places of this name.
    pub(in crate::search) country: Option<&'static str>,
}

impl Alias {
    /// An alias of any country.
    pub(super) fn new(words: Vec<String>, scope: Scope, source: Source) -> Self {
        Self {
            words,
            scope,
            source,
            country: None,
        }
    }
}

/// Fields to which an alias applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::search) enum Scope {
    /// All fields.
    #[default]
    Any,
    /// Fields that describe the work, not names of companies and places.
    Role,
    /// Locations.
    Place,
}

impl Scope {
    /// Whether an alias applies to a field.
    pub(in crate::search) fn asks(self, field: Field) -> bool {
        let is_place = matches!(
            field,
            Field::Location | Field::Country | Field::Region | Field::City
        );
        // Closed lists, languages and names have no roles in them.
        let is_work = matches!(
            field,
            Field::Title | Field::Team | Field::Tag | Field::Skill | Field::Text
        );
        match self {
            Self::Any => true,
            Self::Role => is_work,
            Self::Place => is_place,
        }
    }
}

/// Source of an alias.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The user's configuration.
    User,
    /// The built-in table.
    Table,
    /// This many titles of the board.
    Board(u32),
    /// The gazetteer.
    Place,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User => f.write_str("your aliases"),
            Self::Table => f.write_str("built-in aliases"),
            Self::Board(titles) => write!(f, "explained in {titles} titles"),
            Self::Place => f.write_str("name of the same place"),
        }
    }
}

/// Key shared by the singular and plural of a name.
pub(super) fn key<W: AsRef<str>>(words: &[W]) -> String {
    let words = words.iter().map(|word| {
        let word = word.as_ref();
        let long = word.len() > 3 && !word.ends_with("ss");
        word.strip_suffix('s').filter(|_| long).unwrap_or(word)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Folded words of a name.
pub(in crate::search) fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    tokens(&folded).map(|token| token.word.to_owned()).collect()
}
