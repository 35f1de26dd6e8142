//! The state machine: messages in, state and effects out.

pub mod action;

pub use action::Action;

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
}
