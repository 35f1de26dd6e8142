//! The query language as a table: what its help, its manual page and its documentation show.

/// A kind of term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermHelp {
    /// Examples, the most typical first.
    pub examples: &'static [&'static str],
    /// What the first example means, in a few words.
    pub short: &'static str,
    /// What all of them mean; backticks enclose what is typed.
    pub long: &'static str,
}

const fn term(
    examples: &'static [&'static str],
    short: &'static str,
    long: &'static str,
) -> TermHelp {
    TermHelp {
        examples,
        short,
        long,
    }
}

/// Every kind of term, in documented order.
#[rustfmt::skip]
pub const TERMS: &[TermHelp] = &[
    term(&["scientist"], "a word anywhere but in the description", "a word, in title, company, team, places, tags or skills: itself, its other names, words that begin so, slips of the keyboard"),
    term(&["'scientist'"], "this whole word: no prefix, synonym or typo", "that whole word and no other"),
    term(&["\"two words\"", "'part"], "this exact phrase", "literal, in the same fields"),
    term(&["^senior"], "starts with", "literal, at the start of a value"),
    term(&["engineer$"], "ends with", "literal, at its end"),
    term(&["~aplsci"], "scattered letters", "its letters in this order, as fuzzy-matcher scores them"),
    term(&["!intern"], "must not contain this word", "must not match; always literal"),
    term(&["berlin | zurich"], "either of them", "either; binds tighter than the space"),
    term(&["title:data", "company:", "team:", "tag:"], "in one field; also company: team: tag:", "only in that field"),
    term(&["loc:seattle", "loc:zurich|berlin", "!loc:seattle|austin", "title:^senior"], "the place as written", "the place as written; the signs above work inside a field, and `!` excludes each of the alternatives"),
    term(&["country:de", "region:eu", "city:\"New York\""], "the country; also region: city:", "the parts of a place that could be read, by any of their names: `country:germany`, `region:bavaria`, `city:münchen`"),
    term(&["near:berlin<50km", "near:\"new york\"<30mi", "near:home"], "within a distance; also near:home", "within a distance (50 km unless given) of a city, by the nearest place of a posting; `home` is set in the configuration"),
    term(&["from:de", "from:eu", "from:me"], "where you may work from; also from:me", "one may work from there: on site, hybrid or remote within the country, or remote from an area that includes it; `me` is `work_from` of the configuration"),
    term(&["workplace:remote"], "on-site, hybrid or remote", "as stated, else as the text says"),
    term(&["level:senior"], "intern, junior, mid, senior, staff, …", "the same: `intern`, `junior`, `mid`, `senior`, `staff`, `principal`, `manager`, `director`, `executive`"),
    term(&["employment:internship"], "full-time, part-time, contract, …", "the same: `full-time`, `part-time`, `contract`, `temporary`, `internship`, `volunteer`"),
    term(&["sponsorship:offered", "education:master", "clearance:required"], "visa; also education: clearance:", "the same: whether a visa is sponsored, the lowest degree, a security clearance"),
    term(&["sponsorship:none", "sponsorship:unknown"], "states that no visa is sponsored; also sponsorship:unknown", "\"no sponsorship\" is stated; nothing is said of it"),
    term(&["years:<=3", "years:5", "years:3-5"], "years of experience required", "years of experience required at least"),
    term(&["skill:rust"], "a technology required", "technologies required, by their whole name or another name of theirs: `skill:java` is not JavaScript"),
    term(&["speaks:german"], "a human language required", "human languages required: `speaks:deutsch` is German, too"),
    term(&["lang:en", "lang:german", "board:"], "language of the text; also board:", "the language of the text; the board"),
    term(&["text:neural"], "in the description", "literal, in the description"),
    term(&["posted:week", "posted:<14d", "posted:>2026-01-01", "posted:yesterday"], "today, friday, week, <14d, >2026-01-01", "younger than, after a date, or on a day by name"),
    term(&["posted:2026-05", "posted:2026", "posted:<2026"], "in a month or a year, before or after it", "within a month or a year, before or after it"),
    term(&["closes:<7d", "closes:<=friday"], "closing within 7 days", "closing within; for what is to come a day by name is the next one"),
    term(&["salary:>120k"], "pays that much a year, in any currency", "reaches that, in the posting's own currency and per year"),
    term(&["salary:>120kEUR", "salary:>120kEUR/year"], "pays that much a year in euros", "in the currency that is named; currencies are never converted"),
    term(&["salary:50k-80k"], "pays within that range", "overlaps that range"),
    term(&["is:new", "is:changed", "is:seen"], "new, changed, seen, saved, applied, …", "since you last looked; whether you opened it"),
    term(&["is:open", "is:closed"], "still open; also is:closed", "by the last day of applications"),
    term(&["is:saved", "is:applied", "is:interview", "is:offer", "is:rejected"], "saved; also is:applied is:offer …", "what you marked; `is:applied` is any application"),
    term(&["is:hidden", "is:muted"], "hidden; also is:muted", "what stays out unless it is asked for"),
    term(&["has:note", "has:contact", "has:cv"], "has a note, contact or cv", "what you keep beside it"),
    term(&["has:salary", "has:closes", "!has:skill"], "states its pay; any field", "has a value, stated or read in its text; works in every field"),
    term(&["note:recruiter", "note:\"call back\""], "in your notes", "literal, in your notes"),
    term(&["applied:<30d", "followup:<=0d"], "when you applied; also followup:", "when you applied; what is due"),
    term(&["team:none"], "has no team; any field", "no value; works in every field"),
    term(&["team:=\"Prime Video\""], "the whole value", "the whole value, as a facet writes it"),
    term(&["sort:posted"], "newest first; closes, salary, title, …", "an order: posted, closes, salary, title, company, near"),
    term(&["sort:-salary"], "highest pay first", "`-` turns it round"),
];

impl TermHelp {
    /// What it means, as plain text.
    pub fn plain(&self) -> String {
        self.long.replace('`', "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{MarkKind, parse};

    #[test]
    fn every_example_is_understood() {
        for example in TERMS.iter().flat_map(|term| term.examples) {
            let marks = parse(example).marks;
            let wrong = marks.iter().any(|mark| mark.kind == MarkKind::Error);
            assert!(!wrong, "{example}: {marks:?}");
        }
    }
}
