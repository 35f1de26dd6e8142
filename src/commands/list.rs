//! `jobdeck list`: the postings that a query finds.

use super::question::Question;
use super::record::PostingRecord;
use super::{Failure, Opened, Outcome, Output, rows};
use crate::cli::{Column, Format, List};

/// What a person reads at a glance.
const GLANCE: &[Column] = &[
    Column::Title,
    Column::Company,
    Column::Locations,
    Column::Posted,
];

/// Prints the postings.
pub(super) fn run(args: &List, opened: &Opened, output: &mut Output) -> Result<Outcome, Failure> {
    let question = Question {
        words: &args.query,
        unjudged: args.unjudged,
        limit: args.limit,
    };
    let answer = question.ask(opened, output);
    let columns = columns(args);
    let titles: Vec<_> = columns.iter().map(|column| column.word()).collect();
    let found = answer.matches.total > 0;
    // Titles above no row say nothing to a person; a program still wants its empty table.
    if found || args.format != Format::Table {
        let records = answer.matches.rows.iter().map(|row| PostingRecord {
            posting: answer.index.posting(*row),
            columns: &columns,
        });
        rows::write(args.format, &titles, records, output)?;
    }
    if args.format == Format::Table || !found {
        answer.tell_count(output);
    }
    answer.tell_unjudged(output);
    Ok(Outcome::of(found))
}

/// The columns asked for; else a glance for a person, what fits into cells for a spreadsheet, everything for a program.
fn columns(args: &List) -> Vec<Column> {
    if !args.columns.is_empty() {
        return args.columns.clone();
    }
    let fits = |column: &Column| !matches!(column, Column::Description | Column::Source);
    match args.format {
        Format::Table => GLANCE.to_vec(),
        Format::Csv | Format::Tsv => Column::ALL.iter().copied().filter(fits).collect(),
        Format::Json | Format::Jsonl => Column::ALL.to_vec(),
    }
}
