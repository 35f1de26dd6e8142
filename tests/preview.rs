//! Preview of a board while its files are edited, on a real terminal.

use std::fs;
use std::path::Path;

use crate::real::{Real, jobdeck};

const SIZE: (u16, u16) = (120, 30);

/// A board of two postings and an interview, and a home.
fn board(folder: &Path) {
    let posting = |id: &str, day: u8| {
        let text = "Forecast the water that a valley will have in spring, with the readings of four hundred probes.";
        format!(
            "[[posting]]\nid = \"{id}\"\ntitle = \"Role {id}\"\nposted = 2026-01-{day:02}\ndescription = \"\"\"\n{text}\n\"\"\"\n"
        )
    };
    fs::write(folder.join("one.toml"), posting("one", 2)).unwrap();
    fs::write(folder.join("two.toml"), posting("two", 1)).unwrap();
    let talk = "[[interview]]\nid = \"talk\"\ntitle = \"A talk\"\n[[interview.exchange]]\nquestion = \"Why ice?\"\nanswer = \"So.\"\n";
    fs::write(folder.join("talk.toml"), talk).unwrap();
}

fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replace(from, to)).unwrap();
}

#[test]
fn saved_items_come_into_view_with_problems_and_no_marks_are_stored() {
    let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    board(folder.path());
    let mut command = jobdeck();
    command.args([
        "preview",
        folder.path().to_str().unwrap(),
        "--today",
        "2026-10-01",
    ]);
    command.env("HOME", home.path());
    command.env("XDG_DATA_HOME", home.path().join("data"));
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("(preview)  2 of 2");
    let two = folder.path().join("two.toml");
    change(&two, "2026-01-01", "2027-01-01");
    terminal.wait_for("two.toml:4:10: warning: posted on 2027-01-01, which is in the future");
    change(&two, "posted = 2027-01-01\n", "postd = 2027-01-01\n");
    terminal.wait_for("two.toml:4:1: `postd` is not a key of a posting");
    change(&two, "postd = 2027-01-01\n", "");
    terminal.wait_for("two.toml is sound");
    // The list has both, and the detail pane shows the saved one.
    terminal.wait_until("the saved posting", |screen| {
        screen.contents().matches("Role two").count() == 2
    });
    change(&folder.path().join("talk.toml"), "Why ice?", "Why snow?");
    terminal.wait_for("Why snow?");
    terminal.wait_for("talk.toml is sound");
    change(&folder.path().join("one.toml"), "Role one", "Role won");
    terminal.wait_for("one.toml is sound");
    terminal.send("q");
    terminal.send("b");
    terminal.wait_for("this is a preview: what you mark is not kept");
    terminal.send("q");
    let ending = terminal.wait_for_end();
    assert_eq!(ending.fault(0), None, "{}", ending.screen);
    assert!(!home.path().join("data").exists(), "a journal was written");
}

#[test]
fn a_preview_is_of_one_folder() {
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_jobdeck"))
        .arg("preview")
        .current_dir("/")
        .env("HOME", "/nonexistent")
        .env_remove("JOBDECK_BOARD")
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(
        said.contains("a preview shows one board: name its folder"),
        "{said}"
    );
}
