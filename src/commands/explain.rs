//! `jobdeck explain`: what the words of a query find, and why a posting is found or not.

use serde::Serialize;

use super::rows::{self, Row};
use super::run_query::QueryOptions;
use super::{Context, Failure, Outcome, Output, SCHEMA, item};
use crate::cli::{Explain, Format};
use crate::search::{Explanation, PostingExplanation, TermExplanation, TermMatch};

/// The whole explanation, as an object.
#[derive(Serialize)]
struct Record<'a> {
    schema: u32,
    query: &'a str,
    total: usize,
    terms: Vec<TermRecord<'a>>,
    posting: Option<PostingRecord<'a>>,
}

#[derive(Serialize)]
struct TermRecord<'a> {
    term: &'a str,
    postings: usize,
    words: Vec<WordRecord<'a>>,
    refused: Vec<RefusedRecord<'a>>,
}

#[derive(Serialize)]
struct WordRecord<'a> {
    words: &'a str,
    tier: &'static str,
    reason: &'a str,
    postings: usize,
}

#[derive(Serialize)]
struct RefusedRecord<'a> {
    words: &'a str,
    uses: u64,
    reason: String,
}

#[derive(Serialize)]
struct PostingRecord<'a> {
    id: &'a str,
    found: bool,
    hidden: bool,
    terms: Vec<MatchRecord<'a>>,
}

#[derive(Serialize)]
struct MatchRecord<'a> {
    term: &'a str,
    /// Absent if the posting lacks a value for the term.
    answers: Option<bool>,
    best: Option<BestRecord<'a>>,
}

#[derive(Serialize)]
struct BestRecord<'a> {
    field: &'static str,
    value: &'a str,
    words: &'a str,
    tier: &'static str,
    reason: &'a str,
}

/// A row of a table.
#[derive(Clone, Serialize)]
struct Cells(Vec<String>);

impl Row for Cells {
    fn cells(&self) -> Vec<String> {
        self.0.clone()
    }
}

/// Prints the explanation.
pub(super) fn run(
    args: &Explain,
    context: &Context,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let words = [args.query.clone()];
    let options = QueryOptions {
        words: &words,
        unjudged: false,
        lenient: args.lenient,
        loose: args.loose,
        group: false,
        limit: Some(0),
        hidden: false,
    };
    let answer = options.run(context, output)?;
    let id = args.id.as_deref();
    let row = id.and_then(|id| answer.index.row(id));
    if let Some(id) = id.filter(|_| row.is_none()) {
        return Ok(item::unknown(id, context, output));
    }
    let Some(explanation) = answer.explain(row) else {
        return Ok(Outcome::Nothing);
    };
    match args.format {
        Format::Json | Format::Jsonl => {
            let record = record(&args.query, id, &explanation);
            rows_of(args.format, &record, output)?;
        }
        Format::Table | Format::Csv | Format::Tsv => {
            let is_table = args.format == Format::Table;
            // Programs read one table; with a posting it is that of the posting.
            if is_table || explanation.posting.is_none() {
                let titles = ["term", "finds", "how", "why", "postings"];
                let terms = explanation.terms.iter().flat_map(term_rows);
                rows::write(args.format, &titles, terms, output)?;
            }
            if let Some(posting) = &explanation.posting {
                if is_table {
                    writeln(output)?;
                }
                let titles = ["term", "answers", "how", "in", "value"];
                let terms = posting.terms.iter().map(match_row);
                rows::write(args.format, &titles, terms, output)?;
            }
            output.note(&conclusion(&explanation, context.board.postings().len()));
        }
    }
    let found = match &explanation.posting {
        Some(posting) => posting.is_found,
        None => explanation.total > 0,
    };
    Ok(Outcome::from_found(found))
}

fn writeln(output: &mut Output) -> Result<(), Failure> {
    use std::io::Write;
    output.write_all(b"\n")?;
    Ok(())
}

fn rows_of(format: Format, record: &Record<'_>, output: &mut Output) -> Result<(), Failure> {
    use std::io::Write;
    let json = match format {
        Format::Jsonl => serde_json::to_string(record),
        _ => serde_json::to_string_pretty(record),
    };
    let json = json.map_err(std::io::Error::other)?;
    output.write_all(json.as_bytes())?;
    output.write_all(b"\n")?;
    Ok(())
}

