//! `jobdeck check`: everything that is wrong in a board's files.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::boards::Boards;
use super::{Failure, Outcome, Output, counted, opened};
use crate::board::{Board, text};
use crate::cli::{Check, CheckFormat, Global};
use crate::content::Problem;

/// A problem as other programs read it.
#[derive(Serialize)]
struct ProblemRecord<'a> {
    file: String,
    line: usize,
    column: usize,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    source_line: &'a str,
}

impl<'a> ProblemRecord<'a> {
    fn new(problem: &'a Problem) -> Self {
        Self {
            file: text::line(&problem.file.to_string_lossy()),
            line: problem.line,
            column: problem.column,
            message: &problem.message,
            hint: problem.hint.as_deref(),
            source_line: &problem.source_line,
        }
    }
}

/// Prints every problem, each with a path that an editor opens from here.
pub(super) fn run(args: Check, global: Global, output: &mut Output) -> Result<Outcome, Failure> {
    let config = opened::config(&global, output);
    let given = args.board.into_iter().chain(global.boards).collect();
    let boards = Boards::choose(given, &config);
    let mut problems = Vec::new();
    let mut read = Vec::new();
    for (folder, loaded) in boards.load_each().map_err(Failure::Because)? {
        problems.extend(loaded.problems.into_iter().map(|problem| Problem {
            file: folder.join(&problem.file),
            ..problem
        }));
        read.push(contents(&folder, &loaded.board));
    }
    match args.format {
        CheckFormat::Text => {
            for problem in &problems {
                writeln!(output, "{problem}")?;
            }
        }
        CheckFormat::Json => {
            let records: Vec<_> = problems.iter().map(ProblemRecord::new).collect();
            serde_json::to_writer_pretty(&mut *output, &records).map_err(std::io::Error::from)?;
            writeln!(output)?;
        }
    }
    let found = match problems.len() {
        0 => "no problems".to_owned(),
        count => counted(count, "problem"),
    };
    output.note(&format!("{found} in {}", read.join(" and ")));
    Ok(Outcome::of(problems.is_empty()))
}

/// What was read, so that a mistaken folder does not pass for a sound board.
fn contents(folder: &Path, board: &Board) -> String {
    let postings = counted(board.postings().len(), "posting");
    let interviews = counted(board.interviews().len(), "interview");
    let name = if folder.as_os_str().is_empty() {
        "the board inside jobdeck".to_owned()
    } else {
        text::line(&folder.to_string_lossy())
    };
    format!("{name} ({postings}, {interviews})")
}
