//! Routes between the journal, the user's marks and the panes.

use super::Unjournaled;
use super::actions::{self, Targets};
use crate::annotate::VisitSummary;
use crate::app::browser::Browser;
use crate::app::dialog::Dialog;
use crate::app::dialog::prompt::PromptTopic;
use crate::app::dialog::question::Question;
use crate::app::{Action, App, Effect, Mode, Subject};
use crate::board::Posting;
use crate::tracking::{Event, Mark, PostingKey, Tracking};

impl App {
    /// Handles actions on marks. Returns whether the action was handled.
    pub(in crate::app) fn act_on_marks(&mut self, action: Action) -> bool {
        if action == Action::Undo
            && let Some(change) = self.marks.unjournaled.take()
        {
            match change {
                Unjournaled::Mute(company) => self.follow(actions::unmute_company(&company)),
                Unjournaled::View => {
                    let key = self.key(Mode::Browse, Action::Views).unwrap_or("help");
                    self.notify(format!("views have no undo · {key} changes them"));
                }
            }
            return true;
        }
        let outcomes = actions::act(action, &self.context(), || self.targets());
        let handled = outcomes.is_some();
        self.follow(outcomes.unwrap_or_default());
        handled
    }

    /// Applies the journal.
    pub(in crate::app) fn take_journal(&mut self, tracking: Tracking, trouble: Option<String>) {
        if let Some(why) = &trouble {
            self.tell_failure(why.clone());
        }
        self.marks.set(tracking, trouble, &self.index);
        self.browse(Browser::search_in_place);
    }

    /// Applies events of this or another instance.
    pub(in crate::app) fn take_events(&mut self, events: Vec<Event>) {
        if self.marks.extend(events, &self.index) {
            self.browse(Browser::search_in_place);
        }
    }

    /// Applies the diff since the last visit. Returns whether it is the first of this run.
    pub(in crate::app) fn take_visit(&mut self, visit: VisitSummary) -> bool {
        let first = self.marks.apply_visit(visit, &self.index);
        self.browse(Browser::search_in_place);
        first
    }

    /// Postings to mark: those marked in the list, else the current one.
    fn targets(&self) -> Targets {
        let company = self.meant_posting();
        let company = company.and_then(|posting| posting.company.clone());
        if let Some(Subject::Kept(key)) = self.readers.subject() {
            return Targets {
                keys: vec![key.clone()],
                company,
                ..Targets::default()
            };
        }
        let board = self.index.board();
        let key = |posting: &Posting| PostingKey::from_posting(board, posting);
        if !self.readers.is_empty() {
            let meant = self.meant_posting();
            return Targets {
                keys: meant.iter().map(|posting| key(posting)).collect(),
                company,
                ..Targets::default()
            };
        }
        if let Some(screen) = &self.screen {
            let company = self.posting_on_screen();
            return Targets {
                keys: screen.selected().cloned().into_iter().collect(),
                company: company.and_then(|posting| posting.company.clone()),
                ..Targets::default()
            };
        }
        let marked = self.browser.list.marked.iter();
        let marked = marked.filter_map(|id| board.posting(id));
        let mut keys: Vec<_> = marked.map(|posting| key(&posting)).collect();
        if keys.is_empty() {
            keys.extend(self.meant_posting().iter().map(|posting| key(posting)));
        }
        let row = self.browser.selected();
        let group = row.filter(|_| self.browser.stands_for_duplicates());
        let group = group.map(|row| self.index.duplicates(row));
        // Too many duplicates to know each of them: only this one is meant.
        let group = group.filter(|alike| alike.len() > 1);
        let group: Option<Vec<PostingKey>> = group.map(|alike| {
            let alike = alike.into_iter();
            alike.map(|row| key(&self.index.posting(row))).collect()
        });
        Targets {
            keys,
            one_of: self.browser.represented(),
            group,
            company,
        }
    }

    /// Marks postings as one act.
    pub(in crate::app) fn mark(&mut self, keys: &[PostingKey], mark: &Mark) {
        let represented = self.browser.represented();
        let one_of = represented.filter(|_| self.shows_panes());
        self.follow(actions::mark(&self.context(), keys, mark, one_of));
    }

    /// Asks why to hide postings.
    pub(in crate::app) fn ask_for_reason(&mut self, keys: &[PostingKey]) {
        let company = self.meant_posting();
        let company = company.and_then(|posting| posting.company.clone());
        let asked = actions::choose_reason(&self.context(), keys, None, company);
        self.follow(vec![asked]);
    }

    /// Opens a prompt, with the existing value.
    pub(in crate::app) fn ask_for(&mut self, topic: PromptTopic) {
        self.dialog = Some(actions::prompt(&self.context(), topic));
    }

    /// Opens a prompt again with a text that was rejected, unless another dialog was opened meanwhile.
    pub(in crate::app) fn ask_again(&mut self, topic: PromptTopic, written: &str, why: String) {
        if self.dialog.is_some() {
            return self.tell_failure(format!("{why}: {written}"));
        }
        self.ask_for(topic);
        if let Some(Dialog::Prompt(prompt)) = &mut self.dialog {
            prompt.reject(written, why);
        }
    }

    /// Saves a note if it has changed.
    pub(in crate::app) fn save_note(&mut self, key: &PostingKey, note: &str) {
        self.follow(actions::save_note(&self.context(), key, note));
    }

    /// Records that a posting was viewed.
    pub(in crate::app) fn note_look(&mut self, key: &PostingKey) {
        let look = self.marks.tracking.as_ref().and_then(|tracking| {
            let posting = self.context().posting_of(key)?;
            tracking.seen(key.clone(), &posting)
        });
        let look = look.map(|look| Effect::Track(vec![look]));
        self.outbox.extend(look);
    }

    /// After its URL was opened, asks once per posting whether the user applied.
    pub(in crate::app) fn ask_whether_applied(&mut self) {
        let meant = self.meant_posting();
        let key = meant.map(|posting| PostingKey::from_posting(self.index.board(), &posting));
        let Some(key) = key else { return };
        if self.marks.asks_whether_applied(&key) {
            let title = self.title_of(&key);
            let question = Question::Applied(key, title, self.today);
            self.dialog = Some(Dialog::Question(question));
        }
    }
}
