//! The binary, on a folder and on a server.

use std::process::Command;

use tempfile::TempDir;

use super::server::Server;
use crate::session::fixture;

fn run(home: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_jobdeck"))
        .env_clear()
        .env("HOME", home.path())
        .env("USER", "jobdeck")
        .args(arguments)
        .args(["--today", "2026-06-15"])
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        ran.status.code().unwrap(),
        text(ran.stdout),
        text(ran.stderr),
    )
}

#[test]
fn commands_print_the_same_from_a_folder_and_from_a_server() {
    let Some(server) = Server::start() else {
        return;
    };
    compare(&server);
}

/// Publishes a board, and compares what commands print about it and about its folder.
pub(super) fn compare(server: &Server) {
    let home = tempfile::tempdir().unwrap();
    let folder = fixture("harbour");
    let folder = folder.to_str().unwrap();
    let address = server.address("harbour");
    let (code, out, err) = run(&home, &["publish", folder, "--to", &address]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("new or changed"), "{out}");
    let (_, out, _) = run(&home, &["publish", folder, "--to", &address]);
    assert!(out.contains("unchanged"), "{out}");
    // What a command prints about the folder, which is the same as about the server.
    let same = |arguments: &[&str]| {
        let with = |board: &str| run(&home, &[arguments, &["--board", board]].concat());
        let (here, there) = (with(folder), with(&address));
        assert_eq!(
            (here.0, &here.1),
            (there.0, &there.1),
            "{arguments:?}: {}",
            there.2
        );
        here
    };
    for arguments in [
        &["list", "--format", "jsonl"][..],
        &["list", "engineer"],
        &["list", "zzzz"],
        &["list", "salary:>50k", "--unjudged"],
        &["facets", "--format", "csv"],
        &["facets", "is:open"],
        &["list", "enginer jobs"],
        &["list", "engineer zzzz"],
        &["market", "engineer"],
        &["market", "--format", "json"],
        &["export", "--format", "json"],
        &["export", "engineer", "--format", "csv"],
        &["export", "--format", "html"],
        &["read", "--list"],
    ] {
        same(arguments);
    }
    let (_, listed, _) = run(
        &home,
        &[
            "list",
            "--columns",
            "id",
            "--format",
            "csv",
            "--board",
            folder,
        ],
    );
    let id = listed.lines().nth(1).unwrap();
    same(&["show", id]);
    // Marks and notes of the one are those of the other: they stay with the reader.
    for arguments in [
        &["mark", id, "saved", "--board", &address][..],
        &["note", id, "asked Ada", "--board", &address],
    ] {
        let (code, _, err) = run(&home, arguments);
        assert_eq!(code, 0, "{err}");
    }
    let other = listed.lines().nth(2).unwrap();
    for arguments in [
        &["status", "--format", "jsonl"][..],
        &["status", "note:ada"],
        &["note", id],
        &["list", "is:saved"],
        &["compare", id, other],
        &["report"],
    ] {
        let here = same(arguments);
        assert!(here.0 < 2, "{arguments:?}: {}", here.2);
    }
    for arguments in [
        &["mark", "nosuch", "saved"][..],
        &["similar", id],
        &["explain", "engineer"],
        &["export", "--format", "board", "--output", "x"],
    ] {
        let mut all = arguments.to_vec();
        all.extend(["--board", &address]);
        let (code, _, err) = run(&home, &all);
        assert_ne!(code, 0, "{arguments:?}");
        assert_eq!(err.trim_end().lines().count(), 1, "{err}");
    }
}

#[test]
fn one_role_in_many_towns_is_listed_once_from_a_server() {
    let Some(server) = Server::start() else {
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let posting = |(at, town): (usize, &str)| {
        format!(
            "[[posting]]\nid = 'p{at}'\ntitle = 'Driver'\ncompany = 'Ice'\nlocations = ['{town}']\ndescription = 'Drive in {town}.'\n"
        )
    };
    let towns = ["Berlin", "Paris", "Oslo"];
    let postings: String = towns.into_iter().enumerate().map(posting).collect();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("postings.toml"), postings).unwrap();
    let folder = folder.path().to_str().unwrap();
    let address = server.address("ice");
    let (code, _, err) = run(&home, &["publish", folder, "--to", &address]);
    assert_eq!(code, 0, "{err}");
    for arguments in [
        &["list", "--fold", "--columns", "id", "--format", "csv"][..],
        &["list", "--fold", "oslo"],
        &["list", "--fold", "--limit", "1"],
    ] {
        let with = |board: &str| run(&home, &[arguments, &["--board", board]].concat());
        let (here, there) = (with(folder), with(&address));
        assert_eq!(here, there, "{arguments:?}");
    }
    let (_, out, _) = run(
        &home,
        &[
            "list",
            "--fold",
            "--columns",
            "id",
            "--format",
            "csv",
            "--board",
            &address,
        ],
    );
    assert_eq!(out, "id,alike\np0,2\n");
}

#[test]
fn what_a_server_cannot_do_is_refused_without_the_password() {
    let home = tempfile::tempdir().unwrap();
    let address = "postgres://ada:secret@127.0.0.1:1/jobs";
    for arguments in [
        &["list", "--board", address][..],
        &["export", "--format", "json", "--board", address],
        &["check", address],
        &["sync", address],
        &["mark", "x", "saved", "--board", address],
        &["publish", "--to", address],
        &[
            "list",
            "--board",
            "postgres://ada:secret@db.example.org/jobs?sslmode=disable",
        ],
    ] {
        let (code, out, err) = run(&home, arguments);
        assert_eq!(code, 2, "{arguments:?}: {out}{err}");
        assert!(!err.contains("secret") && !out.contains("secret"), "{err}");
        assert_eq!(err.trim_end().lines().count(), 1, "{err}");
    }
}
