//! `jobdeck check`: warnings in addition to errors.

use std::fs;

use serde_json::Value;

use super::{board, run};
use crate::server::{Server, answer};

const TEXT: &str = "Forecast the water that a valley will have in spring, and explain a neural network to a mountain guide.";

/// A posting with a valid description and further fields.
fn posting(id: &str, more: &str) -> String {
    format!(
        "[[posting]]\nid = \"{id}\"\ntitle = \"Engineer {id}\"\n{more}\ndescription = \"\"\"\n{TEXT}\n\"\"\"\n\n"
    )
}

/// Warnings for a board of one file: line, column, message.
fn warnings(toml: &str) -> Vec<String> {
    let folder = board(toml);
    let shown = folder.path().to_str().unwrap();
    let ran = run(&["check", shown, "--today", "2026-11-25", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let strict = run(&["check", shown, "--today", "2026-11-25", "--strict"]);
    let problems: Vec<Value> = serde_json::from_str(&ran.out).expect("an array");
    assert_eq!(strict.code, i32::from(!problems.is_empty()));
    let said = problems.iter().map(|problem| {
        assert_eq!(problem["severity"], "warning");
        let hint = problem
            .get("hint")
            .and_then(Value::as_str)
            .map(|hint| format!(" ({hint})"));
        let message = problem["message"].as_str().unwrap().replace(shown, "DIR");
        format!(
            "{}:{}: {message}{}",
            problem["line"],
            problem["column"],
            hint.unwrap_or_default()
        )
    });
    said.collect()
}

#[test]
fn values_that_are_hardly_meant_are_doubted_where_they_stand() {
    let table: [(&str, &[&str]); 13] = [
        (
            "posted = 2027-01-01",
            &["4:10: posted on 2027-01-01, which is still to come"],
        ),
        (
            "posted = 0202-01-01",
            &["4:10: posted on 0202-01-01, long before there were such boards"],
        ),
        (
            "closes = 2026-11-24",
            &["4:10: closed on 2026-11-24; nobody can apply any more"],
        ),
        (
            "closes = 2066-01-01",
            &["4:10: closes on 2066-01-01, which is years away"],
        ),
        (
            "tags = [\"Rust\", \"rust\"]",
            &["4:8: `rust` is listed twice in `tags`"],
        ),
        (
            "locations = [\"Berlin, Germny\"]",
            &["4:14: no country is known in `Berlin, Germny` (did you mean `Germany`?)"],
        ),
        (
            "salary = [{ min = 10, max = 90000, currency = \"EUR\", per = \"year\" }]",
            &["4:10: a salary of 10–90,000 EUR a year: is one of the two in another unit?"],
        ),
        (
            "salary = [{ min = 120, currency = \"USD\", per = \"year\" }]",
            &["4:10: a salary of 120 USD a year is implausibly low"],
        ),
        (
            "salary = [{ max = 90000, currency = \"USD\", per = \"hour\" }]",
            &["4:10: a salary of 90,000 USD an hour, which is a lot"],
        ),
        (
            "salary = [{ min = 9000000, currency = \"JPY\", per = \"year\" }]",
            &[],
        ),
        ("company = \"Ice &amp; Snow\"", &[]),
        (
            "closes = 2026-11-25\nposted = 2026-11-25\nlevel = \"senior\"",
            &[],
        ),
        ("source = { format = \"rss\" }\ncloses = 2026-01-01", &[]),
    ];
    for (said, expected) in table {
        assert_eq!(warnings(&posting("a", said)), expected, "{said}");
    }
}

#[test]
fn titles_and_texts_are_read() {
    for (toml, expected) in [
        (
            "title = \"SENIOR ENGINEER\"",
            vec!["3:9: the `title` is all in capitals"],
        ),
        ("title = \"UX/UI\"", vec![]),
        (
            "title = \"Engineering Intern\"\nlevel = \"senior\"",
            vec!["4:9: `level` is `senior`, and the title says `Engineering Intern`"],
        ),
        (
            "title = \"Intern Program Manager\"\nlevel = \"manager\"",
            vec![],
        ),
        (
            "title = \"R&amp;D Engineer\"",
            vec!["3:11: `title` holds HTML: `&amp;`"],
        ),
        (
            "title = \"CafÃ© Manager\"",
            vec!["3:10: `title` was encoded twice: `CafÃ©` (did you mean `Café`?)"],
        ),
    ] {
        let toml = format!("[[posting]]\nid = \"a\"\n{toml}\ndescription = \"{TEXT}\"\n");
        assert_eq!(warnings(&toml), expected, "{toml}");
    }
    for (description, expected) in [
        ("", "4:15: the posting has no `description`: fill it in"),
        ("Soon.", "4:15: the `description` is very short"),
        (
            &format!("{TEXT}\n\nTODO: more"),
            "7:1: `description` still holds `TODO`",
        ),
        (
            &format!("{TEXT}\nWork <b>hard</b>"),
            "6:6: `description` holds HTML: `<b>`",
        ),
    ] {
        let toml = format!(
            "[[posting]]\nid = \"a\"\ntitle = \"A\"\ndescription = \"\"\"\n{description}\n\"\"\"\n"
        );
        assert_eq!(warnings(&toml), [expected], "{toml}");
    }
}

#[test]
fn postings_that_stand_there_twice_are_told() {
    let one = posting(
        "a",
        "url = \"https://www.example.org/jobs/1/?utm_source=x\"",
    );
    let two = posting("b", "url = \"http://example.org/jobs/1#apply\"");
    assert_eq!(
        warnings(&format!("{one}{two}")),
        ["12:7: leads to the page of the posting `a` at board.toml:2"]
    );
    let role = |id: &str, place: &str, more: &str| {
        let role = posting(id, &format!("company = \"Ice\"\nlocations = [\"{place}\"]"));
        role.replace(&format!("Engineer {id}"), "Engineer")
            .replace(TEXT, &format!("{TEXT} {more}"))
    };
    let long = "one two three four five six seven eight nine ten ".repeat(9);
    let told = |first: &str, second: &str| warnings(&format!("{first}{second}"));
    assert_eq!(
        told(
            &role("a", "Berlin", &long),
            &role("b", "berlin", &format!("{long} R-1234"))
        ),
        [
            "11:6: has the title, company, place and nearly the text of the posting `a` at board.toml:2"
        ]
    );
    assert!(told(&role("a", "Berlin", &long), &role("b", "Paris", &long)).is_empty());
    assert!(
        told(
            &role("a", "Berlin", "We build boats."),
            &role("b", "Berlin", "We sing in trees.")
        )
        .is_empty()
    );
    let mail = |id| posting(id, "url = \"mailto:jobs@example.org\"");
    assert!(told(&mail("a"), &mail("b")).is_empty());
}

#[test]
fn an_interview_is_told_which_of_its_postings_closed() {
    let interview = "[[interview]]\nid = \"i\"\ntitle = \"I\"\nrelated = [\"a\"]\n[[interview.exchange]]\nquestion = \"Q\"\nanswer = \"A &nbsp; B\"\n";
    let said = warnings(&format!(
        "{}{interview}",
        posting("a", "source = { format = \"rss\" }\ncloses = 2026-01-01")
    ));
    assert_eq!(
        said,
        [
            "13:12: the posting `a` closed on 2026-01-01",
            "16:13: `answer` holds HTML: `&nbsp;`"
        ]
    );
}

#[test]
fn links_in_texts_are_tested_where_they_stand() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/there" => answer(200, &[], b""),
        _ => answer(404, &[], b""),
    });
    let (there, gone) = (server.url("/there"), server.url("/gone"));
    let toml = format!(
        r#"[board]
name = "A board"

[[posting]]
id = "a"
title = "Engineer"
description = """
See [this]({there}#part) and [that]({gone}), and

- [that again][1], <{there}>, [a letter](mailto:a@example.org), `[no link]({gone})`

[1]: {gone}
"""

[[interview]]
id = "talk"
title = "A talk"
introduction = "Read [more]({gone}?more)."
[[interview.exchange]]
question = "Why?"
answer = """
Because of [it]({gone}#top)."""
"#
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("board.toml"), toml).unwrap();
    let shown = folder.path().to_str().unwrap();
    let ran = run(&["check", shown, "--links", "--allow-private"]);
    assert_eq!(ran.code, 1);
    let said = ran.out.lines().filter(|line| line.starts_with(shown));
    let said: Vec<_> = said.map(|line| line.replace(shown, "DIR")).collect();
    let nowhere = "is broken: the server answered 404 (not found)";
    let told = |place: &str| format!("DIR/board.toml:{place}: {nowhere}");
    let column = |before: &str| before.len() + 1;
    let second = column(&format!("See [this]({there}#part) and [that]("));
    assert_eq!(
        said,
        [
            told(&format!("8:{second}")),
            told("10:3"),
            told(&format!("18:{}", "introduction = \"Read [more](".len() + 1)),
            told("22:17"),
        ]
    );
    let asked = server.asked().into_iter().map(|asked| asked.path);
    let mut asked: Vec<_> = asked.collect();
    asked.dedup();
    assert_eq!(asked, ["/gone", "/gone?more", "/there"]);
}

