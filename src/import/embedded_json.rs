//! Reads postings embedded as JSON in the scripts of career pages.

use super::Drafts;
use super::json;

/// The data after a mark.
pub(super) fn data<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let at = memchr::memmem::find(text.as_bytes(), mark.as_bytes())?;
    Some(&text[at + mark.len() - 1..])
}

/// Rows of the list at `path` in the data after a mark.
pub(super) fn drafts<'a, R: json::Row<'a> + 'a>(
    text: &'a str,
    mark: &str,
    path: &[&str],
) -> Result<Drafts<'a>, String> {
    let data = data(text, mark).ok_or("its page contains no posting data")?;
    let above = &text.as_bytes()[..text.len() - data.len()];
    let above = memchr::memchr_iter(b'\n', above).count();
    let rows = json::drafts::<R>(data, path)?;
    Ok(Box::new(rows.map(move |(mut place, draft)| {
        place.line += above;
        (place, draft)
    })))
}
