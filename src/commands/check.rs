//! `jobdeck check`: reports the errors and warnings in a board's files.

mod github;
mod links;
mod record;
mod sarif;

use std::io::Write;
use std::path::{Component, Path, PathBuf};

use super::boards::Boards;
use super::rows;
use super::{Failure, Outcome, Output, context, counted};
use crate::board::{Board, Date, text};
use crate::cli::{Check, CheckFormat, Format, Global};
use crate::content::{self, Linted, Problem, Rule};
use crate::export::job_posting;
use crate::sync;
use record::ProblemRecord;

/// Prints every problem, with a path relative to the current directory.
pub(super) fn run(args: Check, global: Global, output: &mut Output) -> Result<Outcome, Failure> {
    let config = context::config(&global, output);
    let today = context::today(global.today);
    let given = args.board.into_iter().chain(global.boards).collect();
    let boards = Boards::choose(given, &config);
    let (mut problems, mut links, mut read) = (Vec::new(), Vec::new(), Vec::new());
    let mut allows = Vec::new();
    boards.refresh(&config, output).map_err(Failure::Because)?;
    boards.verify().map_err(Failure::Because)?;
    let linted = content::check::lint(&boards.folders, today);
    for (folder, linted) in linted.map_err(|error| Failure::Because(error.to_string()))? {
        read.push(contents(&folder, &linted.board, today));
        let publishing = if args.publish {
            of_publishing(&folder, &linted, today)
        } else {
            Vec::new()
        };
        let Linted {
            problems: found,
            links: leading,
            allows: allowed,
            ..
        } = under(&folder, linted);
        allows.extend(allowed);
        problems.extend(found);
        problems.extend(of_sources(&folder));
        problems.extend(of_site(&folder));
        problems.extend(publishing);
        links.extend(leading);
    }
    if args.links {
        problems.extend(links::test(links, args.allow_private, output));
    }
    problems.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    let problems = content::remaining(problems, &allows, |rule| {
        (args.links || !rule.is_of_links()) && (args.publish || !rule.is_of_publishing())
    });
    print(args.format, &problems, output)?;
    let warnings = problems.iter().filter(|one| one.is_warning()).count();
    let errors = problems.len() - warnings;
    let said = [(errors, "problem"), (warnings, "warning")];
    let said = said.into_iter().filter(|(count, _)| *count > 0);
    let said: Vec<_> = said.map(|(count, what)| counted(count, what)).collect();
    let found = match said.as_slice() {
        [] => "no problems".to_owned(),
        said => said.join(" and "),
    };
    output.note(&format!("{found} in {}", read.join(" and ")));
    Ok(Outcome::from_found(
        errors == 0 && !(args.strict && warnings > 0),
    ))
}

/// Problems of the listed sources, and warnings about folders whose source is not listed.
fn of_sources(folder: &Path) -> Vec<Problem> {
    let file = folder.join("board.toml");
    // Problems of the file itself are found with the others.
    let Ok((listed, _)) = content::sources(folder) else {
        return Vec::new();
    };
    let mut sources = sync::sources(&listed);
    let orphans = sync::orphans(folder, &mut sources).unwrap_or_default();
    let orphans = orphans.iter().map(|orphan| Problem {
        severity: Rule::OrphanSource.severity(),
        rule: Rule::OrphanSource,
        ..Problem::whole(&folder.join(&orphan.name), orphan.message())
    });
    let wrong = sources.iter().filter_map(|source| {
        let why = source.origin.as_ref().err()?;
        let name = text::line(&source.name);
        Some(Problem {
            line: source.line,
            rule: Rule::WrongSource,
            ..Problem::whole(&file, format!("the source {name} {why}"))
        })
    });
    orphans.chain(wrong).collect()
}

/// Problems of the files that the settings of the site name.
fn of_site(folder: &Path) -> Vec<Problem> {
    let problems = content::site_profile(folder).map(|(_, problems)| problems);
    let problems = problems.unwrap_or_default().into_iter();
    problems
        .map(|problem| Problem {
            file: folder.join(&problem.file),
            ..problem
        })
        .collect()
}

/// A warning for each open posting that lacks what search engines require or recommend.
fn of_publishing(folder: &Path, linted: &Linted, today: Date) -> Vec<Problem> {
    let postings = linted.board.postings().zip(&linted.places);
    let open = postings.filter(|(posting, _)| posting.is_open(today));
    let lacking = open.filter_map(|(posting, place)| {
        let lacking = job_posting::lacking(&posting);
        let (rule, message) = match (&*lacking.required, &*lacking.recommended) {
            ([], []) => return None,
            ([], recommended) => (
                Rule::LacksRecommended,
                format!(
                    "search engines recommend more for a job: {}",
                    recommended.join(", ")
                ),
            ),
            (required, _) => (
                Rule::LacksRequired,
                format!(
                    "search engines do not list this as a job: it lacks {}",
                    required.join(", ")
                ),
            ),
        };
        Some(Problem {
            severity: rule.severity(),
            rule,
            file: folder.join(&place.file),
            message,
            ..place.clone()
        })
    });
    lacking.collect()
}

/// Makes the paths of problems and links relative to the current directory.
fn under(folder: &Path, mut linted: Linted) -> Linted {
    let links = linted.links.iter_mut().map(|link| &mut link.place);
    for problem in linted.problems.iter_mut().chain(links) {
        problem.file = folder.join(&problem.file);
    }
    for allow in &mut linted.allows {
        allow.move_into(folder);
    }
    linted
}

fn print(format: CheckFormat, problems: &[Problem], output: &mut Output) -> Result<(), Failure> {
    let format = match format {
        CheckFormat::Text => {
            for problem in problems {
                writeln!(output, "{problem:#}")?;
            }
            return Ok(());
        }
        CheckFormat::Github => return github::write(problems, output),
        CheckFormat::Sarif => return sarif::write(problems, output),
        CheckFormat::Json => Format::Json,
        CheckFormat::Jsonl => Format::Jsonl,
        CheckFormat::Csv => Format::Csv,
        CheckFormat::Tsv => Format::Tsv,
    };
    let records: Vec<_> = problems.iter().map(ProblemRecord::new).collect();
    rows::write(format, &record::TITLES, records.iter(), output)
}

/// A path as tools of the same checkout know it: relative to the working directory where it is below it.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| path.strip_prefix(here).ok());
    let parts = below.unwrap_or(path).components();
    parts.filter(|part| *part != Component::CurDir).collect()
}

/// Summary of the contents, so that a mistyped folder is not mistaken for a valid board.
fn contents(folder: &Path, board: &Board, today: Date) -> String {
    let postings = counted(board.postings().len(), "posting");
    let closed = board.postings();
    let closed = match closed.filter(|posting| !posting.is_open(today)).count() {
        0 => String::new(),
        count => format!(", {count} of them closed"),
    };
    let interviews = counted(board.interviews().len(), "interview");
    let name = if folder.as_os_str().is_empty() {
        "the built-in board".to_owned()
    } else {
        text::line(&folder.to_string_lossy())
    };
    format!("{name} ({postings}{closed}, {interviews})")
}
