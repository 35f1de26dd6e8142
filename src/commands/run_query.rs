//! Runs a query from the command line: reports its errors, its results, and what it could not decide.

use std::sync::Arc;

use unicode_width::UnicodeWidthStr;

use super::journal_access::JournalAccess;
use super::{Context, Failure, Output, counted};
use crate::annotate::{Rules, marks};
use crate::board::text;
use crate::market::Market;
use crate::query::{self, Mark, MarkKind, Person, Query, State};
use crate::search::{
    self, Explanation, Index, Marks, Matches, Request, Row, Searcher, advise_counting,
};
use crate::tracking::journal;
use crate::tracking::visit_log::{Visitor, Write};

/// A result of fewer postings is little.
const FEW: usize = 10;

/// Most postings of a board on a server.
const FETCHED: usize = 10_000;

/// A query with its options.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(super) struct QueryOptions<'a> {
    /// The query, as separate arguments.
    pub(super) words: &'a [String],
    /// Whether to include postings that cannot be decided.
    pub(super) unjudged: bool,
    /// Whether words are also corrected where the board has the word as typed.
    pub(super) loose: bool,
    /// Whether to group duplicates.
    pub(super) group: bool,
    /// Maximum number of postings; `None` is unlimited.
    pub(super) limit: Option<usize>,
    /// Whether to include hidden and muted postings.
    pub(super) hidden: bool,
    /// Whether terms that cannot be read are ignored, as in the app, rather than an error.
    pub(super) lenient: bool,
}

/// Result of a query.
pub(super) struct QueryResult {
    /// Index with the postings.
    pub(super) index: Arc<Index>,
    /// The matches.
    pub(super) matches: Matches,
    /// The parsed query.
    pub(super) query: Query,
    /// What was asked, with the query as typed.
    request: Request,
    text: String,
    person: Person,
    unjudged: bool,
}

impl QueryOptions<'_> {
    /// Runs the query with the user's marks.
    ///
    /// A term that cannot be read is an error: a script must not act on, or publish, more than it asked for. With
    /// `lenient` it is reported and the other terms still filter.
    pub(super) fn run(
        &self,
        context: &Context,
        output: &mut Output,
    ) -> Result<QueryResult, Failure> {
        // Without a home directory there is no journal and there are no marks.
        let journal = JournalAccess::open(output).ok();
        let mut troubles = Vec::new();
        let answer = self.run_with(context, output, |index| {
            let (marks, found) = self.annotated(context, index, journal.as_ref());
            troubles = found;
            marks
        })?;
        for trouble in &troubles {
            output.note(trouble);
        }
        Ok(answer)
    }

    /// The user's marks, and what mute rules and the last visit say, without a search.
    pub(super) fn marks(
        &self,
        context: &Context,
        index: &Arc<Index>,
        output: &mut Output,
    ) -> Marks {
        let journal = JournalAccess::open(output).ok();
        let (marks, troubles) = self.annotated(context, index, journal.as_ref());
        for trouble in &troubles {
            output.note(trouble);
        }
        marks
    }

    fn annotated(
        &self,
        context: &Context,
        index: &Arc<Index>,
        journal: Option<&JournalAccess>,
    ) -> (Marks, Vec<String>) {
        let (visit, troubles) = context.summarize(index, &self.rules(context));
        let marks = match journal {
            Some(journal) => marks::columns(index, &journal.tracking, visit.marks, visit.since),
            None => visit.marks,
        };
        (marks, troubles)
    }

    /// Mute rules and visits for the search. A command is not a visit: new postings stay new until the user browses.
    fn rules(&self, context: &Context) -> Rules {
        let query = query::parse(&text::line(&self.words.join(" ")));
        let asked = query.asks_for(State::New) || query.asks_for(State::Changed);
        let visitor = |folder| Visitor {
            folder,
            write: Write::Peek,
        };
        Rules {
            mute: context.config.mute.clone(),
            person: context.config.person(),
            aliases: context.config.aliases.clone(),
            visitor: journal::usual_folder().filter(|_| asked).map(visitor),
        }
    }

    /// Runs the query with the given marks.
    pub(super) fn run_with(
        &self,
        context: &Context,
        output: &mut Output,
        marks: impl FnOnce(&Arc<Index>) -> Marks,
    ) -> Result<QueryResult, Failure> {
        let text = text::line(&self.words.join(" "));
        let person = context.config.person();
        let query = query::parse(&text).settled(&person);
        let (problems, hints): (Vec<&Mark>, Vec<&Mark>) =
            query.marks.iter().partition(|mark| mark.is_problem());
        for hint in hints {
            output.note(&hint.message);
        }
        let explained: Vec<String> = problems.iter().map(|mark| explained(&text, mark)).collect();
        if self.lenient {
            for explained in &explained {
                output.note(explained);
            }
        } else if !explained.is_empty() {
            let all = explained.join("\n");
            return Err(Failure::Because(format!(
                "{all}\n--lenient ignores such terms"
            )));
        }
        let index = context.index();
        if self.group {
            index.find_duplicates();
        }
        let request = Request {
            query,
            today: context.today,
            unjudged: self.unjudged,
            loose: self.loose,
            rephrase: true,
            limit: limit(self.limit, &index),
            marks: Arc::new(marks(&index)),
            hidden: self.hidden,
            group: self.group,
            ..Request::default()
        };
        let matches = context.search(&index, &request)?;
        Ok(QueryResult {
            index,
            query: matches.answered(&request.query).clone(),
            matches,
            request,
            text,
            person,
            unjudged: self.unjudged,
        })
    }
}

