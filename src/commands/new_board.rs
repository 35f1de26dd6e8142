//! `jobdeck new board`: creates the folder of a board that can be checked, shown and published at once.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Failure, Outcome, Output};
use crate::board::field::TITLE;
use crate::board::{Board, Date, Location, Posting, text};
use crate::cli::NewBoard;
use crate::content::{template, write};
use crate::import::bounded;

/// Maximum length of a folder's name made from that of the board, in bytes.
const FOLDER: usize = 60;

/// Publishes the board with GitHub Pages.
const WORKFLOW: &str = include_str!("new_board/workflow.yml");

/// Writes the files and prints their paths.
pub(super) fn run(args: &NewBoard, today: Date, output: &mut Output) -> Result<Outcome, Failure> {
    // `new board boards/acme` is the folder; its last part names the board.
    let path = Path::new(&args.name);
    let is_path = args.folder.is_none() && path.components().count() > 1;
    let last = path.file_name().filter(|_| is_path);
    let name = last.map_or_else(
        || text::line(&args.name),
        |last| text::line(&last.to_string_lossy()),
    );
    if name.is_empty() || name.chars().count() > TITLE {
        let why = format!("a name has 1 to {TITLE} characters");
        return Err(Failure::Because(why));
    }
    let folder = match (&args.folder, bounded(&name, FOLDER)) {
        (Some(folder), _) => folder.clone(),
        (None, _) if is_path => path.to_owned(),
        (None, folder) if folder.is_empty() => {
            return Err(Failure::Because("say which folder to write to".to_owned()));
        }
        (None, folder) => PathBuf::from(folder),
    };
    let because = |path: &Path, error: &io::Error| {
        let path = text::line(&path.to_string_lossy());
        Failure::Because(format!("cannot write {path}: {error}"))
    };
    let is_empty = match folder.read_dir() {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(because(&folder, &error)),
    };
    if !is_empty {
        let folder = text::line(&folder.to_string_lossy());
        let why = format!("{folder} is not empty; a new board starts in a folder of its own");
        return Err(Failure::Because(why));
    }
    for (path, text) in files(&name, today) {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| because(parent, &error))?;
        }
        let file = fs::File::create_new(&path);
        file.and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|error| because(&path, &error))?;
        writeln!(output, "{}", text::line(&path.to_string_lossy()))?;
    }
    let folder = text::line(&folder.to_string_lossy());
    output.note(&format!("`jobdeck {folder}` opens it"));
    Ok(Outcome::Found)
}

/// Files of a new board.
fn files(name: &str, today: Date) -> [(&'static str, String); 4] {
    let mut board = Board::new(name.to_owned(), Vec::new(), Vec::new());
    board.description = Some(format!("Open positions at {name}."));
    let sources = "\
# Postings can also come from a hiring system. `jobdeck add ADDRESS` lists a source, `jobdeck sync` fetches it:
# [[source]]
# url = \"https://jobs.lever.co/acme\"
# company = \"Acme\"

# A change to a posting that comes from a source:
# [[override]]
# id = \"lever-acme.1\"
# pinned = true
";
    let posting = Posting {
        id: "example".into(),
        title: "An example: replace it with your first posting".into(),
        company: Some(name.to_owned()),
        locations: vec![Location::parse("Berlin, Germany")],
        posted: Some(today),
        description: "## About the role\n\nWhat there is to do, and with whom: the problem, the team, the tools, and what a good first year \
             looks like.\n\n## What you bring\n\n- What is needed from the first day\n- What can be learnt here".into(),
        ..Posting::default()
    };
    [
        ("board.toml", format!("{}\n{sources}", write::board(&board))),
        ("postings/example.toml", template::posting(&posting, today)),
        (".gitignore", "/site/\n".to_owned()),
        (".github/workflows/board.yml", WORKFLOW.to_owned()),
    ]
}
