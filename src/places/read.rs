//! From the parts of a written place to the country, region and city that explain them best.
//!
//! Every country that any part may mean is tried, and within it every region; each part is then that country, that
//! region, a city of it, or unexplained. The weights of what is explained add up, a part that means something elsewhere
//! counts against it, and the best one wins if it is clearly better than any other.

use std::cmp::Reverse;

use super::area::Area;
use super::attempt::{self, Attempt, City, Elsewhere, is_capital_elsewhere};
use super::data::{CountryId, RegionId};
use super::lexicon::Meaning;
use super::segment::{self, Segments};
use super::sense::{self, How, Part, REGION_CODE, Sense};
use crate::board::Workplace;

/// Places with more parts are not resolved.
const MOST_PARTS: usize = 12;

/// How much less than the best score counts against it.
const NEAR: i32 = 20;

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

/// The workplace that a place states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Unstated,
    Stated(Workplace),
    /// Several.
    Mixed,
}

/// One of the places of a string.
struct Alternative {
    mode: Mode,
    /// Whether "or", "and" or a slash joins it to the one before it.
    is_joined: bool,
    /// Whether it names nothing smaller than a country.
    is_wide: bool,
    /// Whether it is one name that was not decided.
    is_undecided: bool,
    /// The countries and areas that it names.
    areas: Vec<&'static str>,
}

/// Resolves a string with one or several places; several keep only their common values.
pub(super) fn places(written: &str) -> Read<'_> {
    let mut agreed: Option<Read<'_>> = None;
    let mut undecided: Vec<Vec<Part<'_>>> = Vec::new();
    let mut alternatives = Vec::new();
    for (text, is_joined) in segment::alternatives(written) {
        let segments = segment::segments(text);
        let mut alternative = Alternative {
            mode: match segments.mode {
                _ if !segments.has_mode => Mode::Unstated,
                Some(mode) => Mode::Stated(mode),
                None => Mode::Mixed,
            },
            is_joined,
            is_wide: false,
            is_undecided: false,
            areas: Vec::new(),
        };
        if segments.parts.is_empty() {
            alternatives.push(alternative);
            continue;
        }
        let (parts, read) = place(&segments, &mut alternative.areas);
        // "Switzerland Office" is an office.
        let is_building = segments.parts.iter().any(|part| part.stripped)
            && !segments.has_mode
            && !text.to_ascii_lowercase().ends_with("only");
        alternative.is_wide = !is_building && is_wide(&parts, read.as_ref());
        let country = read.as_ref().map(|read| read.country);
        alternative.is_undecided = parts.len() == 1 && country == Some(None);
        alternatives.push(alternative);
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
    let modes = alternatives.iter().map(|alternative| alternative.mode);
    let mut modes = modes.filter(|mode| *mode != Mode::Unstated);
    if let Some(Mode::Stated(mode)) = modes.next() {
        agreed.workplace = modes
            .all(|other| other == Mode::Stated(mode))
            .then_some(mode);
    }
    if agreed.workplace == Some(Workplace::Remote) {
        agreed.remote_from = remote_from(&alternatives);
    }
    agreed
}

/// Where one may work from: the countries and areas of the remote alternatives, and of those joined to them that name
/// nothing smaller, as in "Remote - France or UK".
fn remote_from(alternatives: &[Alternative]) -> Vec<&'static str> {
    let mut found = Vec::new();
    // Alone, an ambiguous name is not taken for a country: "Remote - Columbia".
    let is_sure = |one: &Alternative| !one.is_undecided && !one.areas.is_empty();
    if !alternatives.iter().any(is_sure) {
        return found;
    }
    // "Remote - Argentina; Brazil; Mexico".
    let is_list_of_countries = alternatives
        .iter()
        .all(|one| one.is_wide || one.areas.is_empty());
    let groups = alternatives.chunk_by(|_, next| next.is_joined || is_list_of_countries);
    for group in groups {
        let is_remote = |one: &Alternative| one.mode == Mode::Stated(Workplace::Remote);
        let together = group.iter().any(is_remote);
        for one in group {
            // In "US Remote or Toronto", only the first one is remote.
            if is_remote(one) || together && one.mode == Mode::Unstated && one.is_wide {
                for area in &one.areas {
                    if !found.contains(area) {
                        found.push(area);
                    }
                }
            }
        }
    }
    found
}

