//! Rephrases queries that find little or nothing: small words are left out, and common words are taken for what may be
//! a slip of them.

use super::advice::LITTLE;
use super::words::{Assumption, AssumptionKind, Readings};
use super::{Matches, Request};
use crate::board::fold::fold;
use crate::query::{Atom, Query, Term, Test};

/// A query as it was answered, where that is not what was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Rephrased {
    /// The query that was answered.
    pub query: Query,
    /// What was left out or replaced.
    pub assumptions: Vec<Assumption>,
}

/// Words that people write between others, and that say nothing on a board of postings.
const SMALL: &[&str] = &[
    "a",
    "an",
    "and",
    "at",
    "by",
    "for",
    "from",
    "hiring",
    "in",
    "job",
    "jobs",
    "near",
    "of",
    "on",
    "opening",
    "openings",
    "position",
    "positions",
    "the",
    "to",
    "vacancies",
    "vacancy",
    "with",
];

/// A word that is offered is taken where at least one posting in this many has it, and at least [`LEAST`].
const ONE_IN: u64 = 100;
const LEAST: u64 = 10;

/// The answer to a request that found little, in other words where these find more; `again` answers another request.
///
/// # Errors
/// That of `again`.
pub fn in_other_words<E>(
    request: &Request,
    mut found: Matches,
    again: &mut dyn FnMut(&Request) -> Result<Matches, E>,
) -> Result<Matches, E> {
    if !request.rephrase || request.like.is_some() || found.total >= LITTLE {
        return Ok(found);
    }
    let mut again = |query: &Query| {
        let query = query.clone();
        again(&Request {
            query,
            ..request.clone()
        })
    };
    let mut best = None;
    let small = without_small_words(&request.query);
    if let Some(rephrased) = &small {
        let more = again(&rephrased.query)?;
        if more.total > found.total {
            found = more;
            best = Some(rephrased.clone());
        }
    }
    let query = small.as_ref().map_or(&request.query, |small| &small.query);
    if found.total == 0
        && let Some(mut rephrased) = with_offers(query, &found.readings, found.of)
    {
        let more = again(&rephrased.query)?;
        if more.total > 0 {
            found = more;
            let left_out = small.into_iter().flat_map(|small| small.assumptions);
            rephrased.assumptions.splice(0..0, left_out);
            best = Some(rephrased);
        }
    }
    Ok(Matches {
        rephrased: best,
        ..found
    })
}

/// The query without its small words, if others remain.
fn without_small_words(query: &Query) -> Option<Rephrased> {
    let small = |term: &Term| plain_word(term).filter(|word| SMALL.contains(&&**word));
    let left_out: Vec<String> = query.terms.iter().filter_map(small).collect();
    if left_out.is_empty() || left_out.len() == query.terms.len() {
        return None;
    }
    let terms = query.terms.iter().filter(|term| small(term).is_none());
    let assumptions = left_out.into_iter().map(|typed| Assumption {
        typed,
        found: Vec::new(),
        kind: AssumptionKind::LeftOut,
    });
    Some(Rephrased {
        query: Query {
            terms: terms.cloned().collect(),
            ..query.clone()
        },
        assumptions: assumptions.collect(),
    })
}

/// The query with common words in place of those that are correct, but may be slips of them: "product manger".
fn with_offers(query: &Query, readings: &Readings, postings: usize) -> Option<Rephrased> {
    if query.terms.len() < 2 {
        return None;
    }
    let least = LEAST.max(postings as u64 / ONE_IN);
    let mut rephrased = Rephrased {
        query: query.clone(),
        assumptions: Vec::new(),
    };
    for term in &mut rephrased.query.terms {
        let Some(typed) = plain_word(term) else {
            continue;
        };
        let reading = readings.iter().find(|reading| reading.typed.text == typed);
        let offers = reading.into_iter().flat_map(|reading| &reading.refused);
        let common = offers.filter(|offer| offer.why.is_offered() && offer.uses >= least);
        if let Some(offer) = common.max_by_key(|offer| offer.uses)
            && let [atom] = term.any.as_mut_slice()
        {
            atom.test = Test::Fuzzy(offer.words.clone());
            rephrased.assumptions.push(Assumption {
                typed,
                found: vec![offer.words.clone()],
                kind: AssumptionKind::Typo,
            });
        }
    }
    (!rephrased.assumptions.is_empty()).then_some(rephrased)
}

/// The folded word of a term that is nothing else.
fn plain_word(term: &Term) -> Option<String> {
    match &*term.any {
        [
            Atom {
                negated: false,
                field: None,
                test: Test::Fuzzy(word),
            },
        ] => Some(fold(word)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::board::{Board, Posting};
    use crate::query::parse;
    use crate::search::{Index, Request, Searcher};

    fn told(query: &str) -> (usize, String) {
        let titles = ["Baker", "Product Manager, Web", "Head of Bread"];
        let common = std::iter::repeat_n("Engineering Manager", 12);
        let postings = titles.into_iter().chain(common).enumerate();
        let postings = postings.map(|(at, title)| Posting {
            id: at.to_string(),
            title: title.to_owned(),
            ..Posting::default()
        });
        let board = Board::new("test".into(), postings.collect(), Vec::new());
        let mut searcher = Searcher::new(Arc::new(Index::new(Arc::new(board))));
        let request = Request {
            query: parse(query),
            rephrase: true,
            ..Request::default()
        };
        let found = searcher.search(&request, &|| false).expect("an answer");
        let told = found.assumptions().into_iter();
        let told: Vec<String> = told.map(|assumption| assumption.to_string()).collect();
        (found.total, told.join(", "))
    }

    #[test]
    fn small_words_are_left_out_where_little_is_found() {
        assert_eq!(told("baker jobs"), (1, "without `jobs`".to_owned()));
        assert_eq!(
            told("jobs for a baker"),
            (1, "without `jobs`, without `for`, without `a`".to_owned())
        );
        assert_eq!(told("head of bread"), (1, String::new()));
        assert_eq!(told("jobs"), (0, String::new()));
        assert_eq!(told("'jobs' baker"), (0, String::new()));
    }

    #[test]
    fn common_words_replace_correct_ones_only_where_nothing_is_found() {
        assert_eq!(told("product manger"), (1, "manger ≈ manager".to_owned()));
        let (found, told) = told("manger");
        assert_eq!(found, 0);
        assert!(told.contains("manger: also manager"), "{told}");
    }
}
