//! `jobdeck new`: creates a posting or an interview from a template.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::boards::Boards;
use super::new_board;
use super::{Failure, Outcome, Output, context, format, writing};
use crate::board::field::{LINE, TITLE};
use crate::board::{
    Board, Date, Employment, Interview, Level, Location, Person, Posting, SafeUrl, Workplace, text,
};
use crate::cli::{Global, New, NewInterview, NewPlace, NewPosting};
use crate::config::Config;
use crate::content::{self, LoadError, template};
use crate::import::bounded;
use crate::storage::FileLock;
use crate::terminal::editor;

/// Maximum length of an id made from a title, in bytes.
const ID: usize = 60;
/// Maximum number of ids tried for a title.
const TRIED: usize = 10_000;

/// Writes the file and prints its path.
pub(super) fn run(what: New, global: Global, output: &mut Output) -> Result<Outcome, Failure> {
    let config = context::config(&global, output);
    let today = context::today(global.today);
    let (place, path) = match what {
        New::Posting(args) => {
            check(args.title.as_deref(), args.url.as_deref())?;
            let (folder, board) = board(&args.place, global.boards, &config)?;
            let _lock = lock(&folder)?;
            let taken = |id: &str| board.posting(id).is_some();
            let mut posting = posting(&args, today);
            let title = posting.title.clone();
            let path = begin(&folder.join("postings"), &title, "posting", taken, |id| {
                id.clone_into(&mut posting.id);
                template::posting(&posting, today)
            })?;
            (args.place, path)
        }
        New::Interview(args) => {
            check(args.title.as_deref(), args.url.as_deref())?;
            let (folder, board) = board(&args.place, global.boards, &config)?;
            let _lock = lock(&folder)?;
            let taken = |id: &str| board.interview(id).is_some();
            let mut interview = interview(&args);
            let title = interview.title.clone();
            let path = begin(
                &folder.join("interviews"),
                &title,
                "interview",
                taken,
                |id| {
                    id.clone_into(&mut interview.id);
                    template::interview(&interview)
                },
            )?;
            (args.place, path)
        }
        New::Board(args) => return new_board::run(&args, today, output),
    };
    writeln!(output, "{}", text::line(&path.to_string_lossy()))?;
    output.flush()?;
    if place.edit {
        edit(&path, output)
    } else {
        Ok(Outcome::Found)
    }
}

/// Rejects values that `check` would reject in the file.
fn check(title: Option<&str>, url: Option<&str>) -> Result<(), Failure> {
    if title.is_some_and(|title| text::line(title).is_empty()) {
        return Err(Failure::Because("the title is empty".into()));
    }
    let long = |text: &str, most: usize| text::line(text).chars().count() > most;
    if title.is_some_and(|title| long(title, TITLE)) {
        let why = format!("the title is longer than {TITLE} characters");
        return Err(Failure::Because(why));
    }
    let Some(url) = url else { return Ok(()) };
    if long(url, LINE) {
        let why = format!("--url is longer than {LINE} characters");
        return Err(Failure::Because(why));
    }
    let safe = SafeUrl::parse(&text::line(url));
    safe.map_err(|refused| Failure::Because(format!("--url {}", refused.reason)))?;
    Ok(())
}

/// The board to which the file is added, and its current content.
fn board(
    place: &NewPlace,
    given: Vec<PathBuf>,
    config: &Config,
) -> Result<(PathBuf, Board), Failure> {
    let because = |reason: String| Failure::Because(reason);
    let given: Vec<_> = place.into.iter().cloned().chain(given).collect();
    let boards = Boards::choose(given, config);
    boards.only_own().map_err(Failure::Because)?;
    let [folder] = boards.folders.as_slice() else {
        let reason = if boards.folders.is_empty() {
            "no board here; name a folder with --into BOARD"
        } else {
            "several boards are open; choose one with --into BOARD"
        };
        return Err(because(reason.to_owned()));
    };
    match content::load(folder) {
        Ok(loaded) => Ok((folder.clone(), loaded.board)),
        // A new board starts with its first file.
        Err(LoadError::Missing(_)) if place.into.is_some() => {
            Ok((folder.clone(), Board::default()))
        }
        Err(error) => Err(because(error.to_string())),
    }
}

/// The lock of a board, where there is one already.
fn lock(folder: &Path) -> Result<Option<FileLock>, Failure> {
    folder.is_dir().then(|| writing::lock(folder)).transpose()
}

fn posting(args: &NewPosting, today: Date) -> Posting {
    let line = |text: &Option<String>| text.as_deref().map(text::line);
    let lines = |texts: &[String]| {
        texts
            .iter()
            .map(|text| text::line(text))
            .collect::<Vec<_>>()
    };
    Posting {
        title: line(&args.title).unwrap_or_default(),
        company: line(&args.company),
        team: line(&args.team),
        locations: args
            .locations
            .iter()
            .map(|place| Location::parse(&text::line(place)))
            .collect(),
        workplace: args.workplace.as_deref().and_then(Workplace::from_word),
        employment: args
            .employment
            .iter()
            .filter_map(|word| Employment::from_word(word))
            .collect(),
        level: args.level.as_deref().and_then(Level::from_word),
        posted: args.posted.or(Some(today)),
        closes: args.closes,
        url: line(&args.url),
        tags: lines(&args.tags),
        ..Posting::default()
    }
}

fn interview(args: &NewInterview) -> Interview {
    let line = |text: &Option<String>| text.as_deref().map(text::line);
    let role = line(&args.role);
    Interview {
        title: line(&args.title).unwrap_or_default(),
        person: line(&args.person).map(|name| Person { name, role }),
        url: line(&args.url),
        ..Interview::default()
    }
}

/// Writes the file under the first free id made from the title. Never overwrites a file.
fn begin(
    folder: &Path,
    title: &str,
    kind: &str,
    taken: impl Fn(&str) -> bool,
    mut page: impl FnMut(&str) -> String,
) -> Result<PathBuf, Failure> {
    let named = |path: &Path| text::line(&path.to_string_lossy());
    let because = |path: &Path, error: io::Error| {
        Failure::Because(format!("cannot write {}: {error}", named(path)))
    };
    fs::create_dir_all(folder).map_err(|error| because(folder, error))?;
    let words = match bounded(title, ID) {
        words if words.is_empty() => format!("new-{kind}"),
        words => words,
    };
    for number in 1..=TRIED {
        let id = match number {
            1 => words.clone(),
            number => format!("{words}-{number}"),
        };
        if taken(&id) {
            continue;
        }
        let path = folder.join(format!("{id}.toml"));
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        match file.and_then(|mut file| file.write_all(page(&id).as_bytes())) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(because(&path, error)),
        }
    }
    Err(Failure::Because(format!("every id for {title} is taken")))
}

/// Opens the file in an editor, then reports its problems.
fn edit(path: &Path, output: &mut Output) -> Result<Outcome, Failure> {
    editor::edit_file(path).map_err(Failure::because)?;
    let unreadable =
        |error: io::Error| Failure::Because(format!("cannot read what was edited: {error}"));
    let source = fs::read_to_string(path).map_err(unreadable)?;
    let laid_out = content::format::text(path, &source);
    match laid_out.map_err(|error| Failure::Because(error.to_string()))? {
        Ok(_) => Ok(Outcome::Found),
        Err(problems) => {
            format::print_problems(&problems, output);
            Ok(Outcome::Nothing)
        }
    }
}
