//! Completion of the query: field names, words of closed lists, and facet values with their counts.

use super::Browser;
use crate::app::Mode;
use crate::app::context::Context;
use crate::app::dialog::Answer;
use crate::app::dialog::picker::{Entry, Picker, Topic};
use crate::query::complete;
use crate::search::Completion;

/// Maximum number of completions shown.
const OFFERED: usize = 8;

/// Terms of the query language with explanations.
const TERMS: [(&str, &str); 30] = [
    (
        "scientist",
        "a word in title, company, team, place, tag or skill",
    ),
    ("'exact", "literal"),
    ("\"two words\"", "literal, with blanks"),
    ("^senior", "begins so"),
    ("engineer$", "ends so"),
    ("!intern", "must not match"),
    ("berlin | zurich", "either"),
    (
        "title:data",
        "only in the title; company: team: tag: likewise",
    ),
    ("loc:seattle", "a place as written"),
    ("country:de", "resolved places; region: city: likewise"),
    ("near:berlin<50km", "not far from a city, or near:home"),
    ("from:de", "where one may work from; from:me"),
    ("workplace:remote", "on-site, hybrid or remote"),
    ("level:senior", "intern, junior, mid, senior, staff, …"),
    ("employment:internship", "full-time, part-time, contract, …"),
    ("years:<=3", "years of experience required at least"),
    ("skill:rust", "a technology required"),
    ("speaks:german", "a human language required"),
    (
        "sponsorship:offered",
        "visa: offered or none; education: clearance: likewise",
    ),
    ("text:neural", "literal, in the description"),
    ("posted:week", "age: today, week, <14d, >2026-01-01"),
    ("closes:<7d", "closing within, or by a date"),
    ("salary:>120k", "reaches that a year, in its own currency"),
    ("salary:>120kEUR", "the same in one currency"),
    ("is:new", "new, changed, seen, saved, applied, hidden, …"),
    ("has:note", "note, contact or cv"),
    ("team:none", "without a value"),
    ("team:=\"Prime Video\"", "the whole value"),
    (
        "sort:posted",
        "newest first; closes, salary, title, company, near",
    ),
    ("sort:-salary", "an order reversed: highest pay first"),
];

impl Browser {
    /// Completions of the end of the query, best first; empty while not typing.
    pub(in crate::app) fn completions(&self) -> Vec<Completion> {
        if self.mode() != Mode::Query {
            return Vec::new();
        }
        let typed = complete::typed(self.query_line.text());
        let found = typed.iter().flat_map(|typed| self.matches.completed(typed));
        found.take(OFFERED).collect()
    }

    /// Inserts the first completion into the query. Returns whether there was one.
    pub(super) fn complete(&mut self, context: &Context<'_>) -> bool {
        let text = self.query_line.text().to_owned();
        let best = self.completions().into_iter().next();
        let Some((typed, best)) = complete::typed(&text).zip(best) else {
            return false;
        };
        self.set_query(&format!("{}{}", &text[..typed.start], best.text), context);
        true
    }

    /// Opens a list of the query language with examples, which can be inserted into the query.
    pub(super) fn open_query_help(&mut self) {
        let entries = TERMS.map(|(term, means)| Entry {
            keys: term.to_owned(),
            ..Entry::plain(means, Answer::Term(term.to_owned()))
        });
        let picker = Picker::list(Topic::Terms, "The query language", entries.to_vec(), 0);
        self.pick(picker);
    }

    /// Appends a term to the query.
    pub(in crate::app) fn add_term(&mut self, term: &str, context: &Context<'_>) {
        self.begin_typing(context);
        let text = crate::query::continued(self.query_line.text());
        self.set_query(&format!("{text}{term}"), context);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{MarkKind, parse};

    #[test]
    fn every_term_of_the_query_help_is_understood() {
        for (term, _) in TERMS {
            let marks = parse(term).marks;
            let wrong = marks.iter().any(|mark| mark.kind == MarkKind::Error);
            assert!(!wrong, "{term}: {marks:?}");
        }
    }
}
