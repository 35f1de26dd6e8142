//! Projects the journal into searchable columns.

use std::collections::HashMap;

use crate::board::{Board, Date};
use crate::query::{Kept, State};
use crate::search::{Index, Marks, Row, RowMarks};
use crate::tracking::{PostingKey, Stage, Status, Tracking, board_key};

/// Adds the journal's marks to `marks`. A posting viewed after the day of the last visit is no longer new.
pub fn columns(index: &Index, tracking: &Tracking, mut marks: Marks, since: Option<Date>) -> Marks {
    let finder = RowFinder::new(index.board());
    for (key, status) in tracking.iter() {
        if let Some(row) = finder.row(index, key) {
            apply(&mut marks, index, row, status, since);
        }
    }
    marks
}

/// Sets the marks and the note of a row to those of this status.
pub fn apply(marks: &mut Marks, index: &Index, row: Row, status: &Status, since: Option<Date>) {
    marks.set(index, row, marked(status, marks.get(index, row), since));
    marks.set_note(index, row, status.note.as_deref());
}

/// Marks of a posting with this status; marks that are not in the journal are unchanged.
fn marked(status: &Status, before: RowMarks, since: Option<Date>) -> RowMarks {
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

/// Maps the journal's keys to rows of a board.
pub struct RowFinder {
    /// Key of each board, with its id prefix if several are open.
    parts: HashMap<String, Option<String>>,
}

impl RowFinder {
    /// Finder for a board.
    pub fn new(board: &Board) -> Self {
        let parts = board.parts();
        let parts = parts.map(|(part, name)| (board_key(name), part.map(str::to_owned)));
        Self {
            parts: parts.collect(),
        }
    }

    /// Row of a posting, if the board has it.
    pub fn row(&self, index: &Index, key: &PostingKey) -> Option<Row> {
        match self.parts.get(&key.board)? {
            None => index.row(&key.id),
            Some(part) => index.row(&format!("{part}/{}", key.id)),
        }
    }
}
