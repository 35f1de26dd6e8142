//! From a written place to its parts: separators out, words about the way of working out.

use super::{city, country, region};

/// Words that say how people work and not where.
const WORKPLACE: &[&str] = &[
    "remote",
    "remotely",
    "virtual",
    "hybrid",
    "anywhere",
    "onsite",
    "on-site",
    "in-office",
    "wfh",
    "distributed",
    "telework",
    "telecommute",
    "remoto",
    "リモート勤務",
    "home-based",
    "worldwide",
];

/// Words that go with them.
const FILLERS: &[&str] = &[
    "in",
    "within",
    "the",
    "from",
    "only",
    "based",
    "or",
    "work",
    "working",
    "fully",
    "100%",
    "friendly",
    "first",
    "home",
    "office",
    "across",
    "us-based",
    "on",
    "site",
    "of",
    "to",
    "and",
    "&",
    "/",
    "*",
    "-",
    "–",
    ":",
    "full",
    "option",
    "eligible",
    "position",
    "location",
    "locations",
    "select",
    "role",
    "hq",
    "time",
];

/// Parts that are no place one could live in, or too wide to be one.
const NOWHERE: &[&str] = &[
    "world wide",
    "global",
    "emea",
    "emea region",
    "apac",
    "apj",
    "latam",
    "amer",
    "americas",
    "europe",
    "eu",
    "european union",
    "asia",
    "africa",
    "middle east",
    "mena",
    "dach",
    "nordics",
    "north america",
    "latin america",
    "south america",
    "central america",
    "nationwide",
    "multiple locations",
    "various",
    "various locations",
    "multiple cities",
    "hq",
    "headquarters",
    "headquarter",
    "office",
    "home",
    "home office",
    "home based",
    "in office",
    "field",
    "flexible",
    "international",
    "tbd",
    "n/a",
    "other",
    "all",
    "location",
    "to be determined",
    "select locations",
    "east coast",
    "west coast",
    "any location",
    "field based",
    "field-based",
    "main office",
    "head office",
];

/// Words at the end of a part that name the building and not the city.
const BUILDINGS: &[&str] = &[" office", " hq", " headquarters", " global hq", " campus"];

/// What stood before a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// Nothing, or a comma.
    Comma,
    /// A dash between spaces, or a colon.
    Dash,
    /// An opening parenthesis.
    Parenthesis,
}

/// One part of a written place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment<'a> {
    pub(super) words: &'a str,
    pub(super) join: Join,
}

/// The separate places of a string that holds several.
pub(super) fn alternatives(written: &str) -> impl Iterator<Item = &str> {
    written
        .split([';', '|', '•', '/', '\n'])
        .flat_map(|part| part.split(" or "))
        .map(|part| part.trim_matches(|c: char| c == ',' || c.is_whitespace()))
        .filter(|part| !part.is_empty())
}

/// The parts of one place that may name something.
pub(super) fn segments(place: &str) -> Vec<Segment<'_>> {
    let mut found = Vec::with_capacity(4);
    let (mut rest, mut join) = (place, Join::Comma);
    loop {
        let (end, skip, next) = cut(rest);
        keep(&rest[..end], join, &mut found);
        if skip == 0 {
            return found;
        }
        rest = &rest[end + skip..];
        join = next;
    }
}

/// Where the first part ends, how long the separator is, and what it says of the next part.
fn cut(rest: &str) -> (usize, usize, Join) {
    let bytes = rest.as_bytes();
    for (at, c) in rest.char_indices() {
        let spaced = |width: usize| {
            at > 0
                && bytes[at - 1] == b' '
                && bytes.get(at + width).is_some_and(|next| *next == b' ')
        };
        match c {
            ',' | ')' => return (at, 1, Join::Comma),
            '(' => return (at, 1, Join::Parenthesis),
            '-' | '–' | '—' if spaced(c.len_utf8()) => return (at, c.len_utf8(), Join::Dash),
            ':' => return (at, 1, Join::Dash),
            _ => {}
        }
    }
    (rest.len(), 0, Join::Comma)
}

fn keep<'a>(raw: &'a str, join: Join, found: &mut Vec<Segment<'a>>) {
    let trimmed = raw.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '-');
    let words = without_workplace(trimmed);
    // What is left beside such a word, or in parentheses, is a remark unless it is a place that we know.
    let remark = words.len() != trimmed.len() || join == Join::Parenthesis;
    if words.is_empty() || is_nowhere(words) || remark && !is_known(words) {
        return;
    }
    if let Some((first, _)) = words.split_once('-')
        && (first.len() == 2 || !is_known(words))
        && country::country(first).is_some()
    {
        let parts = words.split('-').filter(|part| !part.is_empty());
        let join = Join::Dash;
        found.extend(parts.map(|words| Segment { words, join }));
        return;
    }
    found.push(Segment {
        words: without_zip(without_building(words)),
        join,
    });
}

/// Whether a part says only how people work, or something too wide to be a place.
pub(super) fn is_nowhere(words: &str) -> bool {
    without_workplace(words).is_empty() || NOWHERE.contains(&words.to_lowercase().as_str())
}

/// Whether a part is a country, a state or a city by itself.
pub(super) fn is_known(words: &str) -> bool {
    country::country(words).is_some()
        || region::region(words, None).is_some()
        || city::known(words).is_some()
}

/// Drops the words about the way of working from both ends, if there are any.
fn without_workplace(segment: &str) -> &str {
    let separators = |c: char| c == ' ' || c == '-' || c == '\u{a0}';
    let is_one =
        |word: &str, list: &[&str]| list.iter().any(|listed| listed.eq_ignore_ascii_case(word));
    if !segment
        .split(separators)
        .any(|word| is_one(word, WORKPLACE))
        && !is_one(segment, WORKPLACE)
    {
        return segment;
    }
    let drops = |word: &str| word.is_empty() || is_one(word, WORKPLACE) || is_one(word, FILLERS);
    let mut rest = segment.trim_matches(separators);
    while !rest.is_empty() {
        let (first, last) = (
            rest.split(separators).next().unwrap_or_default(),
            rest.rsplit(separators).next().unwrap_or_default(),
        );
        if drops(first) {
            rest = &rest[first.len()..];
        } else if drops(last) {
            rest = &rest[..rest.len() - last.len()];
        } else {
            break;
        }
        rest = rest.trim_matches(separators);
    }
    rest
}

/// "NY 10065" is New York.
fn without_zip(words: &str) -> &str {
    match words.split_once(' ') {
        Some((state, zip))
            if region::is_code(state) && zip.bytes().all(|c| c.is_ascii_digit() || c == b'-') =>
        {
            state
        }
        _ => words,
    }
}

fn without_building(words: &str) -> &str {
    for ending in BUILDINGS {
        let Some(at) = words.len().checked_sub(ending.len()) else {
            continue;
        };
        if words
            .get(at..)
            .is_some_and(|end| end.eq_ignore_ascii_case(ending))
        {
            return &words[..at];
        }
    }
    words
}
