use super::*;
use crate::board::{Exchange, Location, Person, Sponsorship, Workplace};

fn posting() -> Posting {
    Posting {
        id: "data-scientist".into(),
        title: "Data Scientist".into(),
        company: Some("Amazon".into()),
        team: Some("AWS".into()),
        locations: vec![
            Location::parse("IN, KA, Bengaluru"),
            Location::parse("Berlin, Germany"),
        ],
        workplace: Some(Workplace::Hybrid),
        posted: Some("2026-09-01".parse().unwrap()),
        closes: Some("2026-12-31".parse().unwrap()),
        sponsorship: Some(Sponsorship::Offered),
        publisher: Some("Amazon Science".into()),
        retold: true,
        tags: vec!["forecasting".into(), "linear_programming".into()],
        url: Some("https://example.org/job_1".into()),
        description: "A *fine* job.\n\n## Duties\n- one\n- **two**\n\n### More\n1. x".into(),
        ..Posting::default()
    }
}

fn interview() -> Interview {
    let exchange = |question: &str| Exchange {
        question: question.into(),
        answer: "First.\n\nSecond.".into(),
    };
    Interview {
        title: "A talk".into(),
        subtitle: Some("About work".into()),
        person: Some(Person {
            name: "M. Bethge".into(),
            role: Some("Scholar".into()),
        }),
        credit: Some("A. Faden".into()),
        caption: Some("The scholar".into()),
        editors_note: Some("Retold.".into()),
        topics: vec!["Vision".into(), "Art".into()],
        publisher: Some("Amazon Science".into()),
        retold: true,
        exchanges: vec![exchange("Why?"), exchange("How?")],
        ..Interview::default()
    }
}

#[test]
fn a_posting_shows_its_known_fields() {
    let text = Document::posting(&posting()).to_plain(Some(40));
    let expected = "\
Data Scientist
==============
Amazon · AWS

Place      IN, KA, Bengaluru · Berlin,
           Germany
Workplace  hybrid
Visa       offered
Posted     1 Sep 2026
Closes     31 Dec 2026
Link       https://example.org/job_1
Source     Retold from Amazon Science
Tags       forecasting,
           linear_programming

A fine job.

Duties
------
• one
• two

More
----
1. x
";
    assert_eq!(text, expected);
}

#[test]
fn a_posting_is_silent_about_the_rest() {
    let bare = Posting {
        title: "Role not named".into(),
        ..Posting::default()
    };
    let document = Document::posting(&bare);
    assert_eq!(document.to_plain(None), "Role not named\n==============\n");
    assert!(document.outline.is_empty());
}

#[test]
fn an_interview_lists_its_questions_and_opens_its_postings() {
    let posting = posting();
    let document = Document::interview(&interview(), &[&posting]);
    let outline: Vec<&str> = document
        .outline
        .iter()
        .map(|(_, text)| text.as_str())
        .collect();
    assert_eq!(outline, ["Why?", "How?"]);
    for (at, text) in &document.outline {
        assert_eq!(document.blocks[*at].text(), *text);
    }
    let last = document.blocks.last().unwrap();
    assert_eq!(last.link.as_deref(), Some("data-scientist"));
    let wrapped = document.wrap(30);
    let links: Vec<String> = wrapped
        .lines
        .iter()
        .filter(|line| line.link.is_some())
        .map(Line::text)
        .collect();
    assert_eq!(
        links,
        ["• Data Scientist — Amazon ·", "  IN, KA, Bengaluru +1"]
    );
}

#[test]
fn an_interview_reads_as_a_page() {
    let posting = posting();
    let text = Document::interview(&interview(), &[&posting]).to_plain(None);
    let expected = "\
A talk
======
About work
M. Bethge, Scholar
Retold from Amazon Science
Topics: Vision, Art

The scholar
Photo: A. Faden

Editor's note: Retold.

Why?
----

First.

Second.

How?
----

First.

Second.

Related postings
----------------
• Data Scientist — Amazon · IN, KA, Bengaluru +1
";
    assert_eq!(text, expected);
}

#[test]
fn markdown_keeps_titles_facts_and_sections() {
    let markdown = Document::posting(&posting()).to_markdown();
    assert!(
        markdown.starts_with("# Data Scientist\n\n**Amazon** · AWS\\\nPlace: IN, KA"),
        "{markdown}"
    );
    assert!(
        markdown.contains("\nLink: [example.org](https://example.org/job_1)\\\n"),
        "{markdown}"
    );
    assert!(
        markdown.ends_with("A *fine* job.\n\n## Duties\n\n- one\n- **two**\n\n### More\n\n1. x\n"),
        "{markdown}"
    );
    let talk = Document::interview(&interview(), &[&posting()]).to_markdown();
    assert!(
        talk.contains("\n\n## How?\n\nFirst.\n\nSecond.\n\n## Related postings\n\n- Data"),
        "{talk}"
    );
}
