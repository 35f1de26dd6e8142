//! The full-screen reader of a document: scroll position, search, links.

mod stack;

use std::sync::Arc;

pub use stack::{MOST, Outcome, ReaderStack};

use super::Action;
use super::evidence::EvidenceView;
use super::input::Line;
use super::page::Page;
use super::picture::Picture;
use crate::document::{Document, Hit, Target};
use crate::tracking::PostingKey;

/// What the reader shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The posting with this id.
    Posting(String),
    /// A posting that is gone from the board, from the journal's copy.
    Kept(PostingKey),
    /// The interview with this id.
    Interview(String),
}

/// An open document.
#[derive(Debug)]
pub struct Reader {
    /// What it shows.
    pub subject: Subject,
    /// Its text.
    pub page: Page,
    /// A search in it.
    pub find: Option<Find>,
    /// The evidence of its facts.
    pub evidence: EvidenceView,
    /// The photo of an interview, once it was read.
    pub photo: Option<Arc<Picture>>,
    /// Index of the focused link, which Enter follows.
    link: Option<usize>,
}

/// A search in the open document.
#[derive(Debug, Default)]
pub struct Find {
    /// The search text.
    pub needle: Line,
    /// Whether it is being typed.
    pub typing: bool,
    /// The hits.
    pub hits: Vec<Hit>,
    /// Index of the current hit.
    pub current: Option<usize>,
    /// Scroll position before the search.
    origin: usize,
}

impl Find {
    /// Number of the current hit, and of all; a hit across a line end counts once.
    pub fn count(&self) -> (usize, usize) {
        let whole = |hits: &[Hit]| hits.iter().filter(|hit| !hit.continues).count();
        let current = self.current.map_or(0, |at| whole(&self.hits[..=at]));
        (current, whole(&self.hits))
    }

    /// The first hit on or below a line, else the first of all.
    fn first_from(&self, line: usize) -> Option<usize> {
        let below = self.hits.iter().position(|hit| hit.line >= line);
        below.or((!self.hits.is_empty()).then_some(0))
    }

    /// The next or previous hit, wrapping around.
    fn step(&self, forward: bool) -> Option<usize> {
        let starts = |at: &usize| !self.hits[*at].continues;
        let current = self.current?;
        if forward {
            let mut after = (current + 1..self.hits.len()).chain(0..=current);
            after.find(starts)
        } else {
            let mut before = (0..current).rev().chain((current..self.hits.len()).rev());
            before.find(starts)
        }
    }
}

impl Reader {
    /// Opens a page.
    pub fn new(subject: Subject, page: Page) -> Self {
        Self {
            subject,
            page,
            find: None,
            evidence: EvidenceView::default(),
            photo: None,
            link: None,
        }
    }

    /// Shows a photo above its caption.
    fn show_photo(&mut self, photo: Arc<Picture>) {
        let document = self.page.document().clone();
        let is_first = self.photo.is_none();
        self.photo = Some(photo);
        if is_first {
            self.replace(document);
        }
    }

    /// Index of the focused link.
    pub fn link(&self) -> Option<usize> {
        Some(self.link? + 1)
    }

    /// Target of the focused link.
    pub fn target(&self) -> Option<Target> {
        let mut links = self.page.document().links();
        let at = self.link.filter(|at| *at < links.len())?;
        Some(links.swap_remove(at).1)
    }

    /// Block of the focused link.
    pub fn link_block(&self) -> Option<usize> {
        let links = self.page.document().links();
        Some(links.get(self.link?)?.0)
    }

    /// Focuses a link.
    pub fn focus(&mut self, number: usize) {
        self.link = number.checked_sub(1);
    }

    /// Removes the focus from links. Returns whether one was focused.
    pub fn unfocus(&mut self) -> bool {
        self.link.take().is_some()
    }

