//! Importing feeds from the command line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Ran, jobdeck, run};
use crate::server::{Server, answer, json};

fn feed(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/feeds")
        .join(name);
    path.to_str().unwrap().to_owned()
}

fn import(board: &Path, args: &[&str]) -> Ran {
    let mut all = vec![
        "import",
        "--today",
        "2026-11-25",
        "--into",
        board.to_str().unwrap(),
    ];
    all.extend(args);
    run(&all)
}

/// Every file of a board, by path.
fn files(board: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for folder in fs::read_dir(board)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        for path in fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            let name = path
                .strip_prefix(board)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    found
}

#[test]
fn the_same_feed_twice_makes_the_same_files() {
    let board = tempfile::tempdir().unwrap();
    let sources = [feed("lever.json"), feed("page.txt"), feed("rss.xml")];
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let out = import(board.path(), &sources).results();
    assert!(
        out.contains("lever.json: lever, 2 rows: 2 new, 0 changed, 0 the same; 1 file written"),
        "{out}"
    );
    let before = files(board.path());
    let names: Vec<_> = before.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "ada-example/interviews.toml",
            "ada-example/postings.toml",
            "lever-icefield/postings.toml",
            "rss-remote-example/postings.toml"
        ]
    );
    let out = import(board.path(), &sources).results();
    assert!(
        out.contains("0 new, 0 changed, 2 the same; 0 files written"),
        "{out}"
    );
    assert_eq!(files(board.path()), before);
    let checked = run(&["check", board.path().to_str().unwrap()]);
    assert_eq!(checked.code, 0, "{}", checked.err);
    assert!(
        checked.err.contains("(5 postings") && checked.err.contains("1 interview)"),
        "{}",
        checked.err
    );
}

#[test]
fn a_bad_row_is_told_with_its_place_and_the_rest_is_there() {
    let board = tempfile::tempdir().unwrap();
    let ran = import(board.path(), &[&feed("greenhouse.json")]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains(
            "greenhouse.json: row 2, line 23: it has no title, and `title` cannot be read"
        ),
        "{}",
        ran.err
    );
    assert!(
        ran.out
            .contains("4 rows: 2 new, 0 changed, 0 the same, 2 refused"),
        "{}",
        ran.out
    );
}

