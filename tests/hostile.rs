//! Hostile content, hostile input and dying terminals: checks the real program and counts violations.
//!
//! `cargo test` runs a sample of every row, and applies each row's checks to a naive implementation, which must fail
//! them. The full run ends with a table: `cargo test --release --test all hostile::in_full -- --ignored --nocapture`.
//! `JOBDECK_ROWS="2 6"` selects rows.

mod changes;
mod desk;
mod exits;
mod feeds;
mod files;
mod floods;
mod mutants;
mod payloads;
mod places;
pub mod rng;
mod scalars;
mod sheet;
mod sizes;
mod stopwatch;
mod strings;
mod tally;
mod urls;
mod views;
mod wire;

use std::time::{Duration, Instant};

use crate::real::Ending;
use tally::Tally;

/// Maximum time to end on an idle machine.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Scale of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// A deterministic sample that takes about a second.
    Sample,
    /// All inputs.
    Full,
}

impl Scale {
    /// Number of runs.
    fn of(self, sample: usize, full: usize) -> usize {
        match self {
            Self::Sample => sample,
            Self::Full => full,
        }
    }

    /// What was wrong with the end of a program. Times are only checked in full runs on an idle machine.
    fn fault(self, ending: &Ending, status: u32) -> Option<String> {
        let late = self == Self::Full && ending.took > AT_ONCE;
        ending
            .fault(status)
            .or_else(|| late.then(|| format!("took {:?}", ending.took)))
    }
}

/// A scenario, and the required number of inputs.
struct Row {
    number: u8,
    scenario: &'static str,
    required: u64,
    run: fn(Scale) -> Tally,
    /// The same checks on a naive implementation, which must fail them.
    naive: fn() -> Tally,
}

const ROWS: &[Row] = &[
    Row {
        number: 1,
        scenario: "every Unicode scalar in every field, through list and detail",
        required: 2 * 1_112_064,
        run: scalars::run,
        naive: scalars::naive,
    },
    Row {
        number: 2,
        scenario: "payloads that a terminal obeys, in every text, view and command, on a real terminal",
        required: 600,
        run: payloads::run,
        naive: payloads::naive,
    },
    Row {
        number: 3,
        scenario: "Zalgo, joined and endless texts, the Big List of Naughty Strings",
        required: 100_000,
        run: strings::run,
        naive: strings::naive,
    },
    Row {
        number: 4,
        scenario: "invalid TOML, bombs of depth and size, what is no regular file",
        required: 509 + 85 + 15,
        run: files::run,
        naive: files::naive,
    },
    Row {
        number: 5,
        scenario: "damaged files, loaded and looked at in every view",
        required: 1_000_000,
        run: mutants::run,
        naive: mutants::naive,
    },
    Row {
        number: 6,
        scenario: "every way out of every screen; stop and continue; hangups",
        required: 115,
        run: exits::run,
        naive: exits::naive,
    },
    Row {
        number: 7,
        scenario: "floods of keys, pastes, bytes and the mouse; half sequences",
        required: 9,
        run: floods::run,
        naive: floods::naive,
    },
    Row {
        number: 8,
        scenario: "every size from 1×1 to 120×100 on every screen, 1,000 live resizes",
        required: sizes::REQUIRED,
        run: sizes::run,
        naive: sizes::naive,
    },
    Row {
        number: 9,
        scenario: "urls against a launcher that logs, fails, spams, hangs",
        required: 200,
        run: urls::run,
        naive: urls::naive,
    },
    Row {
        number: 10,
        scenario: "content removed, truncated, checked out while browsing",
        required: 1_000,
        run: changes::run,
        naive: changes::naive,
    },
    Row {
        number: 11,
        scenario: "hostile values in every field of a feed, synced five nights",
        required: 20_000,
        run: feeds::run,
        naive: feeds::naive,
    },
    Row {
        number: 12,
        scenario: "FIFOs, devices, links, folders and holes in the place of every file",
        required: 199,
        run: places::run,
        naive: places::naive,
    },
];

/// A panic counts as a violation, and the other rows still run.
fn whole(row: &Row, run: impl FnOnce() -> Tally) -> Tally {
    let mut tally = Tally::default();
    let mut done = Tally::default();
    tally.try_one(
        || format!("row {}", row.number),
        || {
            done = run();
            Ok(())
        },
    );
    tally.add(done);
    tally
}

#[test]
#[ignore = "takes minutes"]
fn in_full() {
    // The same program, started as a child that may be killed.
    if files::child() {
        return;
    }
    let wanted = std::env::var("JOBDECK_ROWS").unwrap_or_default();
    let wanted: Vec<u8> = wanted
        .split_whitespace()
        .map(|row| row.parse().unwrap())
        .collect();
    // Panics are counted and reported; the naive implementation panics often.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut lines = Vec::new();
    let mut broken = Vec::new();
    let rows = ROWS.iter();
    for row in rows.filter(|row| wanted.is_empty() || wanted.contains(&row.number)) {
        let started = Instant::now();
        let tally = whole(row, || (row.run)(Scale::Full));
        println!("row {}: {tally} in {:.0?}", row.number, started.elapsed());
        let naive = whole(row, row.naive);
        if tally.violations > 0 || tally.count < row.required || naive.violations == 0 {
            broken.push(row.number);
        }
        lines.push(format!(
            "| {} | {} | {} | {} | {} | {} |",
            row.number, row.scenario, row.required, tally.count, tally.violations, naive.violations
        ));
    }
    println!("\n| row | scenario | required | count | violations | found in what is naive |");
    println!("|---|---|---|---|---|---|\n{}", lines.join("\n"));
    std::panic::set_hook(hook);
    assert!(broken.is_empty(), "rows {broken:?}");
}
