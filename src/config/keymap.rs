//! Key bindings: one table for each mode, in the order of the help.

use std::collections::HashMap;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::key::{Key, KeyCode};
use super::layering::in_order;
use super::problem::{ConfigProblem, Report, a, quoted};
use crate::app::{Action, Mode};
use crate::board::spelling::nearest;

/// Every mode with the name of its section in a config file.
pub const MODES: [(Mode, &str); 14] = [
    (Mode::Browse, "browse"),
    (Mode::Query, "query"),
    (Mode::Filters, "filters"),
    (Mode::Reader, "reader"),
    (Mode::Market, "market"),
    (Mode::Comparison, "compare"),
    (Mode::Pipeline, "pipeline"),
    (Mode::Find, "find"),
    (Mode::Menu, "menu"),
    (Mode::Picker, "picker"),
    (Mode::Help, "help"),
    (Mode::Confirm, "confirm"),
    (Mode::Note, "note"),
    (Mode::Prompt, "prompt"),
];

/// Value that removes a binding.
const UNBOUND: &str = "none";

/// Name of a mode's section in a config file.
pub fn mode_name(mode: Mode) -> &'static str {
    MODES[rank(mode)].1
}

/// Mode of a section name.
pub fn mode_from_name(name: &str) -> Option<Mode> {
    // Former name of the section, which existing config files may use.
    let name = if name == "outline" { "picker" } else { name };
    let found = MODES.iter().find(|(_, known)| *known == name)?;
    Some(found.0)
}

/// Whether unbound characters are typed in this mode.
pub fn is_typing(mode: Mode) -> bool {
    matches!(
        mode,
        Mode::Query | Mode::Find | Mode::Picker | Mode::Help | Mode::Note | Mode::Prompt
    )
}

/// Whether unbound characters are passed to the app in this mode: as text, or as the key of an entry.
fn passes_characters(mode: Mode) -> bool {
    is_typing(mode) || mode == Mode::Menu
}

fn rank(mode: Mode) -> usize {
    let found = MODES.iter().position(|(known, _)| *known == mode);
    found.unwrap_or_default()
}

/// Bindings of every mode, at most one action per key and mode.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap {
    /// Ordered by mode as in `MODES`, then as in the files.
    bindings: Vec<(Mode, Key, Action)>,
    /// Index for lookup.
    by_key: HashMap<(Mode, Key), Action>,
}

impl Keymap {
    /// Action of a key in a mode. In modes with text input or entry keys, an unbound character is passed through.
    pub fn action(&self, mode: Mode, key: Key) -> Option<Action> {
        self.bound(mode, key.normal()).or_else(|| {
            let typed = key.typed().filter(|_| passes_characters(mode))?;
            Some(Action::Insert(typed))
        })
    }

    /// The bound key that an unbound one was probably meant to be: the other case of its letter, the letter without
    /// ctrl or alt, or with ctrl.
    pub fn nearest(&self, mode: Mode, key: Key) -> Option<(Key, Action)> {
        let KeyCode::Char(c) = key.normal().code else {
            return None;
        };
        let swapped: String = if c.is_uppercase() {
            c.to_lowercase().collect()
        } else {
            c.to_uppercase().collect()
        };
        let swapped = swapped.chars().next().map(KeyCode::Char);
        let plain = [Some(KeyCode::Char(c)), swapped];
        let plain = plain.into_iter().flatten().map(Key::plain);
        let with_ctrl = Key {
            ctrl: true,
            ..Key::plain(KeyCode::Char(c))
        };
        let candidates = plain.chain([with_ctrl.normal()]);
        let mut bound = candidates.filter_map(|near| Some((near, self.bound(mode, near)?)));
        bound.next()
    }

    /// Every binding in the order of the help: the defaults, then those the user added.
    pub fn bindings(&self) -> Vec<(Mode, String, Action)> {
        self.bindings
            .iter()
            .map(|(mode, key, action)| (*mode, key.to_string(), *action))
            .collect()
    }

