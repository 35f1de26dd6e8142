//! The market behind a query.

use std::fmt::Write;

use serde_json::Value;

use super::{board, run};

/// Twelve beekeepers with rising pay in Kiel, and three welders.
fn trades() -> tempfile::TempDir {
    let mut toml = String::new();
    for at in 0..12 {
        let (low, high) = (40_000 + 1_000 * at, 50_000 + 1_000 * at);
        let _ = write!(
            toml,
            "[[posting]]\nid = 'b{at}'\ntitle = 'Senior Beekeeper'\ncompany = 'Apiary'\n\
             locations = ['Kiel, Germany']\nposted = 2026-03-{:02}\nskills = ['Hives']\n\
             salary = [{{ min = {low}, max = {high}, currency = 'EUR', per = 'year' }}]\n\n",
            at + 1
        );
    }
    for at in 0..3 {
        let _ = write!(
            toml,
            "[[posting]]\nid = 'w{at}'\ntitle = 'Welder'\ncompany = 'Forge'\n\n"
        );
    }
    board(&toml)
}

#[test]
fn a_market_is_printed_as_tables_and_as_json() {
    let folder = trades();
    let path = folder.path().to_str().unwrap();
    let today = ["--today", "2026-03-20"];
    let ran = run(&["market", "--board", path, "beekeeper", today[0], today[1]]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for line in [
        "12 of 15 postings",
        "Pay, EUR a year: 12 postings",
        "  25% €47k · median €50k · 75% €53k",
        "  open for 13 days (median of 12)",
        "  Kiel       12  ████████████████████████████████  100%",
        "Skills, against the board",
    ] {
        assert!(
            ran.out.lines().any(|shown| shown == line),
            "{line}\n{}",
            ran.out
        );
    }
    assert!(
        ran.err
            .contains("groups of fewer than 5 postings are left out")
    );
    let ran = run(&[
        "market", "--board", path, "--format", "json", today[0], today[1],
    ]);
    let market: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(market["total"], 15);
    assert_eq!(market["pay"][0]["quartiles"][1], 50_000.0);
    assert_eq!(
        market["companies"].as_array().unwrap().len(),
        1,
        "three are too few"
    );
    assert_eq!(market["levels"][0]["value"], "senior");
    assert_eq!(market["open"]["median_days"], 13);
}

#[test]
fn a_market_of_nothing_is_empty() {
    let folder = trades();
    let path = folder.path().to_str().unwrap();
    let ran = run(&["market", "--board", path, "gardener"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, "0 of 15 postings\n"));
    let wrong = run(&["market", "--board", path, "lok:x"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
}
