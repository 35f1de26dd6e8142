//! Suggestions for a query that finds little or nothing.

use std::ops::Range;

use super::{Cancelled, Request, Searcher};
use crate::query::{Atom, Field, Person, Query, Term, Test};

/// A query that finds fewer postings than this finds little.
pub(super) const LITTLE: usize = 10;
/// Descriptions are offered where they hold the words more than `MORE` times as often.
const MORE: usize = 10;

/// Ways on from a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advice {
    /// How many postings looser matching adds.
    pub looser: usize,
    /// For a query that finds nothing: matches without one of its words, most first.
    pub without: Vec<Suggestion>,
    /// Of a query that finds little: its words in descriptions.
    pub described: Option<Suggestion>,
}

/// Another query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The word that is left out, or the terms that are put in place of words.
    pub term: String,
    /// The whole query.
    pub query: String,
    /// How many postings it finds.
    pub total: usize,
}

impl Advice {
    /// Whether there is no way on.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Looks for ways on from a request that found this many postings; `text` is its query as typed. `None` if it was
/// cancelled.
pub fn advise(
    searcher: &mut Searcher,
    request: &Request,
    (text, person): (&str, &Person),
    found: usize,
    cancelled: Cancelled<'_>,
) -> Option<Advice> {
    let mut count = |request: &Request| Some(searcher.search(request, cancelled)?.total);
    advise_counting(request, (text, person), found, &mut count)
}

/// Looks for ways on from a request, given what counts the matches of others, or returns `None` to give up.
pub fn advise_counting(
    request: &Request,
    (text, person): (&str, &Person),
    found: usize,
    count: &mut dyn FnMut(&Request) -> Option<usize>,
) -> Option<Advice> {
    let mut advice = Advice::default();
    if request.query.terms.is_empty() {
        return Some(advice);
    }
    let mut total = |query: Query, loose: bool| {
        let request = Request {
            query,
            loose,
            rephrase: false,
            limit: 0,
            keep: None,
            complete: false,
            group: false,
            ..request.clone()
        };
        count(&request)
    };
    if found == 0 {
        for (term, rest) in without(&request.query, text) {
            let query = crate::query::parse(&rest).settled(person);
            // A query without terms finds everything.
            if !query.terms.is_empty() {
                let total = total(query, request.loose)?;
                advice.without.push(Suggestion {
                    term,
                    query: rest,
                    total,
                });
            }
        }
        advice.without.retain(|suggestion| suggestion.total > 0);
        let most = |suggestion: &Suggestion| std::cmp::Reverse(suggestion.total);
        advice.without.sort_by_key(most);
    }
    if !request.loose {
        let loose = total(request.query.clone(), true)?;
        advice.looser = loose.saturating_sub(found);
    }
    if found < LITTLE
        && let Some((terms, query)) = described(&request.query, text)
    {
        let total = total(crate::query::parse(&query).settled(person), request.loose)?;
        advice.described = (total > found * MORE).then_some(Suggestion {
            term: terms,
            query,
            total,
        });
    }
    Some(advice)
}

/// For each word of a query the word, and the query without it. Where a query has no words, its terms.
fn without(query: &Query, text: &str) -> Vec<(String, String)> {
    let words: Vec<&Term> = query.terms.iter().filter(|term| is_word(term)).collect();
    let terms = if words.is_empty() {
        query.terms.iter().collect()
    } else {
        words
    };
    let terms = terms.into_iter().filter_map(|term| {
        let written = text.get(term.span.clone())?;
        Some((
            written.to_owned(),
            replaced(text, &[(term.span.clone(), "")])?,
        ))
    });
    terms.collect()
}

/// The terms that look for a query's plain words in descriptions, and the query with them.
fn described(query: &Query, text: &str) -> Option<(String, String)> {
    let words = query.terms.iter().filter_map(|term| match &*term.any {
        [
            Atom {
                negated: false,
                field: None,
                test: Test::Fuzzy(word),
            },
        ] => Some((term.span.clone(), format!("text:'{word}'"))),
        _ => None,
    });
    let words: Vec<(Range<usize>, String)> = words.collect();
    let spans: Vec<(Range<usize>, &str)> = words
        .iter()
        .map(|(span, term)| (span.clone(), term.as_str()))
        .collect();
    let terms: Vec<&str> = words.iter().map(|(_, term)| term.as_str()).collect();
    (!terms.is_empty()).then_some((terms.join(" "), replaced(text, &spans)?))
}

/// Whether a term asks for words rather than filters.
fn is_word(term: &Term) -> bool {
    let is_words = |atom: &Atom| {
        let is_text = matches!(
            atom.test,
            Test::Fuzzy(_) | Test::Whole(_) | Test::Scattered(_) | Test::Literal { .. }
        );
        let of_work = matches!(atom.field, None | Some(Field::Title | Field::Text));
        is_text && of_work && !atom.negated
    };
    term.any.iter().all(is_words)
}

/// A query with other terms in some places, and single blanks.
fn replaced(text: &str, terms: &[(Range<usize>, &str)]) -> Option<String> {
    let mut query = String::new();
    let mut at = 0;
    for (span, term) in terms {
        query.push_str(text.get(at..span.start)?);
        query.push_str(term);
        at = span.end;
    }
    query.push_str(text.get(at..)?);
    Some(query.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::board::{Board, Posting};
    use crate::query::parse;
    use crate::search::Index;

    fn advice(text: &str) -> Advice {
        let posting = |id: &str, title: &str, description: &str| Posting {
            id: id.into(),
            title: title.into(),
            description: description.into(),
            ..Posting::default()
        };
        let board = Board::new(
            "test".into(),
            vec![
                posting("a", "Compiler Engineer", "You write Rust."),
                posting("b", "Kernel Engineer", "You trust C."),
                posting("c", "Baker", "Bread."),
            ],
            Vec::new(),
        );
        let mut searcher = Searcher::new(Arc::new(Index::new(Arc::new(board))));
        let request = Request {
            query: parse(text),
            ..Request::default()
        };
        let found = searcher.search(&request, &|| false).expect("an answer");
        advise(
            &mut searcher,
            &request,
            (text, &Person::default()),
            found.total,
            &|| false,
        )
        .expect("advice")
    }

    #[test]
    fn a_query_without_results_says_what_each_word_costs() {
        let advice = advice("engineer jobs  !intern kernel");
        let without: Vec<_> = advice.without.iter().collect();
        let without: Vec<_> = without
            .iter()
            .map(|suggestion| (&*suggestion.term, &*suggestion.query, suggestion.total))
            .collect();
        assert_eq!(without, [("jobs", "engineer !intern kernel", 1)]);
    }

    #[test]
    fn words_that_titles_lack_are_offered_in_descriptions() {
        let found = advice("rust title:baker").described;
        assert_eq!(found, None);
        let found = advice("rust").described.expect("a description");
        assert_eq!((&*found.query, found.total), ("text:'rust'", 1));
        assert_eq!(advice("").described, None);
    }
}
