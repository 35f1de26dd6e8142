//! Possible meanings of each part of a written place, with their weights.

use std::borrow::Cow;

use super::area::Area;
use super::country;
use super::data::{CountryId, RegionId};
use super::key::key;
use super::lexicon::{Meaning, meanings};
use super::segment::{self, Join, Segment};

/// How a part expresses a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// By a name, primary or not.
    Name { own: bool },
    /// By a code.
    Code,
}

/// A possible meaning of a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sense {
    pub(super) meaning: Meaning,
    pub(super) how: How,
    /// Weight: about 40 for a small town or the code of a region, 120 for the name of a country.
    pub(super) weight: i32,
}

/// A part with its possible meanings.
#[derive(Debug, Clone)]
pub(super) struct Part<'a> {
    pub(super) words: &'a str,
    pub(super) join: Join,
    pub(super) senses: Vec<Sense>,
    pub(super) area: Option<Area>,
    /// Whether it is a remark, such as a house number.
    pub(super) is_remark: bool,
}

/// Countries whose region codes are more common than their own code.
pub(super) const CODED: &[&str] = &["US", "CA", "AU"];

/// Country codes that are as likely as the state with the same code, if no city decides.
const AS_LIKELY: &[&str] = &["DE", "IN"];

/// Countries whose code is commonly written after small towns.
pub(super) const USUAL_CODES: &str = "AE AT AU BE BG BR CA CH CL CN CO CY CZ DE DK EE EG ES FI FR GB GR HK HR HU IE IL IN JP KE KR LT LU LV \
    MX MY NG NL NO NZ PE PH PL PT RO RS RU SE SG SI SK TH TR TW UA US VN ZA";

/// Common codes that are not ISO codes.
const OTHER_CODES: &[(&str, &str, i32)] = &[("UK", "GB", 80), ("SA", "ZA", 30), ("EI", "IE", 20)];

pub(super) const COUNTRY_NAME: i32 = 120;
const COUNTRY_CODE: i32 = 50;
const RARE_COUNTRY_CODE: i32 = 40;
const LONG_COUNTRY_CODE: i32 = 80;
pub(super) const REGION_NAME: i32 = 80;
const OTHER_REGION_NAME: i32 = 60;
pub(super) const REGION_CODE: i32 = 60;
const SHARED_REGION_CODE: i32 = 45;
pub(super) const RARE_REGION_CODE: i32 = 35;
pub(super) const PROVINCE_CODE: i32 = 25;

/// Words around a name that do not change its meaning, and whether only a region is meant.
const BEFORE: &[(&str, bool)] = &[
    ("greater ", false),
    ("downtown ", false),
    ("metro ", false),
    ("metropolitan ", false),
    ("city of ", false),
    ("near ", false),
    ("in ", false),
    ("within ", false),
    ("anywhere in ", false),
    ("based in ", false),
    ("state of ", true),
    ("province of ", true),
    ("canton of ", true),
    ("region of ", true),
    ("kanton ", true),
    ("land ", true),
];
const AFTER: &[(&str, bool)] = &[
    (" area", false),
    (" metropolitan area", false),
    (" metro area", false),
    (" metro", false),
    (" region", true),
    (" city", false),
    (" district", true),
    (" province", true),
    (" state", true),
    (" prefecture", true),
    (" canton", true),
    (" voivodeship", true),
    (" oblast", true),
    (" governorate", true),
    (" county", true),
    (" do", true),
    (" ken", true),
    (" sheng", true),
];

/// Removes full stops, so that "U.S.A." and "D.C." are recognised as codes.
pub(super) fn undotted(written: &str) -> Cow<'_, str> {
    if written.contains('.') {
        Cow::Owned(written.replace('.', ""))
    } else {
        Cow::Borrowed(written)
    }
}

/// Whether a part is written like a code.
pub(super) fn is_code(words: &str) -> bool {
    let plain = undotted(words);
    matches!(plain.len(), 2 | 3) && plain.bytes().all(|byte| byte.is_ascii_uppercase())
}

impl Sense {
    fn of_name(meaning: Meaning, own: bool) -> Self {
        let weight = match meaning {
            Meaning::Country(_) => COUNTRY_NAME,
            Meaning::Region(_) if own => REGION_NAME,
            Meaning::Region(_) => OTHER_REGION_NAME,
            Meaning::City(city) => {
                let size = size_weight(city.size());
                if own {
                    size
                } else {
                    size - if size < 50 { 14 } else { 8 }
                }
            }
        };
        Self {
            meaning,
            how: How::Name { own },
            weight,
        }
    }

    /// Whether it is a town that few have heard of.
    pub(super) fn is_of_town(&self) -> bool {
        matches!(self.meaning, Meaning::City(city) if !city.is_large())
    }

