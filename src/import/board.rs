//! A board published by jobdeck, gathered from its chunks into one document: the head of its manifest, its interviews and
//! its postings.
//!
//! A manifest only lists the chunks. They are gathered before this format reads them, and their sizes and hashes are
//! checked then.

use serde_json::value::RawValue;

use super::paging::Pages;
use super::recognise::Sign;
use super::refusal::Refusal;
use super::spec::{Board, FormatSpec, Read};
use super::{Interview, RowError, RowPosition, json, native_json};
use crate::published;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "board",
    signs: &[Sign::Keys(&["jobdeck", "generated"])],
    read: Read::Board(read),
    site: None,
    pages: Pages::One,
};

/// Name of the list of postings.
const POSTINGS: &str = "postings";

fn read(text: &str) -> Result<Board<'_>, String> {
    let (head, rows) = json::rows(text, &[POSTINGS])?;
    if !rows.is_list() {
        return Err(
            "it is the manifest of a published board, without the chunks that it lists; name its address or its path".into(),
        );
    }
    let mut interviews = Vec::new();
    let mut errors = Vec::new();
    for (row, line) in (1..).zip(head.list("interviews")) {
        match interview(line, row) {
            Ok(interview) => interviews.push(interview),
            Err(error) => errors.push(error),
        }
    }
    Ok(Board {
        name: head.text("name"),
        drafts: native_json::published(text, &[POSTINGS])?,
        interviews,
        errors,
    })
}

fn interview(line: &RawValue, row: usize) -> Result<Interview, RowError> {
    published::interview(line.get()).map_err(|why| {
        let place = RowPosition { row, line: 1 };
        Refusal::wrong(format!("among the interviews: {why}")).at(place)
    })
}
