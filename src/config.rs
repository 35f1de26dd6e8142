//! The configuration: embedded defaults, overlaid by the user's file one key at a time.
//!
//! A mistake only affects its own line: it is reported with its location and the nearest valid name, and the rest
//! applies. Defaults and the user's file are read by the same code.

mod commands;
mod edits;
mod glyphs;
pub mod key;
pub mod keymap;
mod layering;
mod print;
pub mod problem;
pub mod session;
pub mod theme;
pub mod views;

use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

pub use edits::{keep_theme, mute, unmute};
pub use glyphs::Glyphs;
pub use key::{Key, KeyCode};
pub use keymap::Keymap;
pub use layering::expand;
pub use problem::ConfigProblem;
pub use session::Sessions;
pub use theme::{Display, Ground, Theme, ThemeChoice, ThemeName};

use crate::app::{Command, Fact};
use crate::places;
use crate::query::{self, Person};
use crate::storage::read_regular;
use problem::Report;

/// The defaults, commented, as a config file.
pub const DEFAULT: &str = include_str!("config/default.toml");

/// Maximum size of a config file.
const LARGEST: u64 = 1 << 20;
/// The effective settings.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own, as the file has it"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The theme.
    pub theme: ThemeChoice,
    /// The set of glyphs.
    pub glyphs: Glyphs,
    /// Facts shown below each title of the list.
    pub facts: Vec<Fact>,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Width of the reader's text column.
    pub measure: u16,
    /// Whether facts are derived from titles, locations and texts.
    pub derive: bool,
    /// Default boards.
    pub boards: Vec<PathBuf>,
    /// The user's home city; empty if not configured.
    pub home: String,
    /// Countries and areas that the user may work from.
    pub work_from: Vec<String>,
    /// Queries whose matches are hidden.
    pub mute: Vec<String>,
    /// Other names for words: a search for the first finds the others too.
    pub aliases: Vec<(String, Vec<String>)>,
    /// Whether the sources of a board may be on this machine or in a private network.
    pub allow_private: bool,
    /// Whether mailto addresses may be opened.
    pub open_mailto: bool,
    /// Whether a browser may be started as root.
    pub open_as_root: bool,
    /// What keys of the user's own run.
    pub commands: Vec<(Key, Command)>,
    /// Key bindings.
    pub keymap: Keymap,
}

impl Default for Config {
    fn default() -> Self {
        let mut config = Self {
            theme: ThemeChoice::default(),
            glyphs: Glyphs::default(),
            facts: Vec::new(),
            mouse: true,
            measure: 72,
            derive: true,
            boards: Vec::new(),
            home: String::new(),
            work_from: Vec::new(),
            mute: Vec::new(),
            aliases: Vec::new(),
            allow_private: false,
            open_mailto: false,
            open_as_root: false,
            commands: Vec::new(),
            keymap: Keymap::default(),
        };
        // A test ensures that the defaults have no problems.
        config.overlay(Path::new("default.toml"), DEFAULT);
        config
    }
}

impl Config {
    /// The person who searches.
    pub fn person(&self) -> Person {
        let home = places::find_city(&self.home).ok();
        let countries = self
            .work_from
            .iter()
            .filter_map(|area| query::countries(area));
        Person {
            home: home.map(|city| city.coordinates),
            work_from: countries.flatten().collect(),
        }
    }
}

/// Loads the given config file, or the one at the default path, which may be missing. Defaults replace whatever is
/// missing or invalid.
pub fn load(path: Option<&Path>) -> (Config, Vec<ConfigProblem>) {
    let mut config = Config::default();
    let Some(file) = path.map(Path::to_owned).or_else(usual_place) else {
        return (config, Vec::new());
    };
    let problems = match read(&file) {
        Ok(bytes) => match std::str::from_utf8(&bytes) {
            Ok(source) => {
                let mut problems = config.overlay(&file, source);
                problems.extend(config.theme.problems());
                problems.extend(config.keymap.way_out(&file));
                problems
            }
            Err(error) => not_utf8(&file, &bytes, error),
        },
        Err(error) if path.is_none() && error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => vec![ConfigProblem::whole(
            &file,
            format!("cannot be read: {error}"),
        )],
    };
    (config, problems)
}

