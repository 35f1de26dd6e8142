//! Lines of a laid-out table: texts with their roles, without colours.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Its role, which selects the style.
    pub role: Role,
    /// The posting that it belongs to.
    pub column: Option<usize>,
}

/// Role of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Title of a posting.
    Title,
    /// Who hires.
    Company,
    /// Name of a fact.
    Label,
    /// Name of a fact in which the postings differ.
    DifferingLabel,
    /// A value that all postings share.
    Same,
    /// A value in which the postings differ.
    Differing,
    /// A value that was read out of the text, shared.
    DerivedSame,
    /// A value that was read out of the text, in which the postings differ.
    Derived,
    /// An unknown value.
    Unknown,
    /// What the user marked or wrote.
    Mine,
    /// A thin rule.
    Rule,
    /// White space.
    Gap,
}

/// A line of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its parts from left to right.
    pub spans: Vec<Span>,
}

impl Line {
    /// The text without its roles.
    pub fn text(&self) -> String {
        let spans = self.spans.iter().map(|span| span.text.as_str());
        spans.collect::<String>().trim_end().to_owned()
    }

    /// The posting at a column of the line.
    pub fn column_at(&self, x: usize) -> Option<usize> {
        let mut end = 0;
        let at = self.spans.iter().find(|span| {
            end += columns(&span.text);
            x < end
        });
        at?.column
    }

    pub(super) fn push(&mut self, text: impl Into<String>, role: Role, column: Option<usize>) {
        let text = text.into();
        if !text.is_empty() {
            self.spans.push(Span { text, role, column });
        }
    }

    /// Width in columns.
    pub(super) fn width(&self) -> usize {
        self.spans.iter().map(|span| columns(&span.text)).sum()
    }

    /// Fills the line with spaces up to a column.
    pub(super) fn pad(&mut self, to: usize, column: Option<usize>) {
        let width = self.width();
        self.push(" ".repeat(to.saturating_sub(width)), Role::Gap, column);
    }
}

/// Display width of a text.
pub(super) fn columns(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}
