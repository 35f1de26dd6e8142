//! What happens to the app, and what the app wants done: both are plain data.

use std::sync::Arc;

use super::Action;
use crate::board::Date;
use crate::search::{Index, Matches, Request};

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key that means something.
    Action(Action),
    /// Text that was pasted. It has passed the gate, and may hold line breaks.
    Paste(String),
    /// The window has this many columns and rows.
    Resize(u16, u16),
    /// A click on this column and row.
    Click(u16, u16),
    /// The wheel over this column and row: lines down, or up where negative.
    Wheel(u16, u16, i16),
    /// The answer to the search of this generation.
    Matched(u64, Matches),
    /// So many hundredths of the board are read.
    Loading(u8),
    /// A board was loaded, with what is wrong with its files.
    Loaded(Arc<Index>, Vec<String>),
    /// A board could not be loaded; why.
    LoadFailed(String),
    /// The day is now this one.
    Today(Date),
    /// Something to tell: a url was opened, a copy was made.
    Notice(String),
    /// Something to tell that went wrong.
    Failed(String),
}

/// Something that is to be done outside.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Search, and answer with this generation. A newer search makes this one pointless.
    Search(u64, Request),
    /// Read the board again.
    Load,
    /// Open this address in a browser.
    Open(String),
    /// Put this text on the clipboard. It may hold line breaks.
    Copy(String),
    /// Read the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Give the terminal back and stop until continued.
    Suspend,
    /// End.
    Quit,
}