/// Summary in one line.
fn conclusion(explanation: &Explanation, of: usize) -> String {
    let total = explanation.total;
    match &explanation.posting {
        None => format!("{total} of {of} postings answer all terms"),
        Some(posting) if posting.is_found => "the query finds the posting".to_owned(),
        Some(posting) if posting.is_kept_out => {
            "the posting answers every term, but is hidden or muted".to_owned()
        }
        Some(posting) => {
            let failed = posting.terms.iter();
            let failed = failed.filter(|term| term.answers != Some(true));
            let failed: Vec<String> = failed.map(|term| format!("`{}`", term.term)).collect();
            format!("the query does not find the posting: {}", failed.join(", "))
        }
    }
}

fn term_rows(term: &TermExplanation) -> Vec<Cells> {
    let mut rows = Vec::new();
    let words = term.words.iter().map(|word| {
        (
            word.words.as_str(),
            word.tier.word(),
            word.reason.clone(),
            Some(word.postings),
        )
    });
    let refused = term.refused.iter().map(|refused| {
        (
            refused.words.as_str(),
            "refused",
            refused.why.to_string(),
            None,
        )
    });
    let total = |how: &str| {
        let cells = [&term.term, "", how, "", &term.postings.to_string()];
        Cells(cells.map(str::to_owned).into())
    };
    if term.words.is_empty() {
        rows.push(total("filter"));
        return rows;
    }
    for (words, how, why, postings) in words.chain(refused) {
        let name = if rows.is_empty() {
            term.term.as_str()
        } else {
            ""
        };
        let postings = postings.map_or_else(String::new, |postings| postings.to_string());
        rows.push(Cells(
            [name, words, how, &why, &postings]
                .map(str::to_owned)
                .into(),
        ));
    }
    if rows.len() > 1 {
        rows.push(total("in all"));
    }
    rows
}

fn match_row(term: &TermMatch) -> Cells {
    let answers = match term.answers {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    };
    let [how, field, value] = match &term.best {
        Some(best) if best.is_typed => [
            best.tier.word().to_owned(),
            best.field.name().to_owned(),
            best.value.clone(),
        ],
        Some(best) => [
            format!("{}: {}", best.tier.word(), best.words),
            best.field.name().to_owned(),
            best.value.clone(),
        ],
        None => Default::default(),
    };
    Cells(vec![
        term.term.clone(),
        answers.to_owned(),
        how,
        field,
        value,
    ])
}

fn record<'a>(query: &'a str, id: Option<&'a str>, explanation: &'a Explanation) -> Record<'a> {
    let terms = explanation.terms.iter().map(|term| TermRecord {
        term: &term.term,
        postings: term.postings,
        words: term
            .words
            .iter()
            .map(|word| WordRecord {
                words: &word.words,
                tier: word.tier.word(),
                reason: &word.reason,
                postings: word.postings,
            })
            .collect(),
        refused: term
            .refused
            .iter()
            .map(|refused| RefusedRecord {
                words: &refused.words,
                uses: refused.uses,
                reason: refused.why.to_string(),
            })
            .collect(),
    });
    let posting = explanation.posting.as_ref().zip(id);
    Record {
        schema: SCHEMA,
        query,
        total: explanation.total,
        terms: terms.collect(),
        posting: posting.map(|(posting, id)| posting_record(id, posting)),
    }
}

fn posting_record<'a>(id: &'a str, posting: &'a PostingExplanation) -> PostingRecord<'a> {
    let terms = posting.terms.iter().map(|term| MatchRecord {
        term: &term.term,
        answers: term.answers,
        best: term.best.as_ref().map(|best| BestRecord {
            field: best.field.name(),
            value: &best.value,
            words: &best.words,
            tier: best.tier.word(),
            reason: &best.reason,
        }),
    });
    PostingRecord {
        id,
        found: posting.is_found,
        hidden: posting.is_kept_out,
        terms: terms.collect(),
    }
}
