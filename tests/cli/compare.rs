//! Comparing postings, and listing similar ones.

use serde_json::Value;

use super::{fixture, jobdeck, objects, small};

const BERLIN: &str = "rust-engineer-berlin";
const ZURICH: &str = "data-scientist-zurich";

fn harbour(args: &[&str]) -> super::Ran {
    jobdeck(args).env("JOBDECK_BOARD", fixture("harbour")).run()
}

#[test]
fn postings_are_compared_in_three_formats() {
    let ran = small(&["compare", BERLIN, ZURICH, "--today", "2026-10-20"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("facts differ"), "{}", ran.err);
    let line = |name: &str| ran.out.lines().find(|line| line.contains(name)).unwrap();
    // What one of them does not tell is no difference.
    let pay = line("Pay");
    assert!(pay.starts_with("  Pay"), "{pay}");
    assert!(
        pay.contains("70,000–90,000 EUR a year") && pay.trim_end().ends_with('–'),
        "{pay}"
    );
    let posted = line("Posted");
    assert!(posted.starts_with("≠ Posted"), "{posted}");
    let markdown = small(&["compare", BERLIN, ZURICH, "--format", "markdown"]).results();
    assert!(
        markdown
            .starts_with("| | **Rust Engineer**<br>Ferrous | **Data Scientist**<br>Alpenlabor |\n"),
        "{markdown}"
    );
    let json = small(&["compare", BERLIN, ZURICH, "--format", "json"]).results();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["postings"][1]["id"], ZURICH);
    let facts = json["facts"].as_array().unwrap();
    let level = facts.iter().find(|fact| fact["name"] == "level").unwrap();
    assert_eq!(level["differs"], false);
    assert_eq!(level["values"][0][0]["value"], "senior");
    assert_eq!(level["values"][0][0]["derived"], false);
    let places = facts.iter().find(|fact| fact["name"] == "locations");
    assert_eq!(places.unwrap()["differs"], true);
}

#[test]
fn a_comparison_takes_two_to_five_known_postings() {
    small(&["compare", BERLIN]).said(2);
    small(&["compare", BERLIN, ZURICH, "a", "b", "c", "d"]).said(2);
    let said = small(&["compare", BERLIN, BERLIN]).said(2);
    assert!(said.contains("named twice"), "{said}");
    let said = small(&["compare", BERLIN, "data-scientist-zurih"]).said(1);
    assert!(
        said.contains("did you mean `data-scientist-zurich`?"),
        "{said}"
    );
}

#[test]
fn similar_postings_come_with_the_words_they_share() {
    let ran = harbour(&[
        "similar",
        "senior-rust-engineer",
        "--limit",
        "3",
        "--format",
        "jsonl",
    ]);
    let rows = objects(&ran.results());
    assert_eq!(rows.len(), 3);
    for row in &rows {
        assert_ne!(row["id"], "senior-rust-engineer");
        let shared = row["shared"].as_array().unwrap();
        assert!(
            shared.iter().any(|word| word == "rust" || word == "Rust"),
            "{row}"
        );
    }
    let table = harbour(&["similar", "senior-rust-engineer", "--limit", "1"]).results();
    assert!(table.starts_with("title"), "{table}");
    assert_eq!(table.lines().count(), 2);
    // The same role in other places is listed once.
    let ran = harbour(&["similar", "rust-systems-storage", "--format", "json"]);
    let rows: Value = serde_json::from_str(&ran.results()).unwrap();
    let rows = rows.as_array().unwrap();
    let larch = rows.iter().filter(|row| row["company"] == "Larch & Sons");
    assert!(larch.count() <= 1, "{rows:?}");
    let said = harbour(&["similar", "senior-rust-enginer"]).said(1);
    assert!(said.contains("did you mean"), "{said}");
}
