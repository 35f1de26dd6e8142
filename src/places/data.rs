//! The compiled-in gazetteer. It is searched in place without parsing, so the first look-up is as fast as later ones.
//!
//! ```text
//! "JDPLACES" · number of sections · where each ends
//! countries  code, three-letter code, continent                        6 bytes each
//! regions    country, code                                             4 bytes each; first one without a name per country
//! codes      code, country, region; by code                            7 bytes each
//! cities     latitude, longitude, region, size; by name                7 bytes each
//! labels     names of countries, regions and cities, front-coded in blocks of 16; before them where each block starts
//! names      keys in order, front-coded in blocks of 16, each with what it names; before them how each block begins
//!            (8 bytes) and where
//! ```
//! A front-coded text is how many bytes it shares with the one before it and how many follow, in half a byte each, or
//! after a byte of 255 in a whole one each.

use std::sync::LazyLock;

use crate::board::location::Coordinates;

static BYTES: &[u8] = include_bytes!("gazetteer.bin");

/// Number of texts per block of front coding.
const BLOCK: usize = 16;
const SECTIONS: usize = 9;
const COUNTRY: usize = 6;
const REGION: usize = 4;
const CODE: usize = 7;
const CITY: usize = 7;

/// A country of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct CountryId(pub(super) u8);

/// A first-level region of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct RegionId(pub(super) u16);

/// A city of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct CityId(pub(super) u16);

/// Continents, as abbreviated by `GeoNames`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Continent {
    Africa,
    Antarctica,
    Asia,
    Europe,
    NorthAmerica,
    Oceania,
    SouthAmerica,
}

/// The sections of the file.
pub(super) struct Data {
    countries: &'static [u8],
    regions: &'static [u8],
    codes: &'static [u8],
    cities: &'static [u8],
    label_starts: &'static [u8],
    labels: &'static [u8],
    pub(super) heads: &'static [u8],
    pub(super) starts: &'static [u8],
    pub(super) names: &'static [u8],
}

pub(super) static DATA: LazyLock<Data> = LazyLock::new(|| {
    let head = 12;
    let mut start = head + 4 * SECTIONS;
    let mut number = 0;
    let mut section = || {
        let end = word(BYTES, head / 4 + number);
        number += 1;
        &BYTES[std::mem::replace(&mut start, end)..end]
    };
    Data {
        countries: section(),
        regions: section(),
        codes: section(),
        cities: section(),
        label_starts: section(),
        labels: section(),
        heads: section(),
        starts: section(),
        names: section(),
    }
});

pub(super) fn word(bytes: &[u8], at: usize) -> usize {
    let bytes = bytes[4 * at..][..4].try_into();
    bytes.map(u32::from_le_bytes).unwrap_or_default() as usize
}

/// The eight bytes of a slice as a number.
pub(super) fn long(bytes: &[u8]) -> u64 {
    bytes.try_into().map(u64::from_le_bytes).unwrap_or_default()
}

pub(super) fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

/// A code padded with zeros.
fn code(bytes: &'static [u8]) -> &'static str {
    let length = bytes.iter().position(|&byte| byte == 0);
    std::str::from_utf8(&bytes[..length.unwrap_or(bytes.len())]).unwrap_or_default()
}

/// Header of a front-coded text: number of shared bytes, number of further bytes, and their position.
pub(super) fn front(bytes: &[u8], at: usize) -> (usize, usize, usize) {
    match bytes[at] {
        255 => (bytes[at + 1].into(), bytes[at + 2].into(), at + 3),
        both => ((both >> 4).into(), (both & 15).into(), at + 1),
    }
}

/// The codes of all countries.
static COUNTRY_CODES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let countries = DATA.countries.chunks_exact(COUNTRY);
    countries.map(|country| code(&country[..2])).collect()
});

