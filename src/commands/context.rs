//! The board and settings of a command.

use std::path::PathBuf;
use std::sync::Arc;

use super::boards::Boards;
use super::{Failure, Output, counted};
use crate::board::{Board, Date};
use crate::cli::Global;
use crate::config::{self, Config};
use crate::search::Index;
use crate::snapshot;

/// An open board and the command's settings.
pub(super) struct Context {
    /// The board.
    pub(super) board: Arc<Board>,
    /// The opened snapshot, with the index.
    snapshot: snapshot::OpenedBoard,
    /// The effective config.
    pub(super) config: Config,
    /// Today's date.
    pub(super) today: Date,
    /// File of the saved views.
    pub(super) views: Option<PathBuf>,
}

impl Context {
    /// Opens the selected boards. Only the number of problems is reported; `jobdeck check` lists them.
    pub(super) fn open(global: Global, output: &mut Output) -> Result<Self, Failure> {
        let config = config(&global, output);
        let today = today(global.today);
        let views = config::views::place(global.config.as_deref());
        let boards = Boards::choose(global.boards, &config);
        let refreshed = boards.refresh(&config, output);
        refreshed.map_err(Failure::Because)?;
        let context = boards.open().map_err(Failure::Because)?;
        if !context.problems.is_empty() {
            let problems = counted(context.problems.len(), "problem");
            output.note(&format!("{problems}; `jobdeck check` lists them"));
        }
        Ok(Self {
            board: Arc::clone(&context.board),
            snapshot: context,
            config,
            today,
            views,
        })
    }
}

impl Context {
    /// Index of the board.
    pub(super) fn index(&self) -> Arc<Index> {
        let index = self.snapshot.index();
        index.set_aliases(&self.config.aliases);
        index
    }

    /// Replaces the board.
    pub(super) fn with_board(self, board: Board) -> Self {
        let snapshot = snapshot::OpenedBoard::from_board(board, self.config.derive);
        Self {
            board: Arc::clone(&snapshot.board),
            snapshot,
            ..self
        }
    }
}

/// The effective config. Reports the number of its problems.
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

/// The given date, or the current one.
pub(super) fn today(given: Option<Date>) -> Date {
    given.unwrap_or_else(|| jiff::Zoned::now().date())
}
