//! Prints rows in every format: objects in JSON, cells elsewhere.

mod csv;
mod json;
mod table;

use serde::Serialize;

use super::{Failure, Output};
use crate::cli::Format;

/// A row, which serialises to a JSON object.
pub(super) trait Row: Serialize {
    /// The cells, one for each title; may contain several lines.
    fn cells(&self) -> Vec<String>;
}

/// Prints rows with their titles.
pub(super) fn write<R: Row>(
    format: Format,
    titles: &[&str],
    rows: impl Iterator<Item = R> + Clone,
    output: &mut Output,
) -> Result<(), Failure> {
    write_with(format, Some(titles), rows, output)
}

/// Prints rows, with their titles if given. Objects name their values anyway.
pub(super) fn write_with<R: Row>(
    format: Format,
    titles: Option<&[&str]>,
    rows: impl Iterator<Item = R> + Clone,
    output: &mut Output,
) -> Result<(), Failure> {
    let cells = rows.clone().map(|row| row.cells());
    match format {
        Format::Table => {
            let width = output.width();
            table::write(titles, cells, width, output)?;
        }
        Format::Json => json::array(rows, output)?,
        Format::Jsonl => json::lines(rows, output)?,
        Format::Csv => csv::write(b',', titles, cells, output)?,
        Format::Tsv => csv::write(b'\t', titles, cells.map(one_line), output)?,
    }
    Ok(())
}

/// Cells with line breaks replaced by spaces: tools that split at tabs split at line ends first.
fn one_line(cells: Vec<String>) -> Vec<String> {
    let flat = |cell: String| cell.split_whitespace().collect::<Vec<_>>().join(" ");
    cells.into_iter().map(flat).collect()
}
