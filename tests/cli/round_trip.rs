//! Exports that are imported again give the same board.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

use super::run;

/// Texts that begin, hold or end with what formats treat in a special way.
fn line() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "=", "+", "-", "@", "'", "''", "＝", "\"", "\\", ",", "a", "Rust", "Zürich", "日本", "|",
        "&", "<b>", "&amp;", "#", "$", "{", "]", "~", "*", "_", "null", "true", "0", "1e5",
        "SUM(A1)", ";", "; ",
    ]);
    let text = prop::collection::vec((part, prop::bool::ANY), 1..6);
    text.prop_map(|parts| {
        let parts = parts
            .into_iter()
            .map(|(part, space)| format!("{part}{}", if space { " " } else { "" }));
        let text = parts.collect::<String>();
        format!("{}x", text.trim_start())
    })
}

/// A posting as TOML; `id` makes it unique.
fn posting() -> impl Strategy<Value = String> {
    let texts = (
        line(),
        prop::option::of(line()),
        prop::option::of(line()),
        prop::collection::vec(line(), 0..3),
        prop::collection::vec(line(), 0..3),
    );
    let more = (
        prop::option::of(1_u32..29),
        prop::option::of((1_u32..900, 0_u32..900)),
        prop::bool::ANY,
        prop::option::of(prop::sample::select(vec!["intern", "senior", "executive"])),
    );
    (texts, more).prop_map(|((title, company, team, tags, lines), (day, pay, pinned, level))| {
        let mut toml = format!("title = {}\n", quoted(&title));
        for (key, value) in [("company", company), ("team", team)] {
            if let Some(value) = value {
                let _ = writeln!(toml, "{key} = {}", quoted(&value));
            }
        }
        if !tags.is_empty() {
            let tags: Vec<_> = tags.iter().map(|tag| quoted(tag)).collect();
            let _ = writeln!(toml, "tags = [{}]", tags.join(", "));
        }
        if let Some(day) = day {
            let _ = writeln!(toml, "posted = 2026-02-{day:02}\ncloses = 2026-03-{day:02}");
        }
        if let Some((min, more)) = pay {
            let _ = writeln!(toml, "salary = [{{ min = {min}, max = {}, currency = \"EUR\", per = \"hour\", location = \"Oslo; Bergen\" }}, {{ min = {min}.5, currency = \"USD\", per = \"day\" }}]", min + more);
        }
        if pinned {
            toml += "pinned = true\nlocations = [\"Berlin, Germany\", \"Oslo, Norway\"]\nurl = \"https://a.example/1?x=1&y=2\"\n";
        }
        if let Some(level) = level {
            let _ = writeln!(toml, "level = \"{level}\"");
        }
        if !lines.is_empty() {
            let _ = writeln!(toml, "description = {}", quoted(&lines.join("\n\n")));
        }
        toml
    })
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// The postings of a board, without what an import states of its own.
fn postings(board: &Path) -> Vec<Value> {
    let out = run(&[
        "export",
        "--board",
        board.to_str().unwrap(),
        "--format",
        "json",
    ])
    .results();
    let mut rows: Vec<Value> = serde_json::from_str(&out).expect("an array");
    for row in &mut rows {
        let row = row.as_object_mut().unwrap();
        row.remove("source");
        let id = row["id"].as_str().unwrap();
        // The import puts the name of the source in front.
        let id = id.rsplit('.').next().unwrap().to_owned();
        row.insert("id".into(), id.into());
    }
    rows.sort_by_key(|row| row["id"].as_str().unwrap().to_owned());
    rows
}

#[test]
fn exports_import_back_to_the_same_board() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let here = tempfile::tempdir().unwrap();
    let from = here.path().join("from");
    fs::create_dir(&from).unwrap();
    let mut toml = String::new();
    for number in 0..150 {
        let tree = posting().new_tree(&mut runner).unwrap();
        let _ = write!(
            toml,
            "[[posting]]\nid = \"p{number:03}\"\n{}\n",
            proptest::strategy::ValueTree::current(&tree)
        );
    }
    fs::write(from.join("board.toml"), toml).unwrap();
    let expected = postings(&from);
    assert_eq!(expected.len(), 150);
    for format in ["csv", "json", "jsonl", "jsonld"] {
        let file = here.path().join(format!("feed.{format}"));
        let file = file.to_str().unwrap();
        let query = "is:open | is:closed";
        let ran = run(&[
            "export",
            query,
            "--board",
            from.to_str().unwrap(),
            "--format",
            format,
            "--output",
            file,
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let into = here.path().join(format);
        let ran = run(&[
            "import",
            file,
            "--into",
            into.to_str().unwrap(),
            "--source",
            "back",
        ]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{format}");
        let back = postings(&into);
        assert_eq!(back.len(), expected.len(), "{format}");
        for (back, expected) in back.iter().zip(&expected) {
            if format != "jsonld" {
                assert_eq!(back, expected, "{format}");
                continue;
            }
            // In structured data texts may be HTML, so only plain ones are as they were; a team belongs to a company.
            let is_plain = |key: &&str| {
                let is_alone = *key == "team" && expected["company"].is_null();
                !is_alone && !expected[*key].to_string().contains(['<', '&'])
            };
            let kept = [
                "id", "title", "company", "team", "country", "city", "posted", "closes", "url",
            ];
            for key in kept.into_iter().filter(is_plain) {
                assert_eq!(back[key], expected[key], "{format} {key}");
            }
        }
    }
}