impl QueryResult {
    /// Explains the query, and how a posting matches it.
    pub(super) fn explain(&self, row: Option<Row>) -> Option<Explanation> {
        let mut searcher = Searcher::new(Arc::clone(&self.index));
        search::explain(&mut searcher, &self.request, row)
    }

    /// The market of what was found.
    ///
    /// # Errors
    /// The board is on a server, which does not answer.
    pub(super) fn market(&self, context: &Context) -> Result<Market, Failure> {
        context.market(&self.index, &self.request)
    }

    /// Reports how words of the query were interpreted.
    pub(super) fn tell_assumed(&self, output: &mut Output) {
        for assumption in self.matches.assumptions() {
            output.note(&assumption.to_string());
        }
    }

    /// Reports what the results do not show.
    pub(super) fn tell_left_out(&self, output: &mut Output) {
        self.tell_assumed(output);
        let (hidden, muted) = (self.matches.hidden, self.matches.muted);
        for (count, what) in [(hidden, "hidden by you"), (muted, "muted")] {
            if count > 0 {
                output.note(&format!("{count} {what}; --hidden includes them"));
            }
        }
        for (field, count) in &self.matches.derived {
            let field = field.name();
            output.note(&format!("{field}: {count} of them \u{2248} from the text"));
        }
        for unjudged in &self.matches.unjudged {
            let included = if self.unjudged {
                "included"
            } else {
                "--unjudged includes them"
            };
            output.note(&format!("{unjudged}; {included}"));
        }
    }

    /// Suggests other queries where little or nothing was found.
    pub(super) fn tell_ways_on(&self, context: &Context, output: &mut Output) {
        let found = self.matches.total;
        // Scripts need no suggestions once something was found.
        if found >= FEW || found > 0 && !output.is_read() {
            return;
        }
        let mut count = context.counter(&self.index);
        let text = (self.text.as_str(), &self.person);
        let advice = advise_counting(&self.request, text, found, &mut *count);
        let advice = advice.unwrap_or_default();
        for suggestion in &advice.without {
            output.note(&format!(
                "without `{}`: {}",
                suggestion.term, suggestion.total
            ));
        }
        if let Some(described) = &advice.described {
            let descriptions = counted(described.total, "description");
            output.note(&format!("in {descriptions}: `{}`", described.term));
        }
        if found == 0 && advice.looser > 0 {
            let matches = match advice.looser {
                1 => "1 looser match".to_owned(),
                looser => format!("{looser} looser matches"),
            };
            output.note(&format!("{matches}; --loose includes them"));
        }
    }

    /// Reports the number of postings.
    pub(super) fn tell_count(&self, output: &mut Output) {
        let (total, of) = (self.matches.total, counted(self.matches.of, "posting"));
        let folded = match self.matches.collapsed() {
            0 => String::new(),
            folded => format!(", {folded} of them grouped"),
        };
        let shown = self.matches.rows.len();
        output.note(&if shown < self.matches.shown {
            format!("{total} of {of}{folded}, the first {shown} shown")
        } else {
            format!("{total} of {of}{folded}")
        });
    }
}

/// Maximum number of postings. Those on a server are fetched, and never all.
fn limit(given: Option<usize>, index: &Index) -> usize {
    let most = if index.is_remote() {
        FETCHED
    } else {
        index.len()
    };
    given.map_or(most, |given| given.min(most))
}

/// The message, the query, and carets under the term concerned.
fn explained(query: &str, mark: &Mark) -> String {
    let unfinished = match mark.kind {
        MarkKind::Error | MarkKind::Hint => "",
        MarkKind::Incomplete => "unfinished: ",
    };
    let indent = query[..mark.span.start].width();
    let carets = query[mark.span.clone()].width().max(1);
    format!(
        "{unfinished}{}\n  {query}\n  {}{}",
        mark.message,
        " ".repeat(indent),
        "^".repeat(carets)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_the_term() {
        for (query, said) in [
            (
                "日本 lok:x rust",
                "no field `lok:`; did you mean `loc:`?\n  日本 lok:x rust\n       ^^^^^",
            ),
            (
                "rust |",
                "unfinished: `|` needs a term on each side\n  rust |\n       ^",
            ),
        ] {
            let marks = query::parse(query).marks;
            let explained: Vec<_> = marks.iter().map(|mark| explained(query, mark)).collect();
            assert_eq!(explained, [said]);
        }
    }
}
