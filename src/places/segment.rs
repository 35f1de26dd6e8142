//! Splits a written place into parts, without separators and words about the workplace.

mod words;

use super::area::Area;
use super::data::CountryId;
use super::key::key;
use super::lexicon::meanings;
use super::workplace;
use crate::board::Workplace;
pub(super) use words::{is_no_town, is_nowhere};

/// Separator before a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// None, or a comma.
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
    /// Whether words about the workplace or a building were removed from it.
    pub(super) stripped: bool,
}

/// One of the places in a string, in parts, with its workplace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Segments<'a> {
    pub(super) parts: Vec<Segment<'a>>,
    pub(super) mode: Option<Workplace>,
    /// Whether it states a workplace at all.
    pub(super) has_mode: bool,
}

/// Words at the end of a part that do not belong to its name, such as those for a building.
const BUILDINGS: &[&str] = &[
    " office",
    " hq",
    " headquarters",
    " global hq",
    " campus",
    " hub",
    " site",
    " corporate",
    " plant",
    " factory",
    " only",
];

/// Splits a string with several places at `;`, `|`, `/`, line breaks, "or" and "and", except within parentheses. With
/// each place, whether a slash or a word joins it to the one before it.
pub(super) fn alternatives<'a>(written: &'a str) -> Vec<(&'a str, bool)> {
    let mut found = Vec::with_capacity(2);
    let (mut start, mut depth, mut is_joined) = (0, 0_usize, false);
    let bytes = written.as_bytes();
    let mut add = |text: &'a str, is_joined| {
        let text = text.trim_matches(|c: char| c == ',' || c.is_whitespace());
        if !text.is_empty() {
            found.push((text, is_joined));
        }
    };
    let mut at = 0;
    while at < bytes.len() {
        let width = match bytes[at] {
            b'(' | b'[' => {
                depth += 1;
                0
            }
            b')' | b']' => {
                depth = depth.saturating_sub(1);
                0
            }
            b'/' if depth == 0 && !is_one_name(written, at) => 1,
            b';' | b'|' | b'\n' if depth == 0 => 1,
            b' ' if depth == 0 && !is_oregon(written, at) && !is_one_name(written, at) => {
                conjunction(&written[at..])
            }
            0xe2 if depth == 0 && written[at..].starts_with('•') => 3,
            _ => 0,
        };
        if width > 0 {
            add(&written[start..at], is_joined);
            is_joined = matches!(bytes[at], b'/' | b' ');
            at += width;
            start = at;
        } else {
            at += 1;
        }
    }
    add(&written[start..], is_joined);
    found
}

/// Whether a separator is part of a name: "Bosnia and Herzegovina", "Frankfurt/Main", "N/A".
fn is_one_name(written: &str, at: usize) -> bool {
    let is_conjunction = written.as_bytes()[at] == b'/' || conjunction(&written[at..]) > 0;
    if !is_conjunction {
        return false;
    }
    let ends = [',', ';', '|', '(', ')', '\n'];
    let start = written[..at].rfind(ends).map_or(0, |before| before + 1);
    let end = written[at..]
        .find(ends)
        .map_or(written.len(), |after| at + after);
    let name = written[start..end].trim();
    is_nowhere(name) || Area::named(name).is_some() || !meanings(&key(name)).is_empty()
}

/// Whether an "OR" after a comma is the code of a state: "Springfield, OR or remote".
fn is_oregon(written: &str, at: usize) -> bool {
    written[at..].starts_with(" OR ") && written[..at].ends_with(',')
}

/// Length of an "or" or "and" at the start of a text.
fn conjunction(text: &str) -> usize {
    if !matches!(
        text.as_bytes().get(1),
        Some(b'o' | b'a' | b'u' | b'e' | b'A' | b'O' | b'&' | b'+')
    ) {
        return 0;
    }
    let words = [
        " or ", " and ", " & ", " + ", " oder ", " und ", " ou ", " et ", " AND ", " OR ", " And ",
        " Or ",
    ];
    let Some(word) = words.iter().find(|word| text.starts_with(**word)) else {
        return 0;
    };
    // "Portland OR 97201", "Portland OR USA".
    let after = &text[word.len()..];
    if *word == " OR "
        && (after.starts_with(|c: char| c.is_ascii_digit()) || after.starts_with('U'))
    {
        return 0;
    }
    // The following space may begin another one.
    word.len() - 1
}