/// Default path of the user's file.
pub fn usual_place() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("jobdeck").join("config.toml"))
}

/// The cache folder.
pub fn cache_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.cache_dir().join("jobdeck"))
}

/// The board that sources are added to where none is open.
pub fn own_board() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(
        base.data_dir()
            .join("jobdeck")
            .join("boards")
            .join("my-jobs"),
    )
}

/// Reads a regular file of bounded size: a pipe would block, a device might be endless.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    read_regular(file, LARGEST)
}

fn not_utf8(file: &Path, bytes: &[u8], error: std::str::Utf8Error) -> Vec<ConfigProblem> {
    let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
    let mut report = Report::new(file, &valid);
    let end = valid.len();
    report.add_syntax(&(end..end), "the text is not UTF-8".to_owned());
    report.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Action, Mode};

    fn laid(source: &str) -> (Config, Vec<String>) {
        let mut config = Config::default();
        let problems = config.overlay(Path::new("c.toml"), source);
        let said = problems.iter().map(ToString::to_string).collect();
        (config, said)
    }

    fn bound(config: &Config, mode: Mode, key: &str) -> Option<Action> {
        config.keymap.action(mode, key.parse().expect(key))
    }

    #[test]
    fn a_config_that_leaves_no_way_out_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("config.toml");
        let unbound = "[keys.browse]\n'q' = 'none'\n'ctrl-c' = 'down'\n";
        std::fs::write(&file, unbound).expect("written");
        let (config, problems) = load(Some(&file));
        let left = config.keymap.keys_for(Mode::Browse, Action::Quit);
        assert_eq!(left, [""; 0]);
        let said: Vec<_> = problems.iter().map(ToString::to_string).collect();
        let [said] = &said[..] else {
            panic!("{said:?}");
        };
        assert!(
            said.ends_with("no key quits; ctrl-c pressed twice does"),
            "{said}"
        );
        std::fs::write(&file, "[keys.browse]\n'ctrl-c' = 'down'\n").expect("written");
        assert_eq!(load(Some(&file)).1, []);
    }

    #[test]
    fn the_defaults_have_no_problems() {
        let (config, problems) = laid(DEFAULT);
        assert_eq!(problems, [""; 0]);
        assert_eq!(config, Config::default());
        assert!(config.theme.depends_on_ground(true));
        assert!(!config.theme.depends_on_ground(false));
        assert!(config.mouse);
        assert_eq!(config.measure, 72);
        assert!(config.boards.is_empty());
    }

    #[test]
    fn each_mistake_is_placed_and_the_rest_applies() {
        let (config, problems) = laid(concat!(
            "theme = \"high contrast\"\n",
            "mouse = \"no\"\n",
            "mesure = 60\n",
            "measure = 7\n",
            "boards = [\"/b\", 3, \"\"]\n",
            "[keys.brwose]\n",
            "\"j\" = \"up\"\n",
            "[keys.browse]\n",
            "\"j\" = \"dwon\"\n",
            "\"k\" = \"down\"\n",
            "\"ctlr-x\" = \"quit\"\n",
            "\"é\" = 1\n",
            "\"q\" = \"none\"\n",
            "\"f\" = \"\"\n",
            "\"G\" = \"first\"\n",
            "\"shift-g\" = \"last\"\n",
            "\"x\" = \"quit\"\n",
        ));
        assert_eq!(
            problems,
            [
                "c.toml:1:9: `high contrast` is not a theme (did you mean `high-contrast`?)",
                "c.toml:2:9: `mouse` is true or false, not a string",
                "c.toml:3:1: `mesure` is not a setting (did you mean `measure`?)",
                "c.toml:4:11: `measure` is a number from 20 to 200",
                "c.toml:5:17: a board is a path in quotes, not an integer",
                "c.toml:5:20: `` is not a path",
                "c.toml:6:7: `brwose` is not a set of keys (did you mean `browse`?)",
                "c.toml:9:7: `dwon` is not an action (did you mean `down`?)",
                "c.toml:11:1: `ctlr-x` is not a key (did you mean `ctrl-x`?)",
                "c.toml:12:7: an action is a name in quotes, not an integer",
                "c.toml:16:1: `shift-g` is the same key as `G`, bound above",
            ]
        );
        assert_eq!(config.boards, [PathBuf::from("/b")]);
        for (key, action) in [
            ("j", Some(Action::Down)),
            ("k", Some(Action::Down)),
            ("q", None),
            ("f", None),
            ("G", Some(Action::First)),
            ("x", Some(Action::Quit)),
            ("ctrl-c", Some(Action::Quit)),
        ] {
            assert_eq!(bound(&config, Mode::Browse, key), action, "{key}");
        }
    }

    #[test]
    fn home_and_work_from_are_places() {
        let (config, problems) = laid("home = \"Köln\"\nwork_from = [\"DE\", \"switzerland\"]\n");
        assert_eq!(problems, [""; 0]);
        let person = config.person();
        assert!(person.home.is_some());
        assert_eq!(person.work_from, ["DE", "CH"]);
        let (config, problems) = laid("home = \"Berlni\"\nwork_from = [\"DE\", \"Atlantis\"]\n");
        assert_eq!(
            problems,
            [
                "c.toml:1:8: no city `Berlni` is known (did you mean `Berlin`?)",
                "c.toml:2:20: `Atlantis` is not a country or an area",
            ]
        );
        assert_eq!(config.person().home, None);
        assert_eq!(config.person().work_from, ["DE"]);
    }

    #[test]
    fn syntax_errors_only_affect_their_line() {
        let (config, problems) = laid("mouse = flase\nmeasure = 60\nmeasure = 61\n[keys.query\n");
        let places: Vec<_> = problems
            .iter()
            .map(|problem| problem.split(": ").next().unwrap_or_default())
            .collect();
        assert_eq!(places, ["c.toml:1:9", "c.toml:3:1", "c.toml:4:12"]);
        assert!(config.mouse);
        assert_eq!(config.measure, 60);
    }

    #[test]
    fn nesting_is_refused_before_it_is_parsed() {
        let deep = format!("{}={{", "a.".repeat(79) + "a").repeat(200);
        let (config, problems) = laid(&deep);
        assert_eq!(problems, ["c.toml:1:161: more than 16 inline tables"]);
        assert_eq!(config, Config::default());
        let (_, problems) = laid(&format!("{}={{", "a.".repeat(78) + "a").repeat(16));
        assert!(!problems.is_empty());
        let (config, problems) = laid("keys = { reader = { '{' = 'quit' } }");
        assert_eq!(problems, [""; 0]);
        assert_eq!(bound(&config, Mode::Reader, "{"), Some(Action::Quit));
    }

    #[test]
    fn paths_start_at_home_or_beside_the_file() {
        let home = etcetera::home_dir().expect("a home");
        let folder = Path::new("/etc/jobdeck");
        for (written, path) in [
            ("~/b", home.join("b")),
            ("~//b", home.join("b")),
            ("~", home.clone()),
            ("~b", folder.join("~b")),
            ("b/c", folder.join("b/c")),
            ("/b", PathBuf::from("/b")),
        ] {
            assert_eq!(expand(written, folder), path, "{written}");
        }
    }

    #[test]
    fn reads_a_file_or_says_why_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("config.toml");
        let (config, problems) = load(Some(&file));
        assert_eq!((config, problems.len()), (Config::default(), 1), "missing");
        assert_eq!(load(Some(folder.path())).1.len(), 1, "a folder");

        std::fs::write(&file, "measure = 50\nboards = [\"b\"]").expect("written");
        let (config, problems) = load(Some(&file));
        assert_eq!(problems, []);
        assert_eq!(config.measure, 50);
        assert_eq!(config.boards, [folder.path().join("b")]);

        std::fs::write(&file, b"# ok\nmeasure = \xff").expect("written");
        let (_, problems) = load(Some(&file));
        assert_eq!((problems[0].line, problems[0].column), (2, 11));

        std::fs::write(&file, " ".repeat((1 << 20) + 1)).expect("written");
        assert_eq!(load(Some(&file)).1[0].line, 0, "too large");
    }
}
