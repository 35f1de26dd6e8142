//! Options of a source, and sources that are renamed, removed or give their rows no ids.

use std::fmt::Write as _;
use std::fs;

use super::run;
use super::sync::{Kept, changing, listed};
use crate::server::{Server, json};

fn ids(kept: &Kept, query: &str) -> String {
    let board = kept.board();
    let args = [
        "--board",
        board.to_str().unwrap(),
        "--today",
        "2026-01-07",
        "list",
    ];
    let rest = [
        "sort:title",
        "--columns",
        "id",
        "--format",
        "tsv",
        "--no-header",
    ];
    let query: Vec<&str> = query.split_whitespace().collect();
    run(&[&args[..], &query, &rest].concat()).out
}

const FEED: &str = r#"[
  {"id": "1", "title": "Rust Engineer", "posted": "2025-11-20", "description": "Write Rust."},
  {"id": "2", "title": "Snow Clerk", "posted": "2026-01-02", "description": "Count."},
  {"id": "3", "title": "Go Engineer", "description": "Write Go."}
]"#;

/// A board of one source with more keys.
fn with(keys: &str) -> (Kept, Server) {
    let (server, _) = changing(FEED.to_owned());
    let mut list = listed(&[("a", server.url("/a"))]);
    list.push_str(keys);
    (Kept::new(&list), server)
}

#[test]
fn a_source_is_narrowed_by_a_query() {
    let (kept, _server) = with("only = \"engineer !go\"\n");
    let ran = kept.sync(&[]);
    assert_eq!(ran.out, "a: 1 new; 1 file written\n");
    assert!(
        ran.err.contains("a: 2 postings left out by `only`"),
        "{}",
        ran.err
    );
    assert_eq!(ids(&kept, ""), "a.1\n");
    // A query that cannot be read must not empty the source.
    kept.list(
        &fs::read_to_string(kept.board().join("board.toml"))
            .unwrap()
            .replace("engineer !go", "lok:x"),
    );
    let ran = kept.sync(&[]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("has a wrong `only`: no field `lok:`"),
        "{}",
        ran.err
    );
    assert_eq!(ids(&kept, ""), "a.1\n");
    let checked = run(&["check", kept.board().to_str().unwrap()]);
    assert_eq!(checked.code, 1);
    assert!(
        checked
            .out
            .contains("board.toml:6:1: the source a has a wrong `only`"),
        "{}",
        checked.out
    );
}

#[test]
fn a_source_tags_its_postings() {
    let (kept, _server) = with("tags = [\"partner\", \"north\"]\n");
    kept.sync(&[]);
    assert_eq!(ids(&kept, "tag:partner tag:north"), "a.3\na.1\na.2\n");
    assert_eq!(kept.sync(&[]).out, "a: 3 unchanged\n");
}

#[test]
fn postings_without_a_closing_date_expire() {
    let (kept, _server) = with("expires_after = \"6w\"\n");
    kept.sync(&[]);
    let text = fs::read_to_string(kept.board().join("a/postings.toml")).unwrap();
    for closes in ["2026-01-01", "2026-02-13", "2026-02-18"] {
        assert!(text.contains(&format!("closes = {closes}")), "{text}");
    }
    assert_eq!(ids(&kept, "is:open"), "a.3\na.2\n");
    // The day on which an undated posting was first seen counts, not that of the sync.
    assert_eq!(
        kept.sync(&["--today", "2026-01-20"]).out,
        "a: 3 unchanged\n"
    );
    kept.list("[[source]]\nurl = \"https://a.example/\"\nexpires_after = \"60\"\n");
    let checked = run(&["check", kept.board().to_str().unwrap()]);
    assert!(
        checked
            .out
            .contains("`expires_after` is not a number of days"),
        "{}",
        checked.out
    );
}

