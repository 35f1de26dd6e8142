//! The list of sources in a board's `board.toml`: read, added to and renamed in, with the rest of the file as it is.

use std::fmt::{self, Write as _};
use std::io;
use std::path::Path;

use super::listed::{FILE, ListedSource};
use super::parsed_file::ParsedFile;
use super::problem::Problem;
use super::{LoadError, regular_file, write};

/// The sources of the board in a folder, and the problems of the file that lists them. Reads no other file.
///
/// # Errors
/// The file exists but cannot be read. A missing file lists no sources.
pub fn sources(dir: &Path) -> Result<(Vec<ListedSource>, Vec<Problem>), LoadError> {
    let path = dir.join(FILE);
    if !path.exists() {
        return match dir.read_dir() {
            Ok(_) => Ok((Vec::new(), Vec::new())),
            Err(error) => Err(LoadError::from_io(dir, error)),
        };
    }
    let bytes = match regular_file::fetch(&path) {
        Ok(bytes) => bytes,
        Err(why) => return Ok((Vec::new(), vec![Problem::whole(Path::new(FILE), why)])),
    };
    Ok(match regular_file::text(&bytes) {
        Ok(text) => {
            let parsed_file = ParsedFile::read(Path::new(FILE), text);
            (parsed_file.sources, parsed_file.problems)
        }
        Err(why) => (Vec::new(), vec![Problem::whole(Path::new(FILE), why)]),
    })
}

/// Why a source was not added to `board.toml`.
#[derive(Debug)]
pub enum ListError {
    /// The file cannot be read, for this reason.
    Unreadable(String),
    /// The file has a mistake, and may not take up another table.
    Mistake(Box<Problem>),
    /// The file lists its sources in another way than as `[[source]]`.
    OtherLayout,
    /// The file cannot be written.
    Unwritable(io::Error),
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => f.write_str(why),
            Self::Mistake(problem) => write!(f, "{problem}"),
            Self::OtherLayout => write!(f, "does not list its sources as [[source]]"),
            Self::Unwritable(error) => write!(f, "cannot be written: {error}"),
        }
    }
}

impl std::error::Error for ListError {}

/// Adds a source to the `board.toml` of the board in a folder; the rest of the file stays as it is. The line of
/// its address.
///
/// # Errors
/// The file cannot be read or written, or would not list the source.
pub fn list_source(board: &Path, source: &ListedSource) -> Result<usize, ListError> {
    let path = board.join(FILE);
    let bytes = if path.symlink_metadata().is_ok() {
        regular_file::fetch(&path).map_err(ListError::Unreadable)?
    } else {
        Vec::new()
    };
    let before = regular_file::text(&bytes).map_err(ListError::Unreadable)?;
    let text = with_source(before, source);
    let (old, new) = (read(before), read(&text));
    let is_added = new.sources.len() == old.sources.len() + 1;
    let Some(added) = new.sources.last().filter(|_| is_added) else {
        let mistake = new.problems.into_iter().next();
        return Err(mistake.map_or(ListError::OtherLayout, |problem| {
            ListError::Mistake(Box::new(problem))
        }));
    };
    let line = added.line;
    regular_file::replace(&path, &text).map_err(ListError::Unwritable)?;
    Ok(line)
}

fn read(text: &str) -> ParsedFile {
    ParsedFile::read(Path::new(FILE), text)
}

