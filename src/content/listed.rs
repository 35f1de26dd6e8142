//! The `[[source]]` tables of a board's `board.toml`: where its postings come from.

use std::path::Path;

use super::fields::Fields;
use super::problem::Problem;
use super::sheet::Sheet;
use super::{LoadError, files};

/// The file in which sources are listed.
pub(super) const FILE: &str = "board.toml";
pub(super) const KEYS: &[&str] = &["url", "name", "format", "company", "map", "rows"];

/// A source that a board lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSource {
    /// Where it is: the address of a feed, or of a company's board as a browser shows it.
    pub url: String,
    /// What to call it: the name of its folder, and the first part of its ids.
    pub name: Option<String>,
    /// Its format, where it is not to be told from the content.
    pub format: Option<String>,
    /// Who hires, where the feed does not say.
    pub company: Option<String>,
    /// The columns that hold the fields of a posting, where the feed is a list of no known format: field and column.
    pub map: Vec<(String, String)>,
    /// The path to the list of the postings in such a feed.
    pub rows: Option<String>,
    /// The line of `board.toml` that it stands on.
    pub line: usize,
}

/// The sources that the board in a folder lists, and what is wrong in the file that lists them. Nothing else is read.
///
/// # Errors
/// The file cannot be read. One that is not there lists nothing.
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

/// The source in a table; `None` if it says not where it is.
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
