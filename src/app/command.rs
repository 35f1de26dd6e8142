//! Programs that the user put on keys: `[commands] "ctrl-x" = ["my-apply", "{url}"]`.

use super::{App, Effect};
use crate::board::Posting;

/// Placeholders and their values.
type Value = fn(&Posting) -> Option<&str>;
const VALUES: [(&str, Value); 5] = [
    ("{id}", |posting| Some(&posting.id)),
    ("{title}", |posting| Some(&posting.title)),
    ("{company}", |posting| posting.company.as_deref()),
    ("{location}", |posting| {
        Some(posting.locations.first()?.written.as_str())
    }),
    ("{url}", |posting| posting.url.as_deref()),
];

/// A program and its arguments, with placeholders in braces for values of the posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The program, then its arguments.
    pub words: Vec<String>,
    /// Whether it gets the terminal; otherwise it runs in the background.
    pub takes_terminal: bool,
}

impl Command {
    /// The first unknown placeholder.
    pub fn unknown_value(&self) -> Option<&str> {
        self.words.iter().find_map(|word| {
            let start = word.find('{')?;
            let end = start + word[start..].find('}')? + 1;
            let value = &word[start..end];
            let is_known = VALUES.iter().any(|(known, _)| *known == value);
            (!is_known).then_some(value)
        })
    }

    /// The program and its arguments for a posting; why not, if a value is missing or would be read as an option.
    fn filled(&self, posting: &Posting) -> Result<Vec<String>, String> {
        let fill = |word: &String| {
            let mut filled = word.clone();
            for (name, value) in VALUES {
                if !word.contains(name) {
                    continue;
                }
                let value = value(posting)
                    .ok_or_else(|| format!("no {} here", name.trim_matches(['{', '}'])))?;
                if word.starts_with(name) && value.starts_with('-') {
                    return Err(format!("`{value}` would be read as an option"));
                }
                filled = filled.replace(name, value);
            }
            Ok(filled)
        };
        self.words.iter().map(fill).collect()
    }
}

impl App {
    /// Runs the user's command for the posting that is meant.
    pub(super) fn run_command(&mut self, at: u8) {
        let Some(command) = self.settings.commands.get(usize::from(at)).cloned() else {
            return;
        };
        let Some(posting) = self.meant_posting() else {
            return self.notify("no posting selected".to_owned());
        };
        let filled = command.filled(&posting);
        match filled {
            Ok(words) => {
                self.outbox.push(Effect::Run(words, command.takes_terminal));
            }
            Err(why) => self.tell_failure(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(words: &[&str]) -> Command {
        Command {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            takes_terminal: false,
        }
    }

    #[test]
    fn values_become_whole_arguments() {
        let posting = Posting {
            id: "a".into(),
            title: "Rust; rm -rf $HOME".into(),
            company: Some("--version".into()),
            ..Posting::default()
        };
        for (words, filled) in [
            (
                &["run", "{id}", "x={title}"][..],
                Ok("run|a|x=Rust; rm -rf $HOME"),
            ),
            (&["run", "--by={company}"], Ok("run|--by=--version")),
            (
                &["run", "{company}"],
                Err("`--version` would be read as an option"),
            ),
            (&["run", "{url}"], Err("no url here")),
        ] {
            let found = command(words).filled(&posting);
            let found = found.map(|words| words.join("|"));
            let expected = filled.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(found, expected, "{words:?}");
        }
        assert_eq!(command(&["x", "{url}"]).unknown_value(), None);
        assert_eq!(command(&["x", "a={link}"]).unknown_value(), Some("{link}"));
    }
}
