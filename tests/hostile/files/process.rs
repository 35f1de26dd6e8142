//! A process that loads one board, observed from outside.

use std::fs::{self, Permissions};
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use jobdeck::board::{Board, Posting};
use tempfile::TempDir;

use super::Desk;
use super::{MEMORY, look};

/// Environment variables of such a process.
const BOARD: &str = "JOBDECK_HOSTILE_BOARD";
const WRONG: &str = "JOBDECK_HOSTILE_WRONG";
const NAIVE: &str = "JOBDECK_HOSTILE_NAIVE";
/// Prefix of the line with its result.
const SAYS: &str = "the board is ";

/// Loader to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loader {
    /// jobdeck's.
    Ours,
    /// A naive loader, which must fail the checks.
    Naive,
}

/// Starts such processes.
pub struct Process {
    /// This program, in a place where every user can run it.
    program: PathBuf,
    /// Whether to run as nobody, because this process is root.
    as_nobody: bool,
    _dir: TempDir,
}

impl Process {
    pub fn new() -> Self {
        let dir = open_folder();
        let is_root = fs::metadata(dir.path()).unwrap().uid() == 0;
        let drops = Command::new("setpriv").arg("--version").output().is_ok();
        let program = dir.path().join("program");
        fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        Self {
            program,
            as_nobody: is_root && drops,
            _dir: dir,
        }
    }

    /// Whether such a process is subject to file permissions.
    pub fn is_bound_by_modes(&self) -> bool {
        let is_root = fs::metadata(&self.program).is_ok_and(|about| about.uid() == 0);
        self.as_nobody || !is_root
    }

    /// A folder that such a process can read.
    pub fn folder() -> TempDir {
        open_folder()
    }

    /// Runs a process on a board and returns its complaint or failure.
    pub fn look(
        &self,
        board: &Path,
        wrong: bool,
        loader: Loader,
        patience: Duration,
    ) -> Result<(), String> {
        let mut command = self.command();
        command
            .env(BOARD, board)
            .env(WRONG, if wrong { "1" } else { "" });
        command.env(NAIVE, if loader == Loader::Naive { "1" } else { "" });
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let mut stdout = child.stdout.take().unwrap();
        let (sender, ended) = mpsc::channel();
        thread::spawn(move || {
            let mut said = Vec::new();
            _ = stdout.read_to_end(&mut said);
            _ = sender.send(said);
        });
        let said = ended.recv_timeout(patience);
        if said.is_err() {
            child.kill().unwrap();
        }
        let status = child.wait().unwrap();
        let Ok(said) = said else {
            return Err("hangs".to_owned());
        };
        if !status.success() {
            return Err(format!(
                "ended with {:?}, signal {:?}",
                status.code(),
                status.signal()
            ));
        }
        let said = String::from_utf8_lossy(&said);
        let line = said.lines().find_map(|line| line.split_once(SAYS));
        match line.map(|(_, line)| line) {
            Some("well") => Ok(()),
            Some(why) => Err(why.to_owned()),
            None => Err("says nothing".to_owned()),
        }
    }

    fn command(&self) -> Command {
        let mut command = if self.as_nobody {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
                .arg(&self.program);
            command
        } else {
            Command::new(&self.program)
        };
        if cfg!(test) {
            command.args(["--exact", "hostile::files::tests::process", "--nocapture"]);
        }
        command
    }
}

fn open_folder() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).unwrap();
    dir
}

/// Loads the board of this process. Returns false if it was not started for one.
pub fn child() -> bool {
    let Some(board) = std::env::var_os(BOARD) else {
        return false;
    };
    let set = |name| std::env::var(name).is_ok_and(|value| !value.is_empty());
    let looked = if set(NAIVE) {
        look_naively(Path::new(&board))
    } else {
        look(Path::new(&board), set(WRONG))
    };
    let looked = looked.and_then(|()| match highest_memory() {
        ..=MEMORY => Ok(()),
        kib => Err(format!("good, but took {} MiB", kib >> 10)),
    });
    let says = looked.err().unwrap_or_else(|| "well".to_owned());
    println!("{SAYS}{}", says.escape_debug());
    true
}

/// Peak memory of this process, in KiB.
fn highest_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
    kib.unwrap_or(0)
}

/// Reads every file as it is, and fails on the first unreadable one.
fn look_naively(dir: &Path) -> Result<(), String> {
    let mut postings = Vec::new();
    for entry in fs::read_dir(dir).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let name = path.to_str().ok_or("a name")?;
        let text = fs::read_to_string(name).map_err(|error| error.to_string())?;
        let table: toml::Table = toml::from_str(&text).map_err(|error| error.to_string())?;
        postings.extend(table.get("posting").map(|posting| Posting {
            title: posting.to_string(),
            ..Posting::default()
        }));
    }
    Desk::ungated(
        Board::new("naive".to_owned(), postings, Vec::new()),
        (100, 40),
    )
    .draw()
    .map(drop)
}
