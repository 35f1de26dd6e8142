//! Why a query finds what it finds.

use serde_json::Value;

use super::{board, run, small};

/// A board on which one word is common.
fn common() -> tempfile::TempDir {
    let scientist = |at: usize| {
        format!(
            "[[posting]]\nid = 's{at}'\ntitle = 'Scientist {at}'\ncompany = 'Acme'\nlocations = ['München']\n"
        )
    };
    let mut toml: String = (0..12).map(scientist).collect();
    toml.push_str("[[posting]]\nid = 'baker'\ntitle = 'Baker'\ncompany = 'Rust Bakery'\n");
    toml.push_str("description = 'Wheat for scientists.'\n");
    board(&toml)
}

#[test]
fn a_query_is_explained_word_by_word() {
    let folder = common();
    let path = folder.path().to_str().unwrap();
    let ran = run(&[
        "explain",
        "--board",
        path,
        "sceintist munich",
        "--format",
        "json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let explained: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(explained["total"], 12);
    let term = |at: usize| &explained["terms"][at];
    let words = |at: usize| -> Vec<(String, String)> {
        let words = term(at)["words"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let words = words.filter(|word| word["postings"] != 0);
        words
            .map(|word| (text(&word["words"]), text(&word["tier"])))
            .collect()
    };
    assert_eq!(words(0), [("scientist".to_owned(), "typo".to_owned())]);
    assert!(words(1).contains(&("munchen".to_owned(), "alias".to_owned())));
    let table = run(&["explain", "--board", path, "sceintist"]);
    assert!(table.out.contains("typo"), "{}", table.out);
    assert_eq!(table.err, "jobdeck: 12 of 13 postings answer all terms\n");
}

#[test]
fn a_posting_says_which_term_it_fails() {
    let folder = common();
    let path = folder.path().to_str().unwrap();
    let ran = run(&["explain", "--board", path, "scientist munich", "s3"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (0, "jobdeck: the query finds the posting\n")
    );
    let ran = run(&["explain", "--board", path, "baker munich", "baker"]);
    let why = "jobdeck: the query does not find the posting: `munich`\n";
    assert_eq!((ran.code, ran.err.as_str()), (1, why));
    let ran = run(&["explain", "--board", path, "baker", "bakre"]);
    assert_eq!(ran.code, 1);
}

#[test]
fn what_was_assumed_is_told_in_json() {
    let folder = common();
    let path = folder.path().to_str().unwrap();
    let ran = run(&[
        "list",
        "--board",
        path,
        "sceintist",
        "--format",
        "json",
        "--limit",
        "1",
    ]);
    assert!(ran.err.contains("sceintist ≈ scientist"), "{}", ran.err);
    let rows: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(rows[0]["assumed"][0]["typed"], "sceintist");
    assert_eq!(rows[0]["assumed"][0]["found"], "scientist");
    assert_eq!(rows[0]["assumed"][0]["tier"], "typo");
    let ran = run(&["facets", "--board", path, "sceintist", "--format", "json"]);
    let values: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(values[0]["assumed"][0], "sceintist ≈ scientist");
    let ran = run(&[
        "list",
        "--board",
        path,
        "scientist",
        "--format",
        "json",
        "--limit",
        "1",
    ]);
    let rows: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(rows[0]["assumed"], serde_json::json!([]));
}

#[test]
fn nothing_found_says_what_less_would_find() {
    let folder = common();
    let path = folder.path().to_str().unwrap();
    let ran = run(&["list", "--board", path, "scientist wheat"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("without `wheat`: 12\n"), "{}", ran.err);
    let ran = run(&["list", "--board", path, "wheat"]);
    assert!(
        ran.err.contains("in 1 description: `text:'wheat'`\n"),
        "{}",
        ran.err
    );
}

#[test]
fn the_user_names_words() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "[aliases]\nfav = [\"rust\", \"wet lab\"]\n").unwrap();
    let config = config.to_str().unwrap();
    let ran = small(&[
        "list",
        "fav",
        "--config",
        config,
        "--columns",
        "id",
        "--format",
        "csv",
    ]);
    let mut found: Vec<_> = ran.out.lines().skip(1).collect();
    found.sort_unstable();
    assert_eq!(found, ["rust-engineer-berlin", "wetlab-intern-seattle"]);
    assert!(ran.err.contains("fav ≈ rust, wet lab"), "{}", ran.err);
    let printed = small(&["config", "--config", config]);
    assert!(
        printed.out.contains("\"fav\" = [\"rust\", \"wet lab\"]"),
        "{}",
        printed.out
    );
}
