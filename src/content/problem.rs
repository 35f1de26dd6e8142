//! Problems in a board's files: location, source line, message and hint.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthStr;

use super::rule::Rule;
pub(super) use super::rule::Severity;
use crate::board::{Date, masked, text};
pub(super) use crate::board::{spelling::meant, text::quoted};

/// Maximum number of characters shown of a source line.
const SHOWN: usize = 200;
/// Maximum number of problems reported for a file.
pub(super) const MAX_PER_FILE: usize = 100;

/// A problem in a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whether it is an error or a warning.
    pub severity: Severity,
    /// The rule that is broken.
    pub rule: Rule,
    /// File, relative to the board's folder.
    pub file: PathBuf,
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
    /// The source line, with control characters replaced one for one; empty if the problem concerns the whole file.
    pub source_line: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What was probably meant, in one sentence.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem of a file as a whole, which cannot be read unless another rule is given.
    pub fn whole(file: &Path, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            rule: Rule::UnreadableFile,
            file: file.to_owned(),
            line: 1,
            column: 1,
            source_line: String::new(),
            message: message.into(),
            hint: None,
        }
    }

    /// Whether it is a warning: nothing was left out.
    pub fn is_warning(&self) -> bool {
        self.severity == Severity::Warning
    }

    /// Line and column, the sort key within a file.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.line, self.column)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A file name may contain anything that the file system allows, including escape sequences.
        let file = text::line(&self.file.to_string_lossy());
        write!(f, "{file}:{}:{}: ", self.line, self.column)?;
        if self.is_warning() {
            f.write_str("warning: ")?;
        }
        f.write_str(&self.message)?;
        if f.alternate() {
            write!(f, " [{}]", self.rule.code())?;
        }
        if !self.source_line.is_empty() {
            let before: String = self.source_line.chars().take(self.column - 1).collect();
            write!(f, "\n  | {}", masked(&self.source_line))?;
            write!(f, "\n  | {}^", " ".repeat(before.width()))?;
        }
        match &self.hint {
            Some(hint) => write!(f, "\n  = {hint}"),
            None => Ok(()),
        }
    }
}

/// Collects the problems of one file and converts byte offsets to lines and columns.
pub(super) struct Report<'a> {
    pub(super) file: &'a Path,
    pub(super) source: &'a str,
    /// Date of linting, if enabled.
    pub(super) lint_date: Option<Date>,
    /// Whether the file may list sources wherever it is: its place on a board is not known.
    pub(super) is_anywhere: bool,
    /// Start of each line.
    lines: Vec<usize>,
    problems: RefCell<Vec<Problem>>,
    /// Warnings.
    warnings: RefCell<Vec<Problem>>,
    /// Number of warnings of each rule.
    warned: RefCell<Vec<usize>>,
    /// Links of its texts, with their positions.
    links: RefCell<Vec<(String, usize)>>,
    /// Number of problems beyond the limit.
    omitted: Cell<usize>,
    /// Position of the first of those.
    more_at: Cell<usize>,
}

impl<'a> Report<'a> {
    /// `source` must not include a byte order mark, which does not count as a column.
    pub(super) fn new(file: &'a Path, source: &'a str) -> Self {
        let ends = memchr::memchr_iter(b'\n', source.as_bytes());
        Self {
            file,
            source,
            lint_date: None,
            is_anywhere: false,
            lines: std::iter::once(0).chain(ends.map(|at| at + 1)).collect(),
            problems: RefCell::default(),
            warnings: RefCell::default(),
            warned: RefCell::default(),
            links: RefCell::default(),
            omitted: Cell::default(),
            more_at: Cell::default(),
        }
    }

    /// Adds an error.
    pub(super) fn add(&self, rule: Rule, at: usize, message: impl Into<String>) {
        self.hinted(rule, at, message, None);
    }

    /// Adds an error with a suggestion.
    pub(super) fn hinted(
        &self,
        rule: Rule,
        at: usize,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MAX_PER_FILE {
            problems.push(self.problem(rule, at, message.into(), hint));
            return;
        }
        if self.omitted.get() == 0 {
            self.more_at.set(at);
        }
        self.omitted.set(self.omitted.get() + 1);
    }

    /// Records the URL of a link.
    pub(super) fn add_link(&self, address: String, at: usize) {
        self.links.borrow_mut().push((address, at));
    }

    /// The recorded links.
    pub(super) fn links(&self) -> Vec<(String, usize)> {
        self.links.take()
    }

    /// Adds a warning. The warnings of each rule have a limit of their own, so they displace neither errors nor others.
    pub(super) fn warn(
        &self,
        rule: Rule,
        at: usize,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        let mut warned = self.warned.borrow_mut();
        warned.resize(Rule::ALL.len(), 0);
        let count = &mut warned[rule as usize];
        *count += 1;
        let (message, hint) = match *count {
            ..=MAX_PER_FILE => (message.into(), hint),
            count if count == MAX_PER_FILE + 1 => (
                "and more warnings of this kind after this one".to_owned(),
                None,
            ),
            _ => return,
        };
        self.warnings.borrow_mut().push(Problem {
            severity: Severity::Warning,
            ..self.problem(rule, at, message, hint)
        });
    }

