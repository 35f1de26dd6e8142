use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::bytes::{self, Unread};
use super::*;
use crate::board::{Board, Fingerprint, Posting};

fn day(of_january: i8) -> Date {
    Date::constant(2026, 1, of_january)
}

fn posting(id: &str, title: &str) -> Posting {
    Posting {
        id: id.into(),
        title: title.into(),
        ..Posting::default()
    }
}

fn board(postings: &[(&str, &str)]) -> Board {
    let postings = postings.iter().map(|(id, title)| posting(id, title));
    Board::new("Ada's".into(), postings.collect(), Vec::new())
}

fn visitor(folder: &Path, write: Write) -> Visitor {
    Visitor {
        folder: folder.to_owned(),
        write,
    }
}

fn keep(folder: &Path, of_january: i8, postings: &[(&str, &str)]) -> Visit {
    visitor(folder, Write::Keep).look(&board(postings), day(of_january))
}

/// History of each posting.
fn all(visit: &Visit) -> impl Iterator<Item = PostingHistory> {
    (0..).map_while(|at| visit.known.get(at))
}

/// Summary of a visit's result for each posting.
fn told(visit: &Visit) -> Vec<String> {
    let told = all(visit).map(|known| {
        let changed: Vec<_> = known.changed.names().collect();
        let new = if known.is_new { "new " } else { "" };
        let posted = known.first_seen.day();
        format!("{new}{posted} {} {}", known.reposts, changed.join(","))
            .trim()
            .to_owned()
    });
    told.collect()
}

#[test]
fn nothing_is_new_at_first_and_later_only_additions() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    let first = keep(home, 6, &[("a", "Baker"), ("b", "Brewer")]);
    assert_eq!((first.since, first.gone, first.fresh), (None, 0, false));
    assert_eq!(told(&first), ["6 0", "6 0"]);
    // Later on the first day.
    let again = keep(home, 6, &[("a", "Baker"), ("b", "Brewer"), ("c", "Cook")]);
    assert_eq!((again.since, again.fresh), (Some(day(6)), true));
    assert_eq!(told(&again), ["6 0", "6 0", "new 6 0"]);
    let next = keep(
        home,
        9,
        &[("a", "Head baker"), ("c", "Cook"), ("d", "Diver")],
    );
    assert_eq!((next.since, next.gone, next.fresh), (Some(day(6)), 1, true));
    assert_eq!(told(&next), ["6 0 title", "6 0", "new 9 0"]);
    // In the evening the result is the same, but no longer fresh.
    let evening = keep(
        home,
        9,
        &[("a", "Head baker"), ("c", "Cook"), ("d", "Diver")],
    );
    assert_eq!(
        (evening.since, evening.gone, evening.fresh),
        (Some(day(6)), 1, false)
    );
    assert_eq!(told(&evening), told(&next));
    let last = keep(
        home,
        10,
        &[("a", "Head baker"), ("c", "Cook"), ("d", "Diver")],
    );
    assert_eq!((last.since, last.gone), (Some(day(9)), 0));
    assert_eq!(told(&last), ["6 0", "6 0", "9 0"]);
}

#[test]
fn one_that_is_posted_again_is_as_old_as_it_ever_was() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    keep(home, 1, &[("a", "Baker"), ("b", "Brewer")]);
    // Under another id, and under its own after it was gone.
    let under_another = keep(home, 2, &[("z", "Baker")]);
    assert_eq!(told(&under_another), ["new 1 1"]);
    let under_its_own = keep(home, 3, &[("z", "Baker"), ("b", "Brewer")]);
    assert_eq!(told(&under_its_own), ["1 1", "new 1 1"]);
}

#[test]
fn brief_absence_is_ignored() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    keep(home, 1, &[("a", "Baker"), ("b", "Brewer")]);
    assert_eq!(keep(home, 2, &[("b", "Brewer")]).gone, 1);
    let back = keep(home, 2, &[("a", "Baker"), ("b", "Brewer")]);
    assert_eq!(
        (back.gone, told(&back)),
        (0, vec!["1 0".into(), "1 0".into()])
    );
}

#[test]
fn closed_postings_count_as_gone_and_may_return() {
    let home = tempfile::tempdir().expect("a folder");
    let look = |of_january: i8, closes: Option<i8>| {
        let closing = Posting {
            closes: closes.map(day),
            ..posting("a", "Baker")
        };
        let board = Board::new("Ada's".into(), vec![closing], Vec::new());
        visitor(home.path(), Write::Keep).look(&board, day(of_january))
    };
    look(1, None);
    let closed = look(5, Some(4));
    assert_eq!((closed.gone, told(&closed)), (1, vec!["1 0".to_owned()]));
    assert_eq!(look(6, Some(4)).gone, 0);
    let reopened = look(7, Some(9));
    assert_eq!(
        (reopened.gone, told(&reopened)),
        (0, vec!["new 1 1".to_owned()])
    );
}

