//! `jobdeck read`: prints an interview.

use std::io::Write as _;

use super::item::{self, Item};
use super::{Context, Failure, Outcome, Output};
use crate::cli::Read;

/// Prints the interview; also accepts the id of a posting.
pub(super) fn run(args: &Read, context: &Context, output: &mut Output) -> Result<Outcome, Failure> {
    let board = &*context.board;
    if args.list {
        return list(context, output);
    }
    let Some(id) = &args.id else {
        return first(args, context, output);
    };
    let page = Item::interview(board, id).or_else(|| Item::posting(board, id));
    let Some(page) = page else {
        return Ok(item::unknown(id, board, output));
    };
    page.print(args.format, context, output)?;
    Ok(Outcome::Found)
}

/// Lists the interviews.
fn list(context: &Context, output: &mut Output) -> Result<Outcome, Failure> {
    let interviews = context.board.interviews();
    for interview in interviews {
        let person = interview.person.as_ref().map(|person| person.name.as_str());
        let person = person.unwrap_or_default();
        writeln!(output, "{}\t{person}\t{}", interview.id, interview.title)?;
    }
    Ok(Outcome::from_found(!interviews.is_empty()))
}

/// Prints the board's first interview, and lists the others.
fn first(args: &Read, context: &Context, output: &mut Output) -> Result<Outcome, Failure> {
    let Some((first, others)) = context.board.interviews().split_first() else {
        output.note("this board has no interviews");
        return Ok(Outcome::Nothing);
    };
    Item::Interview(first).print(args.format, context, output)?;
    if !others.is_empty() {
        let ids: Vec<_> = others.iter().map(|other| other.id.as_str()).collect();
        output.note(&format!("the other interviews are {}", ids.join(", ")));
    }
    Ok(Outcome::Found)
}
