//! `jobdeck show`: prints a posting.

use super::item::{self, Item};
use super::journal_access::JournalAccess;
use super::{Context, Failure, Outcome, Output};
use crate::board::Posting;
use crate::cli::Show;

/// Prints the posting; also accepts the id of an interview.
pub(super) fn run(args: &Show, context: &Context, output: &mut Output) -> Result<Outcome, Failure> {
    let (board, id) = (&*context.board, &*args.id);
    let page = Item::posting(board, id).or_else(|| Item::interview(board, id));
    let Some(page) = page else {
        return gone(args, context, output);
    };
    page.print(args.format, context, output)?;
    Ok(Outcome::Found)
}

/// Prints a posting that is gone from its board, as it was when it was marked.
fn gone(args: &Show, context: &Context, output: &mut Output) -> Result<Outcome, Failure> {
    let journal = JournalAccess::open(output)?;
    let subject = journal.subject(&args.id, &context.board);
    let copy = subject.and_then(|subject| journal.tracking.of(&subject.key).copy.clone());
    let Some(copy) = copy else {
        return Ok(item::unknown(&args.id, &context.board, output));
    };
    output.note("no board that is open has it; this is how it was when you marked it");
    Item::Posting(Box::new(Posting::clone(&copy))).print(args.format, context, output)?;
    Ok(Outcome::Found)
}
