//! `jobdeck` without a subcommand: browses in the terminal.

use std::env;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use clap::CommandFactory;

use super::boards::Boards;
use super::looks::looks;
use super::{Failure, Output, context, guest, server};
use crate::annotate::Rules;
use crate::app::Purpose;
use crate::board::{spelling, text};
use crate::cli::{Browse, Cli, Global};
use crate::config::{self, Config, Sessions, session, views};
use crate::mirror::Mirror;
use crate::runtime::{self, Access, BoardSource, RemoteBoard, Start};
use crate::terminal::Opener;
use crate::tracking::journal;
use crate::tracking::visit_log::{Visitor, Write};

/// Browses, and returns the exit code. Reports a missing folder before it touches the terminal.
pub(super) fn run(args: Browse, global: Global) -> Result<u8, Failure> {
    if let Some(name) = args.guest.clone() {
        return guest::run(&name, args, global);
    }
    let (config, problems) = config::load(global.config.as_deref());
    let meant = args
        .board
        .as_deref()
        .and_then(|board| command_like(board.to_str()?));
    let given = args.board.into_iter().chain(global.boards).collect();
    let mut boards = Boards::choose(given, &config);
    if !args.fresh {
        boards = boards.or_last();
    }
    let remote = on_server(&boards, &config)?;
    if remote.is_none() {
        prepare(&boards, &config, meant)?;
    }
    let is_remote = remote.is_some();
    let mirrors = boards.mirrors.clone();
    let sessions = Sessions::for_boards(&boards.names);
    let purpose = if args.print {
        runtime::draw_beside_output().map_err(Failure::because)?;
        Purpose::Choose
    } else if is_first_start(&boards, args.fresh, args.query.as_deref()) {
        Purpose::FirstStart
    } else {
        Purpose::Browse
    };
    let (theme, ascii, display) = looks(&config);
    let config_file = global.config.clone().or_else(config::usual_place);
    let given_day = global.today;
    let views_file = views::place(global.config.as_deref());
    let changed = views_file.as_deref().map(views::upgrade);
    let changed = changed.and_then(Result::ok).flatten();
    let (views, mistakes) = views_file.as_deref().map(views::load).unwrap_or_default();
    let mute = config.mute.clone();
    let start = Start {
        access: Access::Owner,
        remote,
        theme,
        display,
        config_file,
        ascii,
        query: text::line(&args.query.unwrap_or_default()),
        session: sessions
            .as_ref()
            .filter(|_| !args.fresh && !args.print)
            .and_then(Sessions::last),
        // What was left there is not to be gone on with after a choice.
        sessions: sessions.filter(|_| !args.print),
        purpose,
        notices: problems
            .iter()
            .chain(&mistakes)
            .map(ToString::to_string)
            .chain(changed.map(str::to_owned))
            .collect(),
        folders: boards.files(),
        mirrors: boards.mirrors.clone(),
        client: boards.client(&config),
        source: BoardSource {
            snapshot: boards.snapshot().filter(|_| !is_remote),
            derive: boards.derive,
            load: Box::new(move |progress| boards.load(progress)),
            look: None,
            is_whole: Some(Box::new(move || mirrors.iter().all(Mirror::is_whole))),
        },
        today: Arc::new(move || context::today(given_day)),
        opener: Opener {
            mailto: config.open_mailto,
            as_root: config.open_as_root,
        },
        views,
        views_file,
        rules: Rules {
            mute,
            person: config.person(),
            aliases: config.aliases.clone(),
            visitor: journal::usual_folder().map(|folder| Visitor {
                folder,
                write: Write::Keep,
            }),
        },
        journal: journal::usual_folder(),
        config,
    };
    let end = runtime::run(start).map_err(Failure::because)?;
    if let Some(board) = end.board {
        return Err(browse_instead(&board, global.config.as_deref()));
    }
    if !args.print {
        return Ok(end.status);
    }
    let mut output = Output::standard();
    for id in &end.chosen {
        writeln!(output, "{id}")?;
    }
    output.flush()?;
    Ok(end.status.max(u8::from(end.chosen.is_empty())))
}

/// Fetches the beginning of published boards, and checks that the folders can be read. `meant` is the command that may
/// have been meant by a folder.
fn prepare(boards: &Boards, config: &Config, meant: Option<String>) -> Result<(), Failure> {
    boards.begin(config).map_err(Failure::Because)?;
    boards.verify().map_err(|refusal| {
        Failure::Because(match meant {
            Some(command) => format!("{refusal}; did you mean `jobdeck {command}`?"),
            None => refusal,
        })
    })
}

/// The board, if it is on a server.
fn on_server(boards: &Boards, config: &Config) -> Result<Option<RemoteBoard>, Failure> {
    let Some(address) = boards.on_server().map_err(Failure::Because)? else {
        return Ok(None);
    };
    let engine = server::engine(address, config, false).map_err(Failure::Because)?;
    Ok(Some(RemoteBoard {
        engine,
        ids: server::marked_ids(),
    }))
}

/// Whether nobody has browsed on this machine before, and no board is named.
fn is_first_start(boards: &Boards, fresh: bool, query: Option<&str>) -> bool {
    let is_sample = boards.folders.is_empty();
    is_sample && !fresh && query.is_none() && session::last_boards().is_none()
}

/// Becomes the same program with another board; why that failed.
fn browse_instead(board: &Path, config: Option<&Path>) -> Failure {
    let program = match env::current_exe() {
        Ok(program) => program,
        Err(error) => return Failure::Because(format!("cannot start again: {error}")),
    };
    let mut command = Command::new(program);
    if let Some(config) = config {
        command.arg("--config").arg(config);
    }
    let error = command.arg("--").arg(board).exec();
    Failure::Because(format!("cannot start again: {error}"))
}

/// The subcommand that a folder name is a probable misspelling of.
fn command_like(folder: &str) -> Option<String> {
    let cli = Cli::command();
    let names = cli.get_subcommands().map(clap::Command::get_name);
    spelling::nearest(folder, names).map(str::to_owned)
}
