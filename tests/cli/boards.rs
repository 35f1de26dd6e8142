//! Selection of boards, their problems, and the config.

use std::fs;

use serde_json::Value;

use super::{Jobdeck, board, fixture, jobdeck, objects, root, run};

#[test]
fn check_finds_nothing_wrong_with_the_shipped_board() {
    let ran = jobdeck(&["check", "content"]).within(root()).run();
    assert_eq!(
        ran.said(0),
        "jobdeck: no problems in content (10 postings, 1 interview)\n"
    );
    assert_eq!(
        run(&["check"]).said(0),
        "jobdeck: no problems in the built-in board (10 postings, 1 interview)\n"
    );
    let ran = run(&["check", "--format", "json"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "[]\n"));
}

#[test]
fn check_tells_every_problem() {
    let folder = "tests/boards/mistakes";
    let expected = fs::read_to_string(fixture("mistakes.expected")).unwrap();
    let ran = jobdeck(&["check", folder]).within(root()).run();
    assert_eq!(ran.code, 1);
    let places = expected
        .lines()
        .map(|line| line.split(": ").next().unwrap());
    for place in places.clone() {
        let told = format!("{folder}/{place}: ");
        assert!(
            ran.out.lines().any(|line| line.starts_with(&told)),
            "{told}"
        );
    }
    assert!(ran.out.contains("  = did you mean `company`?\n"));
    // One of them is a warning.
    let count = places.count() - 1;
    let told = format!("jobdeck: {count} problems and ");
    assert!(ran.err.starts_with(&told), "{}", ran.err);
    assert!(
        ran.err.contains(&format!("{folder} (10 postings")),
        "{}",
        ran.err
    );
    let json = jobdeck(&["check", folder, "--format", "json"]).within(root());
    let json = json.run();
    let problems: Vec<Value> = serde_json::from_str(&json.out).expect("an array");
    let told: Vec<String> = problems
        .iter()
        .map(|problem| {
            let file = problem["file"].as_str().unwrap();
            let file = file.strip_prefix("tests/boards/mistakes/").unwrap();
            let hint = problem.get("help").and_then(Value::as_str);
            let hint = hint.map_or(String::new(), |hint| format!(" ({hint})"));
            let message = problem["message"].as_str().unwrap();
            format!(
                "{file}:{}:{}: {message}{hint}",
                problem["line"], problem["column"]
            )
        })
        // Warnings are reported, too.
        .filter(|told| expected.lines().any(|line| line == told))
        .collect();
    assert_eq!(told, expected.lines().collect::<Vec<_>>());
    assert_eq!(json.code, 1);
}

#[test]
fn a_board_with_problems_still_lists_its_good_postings() {
    let board = fixture("mistakes");
    let ran = jobdeck(&["list", "--format", "jsonl"])
        .env("JOBDECK_BOARD", board)
        .run();
    let postings = objects(&ran.out);
    for good in [
        "good-glaciologist",
        "good-librarian",
        "good-gardener",
        "good-welder",
    ] {
        assert!(
            postings.iter().any(|posting| posting["id"] == good),
            "{good}"
        );
    }
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (0, "jobdeck: 43 problems; `jobdeck check` lists them\n")
    );
}

#[test]
fn several_boards_open_as_one() {
    let one = board("[[posting]]\nid = 'a'\ntitle = 'A Gardener'\n");
    let name = one.path().file_name().unwrap().to_str().unwrap();
    let boards = ["--board", one.path().to_str().unwrap(), "--board"];
    let small = fixture("small");
    let boards = [&boards[..], &[small.to_str().unwrap()]].concat();
    let list = [
        "list",
        "gardener | rust sort:title",
        "--format",
        "csv",
        "--columns",
        "id,board",
    ];
    assert_eq!(
        run(&[&boards[..], &list].concat())
            .results()
            .lines()
            .collect::<Vec<_>>(),
        [
            "id,board",
            &format!("{name}/a,{name}"),
            "small/rust-engineer-berlin,small",
        ]
    );
    let show = ["show", "small/rust-engineer-berlin"];
    assert!(
        run(&[&show[..], &boards].concat())
            .results()
            .starts_with("Rust Engineer\n")
    );
    let near = run(&[&["show", "rust-engineer-berlin"][..], &boards].concat());
    assert!(
        near.said(1)
            .contains("did you mean `small/rust-engineer-berlin`?")
    );
    let checked = run(&[&["check", "--today", "2026-11-25"][..], &boards].concat());
    assert_eq!(checked.code, 0);
    let told = checked.err.contains("small (3 postings, 1 interview)");
    assert!(told, "{}", checked.err);
}

