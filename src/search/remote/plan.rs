//! A search as lists of record numbers with their verdicts.

use std::sync::Arc;

use super::Remote;
use crate::query::{Anchor, Field, SortKey, State, Test};
use crate::search::columns::ColumnId;
use crate::search::compiled_term::{CompiledTerm, KeptOut};
use crate::search::facets::{COUNTED, Counts, asks_for_pay, facet_column, own_facet};
use crate::search::order::list_distances;
use crate::search::predicates::TextTest;
use crate::search::rows::RowSet;
use crate::search::searcher::compiled;
use crate::search::tables::VerdictTables;
use crate::search::verdict::{SUMMED, UNJUDGED, Verdict};
use crate::search::words::Readings;
use crate::search::{Cancelled, Matches, Request, Searcher, Unjudged, description};

/// A search, prepared for a server that holds the rows.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug)]
pub struct Plan {
    /// Terms of the query that have to hold.
    pub terms: Vec<PlannedTerm>,
    /// Rows that the user hid, and rows that only a mute rule hides.
    pub kept_out: [RowList; 2],
    /// For each record, a bit for each pair of query words that are adjacent in it.
    pub neighbours: Vec<VerdictList>,
    /// The order of the rows.
    pub order: PlannedOrder,
    /// Duplicate groups whose rows are left out, in ascending order: they are known already.
    pub known_groups: Vec<i32>,
    /// Whether there are too many terms to sum more than tiers and fields.
    pub is_coarse: bool,
    /// Whether matches have to be counted by their pay.
    pub counts_pay: bool,
    /// Whether rows that only a mute rule hides are kept out.
    pub(super) keeps_muted_out: bool,
    /// Columns with one record only, which every match has.
    uniform: Vec<ColumnId>,
    /// Whether the query has no terms, not even unfinished ones.
    is_empty: bool,
    readings: Readings,
    completions: Vec<(String, u64)>,
}

/// A term of a plan.
#[derive(Debug)]
pub struct PlannedTerm {
    /// The alternatives, of which one has to hold.
    pub any: Vec<Alternative>,
    /// The facet that it belongs to alone, by number.
    pub facet: Option<usize>,
    /// Whether a row may be undecided.
    pub is_unsure: bool,
}

/// An alternative of a term.
#[derive(Debug)]
pub struct Alternative {
    /// Whether it must not hold.
    pub is_negated: bool,
    /// Whether every row matches.
    pub matches_all: bool,
    /// Verdicts on records; those on all others are 0.
    pub lists: Vec<VerdictList>,
    /// Rows that match.
    pub rows: Option<RowList>,
    /// A test of the description.
    pub description: Option<DescriptionTest>,
    /// Rows by the publications in which they appeared or changed.
    pub since: Option<Since>,
    /// The state that it tests, if that follows from rules.
    pub(super) state: Option<State>,
}

/// Verdicts on the records of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictList {
    /// The column.
    pub column: ColumnId,
    /// Number of records of the column.
    pub records: usize,
    /// Records in ascending order.
    pub ids: Vec<i32>,
    /// The verdict on each.
    pub verdicts: Vec<i32>,
    /// Number of postings with one of these records.
    pub postings: u64,
}

/// A list of rows.
#[derive(Debug, Clone, Default)]
pub struct RowList {
    /// The rows in ascending order.
    pub rows: Vec<i32>,
    /// Whether all other rows are meant.
    pub is_complement: bool,
    /// Rules by which further rows belong to it.
    pub rules: Vec<RowRule>,
}

/// A test of a description.
#[derive(Debug, Clone)]
pub struct DescriptionTest(Option<TextTest>);

/// The order of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlannedOrder {
    /// By rank.
    Rank,
    /// By a sort key of the rows.
    Key(SortKey, bool),
    /// By distance: the place of each list of places, in the order of its records; -1 is last.
    Distance(Vec<i32>, bool),
}

