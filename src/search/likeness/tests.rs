//! Similar postings on a small board.

use std::sync::Arc;

use super::similar;
use crate::board::{Board, Location, Posting};
use crate::query::State;
use crate::search::{Index, Marks, RowMarks};

fn posting(id: &str, title: &str, company: &str, text: &str) -> Posting {
    Posting {
        id: id.into(),
        title: title.into(),
        company: Some(company.into()),
        locations: vec![Location::parse("Oslo, Norway")],
        description: text.into(),
        ..Posting::default()
    }
}

fn index() -> Index {
    let kafka = "You run our streaming pipelines. Requirements: 3 years of Kafka and Rust.";
    let mut postings = vec![
        posting(
            "rust-a",
            "Senior Rust Engineer, Streaming",
            "Ferrous",
            kafka,
        ),
        posting(
            "rust-a-oslo",
            "Senior Rust Engineer, Streaming",
            "Ferrous",
            kafka,
        ),
        posting(
            "rust-b",
            "Rust Engineers (m/w/d)",
            "Frost",
            "Pipelines that stream sensor readings through Kafka.",
        ),
        posting(
            "rust-c",
            "Rust Engineer, Compilers and Tools",
            "Alp",
            "A compiler for embedded devices.",
        ),
        posting("cook", "Senior Cook, Oslo", "Kitchen", "You cook fish."),
        posting(
            "data",
            "Data Engineer",
            "Frost",
            "You keep the warehouse of numbers in order.",
        ),
        posting("sales", "Account Executive", "Frost", "You sell."),
    ];
    // Others, so that the words above are as rare as on a real board.
    let others = ["Nurse", "Driver", "Teacher", "Baker", "Welder", "Gardener"];
    for number in 0..60 {
        let title = others[number % others.len()];
        let id = format!("other-{number}");
        postings.push(posting(
            &id,
            title,
            &format!("Company {number}"),
            "You work with people.",
        ));
    }
    Index::new(Arc::new(Board::new("b".into(), postings, Vec::new())))
}

fn ids(index: &Index, id: &str, marks: &Marks) -> Vec<String> {
    let row = index.row(id).unwrap();
    let found = similar(index, row, 9, marks, &|| false).unwrap();
    let ids = found
        .iter()
        .map(|found| index.posting(found.row).id.clone());
    ids.collect()
}

#[test]
fn the_same_work_comes_first_and_the_company_s_own_duplicates_not_at_all() {
    let index = index();
    let found = ids(&index, "rust-a", &Marks::default());
    assert_eq!(found[..2], ["rust-b", "rust-c"]);
    assert!(!found.contains(&"rust-a-oslo".to_owned()), "{found:?}");
    assert!(!found.contains(&"sales".to_owned()), "{found:?}");
    index.find_duplicates();
    assert_eq!(ids(&index, "rust-a", &Marks::default()), found);
}

#[test]
fn the_shared_words_are_the_reason() {
    let index = index();
    let row = index.row("rust-a").unwrap();
    let found = similar(&index, row, 1, &Marks::default(), &|| false).unwrap();
    let shared = &found[0].shared;
    for word in ["rust", "engineer", "kafka"] {
        assert!(
            shared
                .iter()
                .any(|shared| shared.eq_ignore_ascii_case(word)),
            "{word}: {shared:?}"
        );
    }
    assert!(!shared.iter().any(|word| word == "oslo"), "{shared:?}");
}

#[test]
fn hidden_postings_are_left_out() {
    let index = index();
    let mut marks = Marks::default();
    let row = index.row("rust-b").unwrap();
    marks.set(&index, row, RowMarks::default().with(State::Hidden, true));
    assert_eq!(ids(&index, "rust-a", &marks)[0], "rust-c");
}

#[test]
fn a_place_in_the_title_makes_no_posting_similar() {
    let index = index();
    assert_eq!(
        ids(&index, "sales", &Marks::default()),
        Vec::<String>::new()
    );
}
