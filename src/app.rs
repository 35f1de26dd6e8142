//! The state machine: messages in, state and effects out.
//!
//! [`App`] routes: a message goes to the open [`Dialog`], else to the documents being read ([`ReaderStack`]), else to
//! the panes ([`browser`]). The user's marks (`marks`) are a part of their own. Each part owns its state and requests
//! changes elsewhere by outcomes.
//!
//! It never touches the terminal, files, threads or the clock, and never iterates over the board: it asks
//! [`search`](crate::search) for rows and counts, and shows the answer unless a newer request was made meanwhile.

pub mod action;
mod board;
pub mod bottom;
pub mod browser;
mod command;
mod context;
pub mod count;
pub mod cursor;
pub mod dialog;
mod dialogs;
mod evidence;
mod fact;
pub mod input;
pub mod layout;
pub mod market;
mod marks;
pub mod message;
mod news;
mod outcome;
pub mod page;
mod pickers;
pub mod picture;
mod preview;
pub mod reader;
mod reader_actions;
pub mod row;
pub mod screen;
pub mod session;
mod settings;
pub mod sync;
#[cfg(test)]
mod tests;
mod view;
mod welcome;

use std::sync::Arc;

pub use action::Action;
pub use browser::Detail;
pub use command::Command;
pub use dialog::Dialog;
pub use fact::Fact;
pub use layout::Pane;
pub use message::{AddedSource, Consultation, CountsFor, Effect, Message, QueryCount, Synced};
pub use preview::Saved;
pub use reader::Subject;
pub use session::Session;
pub use settings::{InitialState, MEASURES, Purpose, Settings, View};

use crate::board::Date;
use crate::market::Market;
use crate::search::Index;
use browser::Browser;
use context::Context;
use dialog::prompt::PromptTopic;
use marks::UserMarks;
use outcome::Outcome;
use reader::ReaderStack;
use screen::Screen;

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
    /// Moving over the market.
    Market,
    /// Comparing postings side by side.
    Comparison,
    /// Looking through the applications.
    Pipeline,
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
            Self::Market => "the market",
            Self::Comparison => "comparing",
            Self::Pipeline => "applications",
            Self::Find => "searching the text",
            Self::Menu | Self::Picker | Self::Help => "choosing",
            Self::Confirm => "answering",
            Self::Note => "writing a note",
            Self::Prompt => "writing",
        }
    }
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
#[derive(Debug)]
pub struct App {
    settings: Settings,
    /// Columns and rows of the window.
    size: (u16, u16),
    today: Date,
    /// Whether the mouse is used.
    mouse: bool,
    /// Saved views, in the order of their keys.
    views: Vec<View>,
    /// Name of the theme.
    theme: String,
    index: Arc<Index>,
    loading: Loading,
    problems: Vec<String>,
    /// Failures of the last sync.
    unsynced: Vec<String>,
    browser: Browser,
    /// The market of what the browser shows, once known.
    known_market: Option<Arc<Market>>,
    /// The search whose market was last told, and why there is none.
    told_market: (u64, Option<String>),
    /// The market screen, while it is open.
    market: Option<market::MarketScreen>,
    marks: UserMarks,
    /// The screen in front of the panes.
    screen: Option<Screen>,
    readers: ReaderStack,
    dialog: Option<Dialog>,
    notice: Option<Notice>,
    /// Session to restore once the board is loaded.
    resuming: Option<Session>,
    /// Whether the program was started with a query.
    has_own_query: bool,
    syncing: Option<sync::Syncing>,
    /// The address of a source that is being added, or could not be.
    adding: Option<String>,
    /// Actions run from help, most recent first.
    recent: Vec<Action>,
    outbox: Vec<Effect>,
}

impl App {
    /// An app without a board, and its initial effects.
    pub fn new(settings: Settings, start: InitialState, index: Arc<Index>) -> (Self, Vec<Effect>) {
        let session = start.session;
        let left = session.as_ref().filter(|_| start.query.is_empty());
        let history = session.as_ref().map(|session| session.history.clone());
        let query = left.map_or(&start.query, |session| &session.query);
        let unjudged = left.is_some_and(|session| session.unjudged);
        let history = history.unwrap_or_default();
        let browser = Browser::new(query, history, unjudged, &settings.person);
        let dialog = (settings.purpose == Purpose::FirstStart).then(welcome::welcome);
        let app = Self {
            settings,
            size: start.size,
            today: start.today,
            mouse: start.mouse,
            views: start.views,
            theme: start.theme,
            index,
            loading: Loading::Running(0),
            problems: Vec::new(),
            unsynced: Vec::new(),
            browser,
            known_market: None,
            told_market: (0, None),
            market: None,
            marks: UserMarks::default(),
            screen: None,
            readers: ReaderStack::new(start.measure),
            dialog,
            notice: None,
            has_own_query: !start.query.is_empty(),
            resuming: session,
            syncing: None,
            adding: None,
            recent: Vec::new(),
            outbox: Vec::new(),
        };
        (app, vec![Effect::Load])
    }

