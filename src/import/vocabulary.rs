//! Vocabulary: words of other systems for the values of closed lists. Ambiguous words have no value.

use crate::board::{Employment, Level, Period, Workplace};

/// Letters only, in lower case: `FULL_TIME`, `Full-time` and `fulltime` are equal.
fn bare(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    letters.flat_map(char::to_lowercase).collect()
}

/// Ways to write both kinds of working hours with one end, and in full.
const EITHER: [(&str, &str); 3] = [
    ("full/part", "full-time/part"),
    ("full-/part", "full-time/part"),
    ("voll-/teil", "vollzeit/teil"),
];

/// Kinds of employment listed in a text, without duplicates.
pub(super) fn employment(listed: &str) -> Vec<Employment> {
    let mut kinds = Vec::new();
    // "Full/part time", "Voll-/Teilzeit": the first word lacks its end.
    let either = EITHER.iter().find_map(|(short, whole)| {
        let lower = listed.to_lowercase();
        lower.contains(short).then(|| lower.replace(short, whole))
    });
    let listed = either.as_deref().unwrap_or(listed);
    for word in listed.split([',', ';', '/', '|']) {
        for kind in kinds_in(word) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    kinds
}

/// Kinds of employment listed in several texts, without duplicates.
pub(super) fn employments<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Vec<Employment> {
    let mut kinds = Vec::new();
    for kind in texts.into_iter().flat_map(|text| employment(text.as_ref())) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

/// The kinds that a word or a few words name: `FULL_TIME`, `Regular Full Time (Salary)`, `Vollzeit`.
fn kinds_in(written: &str) -> Vec<Employment> {
    let words = words(written);
    let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    let starts = |names: &[&str]| {
        let starts = |word: &String| names.iter().any(|name| word.starts_with(name));
        words.iter().any(starts)
    };
    let pair = |first: &str, second: &str| {
        words
            .windows(2)
            .any(|two| two[0] == first && two[1] == second)
    };
    // "Full- or part-time", "Voll- oder Teilzeit".
    let is_either = ["full", "voll"].iter().any(|whole| {
        ["or", "and", "oder", "und"]
            .iter()
            .any(|or| pair(whole, or))
    });
    // A contract without an end is no contract work.
    let is_permanent = has(&[
        "permanent",
        "indefinite",
        "unlimited",
        "regular",
        "employment",
    ]);
    let table = [
        (
            Employment::FullTime,
            pair("full", "time")
                || is_either
                || has(&["plein"]) && has(&["partiel"])
                || pair("temps", "plein")
                || starts(&["fulltime", "vollzeit", "voltijd"])
                || written.contains("全职"),
        ),
        (
            Employment::PartTime,
            pair("part", "time")
                || is_either
                || has(&["plein"]) && has(&["partiel"])
                || pair("temps", "partiel")
                || starts(&["parttime", "teilzeit", "deeltijd"])
                || written.contains("兼职"),
        ),
        (
            Employment::Contract,
            starts(&["freelance", "contractor"])
                || starts(&["contract"]) && !is_permanent && !starts(&["contractual"]),
        ),
        (
            Employment::Temporary,
            has(&["temp", "temporary", "temporaryemployee", "seasonal"]),
        ),
        (
            Employment::Internship,
            has(&["intern", "interns", "interim internship"])
                || starts(&["internship", "praktik"])
                || written.contains("实习"),
        ),
        (Employment::Volunteer, starts(&["volunteer"])),
    ];
    let named = table.into_iter().filter(|(_, is_named)| *is_named);
    named.map(|(kind, _)| kind).collect()
}

/// The words of a text in lower case, also where they are joined: `FullTime`, `FULL_TIME`.
fn words(written: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in written.chars() {
        let starts = c.is_uppercase() && before.is_lowercase();
        if (starts || !c.is_alphabetic()) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if c.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a value of a closed list means "not stated".
pub(super) fn says_nothing(written: &str) -> bool {
    matches!(
        bare(written).as_str(),
        "" | "none"
            | "null"
            | "nan"
            | "na"
            | "other"
            | "notspecified"
            | "unspecified"
            | "any"
            | "notapplicable"
    )
}

/// Workplace.
pub(super) fn workplace(word: &str) -> Option<Workplace> {
    Some(match bare(word).as_str() {
        "onsite" | "inoffice" | "office" | "inperson" | "notremote" => Workplace::OnSite,
        "hybrid" | "hybridremote" => Workplace::Hybrid,
        "remote" | "fully" | "fullyremote" | "fullremote" | "remoteonly" | "telecommute"
        | "telecommuting" => Workplace::Remote,
        _ => return None,
    })
}

/// Remote if the flag is true. If it is false the job may be hybrid, so nothing is implied.
pub(super) fn remote(flag: Option<bool>) -> Option<Workplace> {
    (flag == Some(true)).then_some(Workplace::Remote)
}

/// Seniority, if the word is unambiguous. "Mid-Senior level" is not.
pub(super) fn level(word: &str) -> Option<Level> {
    let bare = bare(word);
    Some(match bare.strip_suffix("level").unwrap_or(&bare) {
        "intern" | "internship" | "student" => Level::Intern,
        "junior" | "entry" => Level::Junior,
        "mid" | "middle" | "intermediate" => Level::Mid,
        "senior" => Level::Senior,
        "staff" => Level::Staff,
        "principal" => Level::Principal,
        "manager" => Level::Manager,
        "director" => Level::Director,
        "executive" => Level::Executive,
        _ => return None,
    })
}

/// Words for pay periods in the languages of postings, in lower case and without other signs than letters.
const PERIODS: &[(Period, &str)] = &[
    (
        Period::Hour,
        "hour hours hourly hr h hur stunde stunden std stündlich stundenlohn heure heures lheure hora horas lhora ora \
         allora uur godz godzina godzinę timme timmen timen tunti час",
    ),
    (
        Period::Day,
        "day days daily tag tage täglich tagessatz jour jours día dia giorno dag dzień",
    ),
    (
        Period::Week,
        "week weeks weekly wee woche wöchentlich semaine semana settimana tydzień vecka",
    ),
    (
        Period::Month,
        "month months monthly mo mon monat monate monatlich mtl mois mensuel mensuels mes mês mensual mensuales mensal \
         mese mensile maand maandelijks mies miesiąc miesięcznie mån månad måned mnd kuukausi месяц",
    ),
    (
        Period::Year,
        "year years yearly annual annually annum yr ann pa jahr jahre jährlich jahresgehalt an ans lan annuel annuels \
         annuelle année año anual anuales ano anuais anno annuo lanno jaar jaarlijks rok rocznie år årlig vuosi год",
    ),
];

/// Pay period.
pub(super) fn period(word: &str) -> Option<Period> {
    // "2 WEEKS" is no week.
    let count: String = word.chars().filter(char::is_ascii_digit).collect();
    if !matches!(count.as_str(), "" | "1") {
        return None;
    }
    let bare = bare(word);
    let bare = bare.strip_prefix("per").unwrap_or(&bare);
    let bare = bare.strip_suffix("salary").unwrap_or(bare);
    let bare = bare.strip_suffix("wage").unwrap_or(bare);
    PERIODS
        .iter()
        .find(|(_, words)| words.split(' ').any(|word| word == bare))
        .map(|(period, _)| *period)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter_and_doubt_does() {
        for word in [
            "FullTime",
            "FULL_TIME",
            "full-time",
            "Full Time Employee",
            "fulltime_permanent",
        ] {
            assert_eq!(employment(word), [Employment::FullTime], "{word}");
        }
        for either in [
            "full-or-part-time",
            "Full- or part-time",
            "Full/Part Time",
            "Full-time / part-time",
            "Voll- oder Teilzeit",
            "Vollzeit, Teilzeit",
            "Voll-/Teilzeit",
            "Temps plein ou partiel",
        ] {
            assert_eq!(
                employment(either),
                [Employment::FullTime, Employment::PartTime],
                "{either}"
            );
        }
        assert_eq!(employment("Internal transfer"), []);
        assert_eq!(employment("permanent"), []);
        assert_eq!(employment("Permanent contract"), []);
        assert_eq!(employment("International"), []);
        assert_eq!(
            employment("Regular Full Time (Salary)"),
            [Employment::FullTime]
        );
        assert_eq!(employment("Fixed-term contract"), [Employment::Contract]);
        assert_eq!(
            employment("Full-time contractor"),
            [Employment::FullTime, Employment::Contract]
        );
        assert_eq!(
            employment("Part-time, Contract / part time"),
            [Employment::PartTime, Employment::Contract]
        );
        assert_eq!(workplace("OnSite"), Some(Workplace::OnSite));
        assert_eq!(workplace("unspecified"), None);
        assert_eq!(remote(Some(false)), None);
        assert_eq!(level("Mid-Senior level"), None);
        assert_eq!(level("Entry level"), Some(Level::Junior));
        assert_eq!(period("per-year-salary"), Some(Period::Year));
        assert_eq!(period("1 HOUR"), Some(Period::Hour));
        assert_eq!(period("NONE"), None);
        assert_eq!(period("2 WEEKS"), None);
        assert_eq!(period("per-semi-month"), None);
        assert_eq!(period("BI_WEEKLY"), None);
        assert_eq!(period("brut annuel"), None);
        assert_eq!(period("Stunde"), Some(Period::Hour));
        assert_eq!(period("mês"), Some(Period::Month));
        assert_eq!(period("l'an"), Some(Period::Year));
    }
}
