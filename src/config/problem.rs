//! Problems in a config file: location, message and suggestion.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::board::text;

/// Maximum length of quoted text in a message.
const QUOTED: usize = 60;

/// A problem in a config file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The file.
    pub file: PathBuf,
    /// Line number, from 1; 0 for the whole file.
    pub line: usize,
    /// Column in characters, from 1; 0 for the whole file.
    pub column: usize,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The nearest valid name.
    pub hint: Option<String>,
}

impl ConfigProblem {
    /// A problem of the whole file.
    pub fn whole(file: &Path, message: String) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            column: 0,
            message,
            hint: None,
        }
    }
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A file name may contain anything that the file system allows, including escape sequences.
        f.write_str(&text::block(&self.file.to_string_lossy()))?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {}", self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " (did you mean `{hint}`?)"),
            None => Ok(()),
        }
    }
}

/// Collects the problems of one file and converts spans to lines and columns.
pub(super) struct Report<'a> {
    file: &'a Path,
    source: &'a str,
    /// Start of each line, computed once.
    lines: Vec<usize>,
    /// Lines with syntax errors.
    broken: BTreeSet<usize>,
    problems: Vec<ConfigProblem>,
}

impl<'a> Report<'a> {
    pub(super) fn new(file: &'a Path, source: &'a str) -> Self {
        let after = source.match_indices('\n').map(|(newline, _)| newline + 1);
        Self {
            file,
            source,
            lines: std::iter::once(0).chain(after).collect(),
            broken: BTreeSet::new(),
            problems: Vec::new(),
        }
    }

    /// Folder of the file, the base of its relative paths.
    pub(super) fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }

    /// Adds a problem at the start of a span.
    pub(super) fn add(&mut self, span: &Range<usize>, message: String, hint: Option<String>) {
        let (line, column) = self.position(span.start);
        // The syntax error of this line was reported.
        if self.broken.contains(&line) {
            return;
        }
        self.problems.push(ConfigProblem {
            file: self.file.to_owned(),
            line,
            column,
            message,
            hint,
        });
    }

    /// Adds a syntax error. The parser guesses values there.
    pub(super) fn add_syntax(&mut self, span: &Range<usize>, message: String) {
        self.add(span, message, None);
        self.broken.insert(self.position(span.start).0);
    }

    /// Whether a value is on a line with a syntax error.
    pub(super) fn is_guess(&self, span: &Range<usize>) -> bool {
        let last = span.end.saturating_sub(1).max(span.start);
        let lines = self.position(span.start).0..=self.position(last).0;
        self.broken.range(lines).next().is_some()
    }

    /// The problems in file order.
    pub(super) fn finish(mut self) -> Vec<ConfigProblem> {
        self.problems
            .sort_by_key(|problem| (problem.line, problem.column));
        self.problems
    }

    /// Line and column of a byte offset, both from 1.
    fn position(&self, byte: usize) -> (usize, usize) {
        let mut end = byte.min(self.source.len());
        while !self.source.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.lines.partition_point(|start| *start <= end);
        let start = self.lines[line - 1];
        (line, self.source[start..end].chars().count() + 1)
    }
}

/// A type name with its article.
pub(super) fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

/// Quotes external text in a message: cleaned and truncated.
pub(super) fn quoted(raw: &str) -> String {
    let clean = text::line(raw);
    if clean.chars().count() <= QUOTED {
        return format!("`{clean}`");
    }
    let start: String = clean.chars().take(QUOTED).collect();
    format!("`{start}…`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_lines_and_columns_in_characters() {
        let report = Report::new(Path::new(""), "a\nçé = 1\r\nlast");
        for (byte, place) in [
            (0, (1, 1)),
            (1, (1, 2)),
            (2, (2, 1)),
            (6, (2, 3)),
            (12, (3, 1)),
        ] {
            assert_eq!(report.position(byte), place, "{byte}");
        }
        assert_eq!(report.position(3), (2, 1), "inside a character");
        assert_eq!(report.position(999), (3, 5), "past the end");
        assert_eq!(Report::new(Path::new(""), "").position(0), (1, 1));
    }

    #[test]
    fn reads_as_a_compiler_would_say_it() {
        let mut problem = ConfigProblem {
            file: "c.toml".into(),
            line: 3,
            column: 7,
            message: "`dwon` is not an action".into(),
            hint: Some("down".into()),
        };
        assert_eq!(
            problem.to_string(),
            "c.toml:3:7: `dwon` is not an action (did you mean `down`?)"
        );
        problem.hint = None;
        problem.line = 0;
        assert_eq!(problem.to_string(), "c.toml: `dwon` is not an action");
    }
}
