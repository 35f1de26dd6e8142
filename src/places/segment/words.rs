//! Words in written places that are no place.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Parts that are not a place, separated by bars.
const NOWHERE: &str = "nationwide|any|capital|variable|unknown|multiple locations|various|various locations|multiple cities|hq|headquarters|headquarter\
    |office|offices|field|flexible|tbd|n/a|na|other|all|location|to be determined|select locations\
    |east coast|west coast|field based|field-based|main office|head office|none|multiple|corporate\
    |corporate office|unspecified|tba|see description|local|any office|permanent|full-time|full time\
    |part-time|part time|contract|temporary|-";

/// Words for a part of a country.
const DIRECTIONS: &str = "north|south|east|west|northern|southern|eastern|western|central|northeast|northwest|southeast|southwest\
    |northeastern|northwestern|southeastern|southwestern|midwest|mid-atlantic|mid-west|upstate|mainland\
    |greater|rural|continental|metropolitan";

/// Words after a direction that name no region of any country.
const AREAS: &[&str] = &["region", "area", "coast", "zone", "hub", "time", "market"];

/// Last words of counties, areas, streets and departments.
const NO_TOWNS: &str = "county|counties|parish|area|areas|region|regions|district|province|state|states|metro|time|timezone|zone\
    |hours|hub|corridor|territory|cluster|market|coast|street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr\
    |lane|ln|highway|hwy|parkway|pkwy|suite|floor|building|airport|mall|hospital|university|school|remote\
    |preferred|required|sourcing|services|operations|sales|engineering|team|support|solutions|warehouse\
    |factory|store|campus|department|division";

/// Lists by their words.
static WORDS: LazyLock<HashMap<&'static str, Kind, foldhash::fast::RandomState>> =
    LazyLock::new(|| {
        let lists = [
            (NO_TOWNS, Kind::NoTown),
            (DIRECTIONS, Kind::Direction),
            (NOWHERE, Kind::Nowhere),
        ];
        let words = lists
            .into_iter()
            .flat_map(|(list, kind)| list.split('|').map(move |word| (word, kind)));
        words.collect()
    });

/// What a word or phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nowhere,
    Direction,
    NoTown,
}

/// What a word or phrase is in any case.
fn kind(words: &str) -> Option<Kind> {
    const LONGEST: usize = 24;
    let mut lower = [0; LONGEST];
    let lower = lower.get_mut(..words.len())?;
    lower.copy_from_slice(words.as_bytes());
    lower.make_ascii_lowercase();
    WORDS.get(std::str::from_utf8(lower).ok()?).copied()
}

/// Whether a part is not a place.
pub(in crate::places) fn is_nowhere(words: &str) -> bool {
    let is_direction = |word: &str| kind(word) == Some(Kind::Direction);
    // "West Region", but not "Northern Territory".
    let is_part = words.rsplit_once(' ').is_some_and(|(first, last)| {
        is_direction(first) && AREAS.iter().any(|area| area.eq_ignore_ascii_case(last))
    });
    is_part
        || matches!(kind(words), Some(Kind::Nowhere | Kind::Direction))
        || words
            .bytes()
            .all(|byte| !byte.is_ascii_alphabetic() && byte < 0x80)
}

/// Whether words before or behind a country or a region are no town of it: "Western", "Ventura County", "Ralph Ave".
pub(in crate::places) fn is_no_town(words: &str) -> bool {
    let kind = |word: &str| kind(word.trim_end_matches('.'));
    let last = words.rsplit(' ').next().unwrap_or_default();
    words.bytes().any(|byte| byte.is_ascii_digit())
        || words.contains(' ') && kind(last) == Some(Kind::NoTown)
        || words
            .split([' ', '/', '-'])
            .all(|word| matches!(kind(word), Some(Kind::Direction | Kind::NoTown)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_in_two_lists() {
        let all = [NO_TOWNS, DIRECTIONS, NOWHERE].map(|list| list.split('|').count());
        assert_eq!(WORDS.len(), all.iter().sum::<usize>());
    }
}
