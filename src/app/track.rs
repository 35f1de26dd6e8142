//! Marking: what a person says of postings goes to the journal as data, and shows at once.

use std::borrow::Cow;
use std::sync::Arc;

use super::marks::{self, Finder};
use super::popup::{Ask, Choice, Entry, Popup, Topic};
use super::prompt::{Prompt, PromptTopic};
use super::reader::Subject;
use super::{Action, App, Effect, Mode};
use crate::board::{Posting, text};
use crate::search::{Marks, Row, RowMarks};
use crate::tracking::{Event, Mark, PostingKey, Reason, Stage, Status, Tracking, What};

/// What of a person's marks is on the screen.
#[derive(Debug, Default)]
pub(super) struct Tracked {
    /// Every mark; `None` until the journal was read.
    pub(super) tracking: Option<Tracking>,
    /// The marks on this board, as columns.
    pub(super) marks: Arc<Marks>,
    /// Grows with every change of the marks.
    pub(super) version: u64,
    /// Whether what is hidden is shown.
    pub(super) shows_hidden: bool,
    /// Whether it was told already what is new.
    pub(super) greeted: bool,
    /// Why marks are not kept; stands until they are.
    pub(super) trouble: Option<String>,
    /// The postings about which it was asked whether the person applied.
    pub(super) asked: Vec<PostingKey>,
}

impl App {
    /// The marks on a posting, as far as the journal was read.
    pub fn status(&self, key: &PostingKey) -> Option<&Status> {
        Some(self.tracked.tracking.as_ref()?.of(key))
    }

    /// The marks on a row.
    pub fn marks(&self, row: Row) -> RowMarks {
        self.tracked.marks.get(&self.index, row)
    }

    /// The marks on every row.
    pub fn all_marks(&self) -> &Marks {
        &self.tracked.marks
    }

    /// Whether what is hidden is shown.
    pub fn shows_hidden(&self) -> bool {
        self.tracked.shows_hidden
    }

    /// Why marks are not kept.
    pub fn trouble(&self) -> Option<&str> {
        self.tracked.trouble.as_deref()
    }

    /// Does what is about marks; says whether it was such an action.
    pub(super) fn act_on_marks(&mut self, action: Action) -> bool {
        match action {
            Action::Save => self.toggle_saved(),
            Action::Apply => self.choose_stage(),
            Action::Hide => self.toggle_hidden(),
            Action::Note => self.edit_note(),
            Action::Undo => self.turn(Tracking::undo, "taken back"),
            Action::Redo => self.turn(Tracking::redo, "brought back"),
            Action::ShowHidden => self.toggle_shows_hidden(),
            _ => return false,
        }
        true
    }

    /// The journal as it was read.
    pub(super) fn take_journal(&mut self, tracking: Tracking, trouble: Option<String>) {
        self.tracked.tracking = Some(tracking);
        if let Some(why) = &trouble {
            self.tell_failure(why.clone());
        }
        self.tracked.trouble = trouble;
        self.remark();
        self.search_in_place();
    }

    /// Takes in events: of this person here, or of another running copy.
    pub(super) fn take_events(&mut self, events: Vec<Event>) {
        let Some(tracking) = &mut self.tracked.tracking else {
            return;
        };
        let turned = |event: &Event| !matches!(event.what, What::Mark(..));
        let automatic =
            |event: &Event| matches!(&event.what, What::Mark(_, marked) if marked.automatic);
        let (any_turned, all_automatic) = (events.iter().any(turned), events.iter().all(automatic));
        let keys: Vec<PostingKey> = events
            .iter()
            .filter_map(|event| match &event.what {
                What::Mark(key, _) => Some(key.clone()),
                _ => None,
            })
            .collect();
        tracking.extend(events);
        if any_turned {
            self.remark();
        } else {
            self.remark_each(&keys);
        }
        // What was only looked at stays where it is until something else is asked.
        if !all_automatic {
            self.search_in_place();
        }
    }

    /// The columns of the marks anew, for this board.
    pub(super) fn remark(&mut self) {
        let base = self.standing.marks.clone();
        let marks = match &self.tracked.tracking {
            Some(tracking) => marks::columns(&self.index, tracking, base, self.standing.since),
            None => base,
        };
        self.tracked.marks = Arc::new(marks);
        self.tracked.version += 1;
    }

    fn remark_each(&mut self, keys: &[PostingKey]) {
        let Some(tracking) = &self.tracked.tracking else {
            return;
        };
        let finder = Finder::new(self.index.board());
        let all = Arc::make_mut(&mut self.tracked.marks);
        for key in keys {
            if let Some(row) = finder.row(&self.index, key) {
                let before = all.get(&self.index, row);
                all.set(
                    &self.index,
                    row,
                    marks::marked(tracking.of(key), before, self.standing.since),
                );
            }
        }
        self.tracked.version += 1;
    }

