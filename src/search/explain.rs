//! Explains a query: how its words were interpreted, and how a posting matches each of its terms.

use super::compiled_term::CompiledTerm;
use super::scan::{RowSource, Scan};
use super::searcher::{Asked, AskedTerm};
use super::tables::Evaluator;
use super::values::values;
use super::verdict::{Tier, Verdict};
use super::words::{Reading, Refused, Variant};
use super::{Matches, Request, Row, Searcher};
use crate::board::Posting;
use crate::board::fold::fold;
use crate::query::{Field, Query, Term};
use crate::search::neighbours::Neighbours;

/// What a query was taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Term by term.
    pub terms: Vec<TermExplanation>,
    /// How many postings answer all terms.
    pub total: usize,
    /// How the posting that was asked about answers.
    pub posting: Option<PostingExplanation>,
}

/// What a term of a query was taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct TermExplanation {
    /// The term, as the language writes it.
    pub term: String,
    /// How many postings answer it.
    pub postings: usize,
    /// What its words were taken for; empty for a filter.
    pub words: Vec<WordUse>,
    /// What they were not taken for.
    pub refused: Vec<Refused>,
}

/// Words that a term is searched as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordUse {
    /// The words, folded.
    pub words: String,
    /// How well they answer the term.
    pub tier: Tier,
    /// Why they do.
    pub reason: String,
    /// How many postings answer the term in this way, whatever else they hold.
    pub postings: usize,
}

/// How a posting answers a query.
#[derive(Debug, Clone, PartialEq)]
pub struct PostingExplanation {
    /// Whether the query finds it.
    pub is_found: bool,
    /// Whether the user hid it or a mute rule keeps it out, although it answers every term.
    pub is_kept_out: bool,
    /// Term by term.
    pub terms: Vec<TermMatch>,
}

/// How a posting answers a term.
#[derive(Debug, Clone, PartialEq)]
pub struct TermMatch {
    /// The term, as the language writes it.
    pub term: String,
    /// Whether it matches the term; `None` if it lacks a value for it.
    pub answers: Option<bool>,
    /// The best of the words that answer a word.
    pub best: Option<WordMatch>,
}

/// Words of a posting that answer a word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordMatch {
    /// Where they are.
    pub field: Field,
    /// The whole value.
    pub value: String,
    /// The words that were looked for.
    pub words: String,
    /// How well they answer.
    pub tier: Tier,
    /// Why they do.
    pub reason: String,
    /// Whether they are the words as typed.
    pub is_typed: bool,
}

/// Explains a request, and how one posting answers it. `None` if there is no answer.
pub fn explain(
    searcher: &mut Searcher,
    request: &Request,
    row: Option<Row>,
) -> Option<Explanation> {
    let counting = Request {
        limit: 0,
        group: false,
        ..request.clone()
    };
    let rephrased = searcher.search(&counting, &|| false)?.rephrased;
    let request = &Request {
        query: rephrased.map_or_else(|| request.query.clone(), |rephrased| rephrased.query),
        rephrase: false,
        ..request.clone()
    };
    let asked = searcher.asked(&request.query);
    let mut judged = Judged {
        searcher,
        request,
        row,
    };
    let pairs = request.query.terms.iter().zip(&asked);
    let terms = pairs.clone().map(|(term, asked)| judged.term(term, asked));
    let terms = terms.collect::<Option<Vec<_>>>()?;
    let found = judged.searcher.search(
        &Request {
            limit: 0,
            keep: row,
            group: false,
            ..request.clone()
        },
        &|| false,
    )?;
    let posting = match row {
        Some(row) => {
            let posting = judged.searcher.index().posting(row).into_owned();
            let matches = pairs.map(|(term, asked)| judged.answer(term, asked, &posting));
            let matches: Vec<TermMatch> = matches.collect::<Option<_>>()?;
            let answers_all = matches.iter().all(|term| term.answers == Some(true));
            let is_found = found.kept.is_some();
            Some(PostingExplanation {
                is_found,
                is_kept_out: answers_all && !is_found,
                terms: matches,
            })
        }
        None => None,
    };
    Some(Explanation {
        terms,
        total: found.total,
        posting,
    })
}

