//! Adjusts the postings of a source as its `[[source]]` table asks for: selects, tags and expires them.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::ToSpan;

use super::Source;
use crate::board::{Board, Date, Posting};
use crate::query;
use crate::search::{Index, Request, Searcher};

/// Adjusts postings in place and returns the number of those that were left out.
pub(super) fn adjust(
    source: &Source,
    postings: &mut Vec<Posting>,
    today: Date,
    first_seen: impl Fn(&str) -> Date,
) -> usize {
    for posting in &mut *postings {
        if let Some(from) = &mut posting.source {
            // Two branches of a board that sync on different days would conflict over it.
            from.retrieved = None;
        }
        for tag in &source.tags {
            if !posting.tags.contains(tag) {
                posting.tags.push(tag.clone());
            }
        }
        if let (None, Some(days)) = (posting.closes, source.expires_after) {
            let since = posting.posted.unwrap_or_else(|| first_seen(&posting.id));
            posting.closes = since.checked_add(i64::from(days).days()).ok();
        }
    }
    let before = postings.len();
    if let Some(only) = &source.only {
        let selected = selected(only, postings, today);
        postings.retain(|posting| selected.contains(&posting.id));
    }
    before - postings.len()
}

/// Ids of the postings that match a query.
fn selected(only: &str, postings: &[Posting], today: Date) -> HashSet<String> {
    let board = Board::new(String::new(), postings.to_vec(), Vec::new());
    let index = Arc::new(Index::new(Arc::new(board)));
    let request = Request {
        query: query::parse(only),
        today,
        limit: index.len(),
        ..Request::default()
    };
    let matches = Searcher::new(Arc::clone(&index)).search(&request, &|| false);
    let rows = matches.unwrap_or_default().rows;
    rows.into_iter()
        .map(|row| index.posting(row).id.clone())
        .collect()
}
