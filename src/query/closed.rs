//! Fields whose values are closed lists: their words, other names for them, and suggestions for what is none of them.

use std::collections::BTreeMap;

use super::Field;
use super::value::Unread;
use crate::board::{Clearance, Education, Employment, Level, Sponsorship, Workplace};

/// Other names of values, as letters and digits in lower case.
const OTHER_NAMES: &[(Field, &str, &[&str])] = &[
    (
        Field::Workplace,
        "remote",
        &[
            "telecommute",
            "telecommuting",
            "telework",
            "homeoffice",
            "wfh",
            "workfromhome",
        ],
    ),
    (
        Field::Workplace,
        "on-site",
        &["office", "inoffice", "inperson", "presence", "vorort"],
    ),
    (Field::Employment, "full-time", &["ft", "vollzeit"]),
    (Field::Employment, "part-time", &["pt", "teilzeit"]),
    (
        Field::Employment,
        "contract",
        &["contractor", "freelance", "freelancer", "b2b"],
    ),
    (Field::Employment, "temporary", &["temp"]),
    (
        Field::Employment,
        "internship",
        &["intern", "interns", "praktikum", "stage", "trainee"],
    ),
    (
        Field::Employment,
        "volunteer",
        &["voluntary", "volunteering"],
    ),
    (Field::Level, "intern", &["internship"]),
    (Field::Level, "junior", &["jr", "entry", "entrylevel"]),
    (Field::Level, "mid", &["midlevel", "medior", "intermediate"]),
    (Field::Level, "senior", &["sr", "snr"]),
    (Field::Level, "manager", &["mgr"]),
    (
        Field::Level,
        "executive",
        &["vp", "vicepresident", "cxo", "clevel"],
    ),
    (
        Field::Education,
        "bachelor",
        &["bachelors", "bsc", "bs", "ba", "undergraduate"],
    ),
    (
        Field::Education,
        "master",
        &["masters", "msc", "ms", "ma", "mba"],
    ),
    (
        Field::Education,
        "phd",
        &["doctorate", "doctoral", "doctor", "dr"],
    ),
    (
        Field::Sponsorship,
        "offered",
        &["yes", "true", "available", "provided", "visa"],
    ),
    (
        Field::Sponsorship,
        "none",
        &["no", "false", "notoffered", "unavailable"],
    ),
    (
        Field::Clearance,
        "required",
        &["yes", "true", "needed", "secret", "topsecret"],
    ),
];

/// Values to offer for words that may mean several.
const OFFERS: &[(Field, &str, &[&str])] = &[
    (Field::Level, "lead", &["senior", "staff", "manager"]),
    (Field::Level, "head", &["director", "manager"]),
    (Field::Level, "expert", &["senior", "staff", "principal"]),
    (Field::Level, "experienced", &["mid", "senior"]),
    (Field::Level, "graduate", &["junior", "intern"]),
    (Field::Employment, "permanent", &["full-time", "part-time"]),
    (Field::Employment, "fixedterm", &["temporary", "contract"]),
    (Field::Workplace, "flexible", &["hybrid", "remote"]),
];

/// The values of a field that has a closed list of them.
pub(super) fn values(field: Field) -> Option<&'static [&'static str]> {
    match field {
        Field::Workplace => Some(Workplace::WORDS),
        Field::Employment => Some(Employment::WORDS),
        Field::Level => Some(Level::WORDS),
        Field::Education => Some(Education::WORDS),
        Field::Sponsorship => Some(Sponsorship::WORDS),
        Field::Clearance => Some(Clearance::WORDS),
        _ => None,
    }
}

/// Every name of every value of a closed list, as letters and digits in lower case, with the value.
pub fn other_values(field: Field) -> BTreeMap<String, &'static str> {
    let values = values(field).unwrap_or_default().iter();
    let own = values.map(|value| (key(value), *value));
    let others = OTHER_NAMES.iter().filter(|(known, ..)| *known == field);
    let others = others.flat_map(|(_, value, names)| {
        let names = names.iter();
        names.map(|name| ((*name).to_owned(), *value))
    });
    others.chain(own).collect()
}

/// The value that is meant; `is_open` if more letters may follow.
pub(super) fn read(
    field: Field,
    values: &[&'static str],
    written: &str,
    is_open: bool,
) -> Result<&'static str, Unread> {
    let key = key(written);
    if let Some(value) = values.iter().find(|value| self::key(value) == key) {
        return Ok(value);
    }
    let mut others = OTHER_NAMES.iter().filter(|(known, ..)| *known == field);
    if let Some((_, value, _)) = others.find(|(_, _, names)| names.contains(&&*key)) {
        return Ok(value);
    }
    let mut others = OTHER_NAMES.iter().filter(|(known, ..)| *known == field);
    let begins = |name: &str| self::key(name).starts_with(&key);
    let is_start = values.iter().any(|value| begins(value))
        || others.any(|(_, _, names)| names.iter().any(|name| begins(name)));
    if is_open && is_start {
        return Err(Unread::Unfinished);
    }
    let all = values.join(", ");
    let meant: Vec<String> = nearest(field, values, &key)
        .iter()
        .map(|value| format!("`{value}`"))
        .collect();
    let name = field.name();
    Err(Unread::Wrong(if meant.is_empty() || values.len() == 1 {
        format!("no {name} `{written}`; it is one of {all}")
    } else {
        let meant = meant.join(" or ");
        format!("no {name} `{written}`; did you mean {meant}? It is one of {all}")
    }))
}

