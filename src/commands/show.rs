//! `jobdeck show`: one posting.

use super::page::{self, Page};
use super::{Failure, Opened, Outcome, Output};
use crate::cli::Show;

/// Prints the posting; an interview's id is as good.
pub(super) fn run(args: &Show, opened: &Opened, output: &mut Output) -> Result<Outcome, Failure> {
    let (board, id) = (&*opened.board, &*args.id);
    let page = Page::posting(board, id).or_else(|| Page::interview(board, id));
    let Some(page) = page else {
        return Ok(page::unknown(id, board, output));
    };
    page.print(args.format, opened, output)?;
    Ok(Outcome::Found)
}
