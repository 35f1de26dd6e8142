//! Results of queries, and their formats.

use jobdeck::cli::Column;
use serde_json::Value;

use super::{board, objects, run, small};

#[test]
fn lists_the_shipped_board_in_every_format() {
    let lines = run(&["list", "--format", "jsonl"]).results();
    let postings = objects(&lines);
    assert_eq!(postings.len(), 10);
    let words: Vec<&str> = Column::all().iter().map(|column| column.word()).collect();
    for posting in &postings {
        let posting = posting.as_object().expect("an object");
        for key in ["id", "title", "company", "description", "locations"] {
            assert!(posting.contains_key(key), "{key}");
        }
        for key in posting.keys() {
            assert!(words.contains(&key.as_str()), "{key}");
        }
        for unsaid in ["posted", "closes", "board"] {
            assert_eq!(posting[unsaid], Value::Null, "{unsaid}");
        }
    }
    let array = run(&["list", "--format", "json"]).results();
    let array: Vec<Value> = serde_json::from_str(&array).expect("an array");
    assert_eq!(array, postings);
    for (format, delimiter) in [("csv", b','), ("tsv", b'\t')] {
        let text = run(&["list", "--format", format]).results();
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.delimiter(delimiter).from_reader(text.as_bytes());
        let titles = reader.headers().unwrap().clone();
        assert_eq!(titles.get(0), Some("id"));
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 10);
        for (row, posting) in rows.iter().zip(&postings) {
            assert_eq!(row.get(0), posting["id"].as_str());
        }
    }
    let table = run(&["list"]);
    assert_eq!(
        (table.code, table.err.as_str()),
        (0, "jobdeck: 10 of 10 postings\n")
    );
    assert_eq!(table.out.lines().count(), 11);
    assert!(table.out.contains("Role not named (Twitch)"));
}

#[test]
fn a_table_is_for_a_glance() {
    let ran = small(&["list", "sort:title"]);
    assert_eq!(
        ran.out,
        "\
title           company     locations            posted
Data Scientist  Alpenlabor  Zürich, Switzerland  2026-10-15
Rust Engineer   Ferrous     Berlin, Germany      2026-09-01
Wet Lab Intern  Sound Bio   US, WA, Seattle      2026-09-20
"
    );
    assert_eq!(ran.err, "jobdeck: 3 of 3 postings\n");
}

#[test]
fn columns_are_words_of_the_vocabulary() {
    let columns = "id,salary,tags,country,retold,closes";
    let csv = small(&["list", "rust", "--format", "csv", "--columns", columns]).results();
    assert_eq!(
        csv,
        "\
id,salary,tags,country,retold,closes
rust-engineer-berlin,\"70,000–90,000 EUR a year\",rust; compilers,DE,false,
"
    );
    let json = small(&["list", "rust", "--format", "jsonl", "--columns", columns]).results();
    assert_eq!(
        json,
        "{\"id\":\"rust-engineer-berlin\",\
          \"salary\":[{\"min\":70000,\"max\":90000,\"currency\":\"EUR\",\"per\":\"year\"}],\
          \"tags\":[\"rust\",\"compilers\"],\"country\":[\"DE\"],\"retold\":false,\"closes\":null}\n"
    );
    let said = small(&["list", "--columns", "id,tilte"]).said(2);
    assert!(said.contains("a similar value exists: 'title'"), "{said}");
}

#[test]
fn tsv_keeps_a_posting_on_its_line() {
    let columns = "id,description";
    let tsv = small(&["list", "--format", "tsv", "--columns", columns]).results();
    assert_eq!(tsv.lines().count(), 4);
    for line in tsv.lines() {
        assert_eq!(line.split('\t').count(), 2, "{line}");
    }
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let folder = board(
        "[[posting]]\nid = 'a'\ntitle = '=HYPERLINK(\"http://x\")'\ncompany = 'A;=B'\ntags = ['ok', '@cmd']\n",
    );
    let path = folder.path().to_str().unwrap();
    let columns = "title,company,tags";
    let list = |format| {
        let args = [
            "list",
            "--board",
            path,
            "--columns",
            columns,
            "--format",
            format,
        ];
        run(&args).results()
    };
    assert_eq!(
        list("csv"),
        "title,company,tags\n\"'=HYPERLINK(\"\"http://x\"\")\",A;=B,ok; @cmd\n"
    );
    assert_eq!(
        objects(&list("jsonl"))[0]["title"],
        "=HYPERLINK(\"http://x\")"
    );
}

