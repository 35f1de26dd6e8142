//! Actions on marks, with their menus and prompts.

use crate::app::count::grouped;
use crate::app::dialog::note::Note;
use crate::app::dialog::picker::{Entry, Picker, Topic};
use crate::app::dialog::prompt::{Prompt, PromptTopic};
use crate::app::dialog::{Answer, Dialog};
use crate::app::{Action, App, Effect, Mode};
use crate::board::text;
use crate::query;
use crate::tracking::{EventKind, Mark, PostingKey, Reason, Stage, Tracking};

impl App {
    pub(super) fn toggle_saved(&mut self) {
        let Some(keys) = self.wanted() else { return };
        let is_saved = |key: &PostingKey| {
            self.status(key)
                .is_some_and(|status| status.saved.is_some())
        };
        let unsaved: Vec<_> = keys.iter().filter(|key| !is_saved(key)).cloned().collect();
        if unsaved.is_empty() {
            self.mark(&keys, &Mark::Unsaved);
        } else {
            self.mark(&unsaved, &Mark::Saved);
            if keys.len() == 1 {
                self.advance();
            }
        }
    }

    pub(super) fn toggle_hidden(&mut self) {
        let Some(keys) = self.wanted() else { return };
        // A row that represents duplicates is hidden with all of them.
        let group = self.group_of_selected().filter(|_| keys.len() == 1);
        let only = group.is_some().then(|| keys.clone());
        let keys = group.unwrap_or(keys);
        let is_hidden = |key: &PostingKey| {
            self.status(key)
                .is_some_and(|status| status.hidden.is_some())
        };
        if keys.iter().all(is_hidden) {
            return self.mark(&keys, &Mark::Unhidden);
        }
        self.choose_reason(&keys, only);
    }

    /// Asks for the reason to hide postings; for a group of duplicates also whether to hide only one.
    pub(in crate::app) fn choose_reason(
        &mut self,
        keys: &[PostingKey],
        only: Option<Vec<PostingKey>>,
    ) {
        let entries = Reason::ALL.iter().map(|reason| {
            let word = reason.word().replace('-', " ");
            let answer = Answer::Mark(keys.to_vec(), Mark::Hidden(*reason));
            Entry::hotkey(reason_key(*reason), word, answer)
        });
        let mut entries: Vec<Entry> = entries.collect();
        let title = match &only {
            Some(shown) => format!(
                "Hide: reason · {} · {} places",
                self.title_of_all(shown),
                grouped(keys.len())
            ),
            None => format!("Hide: reason · {}", self.title_of_all(keys)),
        };
        if let Some(shown) = only {
            entries.push(Entry::hotkey('t', "only this place…", Answer::Hide(shown)));
        }
        let meant = self.meant_posting();
        let company = meant.and_then(|posting| posting.company.clone());
        if let Some(company) = company {
            let text = format!("mute {company}");
            entries.push(Entry::hotkey('M', text, Answer::Mute(company)));
        }
        self.pick(Picker::menu(Topic::Reasons, title, entries, 0));
    }

    /// Mutes a company.
    pub(in crate::app) fn mute_company(&mut self, company: &str) {
        let rule = query::toggle("", query::Field::Company, company, false);
        self.tell(format!(
            "{company} muted · H shows it, `mute` in the config undoes it"
        ));
        self.outbox.push(Effect::Mute(rule));
    }

    /// The duplicates that the selected row represents.
    fn group_of_selected(&self) -> Option<Vec<PostingKey>> {
        if !self.readers.is_empty() || !self.stands_for_duplicates() {
            return None;
        }
        let rows = self.index.duplicates(self.selected()?);
        let board = self.index.board();
        let keys = rows
            .into_iter()
            .map(|row| PostingKey::of(board, &self.index.posting(row)));
        Some(keys.collect())
    }

