//! Derives where a remote role may be done from.

use std::ops::Range;
use std::sync::LazyLock;

use crate::board::Location;
use crate::places;

use super::plain::Plain;
use super::region;
use super::rule::Rules;
use super::sentence::Sentence;
use super::{Found, Part, Text};

static TEXT: LazyLock<Rules<bool>> = LazyLock::new(|| {
    Rules::new(&[
        (
            false,
            r"\b(for|up to|a maximum of|maximum) (up to )?(\d+|one|two|three|four) (calendar |working )?(days|weeks|months)",
        ),
        (
            true,
            r"\b(remote|remotely|anywhere)\)?,? ?[(-]? ?(work )?(- )?((work )?from )?(anywhere )?(with)?in( the| any)?( continental)? [^.;]+",
        ),
        (
            true,
            r"\b(remote|remotely)[ (,-]+(from|across|anywhere in|anywhere within|only|-|team across|role based in|position based in|based in|setup based in|based in) ?[^.;]+",
        ),
        (
            true,
            r"\b(must be|be|need to be|you're|you are|candidates|applicants|individuals|currently|hiring candidates|role is open to candidates|open to) ?(physically )?(based|located|residing|resident|living|reside)? ?(and (working|live) )?(with)?in( the| any)?( continental)? [^.;]+",
        ),
        (
            true,
            r"\b(must |to )?(reside|live) (and work )?(with)?in( the)? [^.;]+",
        ),
        (
            true,
            r"\bremote[ ,(-]*(deutschland|innerhalb|us|usa|u\.s\.|united states|uk|canada|europe|emea|latam|apac|eu|india|germany|global|worldwide)\b[^.;]*",
        ),
        (
            true,
            r"\b(us|usa|u\.s\.|united states|uk|canada|europe|emea|latam|apac|eu|india|germany|global|worldwide)[- ](based|only|remote)\b",
        ),
        (true, r"\bremote us team\b|\b(us|u\.s\.)[- ]remote\b"),
    ])
});

static WORLDWIDE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(no restrictions on where you can be located|fully location[- ]independent|we hire (globally|worldwide|anywhere)|work from anywhere in the world\b|anywhere in the world\b|remote[ ,(-]*(worldwide|global(ly)?)\b|hiring (globally|worldwide)|from anywhere on (the )?earth)",
    )])
});

/// A team that is all over the world: its next member may not be.
static GLOBAL_TEAM: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"^remote[ ,(-]*global(ly)? (\w+ )?(team|company|workforce|environment|organi[sz]ation)",
    )])
});

/// Experience with remote teams does not open the role to the whole world.
static OTHERWISE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b((experience|experienced|thriv\w+|comfortable|ability|able|success|background|track record|proven|used) (of |in |with |at |to )?([\w%]+ ){0,4}(remote|remotely|distributed)\b)",
    )])
});

/// A preference.
static WISH: LazyLock<Rules<()>> =
    LazyLock::new(|| Rules::new(&[((), r"\bprefer (candidates|applicants|people|someone)\b")]));

/// Where the rest of a clause is about the place of others.
static ELSEWHERE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b((working|work|collaborat\w+|partner\w+|reporting|coordinat\w+) (closely |directly )?(with|to|alongside)|in partnership with|serving|supporting|covering|for our|our (hq|headquarters))\b",
    )])
});

static UNSAID: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(up to|a maximum of|maximum|days|weeks|months|benefits?|customers|clients|investors|if you are|if you're|unless|not based|offices?\b|headquarter|privacy|applicants? with|employees located|for candidates|compensation|salary|pay)\b",
    )])
});

/// Reads a sentence of the description.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Found<Vec<&'static str>>> {
    let plain = sentence.plain.text();
    if UNSAID.matches(plain) || WISH.matches(plain) {
        return None;
    }
    let is_ability = OTHERWISE.matches(plain);
    for (counts, at) in TEXT.find_all(plain) {
        let mut regions = Vec::new();
        let end = clause_end(plain, at.start);
        let elsewhere = ELSEWHERE.find(&plain[at.start..end]);
        let end = elsewhere.map_or(end, |((), other)| at.start + other.start);
        // "Anywhere in Canada, with the exception of Quebec": a part of a country has no name here.
        let end = plain[at.start..end]
            .find("excep")
            .map_or(end, |other| at.start + other);
        if counts
            && !GLOBAL_TEAM.matches(&plain[at.start..])
            && let Some(span) = region::all(&plain[at.start..end], &mut regions)
        {
            if is_ability && regions == ["worldwide"] {
                continue;
            }
            let range = at.start..at.start + span.end;
            return Some(Found::new(
                regions,
                Part::Description,
                sentence.source_range(range),
            ));
        }
    }
    let ((), at) = WORLDWIDE.find(plain)?;
    if is_ability || GLOBAL_TEAM.matches(&plain[at.start..]) {
        return None;
    }
    Some(Found::new(
        vec!["worldwide"],
        Part::Description,
        sentence.source_range(at),
    ))
}

