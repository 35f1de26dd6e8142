//! Adds overrides to a file of the board's own, which syncs do not touch otherwise.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::super::parsed_file::ParsedFile;
use super::super::regular_file;
use super::{HandEdit, write};

/// Name of the file.
pub(super) const FILE: &str = "overrides.toml";
/// Sources are synced in parallel, and all of them add to one file.
static APPENDING: Mutex<()> = Mutex::new(());

/// Adds hand edits as overrides to a file of the board, and hides postings.
///
/// # Errors
/// The file cannot be read or written, or has a mistake that would swallow them: why.
pub(super) fn append<'a>(
    board: &Path,
    edits: impl Iterator<Item = &'a HandEdit>,
    hidden: &[String],
) -> Result<(), String> {
    let mut added = String::new();
    let mut count = 0;
    for edit in edits {
        count += 1;
        let _ = write!(added, "\n[[override]]\nid = {}\n", write::string(&edit.id));
        for (name, value) in &edit.fields {
            let empty = if *name == "pinned" { "false" } else { "[]" };
            let value = value.as_deref().unwrap_or(empty);
            let _ = writeln!(added, "{name} = {value}");
        }
    }
    for id in hidden {
        count += 1;
        let id = write::string(id);
        let _ = write!(added, "\n[[override]]\nid = {id}\nhidden = true\n");
    }
    if count == 0 {
        return Ok(());
    }
    let _appending = APPENDING.lock().unwrap_or_else(PoisonError::into_inner);
    let path = board.join(FILE);
    let bytes = if path.symlink_metadata().is_ok() {
        regular_file::fetch(&path)?
    } else {
        Vec::new()
    };
    let before = regular_file::text(&bytes)?;
    let mut text = before.trim_end().to_owned();
    text.push_str(if text.is_empty() { "" } else { "\n" });
    text.push_str(
        added
            .strip_prefix('\n')
            .filter(|_| text.is_empty())
            .unwrap_or(&added),
    );
    let overrides = |text: &str| ParsedFile::read(Path::new(FILE), text).overrides.len();
    if overrides(&text) != overrides(before) + count {
        return Err("has a mistake; fix it first".to_owned());
    }
    regular_file::replace(&path, &text).map_err(|error| format!("cannot be written: {error}"))
}
