//! Runs the app on any ratatui backend: input in, frames and effects out.
//!
//! It has no side effects and returns [`Effect`]s, so tests run the same code as a terminal does.

use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType};
use ratatui::layout::Rect;
use ratatui::{TerminalOptions, Viewport};

use crate::app::{Action, App, Effect, InitialState, Message, Purpose, Settings};
use crate::board::Date;
use crate::config::keymap::is_typing;
use crate::config::{Config, Key, KeyCode, Keymap, Theme, ThemeName};
use crate::sync;
use crate::terminal::{Input, steady};
use crate::ui;

/// The app and its screen.
#[derive(Debug)]
pub struct Runner<B: Backend> {
    app: App,
    keymap: Keymap,
    theme: Theme,
    ascii: bool,
    hyperlinks: bool,
    screen: Terminal<B>,
    today: Date,
    /// Whether the last key was ctrl-c.
    interrupted: bool,
}

/// Quits if pressed twice, even without a binding.
const INTERRUPT: Key = Key {
    code: KeyCode::Char('c'),
    ctrl: true,
    alt: false,
    shift: false,
};

impl<B: Backend> Runner<B> {
    /// A runner that has not drawn yet.
    pub fn new(app: App, look: Look, today: Date, backend: B) -> Result<Self, B::Error> {
        let (width, height) = look.size;
        // A fixed viewport does not query the terminal for its size in every frame.
        let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
        Ok(Self {
            app,
            keymap: look.keymap,
            theme: look.theme,
            ascii: look.ascii,
            hyperlinks: look.hyperlinks,
            screen: Terminal::with_options(backend, TerminalOptions { viewport })?,
            today,
            interrupted: false,
        })
    }

    /// Whether only ASCII is drawn.
    pub fn is_ascii(&self) -> bool {
        self.ascii
    }

    /// The app.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The theme.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Changes the theme.
    pub fn set_theme(&mut self, theme: Theme) {
        self.theme = theme;
    }

    /// The backend.
    pub fn backend(&self) -> &B {
        self.screen.backend()
    }

    /// The backend, for writing or resizing.
    pub fn backend_mut(&mut self) -> &mut B {
        self.screen.backend_mut()
    }

    /// Handles an input. The meaning of a key depends on the app's mode.
    pub fn input(&mut self, input: Input) -> Result<Vec<Effect>, B::Error> {
        let message = match input {
            Input::Key(key) => self.key(key),
            Input::Paste(text) => Message::Paste(text),
            Input::Click(column, row) => Message::Click(column, row),
            Input::DoubleClick(column, row) => Message::DoubleClick(column, row),
            Input::Drag(column, row) => Message::Drag(column, row),
            Input::Wheel(column, row, lines) => Message::Wheel(column, row, lines),
            Input::Resize(width, height) => {
                self.redraw_all((width, height))?;
                Message::Resize(width, height)
            }
        };
        Ok(self.app.update(message))
    }

    /// The message for a key in the current mode. A second ctrl-c in a row quits, whatever its binding.
    fn key(&mut self, key: Key) -> Message {
        let mode = self.app.mode();
        let again = std::mem::replace(&mut self.interrupted, key.normal() == INTERRUPT);
        if again && self.interrupted {
            return Message::Action(Action::Quit);
        }
        match self.keymap.action(mode, key) {
            Some(action) => Message::Action(action),
            None if self.interrupted => Message::Notice(format!("{INTERRUPT} again quits")),
            None => {
                let nearest = self.keymap.nearest(mode, key);
                let nearest = nearest.map(|(near, action)| (near.to_string(), action));
                Message::Unbound(key.normal().to_string(), nearest)
            }
        }
    }

    /// The character that an input types, if it has no other effect.
    pub fn typed(&self, input: &Input) -> Option<char> {
        let Input::Key(key) = input else { return None };
        let mode = self.app.mode();
        match self.keymap.action(mode, *key) {
            Some(Action::Insert(c)) if is_typing(mode) => Some(c),
            _ => None,
        }
    }

    /// Whether an input quits, or is the first of the two ctrl-c that do.
    pub fn quits(&self, input: &Input) -> bool {
        let Input::Key(key) = input else { return false };
        key.normal() == INTERRUPT || self.keymap.action(self.app.mode(), *key) == Some(Action::Quit)
    }

    /// Handles a message.
    pub fn message(&mut self, message: Message) -> Vec<Effect> {
        self.app.update(message)
    }

    /// Updates the date of the app if it has changed.
    pub fn day(&mut self, today: Date) -> Option<Vec<Effect>> {
        if today == self.today {
            return None;
        }
        self.today = today;
        Some(self.app.update(Message::Today(today)))
    }

    /// Invalidates the screen, so that the next frame draws every cell at the given size. [`Terminal::clear`] would
    /// query the cursor position and wait for a response.
    pub fn redraw_all(&mut self, (width, height): (u16, u16)) -> Result<(), B::Error> {
        self.screen.backend_mut().clear_region(ClearType::All)?;
        self.screen.resize(Rect::new(0, 0, width, height))
    }

    /// Draws the changes.
    pub fn draw(&mut self) -> Result<(), B::Error> {
        self.app.prepare();
        self.screen.draw(|frame| {
            ui::draw(&self.app, &self.theme, frame);
            if self.ascii {
                ui::write_ascii(frame);
            }
            if self.hyperlinks {
                ui::mark_hyperlinks(&self.app, frame.buffer_mut());
            }
            steady::mark_rows(frame.buffer_mut());
        })?;
        Ok(())
    }
}

/// Theme, key bindings and size of the screen.
#[derive(Debug)]
pub struct Look {
    /// Key bindings.
    pub keymap: Keymap,
    /// The theme.
    pub theme: Theme,
    /// Whether to draw only ASCII.
    pub ascii: bool,
    /// Whether the terminal opens links itself.
    pub hyperlinks: bool,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
}

/// Settings of the app, derived from a config.
pub fn settings(config: &Config) -> Settings {
    Settings {
        facts: config.facts.clone(),
        derive: config.derive,
        keys: config.keymap.bindings(),
        themes: ThemeName::ALL
            .iter()
            .map(|name| name.name().to_owned())
            .collect(),
        config_problems: Vec::new(),
        person: config.person(),
        systems: sync::systems(),
        commands: config
            .commands
            .iter()
            .map(|(_, command)| command.clone())
            .collect(),
        purpose: Purpose::Browse,
    }
}

/// State of the app at the start, derived from a config: no query, no views, no session.
pub fn initial_state(config: &Config, today: Date, size: (u16, u16)) -> InitialState {
    InitialState {
        query: String::new(),
        session: None,
        views: Vec::new(),
        theme: config.theme.name(),
        measure: config.measure,
        mouse: config.mouse,
        today,
        size,
    }
}
