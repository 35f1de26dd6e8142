//! From the parts of a written place to country, region and city.

use std::borrow::Cow;

use super::segment::{self, Join, Segment};
use super::{city, country, region};

/// More parts than this are a list of places or a postal address; only the country can be trusted.
const PARTS: usize = 4;

/// Countries that are named as their city is.
const NAMED_AS_CITY: &[&str] = &[
    "DJ", "GI", "GT", "HK", "KW", "LU", "MC", "MO", "PA", "SG", "SM",
];

/// What was read; what was not is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Read<'a> {
    pub(super) country: Option<&'static str>,
    pub(super) region: Option<Cow<'a, str>>,
    pub(super) city: Option<Cow<'a, str>>,
}

/// Reads a string that holds one place or several; several keep what they agree on.
pub(super) fn places(written: &str) -> Read<'_> {
    // What names nowhere does not count: "Berlin or remote" is Berlin.
    let mut places = segment::alternatives(written)
        .map(segment::segments)
        .filter(|segments| !segments.is_empty())
        .map(|segments| place(&segments));
    let mut agreed = places.next().unwrap_or_default();
    for other in places {
        agreed.country = agreed.country.filter(|_| agreed.country == other.country);
        agreed.region = agreed
            .region
            .filter(|region| other.region.as_ref() == Some(region));
        agreed.city = agreed.city.filter(|city| other.city.as_ref() == Some(city));
    }
    agreed
}

fn place<'a>(segments: &[Segment<'a>]) -> Read<'a> {
    match segments {
        [] => Read::default(),
        [alone] => single(alone.words),
        several if lists_countries(several) => Read::default(),
        [first, rest @ ..] => {
            let (before, last) = (&segments[..rest.len()], rest[rest.len() - 1].words);
            leading_code(first, rest)
                .or_else(|| trailing_state(before, last))
                .or_else(|| country::country(last).map(|code| inward(code, before)))
                .or_else(|| leading_state(first, rest))
                .or_else(|| country::country(first.words).map(|code| outward(code, rest)))
                .or_else(|| middle_country(segments))
                .or_else(|| split_last(before, last))
                .unwrap_or_else(|| known_city(segments, last))
        }
    }
}

/// "Bulgaria, Romania": a list of countries. One country's name may be a town in another ("Lebanon, Oregon, USA").
fn lists_countries(segments: &[Segment<'_>]) -> bool {
    let codes: std::collections::HashSet<_> = segments
        .iter()
        .filter(|part| !region::is_code(part.words))
        .filter_map(|part| country::country(part.words))
        .collect();
    codes.len() > 2 || codes.len() == 2 && segments.len() == 2
}

/// One part by itself.
fn single(words: &str) -> Read<'_> {
    if words.eq_ignore_ascii_case("georgia") {
        return Read::default();
    }
    if words.eq_ignore_ascii_case("washington") {
        // The state and the capital lie in one country.
        return Read::of("US");
    }
    if region::is_code(words) {
        return match (country::country(words), region::region(words, None)) {
            (None, Some(found)) => Read::of(found.country).in_region(found.word),
            // "CA" is Canada as much as California.
            _ => Read::default(),
        };
    }
    if let Some(known) = city::known(words) {
        return Read::of(known.country)
            .in_region(known.region)
            .at(known.name);
    }
    if let Some(code) = country::country(words) {
        let is_city = matches!(code, "SG" | "HK" | "MO" | "MC" | "GI");
        let name = country::country_name(code).filter(|_| is_city);
        return Read::of(code).at(name.unwrap_or_default());
    }
    if let Some(found) = region::region(words, None) {
        return Read::of(found.country).in_region(found.word);
    }
    split_last(&[], words).unwrap_or_default()
}

