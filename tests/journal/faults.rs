//! Fault injection: every file system call of a mark fails, or is the last one.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use super::{Home, Keeper, Row, said};

/// File system calls, writing ones first.
const CALLS: [&str; 11] = [
    "write",
    "fsync",
    "flock",
    "ftruncate",
    "mkdir",
    "access",
    "close",
    "lseek",
    "openat",
    "read",
    "statx",
];

/// Number of times a mark makes each call, from a trace.
fn calls(home: &Home, names: &[&'static str]) -> BTreeMap<&'static str, usize> {
    let log = home.folder.path().join("trace");
    let trace = format!("trace={}", names.join(","));
    let by_way_of = ["strace", "-f", "-o", log.to_str().unwrap(), "-e", &trace];
    assert!(home.save(&by_way_of, 0).status.success());
    let log = fs::read_to_string(log).unwrap();
    let count = |name: &str| {
        let call = format!("{name}(");
        log.lines().filter(|line| line.contains(&call)).count()
    };
    names.iter().map(|name| (*name, count(name))).collect()
}

fn has_strace() -> bool {
    let strace = Command::new("strace")
        .args(["-f", "-o", "/dev/null", "true"])
        .output();
    strace.is_ok_and(|output| output.status.success())
}

/// For the first and second mark of a journal: a rejected mark leaves the state unchanged, an acknowledged one is
/// stored, and the next one always works.
pub(super) fn run(keeper: Keeper, most: usize) -> Row {
    if !has_strace() {
        return Row {
            beside: "skipped: no `strace`".to_owned(),
            ..Row::default()
        };
    }
    let mut points = Vec::new();
    for marked in [1, 0] {
        let home = with_one(keeper, marked);
        let calls = calls(&home, &CALLS);
        for name in CALLS {
            for when in 1..=calls[name] {
                for how in ["error=EIO", "error=ENOSPC", "signal=KILL"] {
                    points.push((marked, name, when, how));
                }
            }
        }
    }
    points.truncate(most);
    let strikes = points.iter();
    let lost =
        strikes.filter_map(|(marked, name, when, how)| strike(keeper, *marked, name, *when, how));
    Row {
        lost: lost.collect(),
        done: points.len(),
        beside: String::new(),
    }
}

/// A home with no or one marked posting.
fn with_one(keeper: Keeper, marked: usize) -> Home {
    let home = Home::of(keeper, 3);
    if marked == 1 {
        assert!(home.save(&[], 1).status.success());
    }
    home
}

/// Loss caused by a failure at one call.
fn strike(keeper: Keeper, marked: usize, name: &str, when: usize, how: &str) -> Option<String> {
    let home = with_one(keeper, marked);
    let inject = format!("inject={name}:{how}:when={when}");
    // Only traced calls can be made to fail.
    let trace = format!("trace={name}");
    let strace = [
        "strace",
        "-f",
        "-o",
        "/dev/null",
        "-e",
        &trace,
        "-e",
        &inject,
    ];
    let output = home.save(&strace, 2);
    let saved = home.saved();
    let refused = output.status.code() == Some(2) && said(&output).contains("nothing was kept");
    let after = home.save(&[], 0);
    let wrong = if saved.contains(&1) != (marked == 1) {
        "the earlier mark is gone"
    } else if output.status.success() && !saved.contains(&2) {
        "it was acknowledged and is not there"
    } else if refused && saved.contains(&2) {
        "it was refused and is there"
    } else if !after.status.success() || !home.saved().is_superset(&saved) {
        "the next one does not work"
    } else {
        return None;
    };
    Some(format!(
        "{inject}, {marked} marked before: {wrong}; {}",
        said(&output)
    ))
}
