//! `jobdeck read`: prints an interview.

use super::page::{self, Page};
use super::{Failure, Opened, Outcome, Output};
use crate::cli::Read;

/// Prints the interview; also accepts the id of a posting.
pub(super) fn run(args: &Read, opened: &Opened, output: &mut Output) -> Result<Outcome, Failure> {
    let board = &*opened.board;
    let Some(id) = &args.id else {
        return first(args, opened, output);
    };
    let page = Page::interview(board, id).or_else(|| Page::posting(board, id));
    let Some(page) = page else {
        return Ok(page::unknown(id, board, output));
    };
    page.print(args.format, opened, output)?;
    Ok(Outcome::Found)
}

/// Prints the board's first interview, and lists the others.
fn first(args: &Read, opened: &Opened, output: &mut Output) -> Result<Outcome, Failure> {
    let Some((first, others)) = opened.board.interviews().split_first() else {
        output.note("this board has no interview");
        return Ok(Outcome::Nothing);
    };
    Page::Interview(first).print(args.format, opened, output)?;
    if !others.is_empty() {
        let ids: Vec<_> = others.iter().map(|other| other.id.as_str()).collect();
        output.note(&format!("the other interviews are {}", ids.join(", ")));
    }
    Ok(Outcome::Found)
}
