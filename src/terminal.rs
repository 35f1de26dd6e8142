//! The terminal: the only place that reads keys, owns the screen and runs effects.
//!
//! One loop, one queue. A thread reads keys, two listen for signals and a terminal that goes away, one searches, one
//! loads, one syncs; each puts what it has into the queue. The loop hands it to the app, does what the app wants done, and draws
//! once when the queue is empty. Nothing ticks.

mod access;
mod alarm;
mod browsing;
mod cancel;
mod clipboard;
pub mod editor;
mod file_jobs;
mod ground;
mod guard;
mod input;
mod keeper;
pub mod loads;
mod mirrors;
pub mod opener;
mod program;
mod reader;
pub mod runner;
mod searches;
mod sequences;
pub mod standing;
mod steady;
mod syncs;
mod tty;
mod watch;

use std::io;
use std::path::PathBuf;

pub use access::{Access, without_paths};
pub use ground::ground;
pub use input::Input;
pub use loads::{Load, Saves, Source, Today};
pub use opener::Opener;
pub use runner::{Look, Runner};
pub use standing::Rules;

use crate::app::{Message, Purpose, Session, View};
use crate::board::text;
use crate::config::{Config, Display, Sessions, Theme};
use crate::fetch::Client;
use crate::mirror::Mirror;
use browsing::Browsing;

/// The exit status of a program whose terminal went away, as a shell reports it.
const HUNG_UP: u8 = 129;

/// What the terminal is told once, at its start.
pub struct Start {
    /// What whoever sits here may have done outside.
    pub access: Access,
    /// The config in effect.
    pub config: Config,
    /// The looks.
    pub theme: Theme,
    /// What the terminal shows, for themes that are chosen later.
    pub display: Display,
    /// The config file, where mute rules are kept.
    pub config_file: Option<PathBuf>,
    /// Whether nothing but ASCII is drawn by us.
    pub ascii: bool,
    /// The query to begin with.
    pub query: String,
    /// Where the person left the last time.
    pub session: Option<Session>,
    /// Where that is kept, and for which boards.
    pub sessions: Option<Sessions>,
    /// What the status line tells first.
    pub notices: Vec<String>,
    /// Where the board is read from, again and again.
    pub source: Source,
    /// The folders that it is read from: when files in them change, it is read again.
    pub folders: Vec<PathBuf>,
    /// The published boards among them, and who asks for what is new of them.
    pub mirrors: Vec<Mirror>,
    /// The client that may reach them.
    pub client: Client,
    /// Tells the day.
    pub today: Today,
    /// What may be opened in a browser.
    pub opener: Opener,
    /// The saved views.
    pub views: Vec<View>,
    /// Where they are kept.
    pub views_file: Option<PathBuf>,
    /// What the board is held against.
    pub rules: Rules,
    /// The folder of the journal.
    pub journal: Option<PathBuf>,
    /// What the program was started for.
    pub purpose: Purpose,
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
pub fn draw_beside_output() -> Result<(), String> {
    tty::open_screen().map_err(|error| text::line(&format!("no terminal to draw on: {error}")))
}

/// Browses until the person leaves. The terminal is given back on every way out, and where there is
/// none to browse on, the error is one plain line.
///
/// From here on a panic in any thread ends the program.
pub fn run(start: Start) -> Result<End, String> {
    tty::check()?;
    guard::hook_panics();
    match Browsing::start(start).and_then(Browsing::run) {
        Ok(end) => Ok(end),
        Err(_) if tty::is_gone() => Ok(End {
            status: HUNG_UP,
            ..End::default()
        }),
        Err(error) => Err(text::line(&format!("the terminal failed: {error}"))),
    }
}

/// What the loop is told.
#[derive(Debug)]
enum Event {
    /// A person did this.
    Input(Input),
    /// This happened. On the heap, as the queue has room for many events and few of them are large.
    Message(Box<Message>),
    /// Look at the alarm.
    Alarm,
    /// Nothing more can be read.
    Unreadable(io::Error),
}
