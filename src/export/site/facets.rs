//! Filters of a site: each field, its values, the postings of each value, and of the frequent pairs of values.

use std::collections::{BTreeMap, HashMap};

use super::labels::Labels;
use super::listed::Listed;
use super::name::Names;
use crate::board::fold::fold;
use crate::board::{Employment, Level, Location, Workplace};
use crate::places::country_name;
use crate::query::Field;

/// Fields, in the order of the filters.
const FIELDS: [Field; 11] = [
    Field::Country,
    Field::Region,
    Field::City,
    Field::Company,
    Field::Team,
    Field::Workplace,
    Field::Employment,
    Field::Level,
    Field::Skill,
    Field::Tag,
    Field::Board,
];

/// Pairs of fields whose values together have pages.
const PAIRS: [(Field, Field); 11] = [
    (Field::Country, Field::Team),
    (Field::Country, Field::Workplace),
    (Field::Country, Field::Level),
    (Field::Country, Field::Skill),
    (Field::City, Field::Team),
    (Field::City, Field::Workplace),
    (Field::City, Field::Level),
    (Field::City, Field::Skill),
    (Field::Team, Field::Workplace),
    (Field::Team, Field::Level),
    (Field::Workplace, Field::Level),
];
/// Postings of a pair that has a page.
const PAIR: usize = 5;

/// Every field for which some posting has a value.
pub(super) struct Facets {
    pub(super) all: Vec<Facet>,
    /// The frequent pairs.
    pub(super) pairs: Vec<Pair>,
}

/// One field.
pub(super) struct Facet {
    pub(super) field: Field,
    /// Its values in alphabetical order.
    pub(super) groups: Vec<Group>,
    /// Indexes of its values, most frequent first.
    pub(super) frequent: Vec<usize>,
    by_value: HashMap<String, usize>,
}

/// The postings of one value.
pub(super) struct Group {
    /// Label of the value.
    pub(super) label: String,
    /// File name of the value.
    name: String,
    /// Path of its pages, without suffix and extension.
    pub(super) path: String,
    /// Indexes of its postings.
    pub(super) rows: Vec<usize>,
    /// Postings of a value of this field that has a page.
    page_from: usize,
    /// Indexes of the pairs that it belongs to.
    pub(super) pairs: Vec<usize>,
}

/// Two values that many postings share.
pub(super) struct Pair {
    /// Index of the field and of the value of both.
    pub(super) of: [(usize, usize); 2],
    /// Path of its page, without extension.
    pub(super) path: String,
    /// Indexes of its postings.
    pub(super) rows: Vec<usize>,
}

impl Group {
    /// Whether the value has a page.
    pub(super) fn has_page(&self) -> bool {
        self.rows.len() >= self.page_from
    }
}

/// Postings of a value that has a page. A single posting needs none, and there are very many skills.
fn page_from(field: Field) -> usize {
    if field == Field::Skill { 5 } else { 2 }
}

impl Pair {
    /// The other value.
    pub(super) fn other(&self, value: (usize, usize)) -> (usize, usize) {
        if self.of[0] == value {
            self.of[1]
        } else {
            self.of[0]
        }
    }
}

