//! The stack of open documents, each opened from the one below.
//!
//! The stack owns the keys, typing, clicks and wheel of reading; its [`Outcome`] tells the app what to do beyond that.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Reader, Subject};
use crate::app::cursor::page_step;
use crate::app::layout::Layout;
use crate::app::page::Page;
use crate::app::picture::Picture;
use crate::app::{Action, MEASURES, Message, Mode};
use crate::board::Posting;
use crate::document::{Document, Target};

/// Step by which a key press changes the text width.
const WIDEN: u16 = 4;
/// Maximum number of documents that are open one above the other.
pub const MOST: usize = 50;

/// Open documents, and reading positions of others.
#[derive(Debug)]
pub struct ReaderStack {
    readers: Vec<Reader>,
    /// Top block of each closed document.
    places: HashMap<Subject, usize>,
    /// Width of the text.
    measure: u16,
}

/// Result of a message, for the app.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing.
    Done,
    /// Follow a link.
    Follow(Target),
    /// Open the outline of the document.
    Outline,
    /// Show the evidence of this fact.
    Evidence(&'static str),
    /// Open the next posting, or the previous one.
    Neighbour(bool),
    /// The text width has changed.
    Measured(u16),
    /// The action is not handled by the reader.
    Unhandled(Action),
}

impl ReaderStack {
    /// An empty stack with a text width.
    pub fn new(measure: u16) -> Self {
        Self {
            readers: Vec::new(),
            places: HashMap::new(),
            measure,
        }
    }

    /// Input mode, if a document is open.
    pub fn mode(&self) -> Option<Mode> {
        let find = self.top()?.find.as_ref();
        let typing = find.is_some_and(|find| find.typing);
        Some(if typing { Mode::Find } else { Mode::Reader })
    }

    /// The top document.
    pub fn top(&self) -> Option<&Reader> {
        self.readers.last()
    }

    /// What the top document shows.
    pub fn subject(&self) -> Option<&Subject> {
        self.top().map(|reader| &reader.subject)
    }

    /// Whether no document is open.
    pub fn is_empty(&self) -> bool {
        self.readers.is_empty()
    }

    /// Width of the text.
    pub fn measure(&self) -> u16 {
        self.measure
    }

