//! Tests of resolved places: `country:germany` and `country:de` are one country, `region:eu` is every country in it,
//! `city:munich` is also what was written as München.

use crate::board::fold::fold;
use crate::places::{Area, city_names, country_code, region_label};
use crate::query::{Anchor, Atom, Field, Test};

/// A test of a country, region or city that is known by the name it was asked for.
#[derive(Debug)]
pub(super) enum PlaceTest {
    /// One country.
    Country(&'static str),
    /// Every country in an area.
    Area(Area),
    /// A region by one of its names or codes.
    Region(String),
    /// A city by one of its names, or whatever holds the word.
    City(Vec<String>),
}

impl PlaceTest {
    /// The test of an atom; `None` where only the text can be compared.
    pub(super) fn from_atom(atom: &Atom) -> Option<Self> {
        Self::new(atom.field?, &atom.test)
    }

    /// The test of a field; `None` where only the text can be compared.
    pub(super) fn new(field: Field, test: &Test) -> Option<Self> {
        let (Test::Fuzzy(asked)
        | Test::Whole(asked)
        | Test::Equals(asked)
        | Test::Literal {
            text: asked,
            anchor: Anchor::None,
        }) = test
        else {
            return None;
        };
        match field {
            Field::Country => country_code(asked).map(Self::Country),
            Field::Region => match Area::named(asked) {
                Some(area) => Some(Self::Area(area)),
                None => Some(Self::Region(asked.clone())),
            },
            Field::City => {
                let names = city_names(asked).into_iter().map(|name| fold(&name));
                let names: Vec<_> = names.collect();
                (!names.is_empty()).then_some(Self::City(names))
            }
            _ => None,
        }
    }

    /// Whether a place passes, by its country's code and the labels of its region and city.
    pub(super) fn holds(
        &self,
        country: Option<&str>,
        region: Option<&str>,
        city: Option<&str>,
    ) -> bool {
        match self {
            Self::Country(code) => country == Some(code),
            Self::Area(area) => country.is_some_and(|country| area.contains(country)),
            Self::Region(asked) => match (country, region) {
                (Some(country), Some(region)) => {
                    region_label(country, asked).is_some_and(|label| label == region)
                }
                _ => false,
            },
            Self::City(names) => city.is_some_and(|city| names.contains(&fold(city))),
        }
    }

    /// Whether a place that only contains the text passes as well.
    pub(super) fn is_open(&self) -> bool {
        // Matches of two or three scattered letters are meaningless.
        const CODE: usize = 3;
        match self {
            Self::City(_) => true,
            Self::Region(asked) => asked.chars().count() > CODE,
            Self::Country(_) | Self::Area(_) => false,
        }
    }
}
