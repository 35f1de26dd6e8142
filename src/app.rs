//! The state machine: messages in, state and effects out.
//!
//! It never touches the terminal, files, threads or the clock, and never iterates over the board: it asks
//! [`search`](crate::search) for rows and counts, and shows the answer unless a newer request was made meanwhile.

pub mod action;
mod advice;
mod annotations;
pub mod bottom;
mod browse;
mod command;
pub mod complete;
pub mod count;
pub mod cursor;
mod detail;
pub mod dialog;
mod dialogs;
mod evidence;
mod fact;
pub mod filters;
mod grouping;
pub mod input;
pub mod layout;
pub mod list;
pub mod message;
mod mouse;
mod news;
pub mod page;
mod pickers;
mod preview;
pub mod query_line;
pub mod reader;
mod reader_actions;
mod results;
pub mod row;
pub mod session;
pub mod sync;
#[cfg(test)]
mod tests;
mod track;
mod welcome;

use std::ops::RangeInclusive;
use std::sync::Arc;

pub use action::Action;
pub use command::Command;
pub use detail::Detail;
pub use dialog::Dialog;
pub use fact::Fact;
pub use layout::Pane;
pub use message::{AddedSource, Consultation, Effect, Message, Synced};
pub use preview::Saved;
pub use reader::Subject;
pub use session::Session;

use crate::annotate::VisitSummary;
use crate::board::Date;
use crate::query::{self, Person, Query};
use crate::search::{Advice, Index, Matches};
use dialog::prompt::PromptTopic;
use filters::Filters;
use grouping::GroupingState;
use input::Line;
use layout::{Arrangement, Layout, Shape, Split};
use list::List;
use query_line::QueryLine;
use reader::{Reader, ReaderStack};
use results::Asked;
use track::Tracked;

/// Range of widths of the reader's text column.
pub const MEASURES: RangeInclusive<u16> = 20..=200;

/// Input mode, which selects the key bindings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Moving in the list or the detail pane.
    Browse,
    /// Typing in the query line.
    Query,
    /// Moving in the filters pane.
    Filters,
    /// Reading full screen.
    Reader,
    /// Typing a search inside the reader.
    Find,
    /// Choosing from a short menu by key.
    Menu,
    /// Choosing from a list that is filtered by typing.
    Picker,
    /// Choosing from the actions of a mode.
    Help,
    /// Answering a question.
    Confirm,
    /// Writing a note.
    Note,
    /// Writing a line of text.
    Prompt,
}

impl Mode {
    /// Heading of the mode in help.
    pub fn doing(self) -> &'static str {
        match self {
            Self::Browse => "browsing",
            Self::Query => "typing a query",
            Self::Filters => "filters",
            Self::Reader => "reading",
            Self::Find => "searching the text",
            Self::Menu | Self::Picker | Self::Help => "choosing",
            Self::Confirm => "answering",
            Self::Note => "writing a note",
            Self::Prompt => "writing",
        }
    }
}

/// Initial settings; several change at run time.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Width of the reader's text column.
    pub measure: u16,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Facts shown below each title of the list.
    pub facts: Vec<Fact>,
    /// Whether facts are read out of the texts.
    pub derive: bool,
    /// Key bindings by mode, in the order of the help.
    pub keys: Vec<(Mode, String, Action)>,
    /// Initial query, in place of that of the session.
    pub query: String,
    /// Session to restore.
    pub session: Option<Session>,
    /// Saved views, in the order of their keys.
    pub views: Vec<View>,
    /// Names of the themes, and the current one.
    pub themes: (Vec<String>, String),
    /// Problems of the config and the views, as lines.
    pub config_problems: Vec<String>,
    /// The user's home and the countries they may work in.
    pub person: Person,
    /// The hiring systems whose boards are known by their address.
    pub systems: Vec<&'static str>,
    /// What keys of the user's own run.
    pub commands: Vec<Command>,
    /// Why the program was started, where that is not to browse a board known before.
    pub purpose: Purpose,
    /// Today's date.
    pub today: Date,
    /// Columns and rows of the window.
    pub size: (u16, u16),
}

/// What the program was started for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// To browse.
    #[default]
    Browse,
    /// To browse for the first time on this machine.
    FirstStart,
    /// To choose postings for another program.
    Choose,
}

/// A named query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The name.
    pub name: String,
    /// The query as typed.
    pub query: String,
}

/// A message in the status line, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Text of the message.
    pub text: String,
    /// Whether it reports a failure.
    pub failed: bool,
}

