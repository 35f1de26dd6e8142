//! Formats the tables of a document: orders their keys, styles each value and normalises what is between them.

use toml_edit::{Decor, DocumentMut, Item, RawString, Table, Value};

use super::{keys, styled};

/// Formats a whole document.
pub(super) fn document(document: &mut DocumentMut) {
    let mut first = true;
    // At the top level the author's order is kept.
    values(document.as_table_mut(), "", &mut first);
    tables(document.as_table_mut(), "", &mut first);
    let rest = document.trailing().as_str().unwrap_or_default().to_owned();
    let mut rest = above(&rest, first);
    if rest.ends_with("\n\n") {
        rest.pop();
    }
    document.set_trailing(rest);
}

/// Formats the tables below a table, in the order they are written.
fn tables(parent: &mut Table, path: &str, first: &mut bool) {
    for (mut key, item) in parent.iter_mut() {
        let inner = keys::join(path, key.get());
        match item {
            Item::Table(table) if table.is_dotted() => tables(table, &inner, first),
            Item::Table(table) => {
                key.fmt();
                one(table, &inner, first);
            }
            Item::ArrayOfTables(array) => {
                key.fmt();
                for table in array.iter_mut() {
                    one(table, &inner, first);
                }
            }
            Item::Value(_) | Item::None => {}
        }
    }
}

/// Formats a table that has a header.
fn one(table: &mut Table, path: &str, first: &mut bool) {
    // The first header of the file has no table above it to separate from.
    let is_first = std::mem::replace(first, false);
    let before = text(table.decor().prefix());
    let mut above = above(&before, is_first);
    if !is_first && !above.starts_with('\n') {
        above.insert(0, '\n');
    }
    let behind = behind(table.decor());
    *table.decor_mut() = Decor::new(above, behind);
    sort(table, path);
    values(table, path, &mut true);
    tables(table, path, first);
}

fn sort(table: &mut Table, path: &str) {
    let order = keys::known(path);
    let rank = |key: &str| {
        let known = order.iter().position(|known| *known == key);
        known.unwrap_or(order.len())
    };
    table.sort_values_by(|a, _, b, _| rank(a.get()).cmp(&rank(b.get())));
}

/// Formats the values of a table and of those made by its dotted keys.
fn values(table: &mut Table, path: &str, first: &mut bool) {
    for (mut key, item) in table.iter_mut() {
        let inner = keys::join(path, key.get());
        match item {
            Item::Table(below) if below.is_dotted() => {
                sort(below, &inner);
                values(below, &inner, first);
            }
            Item::Value(value) => {
                let above = above(&text(key.leaf_decor().prefix()), *first);
                *first = false;
                key.fmt();
                *key.leaf_decor_mut() = Decor::new(above, " ");
                *value = restyled(value, &inner);
            }
            _ => {}
        }
    }
}

/// A formatted value, between its space and its comment.
fn restyled(value: &Value, path: &str) -> Value {
    let mut new: Value = styled::text(value, path)
        .parse()
        .unwrap_or_else(|_| value.clone());
    *new.decor_mut() = Decor::new(" ", behind(value.decor()));
    new
}

/// Trailing comment of a line, with its distance kept.
fn behind(decor: &Decor) -> String {
    let written = text(decor.suffix());
    let written = written.trim_end();
    match written.trim_start() {
        "" => String::new(),
        comment if comment.len() == written.len() => format!(" {comment}"),
        _ => written.to_owned(),
    }
}

/// Comments above an item, separated by at most one blank line. Empty if there are none.
fn above(written: &str, first: bool) -> String {
    let mut out = String::new();
    let mut free = false;
    for line in written.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            // The indentation before a key is not a blank line.
            free |= line.ends_with('\n');
            continue;
        }
        if free && !(first && out.is_empty()) {
            out.push('\n');
        }
        free = false;
        out.push_str(trimmed);
        out.push('\n');
    }
    if free && !out.is_empty() {
        out.push('\n');
    }
    out
}

fn text(raw: Option<&RawString>) -> String {
    raw.and_then(RawString::as_str)
        .unwrap_or_default()
        .to_owned()
}
