//! A wrapped document with its scroll position.

use crate::document::{Document, Hit, Line, Wrapped};

/// A document, wrapped and scrolled.
#[derive(Debug, Default)]
pub struct Page {
    document: Document,
    wrapped: Wrapped,
    top: usize,
}

impl Page {
    /// A document at its start.
    pub fn new(document: Document, width: u16) -> Self {
        let wrapped = document.wrap(width);
        Self {
            document,
            wrapped,
            top: 0,
        }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Its lines.
    pub fn lines(&self) -> &[Line] {
        &self.wrapped.lines
    }

    /// The first visible line.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The block at the top of the screen, as a reading position.
    pub fn place(&self) -> usize {
        self.lines().get(self.top).map_or(0, |line| line.block)
    }

    /// Scrolls a block to the top.
    pub fn go_to_place(&mut self, block: usize, height: usize) {
        let line = self.wrapped.first_line_of(block);
        // The first block is the start of the page, including the title.
        self.top = if block == 0 { 0 } else { line };
        self.top = self.top.min(self.last_top(height));
    }

    /// Wraps to another width and keeps the top block in place.
    pub fn set_width(&mut self, width: u16) {
        if width == self.wrapped.width {
            return;
        }
        let block = self.place();
        let within = self.top.saturating_sub(self.wrapped.first_line_of(block));
        self.wrapped = self.document.wrap(width);
        let lines = self.lines().iter();
        let count = lines.filter(|line| line.block == block).count();
        self.top = self.wrapped.first_line_of(block) + within.min(count.saturating_sub(1));
    }

    /// Replaces the document and keeps the top block in place.
    pub fn replace(&mut self, document: Document) {
        let place = self.place();
        self.wrapped = document.wrap(self.wrapped.width);
        self.document = document;
        self.top = if self.top == 0 {
            0
        } else {
            self.wrapped.first_line_of(place)
        };
    }

    /// Index of a block's first line.
    pub fn first_line_of(&self, block: usize) -> usize {
        self.wrapped.first_line_of(block)
    }

    /// Number of the link at a column of a line.
    pub fn link_at(&self, line: &Line, column: usize) -> Option<usize> {
        if line.link.is_some() {
            let links = self.document.links();
            let at = links.iter().position(|(block, _)| *block == line.block)?;
            return Some(at + 1);
        }
        line.link_at(column).map(|link| link.number)
    }

    /// The first fact in a line that was read out of the posting's text.
    pub fn derived_at(&self, line: usize) -> Option<&'static str> {
        let block = self.document.blocks.get(self.lines().get(line)?.block)?;
        block.derived.first().copied()
    }

    /// Occurrences of a text.
    pub fn find(&self, needle: &str) -> Vec<Hit> {
        self.wrapped.find(needle)
    }

    /// Lines and ranges of a block's byte ranges.
    pub fn locate(&self, block: usize, ranges: &[std::ops::Range<usize>]) -> Vec<Hit> {
        self.wrapped.locate(block, ranges)
    }

    /// The top line at which the last line is at the bottom of the screen.
    pub fn last_top(&self, height: usize) -> usize {
        self.lines().len().saturating_sub(height.max(1))
    }

    /// Whether the end is visible.
    pub fn at_end(&self, height: usize) -> bool {
        self.top >= self.last_top(height)
    }

    /// Scrolls by a number of lines. Returns whether anything moved.
    pub fn scroll(&mut self, lines: isize, height: usize) -> bool {
        let before = self.top;
        // A jump to a heading may go beyond the last full screen; scrolling down keeps that position.
        let most = self.last_top(height).max(self.top);
        self.top = self.top.saturating_add_signed(lines).min(most);
        self.top != before
    }

    /// Scrolls a line to the top.
    pub fn go_to(&mut self, line: usize) {
        self.top = line.min(self.lines().len().saturating_sub(1));
    }

    /// Scrolls to the first or the last line.
    pub fn turn_to_end(&mut self, last: bool, height: usize) {
        self.top = if last { self.last_top(height) } else { 0 };
    }

    /// Scrolls a line into view, with context above it.
    pub fn show(&mut self, line: usize, height: usize) {
        if line < self.top || line >= self.top + height {
            self.top = line.saturating_sub(height / 3).min(self.last_top(height));
        }
    }

    /// Scrolls the next or previous heading to the top. Returns whether there was one.
    pub fn turn_to_heading(&mut self, next: bool) -> bool {
        let lines = self.headings();
        let found = if next {
            lines.into_iter().find(|line| *line > self.top)
        } else {
            lines.into_iter().rev().find(|line| *line < self.top)
        };
        // Above the first heading, go to the start.
        let found = found.or((!next && self.top > 0).then_some(0));
        found.map(|line| self.top = line).is_some()
    }

    /// Scrolls a heading of the outline to the top.
    pub fn turn_to_outline(&mut self, at: usize) {
        if let Some(line) = self.headings().get(at) {
            self.top = *line;
        }
    }

    /// The heading that the top of the screen is under.
    pub fn heading(&self) -> Option<usize> {
        let lines = self.headings();
        lines.iter().rposition(|line| *line <= self.top)
    }

    /// Reading progress in percent.
    pub fn percent(&self, height: usize) -> u8 {
        let last = self.last_top(height);
        match last {
            0 => 100,
            _ => (self.top.min(last) * 100 / last) as u8,
        }
    }

    /// First line of each heading of the outline.
    fn headings(&self) -> Vec<usize> {
        let outline = self.document.outline.iter();
        outline
            .map(|(block, _)| self.wrapped.first_line_of(*block))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Posting;

    fn page() -> Page {
        let words = "word ".repeat(60);
        let parts = (1..=5).map(|n| format!("## Part {n}\n\n{words}"));
        let description = parts.collect::<Vec<_>>().join("\n\n");
        let posting = Posting {
            title: "Reader".into(),
            description,
            ..Posting::default()
        };
        Page::new(Document::posting(&posting), 40)
    }

    fn top_text(page: &Page) -> String {
        page.lines()[page.top()].text()
    }

    #[test]
    fn headings_come_to_the_top_one_after_the_other() {
        let mut page = page();
        for n in 1..=5 {
            assert!(page.turn_to_heading(true));
            assert_eq!(top_text(&page), format!("Part {n}"));
            assert_eq!(page.heading(), Some(n - 1));
        }
        assert!(!page.turn_to_heading(true), "there is no sixth");
        assert!(page.turn_to_heading(false));
        assert_eq!(top_text(&page), "Part 4");
        page.turn_to_end(false, 10);
        assert!(!page.turn_to_heading(false), "nothing is above the start");
    }

    #[test]
    fn another_width_keeps_the_paragraph() {
        let mut page = page();
        page.turn_to_outline(2);
        page.scroll(3, 10);
        for width in [12, 72, 1, 40] {
            page.set_width(width);
            let block = page.lines()[page.top()].block;
            assert_eq!(page.document().outline[2].0 + 1, block, "{width}");
        }
    }

    #[test]
    fn scrolling_stops_at_both_ends() {
        let mut page = page();
        assert!(!page.scroll(-3, 10));
        page.scroll(10_000, 10);
        assert!(page.at_end(10));
        assert_eq!(page.percent(10), 100);
        assert_eq!(page.top() + 10, page.lines().len());
        assert!(!page.scroll(1, 10));
        assert_eq!(Page::default().percent(10), 100);
    }
}