/// Counts of the rows of a plan, made where the rows are.
#[derive(Debug, Default)]
pub struct RemoteCounts {
    /// Number of matches.
    pub total: usize,
    /// Number of their duplicate groups, if they are grouped.
    pub grouped: Option<usize>,
    /// Whether counting ended before all were counted.
    pub is_at_least: bool,
    /// Number of further matches that are hidden, and that are muted.
    pub kept_out: [usize; 2],
    /// Number of undecided rows, by verdict.
    pub unjudged: Vec<(i32, usize)>,
    /// Number of matches with each record, for each column.
    pub records: Vec<(ColumnId, Vec<(u32, u32)>)>,
    /// Number of rows with each record that only the terms of a facet reject, for each facet with terms of its own.
    pub others: Vec<(usize, Vec<(u32, u32)>)>,
}

/// Rows by the publications in which they appeared or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// Rows that appeared after this publication.
    Arrived(i32),
    /// Earlier rows that changed after it.
    Changed(i32),
}

/// Rows that pass all terms of a rule.
#[derive(Debug, Clone)]
pub struct RowRule {
    /// The terms, of which all have to hold.
    pub terms: Arc<Vec<PlannedTerm>>,
    /// Rows that it does not apply to, in ascending order.
    pub except: Vec<i32>,
}

impl Plan {
    /// Smallest verdict of a match.
    pub const TRUE: i32 = Verdict::TRUE.number();
    /// Smallest verdict of a match with a rank.
    pub const LEAST_HIT: i32 = Verdict::LEAST_HIT_NUMBER;
    /// Verdict bit of a match in several fields.
    pub const ALSO: i32 = Verdict::ALSO_BIT;
    /// Largest verdict that a negated term turns into a rejection again.
    pub const LAST_AMOUNT: i32 = Verdict::LAST_AMOUNT;
    /// Bits of a rank below tier and field.
    pub const PLACE_SHIFT: i32 = Verdict::PLACE_BITS;
    /// Position of the number of adjacent pairs in a rank.
    pub const NEIGHBOUR_SHIFT: i32 = Verdict::NEIGHBOUR_BITS;

    /// Whether every row matches, and none is hidden.
    pub fn matches_all(&self) -> bool {
        self.is_empty && self.kept_out.iter().all(RowList::is_empty)
    }

    /// The column whose records have to be counted for a facet.
    pub fn facet_column(facet: usize) -> ColumnId {
        facet_column(facet)
    }

    /// The columns whose records have to be counted for the facets, and those whose only record every match has.
    pub fn counted(&self) -> (Vec<ColumnId>, Vec<ColumnId>) {
        let pay = self.counts_pay.then_some(ColumnId::Salary);
        let columns = COUNTED.into_iter().chain(pay);
        columns.partition(|column| !self.uniform.contains(column))
    }

    /// The facets with terms of their own, by number.
    pub fn own_facets(&self) -> Vec<usize> {
        let mut facets: Vec<usize> = self.terms.iter().filter_map(|term| term.facet).collect();
        facets.sort_unstable();
        facets.dedup();
        facets
    }
}

impl PlannedTerm {
    /// Whether it contributes to the rank.
    pub fn is_ranked(&self) -> bool {
        self.ranked_lists().next().is_some()
    }

    /// Its lists with hits.
    pub(super) fn ranked_lists(&self) -> impl Iterator<Item = &VerdictList> {
        let lists = self.any.iter().filter(|one| !one.is_negated);
        let lists = lists.flat_map(|one| &one.lists);
        lists.filter(|list| list.verdicts.iter().any(|&verdict| is_hit(verdict)))
    }
}

/// Whether a verdict counts for the rank.
pub(super) fn is_hit(verdict: i32) -> bool {
    verdict >= Plan::LEAST_HIT
}

impl RowList {
    fn new(set: &RowSet, rows: usize) -> Self {
        let list: Vec<i32> = set.iter().map(u32::cast_signed).collect();
        if list.len() * 2 <= rows {
            return Self {
                rows: list,
                ..Self::default()
            };
        }
        let others = (0..rows as u32).filter(|&row| !set.contains(row as usize));
        Self {
            rows: others.map(u32::cast_signed).collect(),
            is_complement: true,
            rules: Vec::new(),
        }
    }

    /// Whether there are no rows in the list.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && !self.is_complement && self.rules.is_empty()
    }
}

