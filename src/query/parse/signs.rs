//! Signs of other search boxes, which mean something else here: `-word`, `NOT`, `OR`, parentheses.

use std::ops::Range;

use crate::board::Location;
use crate::query::MarkKind;

/// A sign that is no part of the language.
pub(super) struct ForeignSign {
    /// Position in the query text.
    pub(super) span: Range<usize>,
    /// Whether the term cannot be used.
    pub(super) kind: MarkKind,
    /// The sign to use instead.
    pub(super) message: String,
}

/// The foreign sign that an operand without a field is, given the whole text and the operands around it.
pub(super) fn foreign(
    text: &str,
    span: &Range<usize>,
    before: Option<&str>,
    after: Option<&str>,
) -> Option<ForeignSign> {
    let word = &text[span.clone()];
    let sign = |kind: MarkKind, message: String| {
        Some(ForeignSign {
            span: span.clone(),
            kind,
            message,
        })
    };
    if let Some(rest) = word.strip_prefix(['-', '\u{2212}'])
        && rest.starts_with(|c: char| c.is_alphabetic() || c == '"')
    {
        let message = format!("`-` leaves nothing out; write `!{rest}`");
        return sign(MarkKind::Error, message);
    }
    if word.starts_with(['<', '>']) {
        let message =
            format!("`{word}` belongs to a field, without spaces: near:berlin<50km, salary:>60k");
        return sign(MarkKind::Error, message);
    }
    if word.starts_with('(') && (text.contains('|') || text.contains(" OR ")) {
        let message = "parentheses do not group; `|` binds tighter than the space".to_owned();
        return sign(MarkKind::Hint, message);
    }
    match (word, before, after) {
        ("NOT", _, Some(after)) => sign(
            MarkKind::Error,
            format!("`NOT` is a word here; write `!{after}`"),
        ),
        ("AND", Some(_), Some(_)) => sign(
            MarkKind::Error,
            "`AND` is a word here; a space between terms means it".to_owned(),
        ),
        ("OR", Some(before), Some(after)) if !is_city_in_oregon(before) => sign(
            MarkKind::Error,
            format!("`OR` is a word here; write `{before} | {after}`"),
        ),
        _ => None,
    }
}

fn is_city_in_oregon(word: &str) -> bool {
    let place = Location::parse(&format!("{}, OR", word.trim_end_matches(',')));
    place.coordinates.is_some() && place.region.as_deref() == Some("OR")
}
