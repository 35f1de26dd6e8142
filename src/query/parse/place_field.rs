//! Places in `country:`, `region:` and `city:`: which of the three a name is, and what an unknown one may mean.

use crate::places::{self, Area, CityError, PlaceKind};
use crate::query::Field;

/// Shorter names are parts and codes, which mean too much.
const SHORTEST: usize = 4;

/// The field that a place belongs to, if it is another than the one asked for, and a hint for the user.
pub(super) fn check(field: Field, written: &str) -> Option<(Field, String)> {
    let is_known = |field: Field| match field {
        Field::Country => places::country_code(written).is_some(),
        Field::Region => {
            Area::named(written).is_some() || places::names(written, PlaceKind::Region)
        }
        _ => places::names(written, PlaceKind::City),
    };
    if is_known(field) {
        return None;
    }
    let name = field.name();
    if written.chars().count() < SHORTEST {
        return None;
    }
    let others = [Field::Country, Field::Region, Field::City];
    let other = others.into_iter().find(|other| is_known(*other));
    if let Some(other) = other {
        let meant = other.name();
        return Some((
            other,
            format!("`{written}` is no {name} but a {meant}: searched as {meant}:"),
        ));
    }
    let nearest = match field {
        Field::Country => places::nearest_country(written).map(str::to_owned),
        Field::Region => places::nearest_region(written).map(str::to_owned),
        _ => match places::find_city(written) {
            Err(CityError::Unknown(nearest)) => nearest,
            _ => None,
        },
    };
    let meant = nearest.map_or(String::new(), |meant| format!("; did you mean {meant}?"));
    Some((field, format!("no {name} `{written}` is known{meant}")))
}
