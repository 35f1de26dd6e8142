//! Other names for words: the user's own, a built-in table, what a board explains itself, and the names of places.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::LazyLock;

use super::english::is_listed;
use super::tokens::tokens;
use crate::board::fold::fold;
use crate::places;
use crate::query::Field;

/// The built-in table.
const OWN: &str = include_str!("aliases.toml");

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

/// Aliases by name.
#[derive(Debug, Default, Clone, PartialEq)]
pub(in crate::search) struct Table(HashMap<String, Vec<Alias>>);

impl Table {
    /// Adds an alias in one direction.
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

/// All aliases.
#[derive(Debug, Default)]
pub(in crate::search) struct Aliases {
    /// The user's own.
    pub(in crate::search) user: Table,
    /// Abbreviations that the board explains.
    pub(in crate::search) board: Table,
}

impl Aliases {
    /// The user's own names, and those that the board explains.
    pub(in crate::search) fn new(user: &[(String, Vec<String>)], board: Table) -> Self {
        let mut own = Table::default();
        for (name, others) in user {
            let name = words(name);
            for other in others {
                let alias = Alias::new(words(other), Scope::Any, Source::User);
                if !alias.words.is_empty() && alias.words != name {
                    own.add(&name, alias);
                }
            }
        }
        Self { user: own, board }
    }

    /// Names in the tables, without plural endings.
    pub(in crate::search) fn table_names(&self) -> BTreeSet<&String> {
        OWN_TABLE.0.keys().chain(self.board.0.keys()).collect()
    }

    /// Other names for adjacent words in the tables, apart from the user's own.
    pub(in crate::search) fn of_tables(&self, words: &[&str]) -> Vec<Alias> {
        let tables = [&*OWN_TABLE, &self.board];
        let mut names: Vec<Alias> = Vec::new();
        for alias in tables.into_iter().flat_map(|table| table.of(words)) {
            add_new(&mut names, alias);
        }
        names
    }

    /// Other names for adjacent words.
    pub(in crate::search) fn of(&self, words: &[&str]) -> Vec<Alias> {
        let tables = [&self.user, &*OWN_TABLE, &self.board];
        let mut names: Vec<Alias> = Vec::new();
        for alias in tables.into_iter().flat_map(|table| table.of(words)) {
            add_new(&mut names, alias);
        }
        // "sre" is a role before it is the airport of Sucre.
        if names.iter().all(|alias| alias.scope != Scope::Role) {
            for alias in place_aliases(words) {
                add_new(&mut names, &alias);
            }
        }
        names
    }
}

fn add_new(names: &mut Vec<Alias>, alias: &Alias) {
    if names.iter().all(|known| known.words != alias.words) {
        names.push(alias.clone());
    }
}

/// Letters of the shortest Latin name of a place; shorter ones are codes that mean several things.
const PLACE_NAME: usize = 3;
/// Words that a place's name writes in full or short.
const SHORTENED: [(&str, &str); 4] = [
    ("saint", "st"),
    ("sainte", "ste"),
    ("fort", "ft"),
    ("mount", "mt"),
];

/// Whether a name is rather an English word than that of a place: "mason", "fletcher".
fn is_word(name: &str) -> bool {
    is_listed(name) && !places::is_name(name)
}

fn is_place_name(name: &str) -> bool {
    !name.is_ascii() || name.len() >= PLACE_NAME
}

/// Other names of the place that these words name.
fn place_aliases(name: &[&str]) -> Vec<Alias> {
    let mut aliases: Vec<Alias> = Vec::new();
    let named = name.join(" ");
    if !is_place_name(&named) || is_word(&named) {
        return aliases;
    }
    let mut add = |words: Vec<String>| {
        let text = words.join(" ");
        let is_new = aliases.iter().all(|known| known.words != words);
        if is_new && is_place_name(&text) && text != named && !is_word(&text) {
            aliases.push(Alias {
                country: places::country_meant(&named, &text),
                ..Alias::new(words, Scope::Place, Source::Place)
            });
        }
    };
    let found = places::other_names(&named);
    let itself = (!found.is_empty()).then(|| named.clone());
    for other in found.into_iter().chain(itself) {
        let short = words(&other);
        let long = short.iter().map(|word| {
            let full = SHORTENED.iter().find(|(_, short)| short == word);
            full.map_or_else(|| word.clone(), |(full, _)| (*full).to_owned())
        });
        let long = long.collect();
        add(short);
        add(long);
    }
    aliases
}

/// Key shared by the singular and plural of a name.
fn key<W: AsRef<str>>(words: &[W]) -> String {
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

static OWN_TABLE: LazyLock<Table> = LazyLock::new(|| {
    let table: toml::Table = OWN.parse().expect("the table of aliases is TOML");
    read(&table).expect("the table of aliases holds lists of names")
});

/// Parses a table in the format of [`OWN`]; `None` if malformed.
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
    /// Adds a group of aliases, in all directions or only from the first name.
    fn add_group(&mut self, group: &[Vec<String>], both_ways: bool, scope: Scope) {
        let finding = if both_ways { group.len() } else { 1 };
        for (at, name) in group.iter().enumerate().take(finding) {
            for (other, words) in group.iter().enumerate() {
                if at != other {
                    let alias = Alias::new(words.clone(), scope, Source::Table);
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
        assert!(names("engineer").is_empty());
    }

    #[test]
    fn places_are_known_by_their_other_names() {
        for (name, other) in [
            ("bangalore", "bengaluru"),
            ("new york", "nyc"),
            ("den haag", "the hague"),
            ("lisboa", "lisbon"),
            ("ciudad de mexico", "mexico city"),
            ("saint paul", "st paul"),
            ("st paul", "saint paul"),
        ] {
            assert!(names(name).contains(&other.to_owned()), "{name}");
        }
        // Codes of two letters mean too much, and roles are no airports.
        assert!(names("milan").iter().all(|name| name.len() > 2));
        assert!(!names("sre").contains(&"sucre".to_owned()));
    }

    #[test]
    fn the_names_of_the_user_are_found_one_way() {
        let own = [(
            "fav".to_owned(),
            vec!["Acme".to_owned(), "Über Labs".to_owned()],
        )];
        let aliases = Aliases::new(&own, Table::default());
        let found = aliases.of(&["fav"]).into_iter();
        let found: Vec<_> = found.map(|alias| alias.words.join(" ")).collect();
        assert_eq!(found, ["acme", "uber labs"]);
        assert!(aliases.of(&["acme"]).is_empty());
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