    /// The problem to report if no key of a file quits the program.
    pub(super) fn way_out(&self, file: &Path) -> Option<ConfigProblem> {
        let quits = |action| !self.keys_for(Mode::Browse, action).is_empty();
        let has_one = quits(Action::Quit) || quits(Action::Back);
        let message = "no key quits; ctrl-c pressed twice does";
        (!has_one).then(|| ConfigProblem::whole(file, message.to_owned()))
    }

    /// Keys bound to an action in a mode; the first is the one to show.
    pub fn keys_for(&self, mode: Mode, action: Action) -> Vec<String> {
        self.bindings_in(mode)
            .filter(|(_, bound)| *bound == action)
            .map(|(key, _)| key.to_string())
            .collect()
    }

    /// Bindings of a mode.
    pub(super) fn bindings_in(&self, mode: Mode) -> impl Iterator<Item = (Key, Action)> {
        self.bindings
            .iter()
            .filter(move |(known, ..)| *known == mode)
            .map(|(_, key, action)| (*key, *action))
    }

    pub(super) fn bound(&self, mode: Mode, key: Key) -> Option<Action> {
        self.by_key.get(&(mode, key)).copied()
    }

    /// Overlays the `[keys]` of a file, one key at a time; invalid ones are reported and left out.
    pub(super) fn overlay(&mut self, keys: &DeTable<'_>, report: &mut Report<'_>) {
        for (name, section) in in_order(keys, report) {
            let Some(mode) = mode_from_name(name.get_ref()) else {
                let hint = nearest(name.get_ref(), MODES.iter().map(|(_, known)| *known));
                let message = format!("{} is not a set of keys", quoted(name.get_ref()));
                report.add(&name.span(), message, hint.map(str::to_owned));
                continue;
            };
            match section.get_ref() {
                DeValue::Table(table) => self.lay_mode(mode, table, report),
                other => {
                    let kind = a(other.type_str());
                    let message = format!("`keys.{}` is a table, not {kind}", mode_name(mode));
                    report.add(&section.span(), message, None);
                }
            }
        }
    }

    fn lay_mode(&mut self, mode: Mode, table: &DeTable<'_>, report: &mut Report<'_>) {
        let mut seen: HashMap<Key, String> = HashMap::new();
        for (name, value) in in_order(table, report) {
            let key = match name.get_ref().parse::<Key>() {
                Ok(key) => key,
                Err(error) => {
                    report.add(&name.span(), error.message, error.hint);
                    continue;
                }
            };
            let spelling = quoted(name.get_ref());
            if let Some(first) = seen.get(&key) {
                let message = format!("{spelling} is the same key as {first}, bound above");
                report.add(&name.span(), message, None);
                continue;
            }
            seen.insert(key, spelling);
            match meaning(value.get_ref()) {
                Ok(Some(action)) => self.bind(mode, key, action),
                Ok(None) => self.unbind(mode, key),
                Err((message, hint)) => report.add(&value.span(), message, hint),
            }
        }
    }

    /// Sets a binding. An override keeps its position, so that help stays in order; a new key comes last in its mode.
    pub(super) fn bind(&mut self, mode: Mode, key: Key, action: Action) {
        self.by_key.insert((mode, key), action);
        let same = |known: &&mut (Mode, Key, Action)| known.0 == mode && known.1 == key;
        if let Some(binding) = self.bindings.iter_mut().find(same) {
            binding.2 = action;
            return;
        }
        let end = self
            .bindings
            .partition_point(|(known, ..)| rank(*known) <= rank(mode));
        self.bindings.insert(end, (mode, key, action));
    }

    fn unbind(&mut self, mode: Mode, key: Key) {
        self.by_key.remove(&(mode, key));
        self.bindings
            .retain(|(known, bound, _)| *known != mode || *bound != key);
    }
}

