//! `jobdeck add`: a company's openings as a source of a board, by any address of theirs.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use super::boards::Boards;
use super::{Failure, Outcome, Output, context, counted, import, sync as syncing, writing};
use crate::board::{Date, text};
use crate::cli::{Add, Global};
use crate::config::Config;
use crate::content::source_store::EditPolicy;
use crate::fetch::{Client, Limits, Reach};
use crate::sync::{Added, NewSource, RetryPolicy, State, SyncRun, TRIES};

/// Adds each source separately: if one fails, the others are still added.
pub(super) fn run(args: &Add, global: Global, output: &mut Output) -> Result<Outcome, Failure> {
    let config = context::config(&global, output);
    let today = context::today(global.today);
    let board = board(args, global.boards, &config).map_err(Failure::Because)?;
    let client = client(args, &config);
    let (mut refused, mut wanting) = (0, 0);
    for address in &args.addresses {
        match add(address, args, &board, &client, today, output)? {
            Ok(added) => {
                let whole = matches!(added.synced.state, State::Whole | State::Unmodified);
                wanting += usize::from(!whole);
                report(address, &added, &board, args, output)?;
            }
            Err(why) => {
                refused += 1;
                output.note(&format!("{}: {why}", text::line(address)));
            }
        }
    }
    if refused > 0 {
        let sources = counted(refused, "source");
        return Err(Failure::Because(format!("{sources} could not be added")));
    }
    Ok(Outcome::from_found(wanting == 0))
}

/// The board that the sources go to.
fn board(args: &Add, given: Vec<PathBuf>, config: &Config) -> Result<PathBuf, String> {
    let given: Vec<_> = args.into.iter().cloned().chain(given).collect();
    let boards = Boards::choose(given, config);
    let [folder] = boards.folders.as_slice() else {
        return Err(if boards.folders.is_empty() {
            "no board here; name a folder with --into BOARD".into()
        } else {
            "several boards are open; choose one with --into BOARD".into()
        });
    };
    if args.into.is_none() {
        boards.verify()?;
    }
    Ok(folder.clone())
}

/// Client that may fetch typed addresses anywhere, and addresses that they lead to only on the public internet.
fn client(args: &Add, config: &Config) -> Client {
    let typed = args.addresses.iter().map(String::as_str);
    let reach = Reach::new(args.allow_private || config.allow_private).and_typed(typed);
    Client::new(reach, Limits::default(), None)
}

/// Adds a source; else why it was not added.
fn add(
    address: &str,
    args: &Add,
    board: &Path,
    client: &Client,
    today: Date,
    output: &mut Output,
) -> Result<Result<Added, String>, Failure> {
    let sync_run = SyncRun {
        board,
        client,
        retry_policy: RetryPolicy {
            tries: TRIES,
            pause: Arc::new(|time| {
                thread::sleep(time);
                true
            }),
        },
        validator_cache: None,
        today,
        dry_run: args.dry_run,
        edits: EditPolicy::Keep,
        close_all: false,
    };
    let new = NewSource {
        address: address.to_owned(),
        name: args.name.clone(),
        company: args.company.clone(),
        format: args.from.map(|from| from.0),
    };
    let add = |sync_run: &SyncRun<'_>| {
        let added = sync_run.add(&new, &mut |_| true);
        added.map_err(|error| error.to_string())
    };
    if args.dry_run {
        return Ok(add(&sync_run));
    }
    let made = fs::create_dir_all(board);
    if let Err(error) = made {
        let board = text::line(&board.to_string_lossy());
        return Err(Failure::Because(format!(
            "cannot write to {board}: {error}"
        )));
    }
    let validator_cache = syncing::validator_cache(board, output)?;
    // The memory holds the board's lock.
    let _lock = match &validator_cache {
        Some(_) => None,
        None => Some(writing::lock_or_make(board)?),
    };
    Ok(add(&SyncRun {
        validator_cache: validator_cache.as_ref(),
        ..sync_run
    }))
}

/// Reports what was added.
fn report(
    address: &str,
    added: &Added,
    board: &Path,
    args: &Add,
    output: &mut Output,
) -> Result<(), Failure> {
    let name = text::line(&added.source.name);
    let file = text::line(&board.join("board.toml").to_string_lossy());
    let format = added
        .synced
        .format
        .map(|format| format!(" ({})", format.word()));
    let listed = match (added.was_listed, args.dry_run) {
        (true, _) => format!(
            "is listed already, as {name} in {file}:{}",
            added.source.line
        ),
        (false, true) => format!("would be added as {name} to {file}"),
        (false, false) => format!("added as {name} to {file}:{}", added.source.line),
    };
    writeln!(
        output,
        "{}: {listed}{}\n{name}: {}",
        text::line(address),
        format.unwrap_or_default(),
        syncing::summary(&added.synced.merged, args.dry_run),
    )?;
    output.flush()?;
    import::complain(&name, &added.synced.refused, output);
    import::tell_left_out(&name, &added.synced.left_out, output);
    let columns = (&*added.synced.unread, &*added.synced.missing);
    import::tell_columns(&name, columns, output);
    import::tell_repaired(&name, &added.synced.repaired, output);
    if let State::Failed(why) | State::Doubtful(why) = &added.synced.state {
        output.note(&format!("{name}: {why}"));
    }
    if !added.others.is_empty() {
        let others = added.others.iter().map(|other| text::line(other));
        let others = others.collect::<Vec<_>>().join(", ");
        output.note(&format!(
            "{name}: the page leads to other boards too: {others}"
        ));
    }
    Ok(())
}
