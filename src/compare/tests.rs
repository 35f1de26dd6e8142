//! Comparisons of a few postings, at several widths.

use super::{Candidate, Comparison};
use crate::board::{Date, Location, Posting, Salary, Workplace, salary::Period};
use crate::facts::{self, Facts};
use crate::tracking::{Stage, Status, Step};
use iso_currency::Currency;

const TODAY: Date = Date::constant(2026, 3, 10);

fn postings() -> Vec<Posting> {
    let text = "## Requirements\n\n- 5+ years of experience with Rust, Kafka and PostgreSQL";
    vec![
        Posting {
            id: "ferrous-rust".into(),
            title: "Senior Rust Engineer, Storage".into(),
            company: Some("Ferrous".into()),
            locations: vec![Location {
                written: "Berlin, Germany".into(),
                ..Location::default()
            }],
            workplace: Some(Workplace::Hybrid),
            salary: vec![Salary {
                min: Some(90e3),
                max: Some(120e3),
                currency: Currency::EUR,
                per: Period::Year,
                location: None,
            }],
            posted: Some(Date::constant(2026, 3, 1)),
            description: text.into(),
            ..Posting::default()
        },
        Posting {
            id: "frost-systems".into(),
            title: "Senior Systems Engineer".into(),
            company: Some("Frost".into()),
            locations: vec![Location {
                written: "Oslo, Norway".into(),
                ..Location::default()
            }],
            workplace: Some(Workplace::Hybrid),
            posted: Some(Date::constant(2026, 1, 2)),
            description: text.replace("Kafka", "Go").replace("5+", "3+"),
            ..Posting::default()
        },
    ]
}

fn compared(derive: bool) -> Comparison {
    let postings = postings();
    let facts: Vec<Facts> = postings.iter().map(facts::of_posting).collect();
    let applied = Step {
        on: Date::constant(2026, 3, 4),
        stage: Stage::Applied,
    };
    let statuses = [
        Status {
            stage: Some(applied),
            course: vec![applied],
            note: Some("Ask about on-call.".into()),
            follow_up: Some(Date::constant(2026, 3, 8)),
            ..Status::default()
        },
        Status::default(),
    ];
    let candidates: Vec<Candidate<'_>> = (0..2)
        .map(|at| Candidate {
            posting: &postings[at],
            facts: derive.then_some(&facts[at]),
            status: &statuses[at],
        })
        .collect();
    Comparison::new(&candidates, TODAY)
}

fn shown(comparison: &Comparison, width: usize) -> String {
    let lines = comparison.lines(width);
    let lines: Vec<String> = lines.iter().map(super::Line::text).collect();
    lines.join("\n")
}

/// The line of a fact, with single spaces.
fn line_of(shown: &str, label: &str) -> String {
    let line = shown.lines().find(|line| line.contains(label));
    let line = line.unwrap_or_else(|| panic!("no {label} in\n{shown}"));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn postings_stand_side_by_side_and_their_differences_are_marked() {
    let shown = shown(&compared(true), 80);
    let first = shown.lines().next().unwrap();
    assert!(first.contains("Senior Rust Engineer, Storage  "), "{first}");
    assert!(first.ends_with("Senior Systems Engineer"), "{first}");
    for (label, line) in [
        ("Pay", "Pay 90,000–120,000 EUR a year –"),
        ("Place", "≠ Place Berlin, Germany Oslo, Norway"),
        ("Workplace", "Workplace hybrid hybrid"),
        ("Level", "Level ≈ senior ≈ senior"),
        ("Experience", "≠ Experience ≈ 5+ years ≈ 3+ years"),
        (
            "Posted",
            "≠ Posted 1 Mar · open 9 days 2 Jan · open 2 months",
        ),
        ("All ask for", "All ask for ≈ Rust, PostgreSQL"),
        ("Also ask for", "≠ Also ask for ≈ Kafka ≈ Go"),
        ("Status", "≠ Status applied 4 Mar –"),
        ("Follow up", "≠ Follow up 8 Mar · overdue –"),
        ("Note", "≠ Note Ask about on-call. –"),
    ] {
        assert_eq!(line_of(&shown, label), line, "{shown}");
    }
    assert!(!shown.contains("Clearance"), "{shown}");
}

#[test]
fn in_a_narrow_window_the_postings_are_listed_under_each_fact() {
    let shown = shown(&compared(true), 36);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[0].starts_with("1 Senior Rust Engineer"), "{shown}");
    assert!(
        shown.contains("\n≠ Place\n  1 Berlin, Germany\n  2 Oslo, Norway\n"),
        "{shown}"
    );
    assert!(shown.contains("\n  Workplace    hybrid\n"), "{shown}");
    assert!(
        shown.contains("\n  Pay\n  1 90,000–120,000 EUR a year\n  2 –\n"),
        "an unknown value is no difference: {shown}"
    );
}

#[test]
fn markdown_has_a_column_for_each_posting() {
    let markdown = compared(true).markdown();
    let mut lines = markdown.lines();
    assert_eq!(
        lines.next(),
        Some(
            "| | **Senior Rust Engineer, Storage**<br>Ferrous | **Senior Systems Engineer**<br>Frost |"
        )
    );
    assert_eq!(lines.next(), Some("|---|---|---|"));
    assert!(
        markdown.contains("| **Place** ≠ | Berlin, Germany | Oslo, Norway |\n"),
        "{markdown}"
    );
    assert!(
        markdown.contains("| Workplace | hybrid | hybrid |\n"),
        "{markdown}"
    );
}

#[test]
fn without_derived_facts_only_stated_ones_are_compared() {
    let stated = compared(false);
    let years = stated.rows.iter().find(|row| row.name == "years").unwrap();
    assert!(years.cells.iter().all(|cell| cell.values.is_empty()) && !years.differs);
    assert!(
        stated
            .rows
            .iter()
            .all(|row| !row.name.starts_with("skills"))
    );
}

#[test]
fn no_line_is_wider_than_the_window() {
    let comparison = compared(true);
    for width in 1..140 {
        let is_side_by_side = comparison.is_side_by_side(width);
        for line in comparison.lines(width) {
            let text = line.text();
            assert!(
                line_width(&text) <= width.max(17),
                "{width} {is_side_by_side}: {text}"
            );
        }
    }
}

fn line_width(text: &str) -> usize {
    super::lines::columns(text)
}
