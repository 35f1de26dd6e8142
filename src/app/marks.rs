//! What the journal comes to, as the columns that a search asks.

use std::collections::HashMap;

use crate::board::{Board, Date};
use crate::query::{Kept, State};
use crate::search::{Index, Marks, Row, RowMarks};
use crate::tracking::{PostingKey, Stage, Status, Tracking, board_key};

/// The marks on every posting of a board, laid over those that no journal tells of.
///
/// Whoever looked at a posting since the day before the visit has seen what is new about it.
pub fn columns(index: &Index, tracking: &Tracking, mut marks: Marks, since: Option<Date>) -> Marks {
    let finder = Finder::new(index.board());
    for (key, status) in tracking.iter() {
        if let Some(row) = finder.row(index, key) {
            marks.set(index, row, marked(status, marks.get(index, row), since));
        }
    }
    marks
}

/// The marks of a posting with this status; what the journal does not say stays as it was.
pub fn marked(status: &Status, before: RowMarks, since: Option<Date>) -> RowMarks {
    let stage = |wanted: Stage| status.stage.is_some_and(|step| step.stage == wanted);
    let seen = status.seen.is_some();
    let is_known = since.is_some_and(|since| status.was_seen_after(since));
    let holding = [
        (State::New, before.is(State::New) && !is_known),
        (State::Changed, before.is(State::Changed) && !is_known),
        (State::Seen, seen),
        (State::Saved, status.saved.is_some()),
        (State::Applied, status.stage.is_some()),
        (State::Interview, stage(Stage::Interview)),
        (State::Offer, stage(Stage::Offer)),
        (State::Rejected, stage(Stage::Rejected)),
        (State::Withdrawn, stage(Stage::Withdrawn)),
        (State::NoAnswer, stage(Stage::NoAnswer)),
        (State::Hidden, status.hidden.is_some()),
    ];
    let kept = [
        (Kept::Note, status.note.is_some()),
        (Kept::Contact, status.contact.is_some()),
        (Kept::Cv, status.cv.is_some()),
    ];
    let marks = holding
        .into_iter()
        .fold(before, |marks, (state, holds)| marks.with(state, holds));
    let mut marks = kept
        .into_iter()
        .fold(marks, |marks, (kept, holds)| marks.keeping(kept, holds));
    let first = status.course.first().map(|step| step.on);
    marks.applied = status.reached(Stage::Applied).or(first);
    marks.follow_up = status.follow_up;
    marks
}

/// Finds the postings of a board by the keys that a journal knows them by.
pub(super) struct Finder {
    /// The key of each board, with what stands before its ids where several are open.
    parts: HashMap<String, Option<String>>,
}

impl Finder {
    pub(super) fn new(board: &Board) -> Self {
        let parts = board.parts();
        let parts = parts.map(|(part, name)| (board_key(name), part.map(str::to_owned)));
        Self {
            parts: parts.collect(),
        }
    }

    pub(super) fn row(&self, index: &Index, key: &PostingKey) -> Option<Row> {
        match self.parts.get(&key.board)? {
            None => index.row(&key.id),
            Some(part) => index.row(&format!("{part}/{}", key.id)),
        }
    }
}
