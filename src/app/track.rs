//! Marking: sends marks to the journal as effects and shows them immediately.

mod mark_actions;

use std::borrow::Cow;
use std::sync::Arc;

use super::count::grouped;
use super::dialog::Dialog;
use super::dialog::question::Question;
use super::reader::Subject;
use super::{Action, App, Effect, Mode};
use crate::annotate::marks::{self, RowFinder};
use crate::board::Posting;
use crate::search::{Marks, Row, RowMarks};
use crate::tracking::{Event, EventKind, Mark, PostingKey, Status, Tracking};

/// UI state derived from the user's marks.
#[derive(Debug, Default)]
pub(super) struct Tracked {
    /// All marks; `None` until the journal was read.
    pub(super) tracking: Option<Tracking>,
    /// Marks on this board, as columns.
    pub(super) marks: Arc<Marks>,
    /// Incremented with every change of the marks.
    pub(super) version: u64,
    /// Whether hidden postings are shown.
    pub(super) shows_hidden: bool,
    /// Whether the changes since the last visit were shown.
    pub(super) greeted: bool,
    /// Why marks cannot be stored, if so.
    pub(super) trouble: Option<String>,
    /// Postings for which the user was asked whether they applied.
    pub(super) asked: Vec<PostingKey>,
}

impl App {
    /// Marks on a posting, once the journal was read.
    pub fn status(&self, key: &PostingKey) -> Option<&Status> {
        Some(self.tracked.tracking.as_ref()?.of(key))
    }

    /// Marks on a row.
    pub fn marks(&self, row: Row) -> RowMarks {
        self.tracked.marks.get(&self.index, row)
    }

    /// Marks on every row.
    pub fn all_marks(&self) -> &Marks {
        &self.tracked.marks
    }

    /// Whether hidden postings are shown.
    pub fn shows_hidden(&self) -> bool {
        self.tracked.shows_hidden
    }

    /// Why marks cannot be stored.
    pub fn trouble(&self) -> Option<&str> {
        self.tracked.trouble.as_deref()
    }

    /// Handles actions on marks. Returns whether the action was handled.
    pub(super) fn act_on_marks(&mut self, action: Action) -> bool {
        match action {
            Action::Save => self.toggle_saved(),
            Action::Apply => self.choose_stage(),
            Action::Hide => self.toggle_hidden(),
            Action::Note => self.edit_note(),
            Action::Undo => self.undo_or_redo(Tracking::undo, "undo"),
            Action::Redo => self.undo_or_redo(Tracking::redo, "redo"),
            Action::ShowHidden => self.toggle_shows_hidden(),
            _ => return false,
        }
        true
    }

    /// Applies the journal.
    pub(super) fn take_journal(&mut self, tracking: Tracking, trouble: Option<String>) {
        self.tracked.tracking = Some(tracking);
        if let Some(why) = &trouble {
            self.tell_failure(why.clone());
        }
        self.tracked.trouble = trouble;
        self.rebuild_marks();
        self.search_in_place();
    }

    /// Applies events of this or another instance.
    pub(super) fn take_events(&mut self, events: Vec<Event>) {
        let Some(tracking) = &mut self.tracked.tracking else {
            return;
        };
        let turned = |event: &Event| !matches!(event.what, EventKind::Mark(..));
        let automatic =
            |event: &Event| matches!(&event.what, EventKind::Mark(_, marked) if marked.automatic);
        let (any_turned, all_automatic) = (events.iter().any(turned), events.iter().all(automatic));
        let keys: Vec<PostingKey> = events
            .iter()
            .filter_map(|event| match &event.what {
                EventKind::Mark(key, _) => Some(key.clone()),
                _ => None,
            })
            .collect();
        tracking.extend(events);
        if any_turned {
            self.rebuild_marks();
        } else {
            self.rebuild_marks_of(&keys);
        }
        // Viewed postings stay in place until the next search.
        if !all_automatic {
            self.search_in_place();
        }
    }

    /// Recomputes the columns of the marks for this board.
    pub(super) fn rebuild_marks(&mut self) {
        let base = self.visit.marks.clone();
        let marks = match &self.tracked.tracking {
            Some(tracking) => marks::columns(&self.index, tracking, base, self.visit.since),
            None => base,
        };
        self.tracked.marks = Arc::new(marks);
        self.tracked.version += 1;
    }

    fn rebuild_marks_of(&mut self, keys: &[PostingKey]) {
        let Some(tracking) = &self.tracked.tracking else {
            return;
        };
        let finder = RowFinder::new(self.index.board());
        let all = Arc::make_mut(&mut self.tracked.marks);
        for key in keys {
            if let Some(row) = finder.row(&self.index, key) {
                let before = all.get(&self.index, row);
                all.set(
                    &self.index,
                    row,
                    marks::marked(tracking.of(key), before, self.visit.since),
                );
            }
        }
        self.tracked.version += 1;
    }

