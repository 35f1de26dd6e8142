//! Derives the required years of experience.

use std::ops::Range;
use std::sync::LazyLock;

use crate::board::Years;

use super::rule::Rules;
use super::section::Section;
use super::sentence::Sentence;
use super::{Found, Part};

/// A number of years: "5", "5+", "3-5", "three to five", "5 (five)".
static AMOUNT: LazyLock<Rules<()>> = LazyLock::new(|| {
    const NUMBER: &str =
        r"(\d{1,2}(\.5)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen)";
    let amount = format!(
        r"\b{NUMBER}\s?(\(\d{{1,2}}\)\s?)?(\+|plus|or more)?\s?(\+\s?)?((-|~|to|/|or|and|bis|à)\s?\+?{NUMBER}\s?)?(\(\d{{1,2}}\)\s?)?(\+|plus|or more|\(\+\))?[ -]?(years?\b|yrs?\b|yoe\b|jahren?\b|ans\b|années)"
    );
    Rules::new(&[((), amount.as_str())])
});

/// Text before a number that makes it count something else.
static NOT_BEFORE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"(\b(in|over|for|during|within|across|of|after) (just |only |about |over |more than |nearly |almost |less than |under |the )*(past|last|next|first|coming)( over| nearly)?|\b(past|last|next|first|every|another|each|former|than|under|since|our|his|her|founded|years|growth|in (under|just|less than|only)|turn(ed|ing)?|aged?|vest(s|ed|ing)?( over)?|contract( of)?|vertrag( über|:)?|befristet (auf|für)|laufzeit:?|dauer:?|durée:?|up to a?) ?(the )?|\bfor (over |more than |nearly |almost |the )*|\b(within|after|in|during|every)( over| just| about| only)?|\ba)\s?[(~]?$",
    )])
});

/// Text before a number that makes it a requirement, whatever else precedes it.
static MUST_BEFORE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"(minimum|at least|min\.?|mindestens|au moins|requires?|must have|you have|track record of|experience of|experience for|background of|experienced? \(|total of)( a)?( of)?( over| more than)?\s?[(:]?$",
    )])
});

/// Text after a number that makes it count something else.
static NOT_AFTER: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"^['s]*[ -]?(ago|old|olds|of age|in a row|running|in business( and|[.,]|$)|straight|later|earlier|history|in the making|vest|vesting|cliff|contract|of runway|runway|of growth|of data|of funding|warranty|anniversary|from now|of operation|of service|of employment|of tenure|with us|with the company|at the company|and counting|of cumulative|on-year|over[- ]year|ahead|term|fixed|post-termination|exercise|window|veteran|alone|off\b|to come|into|before|long|plan|journey|mission|strategy|roadmap|time|guarantee|after|since|experience across our|(university |college )?degree|college|program|of (academic )?stud|of school|of college|of university|between|apart|per\b|(diploma|certificate|apprenticeship))",
    )])
});

/// Years that several people have together; in a requirement, those that a person has in several fields.
static COMBINED: LazyLock<Rules<()>> =
    LazyLock::new(|| Rules::new(&[((), r"^['s]*[ -]?(of )?(combined|collective)")]));

/// "Experience" shortly after the number.
static EXPERIENCE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"^['s]*[ -)]*([^.;]*?)(experience|track record|background|erfahrung|expérience|expertise)",
    )])
});

/// "Experience" before the number: "experience: 5+ years", "experience (5+ years)".
static EXPERIENCE_BEFORE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"(experience|expertise|erfahrung|expérience|background|track record|knowledge)[^.;]*$",
    )])
});

/// Overall experience, rather than with one tool or in one field.
static OVERALL: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"^['s]*( of)? ?((total|overall|professional|work|working|industry|relevant|full-time|post-[a-z]+|proven|practical|non-internship|commercial|related|progressive|career|prior|previous|solid|hands-on),? ?(and )?)*(work )?experience\b",
    )])
});

/// Years of the employer, its founders or customers.
static OTHERS: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(we have|we've|(company|agency|firm|employer|organi[sz]ation|business) with (over |more than )?\d|our (team|founders?|company|people|engineers|leadership|customers|clients|product|platform)|founded|founders? (have|bring|spent)|the company|collectively|the team (has|brings)|established|celebrat|customers have|has been|have been|in the market)\b",
    )])
});

/// A sentence that only speaks of the employer, even among requirements.
static EMPLOYER: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"^\W*(we have|we've|our (team|company|founders?) (has|have|brings?)|(a |the )?company with)\b",
    )])
});

