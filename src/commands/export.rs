//! `jobdeck export`: writes matching postings for other programs, feed readers and search engines, or as a site.

mod board;
mod file;
mod folder;

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use super::record::PostingRecord;
use super::run_query::{QueryOptions, QueryResult};
use super::{Context, Failure, Outcome, Output, counted, rows};
use crate::board::fold::fold;
use crate::board::{Board, Company, Posting, SiteProfile, text};
use crate::cli::{Column, Export, ExportFormat, Format};
use crate::content;
use crate::document::Document;
use crate::export::{KEPT_CLOSED, Listed, Publication, Site, atom, job_posting};
use crate::published;
use crate::query::{Field, Query};
use crate::search::Index;
use folder::Folder;

/// Writes the export; an output file is replaced atomically.
pub(super) fn run(
    args: &Export,
    context: &Context,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let options = QueryOptions {
        loose: false,
        group: false,
        words: &args.query,
        unjudged: args.unjudged,
        lenient: args.lenient,
        limit: None,
        // Postings that one user hid are still part of the published board.
        hidden: true,
    };
    if context.is_remote() && matches!(args.format, ExportFormat::Html | ExportFormat::Board) {
        let why =
            "a site or a published board is made from the folder of a board, not from a server";
        return Err(Failure::Because(why.to_owned()));
    }
    let answer = options.run(context, output)?;
    let (total, listed_rows) = (answer.matches.total, answer.matches.rows.len());
    if listed_rows < total {
        return Err(Failure::Because(format!(
            "{total} postings match; of a board on a server at most {listed_rows} are exported at once: add words or filters"
        )));
    }
    let (postings, closed) = postings(args.format, &answer, context, output);
    let profile = profile(context, output);
    let postings: Vec<&Posting> = postings.iter().map(AsRef::as_ref).collect();
    answer.tell_left_out(output);
    let found = !postings.is_empty();
    match (&args.output, args.format) {
        (None, ExportFormat::Html | ExportFormat::Board) => {
            let reason = "a site or a published board needs a folder: --output DIR";
            return Err(Failure::Because(reason.to_owned()));
        }
        (Some(path), ExportFormat::Html) => {
            // The site links the board, so the board is there first.
            let board = board::publish(&context.board, &postings, path);
            let done = board.map_err(Failure::Because)?;
            let site = Site::new(Publication {
                board: &context.board,
                postings: listed(&answer.index, &postings),
                closed: closed.iter().map(AsRef::as_ref).collect(),
                profile: &profile,
                today: context.today,
            })
            .with_search(&answer.index);
            publish(&site, path, output)?;
            tell_published(&done, path, output)?;
        }
        (Some(path), ExportFormat::Board) => {
            let board = board::publish(&context.board, &postings, path);
            let done = board.map_err(Failure::Because)?;
            tell_published(&done, path, output)?;
        }
        (Some(path), format) => {
            let postings = &postings;
            file::write(path, |to| {
                write(format, (&context.board, &profile.companies), postings, to)
            })?;
            let count = counted(postings.len(), "posting");
            writeln!(output, "{}: {count}", named(path))?;
        }
        (None, format) => {
            let described = (&*context.board, profile.companies.as_slice());
            write(format, described, &postings, output)?;
        }
    }
    Ok(Outcome::from_found(found))
}

/// What the board says about its site. Problems are only counted; `jobdeck check` lists them.
fn profile(context: &Context, output: &mut Output) -> SiteProfile {
    let [folder] = context.folders.as_slice() else {
        return SiteProfile::default();
    };
    let (profile, problems) = content::site_profile(folder).unwrap_or_default();
    for problem in &problems {
        output.note(&problem.message);
    }
    profile
}

/// Postings to export, and recently closed ones. Formats for the web contain open postings only, unless the query itself tests
/// whether a posting is open.
fn postings<'a>(
    format: ExportFormat,
    answer: &'a QueryResult,
    context: &Context,
    output: &mut Output,
) -> (Vec<Cow<'a, Posting>>, Vec<Cow<'a, Posting>>) {
    use ExportFormat::{Atom, Board, Html, Jsonld};
    let rows = answer.matches.rows.iter();
    let mut postings: Vec<Cow<'_, Posting>> = rows.map(|row| answer.index.posting(*row)).collect();
    let public = matches!(format, Html | Board | Atom | Jsonld);
    let mut closed = Vec::new();
    if public && !speaks_of_closing(&answer.query) {
        (postings, closed) = postings
            .into_iter()
            .partition(|posting| posting.is_open(context.today));
        if !closed.is_empty() {
            let closed = counted(closed.len(), "closed posting");
            output.note(&format!(
                "{closed} left out; 'is:open | is:closed' includes them"
            ));
        }
        closed.retain(|posting| {
            let days = posting.closes.map(|day| context.today - day);
            days.is_some_and(|days| days.get_days() <= KEPT_CLOSED)
        });
    }
    (postings, closed)
}

fn speaks_of_closing(query: &Query) -> bool {
    let atoms = query.terms.iter().flat_map(|term| &term.any);
    let mut fields = atoms.filter_map(|atom| atom.field);
    fields.any(|field| matches!(field, Field::Is | Field::Closes))
}

