//! Recognises words about the workplace in written places; they are never a city.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::board::Workplace;

/// Meaning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Mode(Workplace),
    /// Accompanies such words: "remote *within the* US".
    Filler,
    /// Makes it an option: "remote *possible*".
    Hedge,
    /// "*not* remote".
    Negation,
}

const REMOTE: &str = "remote|remotely|virtual|virtually|anywhere|wfh|wfa|distributed|telework|teleworking|telecommute|\
    telecommuting|telecommuter|remoto|remota|remotos|à distance|télétravail|teletravail|teletrabajo|teletrabalho|\
    homeoffice|home-office|home-based|homebased|remotework|remoteonly|fernarbeit|zdalnie|zdalna|remot|distans|etätyö|\
    リモート|リモート勤務|フルリモート|在宅|在宅勤務|远程|远程办公|遠端|遠距|원격|재택|재택근무|удаленно|удалённо|дистанционно|worldwide|telepracy";
const HYBRID: &str = "hybrid|hybride|híbrido|hibrido|híbrida|hibrida|ibrido|ibrida|hybryda|hybrydowo|hybridi|\
    ハイブリッド|混合|하이브리드|гибрид|flex-hybrid";
const ON_SITE: &str = "onsite|on-site|in-office|inoffice|in-person|inperson|onpremise|présentiel|presentiel|presencial|\
    vor-ort|stationär|офис";
const FILLERS: &str = "in|within|the|from|only|based|or|work|working|works|fully|100%|home|office|across|us-based|on|\
    site|of|to|and|&|/|*|-|–|:|full|option|position|location|locations|select|role|roles|hq|time|job|jobs|with|for|\
    any|day|days|week|per|a|as|at|person|all|vor|ort|sur|travail|trabajo|trabalho|arbeit|100|ok!|in-country|team|worker|\
    employee|candidates|residents|region";
const HEDGES: &str = "friendly|first|ok|okay|eligible|possible|optional|considered|negotiable|flexible|flex|preferred|\
    available|allowed|either";
const NEGATIONS: &str = "not|no|non|kein|keine|pas";

/// Words before a place where one may not work from.
const EXCLUSIONS: &str =
    "not|no|non|except|excluding|excl|excl.|outside|ohne|außer|außerhalb|hors|sauf|excepto|fuori";

static WORDS: LazyLock<HashMap<&'static str, Word, foldhash::fast::RandomState>> =
    LazyLock::new(|| {
        let lists = [
            (REMOTE, Word::Mode(Workplace::Remote)),
            (HYBRID, Word::Mode(Workplace::Hybrid)),
            (ON_SITE, Word::Mode(Workplace::OnSite)),
            (FILLERS, Word::Filler),
            (HEDGES, Word::Hedge),
            (NEGATIONS, Word::Negation),
        ];
        let words = lists.into_iter().flat_map(|(list, word)| {
            let listed = list.split('|');
            listed.map(move |name| (name, word))
        });
        words.collect()
    });

/// A part without such words, and the workplace they state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stripped<'a> {
    pub(super) rest: &'a str,
    pub(super) mode: Option<Workplace>,
}

/// Removes words about the workplace from both ends of a part.
pub(super) fn strip(part: &str) -> Stripped<'_> {
    let unchanged = Stripped {
        rest: part,
        mode: None,
    };
    let (mut modes, mut hedged, mut all) = (Vec::new(), false, true);
    for token in tokens(part) {
        match look_up(token) {
            Some(Word::Mode(mode)) => modes.push(mode),
            Some(Word::Hedge | Word::Negation) => hedged = true,
            Some(Word::Filler) => {}
            None => all = false,
        }
    }
    if modes.is_empty() && all {
        modes.extend(from_phrase(part));
    }
    let Some(&first) = modes.first() else {
        return unchanged;
    };
    let agreed = modes.iter().all(|mode| *mode == first);
    let mode = Some(first).filter(|_| agreed && !hedged);
    Stripped {
        rest: if all { "" } else { trimmed(part) },
        mode,
    }
}

/// Whether a part names where one may *not* work from: "not US", "except Germany", "outside the EU".
pub(super) fn excludes_place(part: &str) -> bool {
    let mut tokens = tokens(part).peekable();
    while let Some(token) = tokens.next() {
        // "NO" is the code of Norway.
        let lower = token.to_lowercase();
        if token == "NO" || !EXCLUSIONS.split('|').any(|word| word == lower) {
            continue;
        }
        while tokens
            .next_if(|next| look_up(next) == Some(Word::Filler))
            .is_some()
        {}
        // "Not remote, Oslo" excludes no place.
        match tokens.peek().map(|next| look_up(next)) {
            None | Some(Some(_)) => {}
            Some(None) => return true,
        }
    }
    false
}

/// Workplace of a part without a place: "Work from home", "On site".
fn from_phrase(part: &str) -> Option<Workplace> {
    let lower = part.to_lowercase();
    let holds = |word: &str| tokens(&lower).any(|token| token == word);
    if holds("home") {
        Some(Workplace::Remote)
    } else if holds("on") && holds("site")
        || holds("in") && (holds("office") || holds("person"))
        || holds("vor") && holds("ort")
        || holds("sur") && holds("site")
    {
        Some(Workplace::OnSite)
    } else {
        None
    }
}

