//! `docs/schema.md` is what the commands print.

use std::fmt::Write;
use std::fs;

use jobdeck::cli::Column;
use serde_json::{Map, Value};

use super::{board, fixture, jobdeck, objects, run, small};
use crate::server::{Server, json};

const PAGE: &str = include_str!("../../docs/schema.md");
const BERLIN: &str = "rust-engineer-berlin";
const ZURICH: &str = "data-scientist-zurich";

/// Keys and types that the page has below a heading, in order.
fn documented(heading: &str) -> Vec<(&'static str, &'static str)> {
    let section = PAGE.split_once(&format!("\n## {heading}\n"));
    let section = section.unwrap_or_else(|| panic!("no section {heading}")).1;
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let rows = rows.map(|row| {
        let mut cells = row.trim_matches('|').split('|').map(str::trim);
        (
            cells.next().unwrap().trim_matches('`'),
            cells.next().unwrap(),
        )
    });
    rows.collect()
}

fn is_of(value: &Value, kind: &str) -> bool {
    if let Some(kind) = kind.strip_suffix(" or null") {
        return value.is_null() || is_of(value, kind);
    }
    let all = |is: fn(&Value) -> bool| value.as_array().is_some_and(|list| list.iter().all(is));
    match kind {
        "text" | "word" => value.as_str().is_some_and(|text| !text.contains('\n')),
        "Markdown" => value.is_string(),
        "date" => value
            .as_str()
            .is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok()),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "list of texts" | "list of words" => all(Value::is_string),
        "list of optional texts" => all(|one| one.is_string() || one.is_null()),
        "list of optional numbers" => all(|one| one.is_number() || one.is_null()),
        "list of numbers" => all(Value::is_number),
        "list of objects" => all(Value::is_object),
        "list of lists" => all(Value::is_array),
        other => panic!("no type: {other}"),
    }
}

/// Objects with exactly the documented keys, in the documented order, and with values of the documented types.
#[track_caller]
fn are_as(heading: &str, keys: &[(&str, &str)], found: &[Value]) {
    assert!(!found.is_empty(), "{heading}: nothing was printed");
    let names: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
    for object in found {
        let object: &Map<String, Value> = object.as_object().expect("an object");
        let mut printed: Vec<&str> = object.keys().map(String::as_str).collect();
        let mut names = names.clone();
        printed.sort_unstable();
        names.sort_unstable();
        assert_eq!(printed, names, "{heading}");
        for (name, kind) in keys {
            assert!(
                is_of(&object[*name], kind),
                "{heading}: {name} is {kind}: {}",
                object[*name]
            );
        }
    }
}

fn array(text: &str) -> Vec<Value> {
    serde_json::from_str(text).expect("an array")
}

/// Columns of a CSV text.
fn header(csv: &str) -> Vec<&str> {
    csv.lines().next().unwrap_or_default().split(',').collect()
}

#[test]
fn the_page_has_every_column_of_a_posting() {
    let columns: Vec<_> = Column::all()
        .iter()
        .map(|column| (column.word(), column.shape()))
        .collect();
    assert_eq!(documented("Posting"), columns);
}

#[test]
fn postings_have_every_key_and_an_absent_value_is_null() {
    let all = documented("Posting");
    let whole: Vec<_> = all
        .iter()
        .copied()
        .filter(|(name, _)| !name.starts_with("salary_"))
        .collect();
    for ran in [
        small(&["list", "--format", "json"]),
        run(&["list", "--format", "json"]),
    ] {
        are_as("Posting", &whole, &array(&ran.results()));
    }
    let shown = small(&["show", BERLIN, ZURICH, "--format", "json"]).results();
    are_as("show", &whole, &objects(&shown));
    let stated: Vec<_> = whole
        .iter()
        .copied()
        .filter(|(name, _)| !["facts", "assumed"].contains(name))
        .collect();
    let exported = small(&["export", "--format", "jsonl"]).results();
    are_as("export", &stated, &objects(&exported));
    assert!(exported.contains("\"team\":null"), "{exported}");
    let names = all.iter().map(|(name, _)| *name);
    let names: Vec<_> = names
        .filter(|name| !["description", "source", "facts", "assumed"].contains(name))
        .collect();
    assert_eq!(
        header(&small(&["list", "--format", "csv"]).results()),
        names
    );
    let csv = small(&["export", "--format", "csv"]).results();
    assert_eq!(header(&csv).len(), all.len() - 2);
}

