//! Converts an `[[interview]]` table to an interview.

use super::fields::{LEFT_OUT, TableFields};
use super::lint;
use super::posting::{id, plain, title};
use super::rule::Rule;
use crate::board::{Exchange, Interview, Person};

pub(super) const KEYS: &[&str] = &[
    "id",
    "title",
    "subtitle",
    "person",
    "photo",
    "credit",
    "caption",
    "editors_note",
    "introduction",
    "topics",
    "publisher",
    "retold",
    "related",
    "url",
    "exchange",
];
pub(super) const PERSON: &[&str] = &["name", "role"];
pub(super) const EXCHANGE: &[&str] = &["question", "answer"];

/// The interview in a table, and the positions of its related ids; `None` without a valid id or title.
pub(super) fn interview(fields: TableFields<'_>) -> Option<(Interview, Vec<(String, usize)>)> {
    let fields = fields.known(KEYS);
    let (id, title) = (id(&fields), title(&fields));
    let related = fields.lines("related");
    let interview = Interview {
        id: String::new(),
        title: String::new(),
        subtitle: fields.line("subtitle"),
        person: fields.table("person", "person").and_then(person),
        photo: fields.line("photo"),
        credit: fields.line("credit"),
        caption: fields.line("caption"),
        editors_note: fields.line("editors_note"),
        introduction: fields.block("introduction"),
        topics: plain(fields.lines("topics")),
        publisher: fields.line("publisher"),
        retold: fields.flag("retold"),
        related: related.clone().map(|ids| plain(Some(ids))),
        url: fields.url("url"),
        exchanges: exchanges(&fields),
    };
    let whole = Interview {
        id: id?,
        title: title?,
        ..interview
    };
    if fields.report.lint_date.is_some() {
        lint::prose(&fields, "title", &whole.title);
        let introduction = whole.introduction.as_deref().unwrap_or_default();
        lint::prose(&fields, "introduction", introduction);
    }
    Some((whole, related.unwrap_or_default()))
}

fn person(fields: TableFields<'_>) -> Option<Person> {
    let fields = fields.known(PERSON);
    fields.missing("name", "");
    let role = fields.line("role");
    let name = fields.line("name")?;
    Some(Person { name, role })
}

fn exchanges(fields: &TableFields<'_>) -> Vec<Exchange> {
    fields.missing("exchange", ": an interview needs at least one");
    let tables = fields.tables("exchange", "exchange");
    if tables.as_ref().is_some_and(Vec::is_empty) {
        fields.wrong(
            Rule::EmptyValue,
            "exchange",
            "an interview needs at least one exchange",
            None,
        );
    }
    tables.into_iter().flatten().filter_map(exchange).collect()
}

fn exchange(fields: TableFields<'_>) -> Option<Exchange> {
    let fields = fields.known(EXCHANGE);
    fields.missing("question", LEFT_OUT);
    fields.missing("answer", LEFT_OUT);
    let (question, answer) = (fields.line("question"), fields.block("answer"));
    let answered = fields
        .table
        .get("answer")
        .and_then(|answer| answer.get_ref().as_str());
    if answer.is_none() && answered.is_some_and(|answer| answer.trim().is_empty()) {
        fields.wrong(
            Rule::EmptyValue,
            "answer",
            "`answer` is empty, so its question is left out",
            None,
        );
    }
    let exchange = Exchange {
        question: question?,
        answer: answer?,
    };
    if fields.report.lint_date.is_some() {
        lint::prose(&fields, "question", &exchange.question);
        lint::prose(&fields, "answer", &exchange.answer);
    }
    Some(exchange)
}
