//! Filters of a site: each field, its values, and the postings of each value.

use std::collections::{BTreeMap, HashMap};

use super::name::Names;
use crate::board::fold::fold;
use crate::board::{Employment, Level, Location, Posting, Workplace};
use crate::places::country_name;
use crate::query::Field;

/// Fields, in the order of the filters pane.
const FIELDS: [(Field, &str, &str); 10] = [
    (Field::Country, "Country", "countries"),
    (Field::Region, "Region", "regions"),
    (Field::City, "City", "cities"),
    (Field::Company, "Company", "companies"),
    (Field::Team, "Team", "teams"),
    (Field::Workplace, "Workplace", "workplaces"),
    (Field::Employment, "Employment", "kinds of employment"),
    (Field::Level, "Level", "levels"),
    (Field::Tag, "Tag", "tags"),
    (Field::Board, "Board", "boards"),
];

/// Every field for which some posting has a value.
pub(super) struct Facets<'a>(pub(super) Vec<Facet<'a>>);

/// One field.
pub(super) struct Facet<'a> {
    pub(super) field: Field,
    /// Its label in singular and plural.
    pub(super) title: &'static str,
    pub(super) plural: &'static str,
    /// Its values in alphabetical order.
    pub(super) groups: Vec<Group<'a>>,
    /// Indexes of its values, most frequent first.
    pub(super) frequent: Vec<usize>,
    by_value: HashMap<String, usize>,
}

/// The postings of one value.
pub(super) struct Group<'a> {
    /// Label of the value.
    pub(super) label: &'a str,
    /// Path of its pages, without page number and extension.
    pub(super) path: String,
    /// Indexes of its postings.
    pub(super) rows: Vec<usize>,
}

impl<'a> Facets<'a> {
    /// Facets of these postings.
    pub(super) fn count(postings: &[&'a Posting]) -> Self {
        let facets = FIELDS.iter().map(|(field, title, plural)| {
            let groups = groups(*field, postings);
            let mut frequent: Vec<usize> = (0..groups.len()).collect();
            frequent.sort_by_key(|at| std::cmp::Reverse(groups[*at].1.rows.len()));
            let keys = groups.iter().enumerate();
            let by_value = keys.map(|(at, (key, _))| (key.clone(), at)).collect();
            Facet {
                field: *field,
                title,
                plural,
                groups: groups.into_iter().map(|(_, group)| group).collect(),
                frequent,
                by_value,
            }
        });
        Self(facets.filter(|facet| !facet.groups.is_empty()).collect())
    }

    /// The group of one value.
    pub(super) fn group(&self, field: Field, value: &str) -> Option<&Group<'a>> {
        let facet = self.0.iter().find(|facet| facet.field == field)?;
        facet
            .by_value
            .get(&fold(value))
            .map(|at| &facet.groups[*at])
    }
}

/// Values of a field in alphabetical order, each with its key.
fn groups<'a>(field: Field, postings: &[&'a Posting]) -> Vec<(String, Group<'a>)> {
    let mut rows: BTreeMap<String, (&'a str, Vec<usize>)> = BTreeMap::new();
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
        let path = format!("{}/{}", field.name(), names.name(&key));
        let label = country_name(value).filter(|_| field == Field::Country);
        let label = label.unwrap_or(value);
        (key, Group { label, path, rows })
    });
    let mut groups: Vec<_> = groups.collect();
    groups.sort_by_cached_key(|(_, group)| fold(group.label));
    groups
}

/// Values of a posting in a field.
fn values<'a>(field: Field, posting: &'a Posting) -> Vec<&'a str> {
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
        Field::Workplace => one(posting.workplace.map(Workplace::word)),
        Field::Employment => {
            let kinds = posting.employment.iter();
            kinds.map(|kind| Employment::word(*kind)).collect()
        }
        Field::Level => one(posting.level.map(Level::word)),
        Field::Tag => posting.tags.iter().map(String::as_str).collect(),
        _ => one(Some(posting.board.as_str()).filter(|board| !board.is_empty())),
    }
}
