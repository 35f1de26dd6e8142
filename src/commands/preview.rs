//! `jobdeck preview`: browses a board while its files are being edited.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::boards::Boards;
use super::looks::looks;
use super::{Failure, context};
use crate::annotate::Rules;
use crate::app::Saved;
use crate::board::text;
use crate::cli::{Global, Preview};
use crate::config;
use crate::content::{self, Linted, check};
use crate::content::{Loaded, Problem};
use crate::runtime::{self, Access, BoardSource, Start};
use crate::terminal::Opener;

/// Browses a board without keeping a session; returns the exit code.
pub(super) fn run(args: Preview, global: Global) -> Result<u8, Failure> {
    let (config, problems) = config::load(global.config.as_deref());
    let given = args.board.into_iter().chain(global.boards).collect();
    let boards = Boards::choose(given, &config);
    boards.only_own().map_err(Failure::Because)?;
    boards.verify().map_err(Failure::Because)?;
    let [folder] = boards.folders.as_slice() else {
        let reason = "a preview shows one board: name its folder";
        return Err(Failure::Because(reason.to_owned()));
    };
    let given_day = global.today;
    let state = Arc::new(PreviewState::new(folder));
    let reader = Arc::clone(&state);
    let (theme, ascii, display) = looks(&config);
    let start = Start {
        access: Access::Owner,
        remote: None,
        purpose: crate::app::Purpose::Browse,
        theme,
        display,
        config_file: None,
        ascii,
        session: None,
        sessions: None,
        query: text::line(&args.query.unwrap_or_default()),
        notices: problems.iter().map(ToString::to_string).collect(),
        folders: vec![folder.clone()],
        mirrors: Vec::new(),
        client: boards.client(&config),
        source: BoardSource {
            load: Box::new(move |_| reader.load(context::today(given_day))),
            snapshot: None,
            derive: config.derive,
            look: Some(Box::new(move |path| state.saved(path))),
            is_whole: None,
        },
        today: Arc::new(move || context::today(given_day)),
        opener: Opener {
            mailto: config.open_mailto,
            as_root: config.open_as_root,
        },
        views: Vec::new(),
        views_file: None,
        rules: Rules::default(),
        journal: None,
        config,
    };
    let end = runtime::run(start).map_err(Failure::because)?;
    Ok(end.status)
}

/// State of the board between two reloads.
struct PreviewState {
    folder: PathBuf,
    problems: Mutex<Vec<Problem>>,
}

impl PreviewState {
    fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            problems: Mutex::default(),
        }
    }

    fn load(&self, today: crate::board::Date) -> Result<Loaded, String> {
        let folders = std::slice::from_ref(&self.folder);
        let linted = check::lint(folders, today).map_err(|error| error.to_string())?;
        let mut found = linted.into_iter().map(|(_, linted)| linted);
        let Linted {
            mut board,
            problems,
            allows,
            ..
        } = found.next().unwrap_or_default();
        let problems = content::remaining(problems, &allows, |rule| !rule.is_on_request());
        board.name.push_str(" (preview)");
        let kept = self.problems.lock();
        kept.unwrap_or_else(PoisonError::into_inner)
            .clone_from(&problems);
        Ok(Loaded {
            board,
            problems,
            files: Vec::new(),
        })
    }

    /// The item and problems of a saved file.
    fn saved(&self, path: &Path) -> Saved {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let (root, whole) = (real(&self.folder), real(path));
        let file = whole.strip_prefix(&root).unwrap_or(&whole);
        let problems = self.problems.lock();
        let problems = problems.unwrap_or_else(PoisonError::into_inner);
        let mine = problems.iter().filter(|problem| problem.file == file);
        let (postings, interviews) = check::ids(&whole);
        Saved {
            file: text::line(&file.to_string_lossy()),
            postings,
            interviews,
            problems: mine.map(in_a_line).collect(),
        }
    }
}

/// A problem on one line, without its file.
fn in_a_line(problem: &Problem) -> String {
    let doubt = if problem.is_warning() {
        "warning: "
    } else {
        ""
    };
    let (line, column) = (problem.line, problem.column);
    format!("{line}:{column}: {doubt}{}", problem.message)
}
