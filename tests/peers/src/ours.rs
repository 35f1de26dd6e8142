//! jobdeck's own search, without a terminal.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jobdeck::board::{Board, Date};
use jobdeck::query::parse;
use jobdeck::search::{Index, Request, Searcher};

use crate::finder::{Finder, Found};

/// Rows that the app asks for.
const LIMIT: usize = 500;

/// The day of everything.
pub fn today() -> Date {
    jiff::civil::date(2026, 1, 7)
}

/// Indexes a board; the time too.
pub fn index(board: &Arc<Board>) -> (Arc<Index>, Duration) {
    let start = Instant::now();
    let index = Arc::new(Index::new(Arc::clone(board)));
    (index, start.elapsed())
}

/// Searches an index: ranked rows, counts and facets.
pub struct Searching {
    index: Arc<Index>,
    searcher: Searcher,
}

impl Searching {
    pub fn new(index: Arc<Index>) -> Self {
        let searcher = Searcher::new(Arc::clone(&index));
        Self { index, searcher }
    }
}

impl Finder for Searching {
    fn name(&self) -> &'static str {
        "jobdeck"
    }

    fn clear(&mut self) {
        self.searcher = Searcher::new(Arc::clone(&self.index));
        self.show("");
    }

    fn show(&mut self, query: &str) -> Found {
        let start = Instant::now();
        let request = Request {
            query: parse(query),
            today: today(),
            limit: LIMIT,
            ..Request::default()
        };
        let found = self.searcher.search(&request, &|| false);
        Found {
            time: start.elapsed(),
            hits: found.map_or(0, |found| found.total),
        }
    }

    fn translate(&self, query: &str) -> String {
        query.to_owned()
    }
}
