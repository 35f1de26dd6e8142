//! The program on a real terminal: it starts, draws, quits, and rejects other devices.

use std::process::{Command, Stdio};

use jobdeck::storage::FileLock;
use rustix::process::Signal;

use crate::real::{Ending, Real, jobdeck, program};
use crate::server::{Server, Step, json};

const SIZE: (u16, u16) = (100, 30);

fn started() -> Real {
    let mut terminal = Real::start(jobdeck(), SIZE);
    terminal.wait_for("10 of 10");
    terminal
}

fn assert_clean(ending: &Ending, status: u32) {
    assert_eq!(ending.fault(status), None, "{}", ending.screen);
}

#[test]
fn draws_and_quits() {
    let mut terminal = started();
    assert!(terminal.screen().alternate_screen());
    terminal.send("/seattle");
    terminal.wait_for("2 of 10");
    terminal.send("\r");
    terminal.wait_until("no cursor", vt100::Screen::hide_cursor);
    terminal.send("q");
    let ending = terminal.wait_for_end();
    assert_clean(&ending, 0);
    assert_eq!(ending.screen.trim(), "");
}

#[test]
fn a_new_size_is_drawn_at_once_even_within_half_a_sequence() {
    let mut terminal = started();
    terminal.send("\x1b[");
    terminal.resize(40, 12);
    terminal.wait_until("a frame of 40 columns", |screen| {
        let contents = screen.contents();
        let fits = |line: &str| line.chars().count() <= 40;
        contents.contains("1/10") && contents.lines().all(fits)
    });
    terminal.resize(120, 40);
    terminal.wait_for("Filters");
    terminal.signal(Signal::TERM);
    assert_clean(&terminal.wait_for_end(), 143);
}

#[test]
fn keys_typed_ahead_act_on_the_rows_a_person_would_have_seen() {
    const POSTINGS: usize = 60;
    const HIDDEN: usize = 40;
    let home = tempfile::tempdir().expect("a home");
    let board = tempfile::tempdir().expect("a board");
    let posting = |at| format!("[[posting]]\nid = 'p{at}'\ntitle = 'Posting {at}'\n");
    let postings: String = (0..POSTINGS).map(posting).collect();
    std::fs::write(board.path().join("a.toml"), postings).expect("written");
    let mut command = jobdeck();
    command.env("HOME", home.path());
    command.env("XDG_DATA_HOME", home.path());
    command.arg(board.path());
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("60 of 60");
    terminal.send("x\r".repeat(HIDDEN));
    terminal.wait_for("20 of 60");
    terminal.send("q");
    assert_clean(&terminal.wait_for_end(), 0);
    let journal = std::fs::read_to_string(home.path().join("jobdeck/journal.jsonl"));
    let journal = journal.expect("a journal");
    let hidden = journal.lines().filter(|line| line.contains("\"hidden\""));
    assert_eq!(hidden.count(), HIDDEN, "{journal}");
    assert!(!journal.contains("undo"), "{journal}");
    assert!(!journal.contains("\"seen\""), "{journal}");
}

#[test]
fn a_key_typed_right_after_a_query_acts_on_what_the_query_found() {
    let home = tempfile::tempdir().expect("a home");
    let board = tempfile::tempdir().expect("a board");
    let posting = |at| format!("[[posting]]\nid = 'p{at}'\ntitle = 'Posting {at}'\n");
    let postings: String = (100..400).map(posting).collect();
    std::fs::write(board.path().join("a.toml"), postings).expect("written");
    let mut command = jobdeck();
    command.env("HOME", home.path());
    command.env("XDG_DATA_HOME", home.path());
    command.arg(board.path());
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("300 of 300");
    terminal.send("/posting 342\rb");
    terminal.wait_for("saved · u undo");
    terminal.send("q");
    assert_clean(&terminal.wait_for_end(), 0);
    let journal = std::fs::read_to_string(home.path().join("jobdeck/journal.jsonl"));
    let journal = journal.expect("a journal");
    assert!(
        journal.contains("p342") && !journal.contains("p100"),
        "{journal}"
    );
}

#[test]
fn a_mark_lost_on_exit_is_reported() {
    let home = tempfile::tempdir().expect("a home");
    let journal = home.path().join("jobdeck");
    let mut command = jobdeck();
    command.env("HOME", home.path());
    command.env("XDG_DATA_HOME", home.path());
    std::fs::create_dir_all(&journal).expect("a folder");
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("10 of 10");
    let lock = FileLock::take(&journal.join("journal.lock")).expect("the lock");
    terminal.send("bq");
    let ending = terminal.wait_for_end();
    drop(lock);
    assert_clean(&ending, 1);
    let written = String::from_utf8_lossy(&ending.written);
    assert!(written.contains("the last mark was not kept"), "{written}");
    assert!(!journal.join("journal.jsonl").exists());
}

#[test]
fn without_a_shell_there_is_no_stopping() {
    let mut terminal = started();
    terminal.send("\x1a");
    terminal.wait_for("no shell here");
    terminal.send("q");
    assert_clean(&terminal.wait_for_end(), 0);
}

