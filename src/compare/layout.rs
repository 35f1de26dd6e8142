//! Lays a comparison out: side by side where the window is wide enough, else one below the other.

use textwrap::{Options, WordSplitter, WrapAlgorithm};

use super::lines::{Line, Role};
use super::{Cell, Comparison, Row, SHARED_SKILLS, Value, is_list};

/// Sign beside a fact in which the postings differ.
const DIFFERS: &str = "≠ ";
const SAME: &str = "  ";
/// Width of the sign and the label.
const LABEL: usize = 15;
/// Space between two columns.
const GAP: usize = 3;
/// Least width of a column; below it, postings are listed one below the other.
const LEAST: usize = 20;
/// Greatest width of a column: longer lines are hard to read.
const MOST: usize = 48;
/// Values of a fact that are shown of each posting, such as its places; further ones are counted.
const VALUES: usize = 6;
/// Stands for an unknown value.
const UNKNOWN: &str = "–";
/// Between values on one line.
const LISTED: &str = ", ";

impl Comparison {
    /// The table for a width in columns.
    pub fn lines(&self, width: usize) -> Vec<Line> {
        match self.column_width(width) {
            Some(column) => self.side_by_side(column),
            None => self.stacked(width),
        }
    }

    /// Whether the postings stand side by side at this width.
    pub fn is_side_by_side(&self, width: usize) -> bool {
        self.column_width(width).is_some()
    }

    fn column_width(&self, width: usize) -> Option<usize> {
        let count = self.heads.len().max(1);
        let room = width.saturating_sub(LABEL + GAP * (count - 1)) / count;
        (room >= LEAST).then_some(room.min(MOST))
    }

    fn side_by_side(&self, width: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        let titles = self.heads.iter();
        let titles: Vec<Vec<Piece>> = titles
            .map(|head| wrap(&[(head.title.clone(), Role::Title)], "", width))
            .collect();
        let label = |text: &str, role: Role| {
            let mut line = Line::default();
            line.push(text, role, None);
            line
        };
        beside(&mut lines, label("", Role::Label), &titles, width);
        let companies = self.heads.iter().map(|head| {
            let company = head.company.clone().unwrap_or_default();
            wrap(&[(company, Role::Company)], "", width)
        });
        let companies: Vec<Vec<Piece>> = companies.collect();
        beside(&mut lines, label("", Role::Label), &companies, width);
        let count = self.heads.len();
        let whole = LABEL + count * width + (count - 1) * GAP;
        lines.push(label(&"─".repeat(whole), Role::Rule));
        for row in &self.rows {
            let label = labelled(row);
            if row.name == SHARED_SKILLS {
                let values = row.cells.first().map(|cell| pieces(row, cell));
                let room = whole - LABEL;
                let wrapped = wrap(&values.unwrap_or_default(), LISTED, room);
                beside(&mut lines, label, &[wrapped], room);
                continue;
            }
            let cells = row.cells.iter();
            let cells = cells.map(|cell| wrap(&pieces(row, cell), separator(row), width));
            beside(&mut lines, label, &cells.collect::<Vec<_>>(), width);
        }
        lines
    }

    fn stacked(&self, width: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        for (at, head) in self.heads.iter().enumerate() {
            let number = format!("{} ", at + 1);
            let mut texts = vec![(head.title.clone(), Role::Title)];
            texts.extend(head.company.clone().map(|company| (company, Role::Company)));
            below(
                &mut lines,
                (&number, Role::Label),
                &wrap(&texts, " · ", width.saturating_sub(2).max(1)),
                Some(at),
            );
        }
        let mut rule = Line::default();
        rule.push("─".repeat(width), Role::Rule, None);
        lines.push(rule);
        for row in &self.rows {
            let mut label = labelled(row);
            let one = row.cells.first().filter(|_| row.is_uniform());
            if let Some(cell) = one {
                let text = pieces(row, cell);
                let separator = if is_list(row.name) { LISTED } else { " · " };
                let room = width.saturating_sub(LABEL);
                if room >= LEAST / 2 {
                    beside(&mut lines, label, &[wrap(&text, separator, room)], room);
                } else {
                    lines.push(label);
                    below(
                        &mut lines,
                        ("  ", Role::Gap),
                        &wrap(&text, separator, width.saturating_sub(2).max(1)),
                        None,
                    );
                }
                continue;
            }
            label.spans.retain(|span| span.role != Role::Gap);
            lines.push(label);
            for (at, cell) in row.cells.iter().enumerate() {
                let number = format!("  {} ", at + 1);
                let separator = if is_list(row.name) { LISTED } else { " · " };
                let wrapped = wrap(
                    &pieces(row, cell),
                    separator,
                    width.saturating_sub(4).max(1),
                );
                below(&mut lines, (&number, Role::Label), &wrapped, Some(at));
            }
        }
        lines
    }
}

