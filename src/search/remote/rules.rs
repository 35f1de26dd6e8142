//! Rules that apply to rows elsewhere: what mute rules hide, and what is new or changed since a publication.
//!
//! On a board in memory these are marks on rows, found by a search. Rows elsewhere are not here to be marked: a rule
//! becomes part of the conditions of a search.

use std::sync::Arc;

use super::plan::{Alternative, Plan, PlannedTerm, RowList, RowRule, Since, VerdictList};
use crate::board::Date;
use crate::query::{self, Query, State};
use crate::search::columns::ColumnId;
use crate::search::compiled_term::KeptOut;
use crate::search::{Cancelled, Index, Marks, Request, Searcher};

/// Mute rules and news of a board whose rows are elsewhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RemoteRules {
    /// Queries whose postings are muted.
    pub mute: Vec<Query>,
    /// Today, for the terms of these queries.
    pub today: Date,
    /// What is new, if that is known.
    pub news: Option<News>,
}

/// What is new since a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The last publication that is not new.
    pub since: i32,
    /// Today: closed postings are no news.
    pub today: Date,
    /// Number of new postings.
    pub new: usize,
    /// Number of other postings that changed.
    pub changed: usize,
}

/// Rules as terms.
#[derive(Debug, Default)]
pub struct PlannedRules {
    /// The terms of each mute rule.
    pub mute: Vec<Arc<Vec<PlannedTerm>>>,
    new: Option<Arc<Vec<PlannedTerm>>>,
    changed: Option<Arc<Vec<PlannedTerm>>>,
}

impl PlannedRules {
    /// Plans rules for a board; `complete` finishes the terms of each. `None` if cancelled.
    ///
    /// # Errors
    /// That of `complete`.
    pub fn plan<E>(
        index: &Arc<Index>,
        rules: &RemoteRules,
        complete: &mut dyn FnMut(&mut Vec<PlannedTerm>) -> Result<(), E>,
        cancelled: Cancelled<'_>,
    ) -> Result<Option<Self>, E> {
        let mut searcher = Searcher::new(Arc::clone(index));
        let mut planned = |query: &Query, since: Option<Since>| {
            let request = Request {
                query: query.clone(),
                today: rules.today,
                ..Request::default()
            };
            let Some(plan) = searcher.plan(&request, cancelled) else {
                return Ok(None);
            };
            let mut terms = plan.terms;
            complete(&mut terms)?;
            terms.extend(since.map(PlannedTerm::since));
            Ok(Some(Arc::new(terms)))
        };
        let mut all = Self::default();
        for query in &rules.mute {
            let Some(terms) = planned(query, None)? else {
                return Ok(None);
            };
            all.mute.push(terms);
        }
        if let Some(news) = &rules.news {
            let open = query::parse("is:open");
            all.new = planned(&open, Some(Since::Arrived(news.since)))?;
            all.changed = planned(&open, Some(Since::Changed(news.since)))?;
            if all.new.is_none() || all.changed.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(all))
    }

    /// Whether a mute rule matches a row.
    pub fn mutes(&self, row: FetchedRow<'_>) -> bool {
        let mut rules = self.mute.iter();
        rules.any(|terms| terms.iter().all(|term| term.holds(row)))
    }
}

impl Plan {
    /// Applies rules: to the terms that ask for them, and to the rows that are kept out.
    pub fn apply(&mut self, rules: &PlannedRules, marks: &Marks) {
        let settled = marks.settled();
        let hidden = marks.listed(State::Hidden);
        let every = |all: &[Arc<Vec<PlannedTerm>>], except: &[i32]| {
            let rules = all.iter().map(|terms| RowRule {
                terms: Arc::clone(terms),
                except: except.to_vec(),
            });
            rules.collect::<Vec<RowRule>>()
        };
        for one in self.terms.iter_mut().flat_map(|term| &mut term.any) {
            let rules = match one.state {
                Some(State::Muted) => every(&rules.mute, &[]),
                Some(State::New) => every(rules.new.as_slice(), &settled),
                Some(State::Changed) => every(rules.changed.as_slice(), &settled),
                _ => continue,
            };
            one.rows.get_or_insert_default().rules.extend(rules);
        }
        if self.keeps_muted_out {
            let muted = &mut self.kept_out[KeptOut::Muted as usize];
            // A posting that the user hid is counted as hidden, whatever the rules say.
            muted.rules.extend(every(&rules.mute, &hidden));
        }
    }
}

/// A row that has been fetched.
#[derive(Debug, Clone, Copy)]
pub struct FetchedRow<'a> {
    /// Its number.
    pub number: i32,
    /// Its record numbers.
    pub records: &'a [u32; ColumnId::ALL.len()],
    /// The publications in which it appeared and last changed.
    pub publications: (i32, i32),
}

impl PlannedTerm {
    fn since(since: Since) -> Self {
        Self {
            any: vec![Alternative::since(since)],
            facet: None,
            is_unsure: false,
        }
    }

    /// Whether the term holds for a row, as a server finds it to.
    fn holds(&self, row: FetchedRow<'_>) -> bool {
        self.any.iter().any(|one| one.holds(row))
    }
}

impl Alternative {
    fn since(since: Since) -> Self {
        Self {
            is_negated: false,
            matches_all: false,
            lists: Vec::new(),
            rows: None,
            description: None,
            since: Some(since),
            state: None,
        }
    }

    fn holds(&self, row: FetchedRow<'_>) -> bool {
        let verdicts = || self.lists.iter().map(|list| list.verdict(row));
        let is_listed = |rows: &RowList| rows.contains(row);
        let is_since = |since: Since| {
            let (arrived, changed) = row.publications;
            match since {
                Since::Arrived(after) => arrived > after,
                Since::Changed(after) => arrived <= after && changed > after,
            }
        };
        let holds = verdicts().any(|verdict| verdict >= Plan::TRUE)
            || self.matches_all
            || self.rows.as_ref().is_some_and(is_listed)
            || self.since.is_some_and(is_since);
        if !self.is_negated {
            return holds;
        }
        let open = verdicts().any(|verdict| (1..=Plan::LAST_AMOUNT).contains(&verdict));
        !holds && !open
    }
}

impl VerdictList {
    fn verdict(&self, row: FetchedRow<'_>) -> i32 {
        let record = row.records[self.column as usize];
        let id = i32::try_from(record).unwrap_or(-1);
        let found = self.ids.binary_search(&id);
        found.map_or(0, |at| self.verdicts[at])
    }
}

impl RowList {
    fn contains(&self, row: FetchedRow<'_>) -> bool {
        let listed = self.rows.binary_search(&row.number).is_ok();
        let mut rules = self.rules.iter();
        listed != self.is_complement
            || rules.any(|rule| {
                rule.except.binary_search(&row.number).is_err()
                    && rule.terms.iter().all(|term| term.holds(row))
            })
    }
}
