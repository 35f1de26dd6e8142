//! The board and settings of a command.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;

use super::boards::Boards;
use super::output::complain;
use super::{Failure, Output, counted, server};
use crate::annotate::{self, Rules, VisitSummary};
use crate::board::{Board, Date, text};
use crate::cli::Global;
use crate::config::{self, Config};
use crate::market::Market;
use crate::search::{Index, Matches, RemoteEngine, Request, Searcher};
use crate::snapshot;

/// An open board and the command's settings.
pub(super) struct Context {
    /// The board.
    pub(super) board: Arc<Board>,
    /// The opened snapshot, with the index.
    snapshot: snapshot::OpenedBoard,
    /// The effective config.
    pub(super) config: Config,
    /// Folders of the boards; none for the embedded one.
    pub(super) folders: Vec<PathBuf>,
    /// Today's date.
    pub(super) today: Date,
    /// File of the saved views.
    pub(super) views: Option<PathBuf>,
    /// The board, if it is on a server.
    remote: Option<OnServer>,
}

/// A board on a server.
struct OnServer {
    engine: RefCell<Box<dyn RemoteEngine>>,
    index: Arc<Index>,
}

/// Counts the matches of a request.
pub(super) type Counter<'a> = Box<dyn FnMut(&Request) -> Option<usize> + 'a>;

impl Context {
    /// Opens the selected boards, or the board on a server.
    pub(super) fn open_any(global: Global, output: &mut Output) -> Result<Self, Failure> {
        let config = config(&global, output);
        let boards = Boards::choose(global.boards.clone(), &config);
        let Some(address) = boards.on_server().map_err(Failure::Because)? else {
            return Self::open_folders(global, config, output);
        };
        let mut engine = server::engine(address, &config, true).map_err(Failure::Because)?;
        let index = engine.open(&server::marked_ids(), &|| false);
        let index = index.map_err(|error| Failure::Because(error.to_string()))?;
        Ok(Self {
            board: index.shared_board(),
            snapshot: snapshot::OpenedBoard::from_board(Board::default(), false),
            today: today(global.today),
            views: config::views::place(global.config.as_deref()),
            config,
            folders: Vec::new(),
            remote: Some(OnServer {
                engine: RefCell::new(engine),
                index,
            }),
        })
    }

    /// Opens the selected boards. Only the number of problems is reported; `jobdeck check` lists them.
    pub(super) fn open(global: Global, output: &mut Output) -> Result<Self, Failure> {
        let config = config(&global, output);
        Self::open_folders(global, config, output)
    }

    fn open_folders(global: Global, config: Config, output: &mut Output) -> Result<Self, Failure> {
        let today = today(global.today);
        let views = config::views::place(global.config.as_deref());
        let boards = Boards::choose(global.boards, &config);
        let refreshed = boards.refresh(&config, output);
        refreshed.map_err(Failure::Because)?;
        let context = boards.open().map_err(Failure::Because)?;
        if !context.problems.is_empty() {
            let problems = counted(context.problems.len(), "problem");
            let them = if context.problems.len() == 1 {
                "it"
            } else {
                "them"
            };
            output.note(&format!("{problems}; `jobdeck check` lists {them}"));
        }
        Ok(Self {
            board: Arc::clone(&context.board),
            snapshot: context,
            config,
            folders: boards.folders,
            today,
            views,
            remote: None,
        })
    }
}

impl Context {
    /// Index of the board.
    pub(super) fn index(&self) -> Arc<Index> {
        if let Some(remote) = &self.remote {
            return Arc::clone(&remote.index);
        }
        let index = self.snapshot.index();
        index.set_aliases(&self.config.aliases);
        index
    }

    /// Whether the board is on a server.
    pub(super) fn is_remote(&self) -> bool {
        self.remote.is_some()
    }

    /// Searches the board.
    pub(super) fn search(&self, index: &Arc<Index>, request: &Request) -> Result<Matches, Failure> {
        let Some(OnServer { engine, .. }) = &self.remote else {
            let found = Searcher::new(Arc::clone(index)).search(request, &|| false);
            return Ok(found.unwrap_or_default());
        };
        let mut engine = engine.borrow_mut();
        let found = engine.search(request, &|| false, &mut |_| {});
        if let Some(notice) = engine.notice() {
            complain(&format!("jobdeck: {}", text::line(&notice)));
        }
        found.map_err(|error| Failure::Because(error.to_string()))
    }

    /// What changed since the last visit, and the mute rules, with messages for the user.
    pub(super) fn summarize(
        &self,
        index: &Arc<Index>,
        rules: &Rules,
    ) -> (VisitSummary, Vec<String>) {
        match &self.remote {
            Some(remote) => {
                let engine = &mut **remote.engine.borrow_mut();
                annotate::summarize_elsewhere(engine, rules, &self.board.name, self.today)
            }
            None => annotate::summarize(index, rules, self.today),
        }
    }

    /// Counts matches for suggestions. A count that takes too long is 0.
    pub(super) fn counter(&self, index: &Arc<Index>) -> Counter<'_> {
        let Some(OnServer { engine, .. }) = &self.remote else {
            let mut searcher = Searcher::new(Arc::clone(index));
            return Box::new(move |request| Some(searcher.search(request, &|| false)?.total));
        };
        Box::new(|request| {
            let counted = engine.borrow_mut().count(request, &|| false);
            Some(counted.map_or(0, |matches| matches.total))
        })
    }

    /// The market of a request.
    pub(super) fn market(&self, index: &Arc<Index>, request: &Request) -> Result<Market, Failure> {
        let Some(OnServer { engine, .. }) = &self.remote else {
            let mut searcher = Searcher::new(Arc::clone(index));
            let market = Market::compute(&mut searcher, request, &|| false);
            return Ok(market.unwrap_or_default());
        };
        let tally = engine.borrow_mut().tally(request, &|| false);
        let tally = tally.map_err(|error| Failure::Because(error.to_string()))?;
        Ok(Market::new(&tally, request.today))
    }

    /// Fetches a posting, if the board is on a server.
    pub(super) fn fetch(&self, id: &str) -> Result<(), Failure> {
        let Some(OnServer { engine, .. }) = &self.remote else {
            return Ok(());
        };
        let opened = engine.borrow_mut().open(&[id.to_owned()], &|| false);
        opened.map_err(|error| Failure::Because(error.to_string()))?;
        Ok(())
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
