//! What a row comes to: how many inputs it tried, and which of them broke a promise.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Violations that are told in full.
const TOLD: usize = 5;

/// Characters of one that are shown.
const SHOWN: usize = 1_000;

/// Counts of one row.
#[derive(Debug, Default)]
pub struct Tally {
    /// Inputs tried.
    pub count: u64,
    /// Promises broken.
    pub violations: u64,
    /// The first of them.
    pub told: Vec<String>,
}

impl Tally {
    /// Takes a run, and what was wrong with it.
    pub fn run(&mut self, run: impl fmt::Display, fault: Option<String>) {
        self.count += 1;
        if let Some(fault) = fault {
            self.violation(format!("{run}: {fault}"));
        }
    }

    /// Takes a promise that was broken.
    pub fn violation(&mut self, what: impl Into<String>) {
        self.violations += 1;
        if self.told.len() < TOLD {
            self.told.push(what.into());
        }
    }

    /// Does something that must not panic and whose promise must hold; says whether it did. `what` names the input.
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

    /// Adds what another one came to.
    pub fn add(&mut self, other: Self) {
        self.count += other.count;
        self.violations += other.violations;
        self.told.extend(other.told);
        self.told.truncate(TOLD);
    }

    /// For a test: what was tried was naive, and the checks noticed each time.
    #[track_caller]
    pub fn assert_all_caught(&self) {
        assert!(self.count > 0, "nothing was tried");
        assert_eq!(self.violations, self.count, "{self}");
    }

    /// For a test: everything was tried, and nothing broke.
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

/// Runs the parts of a row on every core, and adds up what they come to.
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
                    // Not while the lock is held: the others work meanwhile.
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
