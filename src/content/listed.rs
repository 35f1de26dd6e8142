//! Reads the `[[source]]` tables of a board's `board.toml`, which say where its postings come from.

use std::fmt::{self, Write as _};
use std::io;
use std::path::Path;

use super::fields::TableFields;
use super::parsed_file::ParsedFile;
use super::problem::Problem;
use super::{LoadError, files, write};

/// File that lists the sources.
pub(super) const FILE: &str = "board.toml";
pub(super) const KEYS: &[&str] = &[
    "url",
    "name",
    "ids",
    "format",
    "company",
    "map",
    "rows",
    "only",
    "tags",
    "expires_after",
];
/// Maximum number of days after which postings may expire.
const MOST_DAYS: u16 = 3660;

/// A source of a board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedSource {
    /// URL of a feed, or of a company's job board as shown in a browser.
    pub url: String,
    /// Name of its folder and prefix of its ids.
    pub name: Option<String>,
    /// Prefix of its ids, if it was renamed since.
    pub ids: Option<String>,
    /// Feed format, if it cannot be detected from the content.
    pub format: Option<String>,
    /// Company, if the feed does not name it.
    pub company: Option<String>,
    /// For lists of unknown format: pairs of posting field and column.
    pub map: Vec<(String, String)>,
    /// Path to the list of postings in such a feed.
    pub rows: Option<String>,
    /// Query that its postings must match.
    pub only: Option<String>,
    /// Tags that all of its postings get.
    pub tags: Vec<String>,
    /// Days after which a posting without a closing date expires.
    pub expires_after: Option<u16>,
    /// Its line in `board.toml`.
    pub line: usize,
}

/// The sources of the board in a folder, and the problems of the file that lists them. Reads no other file.
///
/// # Errors
/// The file exists but cannot be read. A missing file lists no sources.
pub fn sources(dir: &Path) -> Result<(Vec<ListedSource>, Vec<Problem>), LoadError> {
    let path = dir.join(FILE);
    if !path.exists() {
        return match dir.read_dir() {
            Ok(_) => Ok((Vec::new(), Vec::new())),
            Err(error) => Err(LoadError::of(dir, error)),
        };
    }
    let bytes = match files::fetch(&path) {
        Ok(bytes) => bytes,
        Err(why) => return Ok((Vec::new(), vec![Problem::whole(Path::new(FILE), why)])),
    };
    Ok(match files::text(&bytes) {
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
        files::fetch(&path).map_err(ListError::Unreadable)?
    } else {
        Vec::new()
    };
    let before = files::text(&bytes).map_err(ListError::Unreadable)?;
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
    files::replace(&path, &text).map_err(ListError::Unwritable)?;
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

/// The source in a table; `None` without a URL.
pub(super) fn source(fields: TableFields<'_>, line: usize) -> Option<ListedSource> {
    let fields = fields.known(KEYS);
    fields.missing("url", super::fields::LEFT_OUT);
    let url = fields.url("url");
    let web = url.as_ref().is_none_or(|url| !url.starts_with("mailto:"));
    if !web {
        fields.wrong("url", "`url` must be http or https", None);
    }
    let expires_after = fields.line("expires_after").and_then(|written| {
        let days = days(&written);
        if days.is_none() {
            let hint = Some("a number of days, as in \"60d\"".to_owned());
            fields.wrong(
                "expires_after",
                "`expires_after` is no number of days",
                hint,
            );
        }
        days
    });
    let tags = fields.lines("tags").unwrap_or_default().into_iter();
    let listed = ListedSource {
        url: url.filter(|_| web)?,
        name: fields.line("name"),
        ids: fields.line("ids"),
        format: fields.line("format"),
        company: fields.line("company"),
        map: fields.lines_of("map"),
        rows: fields.line("rows"),
        only: fields.line("only"),
        tags: tags.map(|(tag, _)| tag).collect(),
        expires_after,
        line,
    };
    Some(listed)
}

/// The number of days in a text such as `60d` or `8w`.
fn days(written: &str) -> Option<u16> {
    let (number, unit) = written.split_at(written.len().checked_sub(1)?);
    let number: u16 = number.trim().parse().ok()?;
    let days = match unit {
        "d" => number,
        "w" => number.checked_mul(7)?,
        _ => return None,
    };
    (1..=MOST_DAYS).contains(&days).then_some(days)
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
    let bytes = files::fetch(&path)?;
    let text = files::text(&bytes)?;
    let before = read(text);
    let at = before.sources.iter().position(|source| source.line == line);
    let at = at.ok_or("does not list the source any more")?;
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
    files::replace(&path, &document.to_string())
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
