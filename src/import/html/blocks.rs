//! Converts HTML to Markdown blocks: paragraphs, headings, lists, tables, quotations and code.
//!
//! Works on a stream of tokens without building a tree or recursion, so that unclosed or misnested tags and deep
//! nesting do no harm.

use super::drawn::{self, Part};
use super::inline::{Line, Style};
use super::table::Table;
use crate::import::tags::{Piece, Tag, pieces};

/// Elements whose text is not part of a description.
const SKIPPED: [&str; 13] = [
    "script", "style", "head", "title", "template", "noscript", "svg", "iframe", "object",
    "select", "textarea", "math", "button",
];
/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 32] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "address",
    "center",
    "details",
    "summary",
    "figure",
    "figcaption",
    "fieldset",
    "legend",
    "form",
    "dl",
    "dt",
    "dd",
    "body",
    "html",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "tfoot",
    "caption",
    "menu",
    "hgroup",
];

/// Container of blocks.
enum Container {
    Quote,
    List {
        ordered: bool,
        /// Number of its next item.
        next: u64,
        /// Whether it had an item.
        begun: bool,
    },
    Item {
        marker: String,
        /// Whether its marker was not written yet.
        fresh: bool,
        /// Whether it only wraps a list that is directly within a list.
        made_up: bool,
    },
}

#[derive(Default)]
pub(super) struct Writer {
    out: String,
    containers: Vec<Container>,
    /// Lines of the current paragraph.
    lines: Vec<Line>,
    bold: usize,
    italic: usize,
    code: usize,
    link: Option<String>,
    heading: Option<usize>,
    pre: Option<String>,
    table: Option<Table>,
    /// The element being skipped, and its nesting depth.
    skipped: Option<(String, usize)>,
    /// Whether the last block was an item of a drawn list.
    after_drawn: bool,
}

/// Markdown of an HTML fragment.
pub(super) fn markdown(html: &str) -> String {
    let mut writer = Writer::default();
    let pieces: Vec<Piece> = pieces(html).into_iter().map(|(_, piece)| piece).collect();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Open(tag) => writer.open(tag, &pieces[at + 1..]),
            Piece::Text(text) => writer.text(text),
            Piece::Close(name) => writer.close(name),
        }
    }
    writer.finish()
}

/// Plain text as Markdown: lines that look like list items become items, and line breaks are kept.
pub(super) fn plain(text: &str) -> String {
    let writer = Writer {
        lines: text.lines().map(Line::plain).collect(),
        ..Writer::default()
    };
    writer.finish()
}

impl Writer {
    fn finish(mut self) -> String {
        self.end_table();
        self.end_pre();
        self.flush();
        self.out
    }

