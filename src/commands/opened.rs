//! The board that a command works on.

use std::path::PathBuf;
use std::sync::Arc;

use super::boards::Boards;
use super::{Failure, Output, counted};
use crate::board::{Board, Date};
use crate::cli::Global;
use crate::config::{self, Config};
use crate::search::Index;
use crate::snapshot;

/// An open board, and what else a command needs to know.
pub(super) struct Opened {
    /// The board.
    pub(super) board: Arc<Board>,
    /// The same with its index.
    snapshot: snapshot::Opened,
    /// The config in effect.
    pub(super) config: Config,
    /// The day.
    pub(super) today: Date,
    /// Where the saved views are.
    pub(super) views: Option<PathBuf>,
}

impl Opened {
    /// Opens the boards that are meant. How many problems they have is said in a line; to list them is for the
    /// commands that do nothing else.
    pub(super) fn open(global: Global, output: &mut Output) -> Result<Self, Failure> {
        let config = config(&global, output);
        let today = today(global.today);
        let views = config::views::place(global.config.as_deref());
        let boards = Boards::choose(global.boards, &config);
        let refreshed = boards.refresh(&config, output);
        refreshed.map_err(Failure::Because)?;
        let opened = boards.open().map_err(Failure::Because)?;
        if !opened.problems.is_empty() {
            let problems = counted(opened.problems.len(), "problem");
            output.note(&format!("{problems}; `jobdeck check` lists them"));
        }
        Ok(Self {
            board: Arc::clone(&opened.board),
            snapshot: opened,
            config,
            today,
            views,
        })
    }
}

impl Opened {
    /// The board's index.
    pub(super) fn index(&self) -> Arc<Index> {
        let index = self.snapshot.index();
        index.set_aliases(&self.config.aliases);
        index
    }

    /// The same with another board in its place.
    pub(super) fn with_board(self, board: Board) -> Self {
        let snapshot = snapshot::Opened::of(board, self.config.derive);
        Self {
            board: Arc::clone(&snapshot.board),
            snapshot,
            ..self
        }
    }
}

/// The config in effect. How many problems it has is said in a line.
pub(super) fn config(global: &Global, output: &mut Output) -> Config {
    let (config, problems) = config::load(global.config.as_deref());
    if !problems.is_empty() {
        let problems = counted(problems.len(), "problem");
        output.note(&format!(
            "{problems} in the config; `jobdeck config` lists them"
        ));
    }
    config
}

/// The day given, else the one on the clock.
pub(super) fn today(given: Option<Date>) -> Date {
    given.unwrap_or_else(|| jiff::Zoned::now().date())
}
