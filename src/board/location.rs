//! A place as its source wrote it, with country, region and city read out of it where they can be.
//!
//! Sources write places in no one order. How it is read, where two people might differ:
//! - A country's code in front of other parts leads ("US, WA, Seattle"; "IN, KA, Bengaluru"), unless what follows is a
//!   well-known city of the state with that code ("CA, San Francisco").
//! - A state's code at the end is the state ("Newark, CA"; "Dover, DE"), unless the city or the part before it belongs
//!   to the country with that code ("Berlin, DE"; "Toronto, ON, CA").
//! - "Georgia" after a city is the state, unless the city lies in the country; alone it is left unread.
//! - "New York" is the city, everywhere but in front of the city.
//! - Several places in one string keep only what they agree on.
//! - States and provinces of the US, Canada and Australia become their codes, so that "California" and "CA" meet.

mod city;
mod country;
mod read;
mod region;
mod segment;

use std::borrow::Cow;

pub use country::country_name;

/// One place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// The source's own words.
    pub written: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// State, province or region: the code where it has a well-known one ("WA"), else as written ("Bavaria").
    pub region: Option<String>,
    /// City.
    pub city: Option<String>,
}

impl Location {
    /// Reads a place; what cannot be read stays as written.
    pub fn parse(written: &str) -> Self {
        let read = read::places(written);
        Self {
            written: written.to_owned(),
            country: read.country.map(str::to_owned),
            region: read.region.map(Cow::into_owned),
            city: read.city.map(Cow::into_owned),
        }
    }

    /// The country that was probably meant, where the last part of the place is nearly one's name ("Berlin, Germny").
    pub fn meant_country(&self) -> Option<&'static str> {
        if self.country.is_some() {
            return None;
        }
        let (_, last) = self.written.rsplit_once(',')?;
        let last = last.trim();
        match country::country(last) {
            // One of several places, each with its own country.
            Some(_) => None,
            None => country::nearest_name(last),
        }
    }
}

/// Without full stops, so that "U.S.A." and "D.C." are the codes they mean.
fn undotted(written: &str) -> Cow<'_, str> {
    if written.contains('.') {
        Cow::Owned(written.replace('.', ""))
    } else {
        Cow::Borrowed(written)
    }
}

#[cfg(test)]
mod tests;
