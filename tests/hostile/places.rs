//! Row 12: FIFOs, devices, links, folders and files of holes in the place of every file that a command reads or writes.
//!
//! In every case a command ends and does not touch the target of a link.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::Scale;
use super::tally::{Tally, in_parts};

/// Time limit; even a busy machine needs less than three minutes.
const PATIENCE: Duration = Duration::from_mins(3);
/// How long a naive program is given to hang.
const NAIVE_PATIENCE: Duration = Duration::from_millis(500);
/// Bytes of a file of holes.
const HOLES: u64 = 5 << 30;
/// Content of the outside file that links lead to.
const PRECIOUS: &str = "precious\n";

/// What is put into the place of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Fifo,
    EndlessDevice,
    LinkOutside,
    LinkToFolder,
    LinkToItself,
    Folder,
    Holes,
    Garbage,
}

const THINGS: [Thing; 8] = [
    Thing::Fifo,
    Thing::EndlessDevice,
    Thing::LinkOutside,
    Thing::LinkToFolder,
    Thing::LinkToItself,
    Thing::Folder,
    Thing::Holes,
    Thing::Garbage,
];

/// A file of the home or the board, and a command that reads or writes it.
struct Place {
    path: &'static str,
    command: &'static [&'static str],
    /// Whether the file behind a link is meant, as people link to their settings.
    follows_links: bool,
}