impl DescriptionTest {
    /// A text that every matching folded description contains; `None` if descriptions must be absent.
    pub fn contains(&self) -> Option<String> {
        let part = match self.0.as_ref()? {
            TextTest::Words(reading) => {
                let words = reading.words.iter();
                words.max_by_key(|word| word.len()).cloned()
            }
            TextTest::Scattered(word) => Some(word.text.clone()),
            TextTest::Literal(text, _) | TextTest::Equals(text) | TextTest::Language(text) => {
                Some(text.clone())
            }
        };
        Some(part.unwrap_or_default())
    }

    /// Whether every description passes that contains that text.
    pub fn is_decided_by_text(&self) -> bool {
        match &self.0 {
            Some(test) => matches!(
                test,
                TextTest::Scattered(_) | TextTest::Literal(_, Anchor::None)
            ),
            None => true,
        }
    }

    /// Whether a folded description passes.
    pub fn passes(&self, folded: &str) -> bool {
        match &self.0 {
            Some(test) => description::passes(test, folded),
            None => folded.is_empty(),
        }
    }
}

impl Searcher {
    /// The plan of a request over rows that are elsewhere; `None` if cancelled, or if the rows are here.
    pub fn plan(&mut self, request: &Request, cancelled: Cancelled<'_>) -> Option<Plan> {
        rayon::scope(|_| self.planned(request, cancelled))
    }

    fn planned(&mut self, request: &Request, cancelled: Cancelled<'_>) -> Option<Plan> {
        let index = Arc::clone(self.index());
        let remote = index.elsewhere()?;
        let rows = index.len();
        self.renew(request);
        let asked = self.asked(&request.query);
        let tables = self.all_tables(&asked, cancelled)?;
        let neighbours = self.neighbours(&asked, &tables, request);
        let neighbours = neighbours.parts().filter_map(|(column, masks)| {
            let masks = |local: usize| i32::from(masks[local]);
            Some(remote.list(column, masks)).filter(|list| !list.ids.is_empty())
        });
        let neighbours = neighbours.collect();
        let plans = compiled(request, tables);
        let is_coarse = plans.len() > SUMMED;
        let mut terms = Vec::new();
        for ((plan, term), asked) in plans.iter().zip(&request.query.terms).zip(&asked) {
            if plan.passes_all() {
                continue;
            }
            let mut any = alternatives(plan, remote, rows);
            for (alternative, asked) in any.iter_mut().zip(asked) {
                if let Test::State(state @ (State::New | State::Changed | State::Muted)) =
                    asked.atom.test
                {
                    alternative.state = Some(state);
                }
                if asked.atom.field != Some(Field::Text) {
                    continue;
                }
                let test = TextTest::new(&asked.atom, asked.reading.clone());
                match (&asked.atom.test, test) {
                    (Test::Absent, _) => alternative.description = Some(DescriptionTest(None)),
                    (_, Some(test)) => alternative.description = Some(DescriptionTest(Some(test))),
                    // Unfinished terms match everything, even when negated.
                    (_, None) => {
                        alternative.matches_all = true;
                        alternative.is_negated = false;
                    }
                }
            }
            terms.push(PlannedTerm {
                any,
                facet: own_facet(term),
                is_unsure: plan.is_unsure(),
            });
        }
        let mut kept_out = [RowList::default(), RowList::default()];
        for (kind, set) in self.kept_out_sets(request) {
            kept_out[kind as usize] = RowList::new(&set, rows);
        }
        let (readings, completions) = self.beside(&asked, request);
        Some(Plan {
            terms,
            kept_out,
            neighbours,
            order: order(&index, remote, request),
            known_groups: Vec::new(),
            is_coarse,
            counts_pay: asks_for_pay(&request.query),
            keeps_muted_out: !request.hidden && !request.query.asks_for(State::Muted),
            uniform: ColumnId::ALL
                .into_iter()
                .filter(|&column| remote.counts(column).len() == 1)
                .collect(),
            is_empty: request.query.terms.is_empty(),
            readings,
            completions,
        })
    }

