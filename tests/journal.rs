//! The journal under load and after failures.
//!
//! Each scenario runs a number of times and reports losses: an acknowledged mark that is missing, or an earlier state
//! that is gone. The ordinary run takes a sample of each;
//!
//! ```sh
//! cargo test --release --test all journal::in_full -- --ignored --nocapture
//! ```
//!
//! runs all of it and prints a table; `JOBDECK_SCENARIO=power` selects scenarios by name. A scenario only counts if it
//! detects a naive implementation that reads the file and rewrites it without precautions.

mod ahead;
mod disk;
mod faults;
mod flips;
mod kill;
mod large;
mod merges;
mod power;
mod speed;
mod together;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use jobdeck::tracking::journal::{Journal, Opened};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use tempfile::TempDir;

/// Implementation under test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeper {
    /// The program.
    Jobdeck,
    /// The naive implementation, which must fail.
    Naive,
}

/// Reads all marks and writes them with one more: no lock, no sync, no error checks. It pauses at the given step, so
/// that failures there are reproducible.
const NAIVE: &str = r#"
    stop() { [ "$STOP" != "$1" ] || { echo stopped > "$STOPPED"; read -r _ < "$GO_ON"; }; }
    file="$XDG_DATA_HOME/jobdeck/naive"
    mkdir -p "${file%/*}"
    all=$(cat "$file" 2>/dev/null)
    stop read
    : > "$file"
    stop emptied
    for mark in $all "$1"; do echo "$mark" | cat >> "$file"; done
    exit 0
"#;

/// Result of a scenario.
#[derive(Debug, Default)]
struct Row {
    /// Number of runs; 0 if the machine does not support the scenario.
    done: usize,
    /// What was lost.
    lost: Vec<String>,
    /// Remarks.
    beside: String,
}