#[test]
fn a_requested_column_is_there_in_every_format() {
    let every: Vec<&str> = documented("Posting")
        .iter()
        .map(|(name, _)| *name)
        .collect();
    let columns = every.join(",");
    let json = small(&["list", "--columns", &columns, "--format", "json"]).results();
    are_as("Posting", &documented("Posting"), &array(&json));
    let csv = small(&["list", "--columns", &columns, "--format", "csv"]).results();
    assert_eq!(header(&csv), every);
    let folder = board(
        "[[posting]]\nid = 'a'\ntitle = 'A'\nsalary = [{ min = 1, currency = 'EUR', per = 'hour' }, { max = 9, currency = 'USD', per = 'day', location = 'Oslo' }]\n",
    );
    let path = folder.path().to_str().unwrap();
    let parts = [
        "list",
        "--board",
        path,
        "--format",
        "jsonl",
        "--columns",
        "salary_min,salary_max,salary_currency,salary_location",
    ];
    assert_eq!(
        run(&parts).results(),
        "{\"salary_min\":[1,null],\"salary_max\":[null,9],\"salary_currency\":[\"EUR\",\"USD\"],\"salary_location\":[null,\"Oslo\"]}\n"
    );
}

#[test]
fn lists_print_what_the_page_says() {
    let facets = small(&["facets", "--format", "json"]).results();
    are_as("Facet value", &documented("Facet value"), &array(&facets));
    let interviews = small(&["read", "--list", "--format", "json"]).results();
    are_as("Interview", &documented("Interview"), &array(&interviews));
    let lines = small(&["read", "--list", "--format", "jsonl"]).results();
    assert_eq!(objects(&lines), array(&interviews));
    let one = small(&["read", "--format", "json"]).results();
    assert_eq!(
        serde_json::from_str::<Value>(&one).unwrap(),
        array(&interviews)[0]
    );
    for (format, delimiter) in [("csv", ','), ("tsv", '\t')] {
        let cells = small(&["read", "--list", "--format", format]).results();
        let names: Vec<&str> = cells.lines().next().unwrap().split(delimiter).collect();
        let section = PAGE
            .split("\n## Interview\n\n`csv` and `tsv` have ")
            .nth(1)
            .unwrap();
        let told = section.split("\n\n").next().unwrap();
        let told: Vec<&str> = told.split('`').skip(1).step_by(2).collect();
        assert_eq!(names, told);
    }
    let harbour = |args: &[&str]| {
        jobdeck(args)
            .env("JOBDECK_BOARD", fixture("harbour"))
            .run()
            .results()
    };
    let similar = harbour(&["similar", "senior-rust-engineer", "--format", "json"]);
    are_as(
        "Similar posting",
        &documented("Similar posting"),
        &array(&similar),
    );
}

#[test]
fn marks_print_what_the_page_says() {
    let home = tempfile::tempdir().unwrap();
    let ada = |args: &[&str]| {
        let ada = jobdeck(args).env("JOBDECK_BOARD", fixture("small"));
        ada.env("XDG_DATA_HOME", home.path()).run()
    };
    assert_eq!(
        ada(&["mark", BERLIN, "applied", "--on", "2026-01-05"]).code,
        0
    );
    assert_eq!(ada(&["mark", ZURICH, "saved"]).code, 0);
    let cases: [(&str, &[&str]); 2] = [
        ("Marked posting", &["status"]),
        ("Application", &["report", "--to", "2027-01-01"]),
    ];
    for (heading, command) in cases {
        let keys = documented(heading);
        let with = |format| ada(&[command, &["--format", format]].concat()).results();
        let rows = array(&with("json"));
        are_as(heading, &keys, &rows);
        assert_eq!(objects(&with("jsonl")), rows);
        let names: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
        assert_eq!(header(&with("csv")), names, "{heading}");
        assert_eq!(
            with("tsv")
                .lines()
                .next()
                .unwrap()
                .split('\t')
                .collect::<Vec<_>>(),
            names
        );
    }
}

#[test]
fn comparisons_markets_and_explanations_print_what_the_page_says() {
    let object = |text: &str| serde_json::from_str::<Value>(text).expect("an object");
    let compare = |format| small(&["compare", BERLIN, ZURICH, "--format", format]).results();
    let comparison = object(&compare("json"));
    are_as(
        "Comparison",
        &documented("Comparison"),
        std::slice::from_ref(&comparison),
    );
    assert_eq!(comparison["schema"], 1);
    let facts = objects(&compare("jsonl"));
    are_as("Fact", &documented("Fact"), &facts);
    assert_eq!(comparison["facts"], Value::Array(facts));
    assert_eq!(header(&compare("csv")), ["name", "differs", BERLIN, ZURICH]);
    assert!(
        compare("tsv")
            .lines()
            .any(|line| line.starts_with("level\tfalse\tsenior\t")),
        "{}",
        compare("tsv")
    );

    let mut toml = String::new();
    for at in 1..8 {
        let _ = write!(
            toml,
            "[[posting]]\nid = 'b{at}'\ntitle = 'Senior Beekeeper'\ncompany = 'Apiary'\nlocations = ['Kiel, Germany']\nposted = 2026-03-0{at}\nskills = ['Hives']\nsalary = [{{ min = {at}000, currency = 'EUR', per = 'month' }}]\n\n"
        );
    }
    let folder = board(&toml);
    let path = folder.path().to_str().unwrap();
    let market = |format| {
        run(&[
            "market",
            "--board",
            path,
            "--today",
            "2026-03-20",
            "--format",
            format,
        ])
        .results()
    };
    are_as("Market", &documented("Market"), &[object(&market("json"))]);
    let groups = objects(&market("jsonl"));
    are_as("Market group", &documented("Market group"), &groups);
    let names: Vec<&str> = documented("Market group")
        .iter()
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(header(&market("csv")), names);
    assert!(
        market("csv").contains("\ncity,Kiel,7,1,,,,,,,\n"),
        "{}",
        market("csv")
    );
    let pay = groups.iter().find(|group| group["group"] == "pay").unwrap();
    assert_eq!(
        (&pay["median"], &pay["currency"]),
        (&4000.0.into(), &"EUR".into())
    );

    for args in [
        &["explain", "rust", "--format", "json"][..],
        &["explain", "rust", BERLIN, "--format", "json"],
    ] {
        are_as(
            "Explanation",
            &documented("Explanation"),
            &[object(&small(args).out)],
        );
    }
    // With a posting, programs read one table.
    let csv = small(&["explain", "rust", BERLIN, "--format", "csv"]).out;
    let widths: Vec<usize> = csv.lines().map(|line| line.split(',').count()).collect();
    assert!(widths.iter().all(|width| *width == 5), "{csv}");
}

