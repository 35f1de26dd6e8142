//! The harness: hostile input against the real program, counted.
//!
//! An ordinary test run takes a sample of each row. `JOBDECK_HARNESS=full cargo test --release harness -- --nocapture`
//! takes all of it, and prints how many runs and violations there were.

mod exits;
mod floods;
mod urls;

use std::fmt::Display;

/// How many: a few, or all of them.
pub fn count(sample: usize, full: usize) -> usize {
    if is_full() { full } else { sample }
}

/// Whether all of it is asked for.
pub fn is_full() -> bool {
    std::env::var_os("JOBDECK_HARNESS").is_some_and(|asked| asked == "full")
}

/// Runs and violations of one row.
pub struct Tally {
    row: &'static str,
    runs: usize,
    violations: Vec<String>,
}

impl Tally {
    /// A row without any runs.
    pub fn of(row: &'static str) -> Self {
        Self {
            row,
            runs: 0,
            violations: Vec::new(),
        }
    }

    /// A run, and what was wrong with it.
    pub fn add(&mut self, run: impl Display, fault: Option<String>) {
        self.runs += 1;
        self.violations
            .extend(fault.map(|fault| format!("{run}: {fault}")));
    }

    /// Prints the row; fails if there were violations.
    pub fn finish(self) {
        let Self {
            row,
            runs,
            violations,
        } = self;
        println!(
            "harness {row}: {runs} runs, {} violations",
            violations.len()
        );
        assert!(violations.is_empty(), "{}", violations.join("\n"));
    }
}
