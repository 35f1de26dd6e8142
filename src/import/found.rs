//! Descriptions of unexpected inputs, for messages.

use super::json::List;
use super::recognise::{Kind, Sample};
use super::{html, table};
use crate::board::text;

/// Maximum number of names listed.
const NAMES: usize = 16;
/// Hint on mapping columns.
pub(super) const WAY_OUT: &str =
    "; say which is which: --map title=…,url=… here, `map` in a `[[source]]`";
/// Maximum length of a quoted name or text.
const QUOTED: usize = 48;

/// Describes an input: `JSON with the keys …`, `an HTML page, “Welcome”`.
pub(super) fn described(sample: &Sample<'_>) -> String {
    match sample.kind() {
        Kind::Json => json(sample.lists()),
        Kind::Xml => xml(sample),
        Kind::Html => page(sample.text()),
        Kind::Text => prose(sample.text()),
    }
}

fn prose(text: &str) -> String {
    if let Some(columns) = table::columns(text) {
        return format!("it is a table with the columns {}", names(&columns));
    }
    let first = text.lines().next().unwrap_or_default();
    format!("it is text that begins “{}”", quoted(first))
}

/// Describes a JSON document with these lists.
pub(super) fn json(lists: &[List]) -> String {
    let list = lists
        .iter()
        .find(|list| list.has_rows && !list.keys.is_empty());
    if let Some(list) = list.filter(|list| !list.path.is_empty()) {
        let (path, keys) = (quoted(&list.path), names(&list.keys));
        return format!("it is JSON with a list `{path}` whose rows have the keys {keys}");
    }
    if let Some(list) = list {
        return format!(
            "it is a JSON list whose rows have the keys {}",
            names(&list.keys)
        );
    }
    match lists.last().filter(|document| document.path.is_empty()) {
        Some(document) if !document.keys.is_empty() => {
            format!("it is JSON with the keys {}", names(&document.keys))
        }
        Some(_) => "it is JSON without any objects".to_owned(),
        // The title of a schema is left out.
        None => "it is a JSON Schema".to_owned(),
    }
}

fn xml(sample: &Sample<'_>) -> String {
    let kinds = sample.elements();
    let Some(root) = kinds.first() else {
        return "it is damaged XML".to_owned();
    };
    let rows = kinds.iter().skip(1).max_by_key(|kind| kind.children.len());
    match rows.filter(|rows| rows.children.len() > 1) {
        Some(rows) => {
            let (path, children) = (quoted(&rows.path), names(&rows.children));
            format!("it is XML with elements `{path}` that hold {children}")
        }
        None => format!("it is XML with the root `{}`", quoted(&root.path)),
    }
}

fn page(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|at| {
        let start = at + text[at..].find('>')? + 1;
        let end = start + lower[start..].find("</title")?;
        Some(html::plain(&text[start..end]))
    });
    match title
        .map(|title| quoted(&title))
        .filter(|title| !title.is_empty())
    {
        Some(title) => format!("it is an HTML page, “{title}”"),
        None => "it is an HTML page".to_owned(),
    }
}

/// The hint on mapping columns; empty unless the input is a list.
pub(super) fn way_out(sample: &Sample<'_>) -> &'static str {
    let has_columns = match sample.kind() {
        Kind::Json => sample
            .lists()
            .iter()
            .any(|list| list.has_rows && !list.keys.is_empty()),
        Kind::Xml => sample.elements().iter().any(|kind| kind.children.len() > 1),
        Kind::Text => table::columns(sample.text()).is_some(),
        Kind::Html => false,
    };
    if has_columns { WAY_OUT } else { "" }
}

/// Joins names to a list in prose.
pub(super) fn names<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    let mut names = names.into_iter();
    let told = names.by_ref().take(NAMES);
    let told: Vec<_> = told.map(|name| format!("`{}`", quoted(name))).collect();
    let told = told.join(", ");
    match Some(names.count()).filter(|more| *more > 0) {
        Some(more) => format!("{told} and {more} more"),
        None => told,
    }
}

/// Quotes external text on one short line.
fn quoted(written: &str) -> String {
    let line = text::line(written);
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
