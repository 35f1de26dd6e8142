//! Problems for programs.

use serde::Serialize;

use super::super::rows::Row;
use crate::board::text;
use crate::content::{Problem, Severity};

pub(super) const TITLES: [&str; 8] = [
    "rule",
    "severity",
    "file",
    "line",
    "column",
    "message",
    "help",
    "source_line",
];

/// A problem.
#[derive(Serialize)]
pub(super) struct ProblemRecord<'a> {
    rule: &'static str,
    severity: &'static str,
    file: String,
    line: usize,
    column: usize,
    message: &'a str,
    help: Option<&'a str>,
    source_line: &'a str,
}

impl<'a> ProblemRecord<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        Self {
            rule: problem.rule.code(),
            severity: word(problem.severity),
            file: text::line(&problem.file.to_string_lossy()),
            line: problem.line,
            column: problem.column,
            message: &problem.message,
            help: problem.hint.as_deref(),
            source_line: &problem.source_line,
        }
    }
}

impl Row for &ProblemRecord<'_> {
    fn cells(&self) -> Vec<String> {
        vec![
            self.rule.to_owned(),
            self.severity.to_owned(),
            self.file.clone(),
            self.line.to_string(),
            self.column.to_string(),
            self.message.to_owned(),
            self.help.unwrap_or_default().to_owned(),
            self.source_line.to_owned(),
        ]
    }
}

/// Word for a severity, also in GitHub Actions and SARIF.
pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