#[test]
fn a_company_in_the_address_is_no_better_than_the_one_given() {
    let row = r#"[{"id": "p1", "text": "Cook", "hostedUrl": "https://jobs.lever.co/a/p1",
        "applyUrl": "https://jobs.lever.co/a/p1/apply", "categories": {}, "createdAt": 1767225600000,
        "descriptionPlain": "Cook.", "lists": []}]"#;
    let server = Server::start(move |_| json(row.as_bytes()));
    for (given, company) in [("company = \"Acme\"\n", "Acme"), ("", "a")] {
        let mut list = listed(&[("a", server.url("/a"))]);
        let _ = write!(list, "format = \"lever\"\n{given}");
        let kept = Kept::new(&list);
        kept.sync(&[]);
        let text = fs::read_to_string(kept.board().join("a/postings.toml")).unwrap();
        assert!(text.contains(&format!("company = \"{company}\"")), "{text}");
    }
}

#[test]
fn a_removed_source_is_named_until_it_is_pruned() {
    let (kept, server) = with("");
    kept.sync(&["--today", "2026-01-05"]);
    kept.list(&listed(&[("b", server.url("/b"))]));
    let ran = kept.sync(&[]);
    assert!(ran.err.contains("board/a: a holds 3 open postings of a source that is no longer listed: `jobdeck sync --prune`"), "{}", ran.err);
    let checked = run(&["check", kept.board().to_str().unwrap()]);
    assert!(
        checked
            .out
            .contains("a:1:1: warning: a holds 3 open postings"),
        "{}",
        checked.out
    );
    let ran = kept.sync(&["--prune", "--dry-run"]);
    assert!(
        ran.out
            .contains("a: 3 closed; 1 file would be written\n  closed    a.1\n"),
        "{}",
        ran.out
    );
    let ran = kept.sync(&["--prune"]);
    assert!(
        ran.out.contains("a: 3 closed; 1 file written\n"),
        "{}",
        ran.out
    );
    assert_eq!(ids(&kept, "is:open"), "b.3\nb.1\nb.2\n");
    assert_eq!(kept.sync(&[]).err, "");
}

#[test]
fn a_renamed_source_keeps_its_ids() {
    let (kept, server) = with("");
    kept.sync(&[]);
    // Renamed in the file alone, its postings would double.
    kept.list(&listed(&[("b", server.url("/a"))]));
    let ran = kept.sync(&[]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .contains("`jobdeck sync --rename a=b` keeps the ids"),
        "{}",
        ran.err
    );
    assert_eq!(ids(&kept, ""), "a.3\na.1\na.2\n");
    let ran = kept.sync(&["--rename", "a=b"]);
    assert_eq!(
        ran.results(),
        "a is called b now; its postings keep their ids\n"
    );
    assert_eq!(kept.sync(&[]).results(), "b: 3 unchanged\n");
    assert_eq!(ids(&kept, ""), "a.3\na.1\na.2\n");
    // Renamed by the command alone, and once more.
    let ran = kept.sync(&["--rename", "b=c"]);
    assert_eq!(
        ran.results(),
        "b is called c now; its postings keep their ids\n"
    );
    assert_eq!(kept.sync(&[]).results(), "c: 3 unchanged\n");
    assert!(kept.board().join("c/postings.toml").exists());
    kept.check();
    let said = kept.sync(&["--rename", "x=y"]).said(2);
    assert!(
        said.contains("board.toml lists no source called x or y"),
        "{said}"
    );
}

#[test]
fn a_corrected_title_is_a_change_of_a_posting_without_an_id() {
    let feed = |title: &str, other: &str| {
        format!(
            r#"[{{"title": "{title}", "company": "Frost", "url": "https://frost.example/jobs/cook", "description": "Cook."}},
                {{"title": "{other}", "company": "Frost", "description": "Count the snow."}}]"#
        )
    };
    let (server, document) = changing(feed("Ice Cok", "Snow Clerc"));
    let kept = Kept::new(&listed(&[("a", server.url("/a"))]));
    kept.filled();
    let before = ids(&kept, "");
    *document.lock().unwrap() = feed("Ice Cook", "Snow Clerk");
    assert_eq!(kept.sync(&[]).results(), "a: 2 changed; 1 file written\n");
    assert_eq!(ids(&kept, ""), before);
}
