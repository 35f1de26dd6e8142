//! URLs against a launcher that logs its arguments: only plain web addresses reach it, as one argument.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use tempfile::TempDir;

use super::stopwatch::Stopwatch;
use super::{Scale, Tally};
use crate::double::{URLS, double};
use crate::real::Real;

const SIZE: (u16, u16) = (120, 30);
/// Maximum time from a key to the next frame on an idle machine.
const ANSWERS: Duration = Duration::from_millis(50);

/// Behaviour of the launcher after logging its arguments.
const LAUNCHERS: [(&str, &str); 4] = [
    ("opens", ""),
    ("fails", "exit 3"),
    (
        "spams",
        "head -c 300000 /dev/zero | tr '\\0' 'x'; head -c 300000 /dev/zero >&2",
    ),
    // Until the test closes the pipe.
    ("hangs", "read -r _"),
];

/// Urls that may be opened.
const GOOD: [&str; 8] = [
    "https://jobs.example/",
    "http://jobs.example:8080/a?b=c&d=%20#e",
    "https://jobs.example/$(touch%20x)",
    "https://jobs.example/;reboot",
    "https://jobs.example/`id`",
    "https://jobs.example/'\"",
    "https://zürich.example/stelle",
    "http://[::1]/",
];

/// Urls that may not.
const BAD: [&str; 17] = [
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vscode://file/etc/passwd",
    "ssh://-oProxyCommand=x/",
    "smb://evil.example/share",
    "mailto:a@evil.example",
    "tel:+491234",
    "http://",
    "https:///",
    "--help",
    "-a Calculator",
    "/etc/passwd",
    "~/.ssh/id_rsa",
    "https://bank.example@evil.example/",
    "https://user:secret@evil.example/",
];

#[test]
fn only_web_addresses_reach_the_launcher() {
    run(Scale::Sample).assert_clean();
}

#[test]
fn a_program_that_asks_a_shell_is_caught() {
    // Besides opening bad URLs, it splits or loses good ones.
    let tally = naive();
    assert!(tally.violations > BAD.len() as u64, "{tally}");
}

/// Runs the row.
pub fn run(scale: Scale) -> Tally {
    let mut tally = Tally::default();
    for (name, does) in LAUNCHERS {
        let urls = urls(scale.of(25, 100));
        let desktop = Desktop::with_launcher(does);
        let slowest = open_all(&urls, &desktop);
        println!("a launcher that {name}: the slowest answer took {slowest:?}");
        let late = scale == Scale::Full && !cfg!(debug_assertions) && slowest > ANSWERS;
        if late {
            tally.violation(format!("{name}: an answer took {slowest:?}"));
        }
        let opened = desktop.log_of(urls.iter().filter(|url| is_good(url)).count());
        tally.add(judge(name, &urls, opened));
    }
    tally
}

/// Checks that exactly the good URLs were opened, each as one argument.
fn judge(name: &str, urls: &[String], mut opened: Vec<String>) -> Tally {
    let mut tally = Tally::default();
    for url in urls {
        let expected = format!(
            "1|{}",
            url::Url::parse(url).map_or(String::new(), Into::into)
        );
        let found = opened.iter().position(|line| *line == expected);
        let found = found.map(|at| opened.swap_remove(at));
        tally.run(
            format!("{name} {url}"),
            match (is_good(url), found) {
                (true, None) => Some("was not opened".to_owned()),
                (false, Some(_)) => Some("was opened".to_owned()),
                _ => None,
            },
        );
    }
    for line in opened {
        tally.violation(format!("{name}: got {line}"));
    }
    tally
}