/// Action named by a value, or `None` if it removes the binding; otherwise a message and a hint.
fn meaning(value: &DeValue<'_>) -> Result<Option<Action>, (String, Option<String>)> {
    let DeValue::String(name) = value else {
        let kind = a(value.type_str());
        return Err((format!("an action is a name in quotes, not {kind}"), None));
    };
    if name.is_empty() || name == UNBOUND {
        return Ok(None);
    }
    Action::from_name(name).map(Some).ok_or_else(|| {
        let names = Action::ALL.iter().map(|action| action.name());
        let hint = nearest(name, names.chain([UNBOUND]));
        (
            format!("{} is not an action", quoted(name)),
            hint.map(str::to_owned),
        )
    })
}

/// Name of an action in a config file, or the value that removes a binding.
pub(super) fn written(action: Option<Action>) -> &'static str {
    action.map_or(UNBOUND, Action::name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn action(mode: Mode, key: &str) -> Option<Action> {
        Config::default()
            .keymap
            .action(mode, key.parse().expect(key))
    }

    #[test]
    fn every_mode_has_a_name_and_bindings() {
        let keymap = Config::default().keymap;
        for (mode, name) in MODES {
            assert_eq!(mode_from_name(name), Some(mode));
            assert_eq!(mode_name(mode), name);
            assert!(keymap.bindings_in(mode).count() >= 5, "{name}");
            assert_eq!(action(mode, "ctrl-c"), Some(Action::Quit), "{name}");
            assert_eq!(action(mode, "ctrl-z"), Some(Action::Suspend), "{name}");
            assert_eq!(action(mode, "esc"), Some(Action::Escape), "{name}");
            assert_eq!(action(mode, "enter"), Some(Action::Enter), "{name}");
        }
    }

    #[test]
    fn every_action_has_a_key() {
        let keymap = Config::default().keymap;
        for action in Action::ALL {
            let bound = MODES
                .iter()
                .any(|(m, _)| !keymap.keys_for(*m, *action).is_empty());
            assert!(bound, "{}", action.name());
        }
    }

    #[test]
    fn bindings_depend_on_the_mode() {
        for (mode, key, expected) in [
            (Mode::Browse, "j", Some(Action::Down)),
            (Mode::Browse, "shift-g", Some(Action::Last)),
            (Mode::Browse, "}", Some(Action::NextHeading)),
            (Mode::Browse, "x", Some(Action::Hide)),
            (Mode::Browse, "ctrl-x", None),
            (Mode::Query, "j", Some(Action::Insert('j'))),
            (Mode::Query, "space", Some(Action::Insert(' '))),
            (Mode::Query, "ctrl-x", None),
            (Mode::Query, "ctrl-u", Some(Action::DeleteToStart)),
            (Mode::Filters, "!", Some(Action::Exclude)),
            (Mode::Reader, "space", Some(Action::PageDown)),
            (Mode::Reader, "=", Some(Action::Wider)),
            (Mode::Reader, "shift-tab", Some(Action::PreviousPane)),
            (Mode::Find, "up", Some(Action::FindPrevious)),
            (Mode::Find, "n", Some(Action::Insert('n'))),
            (Mode::Picker, "ctrl-n", Some(Action::Down)),
            (Mode::Menu, "j", Some(Action::Down)),
            (Mode::Menu, "r", Some(Action::Insert('r'))),
            (Mode::Help, "?", Some(Action::Insert('?'))),
        ] {
            assert_eq!(action(mode, key), expected, "{mode:?} {key}");
        }
    }

    #[test]
    fn lists_keys_in_the_order_of_the_file() {
        let keymap = Config::default().keymap;
        assert_eq!(keymap.keys_for(Mode::Browse, Action::Down), ["j", "down"]);
        let (mode, key, action) = keymap.bindings().swap_remove(0);
        assert_eq!((mode, key.as_str()), (Mode::Browse, "j"));
        assert_eq!(action, Action::Down);
    }
}