/// A file with one more source at its end.
fn with_source(before: &str, source: &ListedSource) -> String {
    let mut text = before.to_owned();
    if !text.is_empty() {
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
    }
    text.push_str("[[source]]\n");
    let map = source.map.iter();
    let map: Vec<_> = map
        .map(|(field, column)| format!("{field} = {}", write::string(column)))
        .collect();
    let map = (!map.is_empty()).then(|| write::inline(&map));
    let tags = source.tags.iter().map(|tag| write::string(tag));
    let tags = write::listed(&tags.collect::<Vec<_>>(), "tags");
    let tags = (!source.tags.is_empty()).then_some(tags);
    let expires_after = source.expires_after.map(|days| format!("\"{days}d\""));
    let string = |value: &Option<String>| value.as_deref().map(write::string);
    for (key, value) in [
        ("url", Some(write::string(&source.url))),
        ("name", string(&source.name)),
        ("ids", string(&source.ids)),
        ("format", string(&source.format)),
        ("company", string(&source.company)),
        ("map", map),
        ("rows", string(&source.rows)),
        ("only", string(&source.only)),
        ("tags", tags),
        ("expires_after", expires_after),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "{key} = {value}");
        }
    }
    text
}

/// Sets a key. One that is there keeps the comments around it.
fn set(table: &mut toml_edit::Table, key: &str, text: &str) {
    match table.get_mut(key) {
        Some(item) => *item = toml_edit::value(text),
        None => {
            table.insert(key, toml_edit::value(text));
        }
    }
}

/// Renames the folder of a source.
pub fn rename_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::rename(from, to)
}

/// Gives a listed source another name, under which it keeps the prefix of its ids. The rest of the file stays as it is.
///
/// # Errors
/// The file cannot be read or written, or lists no source at this line: why.
pub fn rename_source(board: &Path, line: usize, name: &str, ids: &str) -> Result<(), String> {
    let path = board.join(FILE);
    let bytes = regular_file::fetch(&path)?;
    let text = regular_file::text(&bytes)?;
    let before = read(text);
    let at = before.sources.iter().position(|source| source.line == line);
    let at = at.ok_or("no longer lists the source")?;
    let mut document: toml_edit::DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let sources = document.get_mut("source");
    let sources = sources.and_then(toml_edit::Item::as_array_of_tables_mut);
    let table = sources
        .filter(|sources| sources.len() == before.sources.len())
        .and_then(|sources| sources.get_mut(at));
    let table = table.ok_or("does not list its sources as [[source]]")?;
    set(table, "name", name);
    if ids == name {
        table.remove("ids");
    } else {
        set(table, "ids", ids);
    }
    regular_file::replace(&path, &document.to_string())
        .map_err(|error| format!("cannot be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(url: &str) -> ListedSource {
        ListedSource {
            url: url.into(),
            company: Some("Ice \"&\" Snow".into()),
            map: vec![("title".into(), "Job, name".into())],
            only: Some("rust | go".into()),
            tags: vec!["ice".into(), "cold".into()],
            expires_after: Some(60),
            ..ListedSource::default()
        }
    }

    #[test]
    fn a_source_is_appended_to_the_file() {
        let board = tempfile::tempdir().unwrap();
        let file = board.path().join(FILE);
        let before =
            "[board]\nname = \"Ice\" # ours\n\n# first\n[[source]]\nurl = \"https://a.example/\"";
        std::fs::write(&file, before).unwrap();
        let line = list_source(board.path(), &listed("https://b.example/")).unwrap();
        assert_eq!(line, 9);
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with(before), "{text}");
        let (sources, problems) = sources(board.path()).unwrap();
        assert!(problems.is_empty(), "{problems:?}");
        let expected = ListedSource {
            line: 9,
            ..listed("https://b.example/")
        };
        assert_eq!(sources[1], expected);
    }

    #[test]
    fn a_file_that_would_not_list_it_stays_as_it_is() {
        let board = tempfile::tempdir().unwrap();
        let file = board.path().join(FILE);
        for before in ["source = []\n", "name = \"unclosed\n", "x = 1\nx = 2\n"] {
            std::fs::write(&file, before).unwrap();
            let listed = list_source(board.path(), &listed("https://b.example/"));
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(listed.is_err() == (text == before), "{text}");
        }
        std::fs::remove_file(&file).unwrap();
        std::os::unix::fs::symlink("elsewhere.toml", &file).unwrap();
        assert!(list_source(board.path(), &listed("https://b.example/")).is_err());
    }
}