#[test]
fn links_are_asked_for_once_and_sparingly() {
    let server = Server::start(|asked| match asked.path.split('?').next().unwrap() {
        "/there" | "/moved" => answer(200, &[], b""),
        "/no-head" if asked.method == "HEAD" => answer(405, &[], b""),
        "/no-head" => answer(200, &[], b"all of it"),
        "/moved/1" => answer(302, &["location: /moved"], b""),
        "/busy" => answer(503, &[], b""),
        _ => answer(404, &[], b""),
    });
    let paths = [
        "/there",
        "/no-head",
        "/moved/1",
        "/busy",
        "/gone",
        "/there?utm_source=x",
    ];
    let toml: String = paths
        .iter()
        .enumerate()
        .map(|(at, path)| {
            posting(
                &format!("p{at}"),
                &format!("url = \"{}\"", server.url(path)),
            )
        })
        .collect();
    let folder = board(&(toml + &posting("mail", "url = \"mailto:jobs@example.org\"")));
    fs::write(
        folder.path().join("z.toml"),
        posting("again", &format!("url = \"{}\"", server.url("/gone"))),
    )
    .unwrap();
    let shown = folder.path().to_str().unwrap();
    let ran = run(&["check", shown, "--links", "--allow-private"]);
    assert_eq!(ran.code, 1);
    let said: Vec<_> = ran
        .out
        .lines()
        .filter(|line| line.starts_with(shown) && !line.contains("leads to the page of"))
        .map(|line| line.replace(shown, "DIR").replace(&server.root, "ROOT"))
        .collect();
    assert_eq!(
        said,
        [
            "DIR/board.toml:20:7: warning: now redirects to ROOT/moved; the original page may be gone",
            "DIR/board.toml:28:7: warning: could not be tested: the server answered 503 (server error)",
            "DIR/board.toml:36:7: is broken: the server answered 404 (not found)",
            "DIR/z.toml:4:7: is broken: the server answered 404 (not found)",
        ]
    );
    assert!(
        ran.err.contains("checking 6 addresses on 1 server\n"),
        "{}",
        ran.err
    );
    let asked = |path: &str| {
        let asked = server
            .asked()
            .into_iter()
            .filter(|asked| asked.path == path);
        asked.map(|asked| asked.method).collect::<Vec<_>>()
    };
    assert_eq!(asked("/there"), ["HEAD"]);
    assert_eq!(asked("/no-head"), ["HEAD", "GET"]);
    assert_eq!(asked("/gone"), ["HEAD", "GET"]);
    let ran = run(&["check", shown, "--links"]);
    assert!(
        ran.out.contains("was not checked: leads to 127.0.0.1"),
        "{}",
        ran.out
    );
}
