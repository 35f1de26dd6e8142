//! Messages to the app and effects of the app, as plain data.

use std::sync::Arc;

use super::dialog::prompt::PromptTopic;
use super::picture::Picture;
use super::{Action, Saved, View};
use crate::annotate::VisitSummary;
use crate::board::Date;
use crate::market::Market;
use crate::query::Person;
use crate::search::{Advice, Index, Matches, Request};
use crate::tracking::{Event, EventKind, Tracking};

/// A message to the app.
#[derive(Debug)]
pub enum Message {
    /// An action, from a key binding.
    Action(Action),
    /// Typed characters, while text is being edited.
    Typed(String),
    /// Pasted text that has passed the gate and may contain line breaks.
    Paste(String),
    /// New size of the window in columns and rows.
    Resize(u16, u16),
    /// A click at this column and row.
    Click(u16, u16),
    /// A second click on this column and row, soon after the first.
    DoubleClick(u16, u16),
    /// The mouse moved here with its button held.
    Drag(u16, u16),
    /// The wheel was turned at this column and row: lines down, or up if negative.
    Wheel(u16, u16, i16),
    /// Result of the search with this generation.
    Matched(u64, Matches),
    /// The search with this generation failed, for this reason.
    SearchFailed(u64, String),
    /// Suggestions for the search of this generation.
    Advised(u64, Advice),
    /// The market of the search of this generation.
    Market(u64, Arc<Market>),
    /// An answered search has no market, and why.
    NoMarket(u64, String),
    /// Percentage of the board loaded.
    Loading(u8),
    /// The board was loaded, with the problems of its files.
    Loaded(Arc<Index>, Vec<String>),
    /// Loading the board failed, for this reason.
    LoadFailed(String),
    /// Duplicates of the board have been grouped.
    DuplicatesFound,
    /// A file of the board was saved, and the board was reloaded.
    Saved(Saved),
    /// Today's date has changed.
    Today(Date),
    /// Changes since the last visit, and mute rules, were computed.
    VisitSummary(VisitSummary),
    /// For each of the queries, its numbers of postings, if they could be counted.
    Counted(CountsFor, Vec<Option<QueryCount>>),
    /// The saved views.
    Views(Vec<View>),
    /// The journal was read; with the reason if marks cannot be stored.
    Journal(Tracking, Option<String>),
    /// Events of the journal: new ones of this instance, or those of another.
    Tracked(Vec<Event>),
    /// Number of sources that the board lists.
    Sources(Result<usize, String>),
    /// Progress of the sync.
    Syncing(String),
    /// The sync has ended.
    Synced(Synced),
    /// A source was added, or the reason why not, followed by suggestions.
    Added(Result<AddedSource, Vec<String>>),
    /// The photo of the interview with this id.
    Photo(String, Arc<Picture>),
    /// Result of an external editor.
    Edited(String),
    /// An unbound key, and the nearest bound one.
    Unbound(String, Option<(String, Action)>),
    /// A notice, such as that a URL was opened.
    Notice(String),
    /// A notice of a failure.
    Failed(String),
    /// The answer to a prompt that is rejected, and why: the user may correct it.
    Rejected(PromptTopic, String, String),
}

/// Numbers of postings of a query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueryCount {
    /// Number of new ones.
    pub new: usize,
    /// Number of all.
    pub all: usize,
    /// Whether there may be more of either than were counted.
    pub is_at_least: bool,
}

/// What numbers of postings are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountsFor {
    /// The list of saved views.
    Views,
    /// The changes since the last visit, which the user asked for.
    News,
    /// The same at the start, unless there are none or the user has begun something.
    FirstNews,
}

/// Result of a sync.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synced {
    /// Summary.
    pub told: String,
    /// Failures, as lines.
    pub failures: Vec<String>,
}

/// A source that was added to a board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddedSource {
    /// Summary of what was added.
    pub told: String,
    /// What of it could not be read, a line each.
    pub failures: Vec<String>,
    /// The folder of the board, where that is not the one that is open.
    pub board: Option<String>,
}

/// A search that was answered, to be advised on.
#[derive(Debug, Clone)]
pub struct Consultation {
    /// The search.
    pub request: Request,
    /// Its query as typed.
    pub text: String,
    /// The user's home and the countries they may work in.
    pub person: Person,
    /// How many postings it found.
    pub found: usize,
}

/// An effect to perform outside of the app.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Search and answer with this generation. Supersedes earlier searches.
    Search(u64, Request),
    /// Compute the market of the search of this generation.
    Market(u64, Request),
    /// Compute suggestions for the search of this generation.
    Advise(u64, Consultation),
    /// Reload the board.
    Load,
    /// Open this URL in a browser.
    Open(String),
    /// Copy this text, which may contain line breaks.
    Copy(String),
    /// Store this act in the journal, and report the resulting events.
    Track(Vec<EventKind>),
    /// Count all and new matches of these queries.
    Count(CountsFor, Vec<Request>),
    /// Save this view.
    KeepView(View),
    /// Rename a view.
    RenameView(String, String),
    /// Delete the saved view with this name.
    DeleteView(String),
    /// Add a mute rule with this query.
    Mute(String),
    /// Remove the mute rule with this query.
    Unmute(String),
    /// Switch to the theme with this name.
    Theme(String),
    /// Keep the theme with this name for the next time.
    KeepTheme(String),
    /// End, and print the ids of these postings.
    Choose(Vec<String>),
    /// Add the source at this address to the board, and sync it.
    AddSource(String),
    /// Leave this board for the one in this folder.
    OpenBoard(String),
    /// Read the photo of the interview with this id from a file of the board, if photos can be drawn.
    ReadPhoto(String, String),
    /// Run a program with its arguments; with the terminal, or in the background.
    Run(Vec<String>, bool),
    /// Count the sources of the board.
    CountSources,
    /// Sync the board with its sources.
    Sync,
    /// Stop the sync.
    StopSync,
    /// Edit this text in an external editor.
    Edit(String),
    /// Enable or disable the mouse.
    Mouse(bool),
    /// Draw every cell again, after another program wrote to the terminal.
    Redraw,
    /// Restore the terminal and stop until continued.
    Suspend,
    /// Quit.
    Quit,
}