/// Postings with the facts of the index.
pub(super) fn listed<'a>(index: &Index, postings: &[&'a Posting]) -> Vec<Listed<'a>> {
    let listed = postings.iter().map(|posting| {
        let stated = Listed::stated(posting);
        let Some(row) = index.row(&posting.id) else {
            return stated;
        };
        let facts = index.facts(row);
        let (mut skills, skills_are_derived) = index.skills(row);
        // The order in the index depends on the other postings.
        skills.sort_unstable();
        Listed {
            workplace: facts.workplace.map(|fact| fact.value),
            level: facts.level.map(|fact| fact.value),
            skills: skills.iter().map(ToString::to_string).collect(),
            skills_are_derived,
            ..stated
        }
    });
    listed.collect()
}

fn publish(site: &Site<'_>, path: &Path, output: &mut Output) -> Result<(), Failure> {
    let because = |error: folder::Error| Failure::Because(error.to_string());
    let folder = Folder::open(path).map_err(because)?;
    let tally = site
        .files(|name, content| folder.write(name, content))
        .map_err(because)?;
    let done = folder.finish().map_err(because)?;
    writeln!(
        output,
        "{}: {} and {} in {}; {} written, {} removed",
        named(path),
        counted(tally.postings, "posting"),
        counted(tally.interviews, "interview"),
        counted(tally.files, "file"),
        done.written,
        done.removed,
    )?;
    if done.kept > 0 {
        let files = counted(done.kept, "file");
        output.note(&format!(
            "{files} of earlier exports stay because they were changed since"
        ));
    }
    if let Some(short) = tally
        .postings
        .checked_sub(tally.for_search_engines)
        .filter(|short| *short > 0)
    {
        let postings = counted(short, "posting");
        let (lack, them) = if short == 1 {
            ("lacks", "it")
        } else {
            ("lack", "them")
        };
        output.note(&format!(
            "{postings} {lack} fields that search engines require; `jobdeck check --publish` lists {them}"
        ));
    }
    Ok(())
}

/// Result of publishing a board.
fn tell_published(done: &board::Done, path: &Path, output: &mut Output) -> Result<(), Failure> {
    writeln!(
        output,
        "{}: {} and {} in {}; {} new, {} of {} bytes",
        named(&path.join(published::MANIFEST)),
        counted(done.postings, "posting"),
        counted(done.interviews, "interview"),
        counted(done.chunks, "chunk"),
        done.new,
        done.written,
        done.bytes,
    )?;
    Ok(())
}

fn write(
    format: ExportFormat,
    (board, companies): (&Board, &[Company]),
    postings: &[&Posting],
    to: &mut Output,
) -> Result<(), Failure> {
    let format = match format {
        ExportFormat::Json => Format::Json,
        ExportFormat::Jsonl => Format::Jsonl,
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Markdown => return markdown(board, postings, to),
        ExportFormat::Atom => return feed(board, postings, to),
        ExportFormat::Jsonld | ExportFormat::Html | ExportFormat::Board => {
            return graph(companies, postings, to);
        }
    };
    let columns = match format {
        Format::Csv => Column::stated(),
        _ => Column::whole_stated(),
    };
    let titles: Vec<_> = columns.iter().map(|column| column.word()).collect();
    let records = postings.iter().map(|posting| PostingRecord {
        assumed: &[],
        posting,
        alike: None,
        columns,
    });
    rows::write(format, &titles, records, to)
}

fn markdown(board: &Board, postings: &[&Posting], to: &mut Output) -> Result<(), Failure> {
    let interviews = board.interviews().iter();
    let interviews = interviews.map(|one| Document::interview(one, &board.related(one)));
    let postings = postings.iter().map(|posting| Document::posting(posting));
    for (at, document) in interviews.chain(postings).enumerate() {
        let apart = if at > 0 { "\n" } else { "" };
        write!(to, "{apart}{}", document.to_markdown())?;
    }
    Ok(())
}

fn feed(board: &Board, postings: &[&Posting], to: &mut Output) -> Result<(), Failure> {
    to.write_all(atom::head(board, None, None, postings.iter().copied()).as_bytes())?;
    for posting in postings {
        to.write_all(atom::entry(board, posting, None, None).as_bytes())?;
    }
    to.write_all(atom::END.as_bytes())?;
    Ok(())
}

fn graph(companies: &[Company], postings: &[&Posting], to: &mut Output) -> Result<(), Failure> {
    write!(to, "{{\"@context\":\"https://schema.org/\",\"@graph\":[")?;
    for (at, posting) in postings.iter().enumerate() {
        let apart = if at > 0 { ",\n" } else { "\n" };
        write!(
            to,
            "{apart}{}",
            job_posting::embedded(&job_posting::everything(
                posting,
                company_of(companies, posting)
            ))
        )?;
    }
    writeln!(to, "\n]}}")?;
    Ok(())
}

/// What the board says about a posting's company.
fn company_of<'a>(companies: &'a [Company], posting: &Posting) -> Option<&'a Company> {
    let name = fold(posting.company.as_deref()?);
    companies.iter().find(|company| fold(&company.name) == name)
}

/// A path that is safe to print.
fn named(path: &Path) -> String {
    text::line(&path.to_string_lossy())
}
