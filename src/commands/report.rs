//! `jobdeck report`: prints the applications of a period, as evidence of a job search.

use std::io::Write;

use serde::Serialize;

use super::journal_access::{JournalAccess, MarkedPosting};
use super::record::StepRecord;
use super::rows::{self, Row};
use super::{Context, Failure, Outcome, Output, counted};
use crate::board::Date;
use crate::cli::{Format, Report, ReportFormat};
use crate::export::calendar::{self, Event};
use crate::tracking::Stage;

/// Columns; the Markdown table has those after the id.
const TITLES: [&str; 10] = [
    "id",
    "applied",
    "company",
    "title",
    "locations",
    "stage",
    "on",
    "course",
    "contact",
    "url",
];
/// Columns that people read.
const BRIEF: [usize; 8] = [1, 2, 3, 4, 5, 6, 8, 9];

/// An application.
#[derive(Serialize)]
struct Application<'a> {
    id: &'a str,
    applied: String,
    company: Option<&'a str>,
    title: &'a str,
    locations: Vec<&'a str>,
    stage: &'static str,
    on: String,
    course: Vec<StepRecord>,
    contact: Option<&'a str>,
    url: Option<&'a str>,
}

impl<'a> Application<'a> {
    /// The application, if any of its stages is within the period.
    fn within(marked: &'a MarkedPosting<'_>, from: Option<Date>, to: Date) -> Option<Self> {
        let (status, posting) = (marked.status, &marked.posting);
        let within = |day: Date| from.is_none_or(|from| from <= day) && day <= to;
        let now = status.stage?;
        let first = status.course.first()?;
        if !status.course.iter().any(|step| within(step.on)) {
            return None;
        }
        let places = posting.locations.iter().map(|place| place.written.as_str());
        let applied = status.reached(Stage::Applied).unwrap_or(first.on);
        Some(Self {
            id: &marked.key.id,
            applied: applied.to_string(),
            company: posting.company.as_deref(),
            title: &posting.title,
            locations: places.collect(),
            stage: now.stage.word(),
            on: now.on.to_string(),
            course: status.course.iter().copied().map(StepRecord::new).collect(),
            contact: status.contact.as_deref(),
            url: posting.url.as_deref(),
        })
    }
}

impl Row for &Application<'_> {
    fn cells(&self) -> Vec<String> {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        vec![
            self.id.to_owned(),
            self.applied.clone(),
            text(self.company),
            self.title.to_owned(),
            self.locations.join("; "),
            self.stage.to_owned(),
            self.on.clone(),
            StepRecord::cell(&self.course),
            text(self.contact),
            text(self.url),
        ]
    }
}

/// Prints the applications, oldest first.
pub(super) fn run(
    args: &Report,
    context: &Context,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let journal = JournalAccess::open(output)?;
    let marked = journal.marked(&context.board);
    if args.format == ReportFormat::Ics {
        return follow_ups(args, &marked, context.today, output);
    }
    let to = args.to.unwrap_or(context.today);
    let applications = marked
        .iter()
        .filter_map(|marked| Application::within(marked, args.from, to));
    let mut applications: Vec<_> = applications.collect();
    applications
        .sort_by(|a, b| (&a.applied, a.company, a.title).cmp(&(&b.applied, b.company, b.title)));
    let rows = applications.iter();
    match args.format {
        ReportFormat::Markdown => markdown(args.from, to, rows, output)?,
        ReportFormat::Csv => rows::write(Format::Csv, &TITLES, rows, output)?,
        ReportFormat::Tsv => rows::write(Format::Tsv, &TITLES, rows, output)?,
        ReportFormat::Jsonl => rows::write(Format::Jsonl, &TITLES, rows, output)?,
        ReportFormat::Json | ReportFormat::Ics => {
            rows::write(Format::Json, &TITLES, rows, output)?;
        }
    }
    Ok(Outcome::from_found(!applications.is_empty()))
}

/// Prints the reminders as a calendar, soonest first.
fn follow_ups(
    args: &Report,
    marked: &[MarkedPosting<'_>],
    today: Date,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let within = |day: &Date| {
        args.from.is_none_or(|from| from <= *day) && args.to.is_none_or(|to| *day <= to)
    };
    let mut due: Vec<(Date, &MarkedPosting<'_>)> = marked
        .iter()
        .filter_map(|marked| Some((marked.status.follow_up.filter(within)?, marked)))
        .collect();
    due.sort_by_key(|(day, marked)| (*day, marked.key));
    let events = due.iter().map(|(day, marked)| reminder(*day, marked));
    output.write_all(calendar::calendar(events, today).as_bytes())?;
    if due.is_empty() {
        output.note("no follow-ups; `jobdeck mark ID applied --follow-up DATE` sets one");
    }
    Ok(Outcome::from_found(!due.is_empty()))
}

fn reminder(day: Date, marked: &MarkedPosting<'_>) -> Event {
    let (status, posting) = (marked.status, &marked.posting);
    let company = posting.company.as_deref();
    let about = company.map_or_else(String::new, |company| format!(" \u{2013} {company}"));
    let stage = status.stage.map(|step| {
        let stage = step.stage.word().replace('-', " ");
        format!("{stage} {}", step.on)
    });
    let contact = status.contact.as_ref();
    let contact = contact.map(|contact| format!("Contact: {contact}"));
    let parts = [stage, contact, status.note.clone()];
    Event {
        key: format!("{}/{}", marked.key.board, marked.key.id),
        day,
        summary: format!("Follow up: {}{about}", posting.title),
        description: parts.into_iter().flatten().collect::<Vec<_>>().join("\n"),
        url: posting.url.clone(),
    }
}

fn markdown<'a>(
    from: Option<Date>,
    to: Date,
    rows: impl ExactSizeIterator<Item = &'a Application<'a>>,
    output: &mut Output,
) -> std::io::Result<()> {
    let from = from.map_or_else(String::new, |from| format!("from {from} "));
    writeln!(output, "# Applications {from}to {to}\n")?;
    writeln!(output, "{}.\n", counted(rows.len(), "application"))?;
    if rows.len() == 0 {
        return Ok(());
    }
    writeln!(output, "| {} |", BRIEF.map(|at| TITLES[at]).join(" | "))?;
    writeln!(output, "|{}", "---|".repeat(BRIEF.len()))?;
    for row in rows {
        let cells = row.cells();
        let cells = BRIEF.map(|at| escaped(&cells[at]));
        writeln!(output, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// A cell with Markdown syntax escaped, except in URLs. Line ends become spaces.
fn escaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for c in cell.chars() {
        if matches!(
            c,
            '\\' | '|' | '`' | '*' | '[' | ']' | '<' | '>' | '~' | '&'
        ) && !cell.contains("://")
            || c == '|'
        {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
