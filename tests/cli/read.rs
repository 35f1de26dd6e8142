//! Printing a single posting or interview.

use serde_json::Value;
use tempfile::TempDir;

use super::{board, fixture, jobdeck, run, small};

#[test]
fn shows_a_posting() {
    assert_eq!(
        small(&["show", "wetlab-intern-seattle"]).results(),
        "\
Wet Lab Intern
==============
Sound Bio

Place      US, WA, Seattle
Workplace  on-site · internship
Level      intern
Posted     20 Sep 2026
Link       https://soundbio.example.org/apply?role=wetlab
Tags       biology, fermentation

Sound Bio grows pigments in kelp. The intern keeps the cultures alive
and learns why some of them will not be.

What you will learn
-------------------
1. Sterile technique
2. Keeping a notebook that somebody else can read
3. Washing glass
"
    );
    let markdown = small(&["show", "wetlab-intern-seattle", "--format", "markdown"]).results();
    assert!(markdown.starts_with("# Wet Lab Intern\n"), "{markdown}");
    assert!(
        markdown.contains("\n## What you will learn\n"),
        "{markdown}"
    );
    let json = small(&["show", "wetlab-intern-seattle", "--format", "json"]).results();
    let posting: Value = serde_json::from_str(&json).expect("an object");
    assert_eq!(posting["posted"], "2026-09-20");
    assert_eq!(posting["city"], serde_json::json!(["Seattle"]));
    assert_eq!(posting["salary"], serde_json::json!([]));
    let interview = small(&["show", "ada-example"]).results();
    assert!(interview.starts_with("Ada Example counts snowflakes\n"));
}

#[test]
fn an_unknown_id_offers_those_near_it() {
    assert_eq!(
        run(&["show", "twitch"]).said(1),
        "jobdeck: no posting or interview has the id `twitch`; did you mean `twitch-role-not-named`?\n"
    );
    assert_eq!(
        small(&["read", "ada-exampel"]).said(1),
        "jobdeck: no posting or interview has the id `ada-exampel`; did you mean `ada-example`?\n"
    );
    assert_eq!(
        small(&["show", "zzzz"]).said(1),
        "jobdeck: no posting or interview has the id `zzzz`; `jobdeck list --columns id,title` lists them\n"
    );
}

#[test]
fn reads_the_interview() {
    let text = run(&["read"]).results();
    assert!(text.starts_with("Matthias Bethge, the self-described protopian\n"));
    assert!(text.contains("Photo: Anne Faden"));
    assert!(text.contains("Related postings"));
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(72), "{widest:?}");
    assert_eq!(run(&["read", "matthias-bethge"]).results(), text);
    let markdown = run(&["read", "--format", "markdown"]).results();
    let headings = markdown.lines().filter(|line| line.starts_with("## "));
    assert_eq!(
        headings.count(),
        8 + 1,
        "8 questions and the related postings"
    );
    let json = run(&["read", "--format", "json"]).results();
    let interview: Value = serde_json::from_str(&json).expect("an object");
    assert_eq!(interview["person"]["name"], "Matthias Bethge");
    assert_eq!(interview["exchange"].as_array().map(Vec::len), Some(8));
    assert_eq!(interview["related"].as_array().map(Vec::len), Some(10));
    assert_eq!(interview["retold"], true);
    assert_eq!(interview["url"], Value::Null);
}

#[test]
fn a_board_may_have_no_interview_or_several() {
    let none = board("[[posting]]\nid = 'a'\ntitle = 'A'\n");
    let read = |folder: &TempDir| {
        let read = jobdeck(&["read"]);
        read.env("JOBDECK_BOARD", folder.path()).run()
    };
    assert_eq!(
        read(&none).said(1),
        "jobdeck: this board has no interviews\n"
    );
    let interview = |id| {
        format!(
            "[[interview]]\nid = '{id}'\ntitle = '{id}'\n[[interview.exchange]]\nquestion = 'q'\nanswer = 'a'\n"
        )
    };
    let two = board(&(interview("one") + &interview("two")));
    let ran = read(&two);
    assert!(ran.out.starts_with("one\n===\n"), "{}", ran.out);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (0, "jobdeck: the other interviews are two\n")
    );
}

#[test]
fn several_postings_are_shown_one_after_the_other() {
    let ids = small(&["list", "--columns", "id", "--format", "tsv", "--no-header"]).out;
    let ids: Vec<&str> = ids.lines().take(2).collect();
    let both = small(&["show", ids[0], ids[1], "--format", "json"]).results();
    let found: Vec<Value> = both
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(found.len(), 2);
    assert_eq!(
        (&found[0]["id"], &found[1]["id"]),
        (&ids[0].into(), &ids[1].into())
    );
    let one = small(&["show", ids[1]]).results();
    let text = small(&["show", ids[0], ids[1]]).results();
    assert!(text.ends_with(&format!("\n{one}")), "{text}");
    let piped = jobdeck(&["show", "-", "--format", "json"])
        .env("JOBDECK_BOARD", fixture("small"))
        .fed(format!("{}\n\nnone-such\n{}\n", ids[0], ids[1]).into_bytes())
        .run();
    assert_eq!((piped.code, piped.out.as_str()), (1, both.as_str()));
    assert!(
        piped
            .err
            .contains("no posting or interview has the id `none-such`"),
        "{}",
        piped.err
    );
}

#[test]
fn interviews_are_listed() {
    let table = small(&["read", "--list"]).results();
    assert_eq!(table.lines().count(), 2, "{table}");
    assert!(table.starts_with("id "), "{table}");
    let listed = small(&["read", "--list", "--format", "tsv"]).results();
    let id = listed.lines().nth(1).unwrap().split('\t').next().unwrap();
    assert_eq!(small(&["read", id]).code, 0);
    let said = small(&["read", "--format", "csv"]).said(2);
    assert!(said.contains("add --list"), "{said}");
}