/// "US, WA, Seattle".
fn leading_code<'a>(first: &Segment<'a>, rest: &[Segment<'a>]) -> Option<Read<'a>> {
    let plain = super::undotted(first.words);
    let code = country::coded(&plain).filter(|_| plain.len() <= 3)?;
    // "ES - Barcelona, Spain" is read from its end.
    if let [_, .., last] = rest
        && country::country(last.words) == Some(code)
    {
        return None;
    }
    let next = city::known(rest[0].words);
    let at_home = next.is_some_and(|city| city.country == code)
        || country::country(rest[0].words) == Some(code);
    let of_state = next.is_some_and(|city| city.region == plain) || rest[0].join == Join::Dash;
    if region::is_code(&plain) && of_state && !at_home {
        return None;
    }
    Some(outward(code, rest))
}

/// "CO - Longmont", "CA, San Francisco", "South Carolina, Columbia".
fn leading_state<'a>(first: &Segment<'a>, rest: &[Segment<'a>]) -> Option<Read<'a>> {
    let found = region::region(first.words, None)?;
    let [city] = rest else { return None };
    Some(Read::of(found.country).in_region(found.word).at(city.words))
}

/// "Seattle, WA", "Portland, Maine".
fn trailing_state<'a>(before: &[Segment<'a>], last: &'a str) -> Option<Read<'a>> {
    let found = region::region(last, None)?;
    let nearest = before[before.len() - 1].words;
    if let Some(code) = country::country(last) {
        let at_home = city::known(nearest).is_some_and(|city| city.country == code);
        // Codes that are a country far oftener than a province; and an accent is not of English-speaking places.
        let rarely_state = found.country == "CA" && region::is_code(last);
        let foreign = region::is_code(last) && !nearest.is_ascii();
        let known = city::known(nearest).is_some_and(|city| city.country == found.country);
        if at_home || part_of(code, before) || !known && (rarely_state || foreign) {
            return None;
        }
    }
    // "Canada, Toronto, Ontario".
    let before = match before {
        [first, rest @ ..] if country::country(first.words) == Some(found.country) => rest,
        _ => before,
    };
    let read = Read::of(found.country);
    Some(match before.last() {
        // "Texas, CA": two states make no city.
        Some(city) if before.len() >= PARTS || region::is_code(city.words) => read,
        Some(city) => read.in_region(found.word).at(city.words),
        None => read.in_region(found.word),
    })
}

/// Whether the part before a country's code is one of its regions: "Toronto, ON, CA".
fn part_of(code: &str, before: &[Segment<'_>]) -> bool {
    let Some(Segment { words, .. }) = before.get(1..).and_then(<[_]>::last) else {
        return false;
    };
    region::region(words, Some(code)).is_some()
        || words.len() <= 3 && country::has_part(code, words)
}

/// The country stands last: what is before it runs from the city outwards.
fn inward<'a>(code: &'static str, before: &[Segment<'a>]) -> Read<'a> {
    let mut before = before;
    // "US, Seattle, United States" and "ES - Barcelona, Spain" say it twice.
    if let [first, rest @ ..] = before
        && !rest.is_empty()
        && country::country(first.words) == Some(code)
        && region::region(first.words, Some(code)).is_none()
    {
        before = rest;
    }
    match before {
        [one] => one_in(code, one.words),
        [.., city, region] if before.len() < PARTS => two_in(code, region.words, city.words),
        _ => Read::of(code),
    }
}

/// The country stands first: what follows runs from the region inwards.
fn outward<'a>(code: &'static str, rest: &[Segment<'a>]) -> Read<'a> {
    let in_country = |part: &Segment<'_>| region::region(part.words, Some(code)).is_some();
    match rest {
        [one] => one_in(code, one.words),
        [city, region, ..] if in_country(region) && !in_country(city) => {
            two_in(code, region.words, city.words)
        }
        [region, city, ..] if rest.len() <= PARTS => two_in(code, region.words, city.words),
        _ => Read::of(code),
    }
}

/// One part within a country: a region if it is known as one, else the city.
fn one_in<'a>(code: &'static str, words: &'a str) -> Read<'a> {
    if country::country(words) == Some(code) && !NAMED_AS_CITY.contains(&code) {
        return Read::of(code);
    }
    let home = city::known(words).filter(|city| city.country == code && city.name != "Washington");
    if let Some(found) = home {
        return Read::of(code)
            .in_region(found.region)
            .at(city::named(words));
    }
    if let Some(found) = region::region(words, Some(code)) {
        return Read::of(code).in_region(found.word);
    }
    let capitals = words.len() <= 3 && words.bytes().all(|byte| byte.is_ascii_uppercase());
    if region::calls_itself_region(words) || capitals && country::has_part(code, words) {
        return Read::of(code).in_region(words);
    }
    // "San Mateo CA, United States".
    if let Some((city, state)) = words.rsplit_once(' ')
        && region::is_code(state)
        && let Some(found) = region::region(state, Some(code))
    {
        return Read::of(code).in_region(found.word).at(city);
    }
    Read::of(code).at(words)
}

fn two_in<'a>(code: &'static str, region: &'a str, city: &'a str) -> Read<'a> {
    if country::country(region) == Some(code) && region::region(region, Some(code)).is_none() {
        return one_in(code, city);
    }
    if let Some(found) = region::region(region, Some(code)) {
        return Read::of(code).in_region(found.word).at(city);
    }
    // "King's Cross, London, UK": London is not the region. Elsewhere a city and its region may share a name.
    if code == "GB" && city::known(region).is_some() {
        return one_in(code, region);
    }
    Read::of(code).in_region(region).at(city)
}

/// "UK & Ireland, United Kingdom, London".
fn middle_country<'a>(segments: &[Segment<'a>]) -> Option<Read<'a>> {
    let (at, code) = segments
        .iter()
        .enumerate()
        .filter(|(_, part)| !region::is_code(part.words))
        .find_map(|(at, part)| Some((at, country::country(part.words)?)))?;
    Some(outward(code, &segments[at + 1..]))
}

