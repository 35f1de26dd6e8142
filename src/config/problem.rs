//! What is wrong in a config file: the place, the sentence, and the name that was probably meant.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::board::text;

/// Characters of a person's own words that a message repeats.
const QUOTED: usize = 60;

/// One mistake in a config file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The file it is in.
    pub file: PathBuf,
    /// Its line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Its column in characters, from 1; 0 where the whole file is meant.
    pub column: usize,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The nearest name that would have been right.
    pub hint: Option<String>,
}

impl ConfigProblem {
    /// A problem of the file as a whole.
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
        // A file name may hold anything that the file system allows, escape sequences too.
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

/// Collects the problems of one file; spans become lines and columns here.
pub(super) struct Report<'a> {
    file: &'a Path,
    source: &'a str,
    /// Where each line begins, so that a file full of mistakes is not read again for each.
    lines: Vec<usize>,
    /// Lines that are not TOML.
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

    /// The folder of the file, which its relative paths start from.
    pub(super) fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }

    /// One mistake at the start of a span.
    pub(super) fn add(&mut self, span: &Range<usize>, message: String, hint: Option<String>) {
        let (line, column) = self.position(span.start);
        // A line that is not TOML has said so already.
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

    /// A place that the parser could not read, and had to guess about to go on.
    pub(super) fn add_syntax(&mut self, span: &Range<usize>, message: String) {
        self.add(span, message, None);
        self.broken.insert(self.position(span.start).0);
    }

    /// Whether a value stands on lines that the parser had to guess about.
    pub(super) fn is_guess(&self, span: &Range<usize>) -> bool {
        let last = span.end.saturating_sub(1).max(span.start);
        let lines = self.position(span.start).0..=self.position(last).0;
        self.broken.range(lines).next().is_some()
    }

    /// The problems in the order of the file.
    pub(super) fn finish(mut self) -> Vec<ConfigProblem> {
        self.problems
            .sort_by_key(|problem| (problem.line, problem.column));
        self.problems
    }

    /// Line and column, both from 1, of a byte in the text.
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

/// A kind of value with its article.
pub(super) fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

/// A person's own words as a message repeats them: clean, and not longer than a line bears.
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
