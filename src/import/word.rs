//! The closed lists of words, as other systems spell them. A word that could mean two things means nothing here.

use crate::board::{Employment, Level, Period, Workplace};

/// Letters only, in lower case: `FULL_TIME`, `Full-time` and `fulltime` are one word.
fn bare(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    letters.flat_map(char::to_lowercase).collect()
}

/// The kinds of employment that a text lists, each once.
pub(super) fn employment(listed: &str) -> Vec<Employment> {
    let mut kinds = Vec::new();
    for word in listed.split([',', ';', '/', '|']) {
        kinds.extend(one_employment(word).filter(|kind| !kinds.contains(kind)));
    }
    kinds
}

/// The kinds of employment that several texts list, each once.
pub(super) fn employments<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Vec<Employment> {
    let mut kinds = Vec::new();
    for kind in texts.into_iter().flat_map(|text| employment(text.as_ref())) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

fn one_employment(word: &str) -> Option<Employment> {
    let bare = bare(word);
    let starts = |start: &str| bare.starts_with(start);
    Some(match bare.as_str() {
        _ if starts("fulltime") => Employment::FullTime,
        _ if starts("parttime") => Employment::PartTime,
        _ if starts("intern") && !starts("internal") && !starts("international") => {
            Employment::Internship
        }
        _ if starts("contract") || starts("freelance") => Employment::Contract,
        _ if starts("temporary") => Employment::Temporary,
        _ if starts("volunteer") => Employment::Volunteer,
        "temp" => Employment::Temporary,
        "全职" => Employment::FullTime,
        "兼职" => Employment::PartTime,
        "实习" => Employment::Internship,
        _ => return None,
    })
}

/// Where the work is done.
pub(super) fn workplace(word: &str) -> Option<Workplace> {
    Some(match bare(word).as_str() {
        "onsite" | "inoffice" | "office" | "inperson" => Workplace::OnSite,
        "hybrid" | "hybridremote" => Workplace::Hybrid,
        "remote" | "fullyremote" | "fullremote" | "telecommute" => Workplace::Remote,
        _ => return None,
    })
}

/// Remote where the feed says yes. A no may still be hybrid, so it says nothing.
pub(super) fn remote(flag: Option<bool>) -> Option<Workplace> {
    (flag == Some(true)).then_some(Workplace::Remote)
}

/// Seniority, where one word says it. "Mid-Senior level" is two.
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

/// What an amount is paid for.
pub(super) fn period(word: &str) -> Option<Period> {
    let bare = bare(word);
    let bare = bare.strip_prefix("per").unwrap_or(&bare);
    let bare = bare.strip_suffix("salary").unwrap_or(bare);
    let bare = bare.strip_suffix("wage").unwrap_or(bare);
    Some(match bare {
        "hour" | "hourly" | "hr" | "h" => Period::Hour,
        "day" | "daily" => Period::Day,
        "week" | "weekly" => Period::Week,
        "month" | "monthly" | "mo" => Period::Month,
        "year" | "yearly" | "annual" | "annually" | "annum" | "yr" => Period::Year,
        _ => return None,
    })
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
        assert_eq!(employment("Internal transfer"), []);
        assert_eq!(employment("permanent"), []);
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
    }
}
