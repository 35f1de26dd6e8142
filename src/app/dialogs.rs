//! Opens dialogs and handles their answers.

use super::action::Task;
use super::count::grouped;
use super::dialog::picker::{Entry, Picker, Topic};
use super::dialog::prompt::PromptTopic;
use super::dialog::question::Question;
use super::dialog::{Answer, Context, Dialog, Outcome};
use super::layout::Area;
use super::marks::{Unjournaled, actions};
use super::reader::Subject;
use super::sync::Syncing;
use super::{Action, App, Effect, Message, Mode};

/// Number of recent actions that help lists first.
const RECENT: usize = 5;

impl App {
    /// Opens help: the actions of the mode by task, preceded by recently run ones; each can be run.
    pub(super) fn open_help(&mut self) {
        let mode = self.mode();
        let mut entries: Vec<Entry> = Vec::new();
        for (_, key, action) in self.settings.keys.iter().filter(|key| key.0 == mode) {
            match action {
                Action::Command(at) => entries.extend(self.command_entry(key, *at)),
                action => add_to_help(&mut entries, key, *action),
            }
        }
        let task = |entry: &Entry| match entry.choice {
            Answer::Run(action) => action.task(),
            _ => Task::Program,
        };
        entries.sort_by_key(task);
        let recent: Vec<Entry> = self
            .recent
            .iter()
            .filter_map(|action| {
                let mut known = entries.iter();
                known.find(|entry| entry.choice == Answer::Run(*action))
            })
            .cloned()
            .collect();
        let mut listed = Vec::new();
        if !recent.is_empty() {
            listed.push(Entry::heading("Recent"));
            listed.extend(recent);
        }
        for group in entries.chunk_by(|one, next| task(one) == task(next)) {
            listed.push(Entry::heading(task(&group[0]).title()));
            listed.extend_from_slice(group);
        }
        let title = format!("Help and commands · {}", mode.doing());
        self.pick(Picker::list(Topic::Keys(mode), title, listed, 0));
    }

    /// A command of the user's own.
    fn command_entry(&self, key: &str, at: u8) -> Option<Entry> {
        let command = self.settings.commands.get(usize::from(at))?;
        Some(Entry {
            keys: key.to_owned(),
            also: "command run program",
            ..Entry::plain(
                format!("run {}", command.words.join(" ")),
                Answer::Run(Action::Command(at)),
            )
        })
    }

    /// Runs an action chosen from help, and records it as recent.
    fn run_from_help(&mut self, action: Action) {
        // One line represents the keys of all views.
        let action = match action {
            Action::View1 => Action::Views,
            action => action,
        };
        self.recent.retain(|known| *known != action);
        self.recent.insert(0, action);
        self.recent.truncate(RECENT);
        self.input(&Message::Action(action));
    }

    /// Opens the outline, with the cursor on the current heading.
    pub(super) fn open_outline(&mut self) {
        let Some(reader) = self.readers.top() else {
            return;
        };
        let headings = reader.page.document().outline.iter().enumerate();
        let entries: Vec<Entry> = headings
            .map(|(at, (_, text))| Entry {
                keys: (at + 1).to_string(),
                ..Entry::plain(text, Answer::Heading(at))
            })
            .collect();
        let at = reader.page.heading().unwrap_or(0);
        if entries.is_empty() {
            self.notify("no headings".to_owned());
        } else {
            self.pick(Picker::list(Topic::Outline, "Outline", entries, at));
        }
    }

    pub(super) fn open_interviews(&mut self) {
        let interviews = self.index.board().interviews().iter();
        let entries = interviews
            .map(|interview| {
                Entry::plain(&interview.title, Answer::Interview(interview.id.clone()))
            })
            .collect();
        self.pick(Picker::list(Topic::Interviews, "Interviews", entries, 0));
    }

    /// Opens the problems in the board's files, formatted as by `check`.
    pub(super) fn open_problems(&mut self) {
        let config = &self.settings.config_problems;
        if self.problems.is_empty() && self.unsynced.is_empty() && config.is_empty() {
            return self.notify("no problems".to_owned());
        }
        let config = config.iter().map(|problem| format!("config: {problem}"));
        let unsynced = self.unsynced.iter().map(|why| format!("not synced: {why}"));
        // The lines of a mistake point at columns, so they are not wrapped.
        let room = usize::from(self.size.0)
            .min(Picker::WIDEST)
            .saturating_sub(6)
            .max(20);
        let told = unsynced.chain(config).flat_map(|told| {
            let lines = textwrap::wrap(&told, textwrap::Options::new(room).subsequent_indent("  "));
            let lines = lines.into_iter().map(std::borrow::Cow::into_owned);
            let copied = told.clone();
            lines
                .map(move |line| (line, copied.clone()))
                .collect::<Vec<_>>()
        });
        let mistakes = self.problems.iter().flat_map(|problem| {
            let lines = problem.lines();
            lines.map(move |line| (line.to_owned(), problem.clone()))
        });
        let entries = told
            .chain(mistakes)
            .map(|(line, whole)| Entry::plain(line, Answer::Copy(whole)))
            .collect();
        self.pick(Picker::list(Topic::Problems, "Problems", entries, 0));
    }

    /// Opens a picker.
    pub(super) fn pick(&mut self, picker: Picker) {
        self.dialog = Some(Dialog::Picker(picker));
    }

