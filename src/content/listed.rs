//! Reads the `[[source]]` tables of a board's `board.toml`, which say where its postings come from.

use std::path::Path;

use super::fields::Fields;
use super::problem::Problem;
use super::sheet::Sheet;
use super::{LoadError, files};

/// File that lists the sources.
pub(super) const FILE: &str = "board.toml";
pub(super) const KEYS: &[&str] = &["url", "name", "format", "company", "map", "rows"];

/// A source of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSource {
    /// URL of a feed, or of a company's job board as shown in a browser.
    pub url: String,
    /// Name of its folder and prefix of its ids.
    pub name: Option<String>,
    /// Feed format, if it cannot be detected from the content.
    pub format: Option<String>,
    /// Company, if the feed does not name it.
    pub company: Option<String>,
    /// For lists of unknown format: pairs of posting field and column.
    pub map: Vec<(String, String)>,
    /// Path to the list of postings in such a feed.
    pub rows: Option<String>,
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
            let sheet = Sheet::read(Path::new(FILE), text);
            (sheet.sources, sheet.problems)
        }
        Err(why) => (Vec::new(), vec![Problem::whole(Path::new(FILE), why)]),
    })
}

/// The source in a table; `None` without a URL.
pub(super) fn source(fields: Fields<'_>, line: usize) -> Option<ListedSource> {
    let fields = fields.known(KEYS);
    fields.missing("url", super::fields::LEFT_OUT);
    let url = fields.url("url");
    let web = url.as_ref().is_none_or(|url| !url.starts_with("mailto:"));
    if !web {
        fields.wrong("url", "`url` must be http or https", None);
    }
    let listed = ListedSource {
        url: url.filter(|_| web)?,
        name: fields.line("name"),
        format: fields.line("format"),
        company: fields.line("company"),
        map: fields.lines_of("map"),
        rows: fields.line("rows"),
        line,
    };
    Some(listed)
}
