//! One thing a person did: when, to which posting, what.

use std::sync::Arc;

use jiff::Timestamp;

use super::ContentHash;
use crate::board::posting::words;
use crate::board::{Board, Date, Posting, fold};

/// Something that happened, and the id that no other event has.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When, and the key that orders events.
    pub id: EventId,
    /// What.
    pub what: What,
}

/// The moment of one act of a person, and the running copy in which they did it. All events of one act share it, so
/// that one undo takes back the whole of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment {
    /// To the microsecond.
    pub at: Timestamp,
    /// A number drawn by the copy when it started.
    pub origin: u64,
}

/// A moment, and the place among the events of that moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId {
    /// The act it belongs to.
    pub moment: Moment,
    /// Which of its events.
    pub number: u32,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A posting was marked.
    Mark(PostingKey, Box<Marked>),
    /// An act was taken back.
    Undo(Moment),
    /// An act that had been taken back holds again.
    Redo(Moment),
}

/// A mark on a posting.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// The mark.
    pub mark: Mark,
    /// Whether it came by itself, as when a posting was looked at. Undo passes over it.
    pub automatic: bool,
    /// What the posting said at that time.
    pub hash: Option<ContentHash>,
    /// The posting as it was, where it should outlive its board.
    pub copy: Option<Arc<Posting>>,
}

/// A posting, told from all others of all boards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostingKey {
    /// The key of its board, the same wherever and beside whichever other boards it is opened.
    pub board: String,
    /// Its id on that board.
    pub id: String,
}

impl PostingKey {
    /// The key of a posting of this board, which may be several opened as one.
    pub fn of(board: &Board, posting: &Posting) -> Self {
        let (name, id) = board.own_id(posting);
        Self {
            board: board_key(name),
            id: id.to_owned(),
        }
    }
}

/// The key of a board with this name: a folder has another name on another machine, the board's own stays.
pub fn board_key(name: &str) -> String {
    let folded = fold::fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// What a person can say about a posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// It was looked at.
    Seen,
    /// It is to be kept.
    Saved,
    /// It no longer is.
    Unsaved,
    /// The application came this far on this day.
    Stage(Stage, Date),
    /// It is not to be shown.
    Hidden(Reason),
    /// It is to be shown again.
    Unhidden,
    /// A note.
    Note {
        /// Its lines; none at all takes the note away.
        text: String,
        /// The notes that its writer saw and wrote this one in place of.
        replaces: Vec<EventId>,
    },
    /// The day to come back to it.
    FollowUp(Option<Date>),
    /// Whom to talk to.
    Contact(Option<String>),
    /// Which CV was sent.
    Cv(Option<String>),
}

impl Mark {
    /// What was done, in a word or two.
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
    /// How far an application came.
    Stage {
        /// It was sent.
        Applied = "applied",
        /// They talk.
        Interview = "interview",
        /// They want to hire.
        Offer = "offer",
        /// They do not.
        Rejected = "rejected",
        /// The person does not.
        Withdrawn = "withdrawn",
        /// Nothing came back.
        NoAnswer = "no-answer",
    }
}

impl Stage {
    /// The stage that most often comes after this one; `None` where the course has ended.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Applied => Some(Self::Interview),
            Self::Interview => Some(Self::Offer),
            Self::Offer | Self::Rejected | Self::Withdrawn | Self::NoAnswer => None,
        }
    }

    /// Whether nothing more is waited for.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Rejected | Self::Withdrawn | Self::NoAnswer)
    }
}

words! {
    /// Why a posting is hidden.
    Reason {
        /// Of no interest.
        NotInterested = "not-interested",
        /// The place.
        Location = "location",
        /// The pay.
        Pay = "pay",
        /// Too junior or too senior.
        Seniority = "seniority",
        /// The company.
        Company = "company",
        /// Something else.
        Other = "other",
    }
}
