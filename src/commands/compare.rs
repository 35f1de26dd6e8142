//! `jobdeck compare`: prints postings side by side.

use std::io::{self, Write};

use serde::Serialize;

use super::journal_access::JournalAccess;
use super::rows;
use super::{Context, Failure, Outcome, Output, SCHEMA, counted, item};
use crate::board::Posting;
use crate::cli::{Compare, CompareFormat, Format};
use crate::compare::{Candidate, Cell, Comparison, Row};
use crate::facts::{self, Facts};
use crate::tracking::Status;

/// Width of the table where no terminal limits it.
const WIDTH: usize = 120;

#[derive(Serialize)]
struct Record<'a> {
    schema: u32,
    postings: Vec<HeadRecord<'a>>,
    facts: Vec<FactRecord<'a>>,
}

#[derive(Serialize)]
struct HeadRecord<'a> {
    id: &'a str,
    title: &'a str,
    company: Option<&'a str>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct FactRecord<'a> {
    name: &'static str,
    differs: bool,
    /// The values of each posting, in the order of the postings.
    values: Vec<Vec<ValueRecord<'a>>>,
}

#[derive(Serialize)]
struct ValueRecord<'a> {
    value: &'a str,
    derived: bool,
}

/// Prints the comparison.
pub(super) fn run(
    args: &Compare,
    context: &Context,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    // Without a home directory there is no journal and there are no marks.
    let journal = JournalAccess::open(output).ok();
    let mut postings: Vec<(Posting, Status)> = Vec::new();
    for id in &args.ids {
        context.fetch(id)?;
        let Some(found) = posting(id, journal.as_ref(), context) else {
            return Ok(item::unknown(id, context, output));
        };
        if postings.iter().any(|(known, _)| known.id == found.0.id) {
            return Err(Failure::Because(format!("`{id}` is named twice")));
        }
        postings.push(found);
    }
    let derived: Vec<Option<Facts>> = postings
        .iter()
        .map(|(posting, _)| {
            let derive = context.config.derive;
            derive.then(|| facts::of_posting(posting))
        })
        .collect();
    let candidates = postings.iter().zip(&derived);
    let candidates: Vec<Candidate<'_>> = candidates
        .map(|((posting, status), facts)| Candidate {
            posting,
            facts: facts.as_ref(),
            status,
        })
        .collect();
    let comparison = Comparison::new(&candidates, context.today);
    match args.format {
        CompareFormat::Table => table(&comparison, output)?,
        CompareFormat::Markdown => output.write_all(comparison.markdown().as_bytes())?,
        CompareFormat::Json => json(&comparison, &postings, output)?,
        CompareFormat::Jsonl => facts_as(Format::Jsonl, &comparison, output)?,
        CompareFormat::Csv => facts_as(Format::Csv, &comparison, output)?,
        CompareFormat::Tsv => facts_as(Format::Tsv, &comparison, output)?,
    }
    Ok(Outcome::Found)
}

/// A posting and its marks; one that is gone from its board as it was when it was marked.
fn posting(
    id: &str,
    journal: Option<&JournalAccess>,
    context: &Context,
) -> Option<(Posting, Status)> {
    let Some(journal) = journal else {
        let posting = context.board.posting(id)?;
        return Some((posting.into_owned(), Status::default()));
    };
    let subject = journal.subject(id, &context.board)?;
    let status = journal.tracking.of_posting(&subject.key).clone();
    let posting = match subject.posting {
        Some(posting) => posting.into_owned(),
        None => Posting::clone(status.copy.as_deref()?),
    };
    Some((posting, status))
}

fn table(comparison: &Comparison, output: &mut Output) -> io::Result<()> {
    let width = output.width().map_or(WIDTH, usize::from);
    for line in comparison.lines(width) {
        writeln!(output, "{}", line.text())?;
    }
    let facts = counted(comparison.rows.len(), "fact");
    output.note(&format!("{} of {facts} differ", comparison.differences()));
    Ok(())
}

fn json(
    comparison: &Comparison,
    postings: &[(Posting, Status)],
    output: &mut Output,
) -> Result<(), Failure> {
    let heads = postings.iter().map(|(posting, _)| HeadRecord {
        id: &posting.id,
        title: &posting.title,
        company: posting.company.as_deref(),
        url: posting.url.as_deref(),
    });
    let record = Record {
        schema: SCHEMA,
        postings: heads.collect(),
        facts: comparison.rows.iter().map(fact).collect(),
    };
    let json = serde_json::to_string_pretty(&record).map_err(io::Error::other)?;
    writeln!(output, "{json}")?;
    Ok(())
}

/// One row for each fact, with the values of each posting below its id.
fn facts_as(format: Format, comparison: &Comparison, output: &mut Output) -> Result<(), Failure> {
    let ids = comparison.heads.iter().map(|head| head.id.as_str());
    let titles: Vec<&str> = ["name", "differs"].into_iter().chain(ids).collect();
    rows::write(format, &titles, comparison.rows.iter().map(fact), output)
}

impl rows::Row for FactRecord<'_> {
    fn cells(&self) -> Vec<String> {
        let values = self.values.iter().map(|values| {
            let values = values.iter().map(|value| {
                let sign = if value.derived { "≈ " } else { "" };
                format!("{sign}{}", value.value)
            });
            values.collect::<Vec<_>>().join("; ")
        });
        let fact = [self.name.to_owned(), self.differs.to_string()];
        fact.into_iter().chain(values).collect()
    }
}

fn fact(row: &Row) -> FactRecord<'_> {
    FactRecord {
        name: row.name,
        differs: row.differs,
        values: row.cells.iter().map(values).collect(),
    }
}

fn values(cell: &Cell) -> Vec<ValueRecord<'_>> {
    let values = cell.values.iter().map(|value| ValueRecord {
        value: &value.text,
        derived: value.is_derived,
    });
    values.collect()
}
