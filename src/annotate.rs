//! Annotates a board for searching: what changed since the last visit, what is muted, and the user's marks.
//!
//! Combines the journal, the visit log and the mute rules into the columns that a search tests; the app and the command
//! line share it.

pub mod marks;

use std::sync::Arc;

use crate::board::Date;
use crate::query::{self, Person, State};
use crate::search::{Index, Marks, News, RemoteEngine, RemoteRules, Request, Row, Searcher};
use crate::tracking::PostingHistories;
use crate::tracking::visit_log::Visitor;

/// Changes of a board since the last visit, and the effect of mute rules.
#[derive(Debug, Clone, Default)]
pub struct VisitSummary {
    /// New, changed and muted postings, by row.
    pub marks: Marks,
    /// Day of the last visit before today; `None` on the first one.
    pub since: Option<Date>,
    /// Number of postings gone since.
    pub gone: usize,
    /// Whether this look found changes that the previous one had not.
    pub fresh: bool,
    /// History of each posting, by row; empty without a visit log.
    pub known: PostingHistories,
}

/// Mute rules and visit log for a board.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Mute rules, as queries.
    pub mute: Vec<String>,
    /// The user's home and the countries they may work in.
    pub person: Person,
    /// Other names that the user gave to words.
    pub aliases: Vec<(String, Vec<String>)>,
    /// Visit log, if one is kept.
    pub visitor: Option<Visitor>,
}

/// Summary of a board as of `today`, and messages for the user.
pub fn summarize(index: &Arc<Index>, rules: &Rules, today: Date) -> (VisitSummary, Vec<String>) {
    let marks = muted(index, rules, today);
    let Some(visitor) = &rules.visitor else {
        let unknown = VisitSummary {
            marks,
            ..VisitSummary::default()
        };
        return (unknown, Vec::new());
    };
    let visit = visitor.look(index.board(), today);
    let standing = VisitSummary {
        marks: with_news(index, marks, &visit.known),
        since: visit.since,
        gone: visit.gone,
        fresh: visit.fresh,
        known: visit.known,
    };
    (standing, visit.troubles)
}

/// Summary of a board on a server, as of `today`, and messages for the user. The server decides by rules which postings are
/// new and which are muted.
pub fn summarize_elsewhere(
    engine: &mut dyn RemoteEngine,
    rules: &Rules,
    board: &str,
    today: Date,
) -> (VisitSummary, Vec<String>) {
    let mute = rules.mute.iter();
    let mut elsewhere = RemoteRules {
        mute: mute
            .map(|rule| query::parse(rule).settled(&rules.person))
            .collect(),
        today,
        news: None,
    };
    let mut summary = VisitSummary::default();
    let mut troubles = Vec::new();
    if let Some((visitor, publication)) = rules.visitor.as_ref().zip(engine.publication()) {
        let number = publication.number;
        let (look, trouble) = visitor.look_elsewhere(board, &publication.lineage, number, today);
        troubles.extend(trouble);
        match look.map(|look| (look, engine.news(look.after, today, &|| false))) {
            Some((look, Ok((new, changed)))) => {
                summary.since = look.since;
                summary.fresh = look.fresh && new + changed > 0;
                elsewhere.news = Some(News {
                    since: look.after,
                    today,
                    new,
                    changed,
                });
            }
            Some((_, Err(error))) => troubles.push(format!("what is new is not known: {error}")),
            None => {}
        }
    }
    summary.marks = Marks::elsewhere(elsewhere);
    (summary, troubles)
}

/// The same with other mute rules.
pub fn muted_elsewhere(summary: &VisitSummary, rules: &Rules) -> VisitSummary {
    let mute = rules.mute.iter();
    let known = summary.marks.rules().map(|rules| RemoteRules::clone(rules));
    VisitSummary {
        marks: Marks::elsewhere(RemoteRules {
            mute: mute
                .map(|rule| query::parse(rule).settled(&rules.person))
                .collect(),
            ..known.unwrap_or_default()
        }),
        ..summary.clone()
    }
}

/// Postings hidden by mute rules.
fn muted(index: &Arc<Index>, rules: &Rules, today: Date) -> Marks {
    let mut marks = Marks::default();
    let mut searcher = Searcher::new(Arc::clone(index));
    for rule in &rules.mute {
        let request = Request {
            query: query::parse(rule).settled(&rules.person),
            today,
            limit: index.len(),
            ..Request::default()
        };
        let found = searcher.search(&request, &|| false).unwrap_or_default();
        for row in found.rows {
            let of = marks.get(index, row).with(State::Muted, true);
            marks.set(index, row, of);
        }
    }
    marks
}

fn with_news(index: &Index, mut marks: Marks, known: &PostingHistories) -> Marks {
    for (at, known) in known.news() {
        let row = Row(at as u32);
        let of = marks.get(index, row);
        let of = of.with(State::New, known.is_new);
        marks.set(index, row, of.with(State::Changed, !known.is_new));
    }
    marks
}
