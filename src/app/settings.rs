//! Settings of a run, and the state it starts with.

use std::ops::RangeInclusive;

use super::{Action, Command, Fact, Mode, Session};
use crate::board::Date;
use crate::query::Person;

/// Range of widths of the reader's text column.
pub const MEASURES: RangeInclusive<u16> = 20..=200;

/// Settings that hold for the whole run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Facts shown below each title of the list.
    pub facts: Vec<Fact>,
    /// Whether facts are read out of the texts.
    pub derive: bool,
    /// Key bindings by mode, in the order of the help.
    pub keys: Vec<(Mode, String, Action)>,
    /// Names of the themes.
    pub themes: Vec<String>,
    /// Problems of the config and the views, as lines.
    pub config_problems: Vec<String>,
    /// The user's home and the countries they may work in.
    pub person: Person,
    /// The hiring systems whose boards are known by their address.
    pub systems: Vec<&'static str>,
    /// What keys of the user's own run.
    pub commands: Vec<Command>,
    /// Why the program was started, where that is not to browse a board known before.
    pub purpose: Purpose,
}

impl Settings {
    /// The primary key of an action in a mode.
    pub fn key(&self, mode: Mode, action: Action) -> Option<&str> {
        let bound = |known: &&(Mode, String, Action)| known.0 == mode && known.2 == action;
        let found = self.keys.iter().find(bound)?;
        Some(&found.1)
    }
}

/// State at the start, all of which changes at run time.
#[derive(Debug, Clone)]
pub struct InitialState {
    /// Query, in place of that of the session.
    pub query: String,
    /// Session to restore.
    pub session: Option<Session>,
    /// Saved views, in the order of their keys.
    pub views: Vec<View>,
    /// Name of the theme.
    pub theme: String,
    /// Width of the reader's text column.
    pub measure: u16,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Today's date.
    pub today: Date,
    /// Columns and rows of the window.
    pub size: (u16, u16),
}

/// What the program was started for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// To browse.
    #[default]
    Browse,
    /// To browse for the first time on this machine.
    FirstStart,
    /// To choose postings for another program.
    Choose,
}

/// A named query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The name.
    pub name: String,
    /// The query as typed.
    pub query: String,
}
