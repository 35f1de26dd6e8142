//! The state machine: messages in, state and effects out.

pub mod action;
pub mod message;

pub use action::Action;
pub use message::{Effect, Message};

use std::sync::Arc;

use crate::board::Date;
use crate::search::Index;

/// What the keys mean at the moment; the keymap is looked up by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Moving over the list or the detail pane.
    Browse,
    /// Typing in the query line.
    Query,
    /// Moving over the filters pane.
    Filters,
    /// Reading full screen.
    Reader,
    /// Typing a search inside the reader.
    Find,
    /// Choosing from the reader's outline.
    Outline,
    /// Choosing from the keys of a mode.
    Help,
    /// Answering whether something is to be done.
    Confirm,
}

/// What the app is told once, at its start.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The width of the reader's text column.
    pub measure: u16,
    /// Whether the mouse is read.
    pub mouse: bool,
    /// Every key with its mode, in the order that help shows.
    pub keys: Vec<(Mode, String, Action)>,
    /// The query to begin with.
    pub query: String,
    /// The day.
    pub today: Date,
    /// Columns and rows of the window.
    pub size: (u16, u16),
}

/// Everything that is on the screen, and what is needed to change it.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    index: Arc<Index>,
}

impl App {
    /// An app over an index that may still be empty, and the effects to begin with.
    pub fn new(settings: Settings, index: Arc<Index>) -> (Self, Vec<Effect>) {
        (Self { settings, index }, Vec::new())
    }

    /// What the keys mean now.
    pub fn mode(&self) -> Mode {
        Mode::Browse
    }

    /// Takes what happened; returns what is to be done.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Resize(width, height) => self.settings.size = (width, height),
            Message::Loaded(index, _) => self.index = index,
            Message::Action(Action::Quit) => return vec![Effect::Quit],
            _ => {}
        }
        Vec::new()
    }
}
