//! A session of a user: keys in, screen out.
//!
//! ```ignore
//! let session = Session::open("small").size(80, 24).keys("/rust<enter>jj");
//! insta::assert_snapshot!(session.screen());
//! insta::assert_snapshot!(session.styles());
//! ```
//!
//! Uses the real runner and keymap; effects are performed synchronously, so that sessions are deterministic. The date
//! is always 1 October 2026.

#![allow(dead_code, reason = "what a test may want to ask")]

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jobdeck::app::{App, Effect, Message, Purpose};
use jobdeck::board::{Board, Date};
use jobdeck::config::{self, Config, Display, Key, KeyCode, Theme};
use jobdeck::content;
use jobdeck::runtime::loader::{self, Load};
use jobdeck::runtime::searcher;
use jobdeck::runtime::{Look, Runner, runner};
use jobdeck::search::{Index, Searcher};
use jobdeck::terminal::Input;
use jobdeck::tracking::{Clock, Tracking};
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

/// Date of every session.
pub const TODAY: Date = Date::constant(2026, 10, 1);

/// A user browsing a board.
pub struct Session {
    runner: Runner<TestBackend>,
    searcher: Searcher,
    load: Load,
    effects: Vec<Effect>,
    clock: Clock,
}

impl Session {
    /// Opens a board of `tests/boards`, or the one called `shipped`, on a screen of 80 × 24.
    pub fn open(board: &str) -> Self {
        Self::open_with(board, Config::default())
    }

    /// The same with the lines of a config file.
    pub fn configured(board: &str, lines: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("config.toml");
        std::fs::write(&file, lines).expect("a config file");
        let (config, problems) = config::load(Some(&file));
        assert!(problems.is_empty(), "{problems:?}");
        Self::open_with(board, config)
    }

    fn open_with(board: &str, config: Config) -> Self {
        let folder = fixture(board);
        let load: Load = match board {
            "shipped" => Box::new(|_| Ok(content::shipped())),
            _ => Box::new(move |_| content::load(&folder).map_err(|error| error.to_string())),
        };
        Self::over(load, config)
    }

    /// Opens the shipped board for a purpose.
    pub fn started_for(purpose: Purpose) -> Self {
        let load: Load = Box::new(|_| Ok(content::shipped()));
        Self::start(load, Config::default(), purpose)
    }

    /// Over a board from anywhere.
    pub fn over(load: Load, config: Config) -> Self {
        Self::start(load, config, Purpose::Browse)
    }

    fn start(load: Load, config: Config, purpose: Purpose) -> Self {
        let size = (80, 24);
        let empty = Arc::new(Index::new(Arc::new(Board::default())));
        let mut settings = runner::settings(&config);
        settings.purpose = purpose;
        let (app, effects) = App::new(
            settings,
            runner::initial_state(&config, TODAY, size),
            Arc::clone(&empty),
        );
        let look = Look {
            theme: config.theme.theme(Display::default()).0,
            ascii: config.glyphs == config::Glyphs::Ascii,
            keymap: config.keymap,
            hyperlinks: false,
            size,
        };
        let screen = TestBackend::new(size.0, size.1);
        let mut session = Self {
            runner: Runner::new(app, look, TODAY, screen).expect("a screen"),
            searcher: Searcher::new(empty),
            load,
            effects: Vec::new(),
            clock: Clock::new(1),
        };
        let journal = Message::Journal(Tracking::default(), None);
        session.runner.message(journal);
        session.settle(effects);
        session
    }

    /// In this theme.
    #[must_use]
    pub fn themed(mut self, theme: Theme) -> Self {
        self.runner.set_theme(theme);
        self.runner.draw().expect("a screen");
        self
    }

    /// Makes the window this large.
    #[must_use]
    pub fn size(mut self, width: u16, height: u16) -> Self {
        self.runner.backend_mut().resize(width, height);
        self.input(Input::Resize(width, height));
        self
    }

    /// Presses keys: `/rust<enter>jj<c-d><s-tab><lt>`. Named keys are in angle brackets as in config files, with `c-`,
    /// `a-` and `s-` for modifiers, and `lt` for `<`.
    #[must_use]
    pub fn keys(mut self, keys: &str) -> Self {
        for key in parse(keys) {
            self.input(Input::Key(key));
        }
        self
    }

