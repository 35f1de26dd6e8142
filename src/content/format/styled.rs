//! Formats one value in the style of `write`.

use toml_edit::{Array, InlineTable, Value};

use super::super::write;
use super::keys;
use crate::board::field::parse_day;

/// Formatted text of a value. A value that contains a comment is kept as written.
pub(super) fn text(value: &Value, path: &str) -> String {
    match value {
        Value::String(written) => {
            let raw = bare(value);
            let hand_made = is_hand_made(&raw);
            string(written.value(), path)
                .filter(|_| !hand_made)
                .unwrap_or(raw)
        }
        Value::Array(array) if !has_comment(value) => list(array, path),
        Value::InlineTable(table) if !has_comment(value) => inline(table, path),
        _ => bare(value),
    }
}

/// A value as written, without surrounding white space and comments.
fn bare(value: &Value) -> String {
    let mut value = value.clone();
    value.decor_mut().clear();
    value.to_string()
}

/// Whether a text was folded into lines, or uses escapes that carry more than the characters themselves.
fn is_hand_made(raw: &str) -> bool {
    if raw.starts_with('\'') {
        return false;
    }
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        if c == '\\' && !matches!(chars.next(), Some('"' | '\\' | 'n' | 't')) {
            return true;
        }
    }
    false
}

/// The text in its best form; `None` if the written form is already good.
fn string(text: &str, path: &str) -> Option<String> {
    if keys::is_block(path) {
        let text = text.replace("\r\n", "\n");
        return Some(write::block(text.trim_end().trim_start_matches('\n')));
    }
    if keys::is_day(path)
        && let Some(day) = parse_day(text)
    {
        return Some(day.to_string());
    }
    (!text.contains('\n')).then(|| write::string(text))
}

fn list(array: &Array, path: &str) -> String {
    let entries: Vec<_> = array.iter().map(|entry| text(entry, path)).collect();
    let key = path.rsplit('.').next().unwrap_or(path);
    write::listed(&entries, key)
}

fn inline(table: &InlineTable, path: &str) -> String {
    let order = keys::known(path);
    let rank = |key: &str| order.iter().position(|known| *known == key);
    let mut fields = table.get_values();
    fields.sort_by_key(|(keys, _)| keys.first().and_then(|key| rank(key.get())));
    let fields = fields.into_iter().map(|(names, value)| {
        let names: Vec<_> = names.iter().map(|name| name.get()).collect();
        let written: Vec<_> = names
            .iter()
            .map(|name| toml_edit::Key::new(*name))
            .collect();
        let written: Vec<_> = written.iter().map(|key| key.display_repr()).collect();
        let path = keys::join(path, &names.join("."));
        format!("{} = {}", written.join("."), text(value, &path))
    });
    write::inline(&fields.collect::<Vec<_>>())
}

/// Whether a list or an inline table contains a comment.
fn has_comment(value: &Value) -> bool {
    let inside = |value: &Value| {
        let decor = value.decor();
        let around = decor.prefix().into_iter().chain(decor.suffix());
        around
            .filter_map(toml_edit::RawString::as_str)
            .any(is_comment)
            || has_comment(value)
    };
    match value {
        Value::Array(array) => {
            array.iter().any(inside) || array.trailing().as_str().is_some_and(is_comment)
        }
        Value::InlineTable(table) => {
            table.get_values().into_iter().any(|(keys, value)| {
                let beside = keys.iter().any(|key| {
                    let decor = key.leaf_decor();
                    let around = decor.prefix().into_iter().chain(decor.suffix());
                    around
                        .filter_map(toml_edit::RawString::as_str)
                        .any(is_comment)
                });
                beside || inside(value)
            }) || table.trailing().as_str().is_some_and(is_comment)
        }
        _ => false,
    }
}

fn is_comment(text: &str) -> bool {
    text.contains('#')
}
