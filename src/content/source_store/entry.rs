//! A posting with its text in the file, including the comments around it.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::{parsed_file::FilePosition, scan};
use super::edit;
use crate::board::Posting;

/// A posting and its text.
#[derive(Debug, Clone)]
pub(super) struct StoredEntry {
    /// The parsed posting.
    pub(super) posting: Posting,
    /// Its table, the comments on it, and everything up to the next posting.
    pub(super) text: String,
}

impl StoredEntry {
    /// A posting that is not in a file yet.
    pub(super) fn new(posting: Posting) -> Self {
        let text = super::write::posting(&posting);
        Self { posting, text }
    }

    /// Changes the posting with minimal edits to its text.
    pub(super) fn say(&mut self, posting: Posting) {
        self.text = edit::edited(&self.text, &self.posting, &posting);
        self.posting = posting;
    }

    /// Whether its text holds nothing beyond the posting, so that rewriting it loses nothing.
    pub(super) fn is_all_read(&self) -> bool {
        edit::laid_out(&self.text).is_some_and(|fields| {
            let written = super::write::fields(&self.posting);
            let mut written: Vec<_> = written
                .iter()
                .map(|(key, value)| (*key, value.as_str()))
                .collect();
            written.sort_unstable();
            fields == written
        })
    }
}

/// Splits a file into the text before the first posting and the postings; `None` if one of them has no table of its
/// own.
pub(super) fn entries(
    text: &str,
    postings: Vec<(Posting, FilePosition)>,
) -> Option<(String, Vec<StoredEntry>)> {
    let (head, texts) = cut(text, postings.iter().map(|(_, place)| place.at))?;
    let postings = postings.into_iter().zip(texts);
    let entries = postings.map(|((posting, _), text)| StoredEntry { posting, text });
    Some((head, entries.collect()))
}

/// Splits a file into the text before the first table and the tables, each with the comments above it and the text
/// after it; `None` if two of the positions lie in one table.
pub(super) fn cut(
    text: &str,
    places: impl Iterator<Item = usize>,
) -> Option<(String, Vec<String>)> {
    let mut starts = Vec::new();
    let mut places = places.peekable();
    let mut before = 0..0;
    for segment in scan::segments(text, 0..text.len()) {
        let range = segment.range;
        let mut held = 0;
        while places.next_if(|at| range.contains(at)).is_some() {
            held += 1;
        }
        match held {
            0 => {}
            1 => starts.push(attached(text, &before, range.start)),
            _ => return None,
        }
        before = range;
    }
    if places.next().is_some() {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let texts = starts.iter().zip(ends);
    let texts = texts.map(|(start, end)| text[*start..end].to_owned());
    let head = &text[..starts.first().copied().unwrap_or(text.len())];
    Some((head.to_owned(), texts.collect()))
}

/// Start of the comments directly above a header.
fn attached(text: &str, before: &Range<usize>, header: usize) -> usize {
    let mut start = header;
    let mut floor = None;
    while let Some(line) = line_above(text, before.start, start) {
        if !text[line..start].trim_start().starts_with('#') {
            break;
        }
        // The last line of a multi-line text may look like a comment.
        let floor = *floor.get_or_insert_with(|| {
            let (root, _) = DeTable::parse_recoverable(&text[before.clone()]);
            before.start + end(root.get_ref())
        });
        if line < floor {
            break;
        }
        start = line;
    }
    start
}

/// Start of the line above.
fn line_above(text: &str, from: usize, at: usize) -> Option<usize> {
    let above = text[from..at].strip_suffix('\n')?;
    Some(from + above.rfind('\n').map_or(0, |end| end + 1))
}

/// End of the last value of a table.
fn end(table: &DeTable<'_>) -> usize {
    let ends = table.values().map(value_end);
    ends.max().unwrap_or(0)
}

fn value_end(value: &Spanned<DeValue<'_>>) -> usize {
    let inner = match value.get_ref() {
        DeValue::Table(table) => end(table),
        DeValue::Array(list) => list.iter().map(value_end).max().unwrap_or(0),
        _ => 0,
    };
    inner.max(value.span().end)
}

/// Inserts entries by id, keeping the relative order of both lists.
pub(super) fn merged(existing: Vec<StoredEntry>, added: Vec<StoredEntry>) -> Vec<StoredEntry> {
    if existing.is_empty() || added.is_empty() {
        return if existing.is_empty() { added } else { existing };
    }
    let mut all = Vec::with_capacity(existing.len() + added.len());
    let mut added = added.into_iter().peekable();
    for entry in existing {
        while let Some(before) = added.next_if(|new| new.posting.id < entry.posting.id) {
            all.push(before);
        }
        all.push(entry);
    }
    all.extend(added);
    all
}
