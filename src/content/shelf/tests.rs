//! What is shelved is there, in files that change no more than they must.

use std::fs;

use super::*;
use crate::board::{Date, Source};
use crate::content::load;

fn posting(number: usize, description: &str) -> Posting {
    Posting {
        id: format!("a.{number}"),
        title: format!("Glaciologist {number}"),
        description: description.into(),
        source: Some(Source {
            first_seen: Some(Date::constant(2026, 1, 6)),
            retrieved: Some(Date::constant(2026, 1, 6)),
            ..Source::default()
        }),
        ..Posting::default()
    }
}

fn many(count: usize) -> Vec<Posting> {
    (0..count)
        .map(|number| posting(number, "ice ".repeat(500).trim_end()))
        .collect()
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let names = file::names(folder).unwrap().into_iter();
    names
        .map(|name| {
            (
                name.clone(),
                fs::read_to_string(file::path(folder, &name)).unwrap(),
            )
        })
        .collect()
}

fn next_day(mut posting: Posting) -> Posting {
    let day = Some(Date::constant(2026, 1, 7));
    let source = posting.source.as_mut().unwrap();
    (source.first_seen, source.retrieved) = (day, day);
    posting
}

#[test]
fn what_is_shelved_twice_is_the_same() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    let done = shelve(&folder, many(3), Vec::new()).unwrap();
    assert_eq!((done.new, done.files), (3, 1));
    let before = texts(&folder);
    let again = many(3).into_iter().map(next_day).collect();
    let done = shelve(&folder, again, Vec::new()).unwrap();
    assert_eq!(
        (done.new, done.changed, done.same, done.files),
        (0, 0, 3, 0)
    );
    assert_eq!(texts(&folder), before);
}

#[test]
fn one_changed_posting_touches_one_file() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    shelve(&folder, many(1000), Vec::new()).unwrap();
    let before = texts(&folder);
    assert!(
        before.len() > 3 && !before.contains_key(WHOLE),
        "{:?}",
        before.keys()
    );
    assert!(before.values().all(|text| text.len() <= LIMIT));
    let mut all: Vec<_> = many(1000).into_iter().map(next_day).collect();
    all[17].title = "Senior Glaciologist".into();
    let done = shelve(&folder, all, Vec::new()).unwrap();
    assert_eq!(
        (done.new, done.changed, done.same, done.files),
        (0, 1, 999, 1)
    );
    let after = texts(&folder);
    let differ = before
        .iter()
        .filter(|(name, text)| after[*name] != **text)
        .count();
    assert_eq!(differ, 1);
    let loaded = load(board.path()).unwrap();
    assert!(loaded.problems.is_empty());
    let changed = loaded
        .board
        .posting("a.17")
        .unwrap()
        .source
        .clone()
        .unwrap();
    assert_eq!(changed.first_seen, Some(Date::constant(2026, 1, 6)));
    assert_eq!(changed.retrieved, Some(Date::constant(2026, 1, 7)));
}

#[test]
fn a_split_that_was_cut_short_is_finished() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    shelve(&folder, many(200), Vec::new()).unwrap();
    let whole = fs::read(file::path(&folder, WHOLE)).unwrap();
    shelve(&folder, many(1000), Vec::new()).unwrap();
    fs::write(file::path(&folder, WHOLE), whole).unwrap();
    let done = shelve(&folder, vec![posting(1, "new")], Vec::new()).unwrap();
    assert_eq!(done.changed, 1);
    let loaded = load(board.path()).unwrap();
    assert!(loaded.problems.is_empty());
    assert_eq!(loaded.board.postings().len(), 1000);
    assert!(!texts(&folder).contains_key(WHOLE));
}

#[test]
fn what_somebody_wrote_badly_is_not_written_over() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    shelve(&folder, many(2), Vec::new()).unwrap();
    let path = file::path(&folder, WHOLE);
    let edited = fs::read_to_string(&path).unwrap() + "tilte = \"x\"\n";
    fs::write(&path, &edited).unwrap();
    let error = shelve(&folder, many(3), Vec::new()).unwrap_err();
    assert!(
        error.to_string().contains("`tilte` is not a key"),
        "{error}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
}