/// Loading state of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loading {
    /// Percentage loaded; an older version may be shown meanwhile.
    Running(u8),
    /// Loaded.
    Done,
    /// Loading failed.
    Failed(String),
}

/// The state of the screen and everything needed to change it.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a state of its own: unknown values shown, looser matches shown, zoomed, the border held"
)]
#[derive(Debug)]
pub struct App {
    settings: Settings,
    index: Arc<Index>,
    loading: Loading,
    problems: Vec<String>,
    /// Failures of the last sync.
    unsynced: Vec<String>,
    query_line: QueryLine,
    query: Query,
    /// Whether postings that filters cannot decide are shown.
    unjudged: bool,
    /// Whether looser matches are shown.
    loose: bool,
    asked: Asked,
    matches: Matches,
    /// Suggestions for a query with few or no matches.
    advice: Advice,
    list: List,
    grouping: GroupingState,
    filters: Filters,
    /// Whether the filters pane is shown; `None` depends on the width of the window.
    filters_shown: Option<bool>,
    detail: Option<Detail>,
    tracked: Tracked,
    visit: VisitSummary,
    focus: Pane,
    zoomed: bool,
    /// Division of the window between list and detail.
    split: Split,
    /// Whether the mouse holds the border between list and detail.
    drags_split: bool,
    readers: ReaderStack,
    dialog: Option<Dialog>,
    notice: Option<Notice>,
    /// Session to restore once the board is loaded.
    resuming: Option<Session>,
    syncing: Option<sync::Syncing>,
    /// Earlier queries with their selections, for going back.
    trail: Vec<browse::TrailEntry>,
    /// Actions run from help, most recent first.
    recent: Vec<Action>,
    outbox: Vec<Effect>,
}

impl App {
    /// An app without a board, and its initial effects.
    pub fn new(mut settings: Settings, index: Arc<Index>) -> (Self, Vec<Effect>) {
        let session = settings.session.take();
        let left = session.as_ref().filter(|_| settings.query.is_empty());
        let history = session.as_ref().map(|session| session.history.clone());
        let text = left.map_or(&settings.query, |session| &session.query);
        let query_line = QueryLine::new(text, history.unwrap_or_default());
        let unjudged = left.is_some_and(|session| session.unjudged);
        let readers = ReaderStack::new(settings.measure);
        let dialog = (settings.purpose == Purpose::FirstStart).then(welcome::welcome);
        let app = Self {
            query: query::parse(query_line.text()).settled(&settings.person),
            settings,
            index,
            loading: Loading::Running(0),
            problems: Vec::new(),
            unsynced: Vec::new(),
            query_line,
            unjudged,
            loose: false,
            asked: Asked::default(),
            matches: Matches::default(),
            advice: Advice::default(),
            list: List::default(),
            grouping: GroupingState::default(),
            filters: Filters::default(),
            filters_shown: None,
            detail: None,
            tracked: Tracked::default(),
            visit: VisitSummary::default(),
            focus: Pane::List,
            zoomed: false,
            split: Split::default(),
            drags_split: false,
            readers,
            dialog,
            notice: None,
            resuming: session,
            syncing: None,
            trail: Vec::new(),
            recent: Vec::new(),
            outbox: Vec::new(),
        };
        (app, vec![Effect::Load])
    }

