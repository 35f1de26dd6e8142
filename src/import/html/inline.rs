//! Converts a line of text with styles and links to Markdown.
//!
//! White space is always outside of styles and links, as Markdown requires.

use super::escape::Escape;

/// Style of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) code: bool,
    /// Target of a link.
    pub(super) link: Option<String>,
}

/// Text of one style. Spaces at its ends are separate runs without style.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    text: String,
    style: Style,
}

/// A line under construction.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    runs: Vec<Run>,
    /// Whether white space is pending since the last word.
    gap: bool,
}

impl Line {
    /// A line of plain text.
    pub(super) fn plain(text: &str) -> Self {
        let mut line = Self::default();
        line.push(text, &Style::default());
        line
    }

    /// Appends text, with white space collapsed.
    pub(super) fn push(&mut self, text: &str, style: &Style) {
        for part in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = part.trim_matches(char::is_whitespace);
            if word.is_empty() {
                self.gap = true;
                continue;
            }
            self.gap |= part.starts_with(char::is_whitespace);
            self.word(word, style);
            self.gap = part.ends_with(char::is_whitespace);
        }
    }

    fn word(&mut self, word: &str, style: &Style) {
        let gap = std::mem::take(&mut self.gap);
        match self.runs.last_mut() {
            Some(last) if last.style == *style => {
                if gap {
                    last.text.push(' ');
                }
                last.text.push_str(word);
                return;
            }
            Some(last) if gap && last.style == Style::default() => last.text.push(' '),
            Some(_) if gap && *style == Style::default() => {
                return self.run(format!(" {word}"), style);
            }
            Some(_) if gap => self.run(" ".into(), &Style::default()),
            _ => {}
        }
        self.run(word.to_owned(), style);
    }

    fn run(&mut self, text: String, style: &Style) {
        self.runs.push(Run {
            text,
            style: style.clone(),
        });
    }

    /// Whether the line is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Text without styles.
    pub(super) fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Removes a number of bytes from the start, and the spaces that follow.
    pub(super) fn without_start(mut self, mut bytes: usize) -> Self {
        while let Some(first) = self.runs.first_mut() {
            if first.text.len() > bytes {
                first.text.drain(..bytes);
                first
                    .text
                    .drain(..first.text.len() - first.text.trim_start().len());
                if !first.text.is_empty() {
                    break;
                }
                bytes = 0;
            } else {
                bytes -= first.text.len();
            }
            self.runs.remove(0);
        }
        self
    }

    /// Appends another line.
    pub(super) fn join(&mut self, other: Self) {
        self.gap = true;
        for run in other.runs {
            self.push(&run.text, &run.style);
            self.gap |= run.text.ends_with(' ');
        }
    }

    /// Markdown of the line; without bold in a heading.
    pub(super) fn markdown(&self, is_heading: bool) -> String {
        let mut runs = self.runs.clone();
        if is_heading {
            for run in &mut runs {
                run.style.bold = false;
            }
        }
        runs.dedup_by(|run, before| {
            part_styles(&before.style, &mut run.style);
            let is_same = run.style == before.style;
            if is_same {
                before.text.push_str(&run.text);
            }
            is_same
        });
        let mut out = String::with_capacity(self.runs.iter().map(|run| run.text.len() + 4).sum());
        for (at, run) in runs.iter().enumerate() {
            let next = runs.get(at + 1).and_then(|run| match &run.style.link {
                Some(_) => Some('['),
                None => run.text.chars().next(),
            });
            run.write(&mut out, next);
        }
        out
    }
}

/// Adjacent styles would share their marks: the second is set to the first, or dropped.
fn part_styles(first: &Style, second: &mut Style) {
    let marked = |style: &Style| (style.bold || style.italic) && style.link.is_none();
    if marked(first) && marked(second) {
        let holds = (second.bold || !first.bold) && (second.italic || !first.italic);
        second.bold = holds && first.bold;
        second.italic = holds && first.italic;
    }
}

impl Run {
    /// Writes the run; `next` is the following character.
    fn write(&self, out: &mut String, next: Option<char>) {
        let before = out.chars().next_back();
        let Some(address) = self.style.link.as_deref().and_then(destination) else {
            let inner = self.inner(before, next, false);
            out.push_str(&self.marked(inner, before, next));
            return;
        };
        let inner = self.inner(Some('['), Some(']'), true);
        let inner = self.marked(inner, Some('['), Some(']'));
        out.extend(["[", &inner, "](", &address, ")"]);
    }

    fn inner(&self, before: Option<char>, next: Option<char>, in_link: bool) -> String {
        if self.style.code && !self.text.contains('`') {
            return format!("`{}`", self.text);
        }
        Escape {
            at_start: before.is_none(),
            in_link,
            before: before.unwrap_or(' '),
            next: next.unwrap_or(' '),
        }
        .text(&self.text)
    }

    /// Wraps text in the marks of its style, where Markdown recognises them.
    fn marked(&self, inner: String, before: Option<char>, next: Option<char>) -> String {
        let mark = match (self.style.bold, self.style.italic) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => return inner,
        };
        let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let apart = |beside: Option<char>| beside.is_none_or(|c| !c.is_alphanumeric());
        let opens = inner.chars().next().is_some_and(|c| !is_mark(c)) || apart(before);
        let closes = inner.chars().next_back().is_some_and(|c| !is_mark(c)) || apart(next);
        if opens && closes {
            format!("{mark}{inner}{mark}")
        } else {
            inner
        }
    }
}

/// Markdown link destination of an address; `None` if it cannot be followed.
fn destination(address: &str) -> Option<String> {
    let address: String = address
        .trim()
        .chars()
        .filter(|c| !matches!(c, '\n' | '\r' | '\t'))
        .collect();
    let scheme = address.split(':').next().unwrap_or_default();
    let runs = ["javascript", "data", "vbscript", "about"];
    let is_script = runs.iter().any(|one| scheme.eq_ignore_ascii_case(one));
    if address.is_empty() || address.starts_with('#') || is_script {
        return None;
    }
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '(' | ')' | '\\' => out.extend(['\\', c]),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            // A character reference would be decoded again.
            '&' => out.push_str("\\&"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    Some(out)
}
