//! `jobdeck show`: prints postings.

use std::io::{self, Read as _, Write as _};

use super::item::{self, Item};
use super::journal_access::JournalAccess;
use super::{Context, Failure, Outcome, Output};
use crate::board::Posting;
use crate::cli::{Show, TextFormat};

/// Maximum size of a list of ids on standard input.
const LIST: u64 = 64 << 20;

/// Prints the postings; also accepts ids of interviews.
pub(super) fn run(args: &Show, context: &Context, output: &mut Output) -> Result<Outcome, Failure> {
    let ids = ids(&args.ids)?;
    let mut all = true;
    let mut is_first = true;
    for id in &ids {
        context.fetch(id)?;
        let board = &*context.board;
        let item = Item::posting(board, id).or_else(|| Item::interview(board, id));
        let item = match item {
            Some(item) => Some(item),
            None => gone(id, context, output)?,
        };
        let Some(item) = item else {
            all = false;
            continue;
        };
        match args.format {
            TextFormat::Json if ids.len() > 1 => item.print_line(context, output)?,
            format => {
                if !std::mem::take(&mut is_first) {
                    output.write_all(b"\n")?;
                }
                item.print(format, context, output)?;
            }
        }
    }
    Ok(Outcome::from_found(all))
}

/// The given ids, with those of standard input in the place of `-`.
fn ids(given: &[String]) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::new();
    for id in given {
        if id != "-" {
            ids.push(id.clone());
            continue;
        }
        let mut text = String::new();
        let read = io::stdin().lock().take(LIST).read_to_string(&mut text);
        read.map_err(|error| Failure::Because(format!("standard input cannot be read: {error}")))?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        ids.extend(lines.map(str::to_owned));
    }
    Ok(ids)
}

/// A posting that is gone from its board, as it was when it was marked.
fn gone(
    id: &str,
    context: &Context,
    output: &mut Output,
) -> Result<Option<Item<'static>>, Failure> {
    let journal = JournalAccess::open(output)?;
    let subject = journal.subject(id, &context.board);
    let copy = subject.and_then(|subject| journal.tracking.of_posting(&subject.key).copy.clone());
    let Some(copy) = copy else {
        item::unknown(id, context, output);
        return Ok(None);
    };
    output.note("no board that is open has it; this is how it was when you marked it");
    Ok(Some(Item::Posting(Box::new(Posting::clone(&copy)))))
}