struct Judged<'a> {
    searcher: &'a mut Searcher,
    request: &'a Request,
    row: Option<Row>,
}

impl Judged<'_> {
    fn term(&mut self, term: &Term, asked: &AskedTerm) -> Option<TermExplanation> {
        let readings = || asked.iter().filter_map(|asked| asked.reading.as_deref());
        let mut words = Vec::new();
        for reading in readings() {
            for variant in &reading.variants {
                let alone = Reading {
                    variants: vec![variant.clone()],
                    ..reading.clone()
                };
                let asked = asked.iter().map(|asked| Asked {
                    atom: asked.atom.clone(),
                    reading: Some(alone.clone().into()),
                });
                words.push(WordUse {
                    words: variant.shown(),
                    tier: variant.tier,
                    reason: variant.reason.to_string(),
                    postings: self.matches(term, &asked.collect(), false)?.total,
                });
            }
        }
        Some(TermExplanation {
            term: term.to_string(),
            postings: self.matches(term, asked, self.request.unjudged)?.total,
            refused: readings()
                .flat_map(|reading| reading.refused.clone())
                .collect(),
            words,
        })
    }

    fn answer(&mut self, term: &Term, asked: &AskedTerm, posting: &Posting) -> Option<TermMatch> {
        let holds = |unjudged| Some(self.matches(term, asked, unjudged)?.kept.is_some());
        let answers = match holds(false)? {
            true => Some(true),
            false if holds(true)? => None,
            false => Some(false),
        };
        let readings = asked.iter().filter_map(|asked| {
            let reading = asked.reading.as_deref()?;
            (!asked.atom.negated).then_some(reading)
        });
        let best = readings.filter_map(|reading| reading.best_in(posting));
        let best = best.max_by_key(|best| best.tier);
        Some(TermMatch {
            term: term.to_string(),
            answers,
            best: best.filter(|_| answers == Some(true)),
        })
    }

    /// What answers a term alone, read so.
    fn matches(&self, term: &Term, asked: &AskedTerm, unjudged: bool) -> Option<Matches> {
        let index = self.searcher.index();
        let request = Request {
            query: Query {
                terms: vec![term.clone()],
                ..Query::default()
            },
            unjudged,
            limit: 0,
            keep: self.row,
            group: false,
            ..self.request.clone()
        };
        let judge = Evaluator::new(index, &request.marks, request.today, &|| false);
        let tables = asked
            .iter()
            .map(|asked| judge.atom(&asked.atom, asked.reading.as_ref()));
        let plans = [CompiledTerm::new(term, tables.collect::<Option<_>>()?)];
        let pass = Scan {
            index,
            request: &request,
            order: None,
            plans: &plans,
            neighbours: &Neighbours::default(),
        };
        let (matches, _) = pass.run(RowSource::All(index.len()), &|| false)?;
        Some(matches)
    }
}

impl Reading {
    /// The words of a posting that answer best.
    pub(super) fn best_in(&self, posting: &Posting) -> Option<WordMatch> {
        let mut best: Option<(Verdict, Field, String, &Variant)> = None;
        for field in self.typed.fields() {
            for value in values(posting, field) {
                let folded = fold(&value);
                for variant in &self.variants {
                    let verdict = variant.judge(field, &folded);
                    if verdict.is_true() && best.as_ref().is_none_or(|(known, ..)| verdict > *known)
                    {
                        best = Some((verdict, field, value.to_string(), variant));
                    }
                }
            }
        }
        best.map(|(_, field, value, variant)| WordMatch {
            field,
            value,
            words: variant.shown(),
            tier: variant.tier,
            reason: variant.reason.to_string(),
            is_typed: variant.is_typed(),
        })
    }
}
