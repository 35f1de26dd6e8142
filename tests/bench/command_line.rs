//! Measures runs of the whole program, compared with `fzf --filter` on the same lines.
//!
//! `cargo bench --bench command_line` prints the table for 10⁵, 2×10⁵ and 10⁶ postings; other sizes can be given after
//! `--`. Every time is that of a second run, since the first one writes the snapshot, and is the median of several.
//! Without `fzf` its column stays empty.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

#[allow(dead_code, reason = "what the other benches use")]
mod postings;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jobdeck::board::Posting;
use jobdeck::content::write;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const SIZES: [usize; 3] = [100_000, 200_000, 1_000_000];
const QUERIES: [&str; 3] = ["rust", "senior data engineer", "zzzz"];
/// Postings per file, similar to a synced source.
const PER_FILE: usize = 1000;
const ROUNDS: usize = 9;
/// Responses of a terminal to the queries of the program at its start.
const ANSWERS: [(&[u8], &[u8]); 2] = [
    (b"\x1b[c", b"\x1b[?62;4c"),
    (b"\x1b]11;?", b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
];

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        SIZES.to_vec()
    } else {
        sizes
    };
    let source = postings::Source::open();
    println!(
        "postings drawn from {}; second runs, medians",
        source.name()
    );
    for size in sizes {
        let folder = tempfile::tempdir().expect("a folder");
        let postings = source.draw(size);
        write_board(&folder.path().join("board"), &postings);
        let lines = folder.path().join("lines");
        write_lines(&lines, &postings);
        drop(postings);
        measure(folder.path(), &lines, size);
    }
}

fn write_board(folder: &Path, postings: &[Posting]) {
    fs::create_dir(folder).expect("a folder");
    for (number, postings) in postings.chunks(PER_FILE).enumerate() {
        let tables: Vec<String> = postings.iter().map(write::posting).collect();
        let path = folder.join(format!("{number:05}.toml"));
        fs::write(path, tables.join("\n")).expect("written");
    }
}

/// Lines for fzf, with the fields in which `jobdeck list` searches words.
fn write_lines(path: &Path, postings: &[Posting]) {
    let mut lines = String::new();
    for posting in postings {
        let company = posting.company.as_deref().unwrap_or_default();
        let team = posting.team.as_deref().unwrap_or_default();
        let places = posting.locations.iter().map(|place| place.written.as_str());
        let places = places.collect::<Vec<_>>().join("; ");
        let _ = writeln!(lines, "{}\t{company}\t{team}\t{places}", posting.title);
    }
    fs::write(path, lines).expect("written");
}

fn measure(folder: &Path, lines: &Path, size: usize) {
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jobdeck"));
        at_home(folder, |name, value| {
            command.env(name, value);
        });
        command.args(["--board", "board"]).args(args);
        finish(command.current_dir(folder))
    };
    let first = run(&["list", "rust", "--limit", "50"]);
    println!(
        "\n{size} postings; the first run, which writes the snapshot: {}",
        shown(first)
    );
    println!("{:<44}{:>12}{:>12}{:>8}", "", "jobdeck", "fzf", "times");
    for query in QUERIES {
        let ours = median(|| run(&["list", query, "--limit", "50"]));
        let theirs =
            filter(lines, query).map(|_| median(|| filter(lines, query).expect("it ran before")));
        let (fzf, times) = theirs.map_or_else(Default::default, |theirs| {
            let times = theirs.as_secs_f64() / ours.as_secs_f64();
            (shown(theirs), format!("{times:.1}×"))
        });
        let name = format!("list '{query}' --limit 50");
        println!("{name:<44}{:>12}{fzf:>12}{times:>8}", shown(ours));
    }
    let id = format!("p{}", size / 2);
    let show = median(|| run(&["show", &id]));
    println!("{:<44}{:>12}", "show ID", shown(show));
    let frame = median(|| first_frame(folder, size));
    println!("{:<44}{:>12}", "first frame with postings", shown(frame));
}

fn at_home(folder: &Path, mut set: impl FnMut(&str, &Path)) {
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
        set(name, &folder.join("home"));
    }
    set("XDG_CACHE_HOME", &folder.join("cache"));
}

/// Time that `fzf` takes; `None` if it is not installed.
fn filter(lines: &Path, query: &str) -> Option<Duration> {
    let mut command = Command::new("fzf");
    command.args(["--filter", query]);
    command.stdin(File::open(lines).ok()?).stdout(Stdio::null());
    let start = Instant::now();
    command.status().ok()?;
    Some(start.elapsed())
}

fn finish(command: &mut Command) -> Duration {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().expect("it starts");
    assert!(status.code().is_some_and(|code| code < 2), "{status}");
    start.elapsed()
}

/// Time until the screen shows the number of postings.
fn first_frame(folder: &Path, size: usize) -> Duration {
    let size = grouped(size);
    let screen = PtySize {
        rows: 35,
        cols: 120,
        ..PtySize::default()
    };
    let pair = native_pty_system().openpty(screen).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_jobdeck"));
    command.args(["--board", "board", "--fresh"]);
    command.cwd(folder);
    command.env("TERM", "xterm-256color");
    at_home(folder, |name, value| command.env(name, value));
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let mut writer = pair.master.take_writer().expect("a writer");
    let start = Instant::now();
    let mut child = pair.slave.spawn_command(command).expect("it starts");
    let mut told = Vec::new();
    let mut buffer = [0; 1 << 12];
    let took = loop {
        let count = reader.read(&mut buffer).expect("it lives");
        for (question, answer) in ANSWERS {
            if contains(&buffer[..count], question) {
                writer.write_all(answer).expect("it reads");
            }
        }
        told.extend_from_slice(&buffer[..count]);
        if contains(&told, size.as_bytes()) {
            break start.elapsed();
        }
    };
    child.kill().expect("it lives");
    child.wait().expect("it ended");
    took
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn median(mut time: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| time()).collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
