//! Content of one file of a board, parsed independently of the others.

use std::path::Path;

use toml::de::DeValue;

use super::allow::{self, Allow};
use super::fields::TableFields;
use super::overrides::Override;
use super::parse::{self, ParsedSection};
use super::problem::{Problem, Report};
use super::rule::Rule;
use super::site_table::{self, SiteTable};
use super::{interview, listed, posting};
use crate::board::fold::fold;
use crate::board::{Company, Date, Interview, Posting};

const TABLES: &[&str] = &[
    "board",
    "posting",
    "override",
    "interview",
    "source",
    "site",
    "company",
    "check",
];
pub(super) const BOARD: &[&str] = &["name", "description", "url"];

/// Tables of a file, with their positions.
#[derive(Default)]
pub(super) struct ParsedFile {
    pub(super) heads: Vec<(Head, FilePosition)>,
    pub(super) postings: Vec<(Posting, FilePosition)>,
    /// Interviews, with their related ids.
    pub(super) interviews: Vec<(Interview, FilePosition, Ids)>,
    /// Sources of the board's postings.
    pub(super) sources: Vec<listed::ListedSource>,
    pub(super) overrides: Vec<Override>,
    /// Settings of the exported site.
    pub(super) site: Option<SiteTable>,
    pub(super) companies: Vec<Company>,
    /// Warnings that the file allows.
    pub(super) allows: Vec<Allow>,
    pub(super) problems: Vec<Problem>,
    /// Position of the URL of each posting.
    pub(super) urls: Vec<usize>,
    /// Every link and its position.
    pub(super) links: Vec<(String, usize)>,
}

/// Ids with their positions.
pub(super) type Ids = Vec<(String, FilePosition)>;

/// A position in a file.
#[derive(Clone, Copy)]
pub(super) struct FilePosition {
    /// Byte offset for reports.
    pub(super) at: usize,
    /// Line number, for references from elsewhere.
    pub(super) line: usize,
}

/// Content of a `[board]` table.
#[derive(Default, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) url: Option<String>,
}

impl ParsedFile {
    /// Parses a file, given its path relative to the board's folder.
    pub(super) fn read(path: &Path, source: &str) -> Self {
        Self::look(path, source, None)
    }

    /// Parses a file, and lints it if a date is given.
    pub(super) fn look(path: &Path, source: &str, lint_date: Option<Date>) -> Self {
        let mut report = Report::new(path, source);
        report.lint_date = lint_date;
        Self::from_report(report)
    }

    fn from_report(report: Report<'_>) -> Self {
        let mut parsed_file = Self::default();
        parse::sections(&report, |section| parsed_file.section(&report, section));
        if report.lint_date.is_some() {
            parsed_file.allows.extend(allow::of_comments(&report));
        }
        parsed_file.links.extend(report.links());
        parsed_file.problems = report.finish();
        parsed_file
    }

    /// Parses a file for formatting, where its place on a board is not known.
    pub(super) fn apart(path: &Path, source: &str) -> Self {
        let mut report = Report::new(path, source);
        let name = path.file_name().and_then(|name| name.to_str());
        report.is_anywhere = matches!(name, Some(listed::FILE | "-"));
        Self::from_report(report)
    }

    /// Whether it holds only postings, without any mistake.
    pub(super) fn is_plain(&self) -> bool {
        self.heads.is_empty()
            && self.interviews.is_empty()
            && self.sources.is_empty()
            && self.overrides.is_empty()
            && self.site.is_none()
            && self.companies.is_empty()
            && self.allows.is_empty()
            && self.problems.is_empty()
    }

    /// Semantic equality, ignoring positions.
    pub(super) fn has_same_content(&self, other: &Self) -> bool {
        fn same<T, K: PartialEq>(a: &[T], b: &[T], key: impl Fn(&T) -> &K) -> bool {
            a.iter().map(&key).eq(b.iter().map(&key))
        }
        let sources = |parsed_file: &Self| {
            let sources = parsed_file.sources.iter().cloned();
            sources
                .map(|one| listed::ListedSource { line: 0, ..one })
                .collect::<Vec<_>>()
        };
        same(&self.heads, &other.heads, |(head, _)| head)
            && same(&self.postings, &other.postings, |(posting, _)| posting)
            && same(&self.interviews, &other.interviews, |(one, ..)| one)
            && sources(self) == sources(other)
            && self.site.as_ref().map(|site| &site.settings)
                == other.site.as_ref().map(|site| &site.settings)
            && self.companies == other.companies
            && same(&self.allows, &other.allows, Allow::rule)
    }