    /// What a mark is for: the postings marked in the list, else the one that is meant.
    pub(super) fn targets(&self) -> Vec<PostingKey> {
        if let Some(Subject::Kept(key)) = self.readers.last().map(|reader| &reader.subject) {
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

    /// The posting with this key, where the board has it.
    pub(super) fn posting_of(&self, key: &PostingKey) -> Option<Cow<'_, Posting>> {
        let row = Finder::new(self.index.board()).row(&self.index, key)?;
        Some(self.index.posting(row))
    }

    /// The postings that are to be marked, or `None` after saying why there are none.
    fn wanted(&mut self) -> Option<Vec<PostingKey>> {
        if self.tracked.tracking.is_none() {
            self.tell_failure("your marks are still being read".to_owned());
            return None;
        }
        let targets = self.targets();
        if targets.is_empty() {
            self.tell("there is no posting here to mark".to_owned());
            return None;
        }
        Some(targets)
    }

    /// Marks postings, as one act, and says so.
    pub(super) fn mark(&mut self, keys: &[PostingKey], mark: &Mark, said: &str) {
        let Some(tracking) = &self.tracked.tracking else {
            return;
        };
        let of = |key: &PostingKey| {
            tracking.mark(key.clone(), mark.clone(), self.posting_of(key).as_deref())
        };
        let act: Vec<What> = keys.iter().map(of).collect();
        let undo = self.key(Mode::Browse, Action::Undo).unwrap_or_default();
        let count = match keys.len() {
            1 => String::new(),
            count => format!("{count} "),
        };
        let only = self.only_this(keys.len());
        self.tell(format!("{count}{said}{only} · {undo} takes it back"));
        self.list.marked.clear();
        self.outbox.push(Effect::Track(act));
    }

    fn toggle_saved(&mut self) {
        let Some(keys) = self.wanted() else { return };
        let is_saved = |key: &PostingKey| {
            self.status(key)
                .is_some_and(|status| status.saved.is_some())
        };
        let unsaved: Vec<_> = keys.iter().filter(|key| !is_saved(key)).cloned().collect();
        if unsaved.is_empty() {
            self.mark(&keys, &Mark::Unsaved, "no longer saved");
        } else {
            self.mark(&unsaved, &Mark::Saved, "saved");
        }
    }

    fn toggle_hidden(&mut self) {
        let Some(keys) = self.wanted() else { return };
        let is_hidden = |key: &PostingKey| {
            self.status(key)
                .is_some_and(|status| status.hidden.is_some())
        };
        if keys.iter().all(is_hidden) {
            return self.mark(&keys, &Mark::Unhidden, "no longer hidden");
        }
        let entries = Reason::ALL.iter().map(|reason| {
            let word = reason.word().replace('-', " ");
            Entry::plain(word, Choice::Hide(*reason))
        });
        let entries = entries.collect();
        self.choose_from(Topic::Reasons, entries, 0);
    }

    /// The stages of an application, the cursor on the likely one, and what else is kept of it.
    fn choose_stage(&mut self) {
        let Some(keys) = self.wanted() else { return };
        let now = self.status(&keys[0]).and_then(|status| status.stage);
        let likely = match now {
            None => Some(Stage::Applied),
            Some(step) => step.stage.next(),
        };
        let mut entries: Vec<Entry> = Stage::ALL
            .iter()
            .map(|stage| {
                let mark = if now.is_some_and(|now| now.stage == *stage) {
                    " (now)"
                } else {
                    ""
                };
                let word = stage.word().replace('-', " ");
                Entry::plain(format!("{word}{mark}"), Choice::Stage(*stage))
            })
            .collect();
        for (text, topic) in [
            ("follow up on …", PromptTopic::FollowUp),
            ("contact …", PromptTopic::Contact),
            ("which CV was sent …", PromptTopic::Cv),
        ] {
            entries.push(Entry::plain(text, Choice::Prompt(topic)));
        }
        let at = Stage::ALL.iter().position(|stage| Some(*stage) == likely);
        self.choose_from(Topic::Stages, entries, at.unwrap_or(0));
    }

    pub(super) fn reach(&mut self, stage: Stage) {
        let Some(keys) = self.wanted() else { return };
        let mark = Mark::Stage(stage, self.settings.today);
        let said = format!("{} {}", stage.word().replace('-', " "), self.settings.today);
        self.mark(&keys, &mark, &said);
    }

    pub(super) fn hide(&mut self, reason: Reason) {
        let Some(keys) = self.wanted() else { return };
        let show = self
            .key(Mode::Browse, Action::ShowHidden)
            .unwrap_or_default();
        let said = format!("hidden · {show} shows what is hidden");
        self.mark(&keys, &Mark::Hidden(reason), &said);
    }

    /// Opens a line to write what is kept of an application; what is there already stands in it.
    pub(super) fn ask_for(&mut self, topic: PromptTopic) {
        if let PromptTopic::View(query) = topic {
            return self.ask_for_view(query);
        }
        let Some(keys) = self.wanted() else { return };
        let status = self.status(&keys[0]);
        let known = status.and_then(|status| match topic {
            PromptTopic::FollowUp => status.follow_up.map(|day| day.to_string()),
            PromptTopic::Contact => status.contact.clone(),
            PromptTopic::Cv => status.cv.clone(),
            PromptTopic::View(_) => None,
        });
        let prompt = Prompt::new(topic, &known.unwrap_or_default());
        self.popup = Some(Popup::Prompt(prompt));
    }

    /// Keeps what was written into such a line; says why not where it makes no sense.
    pub(super) fn keep_detail(&mut self, topic: &PromptTopic, written: &str) -> Result<(), String> {
        let written = text::line(written);
        let said = Some(written.clone()).filter(|text| !text.is_empty());
        let mark = match topic {
            PromptTopic::FollowUp => Mark::FollowUp(match &said {
                Some(day) => Some(super::prompt::day(day, self.settings.today)?),
                None => None,
            }),
            PromptTopic::Contact => Mark::Contact(said.clone()),
            PromptTopic::Cv => Mark::Cv(said.clone()),
            PromptTopic::View(_) => return Ok(()),
        };
        let told = match (&mark, &said) {
            (Mark::FollowUp(Some(day)), _) => format!("follow up on {day}"),
            (Mark::FollowUp(None), _) => "no follow-up".to_owned(),
            (_, Some(text)) => format!("kept: {text}"),
            (_, None) => "taken away".to_owned(),
        };
        if let Some(keys) = self.wanted() {
            self.mark(&keys, &mark, &told);
        }
        Ok(())
    }

    fn edit_note(&mut self) {
        let Some(keys) = self.wanted() else { return };
        let key = keys[0].clone();
        let note = self.status(&key).and_then(|status| status.note.clone());
        let title = self.title_of(&key);
        let note = note.unwrap_or_default();
        self.popup = Some(Popup::Note(
            super::note::Note::new(key, title, &note).into(),
        ));
    }

    /// Keeps a note that was written, unless it says what it said before.
    pub(super) fn keep_note(&mut self, key: &PostingKey, note: &str) {
        let Some(tracking) = &self.tracked.tracking else {
            return;
        };
        let note = text::block(note).trim().to_owned();
        if tracking.of(key).note.as_deref().unwrap_or_default() == note {
            return;
        }
        let said = if note.is_empty() {
            "the note is gone"
        } else {
            "noted"
        };
        let act = vec![tracking.note(key.clone(), note, self.posting_of(key).as_deref())];
        self.outbox.push(Effect::Track(act));
        let undo = self.key(Mode::Browse, Action::Undo).unwrap_or_default();
        self.tell(format!("{said} · {undo} takes it back"));
    }

    /// What a posting is called, also one that is gone.
    pub fn title_of(&self, key: &PostingKey) -> String {
        if let Some(posting) = self.posting_of(key) {
            return posting.title.clone();
        }
        let copy = self.status(key).and_then(|status| status.copy.as_ref());
        copy.map_or_else(|| key.id.clone(), |copy| copy.title.clone())
    }

    /// Takes an act back, or brings one back.
    fn turn(&mut self, choose: impl Fn(&Tracking) -> Option<What>, done: &str) {
        let Some(tracking) = &self.tracked.tracking else {
            return self.tell_failure("your marks are still being read".to_owned());
        };
        let Some(what @ (What::Undo(moment) | What::Redo(moment))) = choose(tracking) else {
            return self.tell(format!("there is nothing to be {done}"));
        };
        let act: Vec<_> = tracking.act(moment).collect();
        let word = act.first().map_or("", |(_, mark)| mark.word());
        let about = match act.as_slice() {
            [(key, _)] => self.title_of(key),
            several => format!("{} postings", several.len()),
        };
        self.tell(format!("{done}: {word} · {about}"));
        self.outbox.push(Effect::Track(vec![what]));
    }

    fn toggle_shows_hidden(&mut self) {
        self.tracked.shows_hidden = !self.tracked.shows_hidden;
        let shown = self.tracked.shows_hidden;
        self.tell(if shown {
            "what you hid and muted is shown".to_owned()
        } else {
            "what you hid and muted is not shown".to_owned()
        });
        self.search();
    }

    /// Remembers that a posting was looked at.
    pub(super) fn note_look(&mut self, key: &PostingKey) {
        let look = self.tracked.tracking.as_ref().and_then(|tracking| {
            let posting = self.posting_of(key)?;
            tracking.look(key.clone(), &posting)
        });
        self.outbox
            .extend(look.map(|look| Effect::Track(vec![look])));
    }

    /// Once for each posting whose url was opened: whether the person applied.
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
            self.popup = Some(Popup::Ask(Ask::Applied(key)));
        }
    }
}