#[test]
fn nothing_found_is_exit_code_1() {
    assert_eq!(
        run(&["list", "zzzz"]).said(1),
        "jobdeck: 0 of 10 postings\n"
    );
    assert_eq!(
        run(&["facets", "zzzz"]).said(1),
        "jobdeck: 0 of 10 postings\n"
    );
    for (format, empty) in [
        ("json", "[]\n"),
        ("jsonl", ""),
        ("csv", "title\n"),
        ("tsv", "title\n"),
    ] {
        let ran = run(&["list", "zzzz", "--columns", "title", "--format", format]);
        assert_eq!((ran.code, ran.out.as_str()), (1, empty), "{format}");
        assert_eq!(ran.err, "jobdeck: 0 of 10 postings\n");
    }
}

#[test]
fn words_given_apart_are_one_query() {
    for args in [
        &["list", "scientist", "loc:seattle"][..],
        &["list", "scientist loc:seattle"],
    ] {
        let ran = run(args);
        assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
        assert!(
            ran.out
                .contains("Machine Learning Scientist, Page Personalization")
        );
        assert_eq!(ran.err, "jobdeck: 1 of 10 postings\n");
    }
    let bellevue = run(&["list", "loc:bellevue", "--format", "jsonl"]).results();
    assert_eq!(bellevue.lines().count(), 2);
}

#[test]
fn a_limit_shows_the_first() {
    let ran = run(&["list", "sort:title", "--limit", "2", "--columns", "title"]);
    assert_eq!(
        ran.out,
        "\
title
Applied Scientist, Large Language Models and Multimodal Systems
Applied Scientist, Prime Video
"
    );
    assert_eq!(ran.err, "jobdeck: 10 of 10 postings, the first 2 shown\n");
}

#[test]
fn a_query_that_cannot_be_read_prints_and_writes_nothing() {
    let explained = "\
jobdeck: no field `lok:`; did you mean `loc:`?
  lok:x rust posted:<
  ^^^^^
unfinished: an age such as <14d, a day such as friday, or a date such as >2026-01-31 or 2026-01
  lok:x rust posted:<
             ^^^^^^^^
--lenient ignores such terms
";
    let query = ["lok:x", "rust", "posted:<"];
    let site = tempfile::tempdir().unwrap();
    let output = site.path().join("site");
    let html = ["--format", "html", "--output", output.to_str().unwrap()];
    for (command, options) in [
        ("list", &["--columns", "id"][..]),
        ("list", &["--exit-code"]),
        ("list", &["--format", "json"]),
        ("facets", &[]),
        ("export", &["--format", "csv"]),
        ("export", &html),
    ] {
        let ran = small(&[&[command], &query[..], options].concat());
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (2, ""),
            "{command} {options:?}"
        );
        assert_eq!(ran.err, explained, "{command} {options:?}");
    }
    assert!(!output.exists());
}

#[test]
fn lenient_ignores_terms_that_cannot_be_read() {
    let ran = small(&[
        "list",
        "lok:x",
        "rust",
        "posted:<",
        "--columns",
        "id",
        "--lenient",
    ]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "id\nrust-engineer-berlin\n")
    );
    assert_eq!(
        ran.err,
        "\
jobdeck: no field `lok:`; did you mean `loc:`?
  lok:x rust posted:<
  ^^^^^
jobdeck: unfinished: an age such as <14d, a day such as friday, or a date such as >2026-01-31 or 2026-01
  lok:x rust posted:<
             ^^^^^^^^
jobdeck: 1 of 3 postings
"
    );
}

