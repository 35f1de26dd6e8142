//! The terminal.

use crate::board::Date;
use crate::config::{Config, Theme};
use crate::content::Loaded;

/// What the terminal is told once, at its start.
pub struct Start {
    /// The config in effect.
    pub config: Config,
    /// The looks.
    pub theme: Theme,
    /// The query to begin with.
    pub query: String,
    /// What the status line tells first.
    pub notices: Vec<String>,
    /// Reads the board, again and again.
    pub load: Box<dyn Fn() -> Result<Loaded, String> + Send + Sync>,
    /// Tells the day.
    pub today: Box<dyn Fn() -> Date>,
    /// What may be opened in a browser.
    pub opener: Opener,
}

/// What may be opened in a browser.
#[derive(Debug, Default)]
pub struct Opener(());

/// Browses until the person leaves; the exit code.
pub fn run(start: Start) -> Result<u8, String> {
    let Start { load, .. } = start;
    load()?;
    Ok(0)
}
