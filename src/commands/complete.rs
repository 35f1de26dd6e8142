//! `jobdeck complete`: what may complete a command line, for the scripts of `jobdeck completions`.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use clap::builder::PossibleValue;
use clap::{ArgAction, CommandFactory, ValueEnum};

use super::boards::Boards;
use super::{Context, Failure, Outcome, Output, context, counted, help};
use crate::board::{Board, field, text};
use crate::cli::{Cli, Column, Global, MarkWord};
use crate::config::views;
use crate::query::{self, complete};
use crate::search::{Request, Searcher};
use crate::{content, sync};

/// Most completions of a query that are printed.
const LISTED: usize = 40;
/// Ids above which only their common beginnings are printed.
const MANY: usize = 200;

/// A command line up to the cursor.
#[derive(Debug, Default)]
struct Line {
    /// Folders given by `--board` or as the board of the command.
    boards: Vec<std::path::PathBuf>,
    /// File given by `--config`.
    config: Option<std::path::PathBuf>,
    /// Name of the command.
    command: String,
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
    let word = line.values.last().map_or("", String::as_str);
    let found = match (line.argument.as_deref(), line.command.as_str()) {
        (Some("query"), _) => {
            let text = line.values.join(" ");
            // Only the last word is replaced.
            let kept = text.len() - word.len();
            let queries = query_words(&text, &Context::open(global, output)?).into_iter();
            let words = queries.filter_map(|(text, about)| Some((text.get(kept..)?.into(), about)));
            words.collect()
        }
        (Some("view"), _) => views(word, &global),
        (Some("id"), "read") => interviews(word, &Context::open(global, output)?.board),
        (Some("ids" | "id"), _) => ids(word, &Context::open(global, output)?.board),
        (Some("mark"), _) => {
            let mut found = ids(word, &Context::open(global, output)?.board);
            let marks = MarkWord::value_variants().iter();
            let marks = marks.filter_map(ValueEnum::to_possible_value);
            let marks = marks.filter(|mark| mark.get_name().starts_with(word));
            let about = |mark: &PossibleValue| mark.get_help().map(ToString::to_string);
            let marks =
                marks.map(|mark| (mark.get_name().to_owned(), about(&mark).unwrap_or_default()));
            found.splice(0..0, marks);
            found
        }
        (Some("columns"), _) => columns(word),
        (Some("map"), _) => after_comma(word, field::NAMES.iter().map(|name| format!("{name}="))),
        (Some("source"), "sync") => sources(word, global, "", output),
        (Some("rename"), "sync") => sources(word, global, "=", output),
        (Some("topic" | "page"), _) => topics(&line.values),
        _ => Vec::new(),
    };
    for (word, about) in &found {
        writeln!(output, "{word}\t{about}")?;
    }
    Ok(Outcome::from_found(!found.is_empty()))
}

/// A completion of a word, and what it is.
type Completion = (String, String);

/// Saved views, with their queries.
fn views(word: &str, global: &Global) -> Vec<Completion> {
    let file = views::place(global.config.as_deref());
    let (views, _) = file.as_deref().map(views::load).unwrap_or_default();
    let views = views.into_iter().map(|view| (view.name, view.query));
    views.filter(|(name, _)| name.starts_with(word)).collect()
}

fn interviews(word: &str, board: &Board) -> Vec<Completion> {
    let interviews = board.interviews().iter();
    let found = interviews.filter(|interview| interview.id.starts_with(word));
    found
        .map(|one| (one.id.clone(), one.title.clone()))
        .collect()
}

/// Ids of postings, with their titles; of very many only how they begin.
fn ids(word: &str, board: &Board) -> Vec<Completion> {
    let postings = board.postings();
    let found = postings.filter(|posting| posting.id.starts_with(word));
    let mut found: Vec<Completion> = found
        .map(|posting| (posting.id.clone(), posting.title.clone()))
        .collect();
    if found.len() <= MANY {
        return found;
    }
    let mut beginnings: BTreeMap<String, usize> = BTreeMap::new();
    for (id, _) in found.drain(..) {
        let rest = &id[word.len()..];
        let end = rest.find(['.', '-', '/', '_']).map_or(id.len(), |end| {
            // The separator itself may be all that follows.
            word.len() + end + 1
        });
        *beginnings.entry(id[..end].to_owned()).or_default() += 1;
    }
    let beginnings = beginnings.into_iter();
    beginnings
        .map(|(id, count)| (id, counted(count, "posting")))
        .collect()
}

/// Columns after the last comma of a list.
fn columns(word: &str) -> Vec<Completion> {
    let all = Column::all().iter();
    after_comma(word, all.map(|column| column.word().to_owned()))
}

/// Completes the entry after the last comma; entries that are there already are left out.
fn after_comma(word: &str, names: impl Iterator<Item = String>) -> Vec<Completion> {
    let (before, last) = match word.rfind(',') {
        Some(comma) => word.split_at(comma + 1),
        None => ("", word),
    };
    let taken: Vec<&str> = before.split(',').collect();
    let names = names.filter(|name| name.starts_with(last) && !taken.contains(&name.as_str()));
    names
        .map(|name| (format!("{before}{name}"), "column".to_owned()))
        .collect()
}

/// Sources of the first board that lists any.
fn sources(word: &str, global: Global, end: &str, output: &mut Output) -> Vec<Completion> {
    let config = context::config(&global, output);
    let boards = Boards::choose(global.boards, &config);
    let listed = boards.folders.iter();
    let listed = listed.filter_map(|folder| content::sources(folder).ok());
    let sources = listed.flat_map(|(listed, _)| sync::sources(&listed));
    let sources = sources.filter(|source| source.name.starts_with(word));
    sources
        .map(|source| (text::line(&source.name) + end, text::line(&source.url)))
        .collect()
}

/// Commands and topics of the help, and pages of the manual.
fn topics(words: &[String]) -> Vec<Completion> {
    let Some((last, before)) = words.split_last() else {
        return Vec::new();
    };
    let root = Cli::command();
    let mut command = &root;
    for word in before {
        match command.find_subcommand(word) {
            Some(found) => command = found,
            None => return Vec::new(),
        }
    }
    let commands = command.get_subcommands().filter(|one| !one.is_hide_set());
    let commands = commands.map(|one| {
        let about = one.get_about().map(ToString::to_string);
        (one.get_name().to_owned(), about.unwrap_or_default())
    });
    let topics = help::TOPICS.map(|topic| (topic.to_owned(), "topic".to_owned()));
    let topics = topics.into_iter().filter(|_| before.is_empty());
    let all = commands.chain(topics);
    all.filter(|(name, _)| name.starts_with(last.as_str()))
        .collect()
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
                line.command.push_str(word);
            } else {
                positional.push(word.clone());
            }
        }
        let named = command.get_positionals().zip(&positional);
        let board = named.filter(|(argument, _)| argument.get_id() == "board");
        line.boards.extend(board.map(|(_, folder)| folder.into()));
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
