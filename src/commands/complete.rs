//! `jobdeck complete`: what may complete a command line, for the scripts of `jobdeck completions`.

use std::io::Write;
use std::sync::Arc;

use clap::{ArgAction, CommandFactory};

use super::{Context, Failure, Outcome, Output};
use crate::cli::{Cli, Global};
use crate::query::{self, complete};
use crate::search::{Request, Searcher};

/// Most completions that are printed.
const LISTED: usize = 40;

/// A command line up to the cursor.
#[derive(Debug, Default)]
struct Line {
    /// Folders given by `--board`.
    boards: Vec<std::path::PathBuf>,
    /// File given by `--config`.
    config: Option<std::path::PathBuf>,
    /// Name of the argument that the last word belongs to.
    argument: Option<String>,
    /// Values of this argument, the last one unfinished.
    values: Vec<String>,
}

/// Prints the completions of the last of the words, a line each: the whole word, a tab, what it is.
pub(super) fn run(
    words: &[String],
    global: &Global,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let line = Line::read(words);
    let global = Global {
        boards: line.boards,
        config: line.config,
        today: global.today,
    };
    let found = match line.argument.as_deref() {
        Some("query") => query_words(&line.values.join(" "), &Context::open(global, output)?),
        _ => Vec::new(),
    };
    // Only the last word is replaced.
    let unfinished = line.values.last().map_or("", String::as_str);
    let kept = line.values.join(" ").len() - unfinished.len();
    for (text, about) in &found {
        if let Some(word) = text.get(kept..) {
            writeln!(output, "{word}\t{about}")?;
        }
    }
    Ok(Outcome::from_found(!found.is_empty()))
}

/// Queries that complete a query, each with what its last term is.
fn query_words(text: &str, context: &Context) -> Vec<(String, String)> {
    let Some(typed) = complete::typed(text) else {
        return Vec::new();
    };
    let index = context.index();
    let request = Request {
        query: query::parse(text).settled(&context.config.person()),
        today: context.today,
        complete: true,
        ..Request::default()
    };
    let matches = Searcher::new(Arc::clone(&index)).search(&request, &|| false);
    let matches = matches.unwrap_or_default();
    let found = matches.completed(&typed).take(LISTED);
    let found = found.map(|completion| {
        let about = match completion.count {
            Some(1) => "1 posting".to_owned(),
            Some(count) => format!("{count} postings"),
            None => "term".to_owned(),
        };
        (
            format!("{}{}", &text[..typed.start], completion.text),
            about,
        )
    });
    found.collect()
}

impl Line {
    fn read(words: &[String]) -> Self {
        let mut line = Self::default();
        let Some((last, words)) = words.split_last() else {
            return line;
        };
        let root = Cli::command();
        let mut command = &root;
        let mut positional: Vec<String> = Vec::new();
        // Option whose value comes next.
        let mut pending: Option<&clap::Arg> = None;
        let mut are_values = false;
        for word in words {
            if let Some(option) = pending.take() {
                line.note_option(option, word);
            } else if !are_values && word == "--" {
                are_values = true;
            } else if !are_values && word.starts_with('-') && word.len() > 1 {
                let (name, value) = word
                    .split_once('=')
                    .map_or((word.as_str(), None), |(name, value)| (name, Some(value)));
                let option = option(&root, command, name);
                match (option, value) {
                    (Some(option), Some(value)) => line.note_option(option, value),
                    (option, _) => pending = option,
                }
            } else if let Some(found) = command
                .find_subcommand(word)
                .filter(|_| positional.is_empty())
            {
                command = found;
            } else {
                positional.push(word.clone());
            }
        }
        if let Some(option) = pending {
            line.argument = Some(option.get_id().to_string());
            line.values = vec![last.clone()];
            return line;
        }
        if !are_values && last.starts_with('-') {
            return line;
        }
        let mut arguments = command.get_positionals();
        let count = command.get_positionals().count();
        let argument = arguments.nth(positional.len().min(count.saturating_sub(1)));
        let is_list = |argument: &clap::Arg| matches!(argument.get_action(), ArgAction::Append);
        if let Some(argument) = argument.filter(|one| positional.len() < count || is_list(one)) {
            let before = positional.split_off(positional.len().min(count - 1));
            line.argument = Some(argument.get_id().to_string());
            line.values = if is_list(argument) {
                before
            } else {
                Vec::new()
            };
            line.values.push(last.clone());
        }
        line
    }

    /// Keeps the options that say which board is searched.
    fn note_option(&mut self, option: &clap::Arg, value: &str) {
        match option.get_id().as_str() {
            "boards" => self.boards.push(value.into()),
            "config" => self.config = Some(value.into()),
            _ => {}
        }
    }
}

/// The option with this name, if it takes a value.
fn option<'a>(
    root: &'a clap::Command,
    command: &'a clap::Command,
    name: &str,
) -> Option<&'a clap::Arg> {
    let is_named = |argument: &&clap::Arg| match name.strip_prefix("--") {
        Some(long) => argument.get_long() == Some(long),
        None => argument.get_short() == name[1..].chars().next() && name.chars().count() == 2,
    };
    let takes_value =
        |argument: &&clap::Arg| matches!(argument.get_action(), ArgAction::Set | ArgAction::Append);
    let options = command.get_arguments().chain(root.get_arguments());
    options.filter(takes_value).find(is_named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> (Option<String>, String, usize) {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let line = Line::read(&words);
        (line.argument, line.values.join(" "), line.boards.len())
    }

    #[test]
    fn the_argument_at_the_cursor_is_known() {
        let query = || Some("query".to_owned());
        for (text, argument, values, boards) in [
            ("list ru", query(), "ru", 0),
            ("list rust loc:", query(), "rust loc:", 0),
            (
                "--board x facets --unjudged level:se",
                query(),
                "level:se",
                1,
            ),
            ("list --board=x --format json -- a b", query(), "a b", 1),
            ("-q ru", query(), "ru", 0),
            ("list --view ru", Some("view".to_owned()), "ru", 0),
            ("explain rust", query(), "rust", 0),
            ("explain rust p1", Some("id".to_owned()), "p1", 0),
            ("list --fo", None, "", 0),
            ("undo x", None, "", 0),
        ] {
            assert_eq!(line(text), (argument, values.to_owned(), boards), "{text}");
        }
        assert_eq!(Line::read(&[]).argument, None);
    }
}
