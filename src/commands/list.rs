//! `jobdeck list`: lists the postings that match a query.

use super::record::PostingRecord;
use super::run_query::QueryOptions;
use super::{Context, Failure, Outcome, Output, rows};
use crate::cli::{Column, Format, List};
use crate::config::views;

/// Columns of the default table.
const GLANCE: [&str; 4] = ["title", "company", "locations", "posted"];

/// Prints the postings.
pub(super) fn run(args: &List, context: &Context, output: &mut Output) -> Result<Outcome, Failure> {
    let mut words = match &args.view {
        Some(name) => vec![view(name, context, output)?],
        None => Vec::new(),
    };
    words.extend(args.query.iter().cloned());
    words.extend(args.new.then(|| "is:new".to_owned()));
    let options = QueryOptions {
        group: args.folding.fold,
        words: &words,
        unjudged: args.unjudged,
        lenient: args.lenient,
        loose: args.loose,
        limit: args.limit,
        hidden: args.hidden,
    };
    let answer = options.run(context, output)?;
    let mut columns = columns(args);
    if !context.config.derive {
        columns.retain(|column| !matches!(column, Column::Facts));
    }
    let alike = args.folding.fold.then_some("alike");
    let titles = columns.iter().map(|column| column.word());
    let titles: Vec<_> = titles.chain(alike).collect();
    let found = answer.matches.total > 0;
    if args.exit_code {
        return Ok(Outcome::from_found(found));
    }
    // An empty table has no header for people; programs still get a valid document.
    if found || args.format != Format::Table {
        let rows = answer.matches.rows.iter();
        let postings: Vec<_> = rows.map(|row| answer.index.posting(*row)).collect();
        let readings = &answer.matches.readings;
        let tells = columns
            .iter()
            .any(|column| matches!(column, Column::Assumed));
        let assumed = postings.iter().map(|posting| {
            if tells {
                readings.assumed_in(posting)
            } else {
                Vec::new()
            }
        });
        let assumed: Vec<_> = assumed.collect();
        let records = postings
            .iter()
            .enumerate()
            .map(|(at, posting)| PostingRecord {
                posting,
                assumed: &assumed[at],
                alike: args
                    .folding
                    .fold
                    .then(|| answer.matches.grouping(at).more()),
                columns: &columns,
            });
        let titles = (!args.no_header).then_some(&*titles);
        rows::write_with(args.format, titles, records, output)?;
    }
    if args.format == Format::Table || !found {
        answer.tell_count(output);
    }
    answer.tell_left_out(output);
    answer.tell_ways_on(context, output);
    Ok(Outcome::from_found(found))
}

/// Query of a saved view.
fn view(name: &str, context: &Context, output: &mut Output) -> Result<String, Failure> {
    let file = context.views.as_deref();
    if let Some(Ok(Some(change))) = file.map(views::upgrade) {
        output.note(change);
    }
    let (views, _) = file.map(views::load).unwrap_or_default();
    let found = views.iter().find(|view| view.name == name);
    found.map(|view| view.query.clone()).ok_or_else(|| {
        let known: Vec<_> = views.iter().map(|view| view.name.as_str()).collect();
        Failure::Because(if known.is_empty() {
            format!("no view `{name}`: there are no saved views yet; v in the app saves one")
        } else {
            format!("no view `{name}`; saved views: {}", known.join(", "))
        })
    })
}

/// The requested columns, or the defaults of the format: a few for tables, flat ones for CSV and TSV, all for JSON.
fn columns(args: &List) -> Vec<Column> {
    if !args.columns.is_empty() {
        return args.columns.clone();
    }
    let all = Column::all().iter().copied();
    match args.format {
        Format::Table => GLANCE.into_iter().filter_map(Column::named).collect(),
        Format::Csv | Format::Tsv => all
            .filter(|column| {
                !matches!(
                    column.word(),
                    "description" | "source" | "facts" | "assumed"
                )
            })
            .collect(),
        Format::Json | Format::Jsonl => Column::whole().to_vec(),
    }
}
