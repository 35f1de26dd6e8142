//! Popups: opening one, choosing from it, answering it.

use super::layout::Layout;
use super::popup::{Ask, Choice, Chooser, Entry, Popup, Topic};
use super::prompt::PromptTopic;
use super::reader::Subject;
use super::{Action, App, Effect, Mode};

impl App {
    /// The keys of the mode that one is in, each to be run.
    pub(super) fn open_help(&mut self) {
        let mode = self.mode();
        let mut entries: Vec<Entry> = Vec::new();
        for (_, key, action) in self.settings.keys.iter().filter(|key| key.0 == mode) {
            let same = |entry: &&mut Entry| entry.choice == Choice::Act(*action);
            match entries.iter_mut().find(same) {
                Some(entry) => {
                    entry.keys.push(' ');
                    entry.keys.push_str(key);
                }
                None => entries.push(Entry {
                    keys: key.clone(),
                    text: action.describe().to_owned(),
                    choice: Choice::Act(*action),
                }),
            }
        }
        self.choose_from(Topic::Keys(mode), entries, 0);
    }

    /// The questions or headings of what is being read, the cursor on the one that the reader is at.
    pub(super) fn open_outline(&mut self) {
        let Some(reader) = self.readers.last() else {
            return;
        };
        let headings = reader.page.document().outline.iter().enumerate();
        let entries: Vec<Entry> = headings
            .map(|(at, (_, text))| Entry {
                keys: (at + 1).to_string(),
                ..Entry::plain(text, Choice::Heading(at))
            })
            .collect();
        let at = reader.page.heading().unwrap_or(0);
        if entries.is_empty() {
            self.tell("it has no headings".to_owned());
        } else {
            self.choose_from(Topic::Outline, entries, at);
        }
    }

    pub(super) fn open_interviews(&mut self) {
        let interviews = self.index.board().interviews().iter();
        let entries = interviews
            .map(|interview| {
                Entry::plain(&interview.title, Choice::Interview(interview.id.clone()))
            })
            .collect();
        self.choose_from(Topic::Interviews, entries, 0);
    }

    /// The mistakes in the board's files, line by line as `check` prints them.
    pub(super) fn open_problems(&mut self) {
        if self.problems.is_empty() && self.unsynced.is_empty() {
            return self.tell("the board's files have no mistakes".to_owned());
        }
        let unsynced = self.unsynced.iter().map(|why| format!("not synced: {why}"));
        let lines = self.problems.iter().flat_map(|problem| problem.lines());
        let entries = unsynced
            .chain(lines.map(str::to_owned))
            .map(|line| Entry::plain(line, Choice::Nothing))
            .collect();
        self.choose_from(Topic::Problems, entries, 0);
    }

    pub(super) fn choose_from(&mut self, topic: Topic, entries: Vec<Entry>, at: usize) {
        self.popup = Some(Popup::Choose(Chooser::new(topic, entries, at)));
    }

    pub(super) fn act_in_chooser(&mut self, action: Action) {
        let in_view = self.chooser_rows();
        let Some(Popup::Choose(chooser)) = &mut self.popup else {
            return;
        };
        match action {
            Action::Escape => self.popup = None,
            Action::Enter => {
                if let Some(choice) = chooser.chosen() {
                    self.popup = None;
                    self.take(choice);
                }
            }
            Action::Up => chooser.move_by(-1),
            Action::Down => chooser.move_by(1),
            _ => match super::browse::page_step(action, in_view) {
                Some(by) => chooser.move_by(by),
                None => chooser.act(action),
            },
        }
    }

    pub(super) fn take(&mut self, choice: Choice) {
        match choice {
            Choice::Act(action) => self.act(action),
            Choice::Heading(at) => {
                if let Some(reader) = self.readers.last_mut() {
                    reader.page.turn_to_outline(at);
                }
            }
            Choice::Interview(id) => self.open_reader(Subject::Interview(id)),
            Choice::Stage(stage) => self.reach(stage),
            Choice::Hide(reason) => self.hide(reason),
            Choice::Prompt(topic) => self.ask_for(topic),
            Choice::Sort(sort) => self.sort_by(sort),
            Choice::Query(query) => self.go_to_query(&query),
            Choice::Posting(key) => self.open_posting(key),
            Choice::Gone => self.list_gone(),
            Choice::Nothing => {}
        }
    }

