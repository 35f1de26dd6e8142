//! `jobdeck check`: warnings in addition to errors.

use std::fmt::Write;
use std::fs;

use jobdeck::content::{Rule, Severity};
use serde_json::Value;

use super::{board, jobdeck, run};
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
            .get("help")
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
            &["4:10: posted on 2027-01-01, which is in the future"],
        ),
        (
            "posted = 0202-01-01",
            &["4:10: posted on 0202-01-01, which is implausibly early"],
        ),
        (
            "closes = 2026-11-24",
            &["4:10: closed on 2026-11-24; extend `closes`, or remove the posting"],
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
            &["4:14: unknown country in `Berlin, Germny` (did you mean `Germany`?)"],
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
            &["4:10: a salary of 90,000 USD an hour is implausibly high"],
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
            vec!["3:11: `title` contains HTML: `&amp;`"],
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
            "7:1: `description` still contains `TODO`",
        ),
        (
            &format!("{TEXT}\nWork <b>hard</b>"),
            "6:6: `description` contains HTML: `<b>`",
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
        ["12:7: links to the same page as the posting `a` at board.toml:2"]
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
            "11:6: has the same title, company and place, and nearly the same text, as the posting `a` at board.toml:2"
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
            "16:13: `answer` contains HTML: `&nbsp;`"
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
    let nowhere = "is broken: the server answered 404 (not found) [link/broken]";
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
        .filter(|line| line.starts_with(shown) && !line.contains("links to the same page as"))
        .map(|line| line.replace(shown, "DIR").replace(&server.root, "ROOT"))
        .collect();
    assert_eq!(
        said,
        [
            "DIR/board.toml:20:7: warning: now redirects to ROOT/moved; the original page may be gone [link/moved]",
            "DIR/board.toml:28:7: warning: could not be tested: the server answered 503 (server error) [link/unchecked]",
            "DIR/board.toml:36:7: is broken: the server answered 404 (not found) [link/broken]",
            "DIR/z.toml:4:7: is broken: the server answered 404 (not found) [link/broken]",
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

/// Lines of `check` on a board of one file, with the folder left out.
fn checked(toml: &str, args: &[&str]) -> (i32, String, String) {
    let folder = board(toml);
    let shown = folder.path().to_str().unwrap();
    let ran = run(&[&["check", shown, "--today", "2026-11-25"], args].concat());
    let out = ran.out.replace(&format!("{shown}/"), "");
    (ran.code, out, ran.err)
}

#[test]
fn every_rule_is_documented_and_every_documented_rule_exists() {
    let page = include_str!("../../docs/command-line.md");
    let section = page.split("\n## Rules of check\n").nth(1).unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let documented: Vec<String> = rows.map(str::to_owned).collect();
    let rules = Rule::ALL.iter().map(|rule| {
        let severity = if rule.severity() == Severity::Error {
            "error"
        } else {
            "warning"
        };
        format!("| `{}` | {severity} | {} |", rule.code(), rule.about())
    });
    assert_eq!(documented, rules.collect::<Vec<_>>());
    for rule in Rule::ALL {
        assert_eq!(
            Rule::named(rule.code()),
            Some(*rule),
            "a code names one rule"
        );
    }
    // The examples are right: they allow just what they break.
    let examples: Vec<&str> = section
        .split("```toml\n")
        .skip(1)
        .map(|block| block.split("```").next().unwrap())
        .collect();
    let (_, out, _) = checked(examples[0], &[]);
    assert_eq!(out, "");
    let both = format!(
        "{}\n[[posting]]\nid = 'a'\ntitle = 'A'\ndescription = 'Soon.'\n",
        examples[1]
    );
    assert_eq!(checked(&both, &[]).1, "");
}

#[test]
fn problems_name_their_rules() {
    let toml = "[[posting]]\nid = 'a'\ntitle = 'SENIOR ENGINEER'\nlevel = 'princpal'\nsalry = 1\nurl = 'ftp://a'\nposted = 2026-13-01\ndescription = ''\n\n[[posting]]\nid = 'a'\ntitle = 'B'\n\n[[posting]]\nid = 'c'\n";
    let (code, out, _) = checked(toml, &[]);
    assert_eq!(code, 1);
    for told in [
        "board.toml:3:9: warning: the `title` is all in capitals [title/capitals]\n",
        "[value/unknown-word]\n",
        "[key/unknown]\n",
        "[value/url]\n",
        "[file/syntax]\n",
        "[id/repeated]\n",
        "[key/missing]\n",
    ] {
        assert!(out.contains(told), "{told}\n{out}");
    }
    let (_, csv, _) = checked(toml, &["--format", "csv"]);
    assert!(
        csv.starts_with("rule,severity,file,line,column,message,help,source_line\n"),
        "{csv}"
    );
    assert!(
        csv.contains("title/capitals,warning,board.toml,3,9,"),
        "{csv}"
    );
}

#[test]
fn a_warning_that_is_meant_is_allowed_in_the_file() {
    let short = "[[posting]]\nid = 'b'\ntitle = 'SENIOR ENGINEER'\ndescription = 'Soon.'\n";
    for (allowed, told) in [
        ("", vec!["title/capitals", "description/short"]),
        (
            "# jobdeck: allow(title/capitals)\n",
            vec!["description/short"],
        ),
        (
            "# jobdeck: allow(title/capitals, description/short)\n",
            vec![],
        ),
        (
            "[check]\nallow = ['description/short', 'title/capitals']\n\n",
            vec![],
        ),
        // What allows nothing is told, and so is what cannot be allowed.
        (
            "# jobdeck: allow(title/capitals, description/short, text/html)\n",
            vec!["allow/unused"],
        ),
        (
            "[check]\nallow = ['description/short', 'title/capitals', 'closes/past']\n",
            vec!["allow/unused"],
        ),
        (
            "# jobdeck: allow(title/capitls, description/short)\n",
            vec!["allow/unknown", "title/capitals"],
        ),
        (
            "# jobdeck: allow(key/missing)\n",
            vec!["allow/unknown", "title/capitals", "description/short"],
        ),
        (
            "# jobdeck: ignore title/capitals\n",
            vec!["allow/unknown", "title/capitals", "description/short"],
        ),
        // Links are only judged where they are checked.
        (
            "# jobdeck: allow(title/capitals, description/short, link/moved)\n",
            vec![],
        ),
    ] {
        let (_, out, _) = checked(&format!("{allowed}{short}"), &["--format", "jsonl"]);
        let rules: Vec<String> = super::objects(&out)
            .iter()
            .map(|one| one["rule"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(rules, told, "{allowed}{out}");
    }
    let (_, out, _) = checked(&format!("# jobdeck: allow(title/capitls)\n{short}"), &[]);
    assert!(out.contains("did you mean `title/capitals`?"), "{out}");
    // An allowed warning does not count, not even under --strict.
    let both = format!("# jobdeck: allow(title/capitals, description/short)\n{short}");
    let (code, _, err) = checked(&both, &["--strict"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.starts_with("jobdeck: no problems in "), "{err}");
    // Formatting keeps the comment and the table.
    let folder = board(&format!("[check]\nallow = ['description/short']\n\n{both}"));
    assert_eq!(run(&["fmt", folder.path().to_str().unwrap()]).code, 0);
    let written = fs::read_to_string(folder.path().join("board.toml")).unwrap();
    assert!(
        written.contains("allow = [\"description/short\"]")
            && written.contains("# jobdeck: allow(title/capitals"),
        "{written}"
    );
}

#[test]
fn allowed_warnings_displace_no_others() {
    let mut toml = "[check]\nallow = ['description/short']\n\n".to_owned();
    for number in 0..150 {
        let _ = write!(
            toml,
            "[[posting]]\nid = 'p{number}'\ntitle = 'Engineer {number}'\ndescription = 'Soon.'\n"
        );
    }
    toml += "[[posting]]\nid = 'z'\ntitle = 'SENIOR ENGINEER'\ndescription = 'Soon.'\n";
    let (_, out, _) = checked(&toml, &[]);
    assert!(out.contains("[title/capitals]"), "{out}");
    assert!(!out.contains("[description/short]"), "{out}");
}

#[test]
fn github_shows_problems_beside_the_lines() {
    let folder = board(
        "[[posting]]\nid = 'a'\ntitle = 'SENIOR ENGINEER'\nlevel = 'princpal'\ndescription = ''\n",
    );
    let ran = jobdeck(&["check", "./", "--format", "github"])
        .within(folder.path())
        .run();
    assert_eq!(
        ran.out,
        "::warning file=board.toml,line=3,col=9,title=title/capitals::the `title` is all in capitals\n\
         ::error file=board.toml,line=4,col=9,title=value/unknown-word::`level` cannot be `princpal`: it is one of `intern`, `junior`, `mid`, `senior`, `staff`, `principal`, `manager`, `director`, `executive`%0Adid you mean `principal`?\n\
         ::warning file=board.toml,line=5,col=15,title=description/missing::the posting has no `description`: fill it in\n"
    );
}

#[test]
fn code_scanning_reads_sarif() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("my board/postings");
    fs::create_dir_all(&inner).unwrap();
    fs::write(
        inner.join("é.toml"),
        "[[posting]]\nid = 'a'\ntitle = 'SENIOR ENGINEER'\nlevel = 'princpal'\n",
    )
    .unwrap();
    let absolute = folder.path().join("my board");
    for given in ["my board", "./my board/", absolute.to_str().unwrap()] {
        let ran = jobdeck(&["check", given, "--format", "sarif"])
            .within(folder.path())
            .run();
        assert_eq!(ran.code, 1);
        let log: Value = serde_json::from_str(&ran.out).expect("JSON");
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), Rule::ALL.len());
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), 3, "{}", ran.out);
        for result in results {
            let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(result["message"]["text"].is_string());
            assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(
                place["artifactLocation"]["uri"], "my%20board/postings/%C3%A9.toml",
                "{given}"
            );
            assert!(place["region"]["startLine"].as_u64() >= Some(1));
            assert!(place["region"]["startColumn"].as_u64() >= Some(1));
        }
    }
    let clean = run(&["check", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&clean.out).expect("JSON");
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
}
