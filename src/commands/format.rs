//! `jobdeck fmt`: formats a board's files.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::path::Path;

use super::boards::Boards;
use super::{Failure, Outcome, Output, context, counted, writing};
use crate::board::text;
use crate::cli::{Fmt, Global};
use crate::content::Problem;
use crate::content::format::{self, Done, Listed};
use crate::storage::FileLock;

/// Formats the selected files; prints those that change, and the problems of those that cannot be formatted.
pub(super) fn run(args: &Fmt, global: Global, output: &mut Output) -> Result<Outcome, Failure> {
    if args.what == [Path::new("-")] {
        return standard(args.check, output);
    }
    let (_locks, files) = meant(args, global, output)?;
    let of = counted(files.len(), "file");
    let done = format::files(files, !args.check);
    let done = done.map_err(|error| Failure::Because(error.to_string()))?;
    let (mut changed, mut left) = (0, 0);
    for (name, done) in &done {
        match done {
            Done::Same => {}
            Done::Changed => {
                changed += 1;
                writeln!(output, "{}", text::line(&name.to_string_lossy()))?;
            }
            Done::Left(problems) => {
                left += 1;
                print_problems(problems, output);
            }
        }
    }
    let verb = if args.check {
        "would change"
    } else {
        "changed"
    };
    let alone = match left {
        0 => String::new(),
        left => format!(", {left} skipped because of mistakes"),
    };
    output.note(&format!("{changed} of {of} {verb}{alone}"));
    Ok(Outcome::from_found(
        left == 0 && !(args.check && changed > 0),
    ))
}

/// The files that are meant: those given, and those of the boards given or usual; with the locks of the boards that are
/// written to.
fn meant(
    args: &Fmt,
    global: Global,
    output: &mut Output,
) -> Result<(Vec<FileLock>, Vec<Listed>), Failure> {
    let because = |error: crate::content::LoadError| Failure::Because(error.to_string());
    let what = args.what.iter().cloned();
    let (mut folders, files): (Vec<_>, Vec<_>) = what.partition(|path| path.is_dir());
    if files.is_empty() {
        let config = context::config(&global, output);
        let boards = Boards::choose(folders.into_iter().chain(global.boards).collect(), &config);
        if boards.folders.is_empty() {
            let reason = "the built-in board cannot be formatted; name a folder or a file";
            return Err(Failure::Because(reason.to_owned()));
        }
        boards.only_own().map_err(Failure::Because)?;
        boards.verify().map_err(Failure::Because)?;
        folders = boards.folders;
    } else {
        folders.extend(global.boards);
    }
    let mut locks = Vec::new();
    let mut locked = BTreeSet::new();
    let mut listed = Vec::new();
    for folder in folders {
        // The lock of a folder that is named twice is held already.
        let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        if !args.check && locked.insert(real) {
            locks.push(writing::lock(&folder)?);
        }
        listed.extend(format::listed(&folder).map_err(because)?);
    }
    listed.extend(files.into_iter().map(|file| {
        let real = file.canonicalize();
        let real = real.map_err(|error| format!("cannot be read: {error}"));
        (file, real)
    }));
    Ok((locks, listed))
}

/// Formats standard input to standard output, for use as an editor filter.
fn standard(check: bool, output: &mut Output) -> Result<Outcome, Failure> {
    let unreadable = |why: String| Failure::Because(format!("standard input {why}"));
    let mut source = String::new();
    let read = io::stdin().lock().read_to_string(&mut source);
    read.map_err(|error| unreadable(format!("cannot be read: {error}")))?;
    let laid_out = format::text(Path::new("-"), &source);
    match laid_out.map_err(|error| Failure::Because(error.to_string()))? {
        Ok(text) if check => Ok(Outcome::from_found(text == source)),
        Ok(text) => {
            output.write_all(text.as_bytes())?;
            Ok(Outcome::Found)
        }
        Err(problems) => {
            print_problems(&problems, output);
            // On failure, echo the input: the editor replaces its buffer with the output.
            if !check {
                output.write_all(source.as_bytes())?;
            }
            Ok(Outcome::Nothing)
        }
    }
}

pub(super) fn print_problems(problems: &[Problem], output: &mut Output) {
    for problem in problems {
        output.note(&problem.to_string());
    }
}