    /// Handles a message and returns the effects to perform.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Action(Action::Insert(c)) => self.input(Message::Typed(c.into())),
            Message::Action(_)
            | Message::Typed(_)
            | Message::Paste(_)
            | Message::Click(..)
            | Message::DoubleClick(..)
            | Message::Drag(..)
            | Message::Wheel(..) => self.input(message),
            Message::Resize(width, height) => self.settings.size = (width, height),
            Message::Matched(generation, matches) => self.matched(generation, matches),
            Message::Advised(generation, advice) => self.advised(generation, advice),
            Message::Loading(percent) => self.loading = Loading::Running(percent),
            Message::Loaded(index, problems) => self.loaded(index, problems),
            Message::LoadFailed(why) => self.load_failed(why),
            Message::DuplicatesFound => self.search_in_place(),
            Message::Saved(saved) => self.take_saved(&saved),
            Message::VisitSummary(visit) => self.apply_visit_summary(visit),
            Message::Counted(counts) => self.take_counts(&counts),
            Message::Views(views) => self.settings.views = views,
            Message::Journal(tracking, trouble) => self.take_journal(tracking, trouble),
            Message::Tracked(events) => self.take_events(events),
            Message::Sources(Ok(count)) => self.offer_sync(count),
            Message::Sources(Err(why)) => self.tell_failure(why),
            Message::Syncing(progress) => self.take_progress(progress),
            Message::Synced(synced) => self.synced(synced),
            Message::Added(added) => self.added(added),
            Message::Edited(_) => _ = self.update_dialog(&message),
            Message::Today(today) => self.new_day(today),
            Message::Unbound(key, nearest) => self.tell_unbound(&key, nearest),
            Message::Notice(text) => self.tell(text),
            Message::Failed(text) => self.tell_failure(text),
        }
        self.settle();
        std::mem::take(&mut self.outbox)
    }

    /// The current input mode.
    pub fn mode(&self) -> Mode {
        let dialog = self.dialog.as_ref().map(Dialog::mode);
        dialog.or(self.readers.mode()).unwrap_or(match self.focus {
            _ if self.query_line.is_typing() => Mode::Query,
            Pane::Filters if self.filters.is_finding() => Mode::Find,
            Pane::Filters => Mode::Filters,
            Pane::List | Pane::Detail => Mode::Browse,
        })
    }

    /// Handles a key, typing, a paste, a click or the wheel: passes it to the open dialog, or else to the view below it.
    fn input(&mut self, message: Message) {
        if !matches!(
            message,
            Message::Paste(_) | Message::Wheel(..) | Message::Drag(..)
        ) {
            self.clear_transient();
        }
        match &message {
            Message::Action(Action::Quit) => return self.quit(),
            Message::Action(Action::Suspend) => return self.outbox.push(Effect::Suspend),
            _ => {}
        }
        if let Message::Click(x, y) = message
            && let Some(action) = self.hint_at(x, y)
        {
            return self.input(Message::Action(action));
        }
        if self.update_dialog(&message) {
            return;
        }
        if !self.readers.is_empty() {
            return self.update_reader(&message);
        }
        match message {
            Message::Action(action) => self.act(action),
            Message::Typed(text) if self.mode() == Mode::Find => {
                self.find_value(|needle| needle.write(&text));
            }
            Message::Paste(text) if self.mode() == Mode::Find => self.find_value(|needle| {
                needle.paste(&text);
                true
            }),
            Message::Typed(text) => self.write(&text),
            Message::Paste(text) => self.paste(&text),
            Message::Click(x, y) => self.click(x, y),
            Message::DoubleClick(x, y) => self.double_click(x, y),
            Message::Drag(x, y) => self.drag(x, y),
            Message::Wheel(x, y, lines) => self.wheel(x, y, lines),
            _ => {}
        }
    }

    fn act(&mut self, action: Action) {
        match self.mode() {
            Mode::Query => self.act_in_query(action),
            Mode::Find => self.act_in_filter_find(action),
            Mode::Filters => self.act_in_filters(action),
            _ => self.act_in_browse(action),
        }
    }

    /// Actions with the same meaning wherever no text is being edited.
    fn act_anywhere(&mut self, action: Action) {
        match action {
            Action::Help => self.open_help(),
            Action::Problems => self.open_problems(),
            Action::Pipeline => self.open_pipeline(),
            Action::News => self.open_news(),
            Action::Views => self.open_views(),
            Action::Theme => self.choose_theme(),
            Action::CopyMarkdown => self.copy_markdown(),
            Action::JumpBack => self.jump_back(),
            Action::Interview => self.open_interview(),
            Action::Open => self.ask_to_open(),
            Action::CopyText => self.copy_text(),
            Action::CopyUrl => self.copy_url(),
            Action::Evidence => self.show_evidence(None),
            Action::Command(at) => self.run_command(at),
            Action::OpenBoard => self.ask_for(PromptTopic::OpenBoard),
            Action::AddSource => self.ask_for_source(),
            Action::Reload => self.reload(),
            Action::Sync => self.ask_to_sync(),
            Action::Mouse => {
                self.settings.mouse = !self.settings.mouse;
                let state = if self.settings.mouse { "on" } else { "off" };
                self.tell(format!("mouse {state}"));
                self.outbox.push(Effect::Mouse(self.settings.mouse));
            }
            _ => _ = self.act_on_marks(action),
        }
    }

    fn reload(&mut self) {
        if !matches!(self.loading, Loading::Running(_)) {
            self.loading = Loading::Running(0);
            self.tell("reading the board again".to_owned());
            self.outbox.push(Effect::Load);
        }
    }

    /// Clears the state that lasts until the next key: the notice, and a pending open of the search result.
    fn clear_transient(&mut self) {
        self.notice = None;
        self.asked.opens_on_answer = false;
    }

    fn tell(&mut self, text: String) {
        let failed = false;
        self.notice = Some(Notice { text, failed });
    }

    /// Reports an unbound key, with the nearest bound one.
    fn tell_unbound(&mut self, key: &str, nearest: Option<(String, Action)>) {
        self.clear_transient();
        let meant = nearest.map(|(near, action)| format!("{near} {}", action.describe()));
        let meant = meant.unwrap_or_else(|| {
            let help = self.key(self.mode(), Action::Help).unwrap_or("?");
            format!("{help} help")
        });
        self.tell(format!("{key} is not bound · {meant}"));
    }

    fn tell_failure(&mut self, text: String) {
        let failed = true;
        self.notice = Some(Notice { text, failed });
    }

    /// Prepares a frame: updates the detail pane to the selected posting. Not done after every change, so that a held
    /// key skips postings that are never shown.
    pub fn prepare(&mut self) {
        let layout = self.layout();
        self.settle_detail(&layout);
        self.settle_dialog();
    }

    /// Runs after every change: scrolls cursors into view, and wraps the open document to its width.
    fn settle(&mut self) {
        let layout = self.layout();
        if layout.list.is_some() {
            let known = self.matches.rows.len();
            self.list.cursor.settle(known, layout.list_rows());
        }
        if layout.filters.is_some() {
            self.filters.settle(layout.pane_height(Pane::Filters));
        }
        self.ask_for_more(&layout);
        self.readers.settle(&layout);
    }
}

