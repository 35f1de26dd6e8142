//! Time to open a large journal.

use std::time::Instant;

use jobdeck::board::Posting;
use jobdeck::tracking::journal::Journal;
use jobdeck::tracking::{EventKind, Mark, PostingKey, Tracking};

/// Several years of use.
const EVENTS: usize = 100_000;

fn years() -> Vec<EventKind> {
    let tracking = Tracking::default();
    let acts = (0..EVENTS).filter_map(|number| {
        let key = PostingKey {
            board: "a-board-of-usual-name".into(),
            id: format!("company-senior-data-scientist-{}", number % 70_000),
        };
        let posting = Posting {
            id: key.id.clone(),
            title: "Senior Data Scientist".into(),
            description: "Words of a posting.\n".repeat(number % 50),
            ..Posting::default()
        };
        match number % 20 {
            0 => Some(tracking.mark(key, Mark::Saved, Some(&posting))),
            1 => Some(tracking.note(key, "Called; they call back.".into(), None)),
            _ => tracking.seen(key, &posting),
        }
    });
    acts.collect()
}

#[test]
fn a_hundred_thousand_events_open_in_time() {
    let dir = tempfile::tempdir().unwrap();
    let now = "2026-01-06T09:00:00Z".parse().unwrap();
    let mut journal = Journal::open(dir.path(), 1).journal;
    for act in years().chunks(10_000) {
        journal.append(act.to_vec(), now).unwrap();
    }
    let best = (0..5).map(|_| {
        let started = Instant::now();
        let opened = Journal::open(dir.path(), 2);
        let took = started.elapsed();
        assert_eq!(opened.tracking.len(), EVENTS);
        took
    });
    let best = best.min().unwrap();
    println!("opens {EVENTS} events in {best:?}");
}
