//! An interview as a JSON object.

use serde::Serialize;

use crate::board::Interview;

/// An interview, with the ids of its related postings.
#[derive(Serialize)]
pub(in super::super) struct InterviewRecord<'a> {
    id: &'a str,
    title: &'a str,
    subtitle: Option<&'a str>,
    person: Option<PersonRecord<'a>>,
    photo: Option<&'a str>,
    credit: Option<&'a str>,
    caption: Option<&'a str>,
    editors_note: Option<&'a str>,
    introduction: Option<&'a str>,
    topics: &'a [String],
    publisher: Option<&'a str>,
    retold: bool,
    related: Vec<&'a str>,
    url: Option<&'a str>,
    exchange: Vec<ExchangeRecord<'a>>,
}

#[derive(Serialize)]
struct PersonRecord<'a> {
    name: &'a str,
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
            photo: interview.photo.as_deref(),
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