impl Facets {
    /// Facets of these postings.
    pub(super) fn count(postings: &[Listed<'_>], labels: &Labels) -> Self {
        let facets = FIELDS.iter().map(|field| {
            let groups = groups(*field, postings, labels);
            let mut frequent: Vec<usize> = (0..groups.len()).collect();
            frequent.sort_by_key(|at| std::cmp::Reverse(groups[*at].1.rows.len()));
            let keys = groups.iter().enumerate();
            let by_value = keys.map(|(at, (key, _))| (key.clone(), at)).collect();
            Facet {
                field: *field,
                groups: groups.into_iter().map(|(_, group)| group).collect(),
                frequent,
                by_value,
            }
        });
        let mut facets = Self {
            all: facets.filter(|facet| !facet.groups.is_empty()).collect(),
            pairs: Vec::new(),
        };
        facets.add_pairs(postings);
        facets
    }

    /// The group of one value.
    pub(super) fn group(&self, field: Field, value: &str) -> Option<&Group> {
        let facet = self.facet(field)?;
        let at = facet.by_value.get(&fold(value))?;
        Some(&facet.groups[*at])
    }

    /// A value by its indexes.
    pub(super) fn value(&self, (facet, group): (usize, usize)) -> (&Facet, &Group) {
        let facet = &self.all[facet];
        (facet, &facet.groups[group])
    }

    fn facet(&self, field: Field) -> Option<&Facet> {
        self.all.iter().find(|facet| facet.field == field)
    }

    fn add_pairs(&mut self, postings: &[Listed<'_>]) {
        let frequent = frequent(postings.len());
        let index = |field| self.all.iter().position(|facet| facet.field == field);
        let fields = PAIRS
            .iter()
            .filter_map(|(a, b)| Some((index(*a)?, index(*b)?)));
        let mut found: Vec<Pair> = Vec::new();
        for (a, b) in fields {
            let mut rows: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
            let values_of = |facet: usize| {
                let mut of = vec![Vec::new(); postings.len()];
                for (at, group) in self.all[facet].groups.iter().enumerate() {
                    if group.rows.len() >= frequent {
                        group.rows.iter().for_each(|row| of[*row].push(at));
                    }
                }
                of
            };
            let (first, second) = (values_of(a), values_of(b));
            for (row, (first, second)) in first.iter().zip(&second).enumerate() {
                for pair in first.iter().flat_map(|a| second.iter().map(|b| (*a, *b))) {
                    rows.entry(pair).or_default().push(row);
                }
            }
            let is_narrower = |facet: usize, group: usize, rows: &[usize]| {
                rows.len() < self.all[facet].groups[group].rows.len()
            };
            for ((x, y), rows) in rows {
                if rows.len() < PAIR || !is_narrower(a, x, &rows) || !is_narrower(b, y, &rows) {
                    continue;
                }
                let name = |(facet, group): (usize, usize)| {
                    let facet = &self.all[facet];
                    (facet.field.name(), facet.groups[group].name.as_str())
                };
                let ((a_field, a_name), (b_field, b_name)) = (name((a, x)), name((b, y)));
                found.push(Pair {
                    of: [(a, x), (b, y)],
                    path: format!("{a_field}-{b_field}/{a_name}~~{b_name}"),
                    rows,
                });
            }
        }
        for (at, pair) in found.iter().enumerate() {
            for (facet, group) in pair.of {
                self.all[facet].groups[group].pairs.push(at);
            }
        }
        for facet in &mut self.all {
            for group in &mut facet.groups {
                group
                    .pairs
                    .sort_by_key(|at| std::cmp::Reverse(found[*at].rows.len()));
            }
        }
        self.pairs = found;
    }
}

/// Postings of a value that has pairs. It grows in steps, so that one more posting rarely changes which pairs have pages.
fn frequent(postings: usize) -> usize {
    match postings {
        0..1000 => 10,
        1000..4000 => 40,
        _ => 150,
    }
}

/// Values of a field in alphabetical order, each with its key.
fn groups(field: Field, postings: &[Listed<'_>], labels: &Labels) -> Vec<(String, Group)> {
    let mut rows: BTreeMap<String, (&str, Vec<usize>)> = BTreeMap::new();
    for (row, posting) in postings.iter().enumerate() {
        for value in values(field, posting) {
            let (_, rows) = rows.entry(fold(value)).or_insert((value, Vec::new()));
            if rows.last() != Some(&row) {
                rows.push(row);
            }
        }
    }
    let mut names = Names::default();
    let groups = rows.into_iter().map(|(key, (value, rows))| {
        let name = names.name(&key);
        let label = match field {
            Field::Country => country_name(value).unwrap_or(value),
            Field::Workplace | Field::Employment | Field::Level => labels.word(value),
            _ => value,
        };
        let group = Group {
            label: label.to_owned(),
            path: format!("{}/{name}", field.name()),
            name,
            rows,
            page_from: page_from(field),
            pairs: Vec::new(),
        };
        (key, group)
    });
    let mut groups: Vec<_> = groups
        .filter(|(_, group)| group.has_page() || field != Field::Skill)
        .collect();
    groups.sort_by_cached_key(|(_, group)| fold(&group.label));
    groups
}

/// Values of a posting in a field.
fn values<'a>(field: Field, listed: &'a Listed<'_>) -> Vec<&'a str> {
    let posting = listed.posting;
    let one = |value: Option<&'a str>| value.into_iter().collect();
    let places = |part: fn(&Location) -> Option<&String>| {
        let parts = posting.locations.iter().filter_map(part);
        parts.map(String::as_str).collect()
    };
    match field {
        Field::Country => places(|place| place.country.as_ref()),
        Field::Region => places(|place| place.region.as_ref()),
        Field::City => places(|place| place.city.as_ref()),
        Field::Company => one(posting.company.as_deref()),
        Field::Team => one(posting.team.as_deref()),
        Field::Workplace => one(listed.workplace.map(Workplace::word)),
        Field::Employment => {
            let kinds = posting.employment.iter();
            kinds.map(|kind| Employment::word(*kind)).collect()
        }
        Field::Level => one(listed.level.map(Level::word)),
        Field::Skill => listed.skills.iter().map(String::as_str).collect(),
        Field::Tag => posting.tags.iter().map(String::as_str).collect(),
        _ => one(Some(posting.board.as_str()).filter(|board| !board.is_empty())),
    }
}
