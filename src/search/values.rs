//! What a posting holds in a field, as texts.

use std::borrow::Cow;

use super::places::unwritten_names;
use crate::board::{Employment, Level, Location, Posting, Workplace};
use crate::places::{city_label, country_name, region_label};
use crate::query::Field;

/// The fields of a word that names none.
pub(super) const DEFAULT: [Field; 5] = [
    Field::Title,
    Field::Company,
    Field::Team,
    Field::Location,
    Field::Tag,
];

/// The values of a field in which words are looked for. A title is here with its requisition number.
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
        | Field::Is
        | Field::Has
        | Field::Applied
        | Field::FollowUp => Vec::new(),
    }
}

/// What a place is called: as its source wrote it, and what that leaves unwritten.
fn names(place: &Location) -> impl Iterator<Item = &str> {
    std::iter::once(place.written.as_str()).chain(unwritten_names(place))
}

/// The name of a place's region: spelled out, since countries share codes.
pub(super) fn region_shown(place: &Location) -> Option<&str> {
    let word = place.region.as_deref()?;
    let country = place.country.as_deref().unwrap_or_default();
    Some(region_label(country, word).unwrap_or(word))
}
