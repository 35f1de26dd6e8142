//! Input in, frames out: the app with its keys and looks, on any kind of screen.
//!
//! It starts nothing itself. What is to be done outside comes back as effects, so that a test runs the very same
//! program as a terminal does.

use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType};
use ratatui::layout::Rect;
use ratatui::{TerminalOptions, Viewport};

use super::{Input, steady};
use crate::app::{Action, App, Effect, Message, Purpose, Session, Settings, View};
use crate::board::Date;
use crate::config::keymap::is_typing;
use crate::config::{Config, Key, KeyCode, Keymap, Theme, ThemeName};
use crate::sync;
use crate::ui;

/// The app on a screen.
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

/// The key that quits when it is pressed twice, also without a binding.
const INTERRUPT: Key = Key {
    code: KeyCode::Char('c'),
    ctrl: true,
    alt: false,
    shift: false,
};

impl<B: Backend> Runner<B> {
    /// An app on a screen that was not drawn yet.
    pub fn new(app: App, look: Look, today: Date, backend: B) -> Result<Self, B::Error> {
        let (width, height) = look.size;
        // A fixed size changes only when it is told to; no frame has to ask the terminal for it.
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

    /// The app, to look at.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The looks, to compare with.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Draws in this theme from now on.
    pub fn set_theme(&mut self, theme: Theme) {
        self.theme = theme;
    }

    /// The screen behind it.
    pub fn backend(&self) -> &B {
        self.screen.backend()
    }

    /// The screen behind it, to write to or to make larger.
    pub fn backend_mut(&mut self) -> &mut B {
        self.screen.backend_mut()
    }

    /// What a person did. What a key means depends on what the app shows at this moment.
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

    /// What a key means at this moment. The second ctrl-c in a row quits, whatever the config binds it to.
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

    /// The character that an input types, where it does nothing else.
    pub fn typed(&self, input: &Input) -> Option<char> {
        let Input::Key(key) = input else { return None };
        let mode = self.app.mode();
        match self.keymap.action(mode, *key) {
            Some(Action::Insert(c)) if is_typing(mode) => Some(c),
            _ => None,
        }
    }

    /// Whether an input leaves the program, or may be the first of the two ctrl-c that do.
    pub fn quits(&self, input: &Input) -> bool {
        let Input::Key(key) = input else { return false };
        key.normal() == INTERRUPT || self.keymap.action(self.app.mode(), *key) == Some(Action::Quit)
    }

    /// What happened besides.
    pub fn message(&mut self, message: Message) -> Vec<Effect> {
        self.app.update(message)
    }

    /// Tells the app which day it is, if that has changed.
    pub fn day(&mut self, today: Date) -> Option<Vec<Effect>> {
        if today == self.today {
            return None;
        }
        self.today = today;
        Some(self.app.update(Message::Today(today)))
    }

    /// Forgets what is on the screen, so that the next frame draws every cell of a screen of this size. Clearing
    /// through [`Terminal::clear`] would ask the terminal where its cursor is, and wait for an answer.
    pub fn redraw_all(&mut self, (width, height): (u16, u16)) -> Result<(), B::Error> {
        self.screen.backend_mut().clear_region(ClearType::All)?;
        self.screen.resize(Rect::new(0, 0, width, height))
    }

    /// Draws what changed.
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

/// How it looks and what its keys mean.
#[derive(Debug)]
pub struct Look {
    /// What the keys mean.
    pub keymap: Keymap,
    /// The looks.
    pub theme: Theme,
    /// Whether nothing but ASCII is drawn by us.
    pub ascii: bool,
    /// Whether the terminal opens links itself.
    pub hyperlinks: bool,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
}

/// What an app is to be told of a config.
pub fn settings(
    config: &Config,
    views: Vec<View>,
    query: String,
    session: Option<Session>,
    today: Date,
    size: (u16, u16),
) -> Settings {
    Settings {
        measure: config.measure,
        mouse: config.mouse,
        facts: config.facts.clone(),
        derive: config.derive,
        keys: config.keymap.bindings(),
        query,
        session,
        views,
        themes: (
            ThemeName::ALL
                .iter()
                .map(|name| name.name().to_owned())
                .collect(),
            config.theme.name(),
        ),
        config_problems: Vec::new(),
        person: config.person(),
        systems: sync::systems(),
        commands: config
            .commands
            .iter()
            .map(|(_, command)| command.clone())
            .collect(),
        purpose: Purpose::Browse,
        today,
        size,
    }
}