    /// Pastes a text.
    #[must_use]
    pub fn paste(mut self, text: &str) -> Self {
        self.input(Input::Paste(text.to_owned()));
        self
    }

    /// Clicks on a column and row.
    #[must_use]
    pub fn click(mut self, column: u16, row: u16) -> Self {
        self.input(Input::Click(column, row));
        self
    }

    /// Clicks twice on a column and row.
    #[must_use]
    pub fn double_click(mut self, column: u16, row: u16) -> Self {
        self.input(Input::Click(column, row));
        self.input(Input::DoubleClick(column, row));
        self
    }

    /// Drags the mouse from one column of a row to another.
    #[must_use]
    pub fn drag(mut self, row: u16, from: u16, to: u16) -> Self {
        self.input(Input::Click(from, row));
        self.input(Input::Drag(to, row));
        self
    }

    /// Turns the wheel at a column and row: lines down, or up if negative.
    #[must_use]
    pub fn wheel(mut self, column: u16, row: u16, lines: i16) -> Self {
        self.input(Input::Wheel(column, row, lines));
        self
    }

    /// Sends a message.
    #[must_use]
    pub fn message(mut self, message: Message) -> Self {
        let effects = self.runner.message(message);
        self.settle(effects);
        self
    }

    /// The app.
    pub fn app(&self) -> &App {
        self.runner.app()
    }

    /// Text on the screen, line by line, without trailing spaces.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let lines = buffer.area.rows().map(|row| {
            let cells = row.columns().map(|at| &buffer[(at.x, at.y)]);
            text(cells).trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Styled text in terms of theme roles: `3:1-7 Seattle: matched`. Lines and columns count from 0. Ordinary text is
    /// omitted. Roles with equal styles are all listed, and so are combined ones.
    pub fn styles(&self) -> String {
        let buffer = self.buffer();
        let mut lines = Vec::new();
        for row in buffer.area.rows() {
            let cells: Vec<&Cell> = row.columns().map(|at| &buffer[(at.x, at.y)]).collect();
            let mut start = 0;
            for run in cells.chunk_by(|one, next| one.style() == next.style()) {
                let end = start + run.len() - 1;
                let said = text(run.iter().copied());
                if let Some(role) = self.role(run[0].style()) {
                    lines.push(format!("{}:{start}-{end} {}: {role}", row.y, said.trim()));
                }
                start = end + 1;
            }
        }
        lines.join("\n")
    }

    /// Position of the text cursor: column and row.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let screen = self.runner.backend();
        let at = screen.cursor_position();
        screen.cursor_visible().then_some((at.x, at.y))
    }

    /// Effects performed: `open https://…`, `copy …`, `mouse off`, `suspend`, `quit`.
    pub fn effects(&self) -> Vec<String> {
        let said = self.effects.iter().filter_map(|effect| match effect {
            Effect::Open(url) => Some(format!("open {url}")),
            Effect::Copy(text) => Some(format!("copy {text}")),
            Effect::Mouse(mouse) => Some(format!("mouse {}", if *mouse { "on" } else { "off" })),
            Effect::Edit(text) => Some(format!("edit {text}")),
            Effect::RenameView(before, name) => Some(format!("view {before} is now {name}")),
            Effect::Mute(rule) => Some(format!("mute {rule}")),
            Effect::Unmute(rule) => Some(format!("unmute {rule}")),
            Effect::Theme(name) => Some(format!("theme {name}")),
            Effect::KeepTheme(name) => Some(format!("keep theme {name}")),
            Effect::Choose(ids) => Some(format!("choose {}", ids.join(" "))),
            Effect::AddSource(address) => Some(format!("add {address}")),
            Effect::OpenBoard(folder) => Some(format!("open board {folder}")),
            Effect::Run(words, in_terminal) => {
                let place = if *in_terminal { "run here" } else { "run" };
                Some(format!("{place} {}", words.join("|")))
            }
            Effect::DeleteView(name) => Some(format!("delete view {name}")),
            Effect::KeepView(view) => Some(format!("view {}: {}", view.name, view.query)),
            Effect::Redraw => Some("redraw".to_owned()),
            Effect::Suspend => Some("suspend".to_owned()),
            Effect::Quit => Some("quit".to_owned()),
            _ => None,
        });
        said.collect()
    }

    /// Every cell of the screen.
    pub fn buffer(&self) -> &Buffer {
        self.runner.backend().buffer()
    }

    fn input(&mut self, input: Input) {
        let effects = self.runner.input(input).expect("a screen");
        self.settle(effects);
    }

    /// Performs effects and their consequences, then draws.
    fn settle(&mut self, effects: Vec<Effect>) {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            let answer = match &effect {
                Effect::Track(act) => {
                    let now = "2026-10-01T09:00:00Z".parse().expect("a time");
                    Some(Message::Tracked(
                        self.clock.stamp(act.clone(), now).expect("room"),
                    ))
                }
                Effect::Load => Some(loader::loaded(&self.load, &|_, _| {})),
                asked => searcher::answer(&mut self.searcher, asked),
            };
            if let Some(Message::Loaded(index, _)) = &answer {
                self.searcher = Searcher::new(Arc::clone(index));
            }
            self.effects.push(effect);
            effects.extend(answer.map_or_else(Vec::new, |answer| self.runner.message(answer)));
        }
        self.runner.draw().expect("a screen");
    }

    fn role(&self, style: Style) -> Option<String> {
        let theme = self.runner.theme();
        let roles = theme.roles();
        let laid = |styles: &[Style]| {
            let mut cell = Cell::default();
            cell.set_style(theme.ground.patch(theme.text));
            for style in styles {
                cell.set_style(*style);
            }
            cell.style()
        };
        if style == laid(&[]) {
            return None;
        }
        let alone: Vec<&str> = roles
            .iter()
            .filter(|(_, role)| laid(&[*role]) == style)
            .map(|(name, _)| *name)
            .collect();
        if !alone.is_empty() {
            return Some(alone.join(" or "));
        }
        let pairs = roles
            .iter()
            .flat_map(|under| roles.iter().map(move |over| (under, over)));
        let mut fitting = pairs
            .filter(|(under, over)| laid(&[under.1, over.1]) == style)
            .map(|(under, over)| format!("{} under {}", under.0, over.0));
        Some(fitting.next().unwrap_or_else(|| format!("{style:?}")))
    }
}