#[test]
fn queries_do_not_count_as_visits() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    keep(home, 1, &[("a", "Baker")]);
    let ask = || visitor(home, Write::Peek).look(&board(&[("b", "Brewer")]), day(2));
    assert_eq!(told(&ask()), ["new 2 0"]);
    assert_eq!(ask(), ask());
    assert_eq!(ask().since, Some(day(1)));
}

#[test]
fn boards_beside_each_other_have_rosters_of_their_own() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    keep(home, 1, &[("a", "Baker")]);
    let other = Board::new("Bob's".into(), vec![posting("a", "Brewer")], Vec::new());
    let other = visitor(home, Write::Keep).look(&other, day(2));
    assert_eq!(other.since, None);
    assert_eq!(keep(home, 3, &[("a", "Baker")]).since, Some(day(1)));
}

fn the_file(home: &Path) -> std::path::PathBuf {
    let files = fs::read_dir(home.join("rosters")).expect("a folder");
    let mut paths = files.map(|file| file.expect("a file").path());
    let found = paths.find(|path| path.extension().is_some_and(|name| name == "roster"));
    found.expect("a visit log")
}

#[test]
fn damaged_logs_are_reported_and_set_aside() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    keep(home, 1, &[("a", "Baker"), ("b", "Brewer")]);
    let file = the_file(home);
    let whole = fs::read(&file).expect("a visit log");
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        for damaged in [&flipped[..], &whole[..at]] {
            fs::write(&file, damaged).expect("written");
            let ask = visitor(home, Write::Peek);
            let visit = ask.look(&board(&[("c", "Cook")]), day(2));
            assert_eq!(visit.troubles.len(), 1, "at {at}: {visit:?}");
            assert!(all(&visit).all(|known| !known.is_new), "at {at}");
        }
    }
    fs::write(&file, &whole[..whole.len() / 2]).expect("written");
    keep(home, 3, &[("c", "Cook")]);
    let aside = fs::read(file.with_extension("damaged")).expect("set aside");
    assert_eq!(aside, whole[..whole.len() / 2]);
    assert_eq!(told(&keep(home, 4, &[("c", "Cook")])), ["3 0"]);
}

#[test]
fn logs_of_a_newer_version_are_kept() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    keep(home, 1, &[("a", "Baker")]);
    let file = the_file(home);
    fs::write(&file, "jobdeck roster 2\nwho knows").expect("written");
    let visit = keep(home, 2, &[("c", "Cook")]);
    assert!(visit.troubles[0].contains("newer"), "{visit:?}");
    assert!(!all(&visit).next().unwrap().is_new);
    assert_eq!(
        fs::read(&file).expect("still there"),
        b"jobdeck roster 2\nwho knows"
    );
}

#[test]
fn a_read_only_folder_is_reported_and_changes_are_still_known() {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("file");
    fs::write(&file, "").expect("written");
    let visit = keep(&file, 1, &[("a", "Baker")]);
    assert!(
        visit.troubles.iter().any(|told| told.contains("cannot be")),
        "{visit:?}"
    );
}

#[test]
fn bytes_that_are_no_roster_are_no_roster() {
    assert_eq!(bytes::read(b""), Err(Unread::Damaged));
    assert_eq!(bytes::read(b"jobdeck roster x\n"), Err(Unread::Damaged));
    assert_eq!(bytes::read(b"jobdeck roster 12\n"), Err(Unread::Newer));
}

proptest! {
    /// A simple model, which maps each day's postings, gives the same results.
    #[test]
    fn each_days_changes_match_a_simple_model(
        days in prop::collection::vec(prop::collection::btree_map("[a-h]", "[x-z]{0,1}", 0..8), 1..6),
    ) {
        let mut visit_log = VisitLog::new(day(1));
        let mut before = None;
        for (number, today) in days.iter().enumerate() {
            let facts: Vec<_> = today.iter().map(|(id, title)| Facts::new(&Fingerprint::new(id, &posting(id, title), 0), day(1))).collect();
            let visit = visit_log.look(day(number as i8 + 1), &facts);
            prop_assert_eq!(bytes::read(&bytes::write(&visit_log)), Ok(visit_log.clone()));
            let earlier: &std::collections::BTreeMap<String, String> = before.unwrap_or(today);
            let gone = earlier.keys().filter(|id| !today.contains_key(*id)).count();
            prop_assert_eq!(visit.gone, gone);
            for ((id, title), known) in today.iter().zip(&visit.known) {
                prop_assert_eq!(known.is_new, !earlier.contains_key(id));
                let changed = earlier.get(id).is_some_and(|old| old != title);
                prop_assert_eq!(!known.changed.is_empty(), changed);
            }
            before = Some(today);
        }
    }
}
