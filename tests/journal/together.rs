//! Several instances that mark at the same time, and one that holds the lock.

use std::fs::File;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use jobdeck::tracking::journal::{Journal, JournalError, ReadBatch};
use jobdeck::tracking::{Mark, PostingKey, Tracking};

use super::{Home, Keeper, Row, Stopped, said};

/// Marks postings one by one, then waits for the other instance and reads its marks.
fn copy(home: &Home, origin: u64, marks: usize, meet: &dyn Fn()) -> (Tracking, Duration) {
    let opened = Journal::open(&home.data(), origin);
    let (mut journal, mut tracking) = (opened.journal, opened.tracking);
    let mut longest = Duration::ZERO;
    for number in 0..marks {
        let key = PostingKey {
            board: "b".into(),
            id: format!("{origin}-{number}"),
        };
        let act = vec![tracking.mark(key, Mark::Saved, None)];
        // Retries if the other instance holds the lock.
        let news = loop {
            let started = Instant::now();
            let news = journal.append(act.clone(), "2026-01-06T09:00:00Z".parse().unwrap());
            match news {
                Err(JournalError::Busy) => {}
                news => {
                    longest = longest.max(started.elapsed());
                    break news.unwrap();
                }
            }
        };
        take(&mut tracking, news);
    }
    meet();
    take(&mut tracking, journal.poll().unwrap());
    (tracking, longest)
}

fn take(tracking: &mut Tracking, news: ReadBatch) {
    assert_eq!((news.damaged.len(), news.newer), (0, 0));
    tracking.extend(news.events);
}

/// Two instances lose no marks, see each other's, and do not wait long for the lock.
pub(super) fn run_copies(keeper: Keeper, runs: usize) -> Row {
    if keeper == Keeper::Naive {
        return run_naive(4);
    }
    let marks = if runs > 1 { 500 } else { 50 };
    let mut row = Row::default();
    let mut longest = Duration::ZERO;
    for _ in 0..runs {
        let home = Home::new(0);
        let both_done = std::sync::Barrier::new(2);
        let meet = || {
            both_done.wait();
        };
        let seen = thread::scope(|scope| {
            let one = scope.spawn(|| copy(&home, 1, marks, &meet));
            let other = copy(&home, 2, marks, &meet);
            [one.join().unwrap(), other]
        });
        let all = home.open().tracking.len();
        for (tracking, waited) in seen {
            let known = tracking.iter().count();
            if known != 2 * marks || all != 2 * marks {
                row.lost.push(format!(
                    "two copies: one sees {known} of {all}, waited {waited:?}"
                ));
            }
            longest = longest.max(waited);
        }
        row.done += 1;
    }
    row.beside = format!(
        "2 × {marks} marks each, the longest wait {} ms",
        longest.as_millis()
    );
    row
}

/// Pairs of naive programs: one has read the file when the other comes and goes, and then writes what it has read.
fn run_naive(marks: usize) -> Row {
    let home = Home::of(Keeper::Naive, marks);
    for number in (0..marks).step_by(2) {
        let first = Stopped::at("read", &home, number);
        assert!(home.save(&[], number + 1).status.success());
        first.finish();
    }
    lost_of(&home, marks)
}

/// The marks that are not there, all of which were acknowledged.
fn lost_of(home: &Home, marks: usize) -> Row {
    let saved = home.saved();
    let lost = (0..marks).filter(|number| !saved.contains(number));
    let lost = lost.map(|number| format!("two programs: p{number}"));
    Row {
        done: marks,
        lost: lost.collect(),
        beside: String::new(),
    }
}

/// Saves a posting, and tries again while the other process holds the lock: on a busy machine the disk may be slow.
fn save(home: &Home, number: usize) {
    loop {
        let output = home.save(&[], number);
        if output.status.success() {
            return;
        }
        assert!(
            said(&output).contains("another jobdeck"),
            "{}",
            said(&output)
        );
    }
}

/// Two processes that mark at the same time.
pub(super) fn run(keeper: Keeper, marks: usize) -> Row {
    if keeper == Keeper::Naive {
        return run_naive(marks);
    }
    let home = Home::of(keeper, marks);
    thread::scope(|scope| {
        for numbers in [0..marks / 2, marks / 2..marks] {
            let home = &home;
            scope.spawn(move || {
                for number in numbers {
                    save(home, number);
                }
            });
        }
    });
    lost_of(&home, marks)
}

#[test]
fn an_instance_that_holds_the_lock_is_reported() {
    let home = Home::new(2);
    assert!(home.save(&[], 0).status.success());
    let before = home.bytes();
    let lock = File::open(home.data().join("journal.lock")).unwrap();
    lock.lock().unwrap();
    let (done, outcome) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| done.send(home.save(&[], 1)));
        // Generous timeout; the test asserts that it ends by itself.
        let output = outcome.recv_timeout(Duration::from_mins(3)).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(
            said(&output).contains("another jobdeck"),
            "{}",
            said(&output)
        );
    });
    // Reading needs no lock.
    let status = home.command(&[], &["status"]).output().unwrap();
    assert_eq!((status.status.code(), home.bytes()), (Some(0), before));
    drop(lock);
    assert!(home.save(&[], 1).status.success());
}
