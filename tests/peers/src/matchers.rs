//! Matcher crates that other programs use, on all cores.

use std::sync::Arc;
use std::time::Instant;

use frizbee::Matcher;
use nucleo::pattern::{CaseMatching, Normalization};

use crate::finder::{Finder, Found};

/// How long it is waited for a result at a time, in milliseconds.
const TICK: u64 = 10_000;

/// nucleo, which narrows what it found before.
pub struct Nucleo {
    nucleo: nucleo::Nucleo<()>,
    query: String,
}

impl Nucleo {
    /// Has these lines.
    pub fn new(lines: &[String]) -> Self {
        let notify = Arc::new(|| ());
        let nucleo = nucleo::Nucleo::new(nucleo::Config::DEFAULT, notify, None, 1);
        let injector = nucleo.injector();
        for line in lines {
            injector.push((), |(), columns| columns[0] = line.as_str().into());
        }
        let mut all = Self {
            nucleo,
            query: String::new(),
        };
        all.show("");
        all
    }
}

impl Finder for Nucleo {
    fn name(&self) -> &'static str {
        "nucleo"
    }

    fn clear(&mut self) {
        self.show("");
    }

    fn show(&mut self, query: &str) -> Found {
        let start = Instant::now();
        let longer = query.starts_with(&self.query);
        let (case, normalization) = (CaseMatching::Smart, Normalization::Smart);
        self.nucleo
            .pattern
            .reparse(0, query, case, normalization, longer);
        while self.nucleo.tick(TICK).running {}
        let time = start.elapsed();
        query.clone_into(&mut self.query);
        let hits = self.nucleo.snapshot().matched_item_count() as usize;
        Found { time, hits }
    }
}

/// frizbee, which looks at every line each time.
pub struct Frizbee<'a> {
    lines: &'a [String],
    threads: usize,
}

impl<'a> Frizbee<'a> {
    /// Has these lines.
    pub fn new(lines: &'a [String]) -> Self {
        let threads = std::thread::available_parallelism();
        Self {
            lines,
            threads: threads.map_or(1, Into::into),
        }
    }
}

impl Finder for Frizbee<'_> {
    fn name(&self) -> &'static str {
        "frizbee"
    }

    fn clear(&mut self) {}

    fn show(&mut self, query: &str) -> Found {
        let start = Instant::now();
        let mut matcher = Matcher::from_query(query, &frizbee::Config::default());
        let found = matcher.match_list_parallel(self.lines, self.threads);
        Found {
            time: start.elapsed(),
            hits: found.len(),
        }
    }
}
