//! An app with a screen: driven by messages, with immediate answers to searches; every frame is checked.

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use jobdeck::app::{Action, App, Effect, InitialState, Message, Settings};
use jobdeck::board::{Board, Date};
use jobdeck::config::{Config, Display, Theme, ThemeName};
use jobdeck::content;
use jobdeck::runtime::searcher;
use jobdeck::search::{Index, Searcher};
use jobdeck::tracking::{Clock, Tracking};
use jobdeck::ui;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::wire;

/// Output to the terminal.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Function that draws the app.
pub type Draw = fn(&App, &Theme, &mut Frame<'_>);

/// A naive drawing that trusts every text.
#[allow(clippy::disallowed_methods, reason = "it is the naive version")]
pub fn naive(app: &App, _: &Theme, frame: &mut Frame<'_>) {
    let height = usize::from(frame.area().height);
    for (y, row) in app.matches().rows.iter().take(height).enumerate() {
        let title = &app.index().posting(*row).title;
        frame.buffer_mut()[(0, y as u16)].set_symbol(title);
    }
}

/// An app, its board and its screen.
pub struct Desk {
    /// The app.
    pub app: App,
    searcher: Searcher,
    clock: Clock,
    theme: Theme,
    draw: Draw,
    terminal: Terminal<CrosstermBackend<Wire>>,
    wire: Wire,
}

impl Desk {
    /// A desk whose board is still loading.
    pub fn new((width, height): (u16, u16)) -> Self {
        let settings = Settings {
            themes: Vec::new(),
            systems: Vec::new(),
            commands: Vec::new(),
            purpose: jobdeck::app::Purpose::Browse,
            config_problems: Vec::new(),
            keys: Config::default().keymap.bindings(),
            facts: Config::default().facts,
            derive: true,
            person: jobdeck::query::Person::default(),
        };
        let initial = InitialState {
            query: String::new(),
            session: None,
            views: Vec::new(),
            theme: String::new(),
            measure: 200,
            mouse: true,
            today: Date::constant(2026, 10, 1),
            size: (width, height),
        };
        let index = Arc::new(Index::new(Arc::default()));
        let (mut app, _) = App::new(settings, initial, index.clone());
        app.update(Message::Journal(Tracking::default(), None));
        let wire = Wire::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
        let backend = CrosstermBackend::new(wire.clone());
        Self {
            app,
            searcher: Searcher::new(index),
            clock: Clock::new(1),
            theme: Theme::named(ThemeName::Terminal, Display::default()),
            draw: ui::draw,
            terminal: Terminal::with_options(backend, TerminalOptions { viewport }).unwrap(),
            wire,
        }
    }

    /// A desk with the board in a folder.
    pub fn open(dir: &Path, size: (u16, u16)) -> Self {
        let mut desk = Self::new(size);
        desk.load(dir);
        desk
    }

    /// A desk with a board that bypassed the loader.
    pub fn ungated(board: Board, size: (u16, u16)) -> Self {
        let mut desk = Self::new(size);
        desk.give(board, Vec::new());
        desk
    }

    /// Replaces the drawing function.
    pub fn drawn_by(mut self, draw: Draw) -> Self {
        self.draw = draw;
        self
    }

    /// Reloads the folder.
    pub fn load(&mut self, dir: &Path) {
        match content::load(dir) {
            Ok(loaded) => {
                let problems = loaded.problems.iter().map(ToString::to_string);
                self.give(loaded.board, problems.collect());
            }
            Err(why) => self.send(Message::LoadFailed(why.to_string())),
        }
    }

    /// Reloads the folder, and draws before the search is answered.
    pub fn load_step_by_step(&mut self, dir: &Path) -> Result<(), String> {
        let Ok(loaded) = content::load(dir) else {
            self.load(dir);
            return self.draw().map(drop);
        };
        let problems = loaded.problems.iter().map(ToString::to_string).collect();
        let index = Arc::new(Index::new(Arc::new(loaded.board)));
        let effects = self.app.update(Message::Loaded(index.clone(), problems));
        self.draw()?;
        self.searcher = Searcher::new(index);
        self.answer(effects);
        self.draw().map(drop)
    }

    /// Sends a message and returns the answer to its search, to be sent later.
    pub fn ask(&mut self, message: Message) -> Message {
        for effect in self.app.update(message) {
            if let Effect::Search(generation, request) = effect {
                let matches = self.searcher.search(&request, &|| false).unwrap();
                return Message::Matched(generation, matches);
            }
        }
        Message::Notice("nothing was asked".to_owned())
    }

    /// Replaces the board and its problems.
    pub fn give(&mut self, board: Board, problems: Vec<String>) {
        let index = Arc::new(Index::new(Arc::new(board)));
        self.searcher = Searcher::new(index.clone());
        self.send(Message::Loaded(index, problems));
    }

    /// Sends a message and answers its searches.
    pub fn send(&mut self, message: Message) {
        let effects = self.app.update(message);
        self.answer(effects);
    }

    fn answer(&mut self, mut effects: Vec<Effect>) {
        while let Some(effect) = effects.pop() {
            let message = match effect {
                Effect::Track(act) => {
                    let now = "2026-10-01T09:00:00Z".parse().unwrap();
                    Some(Message::Tracked(self.clock.stamp(act, now).unwrap()))
                }
                asked => searcher::answer(&mut self.searcher, &asked),
            };
            if let Some(message) = message {
                effects.extend(self.app.update(message));
            }
        }
    }

    /// Performs actions in sequence.
    pub fn act(&mut self, actions: &[Action]) -> &mut Self {
        for action in actions {
            self.send(Message::Action(*action));
        }
        self
    }

    /// Types key by key.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.send(Message::Action(Action::Insert(c)));
        }
        self
    }

    /// Types so fast that the app receives one text.
    pub fn types_at_once(&mut self, text: &str) {
        self.send(Message::Typed(text.to_owned()));
    }

    /// Resizes the window; the next frame draws all of it.
    pub fn resize(&mut self, (width, height): (u16, u16)) {
        self.send(Message::Resize(width, height));
        self.resize_window((width, height));
    }

    /// Resizes the window without telling the app.
    pub fn resize_window(&mut self, (width, height): (u16, u16)) {
        self.terminal
            .resize(Rect::new(0, 0, width, height))
            .unwrap();
    }

    /// Draws changes. Returns the text of the frame, or what is wrong with it.
    pub fn draw(&mut self) -> Result<String, String> {
        self.app.prepare();
        let (app, theme, draw) = (&self.app, &self.theme, self.draw);
        let done = self.terminal.draw(|frame| draw(app, theme, frame));
        let cells = done.unwrap().area.area() as usize;
        let mut wire = self.wire.0.borrow_mut();
        let judged = wire::judge(&wire, cells);
        wire.clear();
        judged
    }

    /// The rows of the screen.
    pub fn screen(&mut self) -> String {
        self.app.prepare();
        let (app, theme, draw) = (&self.app, &self.theme, self.draw);
        let done = self.terminal.draw(|frame| draw(app, theme, frame));
        let done = done.unwrap();
        self.wire.0.borrow_mut().clear();
        let width = usize::from(done.area.width).max(1);
        let rows = done.buffer.content.chunks(width);
        let row = |cells: &[ratatui::buffer::Cell]| {
            cells
                .iter()
                .map(ratatui::buffer::Cell::symbol)
                .collect::<String>()
                + "\n"
        };
        rows.map(row).collect()
    }

    /// The id of the selected posting.
    pub fn selected(&self) -> Option<String> {
        Some(self.app.selected_posting()?.id.clone())
    }
}