    fn of_code(meaning: Meaning, weight: i32) -> Self {
        Self {
            meaning,
            how: How::Code,
            weight,
        }
    }
}

/// Ten times the decimal logarithm of a population.
fn size_weight(size: u8) -> i32 {
    i32::from(size) * 301 / 1000
}

/// Whether the code of a country is commonly written.
fn is_usual(code: &str) -> bool {
    USUAL_CODES.split(' ').any(|usual| usual == code)
}

/// Meanings of a code.
fn of_code(plain: &str, senses: &mut Vec<Sense>) {
    if let Some(country) = CountryId::from_code(plain) {
        let weight = match plain.len() {
            2 if AS_LIKELY.contains(&plain) => REGION_CODE,
            2 if is_usual(plain) => COUNTRY_CODE,
            2 => RARE_COUNTRY_CODE,
            _ => LONG_COUNTRY_CODE,
        };
        senses.push(Sense::of_code(Meaning::Country(country), weight));
    }
    for (code, country, weight) in OTHER_CODES {
        if *code == plain
            && let Some(country) = CountryId::from_code(country)
        {
            senses.push(Sense::of_code(Meaning::Country(country), *weight));
        }
    }
    for region in RegionId::from_code(plain) {
        let country = region.country().code();
        let usual = CODED.contains(&country);
        let weight = match usual {
            // "NL" and "SK" are countries at least as often.
            true if country != "US" && is_usual(plain) => SHARED_REGION_CODE,
            true => REGION_CODE,
            // The code of a province: it determines the country, but not where in it the city is.
            false if region.code() != plain => PROVINCE_CODE,
            false => RARE_REGION_CODE,
        };
        senses.push(Sense::of_code(Meaning::Region(region), weight));
    }
}

fn of_key(key: &str) -> Vec<Sense> {
    let listed = meanings(key).iter();
    listed
        .map(|(meaning, own)| Sense::of_name(meaning, own))
        .collect()
}

/// Names that mean one city when they stand alone, although others share them, with its country. The others are much
/// smaller, or are hardly known beyond their countries by this spelling.
const USUAL: &[(&str, &str)] = &[
    ("barcelona", "ES"),
    ("palo alto", "US"),
    ("redwood city", "US"),
    ("walnut creek", "US"),
    ("heidelberg", "DE"),
    ("venedig", "IT"),
    ("genève", "CH"),
    ("bâle", "CH"),
    ("lüttich", "BE"),
];

/// Drops the other meanings of a name that usually means one city.
pub(super) fn keep_usual(part: &mut Part<'_>) {
    const LONGEST: usize = 16;
    if part.words.len() > LONGEST {
        return;
    }
    let words = part.words.to_lowercase();
    let usual = USUAL.iter().find(|(name, _)| *name == words);
    if let Some((_, country)) = usual {
        part.senses
            .retain(|sense| sense.meaning.country().code() == *country);
    }
}

/// Drops what a name alone hardly means beside a major city of elsewhere: a region of a smaller country ("Manchester").
pub(super) fn drop_overshadowed(part: &mut Part<'_>) {
    const MAJOR: u8 = 189;
    let cities = part.senses.iter();
    let largest = cities
        .filter_map(|sense| match (sense.meaning, sense.how) {
            (Meaning::City(city), How::Name { own: true }) if city.size() >= MAJOR => Some(city),
            _ => None,
        })
        .max_by_key(|city| city.size());
    let Some(city) = largest else { return };
    part.senses
        .retain(|sense| match (sense.meaning, sense.how) {
            (Meaning::Region(region), How::Name { .. }) => {
                let country = region.country();
                CODED.contains(&country.code())
                    || country.code() == "GB"
                    || country == city.country()
            }
            _ => true,
        });
}

/// Meanings of words as they are.
pub(super) fn senses(words: &str) -> Vec<Sense> {
    let plain = undotted(words);
    // "D. C." is written like two words.
    let initials = plain.split(' ').all(|word| word.len() == 1) && plain.contains(' ');
    let plain = if initials {
        plain.replace(' ', "").into()
    } else {
        plain
    };
    let mut senses = of_key(&key(if initials { &plain } else { words }));
    if (2..=4).contains(&plain.len()) && plain.chars().all(char::is_uppercase) {
        // Codes are not abbreviations of small towns.
        of_code(&plain, &mut senses);
    }
    senses
}

/// Meanings of words, as they are or without common context.
pub(super) fn with_context(words: &str) -> Vec<Sense> {
    let found = senses(words);
    if found.is_empty() {
        around(words)
    } else {
        found
    }
}

