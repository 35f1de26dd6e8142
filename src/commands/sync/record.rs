//! Results of a sync as JSON.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::super::{Failure, Output, SCHEMA};
use crate::board::text;
use crate::content::source_store::{HandEdit, MergeStats};
use crate::sync::{Source, State, Synced};

/// Results of a source.
#[derive(Serialize)]
pub(super) struct Record {
    board: String,
    name: String,
    url: String,
    line: usize,
    format: Option<&'static str>,
    state: &'static str,
    reason: Option<String>,
    #[serde(flatten)]
    counts: Counts,
    /// Rows that could not be read.
    refused: usize,
    ids: Ids,
}

/// Ids of new, changed and closed items.
#[derive(Serialize)]
struct Ids {
    new: Vec<String>,
    changed: Vec<String>,
    closed: Vec<String>,
    reopened: Vec<String>,
    edited: Vec<Edited>,
    deleted: Vec<String>,
}

/// Hand edits of a posting.
#[derive(Serialize)]
struct Edited {
    id: String,
    fields: Vec<&'static str>,
    replaced: bool,
}

#[derive(Serialize, Clone, Copy, Default)]
struct Counts {
    new: usize,
    changed: usize,
    closed: usize,
    reopened: usize,
    unchanged: usize,
    files: usize,
}

#[derive(Serialize)]
struct Total {
    #[serde(flatten)]
    counts: Counts,
    refused: usize,
    sources: usize,
    failed: usize,
    doubtful: usize,
}

#[derive(Serialize)]
struct All<'a> {
    schema: u32,
    dry_run: bool,
    sources: &'a [Record],
    /// Closed postings of sources that are no longer listed.
    pruned: &'a [String],
    total: Total,
}

impl Record {
    pub(super) fn new(folder: &Path, source: &Source, synced: Synced) -> Self {
        let (state, reason) = match synced.state {
            State::Whole => ("whole", None),
            State::Unmodified => ("unmodified", None),
            State::Doubtful(why) => ("doubtful", Some(why)),
            State::Failed(why) => ("failed", Some(why)),
        };
        Self {
            board: text::line(&folder.to_string_lossy()),
            name: text::line(&source.name),
            url: text::line(&source.url),
            line: source.line,
            format: synced.format.map(crate::import::Format::word),
            state,
            reason,
            counts: Counts::from_stats(synced.merged),
            refused: synced.refused.len(),
            ids: Ids {
                new: synced.ids.new,
                changed: synced.ids.changed,
                closed: synced.ids.closed,
                reopened: synced.ids.reopened,
                edited: synced
                    .ids
                    .edits
                    .into_iter()
                    .map(Edited::from_edit)
                    .collect(),
                deleted: synced.ids.deleted,
            },
        }
    }
}

impl Edited {
    fn from_edit(edit: HandEdit) -> Self {
        Self {
            fields: edit.fields.iter().map(|(name, _)| *name).collect(),
            id: edit.id,
            replaced: edit.is_replaced,
        }
    }
}

impl Counts {
    fn from_stats(merged: MergeStats) -> Self {
        Self {
            new: merged.new,
            changed: merged.changed,
            closed: merged.closed,
            reopened: merged.reopened,
            unchanged: merged.same,
            files: merged.files,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            new: self.new + other.new,
            changed: self.changed + other.changed,
            closed: self.closed + other.closed,
            reopened: self.reopened + other.reopened,
            unchanged: self.unchanged + other.unchanged,
            files: self.files + other.files,
        }
    }
}

/// Writes one object with all results.
pub(super) fn write(
    records: &[Record],
    pruned: &[String],
    dry_run: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let in_state = |state: &str| {
        let records = records.iter();
        records.filter(|record| record.state == state).count()
    };
    let counts = records.iter().map(|record| record.counts);
    let all = All {
        schema: SCHEMA,
        dry_run,
        sources: records,
        pruned,
        total: Total {
            counts: counts.fold(Counts::default(), Counts::and),
            refused: records.iter().map(|record| record.refused).sum(),
            sources: records.len(),
            failed: in_state("failed"),
            doubtful: in_state("doubtful"),
        },
    };
    serde_json::to_writer_pretty(&mut *output, &all).map_err(io::Error::from)?;
    writeln!(output)?;
    Ok(())
}
