//! The other names of words that find something on a board, for indexes that are searched elsewhere: in a browser.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;

use super::Index;
use super::words::{Aliases, Scope, forms, tokens};
use crate::board::fold::fold;
use crate::board::{Employment, Level, Workplace};

/// Words of the longest name that is looked up.
const RUN: usize = 5;

/// Other names, folded, each by what is typed for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameTable {
    /// Names of what a posting is about, not searched in companies and places; by words without plural endings.
    pub roles: BTreeMap<String, Vec<String>>,
    /// Names searched everywhere; by words without plural endings.
    pub words: BTreeMap<String, Vec<String>>,
    /// Names searched in places, each with the only country whose places are meant; by the words as typed.
    pub places: BTreeMap<String, Vec<PlaceName>>,
}

/// A name of a place, folded, and the code of the only country that is meant, if several have places of this name.
pub type PlaceName = (String, Option<&'static str>);

impl Index {
    /// Other names that find something on this board, apart from the user's own. `locations` are the names of its
    /// locations.
    pub fn name_table<'a>(&self, locations: impl Iterator<Item = &'a str>) -> NameTable {
        let aliases = Aliases::new(&[], self.abbreviations().table());
        let closed: HashSet<&str> = [Workplace::WORDS, Employment::WORDS, Level::WORDS]
            .into_iter()
            .flatten()
            .flat_map(|word| tokens(word).map(|token| token.word))
            .collect();
        let dictionary = self.dictionary();
        let is_known = |words: &[String]| {
            words.iter().all(|word| {
                forms(word)
                    .any(|form| dictionary.find(&form).is_some() || closed.contains(form.as_str()))
            })
        };
        let mut table = NameTable::default();
        for name in aliases.table_names() {
            let words: Vec<&str> = name.split(' ').collect();
            for alias in aliases.of_tables(&words) {
                let found = match alias.scope {
                    Scope::Role => &mut table.roles,
                    _ => &mut table.words,
                };
                if is_known(&alias.words) {
                    let list = found.entry(name.to_owned()).or_default();
                    list.push(alias.words.join(" "));
                }
            }
        }
        table.places = place_names(&aliases, locations);
        table
    }
}

/// Every name of a place that finds a location: the other names of each run of words in a location, and what these find.
fn place_names<'a>(
    aliases: &Aliases,
    locations: impl Iterator<Item = &'a str>,
) -> BTreeMap<String, Vec<PlaceName>> {
    let mut runs: BTreeSet<String> = BTreeSet::new();
    for location in locations.map(fold).collect::<HashSet<_>>() {
        let words: Vec<&str> = tokens(&location).map(|token| token.word).collect();
        for length in 1..=RUN {
            runs.extend(words.windows(length).map(|run| run.join(" ")));
        }
    }
    let others = |name: &String| -> Vec<PlaceName> {
        let words: Vec<&str> = name.split(' ').collect();
        let places = aliases.of(&words).into_iter();
        let places = places.filter(|alias| alias.scope == Scope::Place);
        places
            .map(|alias| (alias.words.join(" "), alias.country))
            .collect()
    };
    let list: Vec<&String> = runs.iter().collect();
    let typed: BTreeSet<String> = list
        .par_iter()
        .flat_map_iter(|run| others(run).into_iter().map(|(name, _)| name))
        .collect();
    let typed: BTreeSet<&String> = typed.iter().chain(&runs).collect();
    let typed: Vec<&String> = typed.into_iter().collect();
    let found = typed.into_par_iter().filter_map(|name| {
        let names = others(name).into_iter();
        let names: Vec<PlaceName> = names.filter(|(other, _)| runs.contains(other)).collect();
        (!names.is_empty() && name.split(' ').count() <= RUN).then(|| (name.clone(), names))
    });
    found.collect()
}
