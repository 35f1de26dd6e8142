//! What the keys for marks do, and the menus and lines that they open.

use crate::app::count::grouped;
use crate::app::note::Note;
use crate::app::popup::{Choice, Entry, Popup, Topic};
use crate::app::prompt::{self, Prompt, PromptTopic};
use crate::app::{Action, App, Effect, Mode};
use crate::board::text;
use crate::tracking::{Mark, PostingKey, Reason, Stage, Tracking, What};

impl App {
    pub(super) fn toggle_saved(&mut self) {
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

    pub(super) fn toggle_hidden(&mut self) {
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
    pub(super) fn choose_stage(&mut self) {
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

    pub(in crate::app) fn reach(&mut self, stage: Stage) {
        let Some(keys) = self.wanted() else { return };
        let mark = Mark::Stage(stage, self.settings.today);
        let said = format!("{} {}", stage.word().replace('-', " "), self.settings.today);
        self.mark(&keys, &mark, &said);
    }

    pub(in crate::app) fn hide(&mut self, reason: Reason) {
        let Some(keys) = self.wanted() else { return };
        let show = self
            .key(Mode::Browse, Action::ShowHidden)
            .unwrap_or_default();
        let said = format!("hidden · {show} shows what is hidden");
        self.mark(&keys, &Mark::Hidden(reason), &said);
    }

    /// Opens a line to write what is kept of an application; what is there already stands in it.
    pub(in crate::app) fn ask_for(&mut self, topic: PromptTopic) {
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
    pub(in crate::app) fn keep_detail(
        &mut self,
        topic: &PromptTopic,
        written: &str,
    ) -> Result<(), String> {
        let written = text::line(written);
        let said = Some(written.clone()).filter(|text| !text.is_empty());
        let mark = match topic {
            PromptTopic::FollowUp => Mark::FollowUp(match &said {
                Some(day) => Some(prompt::day(day, self.settings.today)?),
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

    pub(super) fn edit_note(&mut self) {
        let Some(keys) = self.wanted() else { return };
        let key = keys[0].clone();
        let note = self.status(&key).and_then(|status| status.note.clone());
        let title = self.title_of(&key);
        let note = note.unwrap_or_default();
        self.popup = Some(Popup::Note(Note::new(key, title, &note).into()));
    }

    /// Keeps a note that was written, unless it says what it said before.
    pub(in crate::app) fn keep_note(&mut self, key: &PostingKey, note: &str) {
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

    /// Takes an act back, or brings one back.
    pub(super) fn turn(&mut self, choose: impl Fn(&Tracking) -> Option<What>, done: &str) {
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
            several => format!("{} postings", grouped(several.len())),
        };
        self.tell(format!("{done}: {word} · {about}"));
        self.outbox.push(Effect::Track(vec![what]));
    }

    pub(super) fn toggle_shows_hidden(&mut self) {
        self.tracked.shows_hidden = !self.tracked.shows_hidden;
        let shown = self.tracked.shows_hidden;
        self.tell(if shown {
            "what you hid and muted is shown".to_owned()
        } else {
            "what you hid and muted is not shown".to_owned()
        });
        self.search();
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
}
