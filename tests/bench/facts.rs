//! How long reading facts takes, and how much of an index they are.
//!
//! `cargo bench --bench facts -- FOLDER` reads the texts of a board.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jobdeck::facts;
use jobdeck::search::{Array, Index};

const ROUNDS: usize = 5;

fn main() {
    let folder = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let Some(folder) = folder.map(PathBuf::from) else {
        println!("which board? cargo bench --bench facts -- FOLDER");
        return;
    };
    let board = jobdeck::content::load(&folder).expect("a board").board;
    let postings: Vec<_> = board.postings().collect();
    let bytes: usize = postings
        .iter()
        .map(|posting| posting.description.len())
        .sum();
    let count = u32::try_from(postings.len().max(1)).expect("a board of this size");
    println!("{count} postings, {} bytes each", bytes / count as usize);
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = cpu().unwrap_or_default();
        let wall = Instant::now();
        for posting in &postings {
            std::hint::black_box(facts::of_posting(posting));
        }
        let took = cpu().map_or_else(|| wall.elapsed(), |now| now.saturating_sub(start));
        best = best.min(took);
    }
    let each = best.as_secs_f64() / f64::from(count);
    println!(
        "{:.1} µs a posting, {:.2} s for 100,000 on one core",
        each * 1e6,
        each * 1e5
    );
    drop(postings);
    let board = Arc::new(board);
    let size = |index: &Index| index.write(|_| true).iter().map(bytes_of).sum::<usize>();
    let (with, without) = (
        size(&Index::new(Arc::clone(&board))),
        size(&Index::stated(board)),
    );
    let facts =
        u32::try_from(with.saturating_sub(without)).map_or(f64::NAN, f64::from) / f64::from(count);
    println!("{facts:.1} bytes of the index a posting");
}

/// Time that this thread has computed, where the system tells.
fn cpu() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = told.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

fn bytes_of(array: &Array<'_>) -> usize {
    match array {
        Array::Bytes(numbers) => numbers.len(),
        Array::Shorts(numbers) => 2 * numbers.len(),
        Array::Words(numbers) => 4 * numbers.len(),
        Array::Longs(numbers) => 8 * numbers.len(),
    }
}
