//! A program on a pseudo-terminal: its screen, and the terminal state it leaves behind.
//!
//! Nothing sleeps: waiting is always for a condition, and a timeout fails the test with the current screen.

#![allow(dead_code, reason = "what a test may want to do")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use vt100::{Parser, Screen};

/// Timeout on a busy machine.
const PATIENCE: Duration = Duration::from_mins(3);

/// Time without output after which a screen is complete.
const A_WHILE: Duration = Duration::from_millis(500);

/// jobdeck itself, as built for the tests.
pub fn jobdeck() -> CommandBuilder {
    program(env!("CARGO_BIN_EXE_jobdeck"))
}

/// A program with a clean environment.
pub fn program(path: impl AsRef<OsStr>) -> CommandBuilder {
    let mut command = CommandBuilder::new(path);
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    // Random keys may start it.
    command.env("EDITOR", "true");
    command.cwd(Path::new(env!("CARGO_MANIFEST_DIR")));
    command
}

/// A program on a terminal.
pub struct Real {
    /// What the terminal shows.
    parser: Parser,
    /// Everything written to it.
    written: Vec<u8>,
    master: Box<dyn MasterPty + Send>,
    /// Held open, so that the settings can be read after the program has ended.
    slave: Box<dyn SlavePty + Send>,
    keyboard: Sender<Vec<u8>>,
    news: Receiver<News>,
    pid: Pid,
    unplugged: Arc<AtomicBool>,
    /// Timeout.
    patience: Duration,
    /// Terminal settings before the start.
    settings: String,
    /// The user's home.
    _home: TempDir,
}

enum News {
    Written(Vec<u8>),
    Ended(u32),
}

/// How a program ended.
pub struct Ending {
    /// Its exit status.
    pub status: u32,
    /// Modes and settings that were not restored.
    pub left: Vec<String>,
    /// Everything that was written to the terminal.
    pub written: Vec<u8>,
    /// The final screen.
    pub screen: String,
    /// Time since waiting for the end began.
    pub took: Duration,
}

impl Ending {
    /// What is wrong, given the expected status and that everything should be restored.
    pub fn fault(&self, status: u32) -> Option<String> {
        if self.status != status {
            return Some(format!("status {}, not {status}", self.status));
        }
        (!self.left.is_empty()).then(|| format!("left {:?}", self.left))
    }
}

impl Real {
    /// Starts a program on a terminal of this size.
    pub fn start(mut command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        let pair = native_pty_system()
            .openpty(size(columns, rows))
            .expect("a pty");
        let settings = settings(&*pair.master);
        let home = tempfile::tempdir().expect("a home");
        if command.get_env("HOME").is_none() {
            command.env("HOME", home.path());
        }
        let mut child = pair.slave.spawn_command(command).expect("a program");
        let pid = child
            .process_id()
            .and_then(|id| Pid::from_raw(id.cast_signed()));
        let (tell, news) = channel();
        let unplugged = Arc::new(AtomicBool::new(false));
        let reader = pair.master.try_clone_reader().expect("a reader");
        read_on_a_thread(reader, tell.clone(), Arc::clone(&unplugged));
        thread::spawn(move || {
            let status = child.wait().expect("a status").exit_code();
            let _ = tell.send(News::Ended(status));
        });
        Self {
            parser: Parser::new(rows, columns, 0),
            written: Vec::new(),
            keyboard: write_on_a_thread(pair.master.take_writer().expect("a writer")),
            master: pair.master,
            slave: pair.slave,
            news,
            pid: pid.expect("a process id"),
            unplugged,
            patience: PATIENCE,
            settings,
            _home: home,
        }
    }

    /// Changes the timeout.
    pub fn be_patient(&mut self, patience: Duration) {
        self.patience = patience;
    }

    /// The screen.
    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// Everything that was written to the terminal.
    pub fn written(&self) -> &[u8] {
        &self.written
    }

    /// Process id.
    pub fn pid(&self) -> Pid {
        self.pid
    }

    /// Types these bytes, as fast as the program takes them.
    pub fn send(&mut self, bytes: impl Into<Vec<u8>>) {
        self.keyboard.send(bytes.into()).expect("a keyboard");
    }