    /// Passes a message to the open dialog and handles its outcome. Returns whether a dialog was open.
    pub(super) fn update_dialog(&mut self, message: &Message) -> bool {
        let context = Context {
            area: self.dialog_area(),
            today: self.today,
        };
        let Some(dialog) = &mut self.dialog else {
            return false;
        };
        match dialog.update(message, &context) {
            Outcome::Stay => {}
            Outcome::Close => self.dialog = None,
            Outcome::Answer(answer) => {
                self.dialog = None;
                self.answer(answer);
            }
            Outcome::Effect(effect) => self.outbox.push(effect),
            Outcome::Tell(text) => self.notify(text),
        }
        true
    }

    fn answer(&mut self, answer: Answer) {
        match answer {
            Answer::Nothing => {}
            Answer::Run(action) => self.run_from_help(action),
            Answer::Heading(at) => self.readers.go_to_heading(at),
            Answer::Interview(id) => self.open_reader(Subject::Interview(id)),
            Answer::Mark(keys, mark) => self.mark(&keys, &mark),
            Answer::Hide(keys) => self.ask_for_reason(&keys),
            Answer::Mute(company) => {
                self.follow(actions::mute_company(&company));
                self.marks.unjournaled = Some(Unjournaled::Mute(company));
            }
            Answer::RestoreTheme(name) => self.outbox.push(Effect::Theme(name)),
            Answer::Theme(name) => {
                self.notify(format!("theme: {name}"));
                self.theme.clone_from(&name);
                self.outbox.push(Effect::Theme(name.clone()));
                self.outbox.push(Effect::KeepTheme(name));
            }
            Answer::Ask(topic) => self.ask_for(topic),
            Answer::Sort(sort) => self.sort_by(sort),
            Answer::Term(term) => {
                self.browse(|browser, context| browser.add_term(&term, context));
            }
            Answer::Query(query) => self.go_to_query(&query),
            Answer::Posting(key) => self.open_posting(key),
            Answer::Gone => self.list_gone(),
            Answer::OpenUrl(url) => {
                let is_application = self.leads_to_application(&url);
                self.outbox.push(Effect::Open(url));
                if is_application {
                    self.ask_whether_applied();
                }
            }
            Answer::Copy(text) => self.outbox.push(Effect::Copy(text)),
            Answer::Sync(sources) => {
                self.syncing = Some(Syncing {
                    progress: format!("syncing 0 of {}", grouped(sources)),
                    stopping: false,
                });
                self.outbox.push(Effect::Sync);
            }
            Answer::StopSync => self.stop_sync(),
            Answer::SaveView(view) => self.save_view(view),
            Answer::AskToRenameView(at) => {
                if let Some(view) = self.views.get(at) {
                    self.ask_for(PromptTopic::RenameView(view.name.clone()));
                }
            }
            Answer::AskToDeleteView(at) => {
                if let Some(view) = self.views.get(at) {
                    let question = Question::DeleteView(view.name.clone());
                    self.dialog = Some(Dialog::Question(question));
                }
            }
            Answer::RenameView(before, name) => self.rename_view(before, name),
            Answer::DeleteView(name) => self.delete_view(name),
            Answer::AddSource(address) => self.add_source(address),
            Answer::OpenBoard(folder) => self.outbox.push(Effect::OpenBoard(folder)),
            Answer::Note(key, text) => self.save_note(&key, &text),
        }
    }

    /// Area of the open picker; empty without one.
    pub fn dialog_area(&self) -> Area {
        match &self.dialog {
            Some(Dialog::Picker(picker)) => picker.area(&self.layout()),
            _ => Area::default(),
        }
    }

    /// Scrolls the cursor of an open picker into view.
    pub(super) fn settle_dialog(&mut self) {
        let area = self.dialog_area();
        if let Some(Dialog::Picker(picker)) = &mut self.dialog {
            picker.settle(area);
        }
    }

    /// The mode whose keys help lists, or the current mode.
    pub fn mode_below(&self) -> Mode {
        match &self.dialog {
            Some(Dialog::Picker(picker)) => match picker.topic {
                Topic::Keys(mode) => mode,
                _ => self.mode(),
            },
            _ => self.mode(),
        }
    }
}

/// Adds a key to the entry of its action. The keys of the saved views share one line.
fn add_to_help(entries: &mut Vec<Entry>, key: &str, action: Action) {
    let (action, text) = match action {
        Action::View1
        | Action::View2
        | Action::View3
        | Action::View4
        | Action::View5
        | Action::View6
        | Action::View7
        | Action::View8
        | Action::View9 => (Action::View1, "open a saved view"),
        action => (action, action.describe()),
    };
    let same = |entry: &&mut Entry| entry.choice == Answer::Run(action);
    match entries.iter_mut().find(same) {
        Some(entry) if action == Action::View1 => {
            let first = entry.keys.split('–').next().unwrap_or_default();
            entry.keys = format!("{first}–{key}");
        }
        Some(entry) => {
            entry.keys.push(' ');
            entry.keys.push_str(key);
        }
        None => entries.push(Entry {
            keys: key.to_owned(),
            also: action.synonyms(),
            ..Entry::plain(text, Answer::Run(action))
        }),
    }
}
