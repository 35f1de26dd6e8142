//! What happens to the app, and what the app wants done: both are plain data.

use std::sync::Arc;

use super::{Action, Saved, View};
use crate::board::Date;
use crate::query::Person;
use crate::search::{Advice, Index, Marks, Matches, Request};
use crate::tracking::{Event, Knowns, Tracking, What};

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key that means something.
    Action(Action),
    /// Characters that were typed, one after the other, where text is being edited.
    Typed(String),
    /// Text that was pasted. It has passed the gate, and may hold line breaks.
    Paste(String),
    /// The window has this many columns and rows.
    Resize(u16, u16),
    /// A click on this column and row.
    Click(u16, u16),
    /// A second click on this column and row, soon after the first.
    DoubleClick(u16, u16),
    /// The mouse moved here with its button held.
    Drag(u16, u16),
    /// The wheel over this column and row: lines down, or up where negative.
    Wheel(u16, u16, i16),
    /// The answer to the search of this generation.
    Matched(u64, Matches),
    /// Ways on from the search of this generation.
    Advised(u64, Advice),
    /// So many hundredths of the board are read.
    Loading(u8),
    /// A board was loaded, with what is wrong with its files.
    Loaded(Arc<Index>, Vec<String>),
    /// A board could not be loaded; why.
    LoadFailed(String),
    /// The postings of the board that say the same are known by now.
    Folded,
    /// A file of the board was saved, and the board is loaded with it.
    Saved(Saved),
    /// The day is now this one.
    Today(Date),
    /// How the board stands to when it was last looked at, and what is muted.
    Standing(Standing),
    /// How many postings each saved view has that are new, and in all.
    Counted(Vec<(usize, usize)>),
    /// The saved views.
    Views(Vec<View>),
    /// The journal was read; why marks are not kept, if they are not.
    Journal(Tracking, Option<String>),
    /// Events of the journal: this person's own, at once, or those of another running copy.
    Tracked(Vec<Event>),
    /// How many sources the board lists.
    Sources(Result<usize, String>),
    /// How far the sync is.
    Syncing(String),
    /// The sync is over.
    Synced(Synced),
    /// A source was added, or why not: a line, then what would have worked.
    Added(Result<AddedSource, Vec<String>>),
    /// What was written in an editor outside.
    Edited(String),
    /// A key without a meaning, and the nearest key that has one.
    Unbound(String, Option<(String, Action)>),
    /// Something to tell: a url was opened, a copy was made.
    Notice(String),
    /// Something to tell that went wrong.
    Failed(String),
}

/// What came of a sync.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synced {
    /// What it did.
    pub told: String,
    /// What of it could not be done, a line each.
    pub failures: Vec<String>,
}

/// A source that was added to a board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddedSource {
    /// What was added, and what it brought.
    pub told: String,
    /// What of it could not be read, a line each.
    pub failures: Vec<String>,
    /// The folder of the board, where that is not the one that is open.
    pub board: Option<String>,
}

/// How a board stands to when it was last looked at, and what is muted on it.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// What is new, changed or muted, row by row.
    pub marks: Marks,
    /// When it was last looked at before today; `None` the first time.
    pub since: Option<Date>,
    /// How many postings are gone since.
    pub gone: usize,
    /// Whether something came up at this very look.
    pub fresh: bool,
    /// What the roster knows of each posting, row by row; empty where there is none.
    pub known: Knowns,
}

/// A search that was answered, to be advised on.
#[derive(Debug, Clone)]
pub struct Consultation {
    /// The search.
    pub request: Request,
    /// Its query as typed.
    pub text: String,
    /// Who asks.
    pub person: Person,
    /// How many postings it found.
    pub found: usize,
}

/// Something that is to be done outside.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Search, and answer with this generation. A newer search makes this one pointless.
    Search(u64, Request),
    /// Look for ways on from the search of this generation.
    Advise(u64, Consultation),
    /// Read the board again.
    Load,
    /// Open this address in a browser.
    Open(String),
    /// Put this text on the clipboard. It may hold line breaks.
    Copy(String),
    /// Keep this in the journal, as one act, and tell what it came to.
    Track(Vec<What>),
    /// Count what each of these finds, and what of it is new.
    Count(Vec<Request>),
    /// Keep this view with the others.
    KeepView(View),
    /// Give the saved view with the first name the second one.
    RenameView(String, String),
    /// Delete the saved view with this name.
    DeleteView(String),
    /// Mute what this query finds, now and from now on.
    Mute(String),
    /// Draw in the theme with this name.
    Theme(String),
    /// Keep the theme with this name for the next time.
    KeepTheme(String),
    /// End, and print the ids of these postings.
    Choose(Vec<String>),
    /// Add the source at this address to the board, and sync it.
    AddSource(String),
    /// Leave this board for the one in this folder.
    OpenBoard(String),
    /// Run a program with its arguments; with the terminal, or in the background.
    Run(Vec<String>, bool),
    /// Tell how many sources the board lists.
    CountSources,
    /// Bring the board up to date with them.
    Sync,
    /// Do that no longer.
    StopSync,
    /// Let this text be edited outside.
    Edit(String),
    /// Read the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Give the terminal back and stop until continued.
    Suspend,
    /// End.
    Quit,
}
