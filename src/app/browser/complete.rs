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
    ("scientist", "a word anywhere but in the description"),
    ("'exact'", "this whole word: no prefix, synonym or typo"),
    ("\"two words\"", "this exact phrase"),
    ("^senior", "starts with"),
    ("engineer$", "ends with"),
    ("!intern", "must not contain this word"),
    ("berlin | zurich", "either of them"),
    ("title:data", "in one field; also company: team: tag:"),
    ("loc:seattle", "the place as written"),
    ("country:de", "the country; also region: city:"),
    ("near:berlin<50km", "within a distance; also near:home"),
    ("from:de", "where you may work from; also from:me"),
    ("workplace:remote", "on-site, hybrid or remote"),
    ("level:senior", "intern, junior, mid, senior, staff, …"),
    ("employment:internship", "full-time, part-time, contract, …"),
    ("years:<=3", "years of experience required"),
    ("skill:rust", "a technology required"),
    ("speaks:german", "a human language required"),
    ("sponsorship:offered", "visa; also education: clearance:"),
    ("text:neural", "in the description"),
    ("posted:week", "today, friday, week, <14d, >2026-01-01"),
    ("closes:<7d", "closing within 7 days"),
    ("salary:>120k", "pays that much a year, in any currency"),
    ("salary:>120kEUR", "pays that much a year in euros"),
    ("is:new", "new, changed, seen, saved, applied, …"),
    ("has:note", "has a note, contact or cv"),
    ("team:none", "has no team; any field"),
    ("team:=\"Prime Video\"", "the whole value"),
    ("sort:posted", "newest first; closes, salary, title, …"),
    ("sort:-salary", "highest pay first"),
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