#[test]
fn a_field_that_cannot_be_read_is_told_and_its_posting_is_there() {
    let board = tempfile::tempdir().unwrap();
    let ran = import(board.path(), &[&feed("json.jsonl")]);
    assert_eq!(ran.code, 0);
    for told in [
        "json.jsonl: `posted` cannot be read in 1 row, first in row 3: soon",
        "json.jsonl: `workplace` cannot be read in 1 row, first in row 2: at home",
    ] {
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    assert!(ran.out.contains("4 rows: 4 new"), "{}", ran.out);
}

#[test]
fn a_reply_is_no_mistake() {
    let board = tempfile::tempdir().unwrap();
    let out = import(board.path(), &[&feed("hacker-news.json")]).results();
    assert!(
        out.contains("3 rows: 2 new, 0 changed, 0 the same, 1 passed over"),
        "{out}"
    );
}

#[test]
fn a_source_that_cannot_be_read_does_not_keep_the_next_from_it() {
    let board = tempfile::tempdir().unwrap();
    let ran = import(board.path(), &["/there/is/none", &feed("remotive.json")]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("/there/is/none: cannot be read"),
        "{}",
        ran.err
    );
    assert!(files(board.path()).contains_key("remotive/postings.toml"));
    let wrong = import(board.path(), &[&feed("lever.json"), "--format", "personio"]);
    assert!(
        wrong
            .said(2)
            .contains("cannot be read as personio: it is a JSON list whose rows have the keys")
    );
}

#[test]
fn standard_input_is_a_source_and_a_source_may_be_named() {
    let board = tempfile::tempdir().unwrap();
    let into = board.path().to_str().unwrap();
    let args = [
        "import",
        "-",
        "--into",
        into,
        "--source",
        "Ice Board",
        "--company",
        "Icefield",
    ];
    let bytes = fs::read(feed("cards.txt")).unwrap();
    jobdeck(&args).fed(bytes).run().results();
    let files = files(board.path());
    let text = &files["ice-board/postings.toml"];
    assert!(
        text.contains("id = \"ice-board.4711\"") && text.contains("company = \"Icefield\""),
        "{text}"
    );
}

#[test]
fn an_address_is_fetched_page_by_page() {
    let pages = Server::start(|asked| match asked.path.as_str() {
        "/v1/companies/acme/postings?limit=2" => json(
            r#"{"offset": 0, "limit": 2, "totalFound": 3, "content": [
                {"id": "1", "name": "Glaciologist", "releasedDate": "2026-01-06T00:00:00.000Z"},
                {"id": "2", "name": "Cook", "releasedDate": "2026-01-06T00:00:00.000Z"}]}"#,
        ),
        "/v1/companies/acme/postings?limit=2&offset=2" => json(
            r#"{"offset": 2, "limit": 2, "totalFound": 3, "content": [
                {"id": "3", "name": "Pilot", "releasedDate": "2026-01-06T00:00:00.000Z"}]}"#,
        ),
        _ => answer(404, &[], b""),
    });
    let board = tempfile::tempdir().unwrap();
    let url = pages.url("/v1/companies/acme/postings?limit=2");
    let out = import(board.path(), &["--source", "acme", &url]).results();
    assert!(
        out.starts_with(&format!("{url}: smartrecruiters, 3 rows: 3 new,")),
        "{out}"
    );
    let text = files(board.path()).remove("acme/postings.toml").unwrap();
    assert!(text.contains(&format!("url = \"{url}\"")), "{text}");

    let said = import(board.path(), &[&pages.url("/nothing")]).said(2);
    assert_eq!(
        said.replace(&pages.root, "ROOT"),
        "jobdeck: ROOT/nothing: the server answered 404 (not found)\n\
         jobdeck: 1 source could not be imported\n"
    );
    // Addresses that were not typed are not requested.
    let location = format!("location: {}/secret", pages.root);
    let elsewhere = Server::start(move |_| answer(302, &[&location], b""));
    let said = import(board.path(), &[&elsewhere.url("/")]).said(2);
    assert!(
        said.contains("is redirected to 127.0.0.1, which is on this machine"),
        "{said}"
    );
    let page = Server::start(|_| answer(200, &["content-type: text/html"], b"<p>Sign in</p>"));
    let said = import(board.path(), &["--format", "greenhouse", &page.url("/")]).said(2);
    assert!(
        said.contains(
            "cannot be read as greenhouse: it is an HTML page (it was sent as text/html)"
        ),
        "{said}"
    );
}

