//! What a curator changes in imported postings outlives every sync.

use std::fs;

use serde_json::Value;

use super::sync::{Kept, changing, listed};
use super::{Ran, run};

/// A posting of a feed.
fn row(id: &str, title: &str, text: &str) -> String {
    format!(
        r#"{{"id": "{id}", "title": "{title}", "company": "Frost", "tags": ["ice"], "description": "{text}"}}"#
    )
}

fn feed(rows: &[String]) -> String {
    format!("[{}]", rows.join(","))
}

fn list(kept: &Kept, columns: &str) -> String {
    let board = kept.board();
    let args = ["--board", board.to_str().unwrap(), "list", "sort:title"];
    let columns = ["--columns", columns, "--format", "tsv", "--no-header"];
    run(&[&args[..], &columns].concat()).out
}

/// Edits the only file of the source `a`.
fn edit(kept: &Kept, from: &str, to: &str) {
    let file = kept.board().join("a/postings.toml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replace(from, to)).unwrap();
}

fn two() -> String {
    feed(&[
        row("1", "Ice Cook", "Cook."),
        row("2", "Snow Clerk", "Count."),
    ])
}

fn edited() -> (
    Kept,
    crate::server::Server,
    std::sync::Arc<std::sync::Mutex<String>>,
) {
    let (server, document) = changing(two());
    let kept = Kept::new(&listed(&[("a", server.url("/a"))]));
    kept.filled();
    edit(&kept, "Ice Cook", "Ice Chef");
    *document.lock().unwrap() = feed(&[
        row("1", "Ice Cook", "Cook well."),
        row("2", "Snow Clerk", "Count."),
    ]);
    (kept, server, document)
}

fn assert_note(ran: &Ran, note: &str) {
    assert!(ran.err.contains(note), "{}", ran.err);
}

#[test]
fn a_hand_edit_stays_and_is_named_while_its_source_changes_the_rest() {
    let (kept, _server, _) = edited();
    let ran = kept.sync(&[]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "a: 1 changed, 1 unchanged; 1 file written\n")
    );
    assert_note(
        &ran,
        "a: 1 posting edited by hand and kept: a.1 (title); --keep-edits turns",
    );
    assert_eq!(list(&kept, "id,title"), "a.1\tIce Chef\na.2\tSnow Clerk\n");
    let text = fs::read_to_string(kept.board().join("a/postings.toml")).unwrap();
    assert!(text.contains("Cook well."), "{text}");
    // It is still an edit after that sync, and a dry run says so.
    let dry = kept.sync(&["--dry-run", "--format", "json"]);
    let all: Value = serde_json::from_str(&dry.out).unwrap();
    let ids = &all["sources"][0]["ids"];
    assert_eq!(ids["edited"][0]["id"], "a.1");
    assert_eq!(ids["edited"][0]["fields"], serde_json::json!(["title"]));
    assert_eq!(ids["changed"], serde_json::json!([]));
}

#[test]
fn kept_edits_become_overrides_that_no_sync_touches() {
    let (kept, _server, document) = edited();
    let dry = kept.sync(&["--keep-edits", "--dry-run"]);
    assert_note(
        &dry,
        "edits of 1 posting would be moved to overrides.toml: a.1 (title)",
    );
    assert!(!kept.board().join("overrides.toml").exists());
    let ran = kept.sync(&["--keep-edits"]);
    assert_note(
        &ran,
        "a: edits of 1 posting moved to overrides.toml: a.1 (title)",
    );
    let overrides = fs::read_to_string(kept.board().join("overrides.toml")).unwrap();
    assert_eq!(
        overrides,
        "[[override]]\nid = \"a.1\"\ntitle = \"Ice Chef\"\n"
    );
    let text = fs::read_to_string(kept.board().join("a/postings.toml")).unwrap();
    assert!(text.contains("Ice Cook"), "{text}");
    *document.lock().unwrap() = feed(&[
        row("1", "Ice Cook (m/f/d)", "Cook well."),
        row("2", "Snow Clerk", "Count."),
    ]);
    let ran = kept.sync(&[]);
    assert_eq!(
        (ran.err.as_str(), ran.out.as_str()),
        ("", "a: 1 changed, 1 unchanged; 1 file written\n")
    );
    assert_eq!(list(&kept, "id,title"), "a.1\tIce Chef\na.2\tSnow Clerk\n");
    kept.check();
    // Another one is added below.
    edit(&kept, "Snow Clerk", "Snow Keeper");
    kept.sync(&["--keep-edits"]);
    let overrides = fs::read_to_string(kept.board().join("overrides.toml")).unwrap();
    assert_eq!(
        overrides,
        "[[override]]\nid = \"a.1\"\ntitle = \"Ice Chef\"\n\n[[override]]\nid = \"a.2\"\ntitle = \"Snow Keeper\"\n"
    );
    kept.check();
}