/// Whether nothing smaller than a country is named.
fn is_wide(parts: &[Part<'_>], read: Option<&Read<'_>>) -> bool {
    let is_country = |part: &Part<'_>| {
        let mut meanings = part.senses.iter().map(|sense| sense.meaning);
        meanings.any(|meaning| matches!(meaning, Meaning::Country(_)))
    };
    read.is_none_or(|read| read.region.is_none() && read.city.is_none())
        && parts
            .iter()
            .all(|part| part.is_remark || part.area.is_some() || is_country(part))
}

/// The places of a string that holds several ("Berlin or Munich", "London / Paris"), if each can be resolved alone and
/// none states the workplace of another; otherwise the whole string.
pub fn split(written: &str) -> Vec<&str> {
    let whole = vec![written.trim()];
    let alternatives = segment::alternatives(written).into_iter();
    let alternatives: Vec<&str> = alternatives.map(|(text, _)| text).collect();
    // "Berlin + remote" may be one arrangement.
    if alternatives.len() < 2 || written.contains(" + ") {
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

/// A place's parts and its resolution; `None` if it only names an area. Adds the countries and areas that it names.
fn place<'a>(
    segments: &Segments<'a>,
    named: &mut Vec<&'static str>,
) -> (Vec<Part<'a>>, Option<Read<'a>>) {
    let mut parts = Vec::with_capacity(segments.parts.len());
    for segment in segments.parts.iter().take(MOST_PARTS) {
        sense::add(*segment, &mut parts);
    }
    // "Africa" is also a town.
    if let [part] = &mut *parts
        && part.senses.iter().all(Sense::is_of_town)
        && let Some(area) = Area::named(part.words)
    {
        part.area = Some(area);
        part.senses.clear();
    }
    if let [part] = &mut *parts {
        sense::drop_overshadowed(part);
        sense::keep_usual(part);
    }
    settle_georgia(&mut parts);
    let areas: Vec<Area> = parts.iter().filter_map(|part| part.area).collect();
    if !areas.is_empty()
        && parts
            .iter()
            .all(|part| part.area.is_some() || part.is_remark)
    {
        named.extend(areas.iter().map(|area| area.word()));
        return (parts, None);
    }
    if segments.parts.len() > MOST_PARTS {
        return (parts, Some(Read::default()));
    }
    let read = decide(&parts, &areas);
    match read.country {
        Some(country) => named.push(country.code()),
        None => named.extend(listed_countries(&parts)),
    }
    // In "Remote - Poland, EMEA", the area only says where the country is.
    let around = |area: &&Area| read.country.is_some_and(|country| area.holds(country));
    let beside = areas.iter().filter(|area| !around(area));
    named.extend(beside.map(|area| area.word()));
    (parts, Some(read))
}

/// "Georgia" beside a town: the state if the town or county is American, the country if the town is in it, and neither
/// if the town is unknown. Beside countries it stays ambiguous.
fn settle_georgia(parts: &mut [Part<'_>]) {
    let country = |part: &Part<'_>, code: &str| {
        let mut senses = part.senses.iter();
        senses.any(|sense| sense.meaning.country().code() == code)
    };
    let is_both = |part: &Part<'_>| {
        let is = |meaning: fn(&Meaning) -> bool, code: &str| {
            let mut senses = part.senses.iter();
            senses.any(|one| meaning(&one.meaning) && one.meaning.country().code() == code)
        };
        is(|one| matches!(one, Meaning::Country(_)), "GE")
            && is(|one| matches!(one, Meaning::Region(_)), "US")
    };
    let Some(at) = parts.iter().position(is_both) else {
        return;
    };
    let others = || {
        let others = parts
            .iter()
            .enumerate()
            .filter(move |(other, _)| *other != at);
        others
            .map(|(_, part)| part)
            .filter(|part| !part.is_remark && part.area.is_none())
    };
    let is_country = |part: &Part<'_>| {
        let mut senses = part.senses.iter();
        senses.any(|sense| {
            matches!(
                (sense.meaning, sense.how),
                (Meaning::Country(_), How::Name { .. })
            )
        })
    };
    if others().next().is_none() || others().any(|part| is_country(part) || country(part, "GE")) {
        return;
    }
    let names_county = |part: &Part<'_>| part.words.to_ascii_lowercase().ends_with(" county");
    let is_american = others().any(|part| country(part, "US") || names_county(part));
    parts[at].senses.retain(|sense| {
        is_american && !matches!(sense.meaning, Meaning::Country(country) if country.code() == "GE")
    });
}