    /// Handles a message and returns the effects to perform.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Action(Action::Insert(c)) => self.input(&Message::Typed(c.into())),
            Message::Action(_)
            | Message::Typed(_)
            | Message::Paste(_)
            | Message::Click(..)
            | Message::DoubleClick(..)
            | Message::Drag(..)
            | Message::Wheel(..) => self.input(&message),
            Message::Resize(width, height) => self.size = (width, height),
            Message::Matched(generation, matches) => self.browse(|browser, context| {
                browser.matched(generation, matches, context);
            }),
            Message::SearchFailed(generation, why) => {
                self.browser.search_failed(generation);
                self.tell_failure(why);
            }
            Message::Advised(generation, advice) => self.browser.advised(generation, advice),
            Message::Market(generation, market) => self.take_market(generation, Ok(market)),
            Message::NoMarket(generation, why) => self.take_market(generation, Err(why)),
            Message::Loading(percent) => self.loading = Loading::Running(percent),
            Message::Loaded(index, problems) => self.loaded(index, problems),
            Message::LoadFailed(why) => self.load_failed(why),
            Message::DuplicatesFound => self.browse(Browser::search_in_place),
            Message::Saved(saved) => self.take_saved(&saved),
            Message::VisitSummary(visit) => self.apply_visit_summary(visit),
            Message::Counted(CountsFor::Views, counts) => self.take_counts(&counts),
            Message::Counted(CountsFor::News, counts) => self.show_news(&counts),
            Message::Counted(CountsFor::FirstNews, counts) => self.show_first_news(&counts),
            Message::Views(views) => self.views = views,
            Message::Journal(tracking, trouble) => self.take_journal(tracking, trouble),
            Message::Tracked(events) => self.take_events(events),
            Message::Sources(Ok(count)) => self.offer_sync(count),
            Message::Sources(Err(why)) => self.tell_failure(why),
            Message::Syncing(progress) => self.take_progress(progress),
            Message::Synced(synced) => self.synced(synced),
            Message::Added(added) => self.added(added),
            Message::Photo(id, picture) => self.readers.show_photo(&id, &picture),
            Message::Edited(_) => _ = self.update_dialog(&message),
            Message::Today(today) => self.new_day(today),
            Message::Unbound(key, nearest) => self.tell_unbound(&key, nearest),
            Message::Notice(text) => self.notify(text),
            Message::Failed(text) => self.tell_failure(text),
            Message::Rejected(topic, written, why) => self.ask_again(topic, &written, why),
        }
        self.settle();
        std::mem::take(&mut self.outbox)
    }

    /// The current input mode.
    pub fn mode(&self) -> Mode {
        let dialog = self.dialog.as_ref().map(Dialog::mode);
        let reader = self.readers.mode();
        let browser = self.browser.mode();
        let screen = self.screen.as_ref().map(Screen::mode);
        // The query is typed while the market follows it.
        let market = (self.market.is_some() && browser != Mode::Query).then_some(Mode::Market);
        let front = dialog.or(reader).or(screen).or(market);
        front.unwrap_or(browser)
    }

    /// Handles a key, typing, a paste, a click or the wheel: passes it to the open dialog, or else to the view below it.
    fn input(&mut self, message: &Message) {
        if !matches!(
            message,
            Message::Paste(_) | Message::Wheel(..) | Message::Drag(..)
        ) {
            self.clear_transient();
        }
        match message {
            Message::Action(Action::Quit) => return self.quit(),
            Message::Action(Action::Redraw) => return self.outbox.push(Effect::Redraw),
            Message::Action(Action::Suspend) => return self.outbox.push(Effect::Suspend),
            _ => {}
        }
        if let Message::Click(x, y) = message
            && let Some(action) = self.hint_at(*x, *y)
        {
            return self.input(&Message::Action(action));
        }
        if self.update_dialog(message) {
            return;
        }
        if self.mode() == Mode::Market {
            self.update_market(message);
        } else if !self.readers.is_empty() {
            self.update_reader(message);
        } else if self.screen.is_some() {
            self.update_screen(message);
        } else {
            self.browse(|browser, context| browser.update(message, context));
        }
    }

    /// The action of the hint under a cell of the bottom line.
    fn hint_at(&self, x: u16, y: u16) -> Option<Action> {
        let bottom = self.layout().bottom;
        let column = usize::from(x.saturating_sub(bottom.x));
        let bar = bottom.contains(x, y).then(|| self.bottom())?;
        bar.action_at(column)
    }

    /// What the parts of the app read.
    fn context(&self) -> Context<'_> {
        Context {
            settings: &self.settings,
            index: &self.index,
            marks: &self.marks,
            market: self.known_market.as_ref(),
            size: self.size,
            today: self.today,
        }
    }

    /// Updates the panes and handles their outcomes.
    fn browse(&mut self, change: impl FnOnce(&mut Browser, &Context<'_>)) {
        let context = Context {
            settings: &self.settings,
            index: &self.index,
            marks: &self.marks,
            market: self.known_market.as_ref(),
            size: self.size,
            today: self.today,
        };
        change(&mut self.browser, &context);
        let outcomes = self.browser.take_outcomes();
        self.follow(outcomes);
    }

    /// Handles the outcomes of a part.
    fn follow(&mut self, outcomes: Vec<Outcome>) {
        for outcome in outcomes {
            match outcome {
                Outcome::Tell(text) => self.notify(text),
                Outcome::Fail(text) => self.tell_failure(text),
                Outcome::Perform(effect) => self.outbox.push(effect),
                Outcome::Open(dialog) => self.dialog = Some(dialog),
                Outcome::Read(subject, found) => {
                    self.open_reader(subject);
                    let layout = self.layout();
                    self.readers.find_first(&found, &layout);
                }
                // Do not open a posting over something that was opened meanwhile.
                Outcome::ReadFound if self.mode() == Mode::Browse => {
                    self.browse(Browser::open_selected);
                }
                Outcome::OpenUrl(url) => self.ask_to_open_url(Some(&url)),
                Outcome::ShowEvidence(fact) => self.show_evidence(Some(fact)),
                Outcome::Unmark => self.browser.list.marked.clear(),
                Outcome::Advance if self.shows_panes() => self.browser.advance(),
                Outcome::ReadFound | Outcome::Advance => {}
                Outcome::Unhandled(action) => self.act_anywhere(action),
            }
        }
    }

    /// Actions with the same meaning wherever no text is being edited.
    fn act_anywhere(&mut self, action: Action) {
        match action {
            Action::Help => self.open_help(),
            Action::Problems => self.open_problems(),
            Action::Pipeline => self.open_pipeline(),
            Action::Market => self.open_market(),
            Action::Compare => self.open_comparison(),
            Action::Similar => self.list_similar(),
            Action::News => self.open_news(),
            Action::Views => self.open_views(),
            Action::Theme => self.choose_theme(),
            Action::CopyMarkdown => self.copy_markdown(),
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
                self.mouse = !self.mouse;
                let state = if self.mouse { "on" } else { "off" };
                self.notify(format!("mouse {state}"));
                self.outbox.push(Effect::Mouse(self.mouse));
            }
            Action::ShowHidden => {
                let shown = self.marks.toggle_shows_hidden();
                self.notify(shown.to_owned());
                self.browse(Browser::search);
            }
            _ if self.act_on_marks(action) => {}
            _ => self.act_on_query(action),
        }
    }

    /// Whether nothing is open in front of the panes but a dialog.
    fn shows_panes(&self) -> bool {
        self.readers.is_empty() && self.screen.is_none()
    }

    /// Clears the state that lasts until the next key: the notice, and a pending open of the search result.
    fn clear_transient(&mut self) {
        self.notice = None;
        self.browser.cancel_opening();
    }

    fn notify(&mut self, text: String) {
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
        self.notify(format!("{key} is not bound · {meant}"));
    }

    fn tell_failure(&mut self, text: String) {
        let failed = true;
        self.notice = Some(Notice { text, failed });
    }

    /// Quits, after saving an open note.
    fn quit(&mut self) {
        if let Some(Dialog::Note(note)) = self.dialog.take() {
            self.follow(marks::actions::save_note(
                &self.context(),
                &note.key,
                &note.text(),
            ));
        }
        self.outbox.push(Effect::Quit);
    }

    /// Prepares a frame: updates the detail pane to the selected posting. Not done after every change, so that a held
    /// key skips postings that are never shown.
    pub fn prepare(&mut self) {
        self.browse(Browser::prepare);
        self.settle_dialog();
    }

    /// Runs after every change: scrolls cursors into view, and wraps the open document to its width.
    fn settle(&mut self) {
        self.browse(Browser::settle);
        self.settle_screen();
        let layout = self.layout();
        self.readers.settle(&layout);
    }
}
