//! Which keys a table may hold, in which order, and what kind of text each is.

use super::super::{interview, listed, posting, sheet};

/// The keys of a table, by the path of names that leads to it.
pub(super) fn of(path: &str) -> &'static [&'static str] {
    match path {
        "board" => sheet::BOARD,
        "source" => listed::KEYS,
        "posting" => posting::KEYS,
        "posting.salary" => posting::SALARY,
        "posting.source" => posting::SOURCE,
        "interview" => interview::KEYS,
        "interview.person" => interview::PERSON,
        "interview.exchange" => interview::EXCHANGE,
        _ => &[],
    }
}

/// Whether a key holds Markdown.
pub(super) fn is_block(path: &str) -> bool {
    matches!(
        path,
        "board.description"
            | "posting.description"
            | "interview.introduction"
            | "interview.exchange.answer"
    )
}

/// Whether a key holds a day.
pub(super) fn is_day(path: &str) -> bool {
    matches!(
        path,
        "posting.posted"
            | "posting.closes"
            | "posting.source.retrieved"
            | "posting.source.first_seen"
            | "posting.source.last_seen"
    )
}

/// The path of a key in a table.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        return key.to_owned();
    }
    format!("{path}.{key}")
}
