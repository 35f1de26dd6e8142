//! An interview as a JSON object.

use serde::Serialize;

use crate::board::Interview;

/// An interview, with the ids of its related postings.
#[derive(Serialize)]
pub(in super::super) struct InterviewRecord<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<PersonRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    editors_note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    introduction: Option<&'a str>,
    topics: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    retold: bool,
    related: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    exchange: Vec<ExchangeRecord<'a>>,
}

#[derive(Serialize)]
struct PersonRecord<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
}

#[derive(Serialize)]
struct ExchangeRecord<'a> {
    question: &'a str,
    answer: &'a str,
}

impl<'a> InterviewRecord<'a> {
    pub(in super::super) fn new(interview: &'a Interview, related: Vec<&'a str>) -> Self {
        let person = interview.person.as_ref().map(|person| PersonRecord {
            name: &person.name,
            role: person.role.as_deref(),
        });
        let exchange = interview.exchanges.iter().map(|exchange| ExchangeRecord {
            question: &exchange.question,
            answer: &exchange.answer,
        });
        Self {
            id: &interview.id,
            title: &interview.title,
            subtitle: interview.subtitle.as_deref(),
            person,
            credit: interview.credit.as_deref(),
            caption: interview.caption.as_deref(),
            editors_note: interview.editors_note.as_deref(),
            introduction: interview.introduction.as_deref(),
            topics: &interview.topics,
            publisher: interview.publisher.as_deref(),
            retold: interview.retold,
            related,
            url: interview.url.as_deref(),
            exchange: exchange.collect(),
        }
    }
}
