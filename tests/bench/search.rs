//! Measures searching, from scratch and letter by letter, on synthetic boards of several sizes.
//!
//! `cargo bench --bench search` runs 10⁴, 10⁵ and 10⁶ postings; other sizes can be given after `--`. If
//! `JOBDECK_REAL_DATA` names a folder of captured postings, boards are drawn from them instead.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]
#![allow(clippy::cast_precision_loss, reason = "numbers of places are small")]

#[allow(dead_code, reason = "what the comparison with others uses")]
mod postings;

use std::sync::Arc;
use std::time::{Duration, Instant};

use jobdeck::board::{Board, Date, Location};
use jobdeck::market::Market;
use jobdeck::query::parse;
use jobdeck::search::{Index, Marks, Request, Row, Searcher, similar};

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const QUERIES: [&str; 15] = [
    "",
    "a",
    "sci",
    "scientist",
    "applied scientist seattle",
    "snr aplied scntst",
    "bengaluru data",
    "zzzz",
    "!senior loc:seattle",
    "country:=US team:data",
    "near:berlin sort:near",
    "from:de",
    "engineer | scientist",
    "software engineer",
    "text:forecasting",
];
const ROUNDS: usize = 7;

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        SIZES.to_vec()
    } else {
        sizes
    };
    let first = Instant::now();
    std::hint::black_box(Location::parse("Kiel, DE"));
    let first = first.elapsed();
    let source = postings::Source::open();
    println!("postings drawn from {}", source.name());
    measure_places(&source, first);
    for size in sizes {
        let board = Arc::new(Board::new("bench".into(), source.draw(size), Vec::new()));
        let distinct = board.postings().map(|posting| posting.title.clone());
        let distinct = distinct.collect::<std::collections::HashSet<_>>().len();
        let start = Instant::now();
        let index = Arc::new(Index::new(board));
        println!(
            "\n{size} postings, {distinct} distinct titles; index built in {}",
            shown(start.elapsed())
        );
        println!(
            "{:<28}{:>10}{:>10}{:>12}{:>12}{:>10}",
            "query", "hits", "scratch", "typed p50", "typed max", "keys"
        );
        let mut all = Vec::new();
        for query in QUERIES {
            all.extend(measure(&index, query));
        }
        all.sort_unstable();
        let at = |percent: usize| shown(all[(all.len() - 1) * percent / 100]);
        println!(
            "all keystrokes: p50 {}  p90 {}  p99 {}  max {}",
            at(50),
            at(90),
            at(99),
            at(100)
        );
        measure_similar(&index);
        measure_folded(&index);
        measure_market(&index);
    }
}

/// How long the market of an answered search takes.
fn measure_market(index: &Arc<Index>) {
    for query in [
        "",
        "scientist",
        "!senior loc:seattle",
        "country:=US team:data",
    ] {
        let request = Request {
            query: parse(query),
            today: Date::constant(2026, 10, 1),
            ..Request::default()
        };
        let mut searcher = Searcher::new(Arc::clone(index));
        let found = searcher.search(&request, &|| false);
        let found = found.map_or(0, |matches| matches.total);
        let times = (0..ROUNDS).map(|_| {
            let start = Instant::now();
            std::hint::black_box(Market::compute(&mut searcher, &request, &|| false));
            start.elapsed()
        });
        let mut times: Vec<Duration> = times.collect();
        times.sort_unstable();
        println!(
            "market of {query:<24}{found:>10}{:>12} median, {} at most",
            shown(times[ROUNDS / 2]),
            shown(times[ROUNDS - 1])
        );
    }
}