    /// Focuses the next or previous link; initially one that is visible.
    pub fn step_link(&mut self, forward: bool, height: usize) {
        let links = self.page.document().links();
        let Some(last) = links.len().checked_sub(1) else {
            return;
        };
        let link = match self.link {
            Some(link) if forward => (link + 1).min(last),
            Some(link) => link.saturating_sub(1),
            None => {
                let place = self.page.place();
                let in_view = links.iter().position(|(block, _)| *block >= place);
                in_view.unwrap_or(last)
            }
        };
        self.link = Some(link);
        self.show_link(height);
    }

    fn show_link(&mut self, height: usize) {
        let block = self.link_block();
        let line = self
            .page
            .lines()
            .iter()
            .position(|line| Some(line.block) == block);
        if let Some(line) = line {
            self.page.show(line, height);
        }
    }

    /// Scrolls by a line; at the end of the text moves between related postings.
    pub fn step(&mut self, forward: bool, height: usize) {
        let links = self.page.document().links();
        let is_posting = |(_, target): &(usize, Target)| matches!(target, Target::Posting(_));
        let first = links.iter().position(is_posting);
        match (self.link, first) {
            (Some(link), Some(first)) if link > first || (link == first && forward) => {
                self.step_link(forward, height);
            }
            (_, Some(first)) if forward && self.page.at_end(height) => {
                self.link = Some(first);
                self.show_link(height);
            }
            _ => {
                self.link = None;
                self.page.scroll(if forward { 1 } else { -1 }, height);
            }
        }
    }

    /// Starts a search.
    pub fn begin_find(&mut self) {
        self.find = Some(Find {
            typing: true,
            origin: self.page.top(),
            ..Find::default()
        });
    }

    /// Goes to the first place of the first text that the document holds, ready to step through them.
    pub fn find_first(&mut self, texts: &[String], height: usize) {
        let Some(text) = texts.iter().find(|text| !self.page.find(text).is_empty()) else {
            return;
        };
        self.find = Some(Find {
            needle: Line::new(text),
            ..Find::default()
        });
        self.refresh_find(height);
    }

    /// Edits the search, moves between hits, or ends it.
    fn act_in_find(&mut self, action: Action, height: usize) {
        let Some(find) = &mut self.find else { return };
        if let Some(changed) = find.needle.act(action) {
            if changed {
                self.refresh_find(height);
            }
            return;
        }
        match action {
            Action::Enter if find.needle.text().is_empty() => self.end_find(true),
            Action::Enter => find.typing = false,
            Action::Escape => self.end_find(true),
            Action::FindNext => self.step_find(true, height),
            Action::FindPrevious => self.step_find(false, height),
            _ => {}
        }
    }

    fn type_in_find(&mut self, typed: &str, height: usize) {
        if let Some(find) = &mut self.find
            && find.needle.write(typed)
        {
            self.refresh_find(height);
        }
    }

    fn paste_in_find(&mut self, raw: &str, height: usize) {
        if let Some(find) = &mut self.find {
            find.needle.paste(raw);
            self.refresh_find(height);
        }
    }

    /// Repeats the search for the current text, from where it began.
    pub fn refresh_find(&mut self, height: usize) {
        let Some(find) = &mut self.find else { return };
        find.hits = self.page.find(find.needle.text());
        find.current = find.first_from(find.origin);
        if find.current.is_none() {
            self.page.go_to(find.origin);
        }
        self.show_hit(height);
    }

    /// Moves to the next or previous hit.
    pub fn step_find(&mut self, forward: bool, height: usize) {
        let Some(find) = &mut self.find else { return };
        find.current = find.step(forward).or(find.current);
        self.show_hit(height);
    }

    /// Ends the search; with `back`, returns to where it began.
    pub fn end_find(&mut self, back: bool) {
        if let Some(find) = self.find.take()
            && back
        {
            self.page.go_to(find.origin);
        }
    }

