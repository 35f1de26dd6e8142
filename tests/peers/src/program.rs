//! Programs on a terminal: how soon they show something, how soon they have shown all, and what they find as one types.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use std::{fs, thread};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::{Parser, Screen};

use crate::board::Files;
use crate::finder::{Finder, Found};
use crate::ours::today;

/// What jobdeck is called where it starts without a snapshot.
const FIRST: &str = "jobdeck, the first time";
/// The first argument with which this program is jobdeck itself.
pub const SELF: &str = "--as-jobdeck";

const SIZE: PtySize = PtySize {
    rows: 30,
    cols: 100,
    pixel_width: 0,
    pixel_height: 0,
};
/// How long a program may take to start and read its lines.
const PATIENCE: Duration = Duration::from_secs(120);
/// Time after a new count until the screen counts as settled.
const AFTERMATH: Duration = Duration::from_millis(200);

/// A program, and how to use it.
pub struct Program {
    name: &'static str,
    command: CommandBuilder,
    /// Separator of the count of hits and the count of all.
    of: &'static str,
    /// Whether it is only started without typing; then the count of all may follow any text.
    only_starts: bool,
    /// What is typed before and instead of a query.
    clear: &'static str,
    /// How many lines there are.
    size: usize,
    /// What is typed already.
    query: String,
    running: Option<Running>,
}

/// A program that runs.
struct Running {
    screen: Parser,
    written: Receiver<(Instant, Vec<u8>)>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    first: Duration,
    all: Duration,
}

/// How a program started and what it took.
#[derive(Clone, Copy)]
pub struct Started {
    pub name: &'static str,
    /// From exec to something on the screen.
    pub first: Duration,
    /// From exec to a screen that counts all lines.
    pub all: Duration,
    /// Memory in bytes once everything was asked, and at its peak, where the system tells.
    pub resident: Option<u64>,
    pub peak: Option<u64>,
}

impl Program {
    /// The programs that are measured, whether they are there or not.
    pub fn all(files: &Files, size: usize) -> Vec<Self> {
        let own = std::env::current_exe().unwrap_or_default();
        let mut ours = CommandBuilder::new(own);
        ours.args([SELF, "--today", &today().to_string()]);
        ours.arg(files.board());
        let fuzzy = |name, arguments: &str| {
            let mut command = CommandBuilder::new("sh");
            command.args(["-c", &format!("exec {name} {arguments} < \"$0\"")]);
            command.arg(files.lines());
            Self::new(name, command, "/", "\x15", size, &files.home())
        };
        let ours = |name| Self::new(name, ours.clone(), " of ", "/\x15", size, &files.home());
        vec![
            // It leaves a snapshot, which the next one starts from.
            ours(FIRST).only_started(),
            ours("jobdeck"),
            fuzzy("fzf", ""),
            fuzzy("sk", ""),
            television(files, size),
        ]
    }

    fn new(
        name: &'static str,
        mut command: CommandBuilder,
        of: &'static str,
        clear: &'static str,
        size: usize,
        home: &Path,
    ) -> Self {
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", home);
        Self {
            name,
            command,
            of,
            clear,
            size,
            only_starts: false,
            query: String::new(),
            running: None,
        }
    }

    fn only_started(self) -> Self {
        Self {
            only_starts: true,
            ..self
        }
    }

    /// Whether it is jobdeck.
    pub fn is_ours(&self) -> bool {
        self.of == " of "
    }

    /// Whether it is only started without typing.
    pub fn only_starts(&self) -> bool {
        self.only_starts
    }

    /// Starts it, and waits until it has counted all lines.
    pub fn start(&mut self) -> Result<(), Box<dyn std::error::Error>> {
        let pair = native_pty_system().openpty(SIZE)?;
        let reader = pair.master.try_clone_reader()?;
        let keyboard = pair.master.take_writer()?;
        let start = Instant::now();
        let child = pair.slave.spawn_command(self.command.clone())?;
        drop(pair.slave);
        let mut running = Running {
            screen: Parser::new(SIZE.rows, SIZE.cols, 0),
            written: read_on_a_thread(reader),
            keyboard,
            child,
            _master: pair.master,
            first: Duration::ZERO,
            all: Duration::ZERO,
        };
        while running.all == Duration::ZERO {
            let (at, bytes) = running
                .written
                .recv_timeout(PATIENCE)
                .map_err(|_| format!("it ended or shows no count: {}", running.shown()))?;
            running.answer(&bytes)?;
            let was_blank = running.shown().trim().is_empty();
            running.screen.process(&bytes);
            if was_blank && !running.shown().trim().is_empty() {
                running.first = at - start;
            }
            let count = counted(running.screen.screen(), self.of, self.size);
            if count.is_some_and(|count| self.only_starts || count == self.size) {
                running.all = at - start;
            }
        }
        self.running = Some(running);
        Ok(())
    }