#[test]
fn what_could_not_be_judged_is_said() {
    let ids = ["--columns", "id"];
    let ran = small(&[&["list", "salary:>60k"], &ids[..]].concat());
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "id\nrust-engineer-berlin\n")
    );
    assert_eq!(
        ran.err,
        "jobdeck: 1 of 3 postings\njobdeck: 2 without pay; --unjudged includes them\n"
    );
    let ran = small(&[&["list", "salary:>60k", "--unjudged"], &ids[..]].concat());
    assert_eq!((ran.code, ran.out.lines().count()), (0, 4));
    assert_eq!(
        ran.err,
        "jobdeck: 3 of 3 postings\njobdeck: 2 without pay; included\n"
    );
}

#[test]
fn the_day_can_be_given() {
    for (today, ids) in [
        ("2026-10-20", "id\ndata-scientist-zurich\n"),
        ("2026-09-25", "id\nwetlab-intern-seattle\n"),
    ] {
        let args = [
            "list",
            "posted:>=0d posted:<14d",
            "--columns",
            "id",
            "--today",
            today,
        ];
        assert_eq!(small(&args).out, ids, "{today}");
    }
    let closed = [
        "list",
        "is:closed",
        "--columns",
        "id",
        "--today",
        "2027-01-01",
    ];
    assert_eq!(small(&closed).out, "id\ndata-scientist-zurich\n");
}

#[test]
fn facets_count() {
    let ran = small(&["facets", "company:ferrous", "--format", "csv"]);
    let rows: Vec<&str> = ran.out.lines().collect();
    assert_eq!((ran.code, rows[0]), (0, "field,value,count"));
    for row in [
        "country,DE,1",
        "city,Berlin,1",
        "workplace,hybrid,1",
        "tag,rust,1",
    ] {
        assert!(rows.contains(&row), "{row} in {}", ran.out);
    }
    let lines = objects(&run(&["facets", "--format", "jsonl"]).results());
    let amazon =
        serde_json::json!({"field": "company", "value": "Amazon", "count": 9, "assumed": []});
    assert!(lines.contains(&amazon));
    let array = run(&["facets", "--format", "json"]).results();
    let array: Vec<Value> = serde_json::from_str(&array).expect("an array");
    assert_eq!(array, lines);
    let table = run(&["facets"]);
    let rows: Vec<Vec<&str>> = table
        .out
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(rows[0], ["field", "value", "count"]);
    assert!(rows.contains(&vec!["company", "Twitch", "1"]));
}

#[test]
fn what_says_the_same_in_other_places_is_printed_once() {
    let posting = |id: &str, town: &str| {
        format!(
            "[[posting]]\nid = '{id}'\ntitle = 'Driver'\ncompany = 'Ice'\nlocations = ['{town}']\ndescription = 'Drive in {town}.'\n"
        )
    };
    let folder =
        super::board(&(posting("a", "Berlin") + &posting("b", "Paris") + &posting("c", "Oslo")));
    let board = folder.path().to_str().unwrap();
    let list = |args: &[&str]| {
        super::run(&[&["--board", board, "list", "--columns", "id"], args].concat())
    };
    assert_eq!(
        list(&["--fold", "--format", "csv"]).results(),
        "id,alike\na,2\n"
    );
    assert_eq!(
        list(&["--fold", "--format", "jsonl", "oslo"]).results(),
        "{\"id\":\"c\",\"alike\":0}\n"
    );
    assert_eq!(list(&["--format", "csv"]).results(), "id\na\nb\nc\n");
    let table = list(&["--fold"]);
    assert_eq!(table.err, "jobdeck: 3 of 3 postings, 2 of them grouped\n");
}

