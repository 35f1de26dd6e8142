//! A guest on somebody else's machine: whatever is pressed, nothing of the machine is opened, written or run.

mod ssh;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::hostile::rng::Rng;
use crate::real::{Ending, Real, jobdeck};

const SIZE: (u16, u16) = (100, 30);
/// Twice in a row it quits, wherever one is.
const INTERRUPT: &str = "\x03\x03";

/// A machine with a board, and traps for whatever would be run on it.
struct Machine {
    home: TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self {
            home: tempfile::tempdir().unwrap(),
        };
        fs::create_dir(machine.path("board")).unwrap();
        for (id, title) in [("a", "Engineer"), ("b", "Weaver"), ("c", "Baker")] {
            let posting = format!(
                "[[posting]]\nid = '{id}'\ntitle = '{title}'\ncompany = 'Acme'\nurl = 'https://acme.example/{id}'\n"
            );
            fs::write(machine.path(&format!("board/{id}.toml")), posting).unwrap();
        }
        let list = "[board]\nname = 'Acme'\n[[source]]\nurl = 'http://127.0.0.1:9/'\n";
        fs::write(machine.path("board/board.toml"), list).unwrap();
        fs::create_dir(machine.path("bin")).unwrap();
        let trap = format!(
            "#!/bin/sh\necho \"$0\" >> '{}'\n",
            machine.path("ran").display()
        );
        for name in [
            "trap",
            "xdg-open",
            "gio",
            "gnome-open",
            "kde-open",
            "wslview",
            "vi",
            "nano",
            "sh",
            "bash",
        ] {
            let path = machine.path(&format!("bin/{name}"));
            fs::write(&path, &trap).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn command(&self, args: &[&str]) -> CommandBuilder {
        let mut command = jobdeck();
        command.env("HOME", self.home.path());
        for (name, folder) in [
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
        ] {
            command.env(name, self.path(folder));
        }
        let trap = self.path("bin/trap");
        for name in ["EDITOR", "VISUAL", "BROWSER", "SHELL"] {
            command.env(name, &trap);
        }
        command.env("PATH", self.path("bin"));
        command.cwd(self.home.path());
        command.args(args);
        command
    }

    fn guest(&self, name: &str) -> Real {
        let mut terminal = Real::start(self.command(&["--guest", name, "--fresh", "board"]), SIZE);
        terminal.wait_for("of 3");
        terminal
    }

    /// Every file but those of a guest.
    fn files(&self, guest: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let own = self.path("data/jobdeck/guests").join(guest);
        let mut files = BTreeMap::new();
        let mut folders = vec![self.home.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir().unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && path != own {
                    folders.push(path);
                } else if path.is_file() {
                    files.insert(path.clone(), fs::read(&path).unwrap());
                }
            }
        }
        files
    }
}

#[track_caller]
fn assert_clean(ending: &Ending) {
    assert_eq!(ending.fault(0), None, "{}", ending.screen);
}

/// Everything that a person can press.
fn keys() -> Vec<String> {
    let typed = (' '..='~').map(String::from);
    let control = (1..27_u8)
        .filter(|byte| *byte != 3)
        .map(|byte| char::from(byte).to_string());
    let named = [
        "\x1b",
        "\r",
        "\t",
        "\x7f",
        "\x1b[A",
        "\x1b[B",
        "\x1b[C",
        "\x1b[D",
        "\x1b[H",
        "\x1b[F",
        "\x1b[5~",
        "\x1b[6~",
        "\x1b[3~",
        "\x1b[Z",
        "\x1bOP",
        "\x1b[<0;5;5M",
        "\x1b[<64;5;5M",
        "\x1b[200~x\x1b[201~",
    ];
    typed
        .chain(control)
        .chain(named.map(str::to_owned))
        .collect()
}

