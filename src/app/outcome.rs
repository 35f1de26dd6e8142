//! What a part of the app asks the app to do, beyond its own state.

use super::dialog::Dialog;
use super::reader::Subject;
use super::{Action, Effect};

/// A request of a part of the app.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Show a notice.
    Tell(String),
    /// Show a notice of a failure.
    Fail(String),
    /// Perform an effect.
    Perform(Effect),
    /// Open a dialog.
    Open(Dialog),
    /// Open a document at the first of some texts.
    Read(Subject, Vec<String>),
    /// Open the posting that a search found, unless something else was opened meanwhile.
    ReadFound,
    /// Ask whether to open an address.
    OpenUrl(String),
    /// Show the evidence of a fact in the text.
    ShowEvidence(&'static str),
    /// Unmark the rows of the list.
    Unmark,
    /// Move on to the next posting of the list.
    Advance,
    /// The action belongs to no pane.
    Unhandled(Action),
}