/// Passes every URL to the launcher through a shell, and then split into words.
pub fn naive() -> Tally {
    let mut tally = Tally::default();
    let urls: Vec<String> = BAD
        .iter()
        .chain(&GOOD)
        .map(|url| (*url).to_owned())
        .collect();
    let desktop = Desktop::with_launcher("");
    for url in &urls {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("xdg-open {url}")]);
        shell.stderr(Stdio::null());
        shell.current_dir(desktop.folder.path());
        let path = format!("{}:/usr/bin:/bin", desktop.folder.path().display());
        shell.env("PATH", path).env_remove("HOME");
        shell.env("LOG", desktop.folder.path().join("log"));
        shell.env("PIPE", desktop.folder.path().join("pipe"));
        // A URL may contain a command after a semicolon; do not run this one.
        if !url.contains("reboot") {
            shell.status().expect("a shell");
        }
    }
    let opened = desktop.log_of(1);
    tally.add(judge("a shell", &urls, opened));
    tally
}

/// Opens each URL, and confirms the question if there is one. Returns the longest time until the question was gone.
fn open_all(urls: &[String], desktop: &Desktop) -> Duration {
    const QUESTION: &str = "Open in the browser?";
    let folder = desktop.folder.path();
    fs::write(folder.join(URLS), urls.join("\n")).expect("urls");
    let mut command = double(folder);
    command.env("PATH", folder);
    command.env("LOG", folder.join("log"));
    command.env("PIPE", folder.join("pipe"));
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("Posting 000.");
    // The journal was read: there is none.
    terminal.wait_for("marks are not kept");
    let mut slowest = Duration::ZERO;
    for _ in urls {
        // Without a question the second key opens the help.
        terminal.send("o?");
        terminal.wait_until("a question or help", |screen| {
            let shown = screen.contents();
            shown.contains(QUESTION) || shown.contains("Help and commands")
        });
        let watch = Stopwatch::start(terminal.pid());
        let asked = terminal.screen().contents().contains(QUESTION);
        terminal.send(if asked { "\r" } else { "\x1b" });
        terminal.wait_until("no question", |screen| {
            let shown = screen.contents();
            !shown.contains(QUESTION) && !shown.contains("Help and commands")
        });
        let (took, waited) = watch.stop();
        slowest = slowest.max(took.saturating_sub(waited));
        if asked {
            terminal.wait_for("Did you apply?");
            terminal.send("n");
            terminal.wait_until("an answer", |screen| {
                !screen.contents().contains("Did you apply?")
            });
        }
        terminal.send("j");
    }
    desktop.log_of(urls.iter().filter(|url| is_good(url)).count());
    terminal.send("q");
    assert_eq!(terminal.wait_for_end().fault(0), None);
    slowest
}

/// Good and bad URLs alternately; the good ones are distinct.
fn urls(count: usize) -> Vec<String> {
    let good = GOOD.iter().cycle().enumerate();
    let good = good.map(|(at, url)| format!("{url}{at}"));
    let bad = BAD.iter().cycle().map(|url| (*url).to_owned());
    let pairs = good.zip(bad).flat_map(|(good, bad)| [good, bad]);
    pairs.take(count.max(2 * BAD.len())).collect()
}

fn is_good(url: &str) -> bool {
    GOOD.iter().any(|good| url.starts_with(good))
}

/// A desktop with a single launcher.
struct Desktop {
    folder: TempDir,
    /// Held open, so that readers block until it is dropped.
    _pipe: File,
}

impl Desktop {
    fn with_launcher(does: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RWXU, 0).expect("a pipe");
        let held = File::options().read(true).write(true).open(&pipe);
        let script = format!(
            "#!/bin/sh\nexec <\"$PIPE\"\nprintf '%s|%s\\n' \"$#\" \"$*\" >>\"$LOG\"\nPATH=/usr/bin:/bin\n{does}\n"
        );
        let launcher = folder.path().join("xdg-open");
        fs::write(&launcher, script).expect("a launcher");
        fs::set_permissions(&launcher, Permissions::from_mode(0o755)).expect("a launcher");
        Self {
            folder,
            _pipe: held.expect("a pipe"),
        }
    }

    /// The log, once it has a number of lines.
    fn log_of(&self, lines: usize) -> Vec<String> {
        let deadline = Instant::now() + Duration::from_mins(3);
        loop {
            let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            if log.lines().count() >= lines {
                return log.lines().map(str::to_owned).collect();
            }
            assert!(Instant::now() < deadline, "only\n{log}");
            thread::yield_now();
        }
    }
}
