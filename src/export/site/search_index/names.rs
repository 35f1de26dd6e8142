//! What else the words and places of a board are called, so that `swe`, `nyc` and `country:germany` are answered.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::Listed;
use crate::board::fold::fold;
use crate::facts::skill_spellings;
use crate::places::{
    Area, city_names, countries, country_code, country_codes, name_key, other_names, region_code,
    region_label,
};
use crate::query::{Field, other_values};
use crate::search::{EntryPlace, Index, PlaceName};

/// Values by the keys of their names.
type Keys = BTreeMap<String, BTreeSet<String>>;

/// Fields whose values are closed lists.
const LISTED: [Field; 3] = [Field::Workplace, Field::Employment, Field::Level];

/// The names.
pub(super) fn json(index: &Index, postings: &[Listed<'_>]) -> Value {
    let locations = postings.iter().flat_map(|listed| &listed.posting.locations);
    let places: Vec<EntryPlace<'_>> = locations.map(EntryPlace::new).collect();
    let table = index.name_table(places.iter().flat_map(EntryPlace::names));
    let phrases: BTreeSet<&PlaceName> = table.places.values().flatten().collect();
    let phrases: Vec<&PlaceName> = phrases.into_iter().collect();
    let numbers = |names: &Vec<PlaceName>| -> Vec<usize> {
        let numbers = names.iter().map(|name| phrases.binary_search(&name));
        numbers.flatten().collect()
    };
    let numbered = table.places.iter();
    let numbered: BTreeMap<&String, Vec<usize>> = numbered
        .map(|(name, others)| (name, numbers(others)))
        .collect();
    let phrases = phrases.into_iter().map(|(name, country)| match country {
        Some(country) => json!([name, country]),
        None => json!([name]),
    });
    let phrases: Vec<Value> = phrases.collect();
    let here: BTreeSet<&str> = places.iter().filter_map(|place| place.country).collect();
    json!({
        "roles": table.roles,
        "words": table.words,
        "places": numbered,
        "phrases": phrases,
        "values": LISTED.map(|field| (field.name(), other_values(field))).into_iter().collect::<BTreeMap<_, _>>(),
        "skills": skills(index, postings),
        "codes": codes(),
        "countries": country_keys(&here),
        "areas": areas(&here),
        "regions": regions(&places),
        "cities": cities(&places),
    })
}

/// Names of skills by their other spellings, folded, of those that postings ask for.
fn skills(index: &Index, postings: &[Listed<'_>]) -> BTreeMap<String, String> {
    let entries = postings
        .iter()
        .filter_map(|listed| index.entry(listed.row, listed.posting));
    let here: BTreeSet<String> = entries
        .flat_map(|entry| entry.skills.value.into_iter().map(str::to_owned))
        .collect();
    let spelled = skill_spellings().filter(|(_, name)| here.contains(*name));
    let spelled = spelled.map(|(written, name)| (fold(written), fold(name)));
    spelled.filter(|(written, name)| written != name).collect()
}

/// Codes of two letters by every code in lower case.
fn codes() -> BTreeMap<String, &'static str> {
    let codes = country_codes().flat_map(|(code, long)| [(code, code), (long, code)]);
    let codes = codes.chain([("UK", "GB")]);
    codes
        .map(|(written, code)| (written.to_ascii_lowercase(), code))
        .collect()
}

/// Codes of countries by their names: all names of those that postings are in, else the usual one.
fn country_keys(here: &BTreeSet<&str>) -> BTreeMap<String, &'static str> {
    let mut keys = BTreeMap::new();
    for (code, name) in countries() {
        keys.insert(name_key(name), code);
        if here.contains(code) {
            let others = other_names(name).into_iter();
            let others = others.filter(|other| country_code(other) == Some(code));
            keys.extend(others.map(|other| (other, code)));
        }
    }
    keys
}

/// The countries of each area that postings are in.
fn areas(here: &BTreeSet<&str>) -> BTreeMap<&'static str, Vec<String>> {
    let areas = Area::names().map(|(name, area)| {
        let within = here.iter().filter(|code| area.contains(code));
        (name, within.map(|code| (*code).to_owned()).collect())
    });
    areas.collect()
}

/// Labels of regions by their names and codes. A code may mean regions of several countries.
fn regions(places: &[EntryPlace<'_>]) -> Keys {
    let known = places
        .iter()
        .filter_map(|place| Some((place.country?, place.region?)));
    let known: BTreeSet<(&str, &str)> = known.collect();
    let name = |label: &'static str| label.split(", ").next().unwrap_or(label);
    let known: Vec<(&str, &'static str, String)> = known
        .into_iter()
        .filter_map(|(country, label)| {
            let found = region_label(country, label);
            let label = found.or_else(|| region_label(country, label.split(", ").next()?))?;
            let code = region_code(country, name(label)).unwrap_or_default();
            Some((country, label, code))
        })
        .collect();
    let codes: BTreeSet<&String> = known.iter().map(|(.., code)| code).collect();
    let mut keys = Keys::new();
    for (country, label, code) in &known {
        let names = other_names(name(label)).into_iter();
        let names = names.chain([(*label).to_owned(), name(label).to_owned()]);
        let names = names.chain([format!("{country}-{code}")]);
        let codes = codes.iter().map(|code| (*code).clone());
        for written in names.chain(codes) {
            if region_label(country, &written) == Some(*label) {
                let labels = keys.entry(name_key(&written)).or_default();
                labels.insert((*label).to_owned());
            }
        }
    }
    keys
}

/// Labels of cities by their names.
fn cities(places: &[EntryPlace<'_>]) -> Keys {
    let mut keys = Keys::new();
    let labels: BTreeSet<&str> = places
        .iter()
        .filter_map(|place| place.city.as_deref())
        .collect();
    for label in labels {
        let wanted = fold(label);
        for written in other_names(label).into_iter().chain([name_key(label)]) {
            let is_meant = |name: &String| fold(name) == wanted;
            if city_names(&written).iter().any(is_meant) {
                let labels = keys.entry(written).or_default();
                labels.insert(label.to_owned());
            }
        }
    }
    keys
}