/// Parts of a place that may name something.
pub(super) fn segments(place: &str) -> Segments<'_> {
    let mut found = Segments::default();
    // "Frankfurt (Oder)" is a name.
    if place.ends_with(')') && !meanings(&key(place)).is_empty() {
        found.parts.push(Segment {
            words: place,
            join: Join::Comma,
            stripped: false,
        });
        return found;
    }
    let (mut rest, mut join) = (place, Join::Comma);
    let mut modes = Vec::new();
    loop {
        let (end, skip, next) = cut(rest);
        keep(&rest[..end], join, &mut found, &mut modes);
        if skip == 0 {
            break;
        }
        rest = &rest[end + skip..];
        join = next;
    }
    let first = modes.first().copied().flatten();
    found.has_mode = !modes.is_empty();
    found.mode = first.filter(|_| modes.iter().all(|mode| *mode == first));
    found
}

/// End of the first part, length of the separator, and how it joins the next part.
fn cut(rest: &str) -> (usize, usize, Join) {
    let bytes = rest.as_bytes();
    for (at, c) in rest.char_indices() {
        match c {
            ',' | ')' | ']' | '，' | '、' | '/' | ';' | '|' => {
                return (at, c.len_utf8(), Join::Comma);
            }
            '(' | '[' => return (at, 1, Join::Parenthesis),
            '-' | '–' | '—' => {
                let before = at > 0 && bytes[at - 1] == b' ';
                let after = bytes
                    .get(at + c.len_utf8())
                    .is_some_and(|next| *next == b' ');
                if before || after && at > 0 {
                    return (at, c.len_utf8(), Join::Dash);
                }
            }
            ':' | '>' => return (at, 1, Join::Dash),
            ' ' => {
                let width = conjunction(&rest[at..]);
                if width > 0 && !is_one_name(rest, at) {
                    return (at, width, Join::Comma);
                }
            }
            _ => {}
        }
    }
    (rest.len(), 0, Join::Comma)
}

fn keep<'a>(
    raw: &'a str,
    join: Join,
    found: &mut Segments<'a>,
    modes: &mut Vec<Option<Workplace>>,
) {
    let trimmed = raw.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '-' | '.' | '"' | '•' | '#')
    });
    if workplace::excludes_place(trimmed) {
        // The workplace counts, the place does not: "Remote, not in the US".
        if workplace::strip(trimmed).rest.len() != trimmed.len() {
            modes.push(None);
        }
        return;
    }
    let without = workplace::strip(trimmed);
    let words = without.rest;
    if words.len() != trimmed.len() {
        modes.push(without.mode);
    }
    // "Worldwide" also says from where.
    if words.is_empty() && Area::named(trimmed).is_some() {
        found.parts.push(Segment {
            words: trimmed,
            join,
            stripped: true,
        });
        return;
    }
    if words.is_empty() || is_nowhere(words) {
        return;
    }
    let mut stripped = words.len() != trimmed.len();
    if let Some((first, _)) = words.split_once('-')
        && (first.len() == 2 || first.len() == 3)
        && first.bytes().all(|byte| byte.is_ascii_uppercase())
        && CountryId::from_code(first).is_some()
    {
        let parts = words.split('-').filter(|part| !part.is_empty());
        found.parts.extend(parts.map(|words| Segment {
            words,
            join: Join::Dash,
            stripped,
        }));
        return;
    }
    let shorter = without_post_code(without_building(words));
    stripped |= shorter.len() != words.len();
    found.parts.push(Segment {
        words: shorter,
        join,
        stripped,
    });
}

/// "NY 10065" is New York, "10115 Berlin" is Berlin.
fn without_post_code(words: &str) -> &str {
    let is_code = |word: &str| {
        word.len() >= 4
            && word
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
            && word.bytes().any(|byte| byte.is_ascii_digit())
    };
    match words.split_once(' ') {
        Some((first, rest)) if is_code(first) => rest.trim_start(),
        _ => match words.rsplit_once(' ') {
            Some((rest, last)) if is_code(last) => rest.trim_end(),
            _ => words,
        },
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
