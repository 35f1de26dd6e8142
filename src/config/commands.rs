//! The `[commands]` of a config file: programs on keys.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Config;
use super::key::Key;
use super::layering::in_order;
use super::problem::{Report, a, quoted};
use crate::app::{Action, Command, Mode};
use crate::board::text;

/// Commands that a file may have; an action names one by a byte.
const MOST: usize = 100;
/// Explains the syntax of a command in errors.
const SHAPE: &str =
    "a command is a list such as [\"my-apply\", \"{url}\"], or { run = […], terminal = true }";

impl Config {
    /// Binds each key to its program, while browsing and while reading.
    pub(super) fn lay_commands(&mut self, commands: &DeTable<'_>, report: &mut Report<'_>) {
        for (name, value) in in_order(commands, report) {
            let key = match name.get_ref().parse::<Key>() {
                Ok(key) => key,
                Err(error) => {
                    report.add(&name.span(), error.message, error.hint);
                    continue;
                }
            };
            let Some(command) = command(value, report) else {
                continue;
            };
            if let Some(unknown) = command.unknown_value() {
                let message = format!(
                    "{} is not {{url}}, {{id}}, {{title}}, {{company}} or {{location}}",
                    quoted(unknown)
                );
                report.add(&value.span(), message, None);
                continue;
            }
            self.commands.retain(|(known, _)| *known != key);
            if self.commands.len() < MOST {
                self.commands.push((key, command));
            }
        }
        for (at, (key, _)) in self.commands.iter().enumerate() {
            for mode in [Mode::Browse, Mode::Reader] {
                self.keymap.bind(mode, *key, Action::Command(at as u8));
            }
        }
    }
}

fn command(value: &Spanned<DeValue<'_>>, report: &mut Report<'_>) -> Option<Command> {
    let (run, takes_terminal) = match value.get_ref() {
        DeValue::Array(_) => (value, false),
        DeValue::Table(table) => {
            let terminal = table
                .get("terminal")
                .and_then(|value| value.get_ref().as_bool());
            let Some(run) = table.get("run") else {
                report.add(&value.span(), SHAPE.to_owned(), None);
                return None;
            };
            (run, terminal.unwrap_or(false))
        }
        other => {
            let message = format!("{SHAPE}, not {}", a(other.type_str()));
            report.add(&value.span(), message, None);
            return None;
        }
    };
    let words = run.get_ref().as_array().into_iter().flatten();
    let words: Option<Vec<String>> = words
        .map(|word| Some(word.get_ref().as_str()?.to_owned()))
        .collect();
    let sound = |words: &Vec<String>| {
        let is_clean = words.iter().all(|word| text::block(word) == *word);
        is_clean && words.first().is_some_and(|program| !program.is_empty())
    };
    let Some(words) = words.filter(sound) else {
        report.add(&run.span(), SHAPE.to_owned(), None);
        return None;
    };
    Some(Command {
        words,
        takes_terminal,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn commands_are_bound_while_browsing_and_reading() {
        let mut config = Config::default();
        let problems = config.overlay(
            Path::new("c.toml"),
            concat!(
                "[commands]\n",
                "\"ctrl-x\" = [\"my-apply\", \"{url}\"]\n",
                "\"ctrl-v\" = { run = [\"w3m\", \"{url}\"], terminal = true }\n",
                "\"ctrl-t\" = \"my-apply {url}\"\n",
                "\"ctrl-n\" = [\"x\", \"{link}\"]\n",
                "\"ctlr-n\" = [\"x\"]\n",
                "\"ctrl-b\" = []\n",
            ),
        );
        let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [4, 5, 6, 7], "{problems:?}");
        let action = |mode, key: &str| config.keymap.action(mode, key.parse().expect(key));
        for mode in [Mode::Browse, Mode::Reader] {
            assert_eq!(action(mode, "ctrl-x"), Some(Action::Command(0)));
            assert_eq!(action(mode, "ctrl-v"), Some(Action::Command(1)));
        }
        assert!(config.commands[1].1.takes_terminal);
        let printed = config.to_toml();
        let mut again = Config::default();
        assert_eq!(again.overlay(Path::new("c.toml"), &printed), []);
        assert_eq!(again, config);
    }
}