/// "Remote (US, Canada)": each part is a country. "Georgia" may be one.
fn listed_countries(parts: &[Part<'_>]) -> Vec<&'static str> {
    let country = |part: &Part<'_>| {
        let country = part.senses.iter().find_map(|sense| match sense.meaning {
            Meaning::Country(country) => Some(country),
            _ => None,
        })?;
        let is_elsewhere = |sense: &Sense| match (sense.meaning, sense.how) {
            (Meaning::Region(region), How::Name { own: true }) => region.country() != country,
            // "Remote, CA" may be in California.
            (Meaning::Region(_), How::Code) => sense.weight >= REGION_CODE,
            _ => false,
        };
        (!part.senses.iter().any(is_elsewhere)).then_some(country.code())
    };
    let listed = parts
        .iter()
        .filter(|part| part.area.is_none() && !part.is_remark);
    let countries: Option<Vec<_>> = listed.map(country).collect();
    countries.unwrap_or_default()
}

/// The countries that the parts may mean, and the most that an attempt at each may score; the most likely first.
fn candidates(parts: &[Part<'_>]) -> Vec<(CountryId, i32)> {
    let mut found: Vec<(CountryId, i32)> = Vec::new();
    let mut of_part: Vec<(CountryId, i32)> = Vec::new();
    for part in parts {
        of_part.clear();
        for sense in &part.senses {
            let country = sense.meaning.country();
            match of_part.iter_mut().find(|(known, _)| *known == country) {
                Some((_, weight)) => *weight = sense.weight.max(*weight),
                None => of_part.push((country, sense.weight)),
            }
        }
        for (country, weight) in &of_part {
            match found.iter_mut().find(|(known, _)| known == country) {
                Some((_, sum)) => *sum += weight + attempt::MOST_PER_PART,
                None => found.push((*country, weight + attempt::MOST_PER_PART)),
            }
        }
    }
    for (country, sum) in &mut found {
        *sum += attempt::most_beside(*country, parts);
    }
    found.sort_by_key(|(_, sum)| Reverse(*sum));
    found
}

fn decide<'a>(parts: &[Part<'a>], areas: &[Area]) -> Read<'a> {
    let mut attempts: Vec<Attempt> = Vec::new();
    let mut best_score = i32::MIN;
    for (country, most) in candidates(parts) {
        // Neither this country nor the following ones come near to the best.
        if most < best_score.saturating_sub(NEAR) {
            break;
        }
        for attempt in attempt::attempts(parts, country, areas) {
            if !attempt.is_contradicted(parts) {
                best_score = best_score.max(attempt.score);
                attempts.push(attempt);
            }
        }
    }
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
    let elsewhere = best.elsewhere(parts);
    if elsewhere == Elsewhere::Abroad {
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
    if !rival && elsewhere == Elsewhere::Nothing {
        (read.region, read.city) = best.place(parts);
    }
    read
}
