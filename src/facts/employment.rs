//! Derives the kind of employment.

use std::sync::LazyLock;

use crate::board::Employment;

use super::rule::Rules;
use super::section::Section;
use super::sentence::Sentence;
use super::{Found, Part};

static TITLE: LazyLock<Rules<Employment>> = LazyLock::new(|| {
    Rules::new(&[
        (
            Employment::Internship,
            r"\b(interns?|internship|praktikum|praktikant(in)?|stagiaire)\b",
        ),
        (
            Employment::PartTime,
            r"\b(part[ -]?time|teilzeit|temps partiel)\b",
        ),
        (
            Employment::Temporary,
            r"\b(temporary|temp|interim|fixed[- ]term|seasonal|befristet|cdd|maternity cover|parental leave cover)\b",
        ),
        (
            Employment::Contract,
            r"(\b(freelance|freelancer|contractor|contract[- ]to[- ]hire|1099)\b|[(\[|/,-] ?(\d+[- ]month )?contract\b|\bcontract [(|-]|^contract\b(: | - )|\bcontract( position| role)?$)",
        ),
        (
            Employment::FullTime,
            r"\b(full[ -]?time|vollzeit|temps plein)\b",
        ),
    ])
});

/// Titles in which the words have another meaning.
static NOT_TITLE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(contracts? (manager|manufactur|administrator|specialist|negotiator|counsel|analyst|lifecycle)|(smart|vendor|sales) contract)",
    )])
});

const ROLE: &str =
    r"(position|role|job|opportunity|contract|employment|basis|engagement|contractor|hire|opening)";

static TEXT: LazyLock<Rules<Employment>> = LazyLock::new(|| {
    let kinds = [
        (Employment::Internship, r"(paid )?internship"),
        (
            Employment::PartTime,
            r"(part[ -]?time|teilzeit|temps partiel)",
        ),
        (
            Employment::Temporary,
            r"(temporary|fixed[- ]term|seasonal|befristete?)",
        ),
        (
            Employment::Contract,
            r"(contract|contractor|freelance|independent contractor|1099)",
        ),
        (
            Employment::FullTime,
            r"(full[ -]?time|vollzeit|temps plein)",
        ),
    ];
    let mut patterns: Vec<(Employment, String)> = vec![
        (Employment::Contract, r"\b(freelance|independent contractor|1099|short-term contract|contract[- ]to[- ]hire) (contractor|opportunity|position|role|basis|agreement)\b".to_owned()),
        (Employment::Contract, r"\bas (a |an )(freelancer|freelance|independent contractor|contractor)\b".to_owned()),
        (Employment::Internship, r"\b(this|the|our|your|paid|-week|-month|during the) (summer |winter |\d+-(week|month) )?internship\b".to_owned()),
        (Employment::Temporary, r"\bfor a temporary period\b".to_owned()),
        (Employment::Contract, r"[, ]contract (role|position)\b".to_owned()),
        (Employment::FullTime, r"\b(join|work|working)\b[^.;]*\bfull[- ]time\b( and| in| \(|\.| ?$|,)".to_owned()),
        (Employment::FullTime, r"\bfull[- ]?time \(?\d{2} ?(h|hours)".to_owned()),
        (Employment::FullTime, r"\bfirst full[- ]time (\w+ )?(designer|engineer|hire|marketer|recruiter)".to_owned()),
        (Employment::FullTime, r"\b(to|into) full[- ]time employment\b".to_owned()),
        (Employment::FullTime, r"\b(hiring|seeking|looking for)( an?)? full[- ]time\b".to_owned()),
        (Employment::FullTime, r"\bin vollzeit\b|(à|\ben) temps plein\b".to_owned()),
        (Employment::PartTime, r"\bin teilzeit\b|(à|\ben) temps partiel\b".to_owned()),
        (Employment::Temporary, r"\b(contrat (en )?cdd|cdd (de|d'une durée)|befristeter vertrag|befristete[rsn]? (stelle|position|anstellung|arbeitsverhältnis)|befristet (auf|für|bis))\b".to_owned()),
        (Employment::Internship, r"\b(dieses|unser|dein) praktikum\b|\bstage (de|d'une durée de) \d+( à \d+)? mois\b".to_owned()),
    ];
    for (kind, word) in kinds {
        patterns.push((
            kind,
            format!(r"\b(this|the) ((is|will be|would be|can be) )?(a |an |our )?((remote|hybrid|on-?site|in-person|paid|fully remote|short-term|long-term|permanent|exempt|salaried|w-?2),? ?(and )?)*{word}[^.;]{{0,30}}{ROLE}\b"),
        ));
        patterns.push((
            kind,
            format!(r"\b((job|employment|contract|position|role|work|engagement)? ?(type|status|schedule|commitment|hours|employment|contract)|vertragsart|type de contrat|beschäftigungsart) ?(of (employment|contract))?[:|-] ?{word}\b"),
        ));
        let colon = if kind == Employment::Contract {
            ""
        } else {
            "|:"
        };
        patterns.push((kind, format!(r"^[-+ ]*{word},? ?(\(?(remote|hybrid|on-?site|in-person)\)?)?,? ?{ROLE}?[ .,:|]*(\(|in\b|with|$|based|\|{colon})")));
        patterns.push((kind, format!(r"\b(is|as|for|in|on) (a|an|our) ((remote|hybrid|on-?site|in-person|paid|fully remote|permanent|exempt|salaried),? )*{word}(,? (and )?[a-z-]+){{0,3}} {ROLE}\b")));
    }
    let patterns: Vec<(Employment, &str)> = patterns
        .iter()
        .map(|(kind, pattern)| (*kind, pattern.as_str()))
        .collect();
    Rules::new(&patterns)
});

