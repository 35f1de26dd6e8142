//! Warnings that a board's files allow: `# jobdeck: allow(title/capitals)` above a key or a table, and
//! `[check] allow = ["title/capitals"]` for the whole board.
//!
//! Errors cannot be allowed, because something was left out of the board.

mod comments;

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use super::fields::TableFields;
use super::problem::{Problem, Report, Severity, meant, quoted};
use super::rule::Rule;

/// Keys of a `[check]` table.
pub(super) const KEYS: &[&str] = &["allow"];

/// A rule whose warnings are allowed in a part of the board.
#[derive(Debug, Clone)]
pub struct Allow {
    rule: Rule,
    scope: Scope,
    /// Where it is written, as a problem without a message.
    place: Problem,
}

/// Part of a board in which a rule is allowed.
#[derive(Debug, Clone)]
enum Scope {
    /// Files below a folder.
    Board(PathBuf),
    /// Lines of the file that allows it.
    Lines(RangeInclusive<usize>),
}

impl Allow {
    /// Its rule.
    pub(super) fn rule(&self) -> &Rule {
        &self.rule
    }

    /// Moves it into a folder, as its file and the problems of its board are.
    pub fn move_into(&mut self, folder: &Path) {
        self.place.file = folder.join(&self.place.file);
        if let Scope::Board(within) = &mut self.scope {
            *within = folder.join(&*within);
        }
    }

    fn covers(&self, problem: &Problem) -> bool {
        let is_within = match &self.scope {
            Scope::Board(folder) => problem.file.starts_with(folder),
            Scope::Lines(lines) => problem.file == self.place.file && lines.contains(&problem.line),
        };
        is_within && problem.is_warning() && problem.rule == self.rule
    }
}

/// The problems that are not allowed, and a warning for each allowance without effect, in file order. Allowances of rules
/// that were not checked are not judged.
pub fn remaining(
    problems: Vec<Problem>,
    allows: &[Allow],
    is_checked: impl Fn(Rule) -> bool,
) -> Vec<Problem> {
    if allows.is_empty() {
        return problems;
    }
    let mut is_used = vec![false; allows.len()];
    let mut remaining = problems;
    remaining.retain(|problem| {
        let mut is_allowed = false;
        for (allow, used) in allows.iter().zip(&mut is_used) {
            if allow.covers(problem) {
                is_allowed = true;
                *used = true;
            }
        }
        !is_allowed
    });
    let unused = allows.iter().zip(is_used);
    let unused = unused.filter(|(allow, used)| !used && is_checked(allow.rule));
    remaining.extend(unused.map(|(allow, _)| Problem {
        severity: Severity::Warning,
        rule: Rule::UnusedAllow,
        message: format!("nothing here breaks `{}`", allow.rule.code()),
        hint: Some("remove it".to_owned()),
        ..allow.place.clone()
    }));
    remaining.sort_by(|a, b| (&a.file, a.place()).cmp(&(&b.file, b.place())));
    remaining
}

/// The rules that a `[check]` table allows on the whole board.
pub(super) fn of_board(fields: TableFields<'_>) -> Vec<Allow> {
    let fields = fields.known(KEYS);
    let codes = fields.lines("allow").unwrap_or_default();
    let allows = codes.into_iter().filter_map(|(code, at)| {
        let rule = warning_named(&code, at, fields.report)?;
        Some(Allow {
            rule,
            scope: Scope::Board(PathBuf::new()),
            place: fields
                .report
                .problem(Rule::UnusedAllow, at, String::new(), None),
        })
    });
    allows.collect()
}

/// The rules that the comments of a file allow.
pub(super) fn of_comments(report: &Report<'_>) -> Vec<Allow> {
    let mut allows = Vec::new();
    for comment in comments::find(report.source) {
        let Some(codes) = comment.codes else {
            report.warn(
                Rule::UnknownAllow,
                comment.at,
                "a comment for jobdeck that is not understood",
                Some("write `# jobdeck: allow(RULE, …)`".to_owned()),
            );
            continue;
        };
        for (code, at) in codes {
            if let Some(rule) = warning_named(code, at, report) {
                allows.push(Allow {
                    rule,
                    scope: Scope::Lines(comment.lines.clone()),
                    place: report.problem(Rule::UnusedAllow, at, String::new(), None),
                });
            }
        }
    }
    allows
}

/// The rule with this code, if it may be allowed; else says why not.
fn warning_named(code: &str, at: usize, report: &Report<'_>) -> Option<Rule> {
    let warnings = Rule::ALL.iter().copied();
    let mut warnings = warnings.filter(|rule| rule.severity() == Severity::Warning);
    let Some(rule) = Rule::named(code) else {
        let codes = warnings.map(Rule::code);
        let message = format!("no rule is called {}", quoted(code));
        report.warn(Rule::UnknownAllow, at, message, meant(code, codes));
        return None;
    };
    if warnings.all(|warning| warning != rule) {
        let message = format!("`{code}` is an error, and only warnings can be allowed");
        report.warn(Rule::UnknownAllow, at, message, None);
        return None;
    }
    Some(rule)
}