    fn section(&mut self, report: &Report<'_>, section: &ParsedSection<'_>) {
        let root = TableFields {
            report,
            section,
            table: &section.root,
            at: 0,
            name: "board's file",
        };
        let root = root.known(TABLES);
        let place = |at| FilePosition {
            at,
            line: report.line_of(at),
        };
        if let Some(fields) = root.table("board", "board") {
            let place = place(fields.at);
            let head = head(fields);
            self.link(head.url.as_ref(), &fields);
            self.heads.push((head, place));
        }
        if let Some(fields) = root.table("check", "check") {
            self.allows.extend(allow::of_board(fields));
        }
        for fields in top(&root, "source") {
            self.source(report, fields);
        }
        if let Some(fields) = root.table("site", "site") {
            self.site(report, fields);
        }
        for fields in top(&root, "company") {
            self.company(report, fields);
        }
        for fields in top(&root, "posting") {
            let place = place(fields.place("id"));
            if let Some(posting) = posting::posting(fields) {
                self.link(posting.url.as_ref(), &fields);
                self.urls.push(fields.place("url"));
                self.postings.push((posting, place));
            }
        }
        let overrides = top(&root, "override").into_iter();
        self.overrides.extend(overrides.filter_map(Override::read));
        for fields in top(&root, "interview") {
            let at = place(fields.place("id"));
            if let Some((interview, related)) = interview::interview(fields) {
                self.link(interview.url.as_ref(), &fields);
                let related = related.into_iter().map(|(id, at)| (id, place(at)));
                self.interviews.push((interview, at, related.collect()));
            }
        }
    }

    fn link(&mut self, url: Option<&String>, fields: &TableFields<'_>) {
        let url = url.filter(|_| fields.report.lint_date.is_some());
        self.links
            .extend(url.map(|url| (url.clone(), fields.place("url"))));
    }

    fn site(&mut self, report: &Report<'_>, fields: TableFields<'_>) {
        if !report.is_anywhere && report.file != Path::new(listed::FILE) {
            let message = "`[site]` belongs in the `board.toml` of the board's own folder";
            report.add(Rule::MisplacedTable, fields.at, message);
        }
        let table = site_table::site(fields);
        if self.site.is_some() {
            report.add(Rule::RepeatedTable, fields.at, "a second `[site]`");
        } else {
            self.site = Some(table);
        }
    }

    fn company(&mut self, report: &Report<'_>, fields: TableFields<'_>) {
        if !report.is_anywhere && report.file != Path::new(listed::FILE) {
            let message = "companies belong in the `board.toml` of the board's own folder";
            report.add(Rule::MisplacedTable, fields.at, message);
        }
        let at = fields.place("name");
        let Some(company) = site_table::company(fields) else {
            return;
        };
        let key = fold(&company.name);
        if self.companies.iter().any(|known| fold(&known.name) == key) {
            report.add(Rule::RepeatedTable, at, "this company is already described");
        } else {
            self.companies.push(company);
        }
    }

    fn source(&mut self, report: &Report<'_>, fields: TableFields<'_>) {
        let at = fields.place("url");
        if !report.is_anywhere && report.file != Path::new(listed::FILE) {
            let message = "sources are listed in the `board.toml` of the board's own folder";
            report.add(Rule::MisplacedTable, fields.at, message);
        }
        let Some(source) = listed::source(fields, report.line_of(at)) else {
            return;
        };
        let same = self.sources.iter().find(|known| known.url == source.url);
        if let Some(first) = same {
            let line = first.line;
            let message = format!("this source is already listed on line {line}");
            report.add(Rule::RepeatedSource, at, message);
        } else {
            self.sources.push(source);
        }
    }
}

fn head(fields: TableFields<'_>) -> Head {
    let fields = fields.known(BOARD);
    Head {
        name: fields.line("name"),
        description: fields.block("description"),
        url: fields.url("url"),
    }
}

/// Tables of a list at the top level of a file.
fn top<'a>(root: &TableFields<'a>, key: &'static str) -> Vec<TableFields<'a>> {
    match root.table.get(key).map(toml::Spanned::get_ref) {
        // A table in single brackets is reported, and still read.
        Some(DeValue::Table(_)) => {
            let hint = format!("write `[[{key}]]`");
            root.wrong(
                Rule::WrongType,
                key,
                format!("`[{key}]` must be a list of tables"),
                Some(hint),
            );
            root.table(key, key).into_iter().collect()
        }
        _ => root.tables(key, key).unwrap_or_default(),
    }
}