const fn place(path: &'static str, command: &'static [&'static str]) -> Place {
    Place {
        path,
        command,
        follows_links: false,
    }
}

const fn own(path: &'static str, command: &'static [&'static str]) -> Place {
    Place {
        path,
        command,
        follows_links: true,
    }
}

const IMPORT: &[&str] = &["import", "feed.json", "--source", "pine", "--into", "board"];
const LIST: &[&str] = &["list", "--board", "board"];
const MARK: &[&str] = &["mark", "pine.1", "saved", "--board", "board"];
const SITE: &[&str] = &[
    "export", "--format", "html", "--output", "site", "--board", "board",
];
const FORMAT: &[&str] = &["fmt", "board"];
const COMPACT: &[&str] = &["journal", "compact"];

const PLACES: [Place; 25] = [
    place("board/pine/postings.toml", IMPORT),
    place("board/pine/.jobdeck-1", IMPORT),
    place("board/pine", IMPORT),
    place("board/board.toml", LIST),
    place("board/pine/postings.toml", LIST),
    place("board/pine/postings.toml", FORMAT),
    place("board/board.toml", FORMAT),
    own("data/jobdeck/journal.jsonl", MARK),
    own("data/jobdeck/journal.jsonl", COMPACT),
    place("data/jobdeck/journal.lock", MARK),
    place("data/jobdeck/journal.new", COMPACT),
    own("data/jobdeck/journal.jsonl", LIST),
    own("data/jobdeck/rosters", LIST),
    own("data/jobdeck", MARK),
    own("config/jobdeck/config.toml", LIST),
    own("config/jobdeck/views.toml", LIST),
    own("config/jobdeck", LIST),
    own("cache/jobdeck", LIST),
    place(
        "state/jobdeck/sessions.toml",
        &["status", "--board", "board"],
    ),
    place("site/index.html", SITE),
    place("site/.jobdeck-site", SITE),
    place("site/posting", SITE),
    place("site/interview", SITE),
    own(
        "out.json",
        &[
            "export", "--format", "json", "--output", "out.json", "--board", "board",
        ],
    ),
    place(
        "board/new.toml",
        &["new", "posting", "New Cook", "--board", "board"],
    ),
];

/// Every thing in every place.
pub fn run(scale: Scale) -> Tally {
    let all: Vec<(&Place, Thing)> = PLACES
        .iter()
        .flat_map(|place| THINGS.map(|thing| (place, thing)))
        // Who exports to a FIFO waits for its reader, as with any program.
        .filter(|(place, thing)| (place.path, *thing) != ("out.json", Thing::Fifo))
        .collect();
    let step = scale.of(7, 1);
    let chosen: Vec<_> = all.into_iter().step_by(step).collect();
    in_parts(chosen.len(), |part| {
        let (place, thing) = chosen[part];
        let mut tally = Tally::default();
        let program = [env!("CARGO_BIN_EXE_jobdeck")];
        let fault = attack(&program, place, thing, PATIENCE);
        tally.run(
            format!("{thing:?} as {} for {:?}", place.path, place.command),
            fault,
        );
        tally
    })
}

/// The same for `cp`, which follows links and waits for pipes.
pub fn naive() -> Tally {
    let mut tally = Tally::default();
    let place = place(
        "board/pine/postings.toml",
        &["feed.json", "board/pine/postings.toml"],
    );
    for thing in [Thing::Fifo, Thing::LinkOutside] {
        let fault = attack(&["cp"], &place, thing, NAIVE_PATIENCE);
        tally.run(format!("{thing:?} for cp"), fault);
    }
    tally
}

/// What a command makes of a thing in the place of a file.
fn attack(program: &[&str], place: &Place, thing: Thing, patience: Duration) -> Option<String> {
    let home = home();
    let at = |name: &str| home.path().join(name);
    fs::write(at("outside"), PRECIOUS).unwrap();
    fs::create_dir(at("elsewhere")).unwrap();
    fs::write(at("elsewhere/kept.toml"), PRECIOUS).unwrap();
    put(thing, &at(place.path), &home);
    let output = match run_within(home.path(), program, place.command, patience) {
        Ok(output) => output,
        Err(why) => return Some(why),
    };
    let said = String::from_utf8_lossy(&output.stderr);
    let Some(code) = output.status.code() else {
        return Some(format!("{}: {said}", output.status));
    };
    if code > 2 {
        return Some(format!("status {code}: {said}"));
    }
    let is_kept = |path: PathBuf| fs::read_to_string(path).is_ok_and(|text| text == PRECIOUS);
    let others = fs::read_dir(at("elsewhere")).unwrap().count();
    if !place.follows_links && !is_kept(at("outside")) {
        return Some(format!("what the link leads to was written: {said}"));
    }
    if !is_kept(at("elsewhere/kept.toml")) || others != 1 && !place.follows_links {
        return Some(format!(
            "the folder that the link leads to was changed: {said}"
        ));
    }
    None
}

/// A home with a board of one source and a feed for it.
fn home() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    for folder in [
        "board/pine",
        "data/jobdeck",
        "config/jobdeck",
        "cache",
        "state/jobdeck",
        "site",
    ] {
        fs::create_dir_all(at(folder)).unwrap();
    }
    fs::write(
        at("feed.json"),
        r#"[{"id": "1", "title": "Cook"}, {"id": "2", "title": "Baker"}]"#,
    )
    .unwrap();
    fs::write(at("board/board.toml"), "[board]\nname = \"Pine\"\n").unwrap();
    let posting = "[[posting]]\nid = \"pine.1\"\ntitle = \"Cook\"\n";
    fs::write(at("board/pine/postings.toml"), posting).unwrap();
    home
}

fn put(thing: Thing, path: &Path, home: &TempDir) {
    if path.is_dir() {
        fs::remove_dir_all(path).unwrap();
    } else {
        _ = fs::remove_file(path);
    }
    if let Some(above) = path.parent() {
        fs::create_dir_all(above).unwrap();
    }
    match thing {
        Thing::Fifo => mknodat(CWD, path, FileType::Fifo, Mode::RWXU, 0).unwrap(),
        Thing::EndlessDevice => symlink("/dev/zero", path).unwrap(),
        Thing::LinkOutside => symlink(home.path().join("outside"), path).unwrap(),
        Thing::LinkToFolder => symlink(home.path().join("elsewhere"), path).unwrap(),
        Thing::LinkToItself => symlink(path, path).unwrap(),
        Thing::Folder => fs::create_dir(path).unwrap(),
        Thing::Holes => File::create(path).unwrap().set_len(HOLES).unwrap(),
        Thing::Garbage => fs::write(path, b"\xff\x00\x1b[2J]]] = [").unwrap(),
    }
}

/// Runs a command; what it came to, or that it does not end.
fn run_within(
    home: &Path,
    program: &[&str],
    args: &[&str],
    patience: Duration,
) -> Result<Output, String> {
    // Seconds of a processor: a machine that does much else takes no more of them.
    let limits = "ulimit -c 0; ulimit -t 60; exec \"$@\"";
    let mut command = Command::new("sh");
    command
        .args(["-c", limits, "sh"])
        .args(program)
        .args(args)
        .current_dir(home)
        .env_remove("JOBDECK_BOARD")
        .env("HOME", home)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for (name, folder) in [
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_STATE_HOME", "state"),
    ] {
        command.env(name, home.join(folder));
    }
    let child = command.spawn().map_err(|error| error.to_string())?;
    let pid = Pid::from_raw(child.id().cast_signed()).unwrap();
    let (tell, ended) = mpsc::channel();
    thread::spawn(move || {
        _ = tell.send(child.wait_with_output());
    });
    if let Ok(output) = ended.recv_timeout(patience) {
        return output.map_err(|error| error.to_string());
    }
    _ = kill_process(pid, Signal::KILL);
    Err("does not end".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_things_in_every_place() {
        run(Scale::Sample).assert_clean();
    }

    #[test]
    fn a_program_that_follows_links_and_waits_for_pipes_is_caught() {
        naive().assert_all_caught();
    }
}
