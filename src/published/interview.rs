//! Encodes an interview as a line of JSON, and decodes it through the text gate.

use serde_json::{Map, Value, json};

use super::error::PublishedError;
use super::posting::{check_id, object};
use crate::board::field::{BLOCK, LINE, LIST};
use crate::board::safe_url::SafeUrl;
use crate::board::{Exchange, Interview, Person, text};

/// The line of an interview, without its line break.
pub fn interview_line(interview: &Interview) -> String {
    let person = interview.person.as_ref();
    let exchanges = interview.exchanges.iter();
    let exchanges: Vec<_> = exchanges
        .map(|one| json!({"question": one.question, "answer": one.answer}))
        .collect();
    let pairs = [
        ("id", json!(interview.id)),
        ("title", json!(interview.title)),
        ("subtitle", json!(interview.subtitle)),
        (
            "person",
            json!(person.map(|one| json!({"name": one.name, "role": one.role}))),
        ),
        ("credit", json!(interview.credit)),
        ("caption", json!(interview.caption)),
        ("editors_note", json!(interview.editors_note)),
        ("introduction", json!(interview.introduction)),
        ("topics", json!(interview.topics)),
        ("publisher", json!(interview.publisher)),
        ("retold", json!(interview.retold)),
        ("related", json!(interview.related)),
        ("url", json!(interview.url)),
        ("exchange", json!(exchanges)),
    ];
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_null());
    let pairs = pairs.map(|(key, value)| (key.to_owned(), value));
    Value::Object(pairs.collect()).to_string()
}

/// The interview in a line.
///
/// # Errors
/// The line is not a valid interview.
pub fn interview(written: &str) -> Result<Interview, PublishedError> {
    let keys = object(written)?;
    let id = line(&keys, "id").unwrap_or_default();
    check_id(&id)?;
    let title = line(&keys, "title").ok_or(PublishedError::UntitledInterview)?;
    let exchanges = keys.get("exchange").and_then(Value::as_array);
    let exchanges = exchanges.into_iter().flatten().take(LIST);
    let exchanges = exchanges.filter_map(|one| {
        let one = one.as_object()?;
        Some(Exchange {
            question: line(one, "question")?,
            answer: block(one, "answer")?,
        })
    });
    let person = keys.get("person").and_then(Value::as_object);
    let url = line(&keys, "url");
    Ok(Interview {
        id,
        title,
        subtitle: line(&keys, "subtitle"),
        person: person.and_then(|one| {
            Some(Person {
                name: line(one, "name")?,
                role: line(one, "role"),
            })
        }),
        // A published board has no files beside its lines.
        photo: None,
        credit: line(&keys, "credit"),
        caption: line(&keys, "caption"),
        editors_note: line(&keys, "editors_note"),
        introduction: block(&keys, "introduction"),
        topics: lines(&keys, "topics").unwrap_or_default(),
        publisher: line(&keys, "publisher"),
        retold: keys.get("retold").and_then(Value::as_bool) == Some(true),
        related: lines(&keys, "related"),
        url: url.and_then(|url| Some(SafeUrl::parse(&url).ok()?.into())),
        exchanges: exchanges.collect(),
    })
}

fn line(keys: &Map<String, Value>, key: &str) -> Option<String> {
    one_line(keys.get(key)?)
}

fn one_line(value: &Value) -> Option<String> {
    let line = text::line(value.as_str()?);
    (!line.is_empty() && line.chars().count() <= LINE).then_some(line)
}

fn block(keys: &Map<String, Value>, key: &str) -> Option<String> {
    let block = text::block(keys.get(key)?.as_str()?);
    let block = block.trim_end().trim_start_matches('\n');
    (!block.is_empty() && block.len() <= BLOCK).then(|| block.to_owned())
}

fn lines(keys: &Map<String, Value>, key: &str) -> Option<Vec<String>> {
    let list = keys.get(key)?.as_array()?.iter().take(LIST);
    Some(list.filter_map(one_line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interview_reads_back_as_it_was_written() {
        let whole = Interview {
            id: "ada".into(),
            title: "Looms".into(),
            person: Some(Person {
                name: "Ada".into(),
                role: None,
            }),
            introduction: Some("One\n\ntwo.".into()),
            topics: vec!["looms".into()],
            related: Some(vec!["a".into()]),
            url: Some("https://a.example/".into()),
            exchanges: vec![Exchange {
                question: "Why?".into(),
                answer: "Because.\n\nThus.".into(),
            }],
            ..Interview::default()
        };
        assert_eq!(interview(&interview_line(&whole)), Ok(whole));
        let none = Interview {
            id: "b".into(),
            title: "B".into(),
            ..Interview::default()
        };
        assert_eq!(interview(&interview_line(&none)), Ok(none));
        assert!(interview("{\"id\":\"a\"}").is_err());
        assert!(interview("{\"title\":\"a\"}").is_err());
    }
}
