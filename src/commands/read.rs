//! `jobdeck read`: prints an interview, or lists them.

use serde::{Serialize, Serializer};

use super::item::{self, Item};
use super::record::InterviewRecord;
use super::rows::{self, Row};
use super::{Context, Failure, Outcome, Output};
use crate::board::{Board, Interview};
use crate::cli::{Format, Read, ReadFormat, TextFormat};

const BRIEF: [&str; 3] = ["id", "person", "title"];
const WHOLE: [&str; 10] = [
    "id",
    "title",
    "subtitle",
    "person",
    "role",
    "topics",
    "publisher",
    "retold",
    "related",
    "url",
];

/// Prints the interview; also accepts the id of a posting.
pub(super) fn run(args: &Read, context: &Context, output: &mut Output) -> Result<Outcome, Failure> {
    let board = &*context.board;
    if args.list {
        return list(args.format, board, output);
    }
    let format = match args.format {
        ReadFormat::Text => TextFormat::Text,
        ReadFormat::Markdown => TextFormat::Markdown,
        ReadFormat::Json => TextFormat::Json,
        ReadFormat::Jsonl | ReadFormat::Csv | ReadFormat::Tsv => {
            let reason = "jsonl, csv and tsv are formats of a list: add --list";
            return Err(Failure::Because(reason.to_owned()));
        }
    };
    let Some(id) = &args.id else {
        return first(format, context, output);
    };
    context.fetch(id)?;
    let page = Item::interview(board, id).or_else(|| Item::posting(board, id));
    let Some(page) = page else {
        return Ok(item::unknown(id, context, output));
    };
    page.print(format, context, output)?;
    Ok(Outcome::Found)
}

/// An interview as a row of a list.
struct ListedInterview<'a> {
    interview: &'a Interview,
    related: Vec<String>,
    brief: bool,
}

impl Serialize for ListedInterview<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let related = self.related.iter().map(String::as_str).collect();
        InterviewRecord::new(self.interview, related).serialize(serializer)
    }
}

impl Row for &ListedInterview<'_> {
    fn cells(&self) -> Vec<String> {
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        let one = self.interview;
        let person = one.person.as_ref();
        let name = text(person.map(|person| &person.name));
        if self.brief {
            return vec![one.id.clone(), name, one.title.clone()];
        }
        vec![
            one.id.clone(),
            one.title.clone(),
            text(one.subtitle.as_ref()),
            name,
            text(person.and_then(|person| person.role.as_ref())),
            one.topics.join("; "),
            text(one.publisher.as_ref()),
            one.retold.to_string(),
            self.related.join("; "),
            text(one.url.as_ref()),
        ]
    }
}

/// Lists the interviews.
fn list(format: ReadFormat, board: &Board, output: &mut Output) -> Result<Outcome, Failure> {
    let format = match format {
        ReadFormat::Text => Format::Table,
        ReadFormat::Json => Format::Json,
        ReadFormat::Jsonl => Format::Jsonl,
        ReadFormat::Csv => Format::Csv,
        ReadFormat::Tsv => Format::Tsv,
        ReadFormat::Markdown => {
            let reason =
                "a list has no Markdown form; its formats are text, json, jsonl, csv and tsv";
            return Err(Failure::Because(reason.to_owned()));
        }
    };
    let brief = format == Format::Table;
    let interviews = board.interviews();
    let listed = interviews.iter().map(|interview| {
        let related = board.related(interview).into_iter();
        ListedInterview {
            interview,
            related: related.map(|posting| posting.id.clone()).collect(),
            brief,
        }
    });
    let listed: Vec<_> = listed.collect();
    if interviews.is_empty() {
        output.note("this board has no interviews");
    }
    if !interviews.is_empty() || !brief {
        let titles: &[&str] = if brief { &BRIEF } else { &WHOLE };
        rows::write(format, titles, listed.iter(), output)?;
    }
    Ok(Outcome::from_found(!interviews.is_empty()))
}

/// Prints the board's first interview, and lists the others.
fn first(format: TextFormat, context: &Context, output: &mut Output) -> Result<Outcome, Failure> {
    let Some((first, others)) = context.board.interviews().split_first() else {
        output.note("this board has no interviews");
        return Ok(Outcome::Nothing);
    };
    Item::Interview(first).print(format, context, output)?;
    if !others.is_empty() {
        let ids: Vec<_> = others.iter().map(|other| other.id.as_str()).collect();
        output.note(&format!("the other interviews are {}", ids.join(", ")));
    }
    Ok(Outcome::Found)
}
