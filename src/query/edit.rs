//! Edits query text for the filters pane, whose checkboxes reflect and change the typed query.

use super::parse::{open_quote, sorts};
use super::print::quoted;
use super::{Atom, Field, Mark, MarkKind, Query, Sort, Term, Test, parse};
use crate::board::fold::fold;
use crate::places::country_code;

/// State of a facet value in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Selection {
    /// Not mentioned.
    #[default]
    Off,
    /// One of the included values.
    Included,
    /// Excluded.
    Excluded,
}

/// State of a value in the query.
pub fn facet_state(query: &Query, field: Field, value: &str) -> Selection {
    let value = fold(value);
    let mut state = Selection::Off;
    for term in query.terms.iter().filter(|term| on(term, field)) {
        for atom in term.any.iter().filter(|atom| equals(atom, &value)) {
            if atom.negated {
                return Selection::Excluded;
            }
            state = Selection::Included;
        }
    }
    state
}

/// Toggles a value in the query text: includes it (or excludes it, if `exclude`), or removes it if it already has that
/// state.
pub fn toggle(text: &str, field: Field, value: &str, exclude: bool) -> String {
    let query = parse(text);
    let was = facet_state(&query, field, value);
    let cleared = without(text, &query, field, &fold(value));
    let (wanted, sign) = if exclude {
        (Selection::Excluded, "!")
    } else {
        (Selection::Included, "")
    };
    if was == wanted {
        return cleared.trim_end().to_owned();
    }
    let atom = format!("{sign}{}:={}", field.name(), quoted(value));
    if !exclude {
        let query = parse(&cleared);
        let included = |term: &&Term| on(term, field) && term.any.iter().all(includes);
        if let Some(term) = query.terms.iter().find(included) {
            let (before, after) = cleared.split_at(term.span.end);
            return format!("{before} | {atom}{after}");
        }
    }
    let text = cleared.trim_end();
    // An open quote or a trailing bar would absorb the appended text.
    let gap = if text.is_empty() { "" } else { " " };
    format!("{}{gap}{atom}", closed(text))
}

/// Sets or removes the order in the query text.
pub fn set_sort(text: &str, sort: Option<Sort>) -> String {
    let mut text = text.to_owned();
    for span in sorts(&text).into_iter().rev() {
        let end = span.end + (text[span.end..].len() - text[span.end..].trim_start().len());
        text.replace_range(span.start..end, "");
    }
    let text = text.trim_end();
    let Some(sort) = sort else {
        return text.to_owned();
    };
    let query = Query {
        sort: Some(sort),
        ..Query::default()
    };
    let gap = if text.is_empty() { "" } else { " " };
    format!("{}{gap}{query}", closed(text))
}

/// The query text prepared for more typing: a space after the last term, unless it is unfinished.
pub fn continued(text: &str) -> String {
    let unfinished = |mark: &Mark| mark.kind == MarkKind::Incomplete && mark.span.end == text.len();
    let joins = open_quote(text) || parse(text).marks.iter().any(unfinished);
    let gap = if joins || text.is_empty() || text.ends_with(char::is_whitespace) {
        ""
    } else {
        " "
    };
    format!("{text}{gap}")
}

/// The query text without trailing spaces, which only matter within a quote.
pub fn trimmed(text: &str) -> &str {
    if open_quote(text) {
        text
    } else {
        text.trim_end()
    }
}

/// The text without the atoms that equal the value; all other bytes are unchanged.
fn without(text: &str, query: &Query, field: Field, value: &str) -> String {
    let mut text = text.to_owned();
    let mut spans: Vec<_> = query.terms.iter().map(|term| term.span.clone()).collect();
    // `!loc:a|b` is two terms of one span.
    spans.dedup();
    for span in spans.into_iter().rev() {
        let terms = query.terms.iter().filter(|term| term.span == span);
        let terms: Vec<&Term> = terms.collect();
        let holds =
            |term: &&Term| on(term, field) && term.any.iter().any(|atom| equals(atom, value));
        if !terms.iter().any(holds) {
            continue;
        }
        let kept = terms.into_iter().map(|term| Term {
            span: span.clone(),
            any: term
                .any
                .iter()
                .filter(|atom| !equals(atom, value))
                .cloned()
                .collect(),
        });
        let kept: Vec<String> = kept
            .filter(|term| !term.any.is_empty())
            .map(|term| term.to_string())
            .collect();
        let mut end = span.end;
        if kept.is_empty() {
            end += text[end..].len() - text[end..].trim_start().len();
        }
        text.replace_range(span.start..end, &kept.join(" "));
    }
    text
}