fn is_separator(c: char) -> bool {
    c == ' ' || c == '-' || c == '\u{a0}'
}

fn tokens(part: &str) -> impl Iterator<Item = &str> {
    let whole = part.split([' ', '\u{a0}']);
    let tokens = whole.flat_map(|word| {
        // "On-site" is one word, "Remote-US" is two.
        let parts = if !word.contains('-') || look_up(word).is_some() {
            1
        } else {
            usize::MAX
        };
        word.splitn(parts, '-')
    });
    tokens.filter(|token| !token.is_empty())
}

fn look_up(token: &str) -> Option<Word> {
    const LONGEST: usize = 32;
    let words = &*WORDS;
    if token.is_ascii() {
        let mut lower = [0; LONGEST];
        let lower = lower.get_mut(..token.len())?;
        lower.copy_from_slice(token.as_bytes());
        lower.make_ascii_lowercase();
        words.get(std::str::from_utf8(lower).ok()?).copied()
    } else {
        words.get(token.to_lowercase().as_str()).copied()
    }
}

fn trimmed(part: &str) -> &str {
    let mut rest = part.trim_matches(is_separator);
    // Codes of states are also words: "Remote OR", "IN".
    let drops = |token: &str, inner: bool| {
        let code = token.len() == 2 && token.bytes().all(|byte| byte.is_ascii_uppercase());
        look_up(token).is_some()
            && !(code && inner && token != "OK" && token != "OF" && token != "ON")
    };
    loop {
        let first = rest.split([' ', '\u{a0}']).next().unwrap_or_default();
        let last = rest.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
        let alone = first.len() == rest.len();
        if alone {
            return hyphenated(rest);
        } else if drops(first, false) {
            rest = &rest[first.len()..];
        } else if drops(last, true) {
            rest = &rest[..rest.len() - last.len()];
        } else if let Some(shorter) = Some(hyphenated(last)).filter(|shorter| {
            // "San Francisco-Hybrid".
            *shorter != last && last.starts_with(*shorter) && !shorter.is_empty()
        }) {
            rest = &rest[..rest.len() - last.len() + shorter.len()];
        } else if let Some(shorter) = Some(hyphenated(first)).filter(|shorter| *shorter != first) {
            let start = rest.len() - (rest.len() - first.len()) - first.len();
            let within = first.len() - shorter.len();
            rest = if first.ends_with(shorter) {
                &rest[start + within..]
            } else {
                return rest;
            };
        } else {
            return rest;
        }
        rest = rest.trim_matches(is_separator);
    }
}

/// Removes a workplace from a hyphenated word: "Remote-US", "Canada-Remote".
fn hyphenated(word: &str) -> &str {
    let mut rest = word;
    while let Some((first, others)) = rest.split_once('-') {
        if look_up(first).is_some() {
            rest = others;
        } else if let Some((others, last)) = rest.rsplit_once('-')
            && look_up(last).is_some()
        {
            rest = others;
        } else {
            return rest;
        }
    }
    if look_up(rest).is_some() && !rest.bytes().all(|byte| byte.is_ascii_uppercase()) {
        ""
    } else {
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workplaces_are_separated_from_places() {
        use Workplace::{Hybrid, OnSite, Remote};
        for (part, rest, mode) in [
            ("Remote", "", Some(Remote)),
            ("REMOTE", "", Some(Remote)),
            ("Remote OK", "", None),
            ("Fully remote", "", Some(Remote)),
            ("Remote Poland", "Poland", Some(Remote)),
            ("Remote in the US", "US", Some(Remote)),
            ("US Remote", "US", Some(Remote)),
            ("US-Remote", "US", Some(Remote)),
            ("Remote-US", "US", Some(Remote)),
            ("San Francisco-Hybrid", "San Francisco", Some(Hybrid)),
            (
                "Anywhere in the United States",
                "United States",
                Some(Remote),
            ),
            ("Work from home", "", Some(Remote)),
            ("Home Office", "", Some(Remote)),
            ("Hybrid", "", Some(Hybrid)),
            ("Híbrido", "", Some(Hybrid)),
            ("Hybrid Paris", "Paris", Some(Hybrid)),
            ("On-site", "", Some(OnSite)),
            ("On site", "", Some(OnSite)),
            ("In-Office", "", Some(OnSite)),
            ("Vor Ort", "", Some(OnSite)),
            ("Hybrid Remote", "", None),
            ("Not remote", "", None),
            ("Remote friendly", "", None),
            ("リモート勤務", "", Some(Remote)),
            ("Winston-Salem", "Winston-Salem", None),
            ("Office", "Office", None),
            ("Berlin Office", "Berlin Office", None),
            ("London", "London", None),
            ("IN", "IN", None),
        ] {
            assert_eq!(strip(part), Stripped { rest, mode }, "{part}");
        }
    }
}