    /// Wraps to another width; hits are recomputed, and the current one is kept.
    pub fn set_width(&mut self, width: u16, height: usize) {
        let before = self.page.lines().len();
        self.page.set_width(width);
        if before != self.page.lines().len() {
            self.evidence.locate(&self.page);
        }
        if before != self.page.lines().len() && self.find_again() {
            self.show_hit(height);
        }
    }

    /// Replaces the document, keeping the position.
    pub fn replace(&mut self, document: Document) {
        let document = match &self.photo {
            Some(photo) => document.with_photo(u16::try_from(photo.rows.len()).unwrap_or(u16::MAX)),
            None => document,
        };
        self.page.replace(document);
        self.evidence = EvidenceView::default();
        self.find_again();
    }

    /// Recomputes the hits after a layout change, keeping the current one by number. Returns whether there is a search.
    fn find_again(&mut self) -> bool {
        let Some(find) = &mut self.find else {
            return false;
        };
        let (current, _) = find.count();
        find.hits = self.page.find(find.needle.text());
        let hits = find.hits.iter().enumerate();
        let starts = hits.filter(|(_, hit)| !hit.continues).map(|(at, _)| at);
        find.current = starts.take(current.max(1)).last();
        true
    }

    fn show_hit(&mut self, height: usize) {
        let line = self
            .find
            .as_ref()
            .and_then(|find| Some(find.hits[find.current?].line));
        if let Some(line) = line {
            self.page.show(line, height);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Exchange, Interview, Posting};

    fn reader() -> Reader {
        let exchange = |n: usize| Exchange {
            question: format!("Question {n}?"),
            answer: format!("The answer number {n}. {}", "More words. ".repeat(20)),
        };
        let interview = Interview {
            title: "A talk".into(),
            exchanges: (1..=4).map(exchange).collect(),
            ..Interview::default()
        };
        let posting = |id: &str| Posting {
            id: id.into(),
            title: id.to_uppercase(),
            ..Posting::default()
        };
        let (a, b) = (posting("a"), posting("b"));
        let page = Page::new(Document::interview(&interview, &[&a, &b]), 30);
        Reader::new(Subject::Interview("i".into()), page)
    }

    fn find(reader: &mut Reader, needle: &str) {
        reader.begin_find();
        if let Some(find) = &mut reader.find {
            find.needle.paste(needle);
        }
        reader.refresh_find(8);
    }

    #[test]
    fn a_search_walks_its_hits_around_the_ends() {
        let mut reader = reader();
        find(&mut reader, "answer number");
        let count = |reader: &Reader| reader.find.as_ref().map(Find::count);
        assert_eq!(count(&reader), Some((1, 4)));
        for expected in [2, 3, 4, 1] {
            reader.step_find(true, 8);
            assert_eq!(count(&reader), Some((expected, 4)));
        }
        reader.step_find(false, 8);
        assert_eq!(count(&reader), Some((4, 4)));
        reader.set_width(12, 8);
        assert_eq!(count(&reader), Some((4, 4)));
    }

    #[test]
    fn leaving_a_search_comes_back_to_where_it_began() {
        let mut reader = reader();
        reader.page.scroll(3, 8);
        find(&mut reader, "number 4");
        assert!(reader.page.top() > 3);
        reader.end_find(true);
        assert_eq!(reader.page.top(), 3);
        find(&mut reader, "not there");
        assert_eq!(reader.page.top(), 3);
    }

    #[test]
    fn links_follow_the_end_of_the_text() {
        let mut reader = reader();
        reader.page.turn_to_end(true, 8);
        let posting = |reader: &Reader| match reader.target() {
            Some(Target::Posting(id)) => Some(id),
            _ => None,
        };
        assert_eq!(posting(&reader), None);
        for expected in [Some("a"), Some("b"), Some("b")] {
            reader.step(true, 8);
            assert_eq!(posting(&reader).as_deref(), expected);
        }
        for expected in [Some("a"), None, None] {
            reader.step(false, 8);
            assert_eq!(posting(&reader).as_deref(), expected);
        }
    }
}
