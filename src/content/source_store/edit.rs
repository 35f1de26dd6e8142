//! Edits the text of a posting: replaces the values that differ and keeps comments and layout.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::super::{parsed_file::ParsedFile, scan, write};
use crate::board::Posting;
use crate::board::field::NAMES;

/// Text of a posting after a change of its values.
pub(super) fn edited(text: &str, old: &Posting, new: &Posting) -> String {
    in_place(text, old, new)
        .filter(|edited| parses_to(edited, new))
        .unwrap_or_else(|| rewrite(text, "posting", &write::posting(new)))
}

/// Keys of the only posting in a text, sorted, each with its value as written; `None` unless all are written as `key =
/// value` in the posting's own table.
pub(super) fn laid_out(text: &str) -> Option<Vec<(&str, &str)>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return None;
    }
    let fields = fields(text, root.get_ref())?;
    let mut fields: Vec<_> = fields
        .into_iter()
        .map(|field| (&text[field.key], &text[field.value]))
        .collect();
    fields.sort_unstable();
    Some(fields)
}

/// Location of a field.
struct FieldSpan {
    key: Range<usize>,
    value: Range<usize>,
}

/// Locations of the fields of the only posting.
fn fields(text: &str, root: &DeTable<'_>) -> Option<Vec<FieldSpan>> {
    let DeValue::Array(postings) = root.get("posting")?.get_ref() else {
        return None;
    };
    let mut postings = postings.iter();
    let (Some(DeValue::Table(table)), None) =
        (postings.next().map(Spanned::get_ref), postings.next())
    else {
        return None;
    };
    table
        .iter()
        .map(|(key, value)| plain(text, key, value))
        .collect()
}

/// A field written as `key = value`.
fn plain(
    text: &str,
    key: &Spanned<DeString<'_>>,
    value: &Spanned<DeValue<'_>>,
) -> Option<FieldSpan> {
    let (key, span) = (key.span(), value.span());
    let between = text.get(key.end..span.start)?;
    let opens = match value.get_ref() {
        DeValue::Table(_) => '{',
        DeValue::Array(_) => '[',
        _ => text.get(span.clone())?.chars().next()?,
    };
    let is_plain = between.trim() == "=" && text.get(span.clone())?.starts_with(opens);
    is_plain.then_some(FieldSpan { key, value: span })
}

fn in_place(text: &str, old: &Posting, new: &Posting) -> Option<String> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return None;
    }
    let fields = fields(text, root.get_ref())?;
    let header = text.find("[[")?;
    let mut after = line_end(text, header);
    let (was, is) = (write::fields(old), write::fields(new));
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for key in NAMES {
        let field = fields.iter().find(|field| &text[field.key.clone()] == *key);
        if let Some(field) = field {
            after = line_end(text, field.value.end);
        }
        let (was, is) = (value(&was, key), value(&is, key));
        match (field, is) {
            _ if was == is => {}
            (Some(field), Some(is)) => edits.push((field.value.clone(), is.to_owned())),
            (Some(field), None) => edits.push((whole(text, field), String::new())),
            (None, Some(is)) => edits.push((after..after, format!("{key} = {is}\n"))),
            (None, None) => {}
        }
    }
    Some(with(text, edits))
}

fn value<'a>(fields: &'a [(&str, String)], key: &str) -> Option<&'a str> {
    let found = fields.iter().find(|(known, _)| *known == key);
    found.map(|(_, value)| value.as_str())
}

/// The whole line of a field, without a trailing comment.
fn whole(text: &str, field: &FieldSpan) -> Range<usize> {
    let end = line_end(text, field.value.end);
    let rest = &text[field.value.end..end];
    match rest.find('#') {
        Some(comment) => field.key.start..field.value.end + comment,
        None => field.key.start..end,
    }
}

/// Start of the next line.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

fn with(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    // The sort is stable, so edits at one position keep their order.
    edits.sort_by_key(|(range, _)| range.start);
    let mut done = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in edits {
        done.push_str(&text[at..range.start]);
        if range.is_empty() && !done.ends_with('\n') {
            done.push('\n');
        }
        done.push_str(&new);
        at = range.end;
    }
    done + &text[at..]
}

/// Whether a text parses to exactly this posting.
fn parses_to(text: &str, posting: &Posting) -> bool {
    let parsed_file = ParsedFile::read(std::path::Path::new("posting.toml"), text);
    matches!(parsed_file.postings.as_slice(), [(said, _)] if said == posting)
}

/// Rewrites the table of this name in place, with all comments moved above it.
pub(super) fn rewrite(text: &str, name: &str, written: &str) -> String {
    let segments = scan::segments(text, 0..text.len());
    let own = segments.iter().find(|segment| {
        let table = text[segment.range.clone()].trim_start_matches('[');
        table.trim_start().starts_with(name)
    });
    let own = own.map_or(0..text.len(), |segment| segment.range.clone());
    let (before, table, rest) = (&text[..own.start], &text[own.clone()], &text[own.end..]);
    let mut rewrite = before.to_owned();
    for line in comments(table) {
        rewrite.push_str(line.trim());
        rewrite.push('\n');
    }
    rewrite.push_str(written);
    if !rest.is_empty() {
        rewrite.push('\n');
        rewrite.push_str(rest);
    }
    rewrite
}

/// Comment lines of a table that are not within its values.
pub(super) fn comments(table: &str) -> Vec<&str> {
    let (root, _) = DeTable::parse_recoverable(table);
    let mut values = Vec::new();
    texts(root.get_ref(), &mut values);
    let mut found = Vec::new();
    let mut at = 0;
    for line in table.split_inclusive('\n') {
        let within = values.iter().any(|value| value.contains(&at));
        if !within && line.trim_start().starts_with('#') {
            found.push(line);
        }
        at += line.len();
    }
    found
}

/// Spans of all values that are neither tables nor lists.
fn texts(table: &DeTable<'_>, found: &mut Vec<Range<usize>>) {
    for value in table.values() {
        match value.get_ref() {
            DeValue::Table(inner) => texts(inner, found),
            DeValue::Array(list) => {
                for item in list {
                    if let DeValue::Table(inner) = item.get_ref() {
                        texts(inner, found);
                    }
                }
            }
            _ => found.push(value.span()),
        }
    }
}
