//! First-level regions: their codes and names.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::data::{CountryId, RegionId};
use super::fields;

/// Word for a region in postings: its code, else its name.
pub(super) fn word(region: RegionId) -> String {
    match region.code() {
        "" => region.name(),
        code => code.to_owned(),
    }
}

/// The names of all regions.
static NAMES: LazyLock<Vec<String>> =
    LazyLock::new(|| RegionId::all().map(RegionId::name).collect());

/// The name of a region, by its country and a code or another name of it: "Bavaria" for "BY".
pub fn region_name(country: &str, word: &str) -> Option<&'static str> {
    let country = CountryId::from_code(country)?;
    let region = fields::region(country, word)?;
    NAMES.get(region.index()).map(String::as_str)
}

/// The label of a region among those of other countries: its name, with its country where two share it ("Punjab,
/// India").
pub fn region_label(country: &str, word: &str) -> Option<&'static str> {
    let country = CountryId::from_code(country)?;
    let region = fields::region(country, word)?;
    LABELS.get(region.index()).map(String::as_str)
}

/// The labels of all regions.
static LABELS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut countries: HashMap<&str, Vec<CountryId>> = HashMap::new();
    for (region, name) in RegionId::all().zip(&*NAMES) {
        countries.entry(name).or_default().push(region.country());
    }
    let labels = RegionId::all().zip(&*NAMES).map(|(region, name)| {
        let country = region.country();
        if countries[name.as_str()]
            .iter()
            .any(|other| *other != country)
        {
            format!("{name}, {}", country.name())
        } else {
            name.clone()
        }
    });
    labels.collect()
});

/// The region whose name is most similar to a word, if any is.
pub fn nearest_region(word: &str) -> Option<&'static str> {
    const SIMILAR: f64 = 0.9;
    let word = word.to_lowercase();
    let close = |name: &&'static str| strsim::jaro_winkler(&word, &name.to_lowercase());
    let names = NAMES.iter().map(String::as_str);
    let similar = names.filter(|name| close(name) >= SIMILAR);
    similar.max_by(|a, b| close(a).total_cmp(&close(b)))
}

/// Word for a region of a country, given its name or code.
pub fn region_code(country: &str, written: &str) -> Option<String> {
    let country = CountryId::from_code(country)?;
    fields::region(country, written).map(word)
}