    /// Open documents, from the bottom.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.readers.iter().map(|reader| &reader.subject)
    }

    /// Reading positions, except at the start.
    pub fn places(&self) -> Vec<(Subject, usize)> {
        let open = self.readers.iter();
        let open = open.map(|reader| (reader.subject.clone(), reader.page.place()));
        let mut places = self.places.clone();
        places.extend(open);
        let mut places: Vec<_> = places.into_iter().filter(|(_, place)| *place > 0).collect();
        places.sort();
        places
    }

    /// Restores reading positions of an earlier session.
    pub fn restore_places(&mut self, places: Vec<(Subject, usize)>) {
        self.places = places.into_iter().collect();
    }

    /// Opens a document at its last reading position.
    pub fn open(&mut self, subject: Subject, document: Document, layout: &Layout) {
        let column = layout.reader(self.measure);
        let mut page = Page::new(document, column.width);
        if let Some(place) = self.places.get(&subject) {
            page.go_to_place(*place, column.height.into());
        }
        if self.readers.len() == MOST {
            let lowest = self.readers.remove(0);
            self.places.insert(lowest.subject, lowest.page.place());
        }
        self.readers.push(Reader::new(subject, page));
    }

    /// Goes to the first of some texts in the document on top.
    pub fn find_first(&mut self, texts: &[String], layout: &Layout) {
        let height = layout.reader(self.measure).height.into();
        if let Some(reader) = self.readers.last_mut() {
            reader.find_first(texts, height);
        }
    }

    /// Shows the photo of an interview, where that is open.
    pub fn show_photo(&mut self, id: &str, photo: &Arc<Picture>) {
        for reader in &mut self.readers {
            if matches!(&reader.subject, Subject::Interview(open) if open == id) {
                reader.show_photo(Arc::clone(photo));
            }
        }
    }

    /// Closes the top document.
    pub fn close(&mut self) {
        if let Some(reader) = self.readers.pop() {
            self.places.insert(reader.subject, reader.page.place());
        }
    }

    /// Closes everything.
    pub fn close_all(&mut self) {
        while !self.is_empty() {
            self.close();
        }
    }

    /// Updates each document with `document`, and closes those for which it returns `None`. Returns whether one was
    /// closed.
    pub fn replace_all(&mut self, document: impl Fn(&Subject) -> Option<Document>) -> bool {
        let before = self.readers.len();
        self.readers.retain_mut(|reader| {
            let now = document(&reader.subject);
            let is_there = now.is_some();
            if let Some(now) = now {
                reader.replace(now);
            }
            is_there
        });
        self.readers.len() < before
    }

    /// Shows the next evidence of the top posting, or that of one fact. Returns a description of the fact.
    pub fn show_evidence(
        &mut self,
        posting: &Posting,
        fact: Option<&str>,
        layout: &Layout,
    ) -> Option<String> {
        let height = layout.reader(self.measure).height.into();
        let reader = self.readers.last_mut()?;
        let page = &mut reader.page;
        reader.evidence.show(posting, fact, page, height)
    }

    /// Scrolls a heading of the outline to the top.
    pub fn go_to_heading(&mut self, at: usize) {
        if let Some(reader) = self.readers.last_mut() {
            reader.page.turn_to_outline(at);
        }
    }

    /// Wraps the text to the window.
    pub fn settle(&mut self, layout: &Layout) {
        let column = layout.reader(self.measure);
        if let Some(reader) = self.readers.last_mut() {
            reader.set_width(column.width, column.height.into());
        }
    }

    /// Handles a key, typing, a paste, a click or the wheel.
    pub fn update(&mut self, message: &Message, layout: &Layout) -> Outcome {
        let height = layout.reader(self.measure).height.into();
        let is_finding = self.mode() == Some(Mode::Find);
        let Some(reader) = self.readers.last_mut() else {
            return Outcome::Done;
        };
        match message {
            Message::Action(action) if is_finding => reader.act_in_find(*action, height),
            Message::Action(action) => return self.act(*action, layout),
            Message::Typed(text) if is_finding => reader.type_in_find(text, height),
            Message::Paste(raw) if is_finding => reader.paste_in_find(raw, height),
            Message::Wheel(_, _, lines) => {
                reader.page.scroll(isize::from(*lines), height);
            }
            Message::Click(x, y) | Message::DoubleClick(x, y) => {
                return self.click(*x, *y, layout);
            }
            _ => {}
        }
        Outcome::Done
    }

    fn act(&mut self, action: Action, layout: &Layout) -> Outcome {
        let height: usize = layout.reader(self.measure).height.into();
        let Some(reader) = self.readers.last_mut() else {
            return Outcome::Unhandled(action);
        };
        match action {
            Action::Back | Action::JumpBack | Action::Left => self.close(),
            Action::NextPosting => return Outcome::Neighbour(true),
            Action::PreviousPosting => return Outcome::Neighbour(false),
            Action::Escape => self.escape(),
            Action::Enter => return self.follow_link(height),
            Action::Up => reader.step(false, height),
            Action::Down => reader.step(true, height),
            Action::NextPane => reader.step_link(true, height),
            Action::PreviousPane => reader.step_link(false, height),
            Action::NextHeading => _ = reader.page.turn_to_heading(true),
            Action::PreviousHeading => _ = reader.page.turn_to_heading(false),
            Action::Search => reader.begin_find(),
            Action::FindNext => reader.step_find(true, height),
            Action::FindPrevious => reader.step_find(false, height),
            Action::Outline => return Outcome::Outline,
            Action::Wider => return self.set_measure(self.measure + WIDEN, layout),
            Action::Narrower => {
                return self.set_measure(self.measure.saturating_sub(WIDEN), layout);
            }
            Action::First | Action::Last => {
                reader.unfocus();
                reader.page.turn_to_end(action == Action::Last, height);
            }
            _ => match page_step(action, height) {
                Some(by) => _ = reader.page.scroll(by, height),
                None => return Outcome::Unhandled(action),
            },
        }
        Outcome::Done
    }

    /// One step of: end the search, unfocus the link, close the document.
    fn escape(&mut self) {
        let Some(reader) = self.readers.last_mut() else {
            return;
        };
        if reader.find.is_some() {
            reader.end_find(false);
        } else if !reader.unfocus() {
            self.close();
        }
    }

    /// Follows the focused link; without one, focuses the first visible link.
    fn follow_link(&mut self, height: usize) -> Outcome {
        let Some(reader) = self.readers.last_mut() else {
            return Outcome::Done;
        };
        if let Some(target) = reader.target() {
            return Outcome::Follow(target);
        }
        reader.step_link(true, height);
        Outcome::Done
    }

    fn click(&mut self, x: u16, y: u16, layout: &Layout) -> Outcome {
        let column = layout.reader(self.measure);
        let Some(reader) = self.readers.last_mut() else {
            return Outcome::Done;
        };
        if !column.contains(x, y) {
            return Outcome::Done;
        }
        let row = usize::from(y - column.y) + reader.page.top();
        let line = reader.page.lines().get(row);
        let x = usize::from(x - column.x);
        let Some(number) = line.and_then(|line| reader.page.link_at(line, x)) else {
            let fact = reader.page.derived_at(row);
            return fact.map_or(Outcome::Done, Outcome::Evidence);
        };
        reader.focus(number);
        self.follow_link(column.height.into())
    }

    fn set_measure(&mut self, columns: u16, layout: &Layout) -> Outcome {
        // A width beyond the window would be invisible until it is reduced again.
        let widest = layout.reader(u16::MAX).width;
        let (least, most) = (*MEASURES.start(), *MEASURES.end());
        self.measure = columns.clamp(least, most.min(widest.max(least)));
        Outcome::Measured(self.measure)
    }
}