/// The sign and the name of a fact.
fn labelled(row: &Row) -> Line {
    let mut line = Line::default();
    let (sign, role) = if row.differs {
        (DIFFERS, Role::DifferingLabel)
    } else {
        (SAME, Role::Label)
    };
    line.push(sign, role, None);
    line.push(row.label, role, None);
    line
}

fn separator(row: &Row) -> &'static str {
    if is_list(row.name) { LISTED } else { "\n" }
}

/// Values of a cell with their roles.
fn pieces(row: &Row, cell: &Cell) -> Vec<(String, Role)> {
    if cell.values.is_empty() {
        return vec![(UNKNOWN.to_owned(), Role::Unknown)];
    }
    let list = is_list(row.name);
    let shown_values = if list { cell.values.len() } else { VALUES };
    let mut pieces: Vec<(String, Role)> = cell
        .values
        .iter()
        .take(shown_values)
        .map(|value| (shown(value, list), role(row, value)))
        .collect();
    let more = cell.values.len().saturating_sub(shown_values);
    if more > 0 {
        pieces.push((format!("+{more} more"), Role::Unknown));
    }
    // One sign for a whole list.
    if list && let Some(first) = cell.values.first().filter(|value| value.is_derived) {
        pieces[0].0 = format!("≈ {}", first.text);
    }
    pieces
}

fn shown(value: &Value, list: bool) -> String {
    if value.is_derived && !list {
        format!("≈ {}", value.text)
    } else {
        value.text.clone()
    }
}

fn role(row: &Row, value: &Value) -> Role {
    match (row.name, row.differs, value.is_derived) {
        ("stage" | "follow_up" | "contact" | "cv" | "note", ..) => Role::Mine,
        (_, true, false) => Role::Differing,
        (_, true, true) => Role::Derived,
        (_, false, false) => Role::Same,
        (_, false, true) => Role::DerivedSame,
    }
}

/// A line of a cell.
type Piece = (String, Role);

/// Texts wrapped to a width: each on lines of its own if separated by a line end, else as one paragraph in the role of
/// the first.
fn wrap(texts: &[(String, Role)], separator: &str, width: usize) -> Vec<Piece> {
    let options = Options::new(width)
        .break_words(true)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    let lines = |text: &str, role: Role| {
        let lines = textwrap::wrap(text, &options).into_iter();
        lines
            .map(|line| (line.into_owned(), role))
            .collect::<Vec<_>>()
    };
    let is_paragraph = separator != "\n" && texts.len() > 1;
    if !is_paragraph {
        return texts
            .iter()
            .flat_map(|(text, role)| lines(text, *role))
            .collect();
    }
    let role = texts.first().map_or(Role::Same, |(_, role)| *role);
    let joined: Vec<&str> = texts.iter().map(|(text, _)| text.as_str()).collect();
    lines(&joined.join(separator), role)
}

/// Writes cells side by side, to the right of a label.
fn beside(lines: &mut Vec<Line>, label: Line, cells: &[Vec<Piece>], width: usize) {
    let height = cells.iter().map(Vec::len).max().unwrap_or_default().max(1);
    let mut label = Some(label);
    for at in 0..height {
        let mut line = label.take().unwrap_or_default();
        line.pad(LABEL, None);
        let only = cells.len() == 1;
        for (column, cell) in cells.iter().enumerate() {
            let owner = (!only).then_some(column);
            line.pad(LABEL + column * (width + GAP), None);
            if let Some((text, role)) = cell.get(at) {
                line.push(text.clone(), *role, owner);
            }
            line.pad(LABEL + column * (width + GAP) + width, owner);
        }
        lines.push(line);
    }
}

/// Writes a cell below a label, each line behind a prefix.
fn below(
    lines: &mut Vec<Line>,
    (prefix, role): (&str, Role),
    cell: &[Piece],
    column: Option<usize>,
) {
    for (at, (text, of)) in cell.iter().enumerate() {
        let mut line = Line::default();
        if at == 0 {
            line.push(prefix, role, column);
        } else {
            line.push(" ".repeat(prefix.chars().count()), Role::Gap, column);
        }
        line.push(text.clone(), *of, column);
        lines.push(line);
    }
}
