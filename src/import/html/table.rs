//! Tables of short texts. A table with lists or headings is a layout, and its cells are paragraphs.

use super::inline::Line;
use crate::import::tags::Piece;

/// Elements that indicate a layout table.
const LAYOUT: [&str; 11] = [
    "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "pre",
];

/// A table under construction: rows of cells of lines.
#[derive(Default)]
pub(super) struct Table(Vec<Vec<Vec<Line>>>);

impl Table {
    /// Whether the table before these pieces contains only texts.
    pub(super) fn begins(rest: &[Piece]) -> bool {
        let end = |piece: &&Piece| !matches!(piece, Piece::Close(name) if name == "table");
        let mut inside = rest.iter().take_while(end);
        !inside.any(|piece| matches!(piece, Piece::Open(tag) if LAYOUT.contains(&&*tag.name)))
    }

    /// Begins a row or a cell.
    pub(super) fn open(&mut self, name: &str) {
        if name == "tr" {
            self.0.push(Vec::new());
            return;
        }
        if self.0.is_empty() {
            self.0.push(Vec::new());
        }
        if let Some(row) = self.0.last_mut() {
            row.push(Vec::new());
        }
    }

    /// Lines of the current cell.
    pub(super) fn cell(&mut self) -> &mut Vec<Line> {
        if self.0.last().is_none_or(Vec::is_empty) {
            self.open("td");
        }
        let row = self.0.len() - 1;
        let cell = self.0[row].len() - 1;
        &mut self.0[row][cell]
    }

    /// Rows in Markdown, with the first one as header; `None` if it has only one column.
    pub(super) fn markdown(&self) -> Option<Vec<String>> {
        let cells =
            |row: &Vec<Vec<Line>>| -> Vec<String> { row.iter().map(|cell| text(cell)).collect() };
        let rows: Vec<Vec<String>> = self.0.iter().map(cells).collect();
        let rows: Vec<_> = rows
            .into_iter()
            .filter(|row| row.iter().any(|cell| !cell.is_empty()))
            .collect();
        let columns = rows
            .iter()
            .map(Vec::len)
            .max()
            .filter(|columns| *columns > 1)?;
        if rows.len() < 2 {
            return None;
        }
        let written = |row: &Vec<String>| {
            let cells = (0..columns).map(|at| row.get(at).map_or("", String::as_str));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut lines: Vec<String> = rows.iter().map(written).collect();
        lines.insert(1, format!("|{}", " --- |".repeat(columns)));
        Some(lines)
    }

    /// Lines of all cells, separated by empty lines.
    pub(super) fn lines(self) -> Vec<Line> {
        let cells = self.0.into_iter().flatten();
        cells
            .flat_map(|cell| cell.into_iter().chain([Line::default()]))
            .collect()
    }
}

/// A cell on one line.
fn text(cell: &[Line]) -> String {
    let lines = cell.iter().filter(|line| !line.is_empty());
    let lines: Vec<_> = lines.map(|line| line.markdown(false)).collect();
    lines.join(" ").replace('|', "\\|")
}
