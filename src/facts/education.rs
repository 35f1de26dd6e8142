//! Derives the lowest required degree.

use std::ops::Range;
use std::sync::LazyLock;

use crate::board::Education;

use super::rule::Rules;
use super::section::Section;
use super::sentence::Sentence;
use super::{Found, Part};

static DEGREES: LazyLock<Rules<Education>> = LazyLock::new(|| {
    Rules::new(&[
        (
            Education::Phd,
            r"\b(ph\.? ?d\.?('?s)?|doctorate|doctoral)\b",
        ),
        (
            Education::Master,
            r"\b((advanced|graduate|postgraduate) degree\b|master'?s?( degree| of| in|\b)|m\.? ?sc\b|m\.s\.|mba\b|ms\b( degree| in|/|,| or))",
        ),
        (
            Education::Bachelor,
            r"\b(bachelor'?s?( degree| of|\b)|b\.? ?sc\b|b\.s\.|b\.a\.|bs\b( degree| in|/|,| or)|ba/bs|bs/ba|bs/ms|undergraduate degree|(university|college|four-year|4-year|academic|technical|engineering) degree|degree (in|from|is required|required)|(computer science|engineering|related|relevant) degree|hochschulabschluss|hochschulstudium|abgeschlossenes studium)",
        ),
    ])
});

/// A degree that is in progress, not required, or replaceable by experience.
static OTHERWISE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"(level of a|equivalent ([\w-]+ )?([\w-]+ )?(experience|background|knowledge|skills|training|combination|expertise|practical|work|professional|industry)|or (an )?equivalent(\.| ?$|[,;)]|\*|\/| in| to)|equivalent to a|or (additional|comparable|relevant|related|similar|practical|proven|demonstrated|professional|commensurate|extensive|strong|work|industry|hands-on|real-world|significant|\d+\+? years)[^,;.]*(experience|background|skills)|and/or (\w+ )?(\w+ )?experience|or experience|or (a )?(self|bootcamp)|candidate\b|medical degree|doctor of|\bjd\b|juris|diploma/|pursuing|enrol(l)?(ed|ment)|\bassociate('?s)?( degree)? or |student|studying|working towards?|graduating|toward (a|your)|degree of|degrees of|high degree|scrum master|master plan|webmaster|masters? (our|the|your)|no degree|degree (or not|optional)|don't (need|require)|not (a )?require|high school|diploma or|in lieu|experience may|substitute|may be considered|team of|our (team|founders|people)|phd'?s,|phd'?s and|work(ing)? with (\w+[ -]){0,3}(engineers|scientists|people)|(not|n't) (strictly |necessarily |always |absolutely )?(required|necessary|needed|a must|mandatory|essential)|degree ?; preferred|or (a )?(minimum|at least)( of)? \d|or \d+( ?(-|to) ?\d+)?\+? (years|yrs)|oder (eine )?(vergleichbare|gleichwertige|entsprechende|ähnliche)|founded|led by|tuition|degree program|years? of experience with a|without a)",
    )])
});

/// Degree stated by a sentence.
#[derive(Debug)]
pub(super) struct Candidate {
    degree: Education,
    range: Range<usize>,
    counts: bool,
}

/// Reads a sentence.
pub(super) fn read(sentence: &Sentence<'_>, out: &mut Vec<Candidate>) {
    let plain = sentence.plain.text();
    let is_required = match sentence.section {
        Section::Required => true,
        Section::Preferred | Section::Benefits | Section::Company | Section::Duties => false,
        Section::Other => sentence.is_item,
    };
    if !is_required {
        return;
    }
    // "Seven years post-BS", "an associate degree in engineering".
    let is_other = |at: &Range<usize>| {
        let before = plain[..at.start].trim_end_matches([' ', '-', '(']);
        ["post", "associate", "associate's", "associates"]
            .iter()
            .any(|word| before.ends_with(word))
    };
    let lowest = DEGREES
        .find_all(plain)
        .filter(|(_, at)| !sentence.is_preferred(at) && !is_other(at))
        .min_by_key(|(degree, _)| *degree);
    if let Some((degree, at)) = lowest {
        let end = plain[at.end..]
            .find([',', '.', ';', '('])
            .map_or(plain.len(), |found| at.end + found);
        out.push(Candidate {
            degree,
            range: sentence.source_range(at.start..end.min(at.end + 90)),
            counts: !OTHERWISE.matches(plain),
        });
    }
}

/// The lowest degree; `None` if one can be replaced.
pub(super) fn choose(candidates: Vec<Candidate>) -> Option<Found<Education>> {
    if candidates.iter().any(|candidate| !candidate.counts) {
        return None;
    }
    let lowest = candidates
        .into_iter()
        .min_by_key(|candidate| candidate.degree)?;
    Some(Found::new(lowest.degree, Part::Description, lowest.range))
}
