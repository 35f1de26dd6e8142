//! What else words are called: a table of the program's own, and what a board explains itself.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use super::tokens::tokens;
use crate::board::fold::fold;
use crate::query::Field;

/// The table of the program.
const OWN: &str = include_str!("aliases.toml");

/// Another name for words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Alias {
    /// Folded words.
    pub(in crate::search) words: Vec<String>,
    /// Where it is looked for.
    pub(in crate::search) scope: Scope,
    /// Who says so.
    pub(in crate::search) source: Source,
}

/// The fields in which another name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::search) enum Scope {
    /// Every field.
    #[default]
    Any,
    /// Those that say what somebody does.
    Role,
}

impl Scope {
    /// Whether a name is looked for in a field.
    pub(in crate::search) fn asks(self, field: Field) -> bool {
        match self {
            Self::Any => true,
            Self::Role => !matches!(
                field,
                Field::Company | Field::Location | Field::Country | Field::Region | Field::City
            ),
        }
    }
}

/// Who says that words have another name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The table of the program.
    Table,
    /// The board, in so many postings.
    Board(u32),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table => f.write_str("built-in aliases"),
            Self::Board(1) => f.write_str("1 posting explains it"),
            Self::Board(postings) => write!(f, "{postings} postings explain it"),
        }
    }
}

/// Names by what they are names for.
#[derive(Debug, Default, Clone, PartialEq)]
pub(in crate::search) struct Table(HashMap<String, Vec<Alias>>);

impl Table {
    /// Adds a name that is found by another one, but does not find it.
    pub(in crate::search) fn add(&mut self, name: &[String], alias: Alias) {
        let known = self.0.entry(key(name)).or_default();
        if known.iter().all(|known| known.words != alias.words) {
            known.push(alias);
        }
    }

    fn of(&self, words: &[&str]) -> &[Alias] {
        self.0.get(&key(words)).map_or(&[], Vec::as_slice)
    }
}

/// Other names for words.
#[derive(Debug, Clone, Default)]
pub(in crate::search) struct Aliases {
    /// What the board explains.
    pub(in crate::search) board: Table,
}

impl Aliases {
    /// Other names for words that stand side by side.
    pub(in crate::search) fn of(&self, words: &[&str]) -> Vec<Alias> {
        let tables = [&*OWN_TABLE, &self.board];
        let mut names: Vec<Alias> = Vec::new();
        for alias in tables.into_iter().flat_map(|table| table.of(words)) {
            if names.iter().all(|known| known.words != alias.words) {
                names.push(alias.clone());
            }
        }
        names
    }
}

/// What plural and singular of a name have in common.
fn key<W: AsRef<str>>(words: &[W]) -> String {
    let words = words.iter().map(|word| {
        let word = word.as_ref();
        let long = word.len() > 3 && !word.ends_with("ss");
        word.strip_suffix('s').filter(|_| long).unwrap_or(word)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A name as folded words.
pub(in crate::search) fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    tokens(&folded).map(|token| token.word.to_owned()).collect()
}

static OWN_TABLE: LazyLock<Table> = LazyLock::new(|| {
    let table: toml::Table = OWN.parse().expect("the table of aliases is TOML");
    read(&table).expect("the table of aliases holds lists of names")
});

/// Reads a table as [`OWN`] is written; `None` if it is not.
fn read(table: &toml::Table) -> Option<Table> {
    let mut names = Table::default();
    for (kind, sections) in table {
        let scope = match kind.as_str() {
            "roles" => Scope::Role,
            _ => Scope::Any,
        };
        for section in sections.as_table()?.values() {
            for (way, groups) in section.as_table()? {
                for group in groups.as_array()? {
                    let group = group.as_array()?.iter();
                    let group = group.map(|name| Some(words(name.as_str()?)));
                    names.add_group(&group.collect::<Option<Vec<_>>>()?, way == "same", scope);
                }
            }
        }
    }
    Some(names)
}

impl Table {
    /// Adds a group of names: each finds all others, or only the first one does.
    fn add_group(&mut self, group: &[Vec<String>], both_ways: bool, scope: Scope) {
        let finding = if both_ways { group.len() } else { 1 };
        for (at, name) in group.iter().enumerate().take(finding) {
            for (other, words) in group.iter().enumerate() {
                if at != other {
                    let alias = Alias {
                        words: words.clone(),
                        scope,
                        source: Source::Table,
                    };
                    self.add(name, alias);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let words: Vec<&str> = text.split(' ').collect();
        let names = Aliases::default().of(&words).into_iter();
        names.map(|alias| alias.words.join(" ")).collect()
    }

    #[test]
    fn names_find_each_other_unless_they_are_too_short() {
        assert!(names("swe").contains(&"software engineer".to_owned()));
        assert!(names("registered nurses").contains(&"rn".to_owned()));
        assert!(names("koln").contains(&"cologne".to_owned()));
        assert!(names("la").contains(&"los angeles".to_owned()));
        assert!(names("los angeles").is_empty());
        assert!(names("engineer").is_empty());
    }

    #[test]
    fn every_group_of_the_table_says_something() {
        let table: toml::Table = OWN.parse().unwrap();
        for section in table
            .values()
            .flat_map(|kind| kind.as_table().unwrap().values())
        {
            for groups in section.as_table().unwrap().values() {
                for group in groups.as_array().unwrap() {
                    let group = group.as_array().unwrap().iter();
                    let group: Vec<_> = group.map(|name| words(name.as_str().unwrap())).collect();
                    assert!(group.len() > 1, "{group:?}");
                    assert!(group.iter().all(|name| !name.is_empty()), "{group:?}");
                    let mut distinct = group.clone();
                    distinct.sort();
                    distinct.dedup();
                    assert_eq!(distinct.len(), group.len(), "{group:?}");
                }
            }
        }
    }
}
