//! How a board stands to when it was last looked at, and what the mute rules say of it.

use std::sync::Arc;

use crate::app::Standing;
use crate::board::Date;
use crate::query::{self, Person, State};
use crate::search::{Index, Marks, Request, Row, Searcher};
use crate::tracking::Knowns;
use crate::tracking::roster::Visitor;

/// What a board is held against.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// The mute rules: queries.
    pub mute: Vec<String>,
    /// Where the person lives and may work.
    pub person: Person,
    /// Other names that the user gave to words.
    pub aliases: Vec<(String, Vec<String>)>,
    /// Who remembers what was there at the last look, if anybody does.
    pub visitor: Option<Visitor>,
}

/// How a board stands on this day, and what the person should be told of that.
pub fn of(index: &Arc<Index>, rules: &Rules, today: Date) -> (Standing, Vec<String>) {
    let marks = muted(index, rules, today);
    let Some(visitor) = &rules.visitor else {
        let unknown = Standing {
            marks,
            ..Standing::default()
        };
        return (unknown, Vec::new());
    };
    let visit = visitor.look(index.board(), today);
    let standing = Standing {
        marks: with_news(index, marks, &visit.known),
        since: visit.since,
        gone: visit.gone,
        fresh: visit.fresh,
        known: visit.known,
    };
    (standing, visit.troubles)
}

/// What the mute rules say of a board.
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

fn with_news(index: &Index, mut marks: Marks, known: &Knowns) -> Marks {
    for (at, known) in known.news() {
        let row = Row(at as u32);
        let of = marks.get(index, row);
        let of = of.with(State::New, known.is_new);
        marks.set(index, row, of.with(State::Changed, !known.is_new));
    }
    marks
}