#[test]
fn the_board_is_the_nearest_one_named() {
    let first = |jobdeck: Jobdeck| jobdeck.run().out.lines().nth(1).unwrap().to_owned();
    let list = ["list", "sort:title", "--columns", "id"];
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config.toml");
    let one = board("[[posting]]\nid = 'from-config'\ntitle = 'A'\n");
    fs::write(&config, format!("boards = ['{}']\n", one.path().display())).unwrap();
    let content = home.path().join("content");
    fs::create_dir(&content).unwrap();
    fs::write(
        content.join("a.toml"),
        "[[posting]]\nid = 'beside'\ntitle = 'A'\n",
    )
    .unwrap();
    let configured = [&list[..], &["--config", config.to_str().unwrap()]].concat();
    let shipped = "agi-applied-scientist-multimodal";

    assert_eq!(first(jobdeck(&list)), shipped);
    assert_eq!(first(jobdeck(&list).within(home.path())), "beside");
    assert_eq!(
        first(jobdeck(&configured).within(home.path())),
        "from-config"
    );
    let named = jobdeck(&configured).env("JOBDECK_BOARD", fixture("small"));
    assert_eq!(first(named), "data-scientist-zurich");
    let content = ["--board", "content"];
    let given = jobdeck(&[&configured[..], &content].concat()).within(home.path());
    assert_eq!(
        first(given.env("JOBDECK_BOARD", fixture("small"))),
        "beside"
    );
}

#[test]
fn a_board_that_is_not_there_is_an_error() {
    for args in [
        &["--board", "nowhere"][..],
        &["nowhere"],
        &["--board", "nowhere", "list"],
        &["list", "--board", "nowhere"],
        &["check", "nowhere"],
    ] {
        assert_eq!(run(args).said(2), "jobdeck: not a folder: nowhere\n");
    }
    let named = jobdeck(&["read"]).env("JOBDECK_BOARD", "nowhere").run();
    assert_eq!(
        named.said(2),
        "jobdeck: not a folder: nowhere (named by $JOBDECK_BOARD)\n"
    );
    let file = root().join("Cargo.toml");
    let file = file.to_str().unwrap();
    assert_eq!(
        run(&[file]).said(2),
        format!("jobdeck: {file} is not a folder\n")
    );
    assert_eq!(
        run(&["lsit"]).said(2),
        "jobdeck: not a folder: lsit; did you mean `jobdeck list`?\n"
    );
    let mixed = run(&["-q", "rust", "list"]).said(2);
    assert!(mixed.contains("belong to browsing"), "{mixed}");
}

#[test]
fn prints_the_config_in_effect() {
    assert_eq!(run(&["config"]).results(), jobdeck::config::DEFAULT);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("c.toml");
    fs::write(&file, "measure = 60\n[keys.browse]\n'j' = 'dwon'\n").unwrap();
    let file = file.to_str().unwrap();
    let ran = run(&["config", "--config", file]);
    assert!(ran.out.contains("\nmeasure = 60\n"));
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.err,
        format!("jobdeck: {file}:3:7: `dwon` is not an action (did you mean `down`?)\n")
    );
    let ran = run(&["read", "--config", file]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            0,
            "jobdeck: 1 problem in the config; `jobdeck config` lists them\n"
        )
    );
    let widest = ran.out.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(60), "{widest:?}");
}
