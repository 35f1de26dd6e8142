//! Completion of the query: field names, words of closed lists, and facet values with their counts.

use super::Browser;
use crate::app::Mode;
use crate::app::context::Context;
use crate::app::dialog::Answer;
use crate::app::dialog::picker::{Entry, Picker, Topic};
use crate::board::fold::fold;
use crate::query::complete::{self, Typed};

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

/// A completion of the typed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The completed word or value.
    pub text: String,
    /// Number of postings with this facet value.
    pub count: Option<usize>,
}

impl Browser {
    /// Completions of the end of the query, best first; empty while not typing.
    pub(in crate::app) fn completions(&self) -> Vec<Completion> {
        if self.mode() != Mode::Query {
            return Vec::new();
        }
        let typed = complete::typed(self.query_line.text());
        typed.map_or_else(Vec::new, |typed| self.completions_of(&typed))
    }

    fn completions_of(&self, typed: &Typed) -> Vec<Completion> {
        let words = complete::words(typed).into_iter();
        let words = words.map(|text| Completion { text, count: None });
        let part = fold(&typed.part);
        let facets = self.matches.facets.iter();
        let values = facets
            .filter(|facet| Some(facet.field) == typed.field)
            .flat_map(|facet| &facet.values)
            .filter(|value| fold(&value.value).starts_with(&part))
            .map(|value| Completion {
                text: written(&value.value),
                count: Some(value.count),
            });
        let of_board = self.matches.completions.iter();
        let of_board = of_board
            .filter(|(word, _)| typed.field.is_none() && word.starts_with(&part))
            .map(|(word, count)| Completion {
                text: word.clone(),
                count: Some(*count as usize),
            });
        let all = words.chain(values).chain(of_board);
        all.filter(|completion| completion.text != typed.part)
            .take(OFFERED)
            .collect()
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

/// A value in query syntax: quoted and exact if it is more than one word.
fn written(value: &str) -> String {
    let plain = value.chars().all(|c| c.is_alphanumeric() || c == '-');
    if plain {
        value.to_owned()
    } else {
        format!("=\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
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