#[test]
fn rejects_other_devices_with_one_plain_line() {
    let path = env!("CARGO_BIN_EXE_jobdeck");
    let output = Command::new(path)
        .stdin(Stdio::null())
        .env("TERM", "xterm")
        .output()
        .expect("a program");
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("terminal"), "{said}");
    assert_eq!(output.stdout, b"");

    for script in [
        "exec \"$0\" >&-",
        "exec \"$0\" </dev/null",
        "exec \"$0\" >/dev/null",
        "TERM=dumb exec \"$0\"",
        "unset TERM; exec \"$0\"",
    ] {
        let mut shell = program("sh");
        shell.args(["-c", script, path]);
        let ending = Real::start(shell, SIZE).wait_for_end();
        assert_clean(&ending, 2);
        let said = String::from_utf8_lossy(&ending.written);
        assert!(
            said.starts_with("jobdeck: ") && !said.contains('\u{1b}'),
            "{script}: {said:?}"
        );
    }
}

#[test]
fn saved_changes_show_immediately_and_keep_the_selection() {
    let board = tempfile::tempdir().unwrap();
    let save = |id: &str, title: &str| {
        let posting = format!("[[posting]]\nid = '{id}'\ntitle = '{title}'\n");
        std::fs::write(board.path().join(id).with_extension("toml"), posting).unwrap();
    };
    save("m", "Middle");
    save("z", "Zealous");
    let mut command = jobdeck();
    command.arg(board.path());
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("2 of 2");
    terminal.send("G\r");
    terminal.wait_until("the reader", |screen| !screen.contents().contains("Middle"));
    save("a", "Aardvark");
    save("z", "Zealous again");
    terminal.wait_for("Zealous again");
    terminal.send("q");
    terminal.wait_for("3 of 3");
    std::fs::write(board.path().join("a.toml"), "[[posting]]\nid = ").unwrap();
    terminal.wait_for("in the board's files");
    terminal.send("q");
    assert_clean(&terminal.wait_for_end(), 0);
}

#[test]
fn copying_asks_the_terminal_for_one_clean_line() {
    let board = tempfile::tempdir().unwrap();
    let posting = "[[posting]]\nid = 'a'\ntitle = \"Sea\\u001b]52;c;ZXZpbA==\\u0007\\nScientist\\u202e\"\ncompany = 'C'\n\
                   url = 'https://jobs.example/1'\n";
    std::fs::write(board.path().join("a.toml"), posting).unwrap();
    let mut command = jobdeck();
    command.arg(board.path());
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("1 of 1");
    terminal.send("y");
    terminal.wait_for("copied");
    terminal.send("Y");
    // Repeated notices draw nothing; the output is checked at the end.
    terminal.send("?");
    terminal.wait_for("Help");
    terminal.send("\x03");
    let ending = terminal.wait_for_end();
    assert_clean(&ending, 0);
    let written = String::from_utf8_lossy(&ending.written);
    let copies: Vec<&str> = written
        .split("\u{1b}]52;c;")
        .skip(1)
        .filter_map(|rest| rest.split_once("\u{1b}\\"))
        .map(|(copied, _)| copied)
        .collect();
    // "Sea Scientist — C — https://jobs.example/1" and the url alone.
    assert_eq!(copies.len(), 2, "{written:?}");
    assert_eq!(copies[1], "aHR0cHM6Ly9qb2JzLmV4YW1wbGUvMQ==");
    let line = "U2VhIFNjaWVudGlzdCDigJQgQyDigJQgaHR0cHM6Ly9qb2JzLmV4YW1wbGUvMQ==";
    assert_eq!(copies[0], line);
    assert_eq!(written.matches("\u{1b}]").count(), 2, "{written:?}");
}

#[test]
fn root_opens_no_browser() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let board = tempfile::tempdir().unwrap();
    let posting = "[[posting]]\nid = 'a'\ntitle = 'A'\nurl = 'https://jobs.example/1'\n";
    std::fs::write(board.path().join("a.toml"), posting).unwrap();
    let mut command = jobdeck();
    command.arg(board.path());
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("1 of 1");
    terminal.send("o");
    terminal.wait_for("Open in the browser?");
    terminal.send("\r");
    terminal.wait_for("a browser should not run as root");
    terminal.send("\x03");
    assert_clean(&terminal.wait_for_end(), 0);
}

