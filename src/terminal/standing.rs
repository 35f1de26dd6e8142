//! How a board stands to when it was last looked at, and what the mute rules say of it.

use std::sync::Arc;

use crate::app::Standing;
use crate::board::Date;
use crate::query::{self, State};
use crate::search::{Index, Marks, Request, Searcher};

/// What a board is held against.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// The mute rules: queries.
    pub mute: Vec<String>,
}

/// How a board stands on this day.
pub fn of(index: &Arc<Index>, rules: &Rules, today: Date) -> Standing {
    Standing {
        marks: muted(index, &rules.mute, today),
        ..Standing::default()
    }
}

/// What the mute rules say of a board.
pub fn muted(index: &Arc<Index>, rules: &[String], today: Date) -> Marks {
    let mut marks = Marks::default();
    let mut searcher = Searcher::new(Arc::clone(index));
    for rule in rules {
        let request = Request {
            query: query::parse(rule),
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
