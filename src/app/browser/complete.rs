//! Completion of the query: field names, words of closed lists, and facet values with their counts.

use super::Browser;
use crate::app::Mode;
use crate::app::context::Context;
use crate::app::dialog::Answer;
use crate::app::dialog::picker::{Entry, Picker, Topic};
use crate::query::complete;
use crate::query::language::TERMS;
use crate::search::Completion;

/// Maximum number of completions shown.
const OFFERED: usize = 8;

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
        let entries = TERMS.iter().filter_map(|help| {
            let term = *help.examples.first()?;
            Some(Entry {
                keys: term.to_owned(),
                ..Entry::plain(help.short, Answer::Term(term.to_owned()))
            })
        });
        let picker = Picker::list(Topic::Terms, "The query language", entries.collect(), 0);
        self.pick(picker);
    }

    /// Appends a term to the query.
    pub(in crate::app) fn add_term(&mut self, term: &str, context: &Context<'_>) {
        self.begin_typing(context);
        let text = crate::query::continued(self.query_line.text());
        self.set_query(&format!("{text}{term}"), context);
    }
}