impl CountryId {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..DATA.countries.len() / COUNTRY).map(|number| Self(number as u8))
    }

    /// The country with this alpha-2 or alpha-3 code in upper case.
    pub(super) fn from_code(written: &str) -> Option<Self> {
        let range = match written.len() {
            2 => 0..2,
            3 => 2..5,
            _ => return None,
        };
        if range.len() == 3 {
            let mut countries = DATA.countries.chunks_exact(COUNTRY);
            let found = countries.position(|country| country[range.clone()] == *written.as_bytes());
            return found.map(|number| Self(number as u8));
        }
        let (mut low, mut high) = (0, countries());
        while low < high {
            let middle = usize::midpoint(low, high);
            match Self(middle as u8).code().cmp(written) {
                std::cmp::Ordering::Equal => return Some(Self(middle as u8)),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn record(self) -> &'static [u8] {
        &DATA.countries[usize::from(self.0) * COUNTRY..][..COUNTRY]
    }

    /// ISO 3166-1 alpha-2.
    pub(super) fn code(self) -> &'static str {
        COUNTRY_CODES[usize::from(self.0)]
    }

    /// ISO 3166-1 alpha-3.
    pub(super) fn three_letters(self) -> &'static str {
        code(&self.record()[2..5])
    }

    pub(super) fn continent(self) -> Continent {
        match self.record()[5] {
            0 => Continent::Africa,
            1 => Continent::Antarctica,
            2 => Continent::Asia,
            3 => Continent::Europe,
            4 => Continent::NorthAmerica,
            5 => Continent::Oceania,
            _ => Continent::SouthAmerica,
        }
    }

    pub(super) fn name(self) -> String {
        label(self.0.into())
    }
}

impl RegionId {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..DATA.regions.len() / REGION).map(|number| Self(number as u16))
    }

    /// Its place among all.
    pub(super) fn index(self) -> usize {
        self.0.into()
    }

    fn record(self) -> &'static [u8] {
        &DATA.regions[usize::from(self.0) * REGION..][..REGION]
    }

    pub(super) fn country(self) -> CountryId {
        CountryId(self.record()[0])
    }

    /// The common part of its ISO 3166-2 code; empty if that is a number.
    pub(super) fn code(self) -> &'static str {
        code(&self.record()[1..])
    }

    pub(super) fn name(self) -> String {
        label(countries() + usize::from(self.0))
    }

    /// Regions with this code in upper case.
    pub(super) fn from_code(written: &str) -> impl Iterator<Item = Self> + use<> {
        let codes = DATA.codes;
        let mut wanted = [0; 4];
        let fits = written.len() <= wanted.len();
        if fits {
            wanted[..written.len()].copy_from_slice(written.as_bytes());
        }
        let at = |number: usize| &codes[number * CODE..][..4];
        let (mut low, mut high) = (0, if fits { codes.len() / CODE } else { 0 });
        let end = high;
        while low < high {
            let middle = usize::midpoint(low, high);
            if *at(middle) < wanted[..] {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low..end)
            .take_while(move |&number| *at(number) == wanted)
            .map(move |number| Self(short(codes, number * CODE + 5)))
    }
}

impl CityId {
    fn record(self) -> &'static [u8] {
        &DATA.cities[usize::from(self.0) * CITY..][..CITY]
    }

    pub(super) fn country(self) -> CountryId {
        RegionId(short(self.record(), 4)).country()
    }

    pub(super) fn region(self) -> Option<RegionId> {
        let region = RegionId(short(self.record(), 4));
        // The first ones represent an unknown region.
        (usize::from(region.0) >= countries()).then_some(region)
    }

    pub(super) fn coordinates(self) -> Coordinates {
        Coordinates {
            latitude: short(self.record(), 0),
            longitude: short(self.record(), 2),
        }
    }

    /// Ten times the binary logarithm of its population.
    pub(super) fn size(self) -> u8 {
        self.record()[6]
    }

    /// Whether about 150,000 people or more live there.
    pub(super) fn is_large(self) -> bool {
        const SIZE: u8 = 172;
        self.size() >= SIZE
    }

    pub(super) fn name(self) -> String {
        label(first_city() + usize::from(self.0))
    }

    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..DATA.cities.len() / CITY).map(|number| Self(number as u16))
    }
}

pub(super) fn countries() -> usize {
    DATA.countries.len() / COUNTRY
}

pub(super) fn first_city() -> usize {
    countries() + DATA.regions.len() / REGION
}

/// Label with this number, among those of countries, regions and cities.
pub(super) fn label(number: usize) -> String {
    let labels = DATA.labels;
    let mut at = word(DATA.label_starts, number / BLOCK);
    let mut label = Vec::with_capacity(32);
    for _ in 0..=number % BLOCK {
        let (shared, length, start) = front(labels, at);
        label.truncate(shared);
        at = start + length;
        label.extend_from_slice(&labels[start..at]);
    }
    String::from_utf8(label).unwrap_or_default()
}
