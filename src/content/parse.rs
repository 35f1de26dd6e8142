//! Parses a file into tables that can be trusted, and reports each syntax error.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::problem::Report;
use super::rule::Rule;
use super::scan::{self, Segment};

/// Parser message after which the rest of the input is not read.
const STOPS: &str = "key with no value";

/// Parser message for a multi-line text that is never closed.
const OPEN_TEXT: &str = "invalid multi-line";

/// A parsed part of a file, and its syntax errors.
pub(super) struct ParsedSection<'i> {
    pub(super) root: DeTable<'i>,
    /// Start of the section in the file.
    start: usize,
    /// Positions of its syntax errors within the section, sorted.
    wrong: Vec<usize>,
}

impl ParsedSection<'_> {
    /// Position in the file of a span in the section.
    pub(super) fn at(&self, span: &Range<usize>) -> usize {
        self.start + span.start
    }

    /// Whether a syntax error lies within this span, so that its value is a guess.
    pub(super) fn is_guess(&self, span: &Range<usize>) -> bool {
        let next = self.wrong.partition_point(|at| *at < span.start);
        self.wrong.get(next).is_some_and(|at| *at <= span.end)
    }

    /// Whether there was no syntax error.
    pub(super) fn is_clean(&self) -> bool {
        self.wrong.is_empty()
    }
}

/// Parses a file, one top-level table at a time.
pub(super) fn sections(report: &Report<'_>, mut each: impl FnMut(&ParsedSection<'_>)) {
    for segment in scan::segments(report.source, 0..report.source.len()) {
        let swallows = segment.swallows;
        let range = segment.range.clone();
        if parse(report, &segment, swallows, &mut each) {
            continue;
        }
        for inner in scan::swallowed(report.source, range) {
            parse(report, &inner, false, &mut each);
        }
    }
}

/// Parses a segment. Returns false without a report if it failed and should be split further.
fn parse(
    report: &Report<'_>,
    segment: &Segment,
    swallows: bool,
    each: &mut impl FnMut(&ParsedSection<'_>),
) -> bool {
    let start = segment.range.start;
    if let Some((at, how)) = segment.absurd {
        if !swallows {
            report.add(Rule::Nesting, at, how);
        }
        return !swallows;
    }
    let text = &report.source[segment.range.clone()];
    let (root, mut errors) = DeTable::parse_recoverable(text);
    if swallows && !errors.is_empty() {
        return false;
    }
    if !errors.iter().any(is_stop) {
        pass_on(report, start, root.into_inner(), errors, each);
        return true;
    }
    let blanked = without_stops(report, start, text, &errors);
    let (root, more) = DeTable::parse_recoverable(&blanked);
    errors.retain(is_stop);
    errors.extend(more);
    pass_on(report, start, root.into_inner(), errors, each);
    true
}

/// Reports the errors and passes on what could be parsed.
fn pass_on(
    report: &Report<'_>,
    start: usize,
    root: DeTable<'_>,
    mut errors: Vec<Error>,
    each: &mut impl FnMut(&ParsedSection<'_>),
) {
    errors.sort_by_key(place);
    report_errors(report, start, &root, &errors);
    let wrong: Vec<usize> = errors.iter().map(place).collect();
    // A broken header says nothing reliable about its table.
    let text = &report.source[start..];
    let header = text.find('\n').unwrap_or(text.len());
    if !(text.trim_start().starts_with('[') && wrong.first().is_some_and(|at| *at <= header)) {
        each(&ParsedSection { root, start, wrong });
    }
}

fn is_stop(error: &Error) -> bool {
    error.message().starts_with(STOPS)
}

fn place(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

/// The text with the lines blanked at which the parser would stop, so that the rest is parsed.
fn without_stops(report: &Report<'_>, start: usize, text: &str, errors: &[Error]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let end = start + text.len();
    for error in errors.iter().filter(|error| is_stop(error)) {
        // The error is reported after the key, which may be the start of the next line.
        let at = (start + place(error)).saturating_sub(1).max(start);
        let line = report.line(report.line_of(at));
        let line = line.start.max(start)..line.end.min(end);
        bytes[line.start - start..line.end - start].fill(b' ');
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Reports at most one error per line and per value, since one mistake often causes follow-up errors.
fn report_errors(report: &Report<'_>, start: usize, root: &DeTable<'_>, errors: &[Error]) {
    let mut values = Vec::new();
    outermost(root, &mut values);
    values.sort_by_key(|span| span.start);
    let (mut line, mut until) = (0, 0);
    for error in errors {
        let mut at = place(error);
        let next = values.partition_point(|span| span.start <= at);
        let around = next.checked_sub(1).map(|before| &values[before]);
        let around = around.filter(|span| at <= span.end);
        let this = report.line_of(start + at);
        if this == line || at < until {
            continue;
        }
        line = this;
        until = around.map_or(0, |span| span.end);
        // The parser points at the end of an unclosed text; its beginning is more useful.
        if let Some(value) = around
            && error.message().starts_with(OPEN_TEXT)
        {
            at = value.start;
        }
        report.add(Rule::Syntax, start + at, message(error.message()));
    }
}

/// A clearer wording of a parser message.
fn message(said: &str) -> String {
    match said {
        said if said.starts_with(OPEN_TEXT) => "a multi-line text is never closed".into(),
        "string values must be quoted, expected literal string" => {
            "a missing value, or text without quotes".into()
        }
        _ => said.to_owned(),
    }
}

/// Spans of the values written after a `key =`.
fn outermost(table: &DeTable<'_>, spans: &mut Vec<Range<usize>>) {
    for (key, value) in table {
        match value.get_ref() {
            DeValue::Table(inner) if !follows(key.span(), value) => outermost(inner, spans),
            DeValue::Array(list) if !follows(key.span(), value) => {
                for item in list {
                    if let DeValue::Table(inner) = item.get_ref() {
                        outermost(inner, spans);
                    }
                }
            }
            _ => spans.push(value.span()),
        }
    }
}

/// Whether a value is written after its key, rather than being a table made by a header or a dotted key.
fn follows(key: Range<usize>, value: &Spanned<DeValue<'_>>) -> bool {
    key.end <= value.span().start
}