    /// Sends a signal to the process that was started.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("a process");
    }

    /// Sends a signal that has no name everywhere.
    pub fn signal_number(&self, signal: i32) {
        let command = format!("kill -{signal} {}", self.pid.as_raw_nonzero());
        let sent = std::process::Command::new("sh")
            .args(["-c", &command])
            .status();
        assert!(sent.expect("a shell").success(), "{command}");
    }

    /// Changes the size of the window.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.screen_mut().set_size(rows, columns);
        self.master.resize(size(columns, rows)).expect("a resize");
    }

    /// Waits until the screen shows a text.
    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    /// Waits for a condition on the screen.
    pub fn wait_until(&mut self, what: &str, is_so: impl Fn(&Screen) -> bool) {
        let deadline = Instant::now() + self.patience;
        while !is_so(self.screen()) {
            match self.next(deadline) {
                Some(News::Written(bytes)) => self.show(&bytes),
                Some(News::Ended(status)) => self.fail(&format!("ended with {status}"), what),
                None => self.fail("nothing more happens", what),
            }
        }
    }

    /// Waits until there is no output for a while; only for pictures, not for assertions.
    pub fn wait_for_rest(&mut self) {
        while let Some(News::Written(bytes)) = self.next(Instant::now() + A_WHILE) {
            self.show(&bytes);
        }
    }

    /// Waits until the program has ended.
    pub fn wait_for_end(mut self) -> Ending {
        let start = Instant::now();
        let deadline = start + PATIENCE;
        let status = loop {
            match self.next(deadline) {
                Some(News::Written(bytes)) => self.show(&bytes),
                Some(News::Ended(status)) => break status,
                None => self.fail("nothing more happens", "the end"),
            }
        };
        let took = start.elapsed();
        let after = settings(&*self.master);
        drop(self.slave);
        for news in self.news {
            if let News::Written(bytes) = news {
                self.parser.process(&bytes);
                self.written.extend(bytes);
            }
        }
        let mut left = modes_left_on(&self.written);
        if after != self.settings {
            left.push(format!("settings {} became {after}", self.settings));
        }
        Ending {
            status,
            left,
            screen: self.parser.screen().contents(),
            written: self.written,
            took,
        }
    }

    /// Peak memory in MiB, if the system tells.
    pub fn peak_memory(&self) -> Option<u64> {
        let status = format!("/proc/{}/status", self.pid.as_raw_nonzero());
        let status = std::fs::read_to_string(status).ok()?;
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kib: u64 = peak.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kib / 1024)
    }

    /// Removes the terminal while the program runs. Returns the exit status and the time it took.
    pub fn hang_up(mut self) -> (u32, Duration) {
        self.unplugged.store(true, Ordering::SeqCst);
        // The output of the help wakes our reader, which then closes the terminal.
        self.send("?");
        let deadline = Instant::now() + PATIENCE;
        match self.next(deadline) {
            Some(News::Written(_)) => {}
            _ => self.fail("nothing is drawn", "a hangup"),
        }
        drop((self.keyboard, self.master, self.slave));
        let start = Instant::now();
        for news in self.news {
            if let News::Ended(status) = news {
                return (status, start.elapsed());
            }
        }
        panic!("the program has no end");
    }

    fn next(&self, deadline: Instant) -> Option<News> {
        let left = deadline.saturating_duration_since(Instant::now());
        match self.news.recv_timeout(left) {
            Ok(news) => Some(news),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => panic!("the program was lost"),
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.written.extend_from_slice(bytes);
    }

    fn fail(&self, why: &str, what: &str) -> ! {
        let _ = kill_process(self.pid, Signal::KILL);
        let screen = self.screen().contents();
        panic!("{why}, waiting for {what:?}; the screen is\n{screen}");
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        ..PtySize::default()
    }
}

/// Terminal settings as shown by `stty`.
fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("settings"))
}

fn read_on_a_thread(mut reader: Box<dyn Read + Send>, tell: Sender<News>, stop: Arc<AtomicBool>) {
    thread::spawn(move || {
        let mut bytes = vec![0; 1 << 16];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            let unplugged = stop.load(Ordering::SeqCst);
            if unplugged {
                drop(reader);
                let _ = tell.send(News::Written(Vec::new()));
                return;
            }
            if tell.send(News::Written(bytes[..count].to_vec())).is_err() {
                return;
            }
        }
    });
}

fn write_on_a_thread(mut writer: Box<dyn Write + Send>) -> Sender<Vec<u8>> {
    let (send, typed) = channel::<Vec<u8>>();
    thread::spawn(move || {
        for bytes in typed {
            if writer.write_all(&bytes).is_err() {
                return;
            }
        }
    });
    send
}

/// Modes that were enabled but not disabled; a hidden cursor counts as one.
pub fn modes_left_on(written: &[u8]) -> Vec<String> {
    const CURSOR: &str = "25";
    let text = String::from_utf8_lossy(written);
    let mut last = BTreeMap::new();
    for sequence in text.split("\u{1b}[?").skip(1) {
        let Some(end) = sequence.find(|c: char| c != ';' && !c.is_ascii_digit()) else {
            continue;
        };
        let on = match &sequence[end..=end] {
            "h" => true,
            "l" => false,
            _ => continue,
        };
        for mode in sequence[..end].split(';') {
            last.insert(mode.to_owned(), on);
        }
    }
    let left = last
        .into_iter()
        .filter(|(mode, on)| *on != (mode == CURSOR));
    left.map(|(mode, _)| format!("mode {mode}")).collect()
}

#[test]
fn a_mode_left_on_is_noticed() {
    let careless = b"\x1b[?1049h\x1b[?25l\x1b[?1000;1006h\x1b[?2004hx\x1b[?1049l\x1b[?25h";
    assert_eq!(
        modes_left_on(careless),
        ["mode 1000", "mode 1006", "mode 2004"]
    );
    assert_eq!(modes_left_on(b"\x1b[?25h\x1b[?25l"), ["mode 25"]);
    assert_eq!(
        modes_left_on(b"\x1b[?2004h\x1b[?2004l\x1b[?25l\x1b[?25h"),
        [""; 0]
    );
}
