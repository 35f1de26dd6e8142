//! Tally of a row: the number of inputs, and the violations.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Number of violations reported in full.
const TOLD: usize = 5;

/// Maximum length of a reported violation.
const SHOWN: usize = 1_000;

/// Counts of one row.
#[derive(Debug, Default)]
pub struct Tally {
    /// Inputs tried.
    pub count: u64,
    /// Violations.
    pub violations: u64,
    /// The first violations.
    pub told: Vec<String>,
}

impl Tally {
    /// Records a run and its fault, if any.
    pub fn run(&mut self, run: impl fmt::Display, fault: Option<String>) {
        self.count += 1;
        if let Some(fault) = fault {
            self.violation(format!("{run}: {fault}"));
        }
    }

    /// Records a violation.
    pub fn violation(&mut self, what: impl Into<String>) {
        self.violations += 1;
        if self.told.len() < TOLD {
            self.told.push(what.into());
        }
    }

    /// Runs work that must neither panic nor fail; returns whether it succeeded. `what` names the input.
    pub fn try_one(
        &mut self,
        what: impl FnOnce() -> String,
        work: impl FnOnce() -> Result<(), String>,
    ) -> bool {
        let done = catch_unwind(AssertUnwindSafe(work));
        let why = match done {
            Ok(Ok(())) => return true,
            Ok(Err(why)) => why,
            Err(panic) => format!("panicked: {}", message(panic.as_ref())),
        };
        self.violation(format!("{why}: {}", what()));
        false
    }

    /// Adds another tally.
    pub fn add(&mut self, other: Self) {
        self.count += other.count;
        self.violations += other.violations;
        self.told.extend(other.told);
        self.told.truncate(TOLD);
    }

    /// Asserts that every naive input was detected.
    #[track_caller]
    pub fn assert_all_caught(&self) {
        assert!(self.count > 0, "nothing was tried");
        assert_eq!(self.violations, self.count, "{self}");
    }

    /// Asserts that inputs were tried without violations.
    #[track_caller]
    pub fn assert_clean(&self) {
        assert!(self.violations == 0, "{self}");
        assert!(self.count > 0, "nothing was tried");
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} tried, {} violations", self.count, self.violations)?;
        for told in &self.told {
            let shown: String = told.escape_debug().take(SHOWN).collect();
            write!(f, "\n  {shown}")?;
        }
        Ok(())
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let literal = panic.downcast_ref::<&str>().copied();
    let formatted = || panic.downcast_ref::<String>().map(String::as_str);
    literal.or_else(formatted).unwrap_or("without a message")
}

/// Runs the parts of a row on every core and sums up the tallies.
pub fn in_parts(parts: usize, work: impl Fn(usize) -> Tally + Sync) -> Tally {
    let next = AtomicUsize::new(0);
    let sum = Mutex::new(Tally::default());
    let work_on = || {
        loop {
            let part = next.fetch_add(1, Ordering::Relaxed);
            if part >= parts {
                return;
            }
            let mut tally = Tally::default();
            tally.try_one(
                || format!("part {part}"),
                || {
                    // Without holding the lock, so that others can continue.
                    let done = work(part);
                    sum.lock().unwrap().add(done);
                    Ok(())
                },
            );
            sum.lock().unwrap().add(tally);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work_on);
        }
    });
    sum.into_inner().unwrap()
}
