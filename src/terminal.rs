//! The terminal: reads keys, takes over the screen and restores it; the only module that owns the tty.

pub(crate) mod alarm;
mod background;
pub(crate) mod clipboard;
pub mod editor;
pub(crate) mod guard;
mod input;
pub mod opener;
pub(crate) mod program;
pub(crate) mod reader;
mod sequences;
pub(crate) mod steady;
pub(crate) mod tty;

use std::io;

pub use background::background;
pub use input::Input;
pub use opener::Opener;

use crate::app::Message;

/// Event of the loop.
#[derive(Debug)]
pub(crate) enum Event {
    /// User input.
    Input(Input),
    /// Message for the app. Boxed, because the queue has room for many events and few of them are large.
    Message(Box<Message>),
    /// The alarm has pending calls.
    Alarm,
    /// Reading input failed.
    Unreadable(io::Error),
}
