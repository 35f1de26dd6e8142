//! The runtime: runs the app. It performs effects, and turns input and results of background work into messages.
//!
//! One event loop with one queue. Threads read keys, listen for signals and a terminal that goes away, search, load, and
//! sync; each sends events to the queue. The loop passes events to the app, performs its effects, and draws a frame when
//! the queue is empty. There is no timer tick.

mod access;
mod cancel;
mod event_loop;
mod file_jobs;
mod journal_writer;
pub mod loader;
mod memory_watch;
mod mirrors;
#[cfg(feature = "photo")]
mod photo;
mod remote;
pub mod runner;
pub mod searcher;
mod stop;
mod syncer;
mod watcher;

use std::fmt;
use std::io;
use std::path::PathBuf;

pub use access::{Access, without_paths};
pub use loader::{BoardSource, Load, Saves, Today};
pub use remote::RemoteBoard;
pub use runner::{Look, Runner};

use crate::annotate::Rules;
use crate::app::{Purpose, Session, View};
use crate::board::text;
use crate::config::{Config, Display, Sessions, Theme};
use crate::fetch::Client;
use crate::mirror::Mirror;
use crate::terminal::tty::NoTerminal;
use crate::terminal::{Opener, guard, tty};
use event_loop::EventLoop;

/// Exit status after the terminal went away, as a shell reports SIGHUP.
const HUNG_UP: u8 = 129;

/// Initial settings of the terminal.
pub struct Start {
    /// Permissions of the user.
    pub access: Access,
    /// The effective config.
    pub config: Config,
    /// The theme.
    pub theme: Theme,
    /// Capabilities of the display, for choosing another theme later.
    pub display: Display,
    /// Config file, where mute rules are stored.
    pub config_file: Option<PathBuf>,
    /// Whether to draw only ASCII.
    pub ascii: bool,
    /// Initial query.
    pub query: String,
    /// Session to restore.
    pub session: Option<Session>,
    /// Where the session is stored, and for which boards.
    pub sessions: Option<Sessions>,
    /// Initial messages of the status line.
    pub notices: Vec<String>,
    /// The board, if it is on a server.
    pub remote: Option<RemoteBoard>,
    /// Loader of the board.
    pub source: BoardSource,
    /// Folders of the board, watched for changes.
    pub folders: Vec<PathBuf>,
    /// The published boards among them.
    pub mirrors: Vec<Mirror>,
    /// HTTP client for them.
    pub client: Client,
    /// Returns the current date.
    pub today: Today,
    /// Rules for opening URLs in a browser.
    pub opener: Opener,
    /// Saved views.
    pub views: Vec<View>,
    /// File of the saved views.
    pub views_file: Option<PathBuf>,
    /// Mute rules and visit log.
    pub rules: Rules,
    /// Folder of the journal.
    pub journal: Option<PathBuf>,
    /// What the program was started for.
    pub purpose: Purpose,
}

/// Browses until the user quits. The terminal is restored however it ends, and where there is
/// none to browse on, the error is one plain line.
///
/// From here on a panic in any thread ends the program.
pub fn run(start: Start) -> Result<End, RunError> {
    tty::check().map_err(RunError::NoTerminal)?;
    guard::hook_panics();
    match EventLoop::start(start).and_then(EventLoop::run) {
        Ok(end) => Ok(end),
        Err(_) if tty::is_gone() => Ok(End {
            status: HUNG_UP,
            ..End::default()
        }),
        Err(error) => Err(RunError::Io(error)),
    }
}

/// Why there was no browsing.
#[derive(Debug)]
pub enum RunError {
    /// There is no terminal.
    NoTerminal(NoTerminal),
    /// The terminal cannot be opened.
    NotOpened(io::Error),
    /// The terminal failed.
    Io(io::Error),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = match self {
            Self::NoTerminal(why) => why.to_string(),
            Self::NotOpened(error) => format!("no terminal to draw on: {error}"),
            Self::Io(error) => format!("the terminal failed: {error}"),
        };
        f.write_str(&text::line(&told))
    }
}

/// How browsing ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct End {
    /// The exit status.
    pub status: u8,
    /// The ids of the postings that were chosen for another program.
    pub chosen: Vec<String>,
    /// The folder of the board to go on with.
    pub board: Option<PathBuf>,
}

/// Draws on the terminal itself, although the output leads elsewhere. To be called before anything is drawn.
pub fn draw_beside_output() -> Result<(), RunError> {
    tty::open_screen().map_err(RunError::NotOpened)
}
