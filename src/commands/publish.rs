//! `jobdeck publish`: publishes a board on a PostgreSQL server.

use std::io::Write as _;

use super::boards::Boards;
use super::{Failure, Outcome, Output, context, counted, server};
use crate::cli::{Global, Publish};
use crate::config::Config;

/// Publishes the board.
pub(super) fn run(args: &Publish, global: Global, output: &mut Output) -> Result<Outcome, Failure> {
    let config = context::config(&global, output);
    let given = args.board.iter().cloned().chain(global.boards);
    let boards = Boards::choose(given.collect(), &config);
    boards.verify().map_err(Failure::Because)?;
    publish(&boards, &args.to, &config, output)?;
    Ok(Outcome::Found)
}

/// Publishes the boards as one.
pub(super) fn publish(
    boards: &Boards,
    address: &str,
    config: &Config,
    output: &mut Output,
) -> Result<(), Failure> {
    let address = server::address(address).map_err(Failure::Because)?;
    boards.refresh(config, output).map_err(Failure::Because)?;
    let opened = boards.open().map_err(Failure::Because)?;
    if !opened.problems.is_empty() {
        let problems = counted(opened.problems.len(), "problem");
        let them = if opened.problems.len() == 1 {
            "it"
        } else {
            "them"
        };
        output.note(&format!("{problems}; `jobdeck check` lists {them}"));
    }
    let index = opened.index();
    let published = crate::postgres::publish(&address, &index, boards.derive);
    let published = published.map_err(Failure::Because)?;
    let postings = counted(published.postings, "posting");
    let shown = address.shown();
    if published.is_same {
        writeln!(output, "{postings} at {shown}: unchanged")?;
    } else {
        writeln!(
            output,
            "{postings} at {shown}: {} new or changed",
            published.sent
        )?;
    }
    Ok(())
}