/// A folder of `tests/boards`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/boards")
        .join(name)
}

/// Text of adjacent cells; cells covered by a wide character are skipped.
fn text<'a>(cells: impl Iterator<Item = &'a Cell>) -> String {
    let mut text = String::new();
    let mut covered = 0;
    for cell in cells {
        if covered == 0 {
            text.push_str(cell.symbol());
            covered = cell.symbol().width().max(1);
        }
        covered -= 1;
    }
    text
}

fn parse(keys: &str) -> Vec<Key> {
    let mut parsed = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
            parsed.push(named(name));
            rest = after;
        } else {
            parsed.push(Key::plain(KeyCode::Char(c)));
            rest = &rest[c.len_utf8()..];
        }
    }
    parsed
}

fn named(name: &str) -> Key {
    if name == "lt" {
        return Key::plain(KeyCode::Char('<'));
    }
    let full = match name.split_once('-') {
        Some(("c", key)) => format!("ctrl-{key}"),
        Some(("a", key)) => format!("alt-{key}"),
        Some(("s", key)) => format!("shift-{key}"),
        _ => name.to_owned(),
    };
    full.parse().expect(name)
}

#[test]
fn keys_are_written_as_people_write_them() {
    let shown = |keys| parse(keys).iter().map(Key::to_string).collect::<Vec<_>>();
    assert_eq!(shown("/a<enter>G"), ["/", "a", "enter", "G"]);
    assert_eq!(
        shown("<c-d><s-tab><lt>x<a-x>"),
        ["ctrl-d", "shift-tab", "<", "x", "alt-x"]
    );
    assert_eq!(
        shown("<space><pgdn> <ctrl-c>"),
        ["space", "pgdn", "space", "ctrl-c"]
    );
}

#[test]
fn what_is_typed_narrows_the_board() {
    let session = Session::open("small").size(100, 20).keys("/rust");
    assert!(session.screen().contains("1 of 3"), "{}", session.screen());
    assert!(session.styles().contains("matched"), "{}", session.styles());
    assert!(session.cursor().is_some());
    assert_eq!(session.keys("<enter>").cursor(), None);
}

#[test]
fn leaving_is_an_effect() {
    let session = Session::open("shipped").keys("M<c-l><c-z>q");
    assert_eq!(
        session.effects(),
        ["mouse off", "redraw", "suspend", "quit"]
    );
}
