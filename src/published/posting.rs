//! Encodes a posting as a line of JSON with the vocabulary's keys, and decodes it through the text gate.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use super::error::PublishedError;
use crate::board::field::{FIELDS, ID, TITLE, Value};
use crate::board::{Posting, Source};
use crate::json;

/// The field that is stored in separate chunks.
const DESCRIPTION: &str = "description";
/// The field that is published without its changing parts.
const SOURCE: &str = "source";

/// A posting, and the invalid values of its line.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadPosting {
    /// The posting, without its description.
    pub posting: Posting,
    /// A message for each value left out.
    pub problems: Vec<String>,
}

/// The line of a posting, without its description and its line break. The day of the last fetch is left out because it
/// changes daily.
pub fn posting_line(posting: &Posting) -> String {
    let mut line = Map::new();
    let lasting = posting.source.as_ref().map(|source| Source {
        retrieved: None,
        last_seen: None,
        ..source.clone()
    });
    let lasting = Posting {
        source: lasting,
        ..Posting::default()
    };
    for field in FIELDS {
        let value = match field.name {
            DESCRIPTION => None,
            SOURCE => field.value(&lasting),
            _ => field.value(posting),
        };
        if let Some(value) = value
            && let Ok(value) = serde_json::to_value(json::Json(value))
        {
            line.insert(field.name.to_owned(), value);
        }
    }
    Json::Object(line).to_string()
}

/// The line of a posting's description.
pub fn description_line(posting: &Posting) -> String {
    let mut line = Map::new();
    line.insert("id".to_owned(), Json::from(posting.id.as_str()));
    if !posting.description.is_empty() {
        let text = Json::from(posting.description.as_str());
        line.insert(DESCRIPTION.to_owned(), text);
    }
    Json::Object(line).to_string()
}

/// The posting in a line.
///
/// # Errors
/// The line is not a valid posting.
pub fn posting(line: &str) -> Result<ReadPosting, PublishedError> {
    let ReadPosting {
        mut posting,
        mut problems,
    } = fields(line)?;
    check_id(&posting.id)?;
    if posting.title.is_empty() {
        return Err(PublishedError::UntitledPosting);
    }
    if let Some((cut, _)) = posting.title.char_indices().nth(TITLE) {
        posting.title.truncate(cut);
        problems.push(format!(
            "a `title` has at most {TITLE} characters; the rest is left out"
        ));
    }
    if let Some((posted, closes)) = posting.posted.zip(posting.closes)
        && posted > closes
    {
        problems.push(format!(
            "closes on {closes}, before it is posted on {posted}"
        ));
    }
    Ok(ReadPosting { posting, problems })
}

/// The fields in a line, of which none is required.
///
/// # Errors
/// The line is not an object.
pub fn fields(line: &str) -> Result<ReadPosting, PublishedError> {
    let mut keys = object(line)?;
    let mut posting = Posting::default();
    let mut problems = Vec::new();
    for field in FIELDS {
        if let Some(value) = keys.remove(field.name).and_then(json::value) {
            problems.extend(field.read(&mut posting, &value));
        }
    }
    if let Some(key) = keys.keys().next() {
        let key = crate::board::text::quoted(key);
        problems.push(format!("{key} is not a key of a posting"));
    }
    Ok(ReadPosting { posting, problems })
}

/// A description, and what is wrong with it.
pub fn described(written: String) -> (String, Vec<String>) {
    let mut posting = Posting::default();
    let value = Value::Block(Cow::Owned(written));
    let field = crate::board::field::named(DESCRIPTION);
    let problems = field.map(|field| field.read(&mut posting, &value));
    (posting.description, problems.unwrap_or_default())
}

/// The description in a line, and what is wrong with it.
///
/// # Errors
/// It does not belong to the posting with this id.
pub fn description(line: &str, id: &str) -> Result<(String, Vec<String>), PublishedError> {
    let mut keys = object(line)?;
    let same = keys.get("id").and_then(Json::as_str) == Some(id);
    if !same {
        return Err(PublishedError::OtherDescription);
    }
    Ok(match keys.remove(DESCRIPTION) {
        Some(Json::String(written)) => described(written),
        _ => (String::new(), Vec::new()),
    })
}

/// The object in a line.
pub(super) fn object(line: &str) -> Result<Map<String, Json>, PublishedError> {
    match serde_json::from_str(line) {
        Ok(Json::Object(keys)) => Ok(keys),
        Ok(_) => Err(PublishedError::NoObject),
        Err(_) => Err(PublishedError::NoJson),
    }
}

/// Whether a text may be an id.
///
/// # Errors
/// Why not.
pub(super) fn check_id(id: &str) -> Result<(), PublishedError> {
    if id.is_empty() {
        return Err(PublishedError::NoId);
    }
    if id.contains(' ') {
        return Err(PublishedError::SpacedId);
    }
    if id.chars().count() > ID {
        return Err(PublishedError::LongId);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Location, Period, Salary, Workplace};

    #[test]
    fn a_posting_reads_back_as_it_was_written() {
        let whole = Posting {
            id: "acme/a.1".into(),
            title: "Engineer \"Rust\"\u{2028}".trim_end().into(),
            company: Some("Acme".into()),
            locations: vec![Location::parse("Kiel, DE")],
            workplace: Some(Workplace::Hybrid),
            posted: Some("2026-11-01".parse().unwrap()),
            salary: vec![Salary {
                min: Some(90_000.0),
                max: None,
                currency: iso_currency::Currency::EUR,
                per: Period::Year,
                location: None,
            }],
            url: Some("https://acme.example/1".into()),
            tags: vec!["search".into()],
            description: "## About\n\nWe build.".into(),
            source: Some(Source {
                format: Some("lever".into()),
                last_seen: Some("2026-11-28".parse().unwrap()),
                ..Source::default()
            }),
            ..Posting::default()
        };
        let line = posting_line(&whole);
        assert!(
            !line.contains("last_seen") && !line.contains("build"),
            "{line}"
        );
        let read = posting(&line).unwrap();
        assert_eq!(read.problems, [""; 0]);
        let (text, problems) = description(&description_line(&whole), "acme/a.1").unwrap();
        assert_eq!(
            (problems.len(), text.as_str()),
            (0, "## About\n\nWe build.")
        );
        let back = Posting {
            description: text,
            ..read.posting
        };
        let lasting = Posting {
            source: Some(Source {
                format: Some("lever".into()),
                ..Source::default()
            }),
            ..whole
        };
        assert_eq!(back, lasting);
    }

    #[test]
    fn what_a_line_cannot_hold_is_left_out_and_told() {
        let cases = [
            ("", "no JSON"),
            ("[1]", "no object"),
            ("{\"title\":\"x\"}", "no `id`"),
            ("{\"id\":\"a b\",\"title\":\"x\"}", "no spaces"),
            ("{\"id\":\"a\",\"title\":\"\\u0000\"}", "no `title`"),
        ];
        for (line, why) in cases {
            let refused = posting(line).unwrap_err().to_string();
            assert!(refused.contains(why), "{line}: {refused}");
        }
        let odd = "{\"id\":\"a\\u001b[2J\",\"title\":\"x\",\"url\":\"javascript:1\",\"shoe\":1}";
        let read = posting(odd).unwrap();
        assert_eq!(read.posting.url, None);
        assert!(!read.posting.id.contains('\u{1b}'));
        assert_eq!(read.problems.len(), 2, "{:?}", read.problems);
        assert!(description("{\"id\":\"b\"}", "a").is_err());
    }
}