#[test]
fn the_columns_of_an_unknown_list_can_be_named() {
    const DUMP: &str = r#"{"answer": {"rows": [
        {"stelle": "Eiskoch", "firma": "Frost", "start": {"tag": "2026-11-02"}, "weg": "/jobs/1", "laune": "gut"},
        {"stelle": "Schneewart", "firma": "Frost", "start": {"tag": "2026-11-03"}, "weg": "/jobs/2"}
    ]}}"#;
    let board = tempfile::tempdir().unwrap();
    let dump = board.path().join("dump.json");
    fs::write(&dump, DUMP).unwrap();
    let dump = dump.to_str().unwrap();
    let into = board.path().join("board");

    let said = import(&into, &[dump]).said(2);
    for part in [
        "is in no known format: it is JSON with a list `answer.rows` whose rows have the keys",
        "`stelle`, `firma`, `start`, `weg`, `laune`",
        "--map title=…",
    ] {
        assert!(said.contains(part), "{said}");
    }
    let map = "title=stelle,company=firma,posted=start.tag,url=weg,tags=gruppe";
    let at = ["--url", "https://frost.example/careers/"];
    let named = [&[dump, "--rows", "answer.rows", "--map", map], &at[..]].concat();
    let ran = import(&into, &named);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("json, 2 rows: 2 new"), "{}", ran.out);
    assert!(
        ran.err.contains("1 column is not read: `laune`"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("no row has the column `gruppe`"),
        "{}",
        ran.err
    );
    let text = files(&into).remove("json/postings.toml").unwrap();
    for line in [
        "title = \"Schneewart\"",
        "company = \"Frost\"",
        "posted = 2026-11-03",
        "url = \"https://frost.example/jobs/2\"",
    ] {
        assert!(text.contains(line), "{text}");
    }

    for (args, why) in [
        (
            &["--map", "titel=stelle"][..],
            "--map: there is no field `titel`; did you mean `title`?",
        ),
        (
            &["--map", "title=stelle", "--rows", "rows"],
            "there is no list `rows`; there are `answer.rows`",
        ),
        (
            &["--map", "title=stelle", "--format", "lever"],
            "only the columns of json, xml and csv can be named",
        ),
    ] {
        let said = import(&into, &[&[dump], args].concat()).said(2);
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn a_dry_run_lists_what_an_import_would_do_and_writes_nothing() {
    let here = tempfile::tempdir().unwrap();
    let board = here.path().join("board");
    let dry = import(&board, &["--dry-run", &feed("lever.json")]).results();
    assert!(
        dry.contains("2 new, 0 changed, 0 the same; 1 file would be written in"),
        "{dry}"
    );
    assert_eq!(
        dry.matches("\n  new       lever-icefield.").count(),
        2,
        "{dry}"
    );
    assert!(!board.exists());
    import(&board, &[&feed("lever.json")]).results();
    let changed = fs::read_to_string(feed("lever.json")).unwrap();
    let changed = changed.replacen("\"text\": \"", "\"text\": \"Chief ", 1);
    let other = here.path().join("lever.json");
    fs::write(&other, changed).unwrap();
    let before = files(&board);
    let dry = import(&board, &["--dry-run", other.to_str().unwrap()]).results();
    assert!(dry.contains("0 new, 1 changed, 1 the same"), "{dry}");
    assert!(
        dry.contains("\n  changed   lever-icefield.") && dry.contains("  Chief "),
        "{dry}"
    );
    assert_eq!(files(&board), before);
}

#[test]
fn an_import_tells_programs_the_ids_of_what_it_did() {
    let here = tempfile::tempdir().unwrap();
    let board = here.path().join("board");
    let told = |ran: Ran| serde_json::from_str::<serde_json::Value>(&ran.out).unwrap();
    let args = [
        &*feed("lever.json"),
        &feed("greenhouse.json"),
        "/there/is/none",
    ];
    let args = [&args[..], &["--format", "json"]].concat();
    let first = import(&board, &args);
    assert_eq!(first.code, 2);
    let first = told(first);
    assert_eq!(first["sources"][0]["name"], "lever-icefield");
    assert_eq!(first["sources"][0]["format"], "lever");
    assert_eq!(first["sources"][0]["new"], 2);
    let ids = first["sources"][0]["ids"]["new"].as_array().unwrap();
    assert_eq!(ids.len(), 2);
    assert_eq!(first["sources"][1]["refused"][0]["row"], 2);
    assert_eq!(first["failed"][0]["from"], "/there/is/none");
    let again = told(import(&board, &args));
    assert_eq!(
        again["sources"][0]["ids"]["unchanged"],
        first["sources"][0]["ids"]["new"]
    );
    assert_eq!(again["sources"][0]["ids"]["new"], serde_json::json!([]));
}

#[test]
fn an_address_that_no_board_may_hold_is_refused_before_anything_is_written() {
    let here = tempfile::tempdir().unwrap();
    let board = here.path().join("board");
    let long = format!("https://frost.example/{}", "x".repeat(2000));
    for (url, why) in [
        (
            "javascript:alert(1)",
            "--url must be http, https or mailto, not `javascript`",
        ),
        (&long, "--url is longer than 2000 characters"),
        (
            "frost.example/jobs",
            "did you mean `https://frost.example/jobs`?",
        ),
    ] {
        let said = import(&board, &[&feed("lever.json"), "--url", url]).said(2);
        assert!(said.contains(why), "{said}");
        assert!(!board.exists());
    }
    let said = import(&board, &[&long]).said(2);
    assert!(said.contains("is longer than 2000 characters"), "{said}");
}

#[test]
fn a_board_that_is_exported_as_csv_comes_back_as_it_was() {
    const BOARD: &str = r#"[[posting]]
id = "x"
title = "=Ice Cook"
company = "Frost"
locations = ["Kiel, Germany", "Oslo, Norway"]
workplace = "hybrid"
remote_from = ["DE", "EU"]
employment = ["full-time", "part-time"]
posted = 2026-09-01
closes = 2026-12-01
salary = [{ min = 25.5, max = 30, currency = "EUR", per = "hour", location = "Kiel" }, { min = 400000, currency = "NOK", per = "year" }]
url = "https://frost.example/1"
level = "senior"
years = { min = 3, max = 5 }
skills = ["C++", "TOML"]
tags = ["snow, wet", "'=ice"]
description = """
- cook
- clean

= note, \"quoted\"
@ place
"""

[[posting]]
id = "y"
title = "'+Ice Clerk"
description = "+ a"
"#;
    let here = tempfile::tempdir().unwrap();
    let (from, into) = (here.path().join("from"), here.path().join("into"));
    fs::create_dir(&from).unwrap();
    fs::write(from.join("a.toml"), BOARD).unwrap();
    let list = |board: &Path| {
        let ran = run(&[
            "list",
            "--board",
            board.to_str().unwrap(),
            "--format",
            "json",
            "sort:title",
        ]);
        let mut rows: Vec<serde_json::Value> = serde_json::from_str(&ran.results()).unwrap();
        for row in &mut rows {
            let row = row.as_object_mut().unwrap();
            row.remove("id");
            row.remove("source");
        }
        rows
    };
    let csv = here.path().join("board.csv");
    let exported = run(&[
        "export",
        "--board",
        from.to_str().unwrap(),
        "--format",
        "csv",
    ])
    .results();
    fs::write(&csv, exported).unwrap();
    let ran = import(&into, &[csv.to_str().unwrap()]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(list(&into), list(&from));
}

#[test]
fn a_damaged_row_is_told_and_the_others_are_there() {
    let board = tempfile::tempdir().unwrap();
    let ran = import(board.path(), &[&feed("rss-damaged.xml")]);
    assert_eq!(ran.code, 1);
    for told in [
        "2 rows are damaged and read as far as that is clear, first row 1",
        "row 5, line 7: `title` is never closed",
    ] {
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    assert!(
        ran.out
            .contains("6 rows: 5 new, 0 changed, 0 the same, 1 refused"),
        "{}",
        ran.out
    );
}

#[test]
fn a_part_of_a_longer_list_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.json");
    let page = page.to_str().unwrap();
    for (text, told) in [
        (
            r#"{"totalFound": 3, "content": [{"id": "1", "name": "Ice Clerk", "releasedDate": "2026-11-02T00:00:00Z", "ref": "https://frost.example/1"}]}"#,
            Some("it says that there are 3, and holds 1 row"),
        ),
        (
            r#"{"jobs": [{"id": 1, "title": "Ice Clerk", "absolute_url": "https://frost.example/1"}], "meta": {"total": 9}}"#,
            Some("it says that there are 9, and holds 1 row"),
        ),
        (
            r#"{"jobs": [{"id": 1, "title": "Ice Clerk", "absolute_url": "https://frost.example/1"}], "meta": {"total": 1}}"#,
            None,
        ),
    ] {
        fs::write(page, text).unwrap();
        let ran = import(&folder.path().join("board"), &[page]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        match told {
            Some(told) => assert!(ran.err.contains(told), "{}", ran.err),
            None => assert!(!ran.err.contains("it says"), "{}", ran.err),
        }
    }
}
