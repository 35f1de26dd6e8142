//! Marks on a posting, computed from its events.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{ContentHash, EventId, Mark, MarkEvent, Reason, Stage};
use crate::board::{Date, Posting};

/// Marks on a posting.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Status {
    /// When it was last viewed; every mark counts as a view.
    pub seen: Option<Timestamp>,
    /// Content hash at that time.
    pub hash: Option<ContentHash>,
    /// When it was saved.
    pub saved: Option<Timestamp>,
    /// Current stage of the application, and its date.
    pub stage: Option<Step>,
    /// Every stage of the application, by date.
    pub course: Vec<Step>,
    /// Reason for hiding, if hidden.
    pub hidden: Option<Reason>,
    /// The note. If two machines wrote one independently, both.
    pub note: Option<String>,
    /// Events of the note, which the next note replaces.
    pub note_from: Vec<EventId>,
    /// Date of the reminder.
    pub follow_up: Option<Date>,
    /// Contact.
    pub contact: Option<String>,
    /// CV that was sent.
    pub cv: Option<String>,
    /// Copy of the posting when it was last saved or applied to.
    pub copy: Option<Arc<Posting>>,
}

/// A stage, and the day it was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The day.
    pub on: Date,
    /// The stage.
    pub stage: Stage,
}

impl Status {
    /// Whether it was viewed after a day.
    pub fn was_seen_after(&self, day: Date) -> bool {
        let seen = self.seen.map(|at| at.to_zoned(TimeZone::system()).date());
        seen.is_some_and(|seen| seen > day)
    }

    /// Computes the status from the ordered events of a posting. Undone events leave no mark, but their copies are
    /// kept.
    pub(super) fn fold(
        events: &[(EventId, Box<MarkEvent>)],
        is_undone: impl Fn(EventId, &MarkEvent) -> bool,
    ) -> Self {
        let mut status = Self::default();
        let mut notes = BTreeMap::new();
        let mut course = Course::default();
        for (id, marked) in events {
            if marked.copy.is_some() {
                status.copy.clone_from(&marked.copy);
            }
            if is_undone(*id, marked) {
                continue;
            }
            status.seen = Some(id.moment.at);
            status.hash = marked.hash.or(status.hash);
            match &marked.mark {
                Mark::Note { text, replaces } => {
                    for replaced in replaces {
                        notes.remove(replaced);
                    }
                    notes.insert(*id, text.as_str());
                }
                Mark::Stage(stage, on) => course.reach(Step {
                    on: *on,
                    stage: *stage,
                }),
                mark => status.apply(*id, mark),
            }
        }
        status.stage = course.now;
        status.course = course.steps.into_iter().collect();
        status.set_note(&notes);
        status
    }

    /// Whether it has marks other than views.
    pub fn is_marked(&self) -> bool {
        self.saved.is_some()
            || self.stage.is_some()
            || self.hidden.is_some()
            || self.note.is_some()
            || self.follow_up.is_some()
            || self.contact.is_some()
            || self.cv.is_some()
    }

    /// Whether the posting changed since it was last viewed.
    pub fn is_changed(&self, now: ContentHash) -> bool {
        self.hash.is_some_and(|then| then != now)
    }

    /// The last day this stage was reached, if any.
    pub fn reached(&self, stage: Stage) -> Option<Date> {
        let steps = self.course.iter().rev();
        steps
            .copied()
            .find(|step| step.stage == stage)
            .map(|step| step.on)
    }

    /// The day it was saved.
    pub fn saved_on(&self) -> Option<Date> {
        let saved = self.saved?;
        Some(saved.to_zoned(TimeZone::system()).date())
    }

    /// Whether the posting was published again after the user applied.
    pub fn is_posted_again(&self, posting: &Posting) -> bool {
        let first = self.course.first().map(|step| step.on);
        let applied = self.reached(Stage::Applied).or(first);
        applied
            .zip(posting.posted)
            .is_some_and(|(applied, posted)| applied < posted)
    }

    fn apply(&mut self, id: EventId, mark: &Mark) {
        match mark {
            Mark::Saved => self.saved = Some(id.moment.at),
            Mark::Unsaved => self.saved = None,
            Mark::Hidden(reason) => self.hidden = Some(*reason),
            Mark::Unhidden => self.hidden = None,
            Mark::FollowUp(day) => self.follow_up = *day,
            Mark::Contact(contact) => self.contact.clone_from(contact),
            Mark::Cv(cv) => self.cv.clone_from(cv),
            Mark::Seen | Mark::Stage(..) | Mark::Note { .. } => {}
        }
    }

    fn set_note(&mut self, notes: &BTreeMap<EventId, &str>) {
        self.note_from = notes.keys().copied().collect();
        let written = notes.values().copied();
        let written: Vec<_> = written.filter(|text| !text.is_empty()).collect();
        self.note = (!written.is_empty()).then(|| written.join("\n\n"));
    }
}

/// How an application went so far.
#[derive(Default)]
struct Course {
    /// Its point.
    now: Option<Step>,
    steps: BTreeSet<Step>,
    /// The step of every stage that there is only one of.
    single: BTreeMap<Stage, Step>,
}

impl Course {
    /// Adds a stage, replacing an earlier entry for it; only interviews may repeat. An earlier stage with an earlier
    /// date completes the history: the current stage is unchanged.
    fn reach(&mut self, step: Step) {
        if step.stage != Stage::Interview
            && let Some(old) = self.single.insert(step.stage, step)
        {
            self.steps.remove(&old);
        }
        self.steps.insert(step);
        let fills_in = |now: Step| step.stage < now.stage && step.on < now.on;
        if !self.now.is_some_and(fills_in) {
            self.now = Some(step);
        }
    }
}
