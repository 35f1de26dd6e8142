//! Other names for words: the user's own, a built-in table, what a board explains itself, and the names of places.

use std::collections::{BTreeSet, HashMap};

use super::alias::{Alias, Scope, Source, key, words};
use super::built_in::BUILT_IN;
use super::english::is_listed;
use crate::places;

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

    fn of(&self, key: &str) -> &[Alias] {
        self.0.get(key).map_or(&[], Vec::as_slice)
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
    pub(in crate::search) fn table_names(&self) -> BTreeSet<&str> {
        let explained = self.board.0.keys().map(String::as_str);
        BUILT_IN.found().chain(explained).collect()
    }

    /// Other names for adjacent words in the tables, apart from the user's own.
    pub(in crate::search) fn of_tables(&self, words: &[&str]) -> Vec<Alias> {
        let mut names = Vec::new();
        self.add_of_tables(words, &mut names);
        names
    }

    fn add_of_tables(&self, words: &[&str], names: &mut Vec<Alias>) {
        let key = key(words);
        let explained = self.board.of(&key).iter().cloned();
        for alias in BUILT_IN.of(&key).into_iter().chain(explained) {
            add_new(names, alias);
        }
    }

    /// Other names for adjacent words.
    pub(in crate::search) fn of(&self, words: &[&str]) -> Vec<Alias> {
        let mut names: Vec<Alias> = Vec::new();
        for alias in self.user.of(&key(words)) {
            add_new(&mut names, alias.clone());
        }
        self.add_of_tables(words, &mut names);
        // "sre" is a role before it is the airport of Sucre.
        if names.iter().all(|alias| alias.scope != Scope::Role) {
            for alias in place_aliases(words) {
                add_new(&mut names, alias);
            }
        }
        names
    }
}

fn add_new(names: &mut Vec<Alias>, alias: Alias) {
    if names.iter().all(|known| known.words != alias.words) {
        names.push(alias);
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
}