    /// Postings to mark: those marked in the list, else the current one.
    pub(super) fn targets(&self) -> Vec<PostingKey> {
        if let Some(Subject::Kept(key)) = self.readers.subject() {
            return vec![key.clone()];
        }
        let board = self.index.board();
        let marked = self.list.marked.iter().filter(|_| self.readers.is_empty());
        let marked = marked.filter_map(|id| board.posting(id));
        let mut keys: Vec<_> = marked
            .map(|posting| PostingKey::of(board, &posting))
            .collect();
        if keys.is_empty() {
            let meant = self.meant_posting().into_iter();
            keys.extend(meant.map(|posting| PostingKey::of(board, &posting)));
        }
        keys
    }

    /// The posting with this key, if the board has it.
    pub(super) fn posting_of(&self, key: &PostingKey) -> Option<Cow<'_, Posting>> {
        let row = RowFinder::new(self.index.board()).row(&self.index, key)?;
        Some(self.index.posting(row))
    }

    /// Marks postings as one act, and shows a notice.
    pub(super) fn mark(&mut self, keys: &[PostingKey], mark: &Mark) {
        let Some(tracking) = &self.tracked.tracking else {
            return;
        };
        let of = |key: &PostingKey| {
            tracking.mark(key.clone(), mark.clone(), self.posting_of(key).as_deref())
        };
        let act: Vec<EventKind> = keys.iter().map(of).collect();
        let undo = self.key(Mode::Browse, Action::Undo).unwrap_or_default();
        let count = match keys.len() {
            1 => String::new(),
            count => format!("{} ", grouped(count)),
        };
        let only = self.only_this(keys.len());
        let said = self.mark_message(mark);
        self.tell(format!("{count}{said}{only} · {undo} undo"));
        self.list.marked.clear();
        self.outbox.push(Effect::Track(act));
    }

    /// Notice for a mark.
    fn mark_message(&self, mark: &Mark) -> String {
        match mark {
            Mark::Stage(stage, day) => format!("{} {day}", stage.word().replace('-', " ")),
            Mark::Hidden(_) => {
                let show = self.key(Mode::Browse, Action::ShowHidden);
                format!("hidden · {} show hidden", show.unwrap_or_default())
            }
            Mark::FollowUp(Some(day)) => format!("follow up on {day}"),
            Mark::FollowUp(None) => "follow-up cleared".to_owned(),
            Mark::Contact(Some(text)) => format!("contact: {text}"),
            Mark::Contact(None) => "contact cleared".to_owned(),
            Mark::Cv(Some(text)) => format!("CV: {text}"),
            Mark::Cv(None) => "CV cleared".to_owned(),
            _ => mark.word().to_owned(),
        }
    }

    /// Title of the only posting, or the number of postings.
    pub(super) fn title_of_all(&self, keys: &[PostingKey]) -> String {
        match keys {
            [key] => self.title_of(key),
            keys => format!("{} postings", grouped(keys.len())),
        }
    }

    /// Title of a posting, also of one that is gone.
    pub fn title_of(&self, key: &PostingKey) -> String {
        if let Some(posting) = self.posting_of(key) {
            return posting.title.clone();
        }
        let copy = self.status(key).and_then(|status| status.copy.as_ref());
        copy.map_or_else(|| key.id.clone(), |copy| copy.title.clone())
    }

    /// Records that a posting was viewed.
    pub(super) fn note_look(&mut self, key: &PostingKey) {
        let look = self.tracked.tracking.as_ref().and_then(|tracking| {
            let posting = self.posting_of(key)?;
            tracking.seen(key.clone(), &posting)
        });
        self.outbox
            .extend(look.map(|look| Effect::Track(vec![look])));
    }

    /// After its URL was opened, asks once per posting whether the user applied.
    pub(super) fn ask_whether_applied(&mut self) {
        let keys = self.meant_posting().into_iter();
        let keys = keys.map(|posting| PostingKey::of(self.index.board(), &posting));
        let Some(key) = keys.collect::<Vec<_>>().pop() else {
            return;
        };
        let applied = self
            .status(&key)
            .is_none_or(|status| status.stage.is_some());
        if !applied && !self.tracked.asked.contains(&key) {
            self.tracked.asked.push(key.clone());
            let question = Question::Applied(key.clone(), self.title_of(&key), self.settings.today);
            self.dialog = Some(Dialog::Question(question));
        }
    }
}
