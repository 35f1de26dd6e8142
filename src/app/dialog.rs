//! Dialogs: modal layers in front of everything else.
//!
//! A dialog owns its keys, typing, clicks and wheel. It changes nothing outside of itself: its [`Outcome`] tells the
//! app what to do.

pub mod note;
pub mod picker;
pub mod prompt;
pub mod question;

use super::layout::Area;
use super::{Action, Effect, Message, Mode, View};
use crate::board::Date;
use crate::query::Sort;
use crate::tracking::{Mark, PostingKey};
use note::Note;
use picker::Picker;
use prompt::{Prompt, PromptTopic};
use question::Question;

/// A dialog of one of four kinds.
#[derive(Debug)]
pub enum Dialog {
    /// A menu or a long list to choose from.
    Picker(Picker),
    /// A question with a few answers.
    Question(Question),
    /// A note being written.
    Note(Box<Note>),
    /// A prompt for a line of text.
    Prompt(Prompt),
}

/// State of the app that dialogs read.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// Area of a picker, including its border.
    pub area: Area,
    /// Today's date.
    pub today: Date,
}

/// Result of a dialog's update.
#[derive(Debug)]
pub enum Outcome {
    /// Stay open.
    Stay,
    /// Close without an answer.
    Close,
    /// Close with an answer.
    Answer(Answer),
    /// Stay open, and perform an effect.
    Effect(Effect),
    /// Stay open, and show a notice.
    Tell(String),
}

/// The user's decision in a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// No action; the entry is informational.
    Nothing,
    /// Run an action as its key would.
    Run(Action),
    /// Go to a heading of the outline.
    Heading(usize),
    /// Open an interview by id.
    Interview(String),
    /// Mark these postings.
    Mark(Vec<PostingKey>, Mark),
    /// Ask for a reason to hide these postings.
    Hide(Vec<PostingKey>),
    /// Mute this company.
    Mute(String),
    /// Use the theme with this name, now and from now on.
    Theme(String),
    /// Go back to the theme with this name.
    RestoreTheme(String),
    /// Ask for a line of text.
    Ask(PromptTopic),
    /// Sort by this; `None` is by rank.
    Sort(Option<Sort>),
    /// Append a term to the query.
    Term(String),
    /// Replace the query.
    Query(String),
    /// Open a posting, which may be gone from the board.
    Posting(PostingKey),
    /// List saved postings that are gone from the board.
    Gone,
    /// Open an address in the browser.
    OpenUrl(String),
    /// Copy a text, such as an address.
    Copy(String),
    /// Start a sync of this many sources.
    Sync(usize),
    /// Stop the running sync.
    StopSync,
    /// Save a query as a view.
    SaveView(View),
    /// Rename a view.
    RenameView(String, String),
    /// Ask whether to delete the view at this position.
    AskToDeleteView(usize),
    /// Ask for a new name of the view at this position.
    AskToRenameView(usize),
    /// Delete the view with this name.
    DeleteView(String),
    /// Add the source at this address.
    AddSource(String),
    /// Open the board in this folder.
    OpenBoard(String),
    /// Save a note.
    Note(PostingKey, String),
}

impl Dialog {
    /// Input mode while it is open.
    pub fn mode(&self) -> Mode {
        match self {
            Self::Picker(picker) => picker.mode(),
            Self::Question(_) => Mode::Confirm,
            Self::Note(note) if note.is_closing() => Mode::Confirm,
            Self::Note(_) => Mode::Note,
            Self::Prompt(_) => Mode::Prompt,
        }
    }

    /// What its keys do, where that depends on the dialog.
    pub fn keys(&self) -> &'static [(Action, &'static str)] {
        match self {
            Self::Picker(picker) => picker.keys(),
            Self::Question(question) => question.keys(),
            Self::Note(note) => note.keys(),
            Self::Prompt(prompt) => prompt.topic.keys(),
        }
    }

    /// Handles a key, typing, a paste, a click or the wheel.
    pub fn update(&mut self, message: &Message, context: &Context) -> Outcome {
        match self {
            Self::Picker(picker) => picker.update(message, context),
            Self::Question(question) => question.update(message),
            Self::Note(note) => note.update(message),
            Self::Prompt(prompt) => prompt.update(message, context),
        }
    }
}
