//! A guest on somebody else's machine: whatever is pressed, nothing of the machine is opened, written or run.

#[cfg(target_os = "linux")]
mod broken;
mod ssh;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use jobdeck::app::Action;
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

    /// Gives the machine's owner a config, with programs on keys.
    fn configure(&self, keys: &str) {
        let folder = self.path("config/jobdeck");
        fs::create_dir_all(&folder).unwrap();
        let (home, trap) = (self.home.path().display(), self.path("bin/trap"));
        let trap = trap.display();
        let config = format!(
            "boards = ['{home}/board', '{home}/other']\n[commands]\n'ctrl-x' = ['{trap}', '{{url}}']\n\
             'f24' = {{ run = ['{trap}'], terminal = true }}\n[keys.browse]\n{keys}"
        );
        fs::write(folder.join("config.toml"), config).unwrap();
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

    /// Presses these keys as a guest, who then leaves; everything that was written to the terminal.
    fn press(&self, guest: &str, keys: impl IntoIterator<Item = String>) -> Vec<u8> {
        let mut terminal = self.guest(guest);
        for key in keys {
            terminal.send(key);
        }
        terminal.send(INTERRUPT);
        let ending = terminal.wait_for_end();
        assert_clean(&ending);
        ending.written
    }

    /// Nothing is other than before but what is the guest's, nothing was run, and no path was shown.
    #[track_caller]
    fn assert_same(&self, guest: &str, before: &BTreeMap<PathBuf, Vec<u8>>, written: &[u8]) {
        let after = self.files(guest);
        assert!(after.keys().eq(before.keys()), "{:?}", after.keys());
        assert!(after == *before);
        assert!(!self.path("ran").exists());
        let written = String::from_utf8_lossy(written);
        let home = self.home.path().file_name().unwrap().to_str().unwrap();
        let shown = written.find(home);
        let shown =
            shown.map(|at| &written[written.floor_char_boundary(at.saturating_sub(200))..at]);
        assert_eq!(shown, None);
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

/// The function keys from F1 on.
const FUNCTION_KEYS: [&str; 12] = [
    "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~",
    "\x1b[20~", "\x1b[21~", "\x1b[23~", "\x1b[24~",
];

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
        "\x1b[2~",
        "\x1b[1;5A",
        "\x1b[1;3D",
        "\x1b[13;2u",
        "\x1b[57387u",
        "\x1b[<0;5;5M",
        "\x1b[<0;60;8M",
        "\x1b[<32;61;9M",
        "\x1b[<64;5;5M",
        "\x1b[200~x\x1b[201~",
        "\x1b[200~https://acme.example/jobs\x1b[201~",
        "\x1b[I",
    ];
    let alt = ('a'..='z').map(|letter| format!("\x1b{letter}"));
    typed
        .chain(control)
        .chain(alt)
        .chain(FUNCTION_KEYS.map(str::to_owned))
        .chain(named.map(str::to_owned))
        .collect()
}

#[test]
fn whatever_a_guest_presses_stays_with_the_guest() {
    let machine = Machine::new();
    machine.configure("");
    let keys = keys();
    let before = machine.files("ada");
    let mut rng = Rng::new(7);
    let mut written = Vec::new();
    // Each key where one begins, then at random places; whatever quits is begun again.
    let mut rounds: Vec<Vec<String>> = keys.chunks(16).map(<[String]>::to_vec).collect();
    for _ in 0..12 {
        rounds.push((0..120).map(|_| rng.pick(&keys).clone()).collect());
    }
    for pressed in rounds {
        written.extend(machine.press("ada", pressed));
    }
    machine.assert_same("ada", &before, &written);
    assert!(machine.path("data/jobdeck/guests/ada").is_dir());
}

#[test]
fn every_action_of_a_guest_stays_with_the_guest() {
    let machine = Machine::new();
    for actions in Action::ALL.chunks(FUNCTION_KEYS.len()) {
        let bound = FUNCTION_KEYS.iter().zip(actions);
        let keys = (1..).zip(bound.clone());
        let keys = keys.map(|(number, (_, action))| format!("f{number} = '{}'\n", action.name()));
        machine.configure(&keys.collect::<String>());
        let bound: Vec<&str> = bound
            .filter(|(_, action)| **action != Action::Quit)
            .map(|(key, _)| *key)
            .collect();
        let path = format!("{}/other\r", machine.home.path().display());
        // Whatever asks is answered: with what it proposes, then with a path, which is shown to whoever typed it.
        for (guest, answer) in [("bob", "\r"), ("cyn", &*path)] {
            let before = machine.files(guest);
            let pressed = bound.iter().flat_map(|key| [*key, answer, "\x1b\x1b"]);
            let mut written = machine.press(guest, pressed.map(str::to_owned));
            if guest == "cyn" {
                written.clear();
            }
            machine.assert_same(guest, &before, &written);
        }
    }
}

#[test]
fn what_would_leave_the_machine_is_refused_and_told() {
    let machine = Machine::new();
    machine.configure("");
    let mut terminal = machine.guest("ada");
    terminal.send("\x18");
    terminal.wait_for("guests run no programs here");
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
fn a_journal_that_may_not_grow_is_told_and_stays_whole() {
    let machine = Machine::new();
    let mut shell = machine.command(&[]);
    let argv = shell.get_argv_mut();
    let limited = "ulimit -f 4; exec \"$@\"";
    let words = ["/bin/sh", "-c", limited, "sh"].map(Into::into);
    argv.splice(0..0, words);
    argv.extend(["--guest", "ada", "--fresh", "board"].map(Into::into));
    let mut terminal = Real::start(shell, SIZE);
    terminal.wait_for("of 3");
    terminal.send("b".repeat(40));
    terminal.wait_for("the journal is as large as it may be here");
    terminal.send(INTERRUPT);
    terminal.wait_for_end();
    let journal = machine.path("data/jobdeck/guests/ada/journal.jsonl");
    let journal = fs::read_to_string(journal).unwrap();
    assert!(
        journal.ends_with("}\n") && journal.contains("saved"),
        "{journal}"
    );
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
