//! What narrows as one types, and how it is measured.

use std::time::Duration;

/// What is asked; the fields of the last one are jobdeck's own.
pub const QUERIES: [&str; 8] = [
    "a",
    "sci",
    "scientist",
    "applied scientist seattle",
    "snr aplied scntst",
    "bengaluru data",
    "zzzz",
    "!senior loc:seattle",
];
/// How often everything is measured that can be; the shortest time counts, for every finder alike.
const ROUNDS: usize = 3;

/// Something that finds lines.
pub trait Finder {
    /// What it is called.
    fn name(&self) -> &'static str;
    /// How often it can be asked the same, and not answer from memory.
    fn rounds(&self) -> usize {
        ROUNDS
    }
    /// Forgets the query.
    fn clear(&mut self);
    /// Shows a query, which may be the one before with more letters.
    fn show(&mut self, query: &str) -> Found;
    /// A query in its own language.
    fn translate(&self, query: &str) -> String {
        query.replace("loc:", "")
    }
}

/// What was found, and how long it took.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub time: Duration,
    pub hits: usize,
}

/// What a finder did.
#[derive(Clone)]
pub struct Measured {
    pub name: &'static str,
    /// For each query, asked at once.
    pub scratch: Vec<Found>,
    /// For each query, each of its letters; empty where they were not typed.
    pub typed: Vec<Vec<Found>>,
}

impl Measured {
    /// Results of programs that were only started.
    pub fn nothing(name: &'static str) -> Self {
        Self {
            name,
            scratch: Vec::new(),
            typed: Vec::new(),
        }
    }

    /// The times of all letters, shortest first.
    pub fn letters(&self) -> Vec<Duration> {
        let letters = self.typed.iter().flatten().map(|found| found.time);
        let mut letters: Vec<Duration> = letters.collect();
        letters.sort_unstable();
        letters
    }
}

/// Asks everything.
pub fn measure(finder: &mut dyn Finder, typed: bool) -> Measured {
    eprintln!("measuring {}", finder.name());
    let queries = QUERIES.map(|query| finder.translate(query));
    let mut measured = Measured {
        name: finder.name(),
        scratch: Vec::new(),
        typed: Vec::new(),
    };
    // Earlier input may be cached, so the one-step query runs first.
    for query in &queries {
        measured
            .scratch
            .extend(rounds(finder, std::slice::from_ref(query)));
    }
    for query in queries.iter().filter(|_| typed) {
        let ends = query.char_indices().map(|(at, c)| at + c.len_utf8());
        let beginnings: Vec<String> = ends.map(|end| query[..end].to_owned()).collect();
        measured.typed.push(rounds(finder, &beginnings));
    }
    measured
}

fn rounds(finder: &mut dyn Finder, queries: &[String]) -> Vec<Found> {
    let mut best: Vec<Found> = Vec::new();
    for _ in 0..finder.rounds() {
        finder.clear();
        let found: Vec<Found> = queries.iter().map(|query| finder.show(query)).collect();
        if best.is_empty() {
            best = found;
            continue;
        }
        for (best, found) in best.iter_mut().zip(found) {
            if found.time < best.time {
                *best = found;
            }
        }
    }
    best
}
