//! `jobdeck show`: prints a posting.

use super::page::{self, Page};
use super::tracked::Tracked;
use super::{Failure, Opened, Outcome, Output};
use crate::board::Posting;
use crate::cli::Show;

/// Prints the posting; also accepts the id of an interview.
pub(super) fn run(args: &Show, opened: &Opened, output: &mut Output) -> Result<Outcome, Failure> {
    let (board, id) = (&*opened.board, &*args.id);
    let page = Page::posting(board, id).or_else(|| Page::interview(board, id));
    let Some(page) = page else {
        return gone(args, opened, output);
    };
    page.print(args.format, opened, output)?;
    Ok(Outcome::Found)
}

/// Prints a posting that is gone from its board, as it was when it was marked.
fn gone(args: &Show, opened: &Opened, output: &mut Output) -> Result<Outcome, Failure> {
    let tracked = Tracked::open(output)?;
    let subject = tracked.subject(&args.id, &opened.board);
    let copy = subject.and_then(|subject| tracked.tracking.of(&subject.key).copy.clone());
    let Some(copy) = copy else {
        return Ok(page::unknown(&args.id, &opened.board, output));
    };
    output.note("no board that is open has it; this is how it was when you marked it");
    Page::Posting(Box::new(Posting::clone(&copy))).print(args.format, opened, output)?;
    Ok(Outcome::Found)
}
