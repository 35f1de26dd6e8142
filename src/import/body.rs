//! Assembles a description from parts of a feed.

use std::fmt::Write as _;

use super::draft::Refusal;
use super::html;

/// A description under construction.
#[derive(Default)]
pub(super) struct Body(String);

impl Body {
    /// Appends HTML.
    pub(super) fn html(&mut self, html: &str) -> Result<&mut Self, Refusal> {
        let markdown = html::markdown(html)?;
        self.push(&markdown);
        Ok(self)
    }

    /// Appends a section of HTML, unless empty.
    pub(super) fn section(&mut self, title: &str, html: &str) -> Result<&mut Self, Refusal> {
        let markdown = html::markdown(html)?;
        if !markdown.is_empty() {
            html::heading(&mut self.0, title);
            self.push(&markdown);
        }
        Ok(self)
    }

    /// Appends a section with a list of plain lines, unless empty.
    pub(super) fn list(&mut self, title: &str, items: &[String]) -> &mut Self {
        let items = items.iter().map(|item| super::draft::line(item));
        let items: Vec<_> = items.filter(|item| !item.is_empty()).collect();
        if !items.is_empty() {
            html::heading(&mut self.0, title);
            for item in items {
                let _ = writeln!(self.0, "- {}", html::escaped(&item));
            }
        }
        self
    }

    /// Appends Markdown.
    pub(super) fn push(&mut self, markdown: &str) -> &mut Self {
        if markdown.is_empty() {
            return self;
        }
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.truncate(self.0.trim_end().len());
            self.0.push_str("\n\n");
        }
        self.0.push_str(markdown);
        self
    }

    /// The resulting Markdown.
    pub(super) fn finish(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}
