//! Measures time without waiting for a processor, since other load on the machine is irrelevant.

use std::collections::HashMap;
use std::fs;
use std::time::{Duration, Instant};

use rustix::process::{Pid, getpid};

/// Started when a program receives a request.
pub struct Stopwatch {
    start: Instant,
    program: Pid,
    waits: [HashMap<String, Duration>; 2],
}

impl Stopwatch {
    /// Starts for a program that works for this one.
    pub fn start(program: Pid) -> Self {
        Self {
            waits: [waits(program), waits(getpid())],
            start: Instant::now(),
            program,
        }
    }

    /// Elapsed time, and the part spent waiting for a processor.
    pub fn stop(&self) -> (Duration, Duration) {
        let took = self.start.elapsed();
        let now = [waits(self.program), waits(getpid())];
        let longest = |now: &HashMap<String, Duration>, before: &HashMap<String, Duration>| {
            let waits = now.iter().map(|(thread, wait)| {
                let before = before.get(thread).copied().unwrap_or_default();
                wait.saturating_sub(before)
            });
            waits.max().unwrap_or_default()
        };
        let waited = longest(&now[0], &self.waits[0]) + longest(&now[1], &self.waits[1]);
        (took, waited.min(took))
    }
}

/// Time that each thread of a process has waited for a processor, if the system tells.
fn waits(process: Pid) -> HashMap<String, Duration> {
    let tasks = format!("/proc/{}/task", process.as_raw_nonzero());
    let entries = fs::read_dir(tasks).into_iter().flatten().flatten();
    let wait = |entry: fs::DirEntry| {
        let said = fs::read_to_string(entry.path().join("schedstat")).ok()?;
        let waited = said.split_whitespace().nth(1)?.parse().ok()?;
        let thread = entry.file_name().into_string().ok()?;
        Some((thread, Duration::from_nanos(waited)))
    };
    entries.filter_map(wait).collect()
}

#[test]
fn what_takes_its_time_without_waiting_for_others_is_late() {
    let watch = Stopwatch::start(getpid());
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(20) {
        std::hint::spin_loop();
    }
    let (took, waited) = watch.stop();
    assert!(took >= Duration::from_millis(20));
    assert!(waited <= took);
}
