//! Marks, notes, undo, status and report, with a separate journal.

use std::fs;
use std::path::PathBuf;

use jobdeck::tracking::visit_log::{Visitor, Write};
use tempfile::TempDir;

use super::{Ran, board, fixture, jobdeck, objects};

const BERLIN: &str = "rust-engineer-berlin";
const ZURICH: &str = "data-scientist-zurich";

/// A user with a board and a journal.
struct Person {
    home: TempDir,
    board: PathBuf,
}

impl Person {
    fn new() -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
            board: fixture("small"),
        }
    }

    fn runs(&self, args: &[&str]) -> Ran {
        jobdeck(args)
            .env("JOBDECK_BOARD", &self.board)
            .env("XDG_DATA_HOME", self.home.path())
            .run()
    }

    /// Runs a command that succeeds without output.
    #[track_caller]
    fn does(&self, args: &[&str]) -> String {
        self.runs(args).said(0)
    }

    fn status(&self) -> Vec<serde_json::Value> {
        objects(&self.runs(&["status", "--format", "jsonl"]).out)
    }
}

#[test]
fn what_one_command_marks_one_undo_takes_back() {
    let ada = Person::new();
    let said = ada.does(&[
        "mark",
        BERLIN,
        ZURICH,
        "applied",
        "--on",
        "2026-01-05",
        "--cv",
        "long",
    ]);
    assert_eq!(
        said,
        "jobdeck: applied on 2 postings; `jobdeck undo` undoes it\n"
    );
    ada.does(&[
        "mark",
        ZURICH,
        "interview",
        "--on",
        "2026-01-09",
        "--follow-up",
        "2026-01-12",
    ]);
    let table = ada.runs(&["status"]);
    assert_eq!(
        (table.code, table.err.as_str()),
        (0, "jobdeck: 2 of 2 marked postings\n")
    );
    insta::assert_snapshot!(table.out, @r"
    status     on          title           company     follow_up   note
    interview  2026-01-09  Data Scientist  Alpenlabor  2026-01-12
    applied    2026-01-05  Rust Engineer   Ferrous
    ");
    let said = ada.does(&["undo"]);
    assert_eq!(
        said,
        format!("jobdeck: undone: interview, follow-up on {ZURICH}\n")
    );
    assert!(
        ada.status()
            .iter()
            .all(|row| row["stage"] == "applied" && row["cv"] == "long")
    );
    ada.does(&["undo"]);
    assert!(ada.status().is_empty());
    ada.runs(&["undo"]).said(1);
    let said = ada.does(&["redo"]);
    assert!(
        said.starts_with("jobdeck: redone: applied, cv on "),
        "{said}"
    );
    assert_eq!(ada.status().len(), 2);
}

#[test]
fn a_mark_that_makes_no_sense_marks_nothing() {
    let ada = Person::new();
    let said = ada
        .runs(&["mark", BERLIN, "rust-enginer-berlin", "saved"])
        .said(1);
    assert!(
        said.contains("did you mean `rust-engineer-berlin`?"),
        "{said}"
    );
    ada.runs(&["mark", BERLIN, "saved", "--on", "2026-01-05"])
        .said(2);
    ada.runs(&["mark", BERLIN, "saved", "--reason", "pay"])
        .said(2);
    ada.runs(&["mark", BERLIN, "applied", "--on", "2026-02-30"])
        .said(2);
    ada.runs(&["mark", "saved"]).said(2);
    assert!(ada.status().is_empty());
    assert!(ada.home.path().read_dir().unwrap().next().is_none());
}

#[test]
fn a_note_grows_and_is_written_anew() {
    let ada = Person::new();
    ada.runs(&["note", BERLIN]).said(1);
    ada.does(&["note", BERLIN, "Called", "Grace\u{1b}[2J"]);
    ada.does(&["note", BERLIN, "She calls back."]);
    assert_eq!(
        ada.runs(&["note", BERLIN]).results(),
        "Called Grace\nShe calls back.\n"
    );
    ada.does(&["note", BERLIN, "--replace", "Done."]);
    assert_eq!(ada.runs(&["note", BERLIN]).results(), "Done.\n");
    ada.does(&["note", BERLIN, "--replace"]);
    ada.runs(&["note", BERLIN]).said(1);
    ada.does(&["undo"]);
    assert_eq!(ada.runs(&["note", BERLIN]).results(), "Done.\n");
}

#[test]
fn status_takes_a_query_and_knows_what_has_gone() {
    let mut ada = Person::new();
    ada.does(&["mark", BERLIN, "saved"]);
    ada.does(&["mark", ZURICH, "hidden", "--reason", "pay"]);
    ada.does(&["mark", "wetlab-intern-seattle", "seen"]);
    let found = ada
        .runs(&["status", "zurich", "--format", "jsonl"])
        .results();
    assert_eq!(objects(&found)[0]["hidden"], "pay");
    ada.runs(&["status", "zzzz"]).said(1);
    // The board loses all postings; its name identifies it.
    let name = fs::read_to_string(fixture("small").join("board.toml")).unwrap();
    let empty = board(&name);
    ada.board = empty.path().to_owned();
    let rows = ada.status();
    let berlin = rows.iter().find(|row| row["id"] == BERLIN).unwrap();
    assert_eq!(
        (berlin["gone"].clone(), berlin["title"].clone()),
        (true.into(), "Rust Engineer".into())
    );
    let shown = ada.runs(&["show", BERLIN]);
    assert_eq!(shown.code, 0);
    assert!(shown.out.contains("Rust Engineer") && shown.err.contains("when you marked it"));
    // A posting that was not saved has no copy, and can still be marked.
    ada.runs(&["show", ZURICH]).said(1);
    ada.does(&["mark", ZURICH, "unhidden"]);
    assert_eq!(ada.status().len(), 1);
}

#[test]
fn a_posting_keeps_its_marks_beside_another_board() {
    let ada = Person::new();
    ada.does(&["mark", BERLIN, "saved"]);
    let other = board(
        "[board]\nname = 'Other'\n[[posting]]\nid = 'rust-engineer-berlin'\ntitle = 'Another'\n",
    );
    let (small, other) = (ada.board.to_str().unwrap(), other.path().to_str().unwrap());
    let both = ["--board", small, "--board", other];
    let rows = ada
        .runs(&[&["status", "--format", "jsonl"], &both[..]].concat())
        .results();
    let rows = objects(&rows);
    assert_eq!(
        (rows.len(), &rows[0]["title"]),
        (1, &"Rust Engineer".into())
    );
    ada.does(
        &[
            &["mark", "small/rust-engineer-berlin", "unsaved"],
            &both[..],
        ]
        .concat(),
    );
    assert!(ada.status().is_empty());
}

#[test]
fn a_report_holds_the_applications_of_its_days() {
    let ada = Person::new();
    ada.does(&[
        "mark",
        BERLIN,
        "applied",
        "--on",
        "2026-01-05",
        "--contact",
        "G. | Hopper",
    ]);
    ada.does(&["mark", BERLIN, "rejected", "--on", "2026-02-03"]);
    ada.does(&["mark", ZURICH, "applied", "--on", "2026-03-01"]);
    let january = ["report", "--from", "2026-01-01", "--to", "2026-01-31"];
    insta::assert_snapshot!(ada.runs(&january).results(), @r"
    # Applications from 2026-01-01 to 2026-01-31

    1 application.

    | applied | company | title | locations | stage | on | contact | url |
    |---|---|---|---|---|---|---|---|
    | 2026-01-05 | Ferrous | Rust Engineer | Berlin, Germany | rejected | 2026-02-03 | G. \| Hopper | https://ferrous.example.org/jobs/rust-engineer |
    ");
    let json = ada.runs(&[
        "report",
        "--from",
        "2026-02-01",
        "--to",
        "2026-03-31",
        "--format",
        "json",
    ]);
    let json: serde_json::Value = serde_json::from_str(&json.results()).unwrap();
    assert_eq!(
        (&json[0]["applied"], &json[0]["stage"]),
        (&"2026-01-05".into(), &"rejected".into())
    );
    assert_eq!(json[1]["course"][0]["on"], "2026-03-01");
    let csv = ada
        .runs(&["report", "--to", "2026-01-31", "--format", "csv"])
        .results();
    assert_eq!(csv.lines().count(), 2);
    assert_eq!(ada.runs(&["report", "--to", "2025-01-01"]).code, 1);
}

#[test]
fn journals_are_looked_over_merged_and_tidied() {
    let (ada, laptop) = (Person::new(), Person::new());
    ada.does(&["mark", BERLIN, "saved"]);
    laptop.does(&["mark", ZURICH, "saved"]);
    let file = laptop.home.path().join("jobdeck/journal.jsonl");
    let mut bytes = fs::read(&file).unwrap();
    bytes.extend(b"{\"v\":1,\n");
    fs::write(&file, bytes).unwrap();
    let path = file.to_str().unwrap();
    let said = ada.runs(&["journal", "merge", path]).said(1);
    assert!(
        said.contains(": 1 new event, 0 known already")
            && said.contains(":2: set aside, because it is cut short"),
        "{said}"
    );
    assert_eq!(ada.status().len(), 2);
    ada.runs(&["journal", "merge", "no-such-file"]).said(2);
    assert!(
        ada.does(&["journal", "check"])
            .contains("2 events about 2 postings")
    );
    laptop.runs(&["journal", "check"]).said(1);
    let notice = laptop.runs(&["status"]).err;
    assert!(
        notice.starts_with("jobdeck: line 2 of the journal is set aside"),
        "{notice}"
    );
    laptop.does(&["journal", "compact"]);
    assert!(
        laptop
            .does(&["journal", "check"])
            .contains("1 event about 1 posting")
    );
    Person::new().runs(&["journal", "compact"]).said(1);
}

#[test]
fn marks_are_searchable_and_hidden_postings_excluded() {
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let ran = jobdeck(args)
            .env("XDG_DATA_HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path())
            .run();
        (ran.out, ran.err)
    };
    let ids = |query: &[&str]| {
        let args = [&["list", "--columns", "id", "--format", "csv"], query].concat();
        let (printed, said) = run(&args);
        (
            printed
                .lines()
                .skip(1)
                .map(str::to_owned)
                .collect::<Vec<_>>(),
            said,
        )
    };
    let all = ids(&[]).0;
    run(&["mark", &all[0], "saved"]);
    run(&["mark", &all[1], "hidden"]);
    assert_eq!(ids(&["is:saved"]).0, all[..1]);
    assert_eq!(ids(&["is:hidden"]).0, all[1..2]);
    assert_eq!(ids(&["!is:saved"]).0, all[2..]);
    assert_eq!(ids(&["--hidden"]).0, all);
    assert!(
        ids(&[])
            .1
            .contains("1 hidden by you; --hidden includes them")
    );
    assert!(
        run(&["status", "is:hidden", "--format", "jsonl"])
            .0
            .contains(&all[1])
    );
    let folder = home.path().join("jobdeck");
    std::fs::create_dir_all(&folder).unwrap();
    let views = "[[view]]\nname = \"kept\"\nquery = \"is:saved\"\n";
    std::fs::write(folder.join("views.toml"), views).unwrap();
    assert_eq!(ids(&["--view", "kept"]).0, all[..1]);
    assert!(ids(&["--view", "kepd"]).1.contains("saved views: kept"));
    std::fs::write(folder.join("config.toml"), "mute = [\"company:amazon\"]\n").unwrap();
    assert!(ids(&[]).1.contains("muted; --hidden includes them"));
}

#[test]
fn what_is_new_is_what_came_since_somebody_browsed_and_asking_changes_nothing() {
    let ada = Person::new();
    let list = |args: &[&str]| {
        let args = [&["list", "--columns", "id", "--today", "2026-10-01"], args].concat();
        ada.runs(&args)
    };
    list(&["--new"]).said(1);
    let board = jobdeck::content::load(&ada.board).expect("a board").board;
    let mut before: Vec<_> = board.postings().map(std::borrow::Cow::into_owned).collect();
    let newest = before.pop().expect("a posting");
    let before = jobdeck::board::Board::new(board.name.clone(), before, Vec::new());
    let visitor = Visitor {
        folder: ada.home.path().join("jobdeck"),
        write: Write::Keep,
    };
    visitor.look(&before, "2026-09-28".parse().expect("a day"));
    for _ in 0..2 {
        let ran = list(&["--new", "--format", "csv"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(ran.out, format!("id\n{}\n", newest.id));
    }
    assert_eq!(list(&["is:changed", "--format", "csv"]).out, "id\n");
    list(&["--new", "!is:new"]).said(1);
    let quiet = list(&["--new", "--exit-code"]);
    assert_eq!((quiet.code, quiet.out + &quiet.err), (0, String::new()));
    assert_eq!(list(&["zzzz", "--exit-code"]).code, 1);
}

/// The day of a mark made in a time zone.
fn day_in(zone: &str) -> String {
    let journal = tempfile::tempdir().unwrap();
    let marked = jobdeck(&["mark", BERLIN, "applied"])
        .env("JOBDECK_BOARD", fixture("small"))
        .env("XDG_DATA_HOME", journal.path())
        .env("TZ", zone)
        .run();
    assert_eq!(marked.code, 0, "{}", marked.err);
    let lines = fs::read_to_string(journal.path().join("jobdeck/journal.jsonl")).unwrap();
    let last: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    last["on"].as_str().unwrap().to_owned()
}

#[test]
fn today_is_the_day_of_the_zone_that_the_environment_names() {
    // The zones are always a day apart, so one of them is never on the day of UTC.
    for (fixed, named) in [
        ("<+14>-14", "Pacific/Kiritimati"),
        ("<-11>11", "Pacific/Pago_Pago"),
    ] {
        let days = [day_in(fixed), day_in(named), day_in(fixed)];
        assert!(
            days[1] == days[0] || days[1] == days[2],
            "{named}: {days:?}"
        );
    }
}

#[test]
fn follow_ups_go_to_a_calendar_and_notes_are_searched() {
    let ada = Person::new();
    assert_eq!(ada.runs(&["report", "--format", "ics"]).code, 1);
    ada.does(&[
        "mark",
        BERLIN,
        "applied",
        "--on",
        "2026-01-05",
        "--follow-up",
        "2026-01-19",
    ]);
    ada.does(&["note", BERLIN, "Ask Grace; she knows, too"]);
    let calendar = ada.runs(&["report", "--format", "ics"]).results();
    assert!(
        calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"),
        "{calendar}"
    );
    let unfolded = calendar.replace("\r\n ", "");
    for line in [
        "DTSTART;VALUE=DATE:20260119\r\n",
        "SUMMARY:Follow up: Rust Engineer – Ferrous\r\n",
        "DESCRIPTION:applied 2026-01-05\\nAsk Grace\\; she knows\\, too\r\n",
    ] {
        assert!(unfolded.contains(line), "{unfolded}");
    }
    assert_eq!(
        ada.runs(&["report", "--format", "ics", "--from", "2026-02-01"])
            .code,
        1
    );
    for (query, found) in [("note:grace", 0), ("note:heidi", 1), ("note:none rust", 1)] {
        assert_eq!(
            ada.runs(&["list", query, "--exit-code"]).code,
            found,
            "{query}"
        );
    }
}
