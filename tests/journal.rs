//! The journal as its owner meets it: how fast it opens, and what is left after the worst.
//!
//! The ordinary run takes a sample of each scenario; `JOBDECK_HARNESS=full` takes all of it, and `--nocapture` shows the
//! counts.

mod disk;
mod faults;
mod kill;
mod speed;
mod together;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use jobdeck::tracking::journal::{Journal, Opened};
use tempfile::TempDir;

/// Whether the long runs are asked for, with `JOBDECK_HARNESS=full`.
fn full() -> bool {
    std::env::var("JOBDECK_HARNESS").is_ok_and(|how| how == "full")
}

/// So many in a long run, so many in a sample.
fn count(full_run: usize, sample: usize) -> usize {
    if full() { full_run } else { sample }
}

/// A home with a board of this many postings, and perhaps a journal.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new(postings: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let posting = |number| format!("[[posting]]\nid = 'p{number}'\ntitle = 'P {number}'\n");
        let board: String = (0..postings).map(posting).collect();
        std::fs::create_dir(folder.path().join("board")).unwrap();
        std::fs::write(folder.path().join("board/board.toml"), board).unwrap();
        Self { folder }
    }

    /// The folder that the journal is in.
    fn data(&self) -> PathBuf {
        self.folder.path().join("data/jobdeck")
    }

    fn file(&self) -> PathBuf {
        self.data().join("journal.jsonl")
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.file()).unwrap_or_default()
    }

    /// A command in this home: the program itself or, by way of another one, the program.
    fn command(&self, by_way_of: &[&str], args: &[&str]) -> Command {
        let program = [by_way_of, &[env!("CARGO_BIN_EXE_jobdeck")], args].concat();
        let mut command = Command::new(program[0]);
        command
            .args(&program[1..])
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.folder.path().join("data"))
            .env("XDG_CONFIG_HOME", self.folder.path().join("config"))
            .env("JOBDECK_BOARD", self.folder.path().join("board"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Saves a posting.
    fn save(&self, by_way_of: &[&str], number: usize) -> Output {
        let id = format!("p{number}");
        let mut command = self.command(by_way_of, &["mark", &id, "saved"]);
        command.output().unwrap()
    }

    fn open(&self) -> Opened {
        Journal::open(&self.data(), 0)
    }

    /// The numbers of the postings that are saved.
    fn saved(&self) -> BTreeSet<usize> {
        let opened = self.open();
        let saved = opened
            .tracking
            .iter()
            .filter(|(_, status)| status.saved.is_some());
        saved.map(|(key, _)| key.id[1..].parse().unwrap()).collect()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
