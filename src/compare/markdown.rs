//! A comparison as a Markdown table.

use super::{Cell, Comparison};

impl Comparison {
    /// The table in Markdown; facts in which the postings differ are bold.
    pub fn markdown(&self) -> String {
        let heads = self.heads.iter().map(|head| {
            let title = format!("**{}**", escaped(&head.title));
            match &head.company {
                Some(company) => format!("{title}<br>{}", escaped(company)),
                None => title,
            }
        });
        let heads: Vec<String> = heads.collect();
        let mut lines = vec![
            format!("| | {} |", heads.join(" | ")),
            format!("|---|{}", "---|".repeat(heads.len())),
        ];
        for row in &self.rows {
            let cells: Vec<String> = row.cells.iter().map(cell).collect();
            let label = if row.differs {
                format!("**{}** \u{2260}", row.label)
            } else {
                row.label.to_owned()
            };
            lines.push(format!("| {label} | {} |", cells.join(" | ")));
        }
        lines.join("\n") + "\n"
    }
}

fn cell(cell: &Cell) -> String {
    if cell.values.is_empty() {
        return "\u{2013}".to_owned();
    }
    let values = cell.values.iter().map(|value| {
        let sign = if value.is_derived { "\u{2248} " } else { "" };
        format!("{sign}{}", escaped(&value.text))
    });
    values.collect::<Vec<_>>().join("<br>")
}

/// A text on one line, without a meaning in Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|~!&".contains(c) {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
