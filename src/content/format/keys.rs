//! Which keys a table may hold, in which order, and which kind of text each takes.

use std::borrow::Cow;

use super::super::{allow, interview, listed, overrides, parsed_file};
use crate::board::field::{self, Kind};
use crate::board::{Company, PostalAddress, Salary, SiteSettings, Source, Years};

/// Keys of a table, given its path of names.
pub(super) fn known(path: &str) -> &'static [&'static str] {
    match as_posting(path).as_ref() {
        "board" => parsed_file::BOARD,
        "check" => allow::KEYS,
        "source" => listed::KEYS,
        "site" => SiteSettings::KEYS,
        "company" => Company::KEYS,
        "company.address" => PostalAddress::KEYS,
        "posting" => field::NAMES,
        "override" => overrides::KEYS,
        "posting.salary" => Salary::KEYS,
        "posting.source" => Source::KEYS,
        "posting.years" => Years::KEYS,
        "interview" => interview::KEYS,
        "interview.person" => interview::PERSON,
        "interview.exchange" => interview::EXCHANGE,
        _ => &[],
    }
}

/// Whether a key takes Markdown.
pub(super) fn is_block(path: &str) -> bool {
    let is_listed = matches!(
        path,
        "board.description"
            | "site.footer"
            | "interview.introduction"
            | "interview.exchange.answer"
    );
    is_listed || kind(path).is_some_and(|kind| matches!(kind, Kind::Block(_)))
}

/// Whether a key takes a date.
pub(super) fn is_day(path: &str) -> bool {
    let is_listed = matches!(
        path,
        "posting.source.retrieved" | "posting.source.first_seen" | "posting.source.last_seen"
    );
    is_listed || kind(path).is_some_and(|kind| matches!(kind, Kind::Day(_)))
}

/// Kind of a posting's field.
fn kind(path: &str) -> Option<&'static Kind> {
    let field = field::named(as_posting(path).strip_prefix("posting.")?)?;
    Some(&field.kind)
}

/// Path of a posting's key for one of an override, whose values have the same shape.
fn as_posting(path: &str) -> Cow<'_, str> {
    match path.strip_prefix("override.") {
        Some(key) => format!("posting.{key}").into(),
        None => path.into(),
    }
}

/// Path of a key within a table.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        return key.to_owned();
    }
    format!("{path}.{key}")
}