/// Closes an open quote and drops a trailing bar.
fn closed(text: &str) -> String {
    let text = text.trim_end_matches('|').trim_end();
    if !open_quote(text) {
        return text.to_owned();
    }
    let closed = format!("{text}\"");
    if open_quote(&closed) {
        // A trailing backslash would escape the closing quote.
        return format!("{}\"", &text[..text.len() - 1]);
    }
    closed
}

fn on(term: &Term, field: Field) -> bool {
    !term.any.is_empty() && term.any.iter().all(|atom| atom.field == Some(field))
}

fn includes(atom: &Atom) -> bool {
    !atom.negated && facet_value(atom).is_some()
}

fn equals(atom: &Atom, folded: &str) -> bool {
    facet_value(atom).is_some_and(|value| fold(value) == folded)
}

/// The value of a facet that an atom names: a whole one, or one that was typed: `country:germany`, `level:senior`.
pub fn facet_value(atom: &Atom) -> Option<&str> {
    match (&atom.test, atom.field?) {
        (Test::Equals(value), _) => Some(value),
        (Test::Fuzzy(word) | Test::Whole(word), Field::Country) => country_code(word),
        (
            Test::Fuzzy(word) | Test::Whole(word),
            Field::Workplace | Field::Employment | Field::Level | Field::Education,
        ) => Some(word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::SortKey;

    #[test]
    fn an_order_is_written_into_the_query_and_out_of_it() {
        let newest = Some(Sort {
            key: SortKey::Posted,
            reverse: true,
        });
        for (text, sort, expected) in [
            ("", newest, "sort:-posted"),
            ("rust sort:title sea", newest, "rust sea sort:-posted"),
            ("rust sort:title", None, "rust"),
            ("sort:x \"sort:title\"", None, "\"sort:title\""),
            ("\"open", newest, "\"open\" sort:-posted"),
        ] {
            assert_eq!(set_sort(text, sort), expected, "{text}");
        }
    }

    #[test]
    fn typed_values_are_those_of_the_filters() {
        for (text, field, value) in [
            ("country:de", Field::Country, "DE"),
            ("country:germany", Field::Country, "DE"),
            ("level:senior", Field::Level, "senior"),
            ("workplace:remote", Field::Workplace, "remote"),
        ] {
            assert_eq!(facet_state(&parse(text), field, value), Selection::Included);
            assert_eq!(toggle(text, field, value, false), "", "{text}");
        }
        let both = toggle("country:de", Field::Country, "PT", false);
        assert_eq!(both, "country:de | country:=\"PT\"");
        let none = facet_state(&parse("company:acme"), Field::Company, "acme");
        assert_eq!(none, Selection::Off, "it may be the start of a name");
    }

    #[test]
    fn typing_starts_a_new_term_after_a_complete_one() {
        for (text, typed_on) in [
            ("", ""),
            ("rust", "rust "),
            ("rust ", "rust "),
            ("loc:zurich", "loc:zurich "),
            ("tilte:x", "tilte:x "),
            ("\"two words\"", "\"two words\" "),
            ("\"two words", "\"two words"),
            ("rust loc:", "rust loc:"),
            ("loc:zurich|", "loc:zurich|"),
            ("salary:>", "salary:>"),
        ] {
            assert_eq!(continued(text), typed_on, "{text:?}");
            assert_eq!(trimmed(typed_on), text.trim_end(), "{text:?}");
        }
        assert_eq!(trimmed("\"two "), "\"two ");
    }
}
