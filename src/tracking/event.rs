//! Events: what the user did to which posting, and when.

use std::sync::Arc;

use jiff::Timestamp;

use super::ContentHash;
use crate::board::posting::words;
use crate::board::{Board, Date, Posting, fold};

/// An event with a unique id.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Time of the event and sort key.
    pub id: EventId,
    /// The action.
    pub what: EventKind,
}

/// The time of an act, and the instance in which it happened. All events of an act share it, so that undo covers the
/// whole act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment {
    /// With a resolution of microseconds.
    pub at: Timestamp,
    /// Random number of the instance.
    pub origin: u64,
}

/// A moment, and the index among its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId {
    /// The act that the event belongs to.
    pub moment: Moment,
    /// Index within the act.
    pub number: u32,
}

/// Kind of an event.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind {
    /// A posting was marked.
    Mark(PostingKey, Box<MarkEvent>),
    /// An act was undone.
    Undo(Moment),
    /// An undone act was redone.
    Redo(Moment),
}

/// A mark on a posting.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkEvent {
    /// The mark.
    pub mark: Mark,
    /// Whether it was set automatically, such as by viewing a posting. Undo skips it.
    pub automatic: bool,
    /// Content hash of the posting at that time.
    pub hash: Option<ContentHash>,
    /// Copy of the posting, if it should outlive its board.
    pub copy: Option<Arc<Posting>>,
}

/// A posting, identified across all boards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostingKey {
    /// Key of its board, independent of where and beside which others it is opened.
    pub board: String,
    /// Its id on that board.
    pub id: String,
}

impl PostingKey {
    /// Key of a posting of this board, which may be several boards opened together.
    pub fn from_posting(board: &Board, posting: &Posting) -> Self {
        let (name, id) = board.own_id(posting);
        Self {
            board: board_key(name),
            id: id.to_owned(),
        }
    }
}

/// Key of a board, derived from its own name: folder names differ between machines.
pub fn board_key(name: &str) -> String {
    let folded = fold::fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// A mark that the user can set on a posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Viewed.
    Seen,
    /// Saved.
    Saved,
    /// No longer saved.
    Unsaved,
    /// The application reached a stage on a day.
    Stage(Stage, Date),
    /// Hidden.
    Hidden(Reason),
    /// No longer hidden.
    Unhidden,
    /// A note.
    Note {
        /// Its text; empty removes the note.
        text: String,
        /// The notes that it replaces.
        replaces: Vec<EventId>,
    },
    /// Date of the reminder.
    FollowUp(Option<Date>),
    /// Contact.
    Contact(Option<String>),
    /// CV that was sent.
    Cv(Option<String>),
}

impl Mark {
    /// Short name of the mark.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Saved => "saved",
            Self::Unsaved => "unsaved",
            Self::Stage(stage, _) => stage.word(),
            Self::Hidden(_) => "hidden",
            Self::Unhidden => "unhidden",
            Self::Note { .. } => "note",
            Self::FollowUp(_) => "follow-up",
            Self::Contact(_) => "contact",
            Self::Cv(_) => "cv",
        }
    }
}

words! {
    /// Stage of an application.
    Stage {
        /// Applied.
        Applied = "applied",
        /// In the interview stage.
        Interview = "interview",
        /// Received an offer.
        Offer = "offer",
        /// Rejected by the company.
        Rejected = "rejected",
        /// Withdrawn by the user.
        Withdrawn = "withdrawn",
        /// No answer received.
        NoAnswer = "no-answer",
    }
}

impl Stage {
    /// The stage that usually follows; `None` at the end.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Applied => Some(Self::Interview),
            Self::Interview => Some(Self::Offer),
            Self::Offer | Self::Rejected | Self::Withdrawn | Self::NoAnswer => None,
        }
    }

    /// Whether the application has ended.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Rejected | Self::Withdrawn | Self::NoAnswer)
    }
}

words! {
    /// Why a posting is hidden.
    Reason {
        /// Not interested.
        NotInterested = "not-interested",
        /// Location.
        Location = "location",
        /// Pay.
        Pay = "pay",
        /// Too junior or too senior.
        Seniority = "seniority",
        /// The company.
        Company = "company",
        /// Other reason.
        Other = "other",
    }
}