/// A scenario: name, function, and numbers of runs in full, in a sample, and for the naive implementation.
type Scenario = (&'static str, fn(Keeper, usize) -> Row, [usize; 3]);

const SCENARIOS: &[Scenario] = &[
    ("kill -9 while marking", kill::run, [1_000, 25, 4]),
    ("power cut", power::run, [100, 3, 3]),
    (
        "failed or last system call",
        faults::run,
        [usize::MAX, 60, 12],
    ),
    ("two programs at once, marks", together::run, [1_000, 16, 4]),
    ("two copies at once, runs", together::run_copies, [10, 1, 1]),
    ("full disk", disk::run, [200, 12, 60]),
    ("read-only home", disk::run_read_only, [2, 2, 2]),
    ("bit flips and truncations", flips::run, [2_000, 60, 60]),
    ("merges in any order", merges::run, [500, 60, 60]),
    ("clocks that are centuries ahead", ahead::run, [70, 7, 7]),
    (
        "holes, and many events of one posting",
        large::run,
        [200_000, 2_000, 1],
    ),
];

#[test]
fn nothing_is_lost() {
    for (name, run, [_, sample, _]) in SCENARIOS {
        let row = run(Keeper::Jobdeck, *sample);
        println!("{name}: {} done, {}", row.done, row.beside);
        assert_eq!(row.lost, [""; 0], "{name}");
    }
}

#[test]
fn a_naive_keeper_of_marks_is_caught() {
    for (name, run, [_, _, count]) in SCENARIOS {
        let row = run(Keeper::Naive, *count);
        println!(
            "{name}: {} done, {} lost, {}",
            row.done,
            row.lost.len(),
            row.beside
        );
        assert!(
            row.done == 0 || !row.lost.is_empty(),
            "{name}: {}",
            row.beside
        );
    }
}

#[test]
#[ignore = "takes minutes; the table of the README"]
fn in_full() {
    println!("{:<30}{:>8}{:>8}  beside", "scenario", "done", "lost");
    let mut lost = Vec::new();
    let wanted = std::env::var("JOBDECK_SCENARIO").unwrap_or_default();
    let scenarios = SCENARIOS.iter().filter(|(name, ..)| name.contains(&wanted));
    for (name, run, [full, ..]) in scenarios {
        let row = run(Keeper::Jobdeck, *full);
        println!(
            "{name:<30}{:>8}{:>8}  {}",
            row.done,
            row.lost.len(),
            row.beside
        );
        lost.extend(row.lost);
    }
    assert_eq!(lost, [""; 0]);
}

/// A home with a board of this many postings, and possibly a journal.
struct Home {
    folder: TempDir,
    /// Data folder, if not in the home itself.
    data: Option<PathBuf>,
    keeper: Keeper,
}

impl Home {
    fn new(postings: usize) -> Self {
        Self::of(Keeper::Jobdeck, postings)
    }

    fn of(keeper: Keeper, postings: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let posting = |number| format!("[[posting]]\nid = 'p{number}'\ntitle = 'P {number}'\n");
        let board: String = (0..postings).map(posting).collect();
        std::fs::create_dir(folder.path().join("board")).unwrap();
        std::fs::write(folder.path().join("board/board.toml"), board).unwrap();
        Self {
            folder,
            data: None,
            keeper,
        }
    }

    fn data_home(&self) -> PathBuf {
        let usual = || self.folder.path().join("data");
        self.data.clone().unwrap_or_else(usual)
    }

    /// The folder that the journal is in.
    fn data(&self) -> PathBuf {
        self.data_home().join("jobdeck")
    }

    fn file(&self) -> PathBuf {
        self.data().join(match self.keeper {
            Keeper::Jobdeck => "journal.jsonl",
            Keeper::Naive => "naive",
        })
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.file()).unwrap_or_default()
    }

    /// A command in this home, optionally run through another program.
    fn command(&self, by_way_of: &[&str], args: &[&str]) -> Command {
        self.program(&[by_way_of, &[env!("CARGO_BIN_EXE_jobdeck")], args].concat())
    }

    fn program(&self, program: &[&str]) -> Command {
        let mut command = Command::new(program[0]);
        command
            .args(&program[1..])
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.data_home())
            .env("XDG_CONFIG_HOME", self.folder.path().join("config"))
            .env("JOBDECK_BOARD", self.folder.path().join("board"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Saves a posting.
    fn saving(&self, by_way_of: &[&str], number: usize) -> Command {
        let id = format!("p{number}");
        match self.keeper {
            Keeper::Jobdeck => self.command(by_way_of, &["mark", &id, "saved"]),
            Keeper::Naive => self.program(&[by_way_of, &["sh", "-c", NAIVE, "sh", &id]].concat()),
        }
    }

    fn save(&self, by_way_of: &[&str], number: usize) -> Output {
        self.saving(by_way_of, number).output().unwrap()
    }

    fn open(&self) -> Opened {
        Journal::open(&self.data(), 0)
    }

    /// The numbers of the postings that are saved.
    fn saved(&self) -> BTreeSet<usize> {
        let numbers = |ids: Vec<String>| ids.iter().map(|id| id[1..].parse().unwrap()).collect();
        if self.keeper == Keeper::Naive {
            return numbers(naive_marks(&self.bytes()));
        }
        let opened = self.open();
        let saved = opened.tracking.iter();
        let saved = saved.filter(|(_, status)| status.saved.is_some());
        numbers(saved.map(|(key, _)| key.id.clone()).collect())
    }
}

/// A naive keeper that has stopped halfway, until it is let go on or killed.
struct Stopped {
    child: Child,
    go_on: PathBuf,
}

impl Stopped {
    /// Starts one that saves a posting and stops at `point`: once it has `read` its file, or `emptied` it.
    fn at(point: &str, home: &Home, number: usize) -> Self {
        let pipe = |name: &str| {
            let path = home.folder.path().join(format!("{name}-{number}"));
            mknodat(CWD, &path, FileType::Fifo, Mode::RWXU, 0).unwrap();
            path
        };
        let (stopped, go_on) = (pipe("stopped"), pipe("go-on"));
        let mut command = home.saving(&[], number);
        command.env("STOP", point);
        command.env("STOPPED", &stopped).env("GO_ON", &go_on);
        let child = command.spawn().unwrap();
        // Opening it waits for the other end, and reading for the word.
        let word = std::fs::read_to_string(&stopped).unwrap();
        assert_eq!(word, "stopped\n");
        Self { child, go_on }
    }

    /// Lets it go on, until its end.
    fn finish(mut self) {
        std::fs::write(&self.go_on, "on\n").unwrap();
        assert!(self.child.wait().unwrap().success());
    }

    /// Kills it where it is.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Marks in the naive implementation's file, read as far as possible.
fn naive_marks(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let is_mark = |line: &&str| {
        let number = line.strip_prefix('p');
        number.is_some_and(|number| number.parse::<usize>().is_ok())
    };
    text.lines()
        .take_while(is_mark)
        .map(str::to_owned)
        .collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