#[test]
fn discarded_edits_are_named() {
    let (kept, _server, _) = edited();
    let ran = kept.sync(&["--discard-edits"]);
    assert_note(&ran, "a: edits of 1 posting replaced: a.1 (title)");
    assert_eq!(list(&kept, "id,title"), "a.1\tIce Cook\na.2\tSnow Clerk\n");
    assert_eq!(kept.sync(&[]).err, "");
}

#[test]
fn a_list_that_was_emptied_is_emptied_by_the_override_too() {
    let (server, _document) = changing(two());
    let kept = Kept::new(&listed(&[("a", server.url("/a"))]));
    kept.filled();
    edit(
        &kept,
        "id = \"a.1\"\ntitle = \"Ice Cook\"\ncompany = \"Frost\"\ntags = [\"ice\"]\n",
        "id = \"a.1\"\ntitle = \"Ice Cook\"\n",
    );
    let ran = kept.sync(&["--keep-edits"]);
    assert_note(&ran, "a.1 (company); an override cannot take a value away");
    assert_note(&ran, "a.1 (tags)");
    assert_eq!(list(&kept, "id,company,tags"), "a.1\t\t\na.2\tFrost\tice\n");
}

#[test]
fn a_deleted_posting_does_not_return_without_a_word() {
    let (server, _document) = changing(two());
    let kept = Kept::new(&listed(&[("a", server.url("/a"))]));
    kept.filled();
    let file = kept.board().join("a/postings.toml");
    let text = fs::read_to_string(&file).unwrap();
    let at = text.find("[[posting]]\nid = \"a.2\"").unwrap();
    fs::write(&file, &text[..at]).unwrap();
    for _ in 0..2 {
        let ran = kept.sync(&[]);
        assert_note(
            &ran,
            "a: 1 posting deleted by hand and left out: a.2; --keep-edits hides",
        );
        assert_eq!(list(&kept, "id"), "a.1\n");
    }
    let ran = kept.sync(&["--keep-edits"]);
    assert_note(
        &ran,
        "a: 1 posting deleted by hand and hidden by overrides.toml: a.2",
    );
    assert_eq!(list(&kept, "id"), "a.1\n");
    assert_eq!(kept.sync(&[]).err, "");
    kept.check();
    fs::remove_file(kept.board().join("overrides.toml")).unwrap();
    assert_eq!(list(&kept, "id"), "a.1\na.2\n");
    // A folder that was emptied is filled anew.
    fs::remove_file(&file).unwrap();
    let ran = kept.sync(&[]);
    assert_eq!(
        (ran.err.as_str(), ran.out.as_str()),
        ("", "a: 2 new; 1 file written\n")
    );
}

#[test]
fn closing_and_reopening_is_no_edit() {
    let (server, document) = changing(two());
    let kept = Kept::new(&listed(&[("a", server.url("/a"))]));
    kept.filled();
    *document.lock().unwrap() = feed(&[row("1", "Ice Cook", "Cook.")]);
    let ran = kept.sync(&[]);
    assert_eq!(
        (ran.err.as_str(), ran.out.as_str()),
        ("", "a: 1 closed, 1 unchanged; 1 file written\n")
    );
    *document.lock().unwrap() = two();
    let ran = kept.sync(&["--today", "2026-01-09"]);
    assert_eq!(
        (ran.err.as_str(), ran.out.as_str()),
        ("", "a: 1 opened again, 1 unchanged; 1 file written\n")
    );
}

#[test]
fn syncs_of_two_branches_on_different_days_make_the_same_change() {
    let (server, document) = changing(two());
    let text = |day: &str| {
        *document.lock().unwrap() = two();
        let kept = Kept::new(&listed(&[("a", server.url("/a"))]));
        kept.filled();
        *document.lock().unwrap() = feed(&[
            row("1", "Ice Cook", "Cook well."),
            row("2", "Snow Clerk", "Count."),
        ]);
        kept.sync(&["--today", day]);
        kept.files()
    };
    assert_eq!(text("2026-01-07"), text("2026-01-09"));
}
