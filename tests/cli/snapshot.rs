//! Output does not depend on whether a snapshot was used.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Ran, board, jobdeck};

const BOARD: &str = "\
[[posting]]\nid = \"a\"\ntitle = \"Rust Engineer\"\ndescription = \"Ice.\"\n
[[posting]]\nid = \"b\"\ntitle = \"Nurse\"\n";

fn run(board: &TempDir, cache: &Path, args: &[&str]) -> Ran {
    jobdeck(args)
        .env("JOBDECK_BOARD", board.path())
        .env("XDG_CACHE_HOME", cache)
        .run()
}

fn titles(board: &TempDir, cache: &Path) -> String {
    run(
        board,
        cache,
        &["list", "--columns", "title", "--format", "tsv"],
    )
    .out
}

/// The snapshots in a cache.
fn snapshots(cache: &Path) -> Vec<std::path::PathBuf> {
    let files = fs::read_dir(cache.join("jobdeck")).into_iter().flatten();
    files.map(|file| file.unwrap().path()).collect()
}

#[test]
fn a_list_writes_the_snapshot_that_the_next_one_reads() {
    let (board, cache) = (board(BOARD), tempfile::tempdir().unwrap());
    let first = titles(&board, cache.path());
    assert_eq!(first, "title\nNurse\nRust Engineer\n");
    let written = snapshots(cache.path());
    let [snapshot] = written.as_slice() else {
        panic!("one snapshot: {written:?}");
    };
    let before = fs::metadata(snapshot).unwrap().modified().unwrap();
    assert_eq!(titles(&board, cache.path()), first);
    let after = fs::metadata(snapshot).unwrap().modified().unwrap();
    assert_eq!(before, after, "it was read, not written again");
    let shown = run(&board, cache.path(), &["show", "a"]).results();
    assert!(
        shown.ends_with("Rust Engineer\n=============\n\nIce.\n"),
        "{shown}"
    );
    let missing = run(&board, cache.path(), &["show", "c"]).said(1);
    assert!(
        missing.contains("no posting or interview has the id `c`"),
        "{missing}"
    );
}

#[test]
fn a_file_that_changed_is_seen_at_once() {
    let (board, cache) = (board(BOARD), tempfile::tempdir().unwrap());
    titles(&board, cache.path());
    fs::write(
        board.path().join("board.toml"),
        BOARD.replace("Nurse", "Baker"),
    )
    .unwrap();
    assert_eq!(
        titles(&board, cache.path()),
        "title\nBaker\nRust Engineer\n"
    );
    let more = "[[posting]]\nid = \"c\"\ntitle = \"Cook\"\n";
    fs::write(board.path().join("more.toml"), more).unwrap();
    let shown = run(&board, cache.path(), &["show", "c"]).results();
    assert!(shown.starts_with("Cook\n"), "{shown}");
    fs::remove_file(board.path().join("more.toml")).unwrap();
    assert_eq!(run(&board, cache.path(), &["show", "c"]).code, 1);
}

#[test]
fn a_damaged_snapshot_costs_only_time() {
    let (board, cache) = (board(BOARD), tempfile::tempdir().unwrap());
    let first = titles(&board, cache.path());
    let written = snapshots(cache.path());
    let whole = fs::read(&written[0]).unwrap();
    for at in (0..whole.len()).step_by(7) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        fs::write(&written[0], damaged).unwrap();
        assert_eq!(titles(&board, cache.path()), first, "byte {at}");
        fs::write(&written[0], &whole).unwrap();
    }
}

#[test]
fn without_a_cache_the_files_are_read() {
    let (board, away) = (board(BOARD), tempfile::tempdir().unwrap());
    // Nothing can be created below a file.
    let cache = away.path().join("file");
    fs::write(&cache, "").unwrap();
    assert_eq!(titles(&board, &cache), "title\nNurse\nRust Engineer\n");
}
