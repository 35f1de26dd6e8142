//! From the parts of a written place to the country, region and city that explain them best.
//!
//! Every country that any part may mean is tried, and within it every region; each part is then that country, that
//! region, a city of it, or unexplained. The weights of what is explained add up, a part that means something elsewhere
//! counts against it, and the best one wins if it is clearly better than any other.

use super::area::Area;
use super::attempt::{Attempt, City, attempts, is_capital_elsewhere};
use super::data::{CountryId, RegionId};
use super::lexicon::Meaning;
use super::segment::{self, Segments};
use super::sense::{self, Part};
use crate::board::Workplace;

/// Places with more parts are not resolved.
const MOST_PARTS: usize = 12;

/// A resolved place; unknown parts are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Read<'a> {
    pub(super) country: Option<CountryId>,
    pub(super) region: Option<RegionId>,
    pub(super) city: Option<City<'a>>,
    pub(super) workplace: Option<Workplace>,
    /// Country codes and areas where one may work from.
    pub(super) remote_from: Vec<&'static str>,
}

/// Resolves a string with one or several places; several keep only their common values.
pub(super) fn places(written: &str) -> Read<'_> {
    let mut agreed: Option<Read<'_>> = None;
    let mut undecided: Vec<Vec<Part<'_>>> = Vec::new();
    let (mut modes, mut remote_from) = (Vec::new(), Vec::new());
    for alternative in segment::alternatives(written) {
        let segments = segment::segments(alternative);
        if segments.has_mode {
            modes.push(segments.mode);
        }
        if segments.parts.is_empty() {
            continue;
        }
        let (parts, read) = place(&segments, &mut remote_from);
        // An area does not contradict a place.
        let Some(read) = read else { continue };
        if read.country.is_none() {
            undecided.push(parts);
            continue;
        }
        agreed = Some(match agreed {
            None => read,
            Some(before) => Read {
                country: before.country.filter(|_| before.country == read.country),
                region: before.region.filter(|_| before.region == read.region),
                city: before.city.filter(|_| before.city == read.city),
                ..Read::default()
            },
        });
    }
    let mut agreed = agreed.unwrap_or_default();
    for parts in undecided {
        agreed.beside(&parts);
    }
    let mode = modes.first().copied().flatten();
    agreed.workplace = mode.filter(|_| modes.iter().all(|other| *other == mode));
    if agreed.workplace == Some(Workplace::Remote) {
        remote_from.dedup();
        agreed.remote_from = remote_from;
    }
    agreed
}

/// The places of a string that holds several ("Berlin or Munich", "London / Paris"), if each can be resolved alone and
/// none states the workplace of another; otherwise the whole string.
pub fn split(written: &str) -> Vec<&str> {
    let whole = vec![written.trim()];
    let alternatives = segment::alternatives(written);
    if alternatives.len() < 2 {
        return whole;
    }
    let (mut places, mut modes) = (0, Vec::new());
    for alternative in &alternatives {
        let read = self::places(alternative);
        if read.country.is_some() {
            // "Kansas City, MO/KS" is one place.
            if sense::is_code(alternative) && !ALONE.contains(alternative) {
                return whole;
            }
            places += 1;
            modes.push(read.workplace);
        } else if read.workplace.is_none() || !read.remote_from.is_empty() {
            return whole;
        }
    }
    let alike = modes.iter().all(|mode| *mode == modes[0]);
    if places > 0 && alike {
        alternatives
    } else {
        whole
    }
}

/// Countries that are written as a code beside others.
const ALONE: &[&str] = &["US", "USA", "UK", "UAE"];

impl Read<'_> {
    /// Uses a place that is ambiguous alone: "Waterloo" next to Toronto is in Ontario, too.
    fn beside(&mut self, parts: &[Part<'_>]) {
        let meanings = || {
            parts
                .iter()
                .flat_map(|part| &part.senses)
                .map(|sense| sense.meaning)
        };
        let is_in_region = |meaning| match meaning {
            Meaning::City(city) => city.region().is_some() && city.region() == self.region,
            _ => false,
        };
        self.city = None;
        if !meanings().any(is_in_region) {
            self.region = None;
        }
        if !meanings().any(|meaning| Some(meaning.country()) == self.country) {
            self.country = None;
        }
    }
}

/// A place's parts and its resolution; `None` if it only names an area.
fn place<'a>(
    segments: &Segments<'a>,
    remote_from: &mut Vec<&'static str>,
) -> (Vec<Part<'a>>, Option<Read<'a>>) {
    let mut parts = Vec::with_capacity(segments.parts.len());
    for segment in segments.parts.iter().take(MOST_PARTS) {
        sense::add(*segment, &mut parts);
    }
    let areas: Vec<Area> = parts.iter().filter_map(|part| part.area).collect();
    let remote = segments.has_mode && segments.mode == Some(Workplace::Remote);
    if !areas.is_empty()
        && parts
            .iter()
            .all(|part| part.area.is_some() || part.is_remark)
    {
        remote_from.extend(areas.iter().map(|area| area.word()));
        return (parts, None);
    }
    if segments.parts.len() > MOST_PARTS {
        return (parts, Some(Read::default()));
    }
    let read = decide(&parts, &areas);
    if remote {
        match read.country {
            Some(country) => remote_from.push(country.code()),
            None => remote_from.extend(listed_countries(&parts)),
        }
        remote_from.extend(areas.iter().map(|area| area.word()));
    }
    (parts, Some(read))
}

/// "Remote (US, Canada)": each part is a country.
fn listed_countries(parts: &[Part<'_>]) -> Vec<&'static str> {
    let country = |part: &Part<'_>| {
        let mut found = part.senses.iter().filter_map(|sense| match sense.meaning {
            Meaning::Country(country) => Some(country.code()),
            _ => None,
        });
        found.next()
    };
    let countries: Option<Vec<_>> = parts.iter().map(country).collect();
    countries.unwrap_or_default()
}

fn decide<'a>(parts: &[Part<'a>], areas: &[Area]) -> Read<'a> {
    let mut countries: Vec<CountryId> = Vec::new();
    for sense in parts.iter().flat_map(|part| &part.senses) {
        let country = sense.meaning.country();
        if !countries.contains(&country) {
            countries.push(country);
        }
    }
    let attempts: Vec<Attempt> = countries
        .iter()
        .flat_map(|&country| attempts(parts, country, areas))
        .filter(|attempt| !attempt.is_contradicted(parts))
        .collect();
    let Some(best) = attempts.iter().max_by_key(|attempt| attempt.score) else {
        return Read::default();
    };
    let others = attempts
        .iter()
        .filter(|attempt| attempt.country != best.country);
    let other = others.map(Attempt::rank).max().unwrap_or(0).max(0);
    if !best.holds(parts, other) {
        return Read::default();
    }
    let rival = attempts.iter().any(|attempt| {
        attempt.country == best.country
            && attempt.region != best.region
            && (attempt.score > best.score - 5 || is_capital_elsewhere(parts, attempt))
            && attempt.place(parts) != best.place(parts)
    });
    let mut read = Read {
        country: Some(best.country),
        ..Read::default()
    };
    if rival {
        return read;
    }
    let (region, city) = best.place(parts);
    (read.region, read.city) = (region, city);
    read
}