    /// Ends it; how it was.
    pub fn finish(mut self) -> Started {
        let mut started = Started {
            name: self.name,
            first: Duration::ZERO,
            all: Duration::ZERO,
            resident: None,
            peak: None,
        };
        if let Some(mut running) = self.running.take() {
            let memory = |field| running.child.process_id().and_then(|id| memory(id, field));
            (started.resident, started.peak) = (memory("VmRSS:"), memory("VmHWM:"));
            (started.first, started.all) = (running.first, running.all);
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
        started
    }

    /// How long the screen must be unchanged to count as finished, if the count stays the same.
    fn quiet(&self) -> Duration {
        AFTERMATH + Duration::from_nanos(1500 * self.size as u64)
    }

    /// Types, and waits until the screen stays as it is.
    fn type_in(&mut self, keys: &str) -> Found {
        let (quiet, of, size) = (self.quiet(), self.of, self.size);
        let Some(running) = &mut self.running else {
            return Found {
                time: Duration::ZERO,
                hits: 0,
            };
        };
        let before = counted(running.screen.screen(), of, size);
        let start = Instant::now();
        let _ = running.keyboard.write_all(keys.as_bytes());
        let _ = running.keyboard.flush();
        let mut last = start;
        loop {
            let count = counted(running.screen.screen(), of, size);
            // Some show the first of what they find before they have all of it.
            let settled = count.is_some() && count != before && self.name != "sk";
            let patience = if settled { AFTERMATH } else { quiet };
            match running.written.recv_timeout(patience) {
                Ok((at, bytes)) => {
                    let before = running.shown();
                    let _ = running.answer(&bytes);
                    running.screen.process(&bytes);
                    if running.shown() != before {
                        last = at;
                    }
                }
                Err(_) => break,
            }
        }
        Found {
            time: last - start,
            hits: counted(running.screen.screen(), of, size).unwrap_or(0),
        }
    }
}

/// It shows which hit is selected before how many there are, so that only its start can be read off.
fn television(files: &Files, size: usize) -> Program {
    let mut command = CommandBuilder::new("tv");
    let lines = files.lines();
    command.args(["--source-command", &format!("cat '{}'", lines.display())]);
    Program::new("tv", command, " / ", "", size, &files.home()).only_started()
}

impl Running {
    fn shown(&self) -> String {
        self.screen.screen().contents()
    }

    /// Answers the question where the cursor is, which a program may ask before it draws.
    fn answer(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        if bytes.windows(4).any(|part| part == b"\x1b[6n") {
            self.keyboard.write_all(b"\x1b[1;1R")?;
            self.keyboard.flush()?;
        }
        Ok(())
    }
}

impl Finder for Program {
    fn name(&self) -> &'static str {
        self.name
    }

    fn rounds(&self) -> usize {
        1
    }

    fn clear(&mut self) {
        let clear = self.clear;
        self.type_in(clear);
        self.query.clear();
    }

    fn show(&mut self, query: &str) -> Found {
        let more = query.strip_prefix(&self.query).unwrap_or(query).to_owned();
        query.clone_into(&mut self.query);
        self.type_in(&more)
    }

    fn translate(&self, query: &str) -> String {
        if self.is_ours() {
            query.to_owned()
        } else {
            query.replace("loc:", "")
        }
    }
}

fn read_on_a_thread(mut reader: Box<dyn Read + Send>) -> Receiver<(Instant, Vec<u8>)> {
    let (tell, written) = channel();
    thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(read @ 1..) = reader.read(&mut buffer) {
            if tell
                .send((Instant::now(), buffer[..read].to_vec()))
                .is_err()
            {
                break;
            }
        }
    });
    written
}

/// The count before the separator and the count of all (`/1000`); digits may be grouped.
fn counted(screen: &Screen, of: &str, size: usize) -> Option<usize> {
    let all = format!("{of}{size}");
    screen.rows(0, SIZE.cols).find_map(|row| {
        let row = row.replace(',', "");
        let before = &row[..row.find(&all)?];
        let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        before[digits..].parse().ok()
    })
}

fn memory(pid: u32, field: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with(field))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}