static CONTRACT: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"\b(contract|freelance|contractor) (role|position|opportunity|basis)\b",
    )])
});

/// Eligibility for benefits, subjects of contracts, or the employment of others.
static OTHERWISE: LazyLock<Rules<()>> = LazyLock::new(|| {
    Rules::new(&[(
        (),
        r"(((benefits|perks)( and perks| & perks)?( include| for)?:?|eligible) .*full[- ]?time|full[- ]time (\w+ )?benefits|(all|our|for|to|us|uk|eligible|based|every|per) full[- ]?time (employees?|team members?|staff|engineers?)|full[- ]?time (employees?|roles|positions|team members?)|employees|previous (\w+ )?internship|internship (experience|agreement)|contract (manufactur|management|negotiat|review|terms|lifecycle|close|drafting)|smart contract|if you (join|are|work|decide)|may not be|chance auf|möglichkeit|nach deinem|and (full|part)[- ]?time|negotiat|offers? of|converted|conversion|may lead|or part[- ]?time|or full[- ]?time|(vollzeit|voll-|teilzeit|temps plein|temps partiel) ?(oder|und|bzw\.?|/|ou|et) ?(in |à |en )?(teilzeit|vollzeit|temps partiel|temps plein)|unbefristet|\b(not|isn't|never|kein|keine|nicht) (a |an |looking for |hiring |considering |accepting |open to |offer(ing)? |ein |eine )*(remote |paid |short-term )*(contract|contractors?|freelance|temporary|part[- ]?time|full[- ]?time|internship|befristet))",
    )])
});

/// Reads the title.
pub(super) fn in_title(plain: &str) -> Option<(Employment, std::ops::Range<usize>)> {
    if NOT_TITLE.matches(plain) {
        return None;
    }
    // A temporary or contract role may also be full-time.
    let rank = |kind: Employment| match kind {
        Employment::Internship => 0,
        Employment::Temporary => 1,
        Employment::Contract => 2,
        Employment::PartTime => 3,
        Employment::FullTime | Employment::Volunteer => 4,
    };
    TITLE.find_all(plain).min_by_key(|(kind, _)| rank(*kind))
}

/// Reads a sentence.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Found<Employment>> {
    if sentence.section == Section::Preferred {
        return None;
    }
    let plain = sentence.plain.text();
    let mut found = TEXT.find_all(plain);
    let (mut value, at) = found.next()?;
    // "A full-time contract role" is a contract.
    if value == Employment::FullTime && CONTRACT.matches(plain) {
        value = Employment::Contract;
    }
    if OTHERWISE.matches(plain) {
        return None;
    }
    Some(Found::new(
        value,
        Part::Description,
        sentence.source_range(at),
    ))
}