/// Alternative degrees with different numbers: the lowest number suffices.
static ALTERNATIVES: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(phd|ph\.d|master'?s?|msc|ms|mba|bachelor'?s?|bs)\b.*\bor\b",
    )])
});

/// A candidate number of years.
#[derive(Debug)]
pub(super) struct Candidate {
    years: Years,
    range: Range<usize>,
    is_overall: bool,
    section: Section,
}

/// Reads the numbers in a sentence.
pub(super) fn read(sentence: &Sentence<'_>, out: &mut Vec<Candidate>) {
    if matches!(sentence.section, Section::Preferred | Section::Benefits) {
        return;
    }
    let plain = sentence.plain.text();
    if EMPLOYER.matches(plain) {
        return;
    }
    let first = out.len();
    for ((), at) in AMOUNT.find_all(plain) {
        let Some(years) = parse(&plain[at.clone()]) else {
            continue;
        };
        let (before, after) = (&plain[..at.start], &plain[at.end..]);
        let tail = tail(before, 48);
        let head = head(after, 130);
        if NOT_AFTER.matches(head)
            || sentence.section != Section::Required && COMBINED.matches(head)
            || sentence.is_preferred(&at)
            || NOT_BEFORE.matches(tail) && !MUST_BEFORE.matches(tail)
        {
            continue;
        }
        let experience = EXPERIENCE.find(head).map(|((), found)| found);
        let is_stated = experience.is_some() || EXPERIENCE_BEFORE.matches(tail);
        let counts = match sentence.section {
            Section::Required => {
                is_stated
                    || sentence.is_item
                    || head.starts_with(" in ")
                    || head.starts_with(" of ")
                    || head.starts_with(" as ")
            }
            Section::Company => is_stated && MUST_BEFORE.matches(tail),
            _ => (is_stated || sentence.is_item) && !OTHERS.matches(plain),
        };
        if !counts {
            continue;
        }
        let end = experience.map_or(at.end, |found| at.end + found.end);
        out.push(Candidate {
            years,
            range: sentence.source_range(at.start..end),
            is_overall: OVERALL.find(head).is_some_and(|((), found)| {
                let rest = &head[found.end..];
                ![" directly working", " using"]
                    .iter()
                    .any(|word| rest.starts_with(word))
            }),
            section: sentence.section,
        });
    }
    if out.len() > first + 1 {
        let numbers = first..out.len();
        let one = if ALTERNATIVES.matches(plain) {
            numbers.min_by_key(|at| out[*at].years.min)
        } else {
            // "6+ years of experience with at least 3 in …": the others are parts of the largest.
            numbers.rev().max_by_key(|at| out[*at].years.min)
        };
        if let Some(one) = one {
            let is_overall = out[first..].iter().any(|candidate| candidate.is_overall);
            out.swap(first, one);
            out.truncate(first + 1);
            out[first].is_overall = is_overall;
        }
    }
}

/// The overall number: on overall experience, else the largest required one.
pub(super) fn choose(mut candidates: Vec<Candidate>) -> Option<Found<Years>> {
    if candidates
        .iter()
        .any(|candidate| candidate.section == Section::Required)
    {
        candidates.retain(|candidate| candidate.section == Section::Required);
    }
    let best = candidates
        .into_iter()
        .rev()
        .max_by_key(|candidate| (candidate.is_overall, candidate.years.min))?;
    Some(Found::new(best.years, Part::Description, best.range))
}

fn parse(amount: &str) -> Option<Years> {
    let mut numbers = Vec::new();
    let mut rest = amount;
    while let Some(at) = rest.find(|letter: char| letter.is_ascii_alphanumeric()) {
        rest = &rest[at..];
        let end = rest
            .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.')
            .unwrap_or(rest.len());
        let word = &rest[..end];
        let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        // Fractions are dropped: "2.5 years" are at least two.
        let whole = digits.split('.').next().unwrap_or(digits);
        let number = whole.parse::<u8>().ok().or_else(|| {
            WORDS
                .iter()
                .find(|(known, _)| *known == word)
                .map(|(_, number)| *number)
        });
        numbers.extend(number.filter(|number| numbers.last() != Some(number)));
        rest = &rest[end..];
    }
    let min = *numbers.first()?;
    let is_open = amount.contains('+') || amount.contains("plus") || amount.contains("or more");
    let max = numbers.get(1).copied().filter(|max| *max > min && !is_open);
    (min <= 25).then_some(Years {
        min: Some(min),
        max,
    })
}

const WORDS: &[(&str, u8)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("twelve", 12),
    ("fifteen", 15),
];

/// The end of a text, at most `most` bytes.
fn tail(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// The start of a text, at most `most` bytes.
fn head(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most.min(text.len()))]
}
