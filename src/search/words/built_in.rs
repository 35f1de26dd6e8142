//! The built-in table of aliases, kept in a few flat arrays.

use std::ops::Range;
use std::sync::LazyLock;

use super::alias::{Alias, Scope, Source, key, words};
use crate::search::flat::Strings;

/// The table as it is written: TOML with one group on each line, read without a parser.
const TABLE: &str = include_str!("aliases.toml");

/// Names that stand for each other.
#[derive(Debug)]
struct Group {
    /// Numbers of its names.
    names: Range<u16>,
    /// Whether every name finds the others, not only the first.
    both_ways: bool,
    scope: Scope,
}

/// Aliases by name.
#[derive(Debug)]
pub(super) struct BuiltIn {
    /// The words of each name.
    names: Strings,
    /// The key of each name.
    keys: Strings,
    /// Numbers of the names in the order of their keys.
    by_key: Vec<u16>,
    groups: Vec<Group>,
}

/// A line of the table: its section, whether the names find each other, and the names.
type Line<'a> = ((&'a str, &'a str), Vec<&'a str>);

pub(super) static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| BuiltIn::new(&lines(TABLE)));

/// The groups of a table by section and way.
fn lines(table: &str) -> Vec<Line<'_>> {
    let (mut section, mut way) = ("", "");
    let mut groups = Vec::new();
    for line in table.lines().map(str::trim) {
        if line.starts_with("[\"") {
            groups.push(((section, way), line.split('"').skip(1).step_by(2).collect()));
        } else if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']');
        } else if let Some((name, _)) = line.split_once(" = [") {
            way = name;
        }
    }
    groups.sort_by_key(|(place, _)| *place);
    groups
}

impl BuiltIn {
    fn new(lines: &[Line<'_>]) -> Self {
        let mut table = Self {
            names: Strings::default(),
            keys: Strings::default(),
            by_key: Vec::new(),
            groups: Vec::with_capacity(lines.len()),
        };
        for ((section, way), written) in lines {
            let first = table.names.len() as u16;
            for name in written {
                let words = words(name);
                table.names.push(&words.join(" "));
                table.keys.push(&key(&words));
            }
            table.groups.push(Group {
                names: first..table.names.len() as u16,
                both_ways: *way == "same",
                scope: if section.starts_with("roles.") {
                    Scope::Role
                } else {
                    Scope::Any
                },
            });
        }
        table.by_key = (0..table.names.len() as u16).collect();
        let keys = &table.keys;
        table.by_key.sort_by_key(|&name| keys.get(name.into()));
        table
    }

    /// Keys of the names that find others.
    pub(super) fn found(&self) -> impl Iterator<Item = &str> {
        let finding = self.groups.iter().flat_map(|group| {
            let first = group.names.start;
            let all = if group.both_ways {
                group.names.end
            } else {
                first + 1
            };
            first..all
        });
        finding.map(|name| self.keys.get(name.into()))
    }

    /// Other names for the name with this key.
    pub(super) fn of(&self, key: &str) -> Vec<Alias> {
        let known = |name: &u16| self.keys.get((*name).into());
        let first = self.by_key.partition_point(|name| known(name) < key);
        let same = self.by_key[first..].iter();
        let mut aliases = Vec::new();
        for &name in same.take_while(|name| known(name) == key) {
            let group = self.groups.partition_point(|group| group.names.end <= name);
            let group = &self.groups[group];
            if name != group.names.start && !group.both_ways {
                continue;
            }
            let others = group.names.clone().filter(|other| *other != name);
            aliases.extend(
                others.map(|other| Alias::new(self.words(other), group.scope, Source::Table)),
            );
        }
        aliases
    }

    fn words(&self, name: u16) -> Vec<String> {
        let name = self.names.get(name.into());
        name.split(' ').map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_of_the_table_says_something() {
        let table: toml::Table = TABLE.parse().unwrap();
        let read = lines(TABLE);
        let mut read = read.iter();
        for (kind, sections) in &table {
            for (section, ways) in sections.as_table().unwrap() {
                for (way, groups) in ways.as_table().unwrap() {
                    for group in groups.as_array().unwrap() {
                        let group = group.as_array().unwrap().iter();
                        let group: Vec<_> = group.map(|name| name.as_str().unwrap()).collect();
                        let section = format!("{kind}.{section}");
                        let same = ((section.as_str(), way.as_str()), group.clone());
                        assert_eq!(read.next(), Some(&same), "read otherwise than as TOML");
                        let group: Vec<_> = group.into_iter().map(words).collect();
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
        assert_eq!(read.next(), None);
    }

    #[test]
    fn a_name_finds_the_others_of_each_of_its_groups() {
        let table = BuiltIn::new(&[
            (("places.x", "same"), vec!["New Delhi", "Delhi"]),
            (("roles.x", "finds"), vec!["delhis", "cook"]),
        ]);
        let found = |key: &str| {
            let found = table.of(key).into_iter();
            found
                .map(|alias| (alias.words.join(" "), alias.scope))
                .collect::<Vec<_>>()
        };
        let both = [
            ("new delhi".to_owned(), Scope::Any),
            ("cook".to_owned(), Scope::Role),
        ];
        assert_eq!(found("delhi"), both);
        assert_eq!(found("cook"), []);
        assert_eq!(found("mumbai"), []);
    }
}
