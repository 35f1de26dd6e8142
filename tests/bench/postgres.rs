//! Loads made-up postings into a PostgreSQL server and measures searching them, letter by letter.
//!
//! `cargo bench --bench postgres --features postgres -- postgres://user@host/database 1000000` publishes that many and
//! measures; without a number it only measures the board that is there. `--each` prints every key; with `--ungrouped`,
//! each duplicate is listed. `JOBDECK_REAL_DATA` as for the other benches.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

#[allow(dead_code, reason = "what the comparison with others uses")]
mod postings;

use postings::Generated;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jobdeck::board::{Board, Date};
use jobdeck::postgres::{Address, Engine, publish};
use jobdeck::query::parse;
use jobdeck::search::{Index, RemoteEngine, Request};

/// Typed letter by letter.
const TYPED: [&str; 8] = [
    "software engineer",
    "applied scientist seattle",
    "sceintist",
    "registered nurse",
    "bengaluru data",
    "team:data country:us",
    "salary:>120k engineer",
    "!senior loc:berlin",
];
const ROUNDS: usize = 3;
/// Number of rows that the panes read for counting.
const COUNTED: usize = 100_000;

fn main() {
    let (options, arguments): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|one| one.starts_with("--"));
    let each = options.iter().any(|one| one == "--each");
    let is_grouped = !options.iter().any(|one| one == "--ungrouped");
    let Some(address) = arguments.first() else {
        println!("usage: cargo bench --bench postgres --features postgres -- ADDRESS [POSTINGS]");
        return;
    };
    let address = Address::new(address, &|name| std::env::var(name).ok()).expect("an address");
    if let Some(count) = arguments.get(1) {
        let count: usize = count.parse().expect("a number of postings");
        let source = postings::Source::open();
        let start = Instant::now();
        let name = source.name();
        let postings = Arc::new(Generated::new(source, count));
        let board = Board::stored(name.into(), postings, Vec::new());
        let index = Arc::new(Index::stated(Arc::new(board)));
        println!(
            "{count} postings of {name} indexed in {:.1?}",
            start.elapsed()
        );
        let start = Instant::now();
        index.find_duplicates();
        println!(
            "{} rows with duplicates grouped, found in {:.1?}",
            index.grouped_len(),
            start.elapsed()
        );
        let start = Instant::now();
        let published = publish(&address, &index, false).expect("a server");
        println!("{} sent in {:.1?}", published.sent, start.elapsed());
    }
    let start = Instant::now();
    let mut engine = Engine::new(address, Vec::new()).counting_at_most(COUNTED);
    let index = engine.open(&[], &|| false).expect("a board");
    println!("{} postings opened in {:.1?}", index.len(), start.elapsed());
    println!(
        "{:<26} {:>9} {:>9} {:>9} {:>9}",
        "typed", "rows p50", "rows max", "all p50", "all max"
    );
    let (mut rows, mut all) = (Vec::new(), Vec::new());
    for typed in TYPED {
        let (mut own_rows, mut own_all) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            for (end_of_key, _) in typed.char_indices().skip(1).chain([(typed.len(), ' ')]) {
                let request = Request {
                    query: parse(&typed[..end_of_key]),
                    today: Date::constant(2026, 1, 10),
                    limit: 60,
                    group: is_grouped,
                    complete: true,
                    ..Request::default()
                };
                let start = Instant::now();
                let mut first = None;
                let matches = engine.search(&request, &|| false, &mut |_| {
                    first.get_or_insert(start.elapsed());
                });
                let end = start.elapsed();
                matches.expect("an answer");
                if each {
                    let first = first.unwrap_or(end);
                    println!("{:<30} {first:>9.0?} {end:>9.0?}", &typed[..end_of_key]);
                }
                own_rows.push(first.unwrap_or(end));
                own_all.push(end);
            }
        }
        row(typed, &mut own_rows, &mut own_all);
        rows.extend(own_rows);
        all.extend(own_all);
    }
    rows.sort_unstable();
    all.sort_unstable();
    println!(
        "{} keystrokes: rows p50 {:.0?} p99 {:.0?}; with counts and facets p50 {:.0?} p99 {:.0?}",
        rows.len(),
        at(&rows, 50),
        at(&rows, 99),
        at(&all, 50),
        at(&all, 99)
    );
}

fn row(typed: &str, rows: &mut [Duration], all: &mut [Duration]) {
    rows.sort_unstable();
    all.sort_unstable();
    let [rows50, rows100, all50, all100] =
        [at(rows, 50), at(rows, 100), at(all, 50), at(all, 100)].map(|time| format!("{time:.0?}"));
    println!("{typed:<26} {rows50:>9} {rows100:>9} {all50:>9} {all100:>9}");
}

/// A percentile of sorted times.
fn at(times: &[Duration], percent: usize) -> Duration {
    let last = times.len().saturating_sub(1);
    times.get(last * percent / 100).copied().unwrap_or_default()
}