/// End of the clause that starts at a position; "u.s." does not end it.
fn clause_end(plain: &str, start: usize) -> usize {
    let end = plain[start..]
        .find([';', ':'])
        .map_or(plain.len(), |at| start + at);
    plain.floor_char_boundary(end.min(start + 110))
}

static REMOTE: LazyLock<Rules<()>> =
    LazyLock::new(|| Rules::new(&[((), r"\b(remote(ly)?|anywhere)\b")]));

/// A location that names where one may *not* work from: "Remote (not US)".
static EXCLUDED: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(not|no|except|excluding|excl|outside|ohne|außer|außerhalb|hors|sauf)\b",
    )])
});

/// Whether a location is remote.
pub(super) fn is_remote(plain: &str) -> bool {
    REMOTE.matches(plain)
}

/// Countries and regions of a location: those it names, else the country of its city.
pub(super) fn of_location(
    written: &str,
    plain: &str,
    out: &mut Vec<&'static str>,
) -> Option<Range<usize>> {
    if let Some(span) = region::all(plain, out) {
        return Some(span);
    }
    let listed = places::listed_countries(written);
    if !listed.is_empty() {
        out.extend(listed);
        return Some(0..plain.len());
    }
    if plain.trim() == "anywhere" {
        out.push("worldwide");
        return Some(0..plain.len());
    }
    // "Office or remote": the office does not restrict where else one may work.
    if plain.contains("office") || plain.contains("or remote") || plain.contains("hq") {
        return None;
    }
    let country = country(written)?;
    if !out.contains(&country) {
        out.push(country);
    }
    Some(0..plain.len())
}

/// Country of a location, apart from the words for remote work.
pub(super) fn country(written: &str) -> Option<&'static str> {
    let bare: String = written
        .split(['(', ')', '[', ']', '/', '|', '–'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split("Remote-"))
        .map(|part| part.replace("Remote", "").replace("remote", ""))
        .map(|part| part.trim_matches([' ', ',', '-']).to_owned())
        .find(|part| !part.is_empty())?;
    // Two letters may be a word: "Remote OK".
    let place = if bare.len() == 2 { written } else { &bare };
    places::country_code(&Location::parse(place).country?)
}

/// Where a remote role may be done from, according to its remote locations, else its text, else its title, else its
/// countries and regions.
pub(super) fn choose(
    text: &Text<'_>,
    title: &Plain,
    in_text: Option<Found<Vec<&'static str>>>,
) -> Option<Found<Vec<&'static str>>> {
    let mut plain = Plain::default();
    let mut found: Option<Found<Vec<&'static str>>> = None;
    let mut named: Option<Found<Vec<&'static str>>> = None;
    let mut is_open = false;
    for (at, location) in text.locations.iter().enumerate() {
        plain.read(location, 0..location.len());
        if EXCLUDED.matches(plain.text()) {
            is_open |= is_remote(plain.text());
            continue;
        }
        let mut regions = Vec::new();
        let span = if is_remote(plain.text()) {
            is_open = true;
            of_location(location, plain.text(), &mut regions).map(|_| (true, 0..plain.text().len()))
        } else {
            region::all(plain.text(), &mut regions)
                .filter(|_| !matches!(regions[..], ["HK" | "SG"]))
                .filter(|span| {
                    plain.text()[..span.start].trim().is_empty()
                        && plain.text()[span.end..].trim().is_empty()
                })
                .map(|span| (false, span))
        };
        let Some((is_remote, span)) = span else {
            continue;
        };
        let slot = if is_remote { &mut found } else { &mut named };
        let slot = slot.get_or_insert_with(|| {
            Found::new(
                Vec::new(),
                Part::Location(at),
                plain.source_range(location, span),
            )
        });
        for region in regions {
            if !slot.value.contains(&region) {
                slot.value.push(region);
            }
        }
    }
    let in_title = || {
        let mut regions = Vec::new();
        let span = region::all(title.text(), &mut regions)?;
        Some(Found::new(
            regions,
            Part::Title,
            title.source_range(text.title, span),
        ))
    };
    // "Singapore, Remote": the remote location is not restricted.
    let named = named.filter(|_| !is_open);
    found.or(in_text).or_else(in_title).or(named)
}