/// How long resolving a place takes, beside folding the same words and beside reading them from JSON, which an import
/// does for every posting.
fn measure_places(source: &postings::Source, first: Duration) {
    const DRAWN: usize = 20_000;
    let postings = source.draw(DRAWN);
    let places = postings.iter().flat_map(|posting| &posting.locations);
    let places: Vec<String> = places.map(|place| place.written.clone()).collect();
    let lines: Vec<String> = places
        .iter()
        .map(|place| serde_json::json!({ "id": 1, "title": "Cook", "location": place }).to_string())
        .collect();
    let best = |of: &mut dyn FnMut()| {
        let times = (0..ROUNDS).map(|_| {
            let start = Instant::now();
            of();
            start.elapsed()
        });
        let best = times.min().unwrap_or_default();
        best.as_secs_f64() * 1e6 / places.len().max(1) as f64
    };
    let resolved = best(&mut || {
        for place in &places {
            std::hint::black_box(Location::parse(place));
        }
    });
    let folded = best(&mut || {
        for place in &places {
            std::hint::black_box(jobdeck::board::fold::fold(place));
        }
    });
    let read = best(&mut || {
        for line in &lines {
            std::hint::black_box(serde_json::from_str::<serde_json::Value>(line).is_ok());
        }
    });
    let start = Instant::now();
    std::hint::black_box(jobdeck::places::other_names("munich"));
    let first_names = start.elapsed();
    let words = [
        "munich",
        "germany",
        "new york",
        "beijing",
        "scientist",
        "rust",
    ];
    let start = Instant::now();
    for word in words {
        std::hint::black_box(jobdeck::places::other_names(word));
    }
    let names = start.elapsed().as_secs_f64() * 1e6 / words.len() as f64;
    println!(
        "a place resolved in {resolved:.2} µs: {:.1} times as long as folding it ({folded:.2} µs), {:.1} times as long as \
         reading it from a line of JSON ({read:.2} µs); the first one took {first:.1?}",
        resolved / folded,
        resolved / read,
    );
    println!("other names of a word in {names:.1} µs; of the first one in {first_names:.1?}");
}

/// How long it takes to list postings like another one, wall clock of several.
fn measure_similar(index: &Arc<Index>) {
    const SUBJECTS: usize = 20;
    let step = (index.len() / SUBJECTS).max(1);
    let mut times: Vec<Duration> = (0..index.len())
        .step_by(step)
        .map(|at| {
            let row = Row(u32::try_from(at).unwrap_or(0));
            let start = Instant::now();
            std::hint::black_box(similar(index, row, 100, &Marks::default(), &|| false));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "similar postings of {}: p50 {}  max {}",
        times.len(),
        shown(times[times.len() / 2]),
        shown(times[times.len() - 1])
    );
}

/// Time to find duplicates, and the overhead of grouping them in a search.
fn measure_folded(index: &Arc<Index>) {
    let start = Instant::now();
    index.find_duplicates();
    println!("what says the same found in {}", shown(start.elapsed()));
    for query in ["", "a", "scientist"] {
        let mut best = [Duration::MAX; 2];
        let mut rows = 0;
        for _ in 0..ROUNDS {
            for (best, group) in best.iter_mut().zip([false, true]) {
                let request = Request {
                    group,
                    ..request(query)
                };
                let mut searcher = Searcher::new(Arc::clone(index));
                let start = Instant::now();
                let found = searcher.search(&request, &|| false);
                *best = start.elapsed().min(*best);
                rows = found.map_or(0, |found| found.shown);
            }
        }
        let [whole, grouped] = best.map(shown);
        println!(
            "{:<28}{whole} whole, {grouped} folded into {rows} rows",
            format!("`{query}`")
        );
    }
}

/// Measures a query, prints its line, and returns the time of each keystroke.
fn measure(index: &Arc<Index>, query: &str) -> Vec<Duration> {
    let whole = request(query);
    let mut scratch = Duration::MAX;
    let mut hits = 0;
    for _ in 0..ROUNDS {
        let mut searcher = Searcher::new(Arc::clone(index));
        let (time, found) = timed(&mut searcher, &whole);
        scratch = scratch.min(time);
        hits = found;
    }
    let ends: Vec<usize> = (1..=query.len()).collect();
    let mut best = vec![Duration::MAX; ends.len()];
    for _ in 0..ROUNDS {
        let mut searcher = Searcher::new(Arc::clone(index));
        timed(&mut searcher, &request(""));
        for (best, &end) in best.iter_mut().zip(&ends) {
            *best = timed(&mut searcher, &request(&query[..end])).0.min(*best);
        }
    }
    let mut sorted = best.clone();
    sorted.sort_unstable();
    let p50 = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let max = sorted.last().copied().unwrap_or_default();
    println!(
        "{:<28}{hits:>10}{:>10}{:>12}{:>12}  {}",
        format!("`{query}`"),
        shown(scratch),
        shown(p50),
        shown(max),
        best.iter()
            .map(|time| format!("{:.1}", time.as_secs_f64() * 1e3))
            .collect::<Vec<_>>()
            .join(" ")
    );
    best
}

fn request(query: &str) -> Request {
    Request {
        query: parse(query),
        today: jiff::civil::date(2026, 1, 7),
        limit: 1000,
        ..Request::default()
    }
}

fn timed(searcher: &mut Searcher, request: &Request) -> (Duration, usize) {
    let start = Instant::now();
    let found = searcher.search(request, &|| false);
    (start.elapsed(), found.map_or(0, |found| found.total))
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
