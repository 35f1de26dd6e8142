//! Interviews of a source: one file, edited with minimal changes that keep comments and layout.

use std::path::{Path, PathBuf};

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use super::super::interview::{EXCHANGE, KEYS, PERSON};
use super::super::problem::Problem;
use super::super::{parsed_file::ParsedFile, regular_file, write};
use super::{INTERVIEWS, MergeStats, MergedIds, SourceStore, StoreError, edit, entry, file};
use crate::board::{Exchange, Interview};

/// An interview and its text in the file.
struct InterviewEntry {
    interview: Interview,
    text: String,
}

impl SourceStore {
    /// Merges interviews into the stored ones.
    pub(super) fn interviews(&self, incoming: Vec<Interview>) -> Result<MergeStats, StoreError> {
        let mut done = MergeStats::default();
        let mut ids = MergedIds::default();
        if incoming.is_empty() {
            return Ok(done);
        }
        let bytes = file::bytes(&self.folder, INTERVIEWS)?;
        let (head, mut entries) = read(&self.folder, &bytes)?;
        for interview in incoming {
            let known = entries
                .iter_mut()
                .find(|entry| entry.interview.id == interview.id);
            let id = interview.id.clone();
            match known {
                Some(entry) if entry.interview == interview => {
                    done.same += 1;
                    ids.same.push(id);
                }
                Some(entry) => {
                    entry.text = edited(&entry.text, &entry.interview, &interview);
                    entry.interview = interview;
                    done.changed += 1;
                    ids.changed.push(id);
                }
                None => {
                    add(&mut entries, interview);
                    done.new += 1;
                    ids.new.push(id);
                }
            }
        }
        self.note(ids);
        if done.is_as_before() {
            return Ok(done);
        }
        let head = (!bytes.is_empty()).then_some(head.as_str());
        let text = file::text(head, entries.iter().map(|entry| entry.text.as_str()));
        done.files += self.write(INTERVIEWS, &text, &bytes)?;
        Ok(done)
    }
}

/// Splits a file into the text above the interviews and the interviews.
fn read(folder: &Path, bytes: &[u8]) -> Result<(String, Vec<InterviewEntry>), StoreError> {
    let short = PathBuf::from(format!("{INTERVIEWS}.toml"));
    let mistaken = |problem| StoreError::Mistaken(folder.to_owned(), Box::new(problem));
    let text = regular_file::text(bytes).map_err(|why| mistaken(Problem::whole(&short, why)))?;
    let parsed_file = ParsedFile::read(&short, text);
    let places = parsed_file.interviews.iter().map(|(_, place, _)| place.at);
    let Some((head, texts)) = entry::cut(text, places) else {
        let why = "contains interviews that are not written as [[interview]]";
        return Err(mistaken(Problem::whole(&short, why)));
    };
    let entries = parsed_file.interviews.into_iter().zip(texts);
    let entries: Vec<_> = entries
        .map(|((interview, ..), text)| InterviewEntry { interview, text })
        .collect();
    let rewrite = entries
        .iter()
        .map(|entry| write::interview(&entry.interview));
    match parsed_file.problems.first() {
        // A problem with a value that we wrote ourselves is written back unchanged.
        Some(problem) if file::from_tables(rewrite) != text => Err(mistaken(problem.clone())),
        _ => Ok((head, entries)),
    }
}

/// Inserts an interview by id, keeping the order of the others.
fn add(entries: &mut Vec<InterviewEntry>, interview: Interview) {
    let behind = entries
        .iter()
        .position(|entry| interview.id < entry.interview.id);
    let entry = InterviewEntry {
        text: write::interview(&interview),
        interview,
    };
    entries.insert(behind.unwrap_or(entries.len()), entry);
}

/// Text of an interview after a change of its values.
fn edited(text: &str, old: &Interview, new: &Interview) -> String {
    in_place(text, old, new)
        .filter(|edited| parses_to(edited, new))
        .unwrap_or_else(|| edit::rewrite(text, "interview", &write::interview(new)))
}

/// Whether a text parses to exactly this interview.
fn parses_to(text: &str, interview: &Interview) -> bool {
    let parsed_file = ParsedFile::read(Path::new("interviews.toml"), text);
    matches!(parsed_file.interviews.as_slice(), [(said, ..)] if said == interview)
}

fn in_place(text: &str, old: &Interview, new: &Interview) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let all = document.get_mut("interview")?.as_array_of_tables_mut()?;
    let table = all.get_mut(0).filter(|_| old.id == new.id)?;
    let (was, is) = (written(old)?, written(new)?);
    let mut lost = String::new();
    change(table, &was, &is, KEYS, &mut lost);
    if old.exchanges != new.exchanges {
        let pairs = pairs(&old.exchanges, &new.exchanges);
        let asked = exchanges(table, (&was, &is), &pairs, &mut lost)?;
        table.insert("exchange", Item::ArrayOfTables(asked));
    }
    // Comments on removed values move above the interview.
    let above = table.decor().prefix().and_then(|above| above.as_str());
    let above = format!("{}{lost}", above.unwrap_or_default());
    table.decor_mut().set_prefix(above);
    Some(document.to_string())
}

