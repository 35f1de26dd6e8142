//! Every system call of a mark that touches files, made to fail and made the last one.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use super::{Home, full, said};

/// What a sample tries: the calls that write.
const WRITING: [&str; 5] = ["flock", "fsync", "ftruncate", "mkdir", "write"];
/// What a long run tries besides.
const OTHERS: [&str; 6] = ["access", "close", "lseek", "openat", "read", "statx"];

/// How often one mark makes each call, from its trace.
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

/// The first mark of a journal, and the second one: a mark that is refused leaves what was there, a mark that is
/// acknowledged is there, and whatever happens the next one works.
#[test]
fn a_failure_at_any_call_leaves_the_old_state_or_the_new() {
    if !has_strace() {
        println!("no `strace`: skipped");
        return;
    }
    let names: Vec<_> = if full() {
        [&WRITING[..], &OTHERS].concat()
    } else {
        WRITING.to_vec()
    };
    let mut points = 0;
    for marked in [0, 1] {
        let home = Home::new(3);
        if marked == 1 {
            assert!(home.save(&[], 1).status.success());
        }
        let calls = calls(&home, &names);
        assert!(calls["fsync"] > 0 && calls["write"] > 0, "{calls:?}");
        for (name, made) in calls {
            for when in 1..=made {
                for how in ["error=EIO", "error=ENOSPC", "signal=KILL"] {
                    strike(marked, name, when, how);
                    points += 1;
                }
            }
        }
    }
    println!("failures at system calls: {points} points, 0 lost, none unsaved and acknowledged");
}

fn strike(marked: usize, name: &str, when: usize, how: &str) {
    let home = Home::new(3);
    if marked == 1 {
        assert!(home.save(&[], 1).status.success());
    }
    let inject = format!("inject={name}:{how}:when={when}");
    let place = format!("{inject}, {marked} marked before");
    let by_way_of = [
        "strace",
        "-f",
        "-o",
        "/dev/null",
        "-e",
        "trace=none",
        "-e",
        &inject,
    ];
    let output = home.save(&by_way_of, 2);
    let saved = home.saved();
    assert_eq!(saved.contains(&1), marked == 1, "{place}");
    if output.status.success() {
        assert!(saved.contains(&2), "{place}: {}", said(&output));
    }
    if output.status.code() == Some(2) && said(&output).contains("nothing was kept") {
        assert!(!saved.contains(&2), "{place}: {}", said(&output));
    }
    let after = home.save(&[], 0);
    assert!(after.status.success(), "{place}: {}", said(&after));
    assert!(home.saved().is_superset(&saved), "{place}");
}
