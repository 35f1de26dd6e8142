//! Searchable texts of a posting's field.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::place_names::{region_shown, unwritten_names};
use crate::board::{
    Clearance, Education, Employment, Level, Location, Posting, Sponsorship, Workplace, Years,
};
use crate::facts;
use crate::places::{city_label, country_name};
use crate::query::Field;

/// Fields of a word without a field name.
pub(super) const DEFAULT: [Field; 6] = [
    Field::Title,
    Field::Company,
    Field::Team,
    Field::Location,
    Field::Tag,
    Field::Skill,
];

/// Texts of a field in which words are searched. Titles include requisition numbers.
pub(super) fn values(posting: &Posting, field: Field) -> Vec<Cow<'_, str>> {
    if field == Field::City {
        return posting.locations.iter().filter_map(city_label).collect();
    }
    let values = borrowed_values(posting, field).into_iter();
    values.map(Cow::Borrowed).collect()
}

fn borrowed_values(posting: &Posting, field: Field) -> Vec<&str> {
    let places = posting.locations.iter();
    match field {
        Field::Title => vec![&posting.title],
        Field::Company => posting.company.as_deref().into_iter().collect(),
        Field::Team => posting.team.as_deref().into_iter().collect(),
        Field::Location => places.flat_map(names).collect(),
        Field::Country => places
            .filter_map(|place| place.country.as_deref())
            .flat_map(|code| std::iter::once(code).chain(country_name(code)))
            .collect(),
        Field::Region => places.filter_map(region_shown).collect(),
        Field::Tag => posting.tags.iter().map(String::as_str).collect(),
        Field::Workplace => {
            let workplace = posting.resolved_workplace().map(Workplace::word);
            workplace.into_iter().collect()
        }
        Field::Employment => {
            let kinds = posting.employment.iter();
            kinds.map(|kind| Employment::word(*kind)).collect()
        }
        Field::Level => posting.level.map(Level::word).into_iter().collect(),
        Field::Years => {
            let least = posting.years.map(|years| years.min.unwrap_or(0));
            least.map(years_word).into_iter().collect()
        }
        Field::Education => posting.education.map(Education::word).into_iter().collect(),
        Field::Sponsorship => {
            let sponsorship = posting.sponsorship.map(Sponsorship::word);
            sponsorship.into_iter().collect()
        }
        Field::Clearance => posting.clearance.map(Clearance::word).into_iter().collect(),
        Field::Skill => posting
            .skills
            .iter()
            .map(|skill| skill_name(skill))
            .collect(),
        Field::Speaks => posting.languages.iter().map(String::as_str).collect(),
        Field::Language => posting.language.as_deref().into_iter().collect(),
        Field::Board => {
            let board = Some(posting.board.as_str());
            board
                .filter(|board| !board.is_empty())
                .into_iter()
                .collect()
        }
        Field::City
        | Field::Text
        | Field::Posted
        | Field::Closes
        | Field::Salary
        | Field::Near
        | Field::From
        | Field::Is
        | Field::Has
        | Field::Note
        | Field::Applied
        | Field::FollowUp => Vec::new(),
    }
}

/// Numbers of years as words, each at its own place.
pub(super) static YEARS: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..=Years::MOST).map(|years| years.to_string()).collect());

fn years_word(years: u8) -> &'static str {
    YEARS.get(usize::from(years)).map_or("", String::as_str)
}

/// Names of a location: as written, and the unwritten names of its parts.
fn names(place: &Location) -> impl Iterator<Item = &str> {
    std::iter::once(place.written.as_str()).chain(unwritten_names(place))
}

/// A skill as it is counted: one that the table of skills knows, by its name there.
pub(super) fn skill_name(written: &str) -> &str {
    facts::skill_named(written).map_or(written, |skill| skill.name)
}