    /// A problem at a byte offset, not yet added to the report.
    pub(super) fn problem(
        &self,
        rule: Rule,
        at: usize,
        message: String,
        hint: Option<String>,
    ) -> Problem {
        let (line, column) = self.position(at);
        let range = self.line(line);
        Problem {
            severity: Severity::Error,
            rule,
            file: self.file.to_owned(),
            line,
            column,
            source_line: shown(&self.source[range]),
            message,
            hint,
        }
    }

    /// Line number of a byte offset, from 1.
    pub(super) fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at)
    }

    /// Byte range of a line, without its line break.
    pub(super) fn line(&self, line: usize) -> Range<usize> {
        let start = self.lines[line - 1];
        let end = self
            .lines
            .get(line)
            .map_or(self.source.len(), |next| next - 1);
        let text = &self.source[start..end];
        start..start + text.strip_suffix('\r').unwrap_or(text).len()
    }

    /// The problems in file order; beyond the limit, the last one gives the number of the rest.
    pub(super) fn finish(self) -> Vec<Problem> {
        let mut problems = self.problems.take();
        problems.sort_by_key(Problem::place);
        if let Some(last) = problems.last().map(Problem::place)
            && let more @ 1.. = self.omitted.get()
        {
            let mut and_more =
                self.problem(Rule::MoreProblems, self.more_at.get(), and_more(more), None);
            if and_more.place() < last {
                // Follow-up errors may precede the last one; the closing entry belongs at the end.
                let line = self.line(last.0);
                and_more.source_line = shown(&self.source[line]);
                (and_more.line, and_more.column) = last;
            }
            problems.push(and_more);
        }
        problems.append(&mut self.warnings.take());
        problems.sort_by_key(Problem::place);
        problems
    }

    fn position(&self, at: usize) -> (usize, usize) {
        let mut at = at.min(self.source.len());
        while !self.source.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.line_of(at);
        let before = &self.source[self.lines[line - 1]..at];
        (line, before.chars().count() + 1)
    }
}

/// Entry that replaces the problems beyond the limit.
pub(super) fn and_more(count: usize) -> String {
    let mistakes = if count == 1 { "mistake" } else { "mistakes" };
    format!("and {count} more {mistakes} in this file")
}

/// `file:line`, for a message about another location.
pub(super) fn file_line(file: &Path, line: usize) -> String {
    format!("{}:{line}", text::line(&file.to_string_lossy()))
}

/// A source line that is safe to print, with one character for each original one, so that columns still match.
fn shown(line: &str) -> String {
    let mut shown = String::new();
    for c in line.chars().take(SHOWN) {
        match c {
            '\t' => shown.push(' '),
            ' '..='~' => shown.push(c),
            _ => {
                let whole = shown.len();
                shown.push(c);
                // Checked on the line so far: the gate also rejects excess combining marks, not only controls.
                if text::block(&shown) != shown {
                    shown.truncate(whole);
                    shown.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_columns_in_characters() {
        let report = Report::new(Path::new("a.toml"), "a\nçé = 1\r\n\tx\nlast");
        for (byte, place) in [
            (0, (1, 1)),
            (2, (2, 1)),
            (6, (2, 3)),
            (13, (3, 2)),
            (99, (4, 5)),
        ] {
            assert_eq!(report.position(byte), place, "{byte}");
        }
        assert_eq!(report.position(3), (2, 1), "inside a character");
        assert_eq!(
            report
                .problem(Rule::Syntax, 2, String::new(), None)
                .source_line,
            "çé = 1"
        );
    }

    #[test]
    fn puts_the_caret_under_the_right_cell() {
        let report = Report::new(Path::new("b\u{1b}[31m.toml"), "\t名 = \u{1b}[0mx");
        let problem = report.problem(
            Rule::Syntax,
            report.source.len() - 1,
            "no".into(),
            meant("lvel", ["level"]),
        );
        assert_eq!(
            problem.to_string(),
            "b.toml:1:10: no\n  |  名 = \u{fffd}[0mx\n  |           ^\n  = did you mean `level`?"
        );
    }

    #[test]
    fn source_lines_pass_the_gate() {
        let line = format!("a{}\u{202e}\u{200d}👩‍🔬\u{9b}é", "\u{301}".repeat(30));
        let shown = shown(&line);
        assert_eq!(text::block(&shown), shown);
        assert_eq!(shown.chars().count(), line.chars().count());
        assert_eq!(super::shown(&"x".repeat(500)).len(), SHOWN);
    }

    #[test]
    fn suggests_only_similar_names() {
        for (written, name) in [
            ("tilte", Some("title")),
            ("Full-Time", Some("full-time")),
            ("intern", Some("internship")),
            ("zebra", None),
        ] {
            let hint = name.map(|name| format!("did you mean `{name}`?"));
            assert_eq!(meant(written, ["title", "full-time", "internship"]), hint);
        }
        assert_eq!(meant(&"t".repeat(100_000), ["title"]), None);
    }
}