    fn open(&mut self, tag: &Tag, rest: &[Piece]) {
        let name = tag.name.as_str();
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(skipped == name);
            return;
        }
        match name {
            _ if SKIPPED.contains(&name) => self.skipped = Some((name.to_owned(), 1)),
            "br" => self.line_break(),
            "b" | "strong" => self.bold += 1,
            "i" | "em" => self.italic += 1,
            "code" | "kbd" | "samp" | "tt" => self.code += 1,
            "a" => self.link = tag.attribute("href").map(str::to_owned),
            "tr" | "td" | "th" if self.table.is_some() => {
                if let Some(table) = &mut self.table {
                    table.open(name);
                }
            }
            _ if self.table.is_some() && is_block(name) => self.line_break(),
            _ if self.table.is_some() => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.heading = name[1..].parse().ok();
            }
            "ul" | "ol" => {
                self.flush();
                self.open_list(name == "ol", tag.attribute("start"));
            }
            "li" => {
                self.flush();
                self.open_item();
            }
            "blockquote" => {
                self.flush();
                self.containers.push(Container::Quote);
            }
            "pre" => {
                self.flush();
                self.pre = Some(String::new());
            }
            "hr" => {
                self.flush();
                self.emit(&["* * *".to_owned()]);
            }
            "table" => {
                self.flush();
                self.table = Table::begins(rest).then(Table::default);
            }
            _ if is_block(name) => self.flush(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((skipped, depth)) = &mut self.skipped {
            if skipped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        match name {
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "i" | "em" => self.italic = self.italic.saturating_sub(1),
            "code" | "kbd" | "samp" | "tt" => self.code = self.code.saturating_sub(1),
            "a" => self.link = None,
            "br" => self.line_break(),
            "table" => {
                self.end_table();
                self.flush();
            }
            _ if self.table.is_some() && is_block(name) => self.line_break(),
            _ if self.table.is_some() => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.heading = None;
            }
            "ul" | "ol" => {
                self.flush();
                self.leave(|container| matches!(container, Container::List { .. }));
            }
            "li" => {
                self.flush();
                self.leave_item();
            }
            "blockquote" => {
                self.flush();
                self.leave(|container| matches!(container, Container::Quote));
            }
            "pre" => self.end_pre(),
            _ if is_block(name) => self.flush(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        if let Some(pre) = &mut self.pre {
            pre.push_str(text);
            return;
        }
        let style = Style {
            bold: self.bold > 0,
            italic: self.italic > 0,
            code: self.code > 0,
            link: self.link.clone(),
        };
        let lines = match &mut self.table {
            Some(table) => table.cell(),
            None => &mut self.lines,
        };
        if lines.is_empty() {
            lines.push(Line::default());
        }
        if let Some(line) = lines.last_mut() {
            line.push(text, &style);
        }
    }

    fn line_break(&mut self) {
        if let Some(pre) = &mut self.pre {
            pre.push('\n');
            return;
        }
        match &mut self.table {
            Some(table) => table.cell().push(Line::default()),
            // The first break only begins the line that receives the text.
            None if self.lines.is_empty() => self.lines.extend([Line::default(), Line::default()]),
            None => self.lines.push(Line::default()),
        }
    }

    fn open_list(&mut self, ordered: bool, start: Option<&str>) {
        // A list directly within a list belongs to the preceding item.
        if let Some(Container::List { begun: true, .. }) = self.containers.last() {
            self.containers.push(Container::Item {
                marker: "-".into(),
                fresh: false,
                made_up: true,
            });
        }
        let start = start.and_then(|start| start.trim().parse().ok());
        self.containers.push(Container::List {
            ordered,
            next: start.unwrap_or(1),
            begun: false,
        });
    }

    fn open_item(&mut self) {
        if !self.in_list() {
            self.open_list(false, None);
        }
        // An unclosed item ends where the next begins.
        self.leave_item();
        let Some(Container::List { ordered, next, .. }) = self.containers.last_mut() else {
            return;
        };
        let marker = if *ordered {
            format!("{next}.")
        } else {
            "-".to_owned()
        };
        *next = next.saturating_add(1);
        self.containers.push(Container::Item {
            marker,
            fresh: true,
            made_up: false,
        });
    }

    /// Whether a list is open within the same quotation.
    fn in_list(&self) -> bool {
        let mut inside = self.containers.iter().rev();
        let inside = inside.find(|one| !matches!(one, Container::Item { .. }));
        matches!(inside, Some(Container::List { .. }))
    }

    /// Closes the innermost item, unless it contains an open list.
    fn leave_item(&mut self) {
        if let Some(Container::Item { .. }) = self.containers.last() {
            self.containers.pop();
        }
    }

    /// Closes the innermost container of a kind, with everything in it.
    fn leave(&mut self, kind: impl Fn(&Container) -> bool) {
        let Some(at) = self.containers.iter().rposition(kind) else {
            return;
        };
        self.containers.truncate(at);
        // Also closes the item that wraps the list.
        if let Some(Container::Item { made_up: true, .. }) = self.containers.last() {
            self.containers.pop();
        }
    }

    /// Writes the current paragraph.
    fn flush(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        if lines.iter().all(Line::is_empty) {
            return;
        }
        if let Some(level) = self.heading {
            let mut heading = Line::default();
            for line in lines {
                heading.join(line);
            }
            self.emit(&[format!("{} {}", "#".repeat(level), heading.markdown(true))]);
            return;
        }
        let mut paragraph = Vec::new();
        for line in lines {
            if line.is_empty() {
                self.paragraph(std::mem::take(&mut paragraph));
            } else {
                paragraph.push(line);
            }
        }
        self.paragraph(paragraph);
    }

    fn paragraph(&mut self, lines: Vec<Line>) {
        for part in drawn::parts(lines) {
            match part {
                Part::Text(lines) => {
                    let last = lines.len().saturating_sub(1);
                    let lines = lines.iter().enumerate().map(|(at, line)| {
                        let end = if at < last { "  " } else { "" };
                        line.markdown(false) + end
                    });
                    self.emit(&lines.collect::<Vec<_>>());
                }
                Part::List(items) => {
                    for (at, (number, line)) in items.into_iter().enumerate() {
                        // A drawn mark after a real list marker is redundant.
                        if at == 0 && self.is_at_item() {
                            self.emit(&[line.markdown(false)]);
                            continue;
                        }
                        let marker = number.map_or("-".to_owned(), |number| format!("{number}."));
                        let goes_on = self.after_drawn;
                        self.emit_item(&format!("{marker} {}", line.markdown(false)), goes_on);
                    }
                }
            }
        }
    }

    /// Whether the innermost item has no text yet.
    fn is_at_item(&self) -> bool {
        matches!(
            self.containers.last(),
            Some(Container::Item { fresh: true, .. })
        )
    }

    fn emit_item(&mut self, line: &str, goes_on: bool) {
        self.write(&[line.to_owned()], goes_on);
        self.after_drawn = true;
    }

    fn emit(&mut self, lines: &[String]) {
        self.write(lines, false);
        self.after_drawn = false;
    }

    fn write(&mut self, lines: &[String], mut is_tight: bool) {
        is_tight |= self.begins_item();
        if !self.out.is_empty() && !is_tight {
            let prefix = self.prefix(false);
            self.out.push_str(prefix.trim_end());
            self.out.push('\n');
        }
        for line in lines {
            let prefix = self.prefix(true);
            self.out.push_str(&prefix);
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    /// Whether the next block is the first of an item without a preceding blank line: the list has begun, or is within
    /// an item that has.
    fn begins_item(&self) -> bool {
        let fresh = |one: &Container| matches!(one, Container::Item { fresh: true, .. });
        let Some(at) = self.containers.iter().position(fresh) else {
            return false;
        };
        let begun = matches!(self.containers[at - 1], Container::List { begun: true, .. });
        let within = at >= 2 && matches!(self.containers[at - 2], Container::Item { .. });
        begun || within
    }

    /// Prefix of a line; for a line with text, including pending markers.
    fn prefix(&mut self, with_markers: bool) -> String {
        let mut prefix = String::new();
        let mut began = Vec::new();
        for (at, container) in self.containers.iter_mut().enumerate() {
            match container {
                Container::Quote => prefix.push_str("> "),
                Container::List { .. } => {}
                Container::Item { marker, fresh, .. } => {
                    if *fresh && with_markers {
                        prefix.push_str(marker);
                        prefix.push(' ');
                        *fresh = false;
                        began.push(at - 1);
                    } else {
                        prefix.push_str(&" ".repeat(marker.len() + 1));
                    }
                }
            }
        }
        for at in began {
            if let Some(Container::List { begun, .. }) = self.containers.get_mut(at) {
                *begun = true;
            }
        }
        prefix
    }

    fn end_pre(&mut self) {
        let Some(text) = self.pre.take() else {
            return;
        };
        let text = text.trim_end().trim_start_matches('\n');
        if text.trim().is_empty() {
            return;
        }
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        let mut lines = vec![fence.clone()];
        lines.extend(text.lines().map(str::to_owned));
        lines.push(fence);
        self.emit(&lines);
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else {
            return;
        };
        if let Some(lines) = table.markdown() {
            self.emit(&lines);
        } else {
            self.lines = table.lines();
            self.flush();
        }
    }
}

fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
        || matches!(
            name,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "li" | "blockquote" | "pre"
        )
}
