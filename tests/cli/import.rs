//! Feeds into a board, from the command line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Ran, jobdeck, run};

fn feed(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/feeds")
        .join(name);
    path.to_str().unwrap().to_owned()
}

fn import(board: &Path, args: &[&str]) -> Ran {
    let mut all = vec![
        "import",
        "--today",
        "2026-11-25",
        "--into",
        board.to_str().unwrap(),
    ];
    all.extend(args);
    run(&all)
}

/// Every file of a board, by its path.
fn files(board: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for folder in fs::read_dir(board)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        for path in fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            let name = path
                .strip_prefix(board)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    found
}

#[test]
fn the_same_feed_twice_makes_the_same_files() {
    let board = tempfile::tempdir().unwrap();
    let sources = [feed("lever.json"), feed("page.txt"), feed("rss.xml")];
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let out = import(board.path(), &sources).results();
    assert!(
        out.contains("lever.json: lever, 2 rows: 2 new, 0 changed, 0 the same; 1 file written"),
        "{out}"
    );
    let before = files(board.path());
    let names: Vec<_> = before.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "ada-example/interviews.toml",
            "ada-example/postings.toml",
            "lever-icefield/postings.toml",
            "rss-remote-example/postings.toml"
        ]
    );
    let out = import(board.path(), &sources).results();
    assert!(
        out.contains("0 new, 0 changed, 2 the same; 0 files written"),
        "{out}"
    );
    assert_eq!(files(board.path()), before);
    let checked = run(&["check", board.path().to_str().unwrap()]);
    assert_eq!(checked.code, 0, "{}", checked.err);
    assert!(
        checked.err.contains("5 postings, 1 interview"),
        "{}",
        checked.err
    );
}

#[test]
fn a_bad_row_is_told_with_its_place_and_the_rest_is_there() {
    let board = tempfile::tempdir().unwrap();
    let ran = import(board.path(), &[&feed("greenhouse.json")]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .contains("greenhouse.json: row 2, line 23: invalid type: sequence, expected a text"),
        "{}",
        ran.err
    );
    assert!(
        ran.out
            .contains("4 rows: 2 new, 0 changed, 0 the same, 2 refused"),
        "{}",
        ran.out
    );
}

#[test]
fn a_reply_is_no_mistake() {
    let board = tempfile::tempdir().unwrap();
    let out = import(board.path(), &[&feed("hacker-news.json")]).results();
    assert!(
        out.contains("3 rows: 2 new, 0 changed, 0 the same, 1 passed over"),
        "{out}"
    );
}

#[test]
fn a_source_that_cannot_be_read_does_not_keep_the_next_from_it() {
    let board = tempfile::tempdir().unwrap();
    let ran = import(board.path(), &["/there/is/none", &feed("remotive.json")]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("/there/is/none: cannot be read"),
        "{}",
        ran.err
    );
    assert!(files(board.path()).contains_key("remotive/postings.toml"));
    let wrong = import(board.path(), &[&feed("lever.json"), "--format", "personio"]);
    assert!(
        wrong
            .said(2)
            .contains("cannot be read as personio: it is not XML")
    );
}

#[test]
fn standard_input_is_a_source_and_a_source_may_be_named() {
    let board = tempfile::tempdir().unwrap();
    let into = board.path().to_str().unwrap();
    let args = [
        "import",
        "-",
        "--into",
        into,
        "--source",
        "Ice Board",
        "--company",
        "Icefield",
    ];
    let bytes = fs::read(feed("cards.txt")).unwrap();
    jobdeck(&args).fed(bytes).run().results();
    let files = files(board.path());
    let text = &files["ice-board/postings.toml"];
    assert!(
        text.contains("id = \"ice-board.4711\"") && text.contains("company = \"Icefield\""),
        "{text}"
    );
}
