//! Board files with one text in every field that takes text.

use std::fmt::Write as _;

use jobdeck::board::{Board, Exchange, Interview, Location, Person, Posting};

/// Text fields of a posting, each written as `key = …`.
const POSTING: [&str; 8] = [
    "title",
    "company",
    "team",
    "publisher",
    "employment",
    "language",
    "description",
    "url",
];
const INTERVIEW: [&str; 7] = [
    "title",
    "subtitle",
    "credit",
    "caption",
    "editors_note",
    "introduction",
    "publisher",
];

/// A TOML string of a text, escaping only what TOML forbids.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' | '\0'..='\u{1f}' | '\u{7f}' => {
                write!(out, "\\u{:04x}", u32::from(c)).unwrap();
            }
            c => out.push(c),
        }
    }
    out + "\""
}

/// A posting and its interview with the text in every field and in an unknown key.
pub fn of(id: &str, text: &str) -> String {
    let q = quoted(text);
    let mut out =
        format!("[[posting]]\nid = \"{id}\"\nlocations = [{q}, {q}]\ntags = [{q}]\n{q} = 1\n");
    out.push_str("salary = [{ min = 1, currency = \"EUR\", per = \"year\", location = ");
    writeln!(out, "{q} }}]\nsource = {{ format = {q} }}").unwrap();
    for key in POSTING {
        writeln!(out, "{key} = {q}").unwrap();
    }
    writeln!(
        out,
        "[[interview]]\nid = \"{id}\"\nrelated = [\"{id}\", {q}]"
    )
    .unwrap();
    writeln!(out, "topics = [{q}]\nperson = {{ name = {q}, role = {q} }}").unwrap();
    for key in INTERVIEW {
        writeln!(out, "{key} = {q}").unwrap();
    }
    writeln!(out, "[[interview.exchange]]\nquestion = {q}\nanswer = {q}").unwrap();
    out
}

/// The result of a loader without the gate.
pub fn ungated(texts: &[&str]) -> Board {
    let numbered = texts.iter().enumerate();
    let postings = numbered.clone().map(|(at, text)| Posting {
        id: at.to_string(),
        title: (*text).to_owned(),
        company: Some((*text).to_owned()),
        locations: vec![Location::parse(text)],
        tags: vec![(*text).to_owned()],
        description: (*text).to_owned(),
        ..Posting::default()
    });
    let interviews = numbered.map(|(at, text)| Interview {
        id: at.to_string(),
        title: (*text).to_owned(),
        person: Some(Person {
            name: (*text).to_owned(),
            role: None,
        }),
        related: Some(vec![at.to_string()]),
        exchanges: vec![Exchange {
            question: (*text).to_owned(),
            answer: (*text).to_owned(),
        }],
        ..Interview::default()
    });
    Board::new(
        (*texts[0]).to_owned(),
        postings.collect(),
        interviews.collect(),
    )
}
