//! The terminal as a device: its state, its size, and output to it.

use std::env;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::{AsFd as _, BorrowedFd};
use std::sync::OnceLock;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, Termios};
use rustix::{process, stdio, termios};

/// Default size for a terminal of unknown size.
const USUAL: (u16, u16) = (80, 24);
/// Maximum size drawn. A program may claim a window of 65,535 × 65,535, which would take gigabytes.
const LARGEST: (u16, u16) = (2_000, 1_000);

/// The terminal, where the output leads elsewhere.
static SCREEN: OnceLock<File> = OnceLock::new();

/// Opens the terminal of the session to draw on, unless the output is one.
pub fn open_screen() -> io::Result<()> {
    if !termios::isatty(stdio::stdout()) {
        let screen = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
        // A second call finds it open.
        let _ = SCREEN.set(screen);
    }
    Ok(())
}

/// What is drawn on.
pub fn screen() -> BorrowedFd<'static> {
    SCREEN
        .get()
        .map_or_else(stdio::stdout, |screen| screen.as_fd())
}

/// Why there is no terminal to browse on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTerminal {
    /// Standard input is none.
    Input,
    /// Standard output is none.
    Output,
    /// `TERM` is `dumb`.
    Dumb,
    /// `TERM` is not set.
    Unknown,
}

impl fmt::Display for NoTerminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Input => "browsing reads keys from a terminal, but standard input is not one",
            Self::Output => {
                "browsing draws on a terminal, but standard output is not one; `jobdeck list` prints plainly"
            }
            Self::Dumb => "TERM is `dumb`: this terminal cannot be drawn on",
            Self::Unknown => "TERM is not set: what the terminal can do is unknown",
        })
    }
}

/// Checks that input and output are a terminal that can be drawn on.
///
/// # Errors
/// One of them is not.
pub fn check() -> Result<(), NoTerminal> {
    if !termios::isatty(stdio::stdin()) {
        return Err(NoTerminal::Input);
    }
    if !termios::isatty(screen()) {
        return Err(NoTerminal::Output);
    }
    match env::var_os("TERM") {
        Some(term) if term == "dumb" => Err(NoTerminal::Dumb),
        Some(term) if !term.is_empty() => Ok(()),
        _ => Err(NoTerminal::Unknown),
    }
}

/// Whether the terminal supports links (OSC 8). It cannot be queried, so known terminals are recognised by name.
pub fn opens_links() -> bool {
    const BY_PROGRAM: [&str; 9] = [
        "iTerm.app",
        "WezTerm",
        "vscode",
        "ghostty",
        "Hyper",
        "rio",
        "Tabby",
        "contour",
        "zed",
    ];
    const BY_TERM: [&str; 5] = [
        "xterm-kitty",
        "foot",
        "alacritty",
        "xterm-ghostty",
        "contour",
    ];
    const BY_PRESENCE: [&str; 3] = ["KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION"];
    /// The first version of VTE without a bug that crashed on such links.
    const VTE: u32 = 5_002;
    let value = |name| env::var(name).unwrap_or_default();
    let (program, term) = (value("TERM_PROGRAM"), value("TERM"));
    // Others draw between us and the terminal, and older ones of them print the sequence.
    if term.starts_with("screen") || term.starts_with("tmux") {
        return false;
    }
    BY_PROGRAM.contains(&program.as_str())
        || BY_TERM.contains(&term.as_str())
        || BY_PRESENCE.iter().any(|name| env::var_os(name).is_some())
        || value("VTE_VERSION")
            .parse()
            .is_ok_and(|version: u32| version >= VTE)
}

/// Size in columns and rows.
pub fn size() -> (u16, u16) {
    match termios::tcgetwinsize(screen()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => {
            (size.ws_col.min(LARGEST.0), size.ws_row.min(LARGEST.1))
        }
        _ => USUAL,
    }
}

/// Whether the process may change the terminal: a background job would be stopped for trying.
pub fn is_foreground() -> bool {
    match termios::tcgetpgrp(stdio::stdin()) {
        Ok(foreground) => foreground == process::getpgrp(),
        // The terminal does not belong to our session, so there is no job control.
        Err(_) => true,
    }
}

/// Echo, line editing and the like as they are now, if there is a terminal.
pub fn settings() -> Option<Termios> {
    termios::tcgetattr(stdio::stdin()).ok()
}

/// Restores settings that another program may have changed.
pub fn restore(settings: Option<Termios>) {
    if let Some(settings) = settings
        && is_foreground()
    {
        // Fails only if the terminal is gone.
        let _ = termios::tcsetattr(stdio::stdin(), OptionalActions::Now, &settings);
    }
}

/// Whether a shell runs the process as a job and can continue it.
pub fn is_job() -> bool {
    process::getsid(None).is_ok_and(|session| session != process::getpgrp())
}

/// Whether the terminal has gone away.
pub fn is_gone() -> bool {
    matches!(stdin_state(Some(&NOW)), Ok(Some(state)) if state.intersects(GONE))
}

/// Waits until the terminal goes away. Returns `false` if the system cannot tell.
pub fn wait_until_gone() -> bool {
    loop {
        match stdin_state(None) {
            Ok(Some(state)) => return state.intersects(GONE),
            Ok(None) | Err(Errno::INTR) => {}
            Err(_) => return false,
        }
    }
}

const GONE: PollFlags = PollFlags::HUP.union(PollFlags::ERR);
/// A zero timeout.
pub const NOW: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 0,
};

/// State of the input apart from readability, as soon as there is any.
fn stdin_state(timeout: Option<&Timespec>) -> Result<Option<PollFlags>, Errno> {
    let stdin = stdio::stdin();
    let mut files = [PollFd::new(&stdin, PollFlags::empty())];
    let ready = poll(&mut files, timeout)?;
    Ok((ready > 0).then(|| files[0].revents()))
}

/// Whether the terminal is writable within the timeout.
pub fn is_writable(timeout: Option<&Timespec>) -> bool {
    let screen = screen();
    let mut files = [PollFd::new(&screen, PollFlags::OUT)];
    poll(&mut files, timeout).is_ok_and(|ready| ready > 0 && files[0].revents() == PollFlags::OUT)
}

/// Writes all bytes, whether or not the terminal is taken over.
pub fn write(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(screen(), bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(Errno::INTR) => {}
            // Another program has made the terminal non-blocking.
            Err(Errno::AGAIN) => {
                is_writable(None);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