/// A last part without its comma: "San Mateo, CA United States", "Toronto Canada", "Walnut CA".
fn split_last<'a>(before: &[Segment<'a>], last: &'a str) -> Option<Read<'a>> {
    last.match_indices(' ').take(PARTS).find_map(|(space, _)| {
        let (words, place) = (last[..space].trim_end(), last[space..].trim_start());
        if region::is_code(place) {
            let found = region::region(place, None).filter(|_| before.is_empty())?;
            return Some(Read::of(found.country).in_region(found.word).at(words));
        }
        let code = country::country(place)?;
        // What is before it may be a company or a building: "Mitratech India".
        if before.is_empty() && !segment::is_known(words) {
            return Some(Read::of(code));
        }
        let join = Join::Comma;
        Some(inward(code, &[before, &[Segment { words, join }]].concat()))
    })
}

/// Nothing but one city can be read: "Soho, London", "Bengaluru, Karnataka". A misspelt country after it is left to be
/// seen as one.
fn known_city<'a>(segments: &[Segment<'a>], last: &str) -> Read<'a> {
    let mut known = segments.iter().filter_map(|part| city::known(part.words));
    match (known.next(), known.next()) {
        (Some(only), None) if country::nearest_name(last).is_none() => {
            Read::of(only.country).in_region(only.region).at(only.name)
        }
        _ => Read::default(),
    }
}

impl<'a> Read<'a> {
    fn of(country: &'static str) -> Self {
        Self {
            country: Some(country),
            ..Self::default()
        }
    }

    fn in_region(mut self, region: &'a str) -> Self {
        self.region = (!region.is_empty()).then_some(Cow::Borrowed(region));
        self
    }

    fn at(mut self, city: &'a str) -> Self {
        let city = city::named(city);
        // A street number or a postal code is no city.
        let fits = !city.is_empty() && !city.starts_with(|c: char| c.is_ascii_digit());
        self.city = fits.then_some(Cow::Borrowed(city));
        self
    }
}
