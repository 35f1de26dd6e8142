//! Delimited text: CSV, and what spreadsheets call CSV.

use ::csv::{Reader, ReaderBuilder};

/// Number of rows inspected to distinguish a table from prose.
const ROWS: usize = 5;
/// Maximum length of a column name.
const NAME: usize = 80;

/// A reader of the rows. A row of another length is an error, since its values may be shifted.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let first = text.lines().next().unwrap_or_default();
    let most = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|one| first.bytes().filter(|byte| byte == one).count());
    ReaderBuilder::new()
        .delimiter(most.unwrap_or(b','))
        .from_reader(text.as_bytes())
}

/// Column names, if a text is a table: a header and rows of the same length.
pub(super) fn columns(text: &str) -> Option<Vec<String>> {
    let mut from = reader(text);
    let header = from.headers().ok()?;
    let names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    let is_name = |name: &String| !name.is_empty() && name.chars().count() <= NAME;
    if names.len() < 2 || !names.iter().all(is_name) {
        return None;
    }
    let mut records = from.records().take(ROWS);
    let first = records.next()?;
    let is_even = first.is_ok() && records.all(|record| record.is_ok());
    is_even.then_some(names)
}
