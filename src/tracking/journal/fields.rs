//! Converts events to the keys and values of a line, and back through the text gate.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::copy::Copied;
use super::fault::{Fault, VERSION};
use crate::board::{Date, text};
use crate::tracking::clock::{END, END_OF_ROOM};
use crate::tracking::{
    ContentHash, Event, EventId, EventKind, Mark, MarkEvent, Moment, PostingKey, Reason, Stage,
};

/// Hexadecimal digits of a 64-bit number.
const DIGITS: usize = 16;

/// Text that borrows from the line unless it contains escapes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// Every key of a line.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Fields<'a> {
    pub(super) v: u32,
    #[serde(borrow)]
    at: Cow<'a, str>,
    #[serde(borrow)]
    by: Cow<'a, str>,
    n: u32,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    board: Option<Text<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    what: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    on: Option<Text<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    reason: Option<Text<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    text: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    replaces: Vec<Reference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<Reference>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    auto: bool,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    hash: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    copy: Option<Copied>,
}

/// Reference to an event or an act.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Reference {
    at: String,
    by: String,
    #[serde(default)]
    n: u32,
}

fn hex(digits: &str) -> Option<u64> {
    let mut value = 0;
    for digit in digits.bytes() {
        value = value << 4 | u64::from(char::from(digit).to_digit(16)?);
    }
    (digits.len() == DIGITS).then_some(value)
}

fn moment(at: &str, by: &str) -> Option<Moment> {
    let at: Timestamp = at.parse().ok()?;
    Some(Moment {
        at: (at < END_OF_ROOM).then_some(at)?,
        origin: hex(by)?,
    })
}

impl Reference {
    fn to(moment: Moment, n: u32) -> Self {
        Self {
            at: moment.at.to_string(),
            by: format!("{:016x}", moment.origin),
            n,
        }
    }

    fn id(&self) -> Option<EventId> {
        Some(EventId {
            moment: moment(&self.at, &self.by)?,
            number: self.n,
        })
    }
}

impl<'a> Text<'a> {
    fn borrowed(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }

    fn day(day: Date) -> Self {
        Self(day.to_string().into())
    }

    fn line(&self) -> Option<String> {
        let clean = text::line(&self.0);
        (!clean.is_empty()).then_some(clean)
    }
}

impl<'a> Fields<'a> {
    pub(super) fn from_event(event: &'a Event) -> Self {
        let id = event.id;
        let Reference { at, by, n } = Reference::to(id.moment, id.number);
        let mut line = Self {
            v: VERSION,
            at: at.into(),
            by: by.into(),
            n,
            ..Self::default()
        };
        match &event.what {
            EventKind::Undo(act) => line.set_turn("undo", *act),
            EventKind::Redo(act) => line.set_turn("redo", *act),
            EventKind::Mark(key, marked) => line.set_mark(key, marked),
        }
        line
    }

    fn set_turn(&mut self, what: &'static str, act: Moment) {
        self.what = what.into();
        self.of = Some(Reference::to(act, 0));
    }

    fn set_mark(&mut self, key: &'a PostingKey, marked: &'a MarkEvent) {
        self.board = Some(Text::borrowed(&key.board));
        self.id = Some(Text::borrowed(&key.id));
        self.auto = marked.automatic;
        self.hash = marked
            .hash
            .map(|hash| Text(format!("{:016x}", hash.0).into()));
        self.copy = marked.copy.as_deref().map(Copied::from_posting);
        let text = |text: &'a Option<String>| text.as_deref().map(Text::borrowed);
        let what = match &marked.mark {
            Mark::Seen => "seen",
            Mark::Saved => "saved",
            Mark::Unsaved => "unsaved",
            Mark::Stage(stage, on) => {
                self.on = Some(Text::day(*on));
                stage.word()
            }
            Mark::Hidden(reason) => {
                self.reason = Some(Text::borrowed(reason.word()));
                "hidden"
            }
            Mark::Unhidden => "unhidden",
            Mark::Note { text, replaces } => {
                self.text = Some(Text::borrowed(text));
                let ids = replaces.iter();
                self.replaces = ids.map(|id| Reference::to(id.moment, id.number)).collect();
                "note"
            }
            Mark::FollowUp(on) => {
                self.on = on.map(Text::day);
                "follow-up"
            }
            Mark::Contact(contact) => {
                self.text = text(contact);
                "contact"
            }
            Mark::Cv(cv) => {
                self.text = text(cv);
                "cv"
            }
        };
        self.what = what.into();
    }

    /// The event, its texts through the gate. Only a line with a checksum was written by a program that knows how to
    /// stamp an event later than every other.
    pub(super) fn event(self, has_checksum: bool) -> Result<Event, Fault> {
        let missing = |what: &str| Fault::Damaged(format!("it has no `{what}` that can be read"));
        let moment = moment(&self.at, &self.by);
        let moment = moment.filter(|moment| has_checksum || moment.at < END);
        let id = EventId {
            moment: moment.ok_or_else(|| missing("at` and `by"))?,
            number: self.n,
        };
        if matches!(&*self.what, "undo" | "redo") {
            let of = self
                .of
                .and_then(|of| of.id())
                .ok_or_else(|| missing("of"))?;
            let turn = if self.what == "undo" {
                EventKind::Undo
            } else {
                EventKind::Redo
            };
            let what = turn(of.moment);
            return Ok(Event { id, what });
        }
        let mark = self.mark()?;
        let board = self
            .board
            .and_then(|board| board.line())
            .unwrap_or_default();
        let posting = self
            .id
            .and_then(|id| id.line())
            .ok_or_else(|| missing("id"))?;
        let marked = MarkEvent {
            mark,
            automatic: self.auto,
            hash: self.hash.and_then(|digits| hex(&digits.0)).map(ContentHash),
            copy: self.copy.map(|copy| Arc::new(copy.posting(&posting))),
        };
        Ok(Event {
            id,
            what: EventKind::Mark(PostingKey { board, id: posting }, marked.into()),
        })
    }

    fn mark(&self) -> Result<Mark, Fault> {
        let missing = |what: &str| Fault::Damaged(format!("it has no `{what}` that can be read"));
        let text = || self.text.as_ref().and_then(Text::line);
        let day = || self.on.as_ref().and_then(|on| on.0.parse::<Date>().ok());
        Ok(match &*self.what {
            "seen" => Mark::Seen,
            "saved" => Mark::Saved,
            "unsaved" => Mark::Unsaved,
            "hidden" => {
                let word = self.reason.as_ref().map_or("", |reason| &reason.0);
                Mark::Hidden(Reason::from_word(word).unwrap_or(Reason::Other))
            }
            "unhidden" => Mark::Unhidden,
            "note" => {
                let text = self.text.as_ref().ok_or_else(|| missing("text"))?;
                let ids = self.replaces.iter().map(Reference::id);
                Mark::Note {
                    text: text::block(&text.0),
                    replaces: ids
                        .collect::<Option<_>>()
                        .ok_or_else(|| missing("replaces"))?,
                }
            }
            "follow-up" if self.on.is_none() => Mark::FollowUp(None),
            "follow-up" => Mark::FollowUp(Some(day().ok_or_else(|| missing("on"))?)),
            "contact" => Mark::Contact(text()),
            "cv" => Mark::Cv(text()),
            word => {
                let stage = Stage::from_word(word).ok_or_else(|| missing("what"))?;
                Mark::Stage(stage, day().ok_or_else(|| missing("on"))?)
            }
        })
    }
}