/// Read access for the screen.
impl App {
    /// Areas of the screen.
    pub fn layout(&self) -> Layout {
        let arrangement = Arrangement {
            focus: self.focus,
            filters: self.filters_shown(),
            zoomed: self.zoomed,
            split: self.split,
        };
        Layout::new(self.settings.size, arrangement)
    }

    fn filters_shown(&self) -> bool {
        let wide = Shape::of(self.settings.size) == Shape::Wide;
        self.filters_shown.unwrap_or(wide) || self.focus == Pane::Filters
    }

    /// Index of the shown board.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Loading state of the board.
    pub fn loading(&self) -> &Loading {
        &self.loading
    }

    /// Number of problems in the board's files.
    pub fn problem_count(&self) -> usize {
        self.problems.len()
    }

    /// Facts below each title of the list.
    pub fn facts(&self) -> &[Fact] {
        &self.settings.facts
    }

    /// The query line.
    pub fn line(&self) -> &Line {
        self.query_line.line()
    }

    /// The parsed query.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Result of the newest answered search.
    pub fn matches(&self) -> &Matches {
        &self.matches
    }

    /// Whether a search is pending.
    pub fn is_searching(&self) -> bool {
        self.asked.answered < self.asked.generation
    }

    /// Whether postings that filters cannot decide are shown.
    pub fn shows_unjudged(&self) -> bool {
        self.unjudged
    }

    /// The list.
    pub fn list(&self) -> &List {
        &self.list
    }

    /// The filters pane.
    pub fn filters(&self) -> &Filters {
        &self.filters
    }

    /// The detail pane.
    pub fn detail(&self) -> Option<&Detail> {
        self.detail.as_ref()
    }

    /// The focused pane.
    pub fn focus(&self) -> Pane {
        self.focus
    }

    /// Whether the focused pane is zoomed.
    pub fn is_zoomed(&self) -> bool {
        self.zoomed
    }

    /// The document in the reader.
    pub fn reader(&self) -> Option<&Reader> {
        self.readers.top()
    }

    /// The open dialog.
    pub fn dialog(&self) -> Option<&Dialog> {
        self.dialog.as_ref()
    }

    /// The current notice.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Today's date.
    pub fn today(&self) -> Date {
        self.settings.today
    }

    /// Columns and rows of the window.
    pub fn size(&self) -> (u16, u16) {
        self.settings.size
    }

    /// The hiring systems whose boards are known by their address.
    pub fn systems(&self) -> &[&'static str] {
        &self.settings.systems
    }

    /// Width of the reader's text column.
    pub fn measure(&self) -> u16 {
        self.readers.measure()
    }

    /// The primary key of an action in a mode.
    pub fn key(&self, mode: Mode, action: Action) -> Option<&str> {
        let bound = |known: &&(Mode, String, Action)| known.0 == mode && known.2 == action;
        let found = self.settings.keys.iter().find(bound)?;
        Some(&found.1)
    }
}
