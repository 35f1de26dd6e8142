//! Sources added and boards opened from within the app, on a real terminal: the files that appear, and the restart into
//! another board.

use std::fs;
use std::path::Path;

use crate::real::{Real, jobdeck};
use crate::server::{Server, answer};

const SIZE: (u16, u16) = (100, 30);

/// A company with one posting on its careers page, and nothing anywhere else.
fn company() -> Server {
    Server::start(|asked| match asked.path.as_str() {
        "/careers" => answer(
            200,
            &["content-type: text/html"],
            b"<!doctype html><title>Careers</title><script type='application/ld+json'>
              {\"@type\": \"JobPosting\", \"title\": \"Lamp Keeper\", \"identifier\": \"7\",
               \"hiringOrganization\": \"Lumen\", \"url\": \"/jobs/7\"}</script>",
        ),
        _ => answer(404, &[], b""),
    })
}

fn board_with(title: &str) -> tempfile::TempDir {
    let board = tempfile::tempdir().expect("a board");
    let posting = format!("[[posting]]\nid = 'a'\ntitle = '{title}'\n");
    fs::write(board.path().join("board.toml"), posting).expect("a file");
    board
}

/// The program in a folder that holds no board, so that it starts with the sample.
fn first_start(home: &Path) -> Real {
    let mut command = jobdeck();
    command.cwd(home);
    command.env("HOME", home);
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("Where do you want to start?");
    terminal
}

fn listed(board: &Path) -> String {
    fs::read_to_string(board.join("board.toml")).unwrap_or_default()
}

fn quit(mut terminal: Real) {
    terminal.send("q");
    let ending = terminal.wait_for_end();
    assert_eq!(ending.fault(0), None, "{}", ending.screen);
}

#[test]
fn a_careers_page_is_added_to_the_open_board_and_its_postings_are_listed() {
    let (server, board) = (company(), board_with("Ice Cook"));
    let mut command = jobdeck();
    command.arg(board.path());
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("1 of 1");
    terminal.send("A");
    terminal.wait_for("Add a source");
    terminal.send(server.url("/careers"));
    terminal.send("\r");
    terminal.wait_for("Lamp Keeper");
    terminal.wait_for("2 of 2");
    let listed = listed(board.path());
    assert!(
        listed.contains("[[source]]") && listed.contains(&server.url("/careers")),
        "{listed}"
    );
    assert!(listed.contains("Ice Cook"), "{listed}");
    quit(terminal);
}

#[test]
fn a_page_without_postings_is_refused_and_nothing_is_written() {
    let (server, board) = (company(), board_with("Ice Cook"));
    let before = listed(board.path());
    let mut command = jobdeck();
    command.arg(board.path());
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("1 of 1");
    terminal.send("A");
    terminal.wait_for("Add a source");
    terminal.send(server.url("/nothing"));
    terminal.send("\r");
    terminal.wait_for("404");
    assert_eq!(listed(board.path()), before);
    quit(terminal);
}

#[test]
fn the_first_source_of_a_first_start_begins_a_board_that_is_opened() {
    let (server, home) = (company(), tempfile::tempdir().expect("a home"));
    let mut terminal = first_start(home.path());
    terminal.send("a");
    terminal.wait_for("Add a source");
    terminal.send(server.url("/careers"));
    terminal.send("\r");
    terminal.wait_for("Lamp Keeper");
    terminal.wait_for("1 of 1");
    let board = home.path().join(".local/share/jobdeck/boards/my-jobs");
    assert!(listed(&board).contains("[[source]]"), "{board:?}");
    quit(terminal);
}

#[test]
fn another_board_is_opened_in_place_of_the_first() {
    let (one, other) = (board_with("Ice Cook"), board_with("Lamp Keeper"));
    let mut command = jobdeck();
    command.arg(one.path());
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("Ice Cook");
    terminal.send("O");
    terminal.wait_for("Open a board");
    terminal.send(other.path().to_str().expect("a path"));
    terminal.send("\r");
    terminal.wait_for("Lamp Keeper");
    assert!(!terminal.screen().contents().contains("Ice Cook"));
    terminal.send("O");
    terminal.wait_for("Open a board");
    terminal.send("/nowhere/at/all\r");
    // What was typed stays, to be corrected.
    terminal.wait_for("not a folder");
    terminal.send("\x1b");
    terminal.wait_until("the prompt is closed", |screen| {
        !screen.contents().contains("Open a board")
    });
    terminal.wait_for("Lamp Keeper");
    quit(terminal);
}