#[test]
fn facts_come_with_the_passage_that_states_them() {
    let folder = tempfile::tempdir().unwrap();
    let posting = r#"
[board]
name = "Apiary"

[[posting]]
id = "hive"
title = "Senior Beekeeper"
locations = ["Graz (hybrid)"]
description = """
## Requirements

- 3–5 years of experience with hives
- Python
"""
"#;
    std::fs::write(folder.path().join("board.toml"), posting).unwrap();
    let path = folder.path().to_str().unwrap();
    let ran = run(&["--board", path, "list", "--format", "jsonl"]).results();
    let facts = &objects(&ran)[0]["facts"];
    assert_eq!(facts["level"]["value"], "senior");
    assert_eq!(facts["level"]["evidence"], "Senior");
    assert_eq!(facts["level"]["in"], "title");
    assert_eq!(facts["years"]["min"], 3);
    assert_eq!(facts["years"]["max"], 5);
    assert_eq!(facts["years"]["evidence"], "3–5 years of experience");
    assert_eq!(facts["years"]["in"], "description");
    assert_eq!(facts["workplace"]["value"], "hybrid");
    assert_eq!(facts["workplace"]["in"], "location");
    assert_eq!(facts["skills"][0]["value"], "Python");
    let shown = run(&["--board", path, "show", "hive", "--format", "json"]).results();
    let shown: Value = serde_json::from_str(&shown).expect("an object");
    assert_eq!(&shown["facts"], facts);
    let cells = run(&[
        "--board",
        path,
        "list",
        "--columns",
        "facts",
        "--format",
        "csv",
    ])
    .results();
    assert_eq!(cells, "facts\nsenior; 3–5 years; hybrid; Python\n");

    // Beside the board it would be read as a part of it.
    let beside = tempfile::tempdir().unwrap();
    let config = beside.path().join("config.toml");
    std::fs::write(&config, "derive = false\n").unwrap();
    let config = config.to_str().unwrap();
    let ran = run(&[
        "--config", config, "--board", path, "list", "--format", "jsonl",
    ])
    .results();
    assert!(objects(&ran)[0].get("facts").is_none());
    let ran = run(&["--config", config, "--board", path, "list", "level:senior"]);
    assert_eq!(ran.code, 1);
}

#[test]
fn a_query_asks_for_facts_that_only_the_text_states() {
    let folder = tempfile::tempdir().unwrap();
    let board = r#"
[board]
name = "Apiary"

[[posting]]
id = "hive"
title = "Senior Beekeeper"
description = """
## Requirements

- 3–5 years of experience with Python
- Fluent German

The salary is €80,000 to €95,000 per year. We do not offer visa sponsorship.
"""

[[posting]]
id = "head"
title = "Head of Honey"
level = "senior"
years = { min = 8 }

[[posting]]
id = "shop"
title = "Shop assistant"
"#;
    std::fs::write(folder.path().join("board.toml"), board).unwrap();
    let path = folder.path().to_str().unwrap();
    for (query, ids, notes) in [
        (
            "level:senior",
            "hive head",
            &["level: 1 of them ≈ from the text", "1 has no level"][..],
        ),
        ("level:none", "shop", &[]),
        ("!level:senior", "shop", &[]),
        ("years:<=3", "hive", &["1 has no years of experience"]),
        ("years:>=5", "head", &[]),
        ("skill:python", "hive", &["2 have no skills"]),
        ("python", "hive", &[]),
        ("speaks:german", "hive", &[]),
        (
            "salary:>90k",
            "hive",
            &["salary: 1 of them ≈ from the text", "2 without pay"],
        ),
        (
            "sponsorship:=none",
            "hive",
            &["2 have no word on sponsorship"],
        ),
    ] {
        let args = ["--board", path, "list", query, "--format", "jsonl"];
        let ran = run(&args);
        for note in notes {
            assert!(ran.err.contains(note), "{query}: {}", ran.err);
        }
        let found = objects(&ran.out);
        let mut found: Vec<_> = found
            .iter()
            .map(|one| one["id"].as_str().unwrap())
            .collect();
        found.sort_by_key(|id| {
            ["hive", "head", "shop"]
                .iter()
                .position(|known| known == id)
        });
        assert_eq!(found.join(" "), ids, "{query}");
    }
}

#[test]
fn a_table_fits_the_columns_that_are_named() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jobdeck"));
    let output = command
        .env("COLUMNS", "60")
        .args(["list", "--board", "content", "--columns", "id,title,tags"])
        .output()
        .unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 11, "{table}");
    assert!(table.contains('…'), "{table}");
    let fits = |line: &&str| line.chars().count() <= 60;
    assert!(lines.iter().all(fits), "{table}");
}
