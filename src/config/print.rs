//! Prints a config as a file: the text of the defaults with its comments, and the effective values.

use super::key::Key;
use super::keymap::{mode_from_name, written};
use super::{Config, DEFAULT};
use crate::app::{Action, Mode};

impl Config {
    /// The config as a commented file that loads back to the same values.
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        let mut mode = None;
        // A section ends with an empty line; added keys go before it.
        for line in DEFAULT.lines().chain([""]) {
            if let Some(name) = line.strip_prefix("[keys.") {
                mode = mode_from_name(name.trim_end_matches(']'));
                out += line;
            } else if let (Some(mode), Some(key)) = (mode, bound_key(line)) {
                let action = self.keymap.bound(mode, key);
                // Keys of commands are printed with the commands.
                if matches!(action, Some(Action::Command(_))) {
                    out += line;
                } else {
                    out += &binding(key, action);
                }
            } else if line == "[aliases]" {
                out += line;
                for (name, others) in &self.aliases {
                    let others = others.iter().map(|other| toml_string(other));
                    let others = others.collect::<Vec<_>>().join(", ");
                    out += "\n";
                    out += &toml_string(name);
                    out += " = [";
                    out += &others;
                    out += "]";
                }
            } else if line.is_empty() {
                let added = mode.take().map(|mode| self.added(mode));
                out += added.unwrap_or_default().as_str();
            } else {
                out += &self.setting(line).unwrap_or_else(|| line.to_owned());
            }
            out.push('\n');
        }
        out.truncate(out.trim_end().len() + 1);
        out + &self.written_commands()
    }

    /// A top-level line of the defaults with the effective value.
    fn setting(&self, line: &str) -> Option<String> {
        let (name, _) = line.split_once(" = ")?;
        let value = match name {
            "theme" => self.theme.written(toml_string),
            "signs" => toml_string(self.glyphs.word()),
            "facts" => {
                let facts = self.facts.iter().map(|fact| toml_string(fact.word()));
                format!("[{}]", facts.collect::<Vec<_>>().join(", "))
            }
            "mouse" => self.mouse.to_string(),
            "derive" => self.derive.to_string(),
            "allow_private" => self.allow_private.to_string(),
            "open_mailto" => self.open_mailto.to_string(),
            "open_as_root" => self.open_as_root.to_string(),
            "measure" => self.measure.to_string(),
            "boards" => {
                let paths = self
                    .boards
                    .iter()
                    .map(|p| toml_string(&p.to_string_lossy()));
                format!("[{}]", paths.collect::<Vec<_>>().join(", "))
            }
            "home" => toml_string(&self.home),
            "work_from" => {
                let areas = self.work_from.iter().map(|area| toml_string(area));
                format!("[{}]", areas.collect::<Vec<_>>().join(", "))
            }
            "mute" => {
                let rules = self.mute.iter().map(|rule| toml_string(rule));
                format!("[{}]", rules.collect::<Vec<_>>().join(", "))
            }
            _ => return None,
        };
        Some(format!("{name} = {value}"))
    }

    /// The section of the user's own commands; it comes last, as it takes keys from the modes.
    fn written_commands(&self) -> String {
        let mut out = String::new();
        for (key, command) in &self.commands {
            let words = command.words.iter().map(|word| toml_string(word));
            let words = words.collect::<Vec<_>>().join(", ");
            let run = if command.takes_terminal {
                format!("{{ run = [{words}], terminal = true }}")
            } else {
                format!("[{words}]")
            };
            if out.is_empty() {
                out += "\n[commands]\n";
            }
            out.extend([&toml_string(&key.to_string()), " = ", &run, "\n"]);
        }
        out
    }

    /// Lines for the keys of a mode that the defaults do not bind.
    fn added(&self, mode: Mode) -> String {
        let defaults = Self::default().keymap;
        self.keymap
            .bindings_in(mode)
            .filter(|(_, action)| !matches!(action, Action::Command(_)))
            .filter(|(key, _)| defaults.bound(mode, *key).is_none())
            .map(|(key, action)| binding(key, Some(action)) + "\n")
            .collect()
    }
}

/// Key of a line such as `"j" = "down"` in the defaults.
fn bound_key(line: &str) -> Option<Key> {
    let (key, _) = line.strip_prefix('"')?.split_once("\" = ")?;
    key.parse().ok()
}

fn binding(key: Key, action: Option<Action>) -> String {
    let key = toml_string(&key.to_string());
    format!("{key} = \"{}\"", written(action))
}

/// A basic TOML string.
fn toml_string(raw: &str) -> String {
    let mut out = String::from('"');
    for c in raw.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.extend(format!("\\u{:04X}", u32::from(c)).chars()),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_defaults_print_as_they_stand() {
        assert_eq!(Config::default().to_toml(), DEFAULT);
    }

    #[test]
    fn printed_config_loads_back() {
        let mut config = Config::default();
        let file = Path::new("/c/config.toml");
        let problems = config.overlay(
            file,
            concat!(
                "theme = 'high-contrast'\n mouse = false\n measure = 0x50\n",
                "boards = ['/a \"b\"\\c', 'beside']\n",
                "[keys.browse]\n 'shift-j' = 'quit'\n j = 'none'\n k = 'down'\n",
                "'\"' = 'help'\n '\\' = 'help'\n '#' = 'zoom'\n space = 'page-down'\n",
                "[keys.help]\n f1 = 'escape'\n 'ctrl-a' = ''\n",
            ),
        );
        assert_eq!(problems, []);
        let printed = config.to_toml();
        let mut again = Config::default();
        assert_eq!(again.overlay(file, &printed), []);
        assert_eq!(again, config);
        assert_eq!(again.to_toml(), printed);
        for line in ["\"j\" = \"none\"", "\"J\" = \"quit\"", "measure = 80"] {
            assert!(printed.lines().any(|printed| printed == line), "{line}");
        }
    }
}
