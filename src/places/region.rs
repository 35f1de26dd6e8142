//! First-level regions: the word that stands for one, and its name.

use std::sync::LazyLock;

use super::data::{CountryId, RegionId};
use super::fields;

/// The word that stands for a region in a posting: its code, else its name.
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

/// The word that stands for a region of a country, by a name or code of it.
pub fn region_code(country: &str, written: &str) -> Option<String> {
    let country = CountryId::from_code(country)?;
    fields::region(country, written).map(word)
}