#[test]
fn a_board_opens_where_it_was_left_and_on_request_at_the_top() {
    let home = tempfile::tempdir().expect("a home");
    let start = |args: &[&str]| {
        let mut command = jobdeck();
        command.env("HOME", home.path());
        command.args(args);
        Real::start(command, SIZE)
    };
    let mut terminal = start(&["tests/boards/small"]);
    terminal.wait_for("3 of 3");
    terminal.send("/rust\r");
    terminal.wait_for("1 of 3");
    terminal.send("\r");
    terminal.wait_until("the reader", |screen| !screen.contents().contains("1 of 3"));
    terminal.send("\x03");
    assert_clean(&terminal.wait_for_end(), 0);
    // Without a named board, the last one is opened.
    let elsewhere = tempfile::tempdir().expect("a folder");
    let mut command = jobdeck();
    command.env("HOME", home.path());
    command.cwd(elsewhere.path());
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("Rust Engineer");
    terminal.send("q");
    terminal.wait_for("1 of 3");
    terminal.send("q");
    assert_clean(&terminal.wait_for_end(), 0);
    let mut terminal = start(&["tests/boards/small", "--fresh"]);
    terminal.wait_for("3 of 3");
    terminal.send("q");
    assert_clean(&terminal.wait_for_end(), 0);
}

/// Browses a board that lists these local sources.
fn syncing(board: &std::path::Path, urls: &[String]) -> Real {
    let tables = urls.iter().enumerate().map(|(at, url)| {
        format!("[[source]]\nname = \"s{at}\"\nurl = \"{url}\"\nformat = \"json\"\n")
    });
    let head = "[board]\nname = \"Ice and Snow\"\n\n".to_owned();
    std::fs::write(board.join("board.toml"), head + &tables.collect::<String>()).unwrap();
    let config = board.join(".config");
    std::fs::write(&config, "allow_private = true\n").unwrap();
    let mut command = jobdeck();
    command.arg(board);
    command.arg("--config");
    command.arg(&config);
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("0 of 0");
    terminal
}

#[test]
fn a_board_is_synced_in_the_background() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/good" => json(r#"[{"id": "1", "title": "Glaciologist"}, {"id": "2", "title": "Cook"}]"#),
        _ => crate::server::answer(404, &[], b""),
    });
    let board = tempfile::tempdir().unwrap();
    let mut terminal = syncing(board.path(), &[server.url("/good"), server.url("/bad")]);
    terminal.send("R");
    terminal.wait_for("2 sources of Ice and Snow");
    terminal.send("\x1b");
    terminal.wait_until("no question", |screen| !screen.contents().contains("Sync?"));
    assert_eq!(server.paths(), [""; 0]);
    terminal.send("R\r");
    terminal.wait_for("1 source incomplete · P shows why · synced: 2 new");
    terminal.wait_for("Glaciologist");
    terminal.wait_for("2 of 2");
    terminal.send("P");
    terminal.wait_for("not synced: s1: the server answered 404 (not found)");
    terminal.send("\x03");
    assert_clean(&terminal.wait_for_end(), 0);
}

#[test]
fn a_sync_does_not_delay_quitting() {
    let server = Server::start(|_| vec![Step::Hang]);
    let board = tempfile::tempdir().unwrap();
    let mut terminal = syncing(board.path(), &[server.url("/")]);
    terminal.send("R\r");
    terminal.wait_for("syncing 0 of 1");
    terminal.send("R");
    terminal.wait_for("Stop the sync?");
    terminal.send("\r");
    // It may have ended before showing that it is stopping.
    terminal.wait_until("the sync stops", |screen| {
        let shown = screen.contents();
        shown.contains("stopping the sync") || shown.contains("the sync was stopped")
    });
    terminal.send("q");
    assert_clean(&terminal.wait_for_end(), 0);

    let mut terminal = started();
    terminal.send("R");
    terminal.wait_for("no sources");
    terminal.send("q");
    assert_clean(&terminal.wait_for_end(), 0);
}

#[test]
fn chosen_ids_are_printed_and_the_screen_is_drawn_beside_the_output() {
    let home = tempfile::tempdir().expect("a home");
    let output = home.path().join("chosen");
    let mut command = program("sh");
    let script = format!(
        "{} --print content > {}; printf 'ended with %s' $?; sleep 60",
        env!("CARGO_BIN_EXE_jobdeck"),
        output.display()
    );
    command.args(["-c", &script]);
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("10 of 10");
    terminal.send("/twitch\r");
    terminal.wait_for("1 of 10");
    terminal.send("\r");
    terminal.wait_for("ended with 0");
    let chosen = std::fs::read_to_string(&output).expect("an output");
    assert_eq!(chosen, "twitch-role-not-named\n");
}

#[test]
fn links_are_marked_for_terminals_that_open_them() {
    let written = |program: &str| {
        let mut command = jobdeck();
        command.env("TERM_PROGRAM", program);
        let mut terminal = Real::start(command, SIZE);
        terminal.wait_for("10 of 10");
        terminal.send("/twitch\r");
        terminal.wait_for("twitch.tv [1]");
        terminal.wait_for_rest();
        let written = String::from_utf8_lossy(terminal.written()).into_owned();
        terminal.send("q");
        assert_clean(&terminal.wait_for_end(), 0);
        written
    };
    let link = "\u{1b}]8;;https://www.twitch.tv/jobs/en/\u{1b}\\";
    assert!(written("WezTerm").contains(link));
    assert!(!written("other").contains("\u{1b}]8"));
}
