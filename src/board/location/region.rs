//! States and provinces, where a posting names them without their country.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Code and name. These are the countries whose places are commonly written without the country.
const UNITED_STATES: &[(&str, &str)] = &[
    ("AL", "Alabama"),
    ("AK", "Alaska"),
    ("AZ", "Arizona"),
    ("AR", "Arkansas"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DE", "Delaware"),
    ("DC", "District of Columbia"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("HI", "Hawaii"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("IA", "Iowa"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("ME", "Maine"),
    ("MD", "Maryland"),
    ("MA", "Massachusetts"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MS", "Mississippi"),
    ("MO", "Missouri"),
    ("MT", "Montana"),
    ("NE", "Nebraska"),
    ("NV", "Nevada"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NY", "New York"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VT", "Vermont"),
    ("VA", "Virginia"),
    ("WA", "Washington"),
    ("WV", "West Virginia"),
    ("WI", "Wisconsin"),
    ("WY", "Wyoming"),
];

const CANADA: &[(&str, &str)] = &[
    ("AB", "Alberta"),
    ("BC", "British Columbia"),
    ("MB", "Manitoba"),
    ("NB", "New Brunswick"),
    ("NL", "Newfoundland and Labrador"),
    ("NS", "Nova Scotia"),
    ("NT", "Northwest Territories"),
    ("NU", "Nunavut"),
    ("ON", "Ontario"),
    ("PE", "Prince Edward Island"),
    ("QC", "Quebec"),
    ("QC", "Québec"),
    ("SK", "Saskatchewan"),
    ("YT", "Yukon"),
];

const AUSTRALIA: &[(&str, &str)] = &[
    ("NSW", "New South Wales"),
    ("QLD", "Queensland"),
    ("SA", "South Australia"),
    ("TAS", "Tasmania"),
    ("VIC", "Victoria"),
    ("WA", "Western Australia"),
    ("ACT", "Australian Capital Territory"),
    ("NT", "Northern Territory"),
];

const UNITED_KINGDOM: &[(&str, &str)] = &[
    ("England", "England"),
    ("Scotland", "Scotland"),
    ("Wales", "Wales"),
    ("Northern Ireland", "Northern Ireland"),
];

/// In this order, so that a code two countries share ("WA") is the first one's where no country is written.
const COUNTRIES: &[(&str, &[(&str, &str)])] = &[
    ("US", UNITED_STATES),
    ("CA", CANADA),
    ("GB", UNITED_KINGDOM),
    ("AU", AUSTRALIA),
];

/// Words that end the name of a region and of no city.
const REGION_WORDS: &[&str] = &[
    "area",
    "canton",
    "county",
    "district",
    "oblast",
    "prefecture",
    "province",
    "region",
    "state",
    "territory",
    "voivodeship",
];

static CODES: LazyLock<HashMap<&'static str, Vec<Region>>> = LazyLock::new(|| table(false));
static NAMES: LazyLock<HashMap<String, Vec<Region>>> = LazyLock::new(|| {
    let names = table(true).into_iter();
    names
        .map(|(name, regions)| (name.to_lowercase(), regions))
        .collect()
});

/// A state or province: its country, and the word that stands for it wherever it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) country: &'static str,
    pub(super) word: &'static str,
}

fn table(by_name: bool) -> HashMap<&'static str, Vec<Region>> {
    let mut table: HashMap<&'static str, Vec<Region>> = HashMap::new();
    for (country, regions) in COUNTRIES {
        for (word, name) in *regions {
            table
                .entry(if by_name { name } else { word })
                .or_default()
                .push(Region { country, word });
        }
    }
    table
}

/// The state or province that this is, written by name in any case or by code in capitals; of this country, if one is
/// given.
pub(super) fn region(written: &str, country: Option<&str>) -> Option<Region> {
    let plain = super::undotted(written);
    let found = CODES
        .get(plain.as_ref())
        .or_else(|| NAMES.get(&plain.to_lowercase()))?;
    found
        .iter()
        .find(|region| country.is_none_or(|code| code == region.country))
        .copied()
}

/// Whether this is written as a code, and a code of some state or province.
pub(super) fn is_code(written: &str) -> bool {
    written.len() <= 3 && CODES.contains_key(super::undotted(written).as_ref())
}

/// Whether the words say of themselves that they are a region: "Tel Aviv District".
pub(super) fn calls_itself_region(written: &str) -> bool {
    let last = written.rsplit(' ').next().unwrap_or_default();
    written.contains(' ') && REGION_WORDS.contains(&last.to_lowercase().as_str())
}