#[test]
fn whatever_a_guest_presses_stays_with_the_guest() {
    let machine = Machine::new();
    let keys = keys();
    let before = machine.files("ada");
    let mut rng = Rng::new(7);
    let mut written = Vec::new();
    // Each key where one begins, then at random places; whatever quits is begun again.
    let mut rounds: Vec<Vec<String>> = keys.chunks(12).map(<[String]>::to_vec).collect();
    for _ in 0..12 {
        rounds.push((0..120).map(|_| rng.pick(&keys).clone()).collect());
    }
    for pressed in rounds {
        let mut terminal = machine.guest("ada");
        for key in pressed {
            terminal.send(key);
        }
        terminal.send(INTERRUPT);
        let ending = terminal.wait_for_end();
        assert_clean(&ending);
        written.extend(ending.written);
    }
    let after = machine.files("ada");
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&after), names(&before));
    assert!(after == before);
    assert!(!machine.path("ran").exists());
    // Nor is any path of the machine shown.
    let written = String::from_utf8_lossy(&written);
    let home = machine.home.path().file_name().unwrap().to_str().unwrap();
    assert!(!written.contains(home));
    assert!(machine.path("data/jobdeck/guests/ada").is_dir());
}

#[test]
fn what_would_leave_the_machine_is_refused_and_told() {
    let machine = Machine::new();
    let mut terminal = machine.guest("ada");
    terminal.send("R");
    terminal.wait_for("synced by whoever keeps it");
    terminal.send("o");
    terminal.wait_for("https://acme.example/");
    terminal.send("\r");
    terminal.wait_for("(copied)");
    terminal.send("\x1a");
    terminal.wait_for("guests have no shell here");
    terminal.send(INTERRUPT);
    assert_clean(&terminal.wait_for_end());
    let refused = |args: &[&str]| {
        let terminal = Real::start(machine.command(args), SIZE);
        let ending = terminal.wait_for_end();
        assert_eq!(ending.status, 2, "{args:?}");
        String::from_utf8_lossy(&ending.written).into_owned()
    };
    assert!(refused(&["--guest", "ada", "list"]).contains("no commands for guests"));
    assert!(refused(&["--guest", "../ada", "board"]).contains("a guest's name"));
    let nowhere = refused(&["--guest", "ada", "/there/is/no/board"]);
    assert!(nowhere.contains("cannot be read"), "{nowhere}");
    assert!(!nowhere.contains("/there"), "{nowhere}");
}

#[test]
fn guests_mark_side_by_side_on_one_snapshot() {
    let machine = Machine::new();
    let made = Command::new(env!("CARGO_BIN_EXE_jobdeck"))
        .env("HOME", machine.home.path())
        .env("XDG_CACHE_HOME", machine.path("cache"))
        .env("XDG_DATA_HOME", machine.path("data"))
        .env_remove("JOBDECK_BOARD")
        .args(["list", "--board"])
        .arg(machine.path("board"))
        .output()
        .unwrap();
    assert!(made.status.success());
    let snapshots = machine.files("");
    for (guest, down) in [("ada", 0), ("bob", 1), ("cyn", 2)] {
        let mut terminal = machine.guest(guest);
        terminal.send("j".repeat(down));
        terminal.send("b");
        terminal.wait_for("★ 1");
        terminal.send(INTERRUPT);
        assert_clean(&terminal.wait_for_end());
    }
    let saved = |guest: &str| {
        let journal = machine.path("data/jobdeck/guests").join(guest);
        let journal = fs::read_to_string(journal.join("journal.jsonl")).unwrap();
        assert_eq!(journal.matches("saved").count(), 1, "{journal}");
        journal
    };
    assert!(saved("ada") != saved("bob") && saved("bob") != saved("cyn"));
    let after = machine.files("");
    for (path, bytes) in &snapshots {
        assert!(after.get(path) == Some(bytes), "{}", path.display());
    }
    let is_own = |path: &Path| path.starts_with(machine.path("data/jobdeck/guests"));
    assert!(
        after
            .keys()
            .all(|path| is_own(path) || snapshots.contains_key(path))
    );
}