/// Meanings of words without common context, if they have none as they are.
fn around(words: &str) -> Vec<Sense> {
    let key = key(words);
    let before = BEFORE
        .iter()
        .filter_map(|(word, region)| Some((key.strip_prefix(word)?, *region)));
    let after = AFTER
        .iter()
        .filter_map(|(word, region)| Some((key.strip_suffix(word)?, *region)));
    for (name, region) in before.chain(after) {
        let mut senses = of_key(name);
        if region {
            senses.retain(|sense| matches!(sense.meaning, Meaning::Region(_)));
        }
        if !senses.is_empty() {
            return senses;
        }
    }
    Vec::new()
}

/// Adds a part with its meanings; several if a comma is missing: "San Mateo CA", "Toronto Canada".
pub(super) fn add<'a>(segment: Segment<'a>, parts: &mut Vec<Part<'a>>) {
    let words = segment.words;
    let mut part = Part {
        words,
        join: segment.join,
        senses: senses(words),
        area: None,
        is_remark: false,
    };
    if part.senses.is_empty() {
        part.area = Area::named(words);
        part.is_remark = words.starts_with(|c: char| c.is_ascii_digit()) || is_long(words);
    }
    if part.senses.is_empty() && part.area.is_none() {
        part.senses = around(words);
    }
    if part.senses.is_empty() && part.area.is_none() {
        if let Some(split) = split_end(words, segment.join) {
            parts.extend(split);
            return;
        }
        if let Some(split) = split_start(words, segment.join) {
            parts.extend(split);
            return;
        }
        // "China-Shanghai".
        if let Some((first, _)) = words.split_once('-')
            && country::named(first).is_some()
        {
            let pieces = words.split('-').filter(|piece| !segment::is_nowhere(piece));
            pieces.for_each(|words| add(Segment { words, ..segment }, parts));
            return;
        }
    }
    // Text next to a word about the workplace, or in parentheses, is a remark unless it is a place.
    let beside = segment.stripped || segment.join == Join::Parenthesis;
    part.is_remark |= beside && part.senses.is_empty();
    parts.push(part);
}

/// Whether there are more words than any town's name has.
fn is_long(words: &str) -> bool {
    words.split(' ').count() > 5
}

/// Splits words that start with the name of a country, before a city of it: "Ireland Cork".
fn split_start(words: &str, join: Join) -> Option<[Part<'_>; 2]> {
    let (first, rest) = words.split_once(' ')?;
    let country = country::named(first)?;
    let part = |words, join| Part {
        words,
        join,
        senses: senses(words),
        area: None,
        is_remark: false,
    };
    let town = part(rest, Join::Comma);
    let is_in_country = |sense: &Sense| sense.meaning.country() == country;
    let known = town.senses.iter().any(is_in_country);
    known.then(|| [part(first, join), town])
}

/// Splits words that end in a place without a comma.
fn split_end(words: &str, join: Join) -> Option<Vec<Part<'_>>> {
    const WORDS: usize = 4;
    let last = |words, senses| Part {
        words,
        join: Join::Comma,
        senses,
        area: None,
        is_remark: false,
    };
    for (space, _) in words.match_indices(' ').take(WORDS) {
        let (town, place) = (words[..space].trim_end(), words[space..].trim_start());
        // "1420 Elm Rd NE".
        if segment::is_no_town(town) && matches!(place, "NE" | "NW" | "SE" | "SW") {
            continue;
        }
        let mut ends = senses(place);
        ends.retain(|sense| match (sense.meaning, sense.how) {
            // German for Iceland: "Palm Beach Island".
            (Meaning::Country(_), How::Name { .. }) => place != "Island",
            (Meaning::Region(_), How::Name { own }) => own,
            (Meaning::Region(region), How::Code) => {
                region.country().code() == "US" || region.country().code() == "CA"
            }
            (Meaning::Country(_), How::Code) => place.len() == 2,
            (Meaning::City(_), _) => false,
        });
        let town_senses = senses(town);
        let known = town_senses.iter().any(|town| {
            let country = town.meaning.country();
            ends.iter().any(|end| end.meaning.country() == country)
        });
        // "Tubi TV" is not a place, "Bee Cave TX" is.
        let is_state = |sense: &Sense| match sense.meaning {
            // "Acme Washington" may be in the state or in the capital.
            Meaning::Region(region) => {
                sense.how == How::Code
                    || CODED.contains(&region.country().code()) && region.code() != "WA"
            }
            _ => matches!(sense.how, How::Name { .. }),
        };
        if !known {
            ends.retain(is_state);
        }
        if ends.is_empty() || segment::is_nowhere(place) {
            continue;
        }
        let first = Part {
            words: town,
            join,
            // The words before a country may be a company or a building: "Mitratech India".
            is_remark: !known && !is_code(place),
            senses: town_senses,
            area: None,
        };
        return Some(vec![first, last(place, ends)]);
    }
    // "California San Francisco" is rare, "Remote Anywhere in India" is not.
    None
}
