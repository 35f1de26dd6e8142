//! Countries: from the words that people write to ISO codes, and back to the short name a person would use.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Short names where the ISO list has a long, footnoted or inverted one.
const SHORT: &[(&str, &str)] = &[
    ("BO", "Bolivia"),
    ("BN", "Brunei"),
    ("BQ", "Caribbean Netherlands"),
    ("CC", "Cocos Islands"),
    ("CD", "DR Congo"),
    ("CZ", "Czech Republic"),
    ("FK", "Falkland Islands"),
    ("FM", "Micronesia"),
    ("GB", "United Kingdom"),
    ("IR", "Iran"),
    ("KP", "North Korea"),
    ("KR", "South Korea"),
    ("LA", "Laos"),
    ("MD", "Moldova"),
    ("MF", "Saint Martin"),
    ("MO", "Macao"),
    ("NL", "Netherlands"),
    ("PS", "Palestine"),
    ("RU", "Russia"),
    ("SH", "Saint Helena"),
    ("SX", "Sint Maarten"),
    ("SY", "Syria"),
    ("TR", "Turkey"),
    ("TW", "Taiwan"),
    ("TZ", "Tanzania"),
    ("US", "United States"),
    ("VA", "Vatican City"),
    ("VE", "Venezuela"),
    ("VG", "British Virgin Islands"),
    ("VI", "U.S. Virgin Islands"),
    ("VN", "Vietnam"),
];

/// What else people write, in lower case and without full stops.
const ALIASES: &[(&str, &str)] = &[
    ("us", "US"),
    ("usa", "US"),
    ("united states", "US"),
    ("the united states", "US"),
    ("the us", "US"),
    ("the usa", "US"),
    ("america", "US"),
    ("continental us", "US"),
    ("contiguous us", "US"),
    ("estados unidos", "US"),
    ("uk", "GB"),
    ("the uk", "GB"),
    ("great britain", "GB"),
    ("britain", "GB"),
    ("republic of ireland", "IE"),
    ("korea", "KR"),
    ("republic of korea", "KR"),
    ("taiwan roc", "TW"),
    ("türkiye", "TR"),
    ("turkiye", "TR"),
    ("uae", "AE"),
    ("the uae", "AE"),
    ("emirates", "AE"),
    ("the netherlands", "NL"),
    ("holland", "NL"),
    ("nederland", "NL"),
    ("czechia", "CZ"),
    ("russian federation", "RU"),
    ("viet nam", "VN"),
    ("hong kong sar", "HK"),
    ("hong kong sar china", "HK"),
    ("macau", "MO"),
    ("macau sar", "MO"),
    ("mainland china", "CN"),
    ("pr china", "CN"),
    ("people's republic of china", "CN"),
    ("中国", "CN"),
    ("日本", "JP"),
    ("brasil", "BR"),
    ("méxico", "MX"),
    ("españa", "ES"),
    ("deutschland", "DE"),
    ("österreich", "AT"),
    ("schweiz", "CH"),
    ("suisse", "CH"),
    ("italia", "IT"),
    ("belgië", "BE"),
    ("belgique", "BE"),
    ("danmark", "DK"),
    ("sverige", "SE"),
    ("norge", "NO"),
    ("suomi", "FI"),
    ("polska", "PL"),
    ("perú", "PE"),
    ("panamá", "PA"),
    ("ksa", "SA"),
    ("kingdom of saudi arabia", "SA"),
    ("the philippines", "PH"),
    ("ivory coast", "CI"),
    ("cote d'ivoire", "CI"),
    ("cape verde", "CV"),
    ("macedonia", "MK"),
    ("swaziland", "SZ"),
    ("burma", "MM"),
    ("drc", "CD"),
    ("democratic republic of the congo", "CD"),
    ("democratic republic of congo", "CD"),
    ("republic of the congo", "CG"),
    ("the gambia", "GM"),
    ("the bahamas", "BS"),
    ("bosnia", "BA"),
    ("trinidad & tobago", "TT"),
    ("bosnia & herzegovina", "BA"),
    ("east timor", "TL"),
    ("curacao", "CW"),
    ("reunion", "RE"),
    ("kosovo", "XK"),
];

static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let listed = rust_iso3166::ALL.iter();
    let long = listed.map(|country| {
        (
            without_footnote(country.name).to_lowercase(),
            country.alpha2,
        )
    });
    let short = SHORT
        .iter()
        .map(|(code, name)| (name.replace('.', "").to_lowercase(), *code));
    let aliases = ALIASES.iter().map(|(name, code)| ((*name).into(), *code));
    long.chain(short).chain(aliases).collect()
});

static LABELS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut labels: HashMap<_, _> = rust_iso3166::ALL
        .iter()
        .map(|country| (country.alpha2, without_footnote(country.name)))
        .collect();
    labels.extend(SHORT.iter().copied());
    labels.insert("XK", "Kosovo");
    labels
});

/// The list carries the footnote letters of the page it was taken from.
fn without_footnote(name: &'static str) -> &'static str {
    name.split('[').next().unwrap_or(name)
}

/// The short common name of a country, for labels: "United States", "South Korea".
pub fn country_name(code: &str) -> Option<&'static str> {
    LABELS.get(code).copied()
}

/// The alpha-2 code of a country written as a name in any case, or as a code in capitals.
///
/// Codes count in capitals only: "In" and "de" are words before they are India and Germany.
pub(super) fn country(written: &str) -> Option<&'static str> {
    let plain = super::undotted(written);
    if plain.len() <= 3 && plain.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return coded(&plain);
    }
    NAMES.get(&plain.to_lowercase()).copied()
}

/// The code of a country written as a code.
pub(super) fn coded(written: &str) -> Option<&'static str> {
    match written {
        "UK" => Some("GB"),
        "UAE" => Some("AE"),
        "KSA" => Some("SA"),
        "DRC" => Some("CD"),
        _ if written.len() == 2 => rust_iso3166::from_alpha2(written).map(|found| found.alpha2),
        _ => rust_iso3166::from_alpha3(written).map(|found| found.alpha2),
    }
}

/// Whether a code such as "BE" is a part of this country, as ISO 3166-2 has it ("DE-BE").
pub(super) fn has_part(country: &str, part: &str) -> bool {
    rust_iso3166::iso3166_2::from_code(&format!("{country}-{part}")).is_some()
}

/// The country name that a word was probably meant to be, where the word is nearly one.
pub(super) fn nearest_name(word: &str) -> Option<&'static str> {
    const NEAR: f64 = 0.9;
    const SLIPS: usize = 2;
    let word = word.to_lowercase();
    let first = word.chars().next()?;
    // Short words are near to everything, and no name is longer.
    let letters = word.chars().count();
    if !(5..40).contains(&letters) {
        return None;
    }
    LABELS
        .values()
        .filter(|name| {
            name.chars().count().abs_diff(letters) <= 2 && name.to_lowercase().starts_with(first)
        })
        .filter(|name| strsim::jaro_winkler(&word, &name.to_lowercase()) > NEAR)
        .map(|name| (strsim::osa_distance(&word, &name.to_lowercase()), *name))
        .filter(|(slips, _)| *slips <= SLIPS)
        // Letters are left out oftener than put in, so the longer of two is meant: "Austrlia".
        .min_by_key(|(slips, name)| (*slips, std::cmp::Reverse(name.len()), *name))
        .map(|(_, name)| name)
}