    /// Answers a question.
    pub(super) fn act_in_question(&mut self, action: Action) {
        let Some(Popup::Ask(ask)) = &self.popup else {
            return;
        };
        let ask = ask.clone();
        if !matches!(
            action,
            Action::Enter | Action::CopyUrl | Action::Escape | Action::Back
        ) {
            return;
        }
        self.popup = None;
        match (ask, action) {
            (Ask::Open(address), Action::Enter) => {
                self.outbox.push(Effect::Open(address.url));
                self.ask_whether_applied();
            }
            (Ask::Open(address), Action::CopyUrl) => self.outbox.push(Effect::Copy(address.url)),
            (Ask::Applied(key), Action::Enter | Action::CopyUrl) => self.applied(key),
            (ask @ (Ask::Sync(_) | Ask::StopSync), Action::Enter | Action::CopyUrl) => {
                self.answer_sync(&ask);
            }
            _ => {}
        }
    }

    /// Writing a note.
    pub(super) fn act_in_note(&mut self, action: Action) {
        let Some(Popup::Note(note)) = &mut self.popup else {
            return;
        };
        match action {
            Action::Escape => {
                let (key, text) = (note.key.clone(), note.text());
                self.popup = None;
                self.keep_note(&key, &text);
            }
            Action::Discard => self.popup = None,
            Action::Editor => {
                let text = note.text();
                self.outbox.push(Effect::Edit(text));
            }
            _ => note.act(action),
        }
    }

    /// Takes what was written in an editor, into the note that is still open.
    pub(super) fn edited(&mut self, text: &str) {
        if let Some(Popup::Note(note)) = &mut self.popup {
            note.replace(text);
        }
    }

    /// Writing a line that was asked for.
    pub(super) fn act_in_prompt(&mut self, action: Action) {
        let Some(Popup::Prompt(prompt)) = &mut self.popup else {
            return;
        };
        match action {
            Action::Escape => self.popup = None,
            Action::Enter => {
                let (topic, written) = (prompt.topic.clone(), prompt.line.text().to_owned());
                let kept = match &topic {
                    PromptTopic::View(query) => self.keep_view(&written, query),
                    topic => self.keep_detail(topic, &written),
                };
                match (kept, &mut self.popup) {
                    (Ok(()), popup) => *popup = None,
                    (Err(why), Some(Popup::Prompt(prompt))) => prompt.refusal = Some(why),
                    (Err(why), _) => self.tell_failure(why),
                }
            }
            _ => {
                if prompt.line.act(action) == Some(true) {
                    prompt.refusal = None;
                }
            }
        }
    }

    /// Where the list of a popup stands, without its border and the line that is typed in.
    pub fn chooser_area(&self, layout: &Layout) -> Option<super::layout::Area> {
        let Some(Popup::Choose(chooser)) = &self.popup else {
            return None;
        };
        let columns = match chooser.topic {
            Topic::Keys(_) => 64,
            Topic::Stages | Topic::Reasons | Topic::Orders => 40,
            Topic::Outline | Topic::Interviews | Topic::Views | Topic::News => 76,
            Topic::Problems | Topic::Pipeline => 120,
        };
        let rows = u16::try_from(chooser.entries().len()).unwrap_or(u16::MAX);
        Some(layout.popup(columns, rows.saturating_add(1)))
    }

    pub(super) fn chooser_rows(&self) -> usize {
        let area = self.chooser_area(&self.layout());
        // One row is the line that is typed in.
        area.map_or(0, |area| usize::from(area.inner().height.saturating_sub(1)))
    }

    pub(super) fn settle_popup(&mut self) {
        let in_view = self.chooser_rows();
        if let Some(Popup::Choose(chooser)) = &mut self.popup {
            chooser.settle(in_view);
        }
    }

    /// The mode whose keys help shows, or the mode itself.
    pub fn mode_below(&self) -> Mode {
        match &self.popup {
            Some(Popup::Choose(chooser)) => match chooser.topic {
                Topic::Keys(mode) => mode,
                _ => self.mode(),
            },
            _ => self.mode(),
        }
    }
}