/// Values that a word may mean: known guesses, what begins so, else what is similar.
fn nearest(field: Field, values: &[&'static str], key: &str) -> Vec<&'static str> {
    const SIMILAR: f64 = 0.75;
    let mut offers = OFFERS.iter().filter(|(known, ..)| *known == field);
    if let Some((_, _, offered)) = offers.find(|(_, word, _)| *word == key) {
        return offered.to_vec();
    }
    let starting = values
        .iter()
        .filter(|value| self::key(value).starts_with(key));
    let starting: Vec<&'static str> = starting.copied().collect();
    if !starting.is_empty() {
        return starting;
    }
    let close = |value: &&str| strsim::jaro_winkler(key, &self::key(value));
    let nearest = values
        .iter()
        .copied()
        .filter(|value| close(value) >= SIMILAR);
    nearest
        .max_by(|a, b| close(a).total_cmp(&close(b)))
        .into_iter()
        .collect()
}

/// Letters and digits in lower case: "Full time" is `full-time`.
fn key(written: &str) -> String {
    let letters = written.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{MarkKind, parse, parse_unfinished};

    #[test]
    fn values_of_closed_lists_are_known_by_other_names() {
        for (typed, printed) in [
            ("level:Senior", "level:=\"senior\""),
            ("level:sr", "level:=\"senior\""),
            ("workplace:onsite", "workplace:=\"on-site\""),
            ("workplace:\"on site\"", "workplace:=\"on-site\""),
            ("workplace:telecommute", "workplace:=\"remote\""),
            ("employment:freelance", "employment:=\"contract\""),
            ("!employment:contractor", "!employment:=\"contract\""),
            ("education:bsc", "education:=\"bachelor\""),
            ("sponsorship:yes", "sponsorship:=\"offered\""),
            ("sponsorship:no", "sponsorship:=\"none\""),
            ("sponsorship:none", "sponsorship:=\"none\""),
            ("sponsorship:unknown", "sponsorship:unknown"),
            ("level:none", "level:none"),
            ("level:unknown", "level:none"),
            ("speaks:deutsch", "speaks:=\"de\""),
            ("speaks:Mandarin", "speaks:=\"zh\""),
            ("lang:german", "lang:=\"de\""),
            ("lang:pt-BR", "lang:=\"pt-br\""),
            ("lang:tlh", "lang:=\"tlh\""),
            ("skill:java", "skill:=\"java\""),
            ("!skill:java", "!skill:=\"java\""),
            ("skill:^java", "skill:^\"java\""),
            ("level:^s", "level:^\"s\""),
        ] {
            let query = parse(typed);
            assert_eq!(query.marks, [], "{typed}");
            assert_eq!(query.to_string(), printed);
            assert_eq!(parse(printed).to_string(), printed);
        }
    }

    #[test]
    fn other_values_are_mistakes_with_the_nearest_named() {
        for (typed, told) in [
            (
                "level:lead",
                "no level `lead`; did you mean `senior` or `staff` or `manager`? It is one of",
            ),
            ("level:sen", "did you mean `senior`?"),
            ("level:=\"senoir\"", "did you mean `senior`?"),
            ("workplace:mars", "it is one of on-site, hybrid, remote"),
            ("clearance:perhaps", "it is one of required"),
            ("speaks:germna", "did you mean `german`?"),
        ] {
            let marks = parse(typed).marks;
            assert_eq!(marks[0].kind, MarkKind::Error, "{typed}");
            assert!(marks[0].message.contains(told), "{marks:?}");
        }
    }

    #[test]
    fn a_value_may_grow_while_it_is_typed() {
        for (typed, printed) in [
            ("level:sen", "level:sen"),
            ("skill:java", "skill:java"),
            ("skill:java ", "skill:=\"java\""),
            ("speaks:ger", "speaks:ger"),
            ("level:senior", "level:=\"senior\""),
            ("rust skill:ja", "rust skill:ja"),
        ] {
            let query = parse_unfinished(typed);
            assert!(
                query
                    .marks
                    .iter()
                    .all(|mark| mark.kind == MarkKind::Incomplete),
                "{typed}"
            );
            assert_eq!(query.to_string(), printed);
        }
        let marks = parse_unfinished("level:x").marks;
        assert_eq!(marks[0].kind, MarkKind::Error);
    }
}
