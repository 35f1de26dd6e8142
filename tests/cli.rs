//! The command line: output, messages and exit codes.

mod add;
mod boards;
mod check;
mod compare;
mod complete;
mod curate;
mod edges;
mod edits;
mod explain;
mod export;
mod help;
mod import;
mod list;
mod market;
mod month;
mod read;
mod recipes;
mod round_trip;
mod schema;
mod serve;
mod snapshot;
mod sources;
mod storage;
mod sync;
mod tracking;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;

/// A command line to be run, isolated from the user's config and boards.
struct Jobdeck {
    command: Command,
    /// Its standard input.
    fed: Vec<u8>,
    _away: TempDir,
}

/// Result of a run.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn jobdeck(args: &[&str]) -> Jobdeck {
    let away = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jobdeck"));
    command
        .env_remove("JOBDECK_BOARD")
        .env_remove("NO_COLOR")
        .env("HOME", away.path())
        .env("XDG_CONFIG_HOME", away.path().join("config"))
        .env("XDG_DATA_HOME", away.path().join("data"))
        .env("XDG_CACHE_HOME", away.path().join("cache"))
        .current_dir(away.path())
        .args(args);
    Jobdeck {
        command,
        fed: Vec::new(),
        _away: away,
    }
}

/// Runs in an empty folder.
fn run(args: &[&str]) -> Ran {
    jobdeck(args).run()
}

/// Runs with the small board.
fn small(args: &[&str]) -> Ran {
    jobdeck(args).env("JOBDECK_BOARD", fixture("small")).run()
}

impl Jobdeck {
    fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    fn within(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Sets standard input.
    fn fed(mut self, bytes: Vec<u8>) -> Self {
        self.fed = bytes;
        self
    }

    fn run(mut self) -> Ran {
        self.command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = self.command.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        // On a thread of its own, so that neither waits for the other.
        let fed = std::mem::take(&mut self.fed);
        let feeding = thread::spawn(move || _ = input.write_all(&fed));
        let output = child.wait_with_output().unwrap();
        feeding.join().unwrap();
        Ran {
            code: output.status.code().expect("an exit code"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

impl Ran {
    /// Output of a run that succeeded without messages.
    #[track_caller]
    fn results(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""));
        self.out
    }

    /// Messages of a run without output.
    #[track_caller]
    fn said(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        self.err
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fixture(name: &str) -> PathBuf {
    root().join("tests/boards").join(name)
}

/// A board of one file.
fn board(toml: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("board.toml"), toml).unwrap();
    folder
}

fn objects(lines: &str) -> Vec<Value> {
    let read = |line| serde_json::from_str(line).expect("an object");
    lines.lines().map(read).collect()
}