/// An interview as a newly written table.
fn written(interview: &Interview) -> Option<Table> {
    let mut document: DocumentMut = write::interview(interview).parse().ok()?;
    let written = document.remove("interview")?;
    written.as_array_of_tables()?.get(0).cloned()
}

/// Updates the values of a table that differ. Comments on removed values are added to `lost`.
fn change(table: &mut Table, was: &Table, is: &Table, keys: &[&str], lost: &mut String) {
    for (at, key) in keys.iter().enumerate() {
        let (before, now) = (was.get(key), is.get(key));
        let told = |item: Option<&Item>| item.map(ToString::to_string);
        if *key == "exchange" || told(before) == told(now) {
            continue;
        }
        match (table.get_mut(key), now) {
            (Some(item), Some(now)) => replace(item, before, now, lost),
            (Some(_), None) => remove(table, key, lost),
            (None, Some(now)) => insert(table, key, now.clone(), &keys[..at]),
            (None, None) => {}
        }
    }
}

fn replace(item: &mut Item, before: Option<&Item>, now: &Item, lost: &mut String) {
    let as_table = |item: &Item| Some(item.as_inline_table()?.clone().into_table());
    if let (Some(table), Some(was), Some(is)) = (
        item.as_table_mut(),
        before.and_then(as_table),
        as_table(now),
    ) {
        change(table, &was, &is, PERSON, lost);
    } else if let (Some(value), Some(now)) = (item.as_value_mut(), now.as_value()) {
        let around = value.decor().clone();
        *value = now.clone();
        *value.decor_mut() = around;
    } else {
        *item = now.clone();
    }
}

fn remove(table: &mut Table, key: &str, lost: &mut String) {
    let Some((name, item)) = table.remove_entry(key) else {
        return;
    };
    let above = name.leaf_decor().prefix().and_then(|above| above.as_str());
    let value = item.as_value().map(ToString::to_string);
    let line = format!(
        "{}{key} ={}\n",
        above.unwrap_or_default(),
        value.unwrap_or_default()
    );
    // A trailing comment gets a line of its own.
    let behind = item
        .as_value()
        .and_then(|value| value.decor().suffix()?.as_str());
    for comment in edit::comments(&line).into_iter().chain(behind) {
        keep(comment, lost);
    }
}

fn keep(comment: &str, lost: &mut String) {
    let comment = comment.trim();
    if !comment.is_empty() {
        lost.push_str(comment);
        lost.push('\n');
    }
}

/// Inserts a key after the keys that precede it in documented order.
fn insert(table: &mut Table, key: &str, item: Item, before: &[&str]) {
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let last = names
        .iter()
        .rposition(|name| before.contains(&name.as_str()));
    let later = &names[last.map_or(0, |last| last + 1)..];
    let later: Vec<_> = later
        .iter()
        .filter_map(|name| table.remove_entry(name))
        .collect();
    table.insert(key, item);
    for (name, item) in later {
        table.insert_formatted(&name, item);
    }
}

/// Tables of the exchanges: existing ones updated where they differ, new ones added.
fn exchanges(
    table: &mut Table,
    (was, is): (&Table, &Table),
    pairs: &[Option<usize>],
    lost: &mut String,
) -> Option<ArrayOfTables> {
    let existing = table.remove("exchange");
    let existing = existing.as_ref().and_then(Item::as_array_of_tables);
    let mut existing: Vec<Option<Table>> = existing?.iter().cloned().map(Some).collect();
    let mut asked = ArrayOfTables::new();
    for (at, before) in pairs.iter().enumerate() {
        let mut now = exchange(is, at)?.clone();
        // A new table is placed after its predecessor.
        now.set_position(None);
        if let Some(before) = *before {
            let mut table = existing.get_mut(before)?.take()?;
            change(&mut table, exchange(was, before)?, &now, EXCHANGE, lost);
            now = table;
        }
        asked.push(now);
    }
    for gone in existing.into_iter().flatten() {
        let above = gone.decor().prefix().and_then(|above| above.as_str());
        let text = format!("{}{gone}", above.unwrap_or_default());
        for comment in edit::comments(&text) {
            keep(comment, lost);
        }
    }
    Some(asked)
}

fn exchange(table: &Table, at: usize) -> Option<&Table> {
    table.get("exchange")?.as_array_of_tables()?.get(at)
}

/// Pairs each new exchange with an old one: the one with the same question, else the next unpaired one.
fn pairs(old: &[Exchange], new: &[Exchange]) -> Vec<Option<usize>> {
    let mut from = 0;
    let mut pairs: Vec<Option<usize>> = Vec::new();
    for exchange in new {
        let rest = old[from..].iter();
        let same = rest
            .clone()
            .position(|one| one.question == exchange.question);
        let same = same.map(|steps| from + steps);
        from = same.map_or(from, |at| at + 1);
        pairs.push(same);
    }
    let mut next = 0;
    for at in 0..pairs.len() {
        if let Some(same) = pairs[at] {
            next = same + 1;
            continue;
        }
        let limit = pairs[at..].iter().find_map(|pair| *pair);
        if next < limit.unwrap_or(old.len()) {
            pairs[at] = Some(next);
            next += 1;
        }
    }
    pairs
}