    /// The answer to a request, given its plan and the counts of its rows. `facets` tells whether facets were counted.
    pub fn matches(
        &self,
        request: &Request,
        plan: &Plan,
        counts: &RemoteCounts,
        facets: bool,
    ) -> Matches {
        let index = self.index();
        let all = index.len();
        let mut matches = Matches {
            total: counts.total,
            of: all,
            shown: counts.grouped.unwrap_or(counts.total),
            is_at_least: counts.is_at_least,
            hidden: counts.kept_out[KeptOut::Hidden as usize],
            muted: counts.kept_out[KeptOut::Muted as usize],
            unjudged: unjudged(&counts.unjudged),
            readings: plan.readings.clone(),
            completions: plan.completions.clone(),
            ..Matches::default()
        };
        let Some(remote) = index.elsewhere().filter(|_| facets) else {
            return matches;
        };
        if plan.matches_all() {
            matches.facets = index.facets_with(&request.facet_needle);
            return matches;
        }
        let columns = index.columns();
        let local = |column: ColumnId, counts: &[(u32, u32)]| {
            let counts = counts.iter();
            let counts = counts.map(|(record, count)| (*record as usize, *count));
            remote.to_local(columns, column, counts)
        };
        let records = counts.records.iter();
        let records: Vec<_> = records
            .map(|(column, counts)| (*column, local(*column, counts)))
            .collect();
        let others = counts.others.iter();
        let others: Vec<_> = others
            .map(|(facet, counts)| (*facet, local(facet_column(*facet), counts)))
            .collect();
        let mut counted = Counts::new(columns, &request.query);
        counted.counted_elsewhere(&records, &others);
        matches.derived = counted.derived(&request.query);
        matches.facets = counted.finish(&request.query, &request.facet_needle);
        matches
    }
}

impl Remote {
    /// Verdicts on the records of a column, given those on local records.
    fn list(&self, column: ColumnId, verdict: impl Fn(usize) -> i32) -> VerdictList {
        let local = self.local(column);
        let mut list = VerdictList {
            column,
            records: local.len(),
            ids: Vec::new(),
            verdicts: Vec::new(),
            postings: 0,
        };
        let counts = local.iter().zip(self.counts(column));
        for (record, (&local, &postings)) in (0..).zip(counts) {
            let verdict = verdict(local as usize);
            if verdict != 0 {
                list.ids.push(record);
                list.verdicts.push(verdict);
                list.postings += u64::from(postings);
            }
        }
        list
    }
}

fn alternatives(term: &CompiledTerm, remote: &Remote, rows: usize) -> Vec<Alternative> {
    let alternatives = term.alternatives();
    let alternatives = alternatives.map(|(is_negated, tables): (bool, &VerdictTables)| {
        let lists = tables.parts.iter().map(|(column, table)| {
            let verdict = |local: usize| table.get(local).copied().unwrap_or_default().number();
            remote.list(*column, verdict)
        });
        Alternative {
            is_negated,
            matches_all: tables.all,
            lists: lists.filter(|list| !list.ids.is_empty()).collect(),
            rows: tables.rows.as_ref().map(|set| RowList::new(set, rows)),
            description: None,
            since: None,
            state: None,
        }
    });
    alternatives.collect()
}

fn order(index: &crate::search::Index, remote: &Remote, request: &Request) -> PlannedOrder {
    let Some(sort) = request.query.sort else {
        return PlannedOrder::Rank;
    };
    let (SortKey::Near, Some(point)) = (sort.key, request.query.near) else {
        return PlannedOrder::Key(sort.key, sort.reverse);
    };
    let ranks = list_distances(index.columns(), point);
    let local = remote.local(ColumnId::Places).iter();
    let places = local.map(|&local| ranks[local as usize].map_or(-1, u32::cast_signed));
    PlannedOrder::Distance(places.collect(), sort.reverse)
}

fn unjudged(counts: &[(i32, usize)]) -> Vec<Unjudged> {
    let reasons = UNJUDGED.iter().zip(1..);
    let found = reasons.filter_map(|(&(field, reason), code)| {
        let (_, count) = counts.iter().find(|(verdict, _)| *verdict == code)?;
        (*count > 0).then_some(Unjudged {
            field,
            reason,
            count: *count,
        })
    });
    found.collect()
}
