//! Closed pipes, full disks, hostile arguments.

use std::fs;
use std::io::{self, Read};
use std::process::{Command, Stdio};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::run;

/// There is no config.
const NOWHERE: &str = "/there/is/no/such/folder";

/// A command whose output goes elsewhere.
fn alone(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jobdeck"));
    command.env_remove("JOBDECK_BOARD");
    command.env("XDG_CONFIG_HOME", NOWHERE).args(args);
    command
}

#[test]
fn a_closed_pipe_is_success() {
    for args in [
        &["list", "--format", "json"][..],
        &["list"],
        &["facets"],
        &["read"],
        &["show", "twitch-role-not-named"],
        &["check", "--format", "json"],
        &["config"],
        &["man"],
        &["completions", "bash"],
        &["--help"],
    ] {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let mut command = alone(args);
        let command = command.stdout(writer).stderr(Stdio::piped());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        let panicked = said.contains("panic") || said.contains("Broken pipe");
        assert!(!panicked, "{args:?}: {said}");
    }
}

#[test]
fn nobody_listening_to_the_notes_is_no_error() {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let mut command = alone(&["list", "foo:x", "--lenient"]);
    let output = command.stderr(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(!output.stdout.is_empty());
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut command = alone(&["man"]);
    let command = command.stdout(full).stderr(Stdio::piped());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.starts_with("jobdeck: cannot write the output: "),
        "{said}"
    );
}

#[test]
fn what_is_echoed_passes_the_gate() {
    let hostile = "a\u{1b}[31mb\u{9b}2J\u{202e}c\u{7}";
    for args in [
        &["show", hostile][..],
        &["read", hostile],
        &["list", hostile],
        &["list", &format!("foo:{hostile}")],
        &["facets", hostile],
        &["check", hostile],
        &["--board", hostile],
        &[hostile],
        &["list", "--format", hostile],
        &["list", "--columns", hostile],
        &["list", "--today", hostile],
        &[&format!("--{hostile}")],
        &["config", "--config", hostile],
        &["completions", hostile],
    ] {
        let ran = run(args);
        for text in [&ran.out, &ran.err] {
            let obeyed = text
                .chars()
                .find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}');
            assert_eq!(obeyed, None, "{args:?}: {text:?}");
        }
        assert!(!(ran.out + &ran.err).is_empty(), "{args:?}");
    }
}

#[test]
fn a_table_fits_the_window() {
    let size = PtySize {
        rows: 24,
        cols: 60,
        ..PtySize::default()
    };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_jobdeck"));
    command.args(["list", "--columns", "title,company,locations,id"]);
    command.env_remove("JOBDECK_BOARD");
    command.env("XDG_CONFIG_HOME", NOWHERE);
    // Outside the repository, which may contain a board.
    command.cwd("/");
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut shown = Vec::new();
    // After the last writer has left, a terminal gives an error on some systems and an end of file on others.
    let _ = pair
        .master
        .try_clone_reader()
        .unwrap()
        .read_to_end(&mut shown);
    assert_eq!(child.wait().unwrap().exit_code(), 0);
    let shown = String::from_utf8(shown).unwrap();
    let lines: Vec<&str> = shown.lines().take(11).collect();
    assert_eq!(lines.len(), 11, "{shown}");
    for line in lines {
        assert!(line.chars().count() <= 60, "{line}");
    }
    assert!(shown.contains("Applied Scienti…"), "{shown}");
}
