//! The files of a shelf: read whole, replaced whole.

use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::super::sheet::Sheet;
use super::super::{files, problem::Problem, write};
use super::ShelfError;

/// What a file begins with.
const HEADER: &str = "\
# Written by `jobdeck import`. A posting that changes at its source is written anew: keep what is yours in another file.
";

pub(super) fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.toml"))
}

/// The names of the files in a folder, without their ending.
pub(super) fn names(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let name = name.to_str().and_then(|name| name.strip_suffix(".toml"));
        names.extend(name.map(str::to_owned));
    }
    Ok(names)
}

/// The text of a file that holds these tables.
pub(super) fn of(tables: impl Iterator<Item = String>) -> String {
    let mut text = String::from(HEADER);
    for table in tables {
        text.push('\n');
        text.push_str(&table);
    }
    text
}

/// What a file holds, and its bytes. One that is not there holds nothing.
pub(super) fn read(folder: &Path, name: &str) -> Result<(Sheet, Vec<u8>), ShelfError> {
    let path = path(folder, name);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(ShelfError::Io(path, error)),
    };
    let short = PathBuf::from(format!("{name}.toml"));
    let mistaken = |problem| ShelfError::Mistaken(folder.to_owned(), Box::new(problem));
    let source = files::text(&bytes).map_err(|why| mistaken(Problem::whole(&short, why)))?;
    let sheet = Sheet::read(&short, source);
    // A problem that is ours to keep, such as a place that the source misspelt, comes back as it was.
    let postings = sheet
        .postings
        .iter()
        .map(|(posting, _)| write::posting(posting));
    let interviews = sheet
        .interviews
        .iter()
        .map(|(interview, ..)| write::interview(interview));
    if let Some(problem) = sheet.problems.first()
        && of(postings.chain(interviews)) != source
    {
        return Err(mistaken(problem.clone()));
    }
    Ok((sheet, bytes))
}

/// Puts a file in its place in one step.
pub(super) fn write(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let mut file = tempfile::Builder::new()
        .prefix(".jobdeck-")
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path(folder, name))?;
    Ok(())
}

/// Removes a file, if it is there.
pub(super) fn remove(folder: &Path, name: &str) -> io::Result<()> {
    match fs::remove_file(path(folder, name)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Makes the names in a folder, and its own, last.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()?;
    match folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}
