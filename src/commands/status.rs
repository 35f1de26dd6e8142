//! `jobdeck status`: lists marked postings and the status of applications.

use std::cmp::Reverse;

use super::journal_access::{JournalAccess, MarkedPosting};
use super::record::StatusRecord;
use super::run_query::QueryOptions;
use super::{Context, Failure, Outcome, Output, counted, rows};
use crate::annotate::marks;
use crate::board::{Board, Posting};
use crate::cli::{Format, Status};
use crate::search::{Marks, Row};
use crate::tracking::Stage;

/// Prints the marked postings, the most advanced applications first.
pub(super) fn run(
    args: &Status,
    context: Context,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let journal = JournalAccess::open(output)?;
    let mut marked = journal.marked(&context.board);
    let of = marked.len();
    if args.query.is_empty() {
        marked.sort_by_key(|marked| (rank(marked), Reverse(marked.status.stage), marked.key));
    } else {
        marked = found(args, context, marked, output)?;
    }
    let brief = args.format == Format::Table;
    if !marked.is_empty() || !brief {
        let records = marked.iter().map(|marked| StatusRecord { marked, brief });
        rows::write(args.format, StatusRecord::titles(brief), records, output)?;
    }
    if brief || marked.is_empty() {
        let of = counted(of, "marked posting");
        output.note(&format!("{} of {of}", marked.len()));
    }
    Ok(Outcome::from_found(!marked.is_empty()))
}

/// Marked postings that match the query, in its order. They are searched as a board of their own.
fn found<'a>(
    args: &Status,
    context: Context,
    marked: Vec<MarkedPosting<'a>>,
    output: &mut Output,
) -> Result<Vec<MarkedPosting<'a>>, Failure> {
    let numbered = (0_usize..).zip(&marked).map(|(number, marked)| Posting {
        id: number.to_string(),
        ..marked.posting.clone()
    });
    let board = Board::new(context.board.name.clone(), numbered.collect(), Vec::new());
    let context = context.with_board(board);
    let options = QueryOptions {
        loose: false,
        group: false,
        words: &args.query,
        unjudged: false,
        limit: None,
        // Hidden postings are marked postings, too.
        hidden: true,
        lenient: false,
    };
    let statuses: Vec<_> = marked.iter().map(|marked| marked.status).collect();
    let answer = options.run_with(&context, output, |index| {
        let mut marks = Marks::default();
        for (row, status) in (0..).map(Row).zip(statuses) {
            marks::apply(&mut marks, index, row, status, None);
        }
        marks
    })?;
    answer.tell_left_out(output);
    let mut marked: Vec<_> = marked.into_iter().map(Some).collect();
    let rows = answer.matches.rows.iter();
    let found = rows.filter_map(|row| marked.get_mut(row.0 as usize)?.take());
    Ok(found.collect())
}

fn rank(marked: &MarkedPosting<'_>) -> u8 {
    let status = marked.status;
    match status.stage.map(|step| step.stage) {
        Some(Stage::Offer) => 0,
        Some(Stage::Interview) => 1,
        Some(Stage::Applied) => 2,
        None if status.saved.is_some() => 3,
        None if status.hidden.is_none() => 4,
        Some(Stage::Rejected | Stage::Withdrawn | Stage::NoAnswer) => 5,
        None => 6,
    }
}
