//! What came of an import as other programs read it.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::super::{Failure, Output, SCHEMA};
use super::Kept;
use crate::board::text;
use crate::content::source_store::MergedIds;
use crate::import::{LeftOut, RowError};

/// A source that was read.
#[derive(Serialize)]
pub(super) struct Record {
    /// The file or address.
    from: String,
    name: String,
    folder: String,
    format: &'static str,
    rows: usize,
    new: usize,
    changed: usize,
    unchanged: usize,
    reopened: usize,
    joined: usize,
    skipped: usize,
    files: usize,
    ids: Ids,
    refused: Vec<Refused>,
    left_out: Vec<Left>,
    repaired_rows: Vec<usize>,
    unread_columns: Vec<String>,
    missing_columns: Vec<String>,
}

#[derive(Serialize)]
struct Ids {
    new: Vec<String>,
    changed: Vec<String>,
    unchanged: Vec<String>,
    reopened: Vec<String>,
}

/// A row that gave no posting.
#[derive(Serialize)]
struct Refused {
    row: usize,
    line: usize,
    reason: String,
}

/// A field whose value could not be read.
#[derive(Serialize)]
struct Left {
    row: usize,
    field: String,
    value: String,
}

/// A source that could not be read at all.
#[derive(Serialize)]
pub(super) struct Failed {
    pub(super) from: String,
    pub(super) reason: String,
}

#[derive(Serialize)]
struct All<'a> {
    schema: u32,
    dry_run: bool,
    board: String,
    sources: &'a [Record],
    failed: &'a [Failed],
}

impl From<MergedIds> for Ids {
    fn from(ids: MergedIds) -> Self {
        Self {
            new: ids.new,
            changed: ids.changed,
            unchanged: ids.same,
            reopened: ids.reopened,
        }
    }
}

impl Record {
    pub(super) fn new(kept: Kept<'_>) -> Self {
        let refused = kept.errors.iter().filter(|error| !error.skipped);
        let refused: Vec<_> = refused.map(Refused::from_error).collect();
        let left_out = kept.collected.left_out.iter().map(Left::from_left_out);
        Self {
            from: kept.source.to_owned(),
            name: kept.collected.source.clone(),
            folder: named(kept.folder),
            format: kept.format.word(),
            rows: kept.collected.rows,
            new: kept.merged.new,
            changed: kept.merged.changed,
            unchanged: kept.merged.same,
            reopened: kept.merged.reopened,
            joined: kept.collected.repeated,
            skipped: kept.errors.len() - refused.len(),
            files: kept.merged.files,
            refused,
            left_out: left_out.collect(),
            repaired_rows: kept.collected.repaired.clone(),
            unread_columns: lines(&kept.collected.unread),
            missing_columns: lines(&kept.collected.missing),
            ids: kept.ids.into(),
        }
    }
}

impl Refused {
    fn from_error(error: &RowError) -> Self {
        Self {
            row: error.row,
            line: error.line,
            reason: error.message.clone(),
        }
    }
}

impl Left {
    fn from_left_out(left: &LeftOut) -> Self {
        Self {
            row: left.row,
            field: left.field.clone(),
            value: left.value.clone(),
        }
    }
}

/// Writes one object for all of it.
pub(super) fn write(
    (sources, failed): (&[Record], &[Failed]),
    board: &Path,
    dry_run: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let all = All {
        schema: SCHEMA,
        dry_run,
        board: named(board),
        sources,
        failed,
    };
    serde_json::to_writer_pretty(&mut *output, &all).map_err(io::Error::from)?;
    writeln!(output)?;
    Ok(())
}

fn named(path: &Path) -> String {
    text::line(&path.to_string_lossy())
}

fn lines(names: &[String]) -> Vec<String> {
    names.iter().map(|name| text::line(name)).collect()
}