    /// Opens the stages of an application, with the cursor on the likely next one, and its other fields.
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
                let text = format!("{}{mark}", stage.word().replace('-', " "));
                let mark = Mark::Stage(*stage, self.settings.today);
                Entry::hotkey(stage_key(*stage), text, Answer::Mark(keys.clone(), mark))
            })
            .collect();
        for (hotkey, text, topic) in [
            ('f', "follow up on…", PromptTopic::FollowUp(keys.clone())),
            ('c', "contact…", PromptTopic::Contact(keys.clone())),
            ('v', "CV sent…", PromptTopic::Cv(keys.clone())),
        ] {
            entries.push(Entry::hotkey(hotkey, text, Answer::Ask(topic)));
        }
        let at = Stage::ALL.iter().position(|stage| Some(*stage) == likely);
        let title = format!("Application status · {}", self.title_of_all(&keys));
        self.pick(Picker::menu(Topic::Stages, title, entries, at.unwrap_or(0)));
    }

    /// Opens a prompt, with the existing value.
    pub(in crate::app) fn ask_for(&mut self, topic: PromptTopic) {
        let (keys, query) = match &topic {
            PromptTopic::FollowUp(keys) | PromptTopic::Contact(keys) | PromptTopic::Cv(keys) => {
                (keys.as_slice(), None)
            }
            PromptTopic::SaveView(about) | PromptTopic::RenameView(about) => {
                (&[][..], Some(about.clone()))
            }
            PromptTopic::OpenBoard | PromptTopic::AddSource => (&[][..], Some(String::new())),
        };
        let status = keys.first().and_then(|key| self.status(key));
        let known = status.and_then(|status| match topic {
            PromptTopic::FollowUp(_) => status.follow_up.map(|day| day.to_string()),
            PromptTopic::Contact(_) => status.contact.clone(),
            PromptTopic::Cv(_) => status.cv.clone(),
            _ => None,
        });
        let known = match &topic {
            PromptTopic::RenameView(name) => Some(name.clone()),
            _ => known,
        };
        let about = query.unwrap_or_else(|| self.title_of_all(keys));
        let prompt = Prompt::new(topic, about, &known.unwrap_or_default());
        self.dialog = Some(Dialog::Prompt(prompt));
    }

    pub(super) fn edit_note(&mut self) {
        let Some(keys) = self.wanted() else { return };
        let key = keys[0].clone();
        let note = self.status(&key).and_then(|status| status.note.clone());
        let title = self.title_of(&key);
        let note = note.unwrap_or_default();
        self.dialog = Some(Dialog::Note(Note::new(key, title, &note).into()));
    }

    /// Saves a note if it has changed.
    pub(in crate::app) fn save_note(&mut self, key: &PostingKey, note: &str) {
        let Some(tracking) = &self.tracked.tracking else {
            return;
        };
        let note = text::block(note).trim().to_owned();
        if tracking.of(key).note.as_deref().unwrap_or_default() == note {
            return;
        }
        let said = if note.is_empty() {
            "note deleted"
        } else {
            "note saved"
        };
        let act = vec![tracking.note(key.clone(), note, self.posting_of(key).as_deref())];
        self.outbox.push(Effect::Track(act));
        let undo = self.key(Mode::Browse, Action::Undo).unwrap_or_default();
        self.tell(format!("{said} · {undo} undo"));
    }

    /// Undoes or redoes an act.
    pub(super) fn undo_or_redo(
        &mut self,
        choose: impl Fn(&Tracking) -> Option<EventKind>,
        verb: &str,
    ) {
        let Some(tracking) = &self.tracked.tracking else {
            return self.tell_failure("your marks are still being read".to_owned());
        };
        let Some(what @ (EventKind::Undo(moment) | EventKind::Redo(moment))) = choose(tracking)
        else {
            return self.tell(format!("nothing to {verb}"));
        };
        let act: Vec<_> = tracking.act(moment).collect();
        let word = act.first().map_or("", |(_, mark)| mark.word());
        let about = match act.as_slice() {
            [(key, _)] => self.title_of(key),
            several => format!("{} postings", grouped(several.len())),
        };
        let done = if verb == "undo" { "undone" } else { "redone" };
        self.tell(format!("{done}: {word} · {about}"));
        self.outbox.push(Effect::Track(vec![what]));
    }

    pub(super) fn toggle_shows_hidden(&mut self) {
        self.tracked.shows_hidden = !self.tracked.shows_hidden;
        let shown = self.tracked.shows_hidden;
        self.tell(if shown {
            "hidden and muted postings shown".to_owned()
        } else {
            "hidden and muted postings not shown".to_owned()
        });
        self.search();
    }

    /// Postings to mark; shows a notice if there are none.
    fn wanted(&mut self) -> Option<Vec<PostingKey>> {
        if self.tracked.tracking.is_none() {
            self.tell_failure("your marks are still being read".to_owned());
            return None;
        }
        let targets = self.targets();
        if targets.is_empty() {
            self.tell("no posting here".to_owned());
            return None;
        }
        Some(targets)
    }
}

/// Key of a stage in its menu. Stages that end an application need shift.
fn stage_key(stage: Stage) -> char {
    match stage {
        Stage::Applied => 'a',
        Stage::Interview => 'i',
        Stage::Offer => 'o',
        Stage::Rejected => 'R',
        Stage::Withdrawn => 'W',
        Stage::NoAnswer => 'N',
    }
}

/// Key of a reason in its menu.
fn reason_key(reason: Reason) -> char {
    match reason {
        Reason::NotInterested => 'n',
        Reason::Location => 'l',
        Reason::Pay => 'p',
        Reason::Seniority => 's',
        Reason::Company => 'c',
        Reason::Other => 'o',
    }
}