#[test]
fn imports_and_syncs_print_what_the_page_says() {
    let object = |text: &str| serde_json::from_str::<Value>(text).expect("an object");
    let away = tempfile::tempdir().unwrap();
    let path = away.path().join("jobs.csv");
    fs::write(&path, "id,title,company,posted,mood\n1,Cook,Ice,2026-01-02,good\n2,,Ice,2026-01-02,bad\n3,Baker,Ice,soon,fair\n").unwrap();
    let into = away.path().join("board");
    let args = [
        "import",
        path.to_str().unwrap(),
        "--into",
        into.to_str().unwrap(),
        "--format",
        "json",
        "--today",
        "2026-02-01",
    ];
    let import = object(&run(&args).out);
    are_as(
        "Import",
        &documented("Import"),
        std::slice::from_ref(&import),
    );
    are_as(
        "Imported source",
        &documented("Imported source"),
        import["sources"].as_array().unwrap(),
    );
    let source = &import["sources"][0];
    assert_eq!(
        (&source["new"], &source["refused"][0]["row"]),
        (&2.into(), &2.into()),
        "{source}"
    );

    let feed = r#"[{"id": 1, "title": "Cook", "company": "Ice"}]"#;
    let server = Server::start(move |_| json(feed));
    let folder = board(&format!(
        "[board]\nname = 'B'\n\n[[source]]\nurl = '{}'\nname = 'ice'\n",
        server.url("/jobs.json")
    ));
    let path = folder.path().to_str().unwrap();
    let ran = run(&[
        "sync",
        path,
        "--allow-private",
        "--retries",
        "0",
        "--dry-run",
        "--format",
        "json",
    ]);
    let sync = object(&ran.out);
    are_as("Sync", &documented("Sync"), std::slice::from_ref(&sync));
    are_as(
        "Synced source",
        &documented("Synced source"),
        sync["sources"].as_array().unwrap(),
    );
    assert_eq!(
        sync["sources"][0]["ids"]["new"],
        serde_json::json!(["ice.cook-1029c807"]),
        "{sync}"
    );
}

#[test]
fn the_page_names_every_format_of_every_command() {
    let table = PAGE.split("| command | formats | rows |\n").nth(1).unwrap();
    let table = table.split("\n\n").next().unwrap();
    let row = |command: &str| {
        let named = format!("`{command}`");
        table
            .lines()
            .find(|line| line.split('|').nth(1).unwrap().contains(&named))
    };
    for command in [
        "list", "export", "facets", "similar", "status", "report", "compare", "market", "explain",
        "check", "sync", "import", "show",
    ] {
        let help = run(&[command, "--help"]).results();
        let formats = row(command).unwrap_or_else(|| panic!("{command} is not in the table"));
        for format in ["json", "jsonl", "csv", "tsv"] {
            let offered = help
                .lines()
                .any(|line| line.trim_start().starts_with(&format!("- {format}:")));
            let told = formats
                .split(['|', ' ', ',', ';', ':'])
                .any(|word| word == format);
            if command == "export" && format == "tsv" {
                continue;
            }
            assert_eq!(told, offered, "{command} {format}\n{help}");
        }
    }
}

#[test]
fn checks_print_what_the_page_says() {
    let mistakes = fixture("mistakes");
    let check = |format| run(&["check", mistakes.to_str().unwrap(), "--format", format]).out;
    let problems = array(&check("json"));
    are_as("Problem", &documented("Problem"), &problems);
    assert_eq!(objects(&check("jsonl")), problems);
    let names: Vec<&str> = documented("Problem")
        .iter()
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(header(&check("csv")), names);
}
