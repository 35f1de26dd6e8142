//! Incremental search: caches what one line of typing can reuse from keystroke to keystroke.

use std::sync::Arc;

use rayon::prelude::*;

use super::compiled_term::{CompiledTerm, KeptOut};
use super::index::Index;
use super::likeness::similar;
use super::neighbours::Neighbours;
use super::place_test::PlaceTest;
use super::predicates;
use super::rephrase::in_other_words;
use super::rows::RowSet;
use super::scan::{RowSource, Scan};
use super::tables::{Evaluator, VerdictTables};
use super::verdict::SUMMED;
use super::words::{Reading, Readings, Typed, WordReader};
use super::{Cancelled, Marks, Matches, Request, Row};
use crate::board::Date;
use crate::board::fold::fold;
use crate::query::{Anchor, Atom, Query, State, Test};

/// Size of tables kept after their atoms have left the query, so that deleting a letter is fast: that of a few words a
/// posting, and no more than this.
const KEPT: usize = 4 << 20;
const KEPT_A_POSTING: usize = 64;

/// Number of similar postings that are listed.
const LIKE: usize = 100;

/// Searches an index incrementally.
#[derive(Debug)]
pub struct Searcher {
    index: Arc<Index>,
    /// Date for which the caches are valid.
    today: Option<Date>,
    /// Marks for which the caches are valid.
    marks: Arc<Marks>,
    /// Whether the words below were read loosely.
    loose: bool,
    /// Rows hidden and muted by the marks, computed on demand.
    kept_out: Option<[Arc<RowSet>; 2]>,
    /// Cached readings of runs of words.
    read: Vec<(Vec<Typed>, Vec<Arc<Reading>>)>,
    /// Cached tables of atoms, most recent last.
    known: Vec<(Asked, VerdictTables)>,
    last: Option<Last>,
}

/// An atom with the reading of its words.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) atom: Atom,
    pub(super) reading: Option<Arc<Reading>>,
}

/// A term as atoms with readings.
pub(super) type AskedTerm = Vec<Asked>;

/// The last search, and the rows that its answer counted.
#[derive(Debug)]
struct Last {
    terms: Vec<AskedTerm>,
    hidden: bool,
    rows: Vec<u32>,
}

impl Searcher {
    /// A searcher with empty caches.
    pub fn new(index: Arc<Index>) -> Self {
        Self {
            index,
            today: None,
            marks: Arc::default(),
            loose: false,
            kept_out: None,
            read: Vec::new(),
            known: Vec::new(),
            last: None,
        }
    }

    /// The index that is searched.
    pub fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// Answers a request; `None` if cancelled.
    pub fn search(&mut self, request: &Request, cancelled: Cancelled<'_>) -> Option<Matches> {
        // Run within the thread pool, so that each part need not be transferred there.
        rayon::scope(|_| self.answer_in_other_words(request, cancelled))
    }

    /// Answers a request; one that finds little also in other words, if it may be rephrased.
    fn answer_in_other_words(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Option<Matches> {
        let found = self.answer(request, cancelled)?;
        let mut again = |request: &Request| self.answer(request, cancelled).ok_or(());
        in_other_words(request, found, &mut again).ok()
    }

    fn answer(&mut self, request: &Request, cancelled: Cancelled<'_>) -> Option<Matches> {
        // Rows that are elsewhere are searched there, by a plan.
        if self.index.is_remote() {
            return None;
        }
        if let Some(row) = request.like {
            return self.like(row, request, cancelled);
        }
        self.renew(request);
        let asked = self.asked(&request.query);
        let tables = self.all_tables(&asked, cancelled)?;
        let neighbours = self.neighbours(&asked, &tables, request);
        let plans = self.plans(request, tables);
        let order = self.index.order(&request.query);
        let pass = Scan {
            order: order.as_deref(),
            index: &self.index,
            request,
            plans: &plans,
            neighbours: &neighbours,
        };
        if plans.is_empty() {
            self.last = None;
            return (!cancelled()).then(|| pass.empty_query());
        }
        let last = self.last.take();
        let narrowed =
            last.filter(|last| last.hidden == request.hidden && narrows(&asked, &last.terms));
        let rows = match &narrowed {
            Some(last) => RowSource::Some(&last.rows),
            None => RowSource::All(self.index.len()),
        };
        let Some((matches, counted)) = pass.run(rows, cancelled) else {
            // Nothing was learnt, so the previous state is still valid.
            self.last = narrowed;
            return None;
        };
        let (readings, completions) = self.beside(&asked, request);
        self.last = counted.map(|rows| Last {
            terms: asked,
            hidden: request.hidden,
            rows,
        });
        Some(Matches {
            readings,
            completions,
            ..matches
        })
    }

    /// How the words of the query were read, and completions of the last one if they are asked for.
    pub(super) fn beside(
        &self,
        asked: &[AskedTerm],
        request: &Request,
    ) -> (Readings, Vec<(String, u64)>) {
        let readings = asked
            .iter()
            .flatten()
            .filter_map(|asked| asked.reading.clone());
        let last = asked.last().filter(|_| request.complete);
        let completions = last.map_or_else(Vec::new, |term| self.completions(term));
        (Readings::new(readings.collect()), completions)
    }

    /// Drops the caches that are of another day, of other marks, or of another way to read words.
    pub(super) fn renew(&mut self, request: &Request) {
        if self.today.replace(request.today) != Some(request.today) {
            self.known.clear();
            self.last = None;
        }
        if !Arc::ptr_eq(&self.marks, &request.marks) {
            self.marks = Arc::clone(&request.marks);
            self.kept_out = None;
            self.known.retain(|(asked, _)| !asked.atom.is_of_marks());
            self.last = None;
        }
        if std::mem::replace(&mut self.loose, request.loose) != request.loose {
            self.read.clear();
        }
    }

    /// The terms of a request, and what keeps rows out, most selective first.
    fn plans(&mut self, request: &Request, tables: Vec<Vec<VerdictTables>>) -> Vec<CompiledTerm> {
        let mut plans = compiled(request, tables);
        plans.extend(self.keeping_out(request));
        Scan::strictest_first(&self.index, &mut plans);
        plans
    }

    /// Compiles a request apart from its order; `None` if cancelled.
    pub(super) fn compile(
        &mut self,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Option<Vec<CompiledTerm>> {
        if self.index.is_remote() {
            return None;
        }
        self.renew(request);
        let asked = self.asked(&request.query);
        let tables = self.all_tables(&asked, cancelled)?;
        Some(self.plans(request, tables))
    }

    /// Postings like that of a row.
    fn like(&self, row: Row, request: &Request, cancelled: Cancelled<'_>) -> Option<Matches> {
        let none = Marks::default();
        let marks = if request.hidden {
            &none
        } else {
            &*request.marks
        };
        let found = similar(&self.index, row, LIKE, marks, cancelled)?;
        let rows: Vec<Row> = found.iter().map(|found| found.row).collect();
        Some(Matches {
            total: rows.len(),
            of: self.index.len(),
            shown: rows.len(),
            kept: request
                .keep
                .and_then(|keep| rows.iter().position(|row| *row == keep)),
            rows,
            shared: found.into_iter().map(|found| found.shared).collect(),
            ..Matches::default()
        })
    }

    /// Filters for hidden and muted rows.
    fn keeping_out(&mut self, request: &Request) -> Vec<CompiledTerm> {
        let sets = self.kept_out_sets(request).into_iter();
        sets.map(|(kind, set)| CompiledTerm::keeping_out(kind, set))
            .collect()
    }

    /// Hidden and muted rows, if there are any, unless the query tests for them.
    pub(super) fn kept_out_sets(&mut self, request: &Request) -> Vec<(KeptOut, Arc<RowSet>)> {
        if request.hidden {
            return Vec::new();
        }
        let rows = self.index.len();
        let sets = self.kept_out.get_or_insert_with(|| {
            let hidden = self.marks.in_state(rows, State::Hidden);
            [hidden, self.marks.only_muted(rows)].map(Arc::new)
        });
        let kinds = [
            (KeptOut::Hidden, State::Hidden),
            (KeptOut::Muted, State::Muted),
        ];
        let wanted = kinds.into_iter().zip(sets.iter());
        wanted
            .filter(|((_, state), set)| !set.is_empty() && !request.query.asks_for(*state))
            .map(|((kind, _), set)| (kind, Arc::clone(set)))
            .collect()
    }

    /// Atoms of a query with readings; adjacent words are read together.
    pub(super) fn asked(&mut self, query: &Query) -> Vec<AskedTerm> {
        let mut asked: Vec<AskedTerm> = Vec::new();
        let mut run: Vec<Typed> = Vec::new();
        for term in &query.terms {
            let word = match term.any.as_slice() {
                [atom] if !atom.negated => searched_word(atom),
                _ => None,
            };
            let joins = |word: &Typed| run.last().is_none_or(|last| last.field == word.field);
            if !word.as_ref().is_some_and(joins) {
                self.read_run(&mut run, &mut asked);
            }
            let atoms = term.any.iter().map(|atom| Asked {
                atom: atom.clone(),
                reading: None,
            });
            asked.push(atoms.collect());
            match word {
                Some(word) => run.push(word),
                None => {
                    for asked in asked.last_mut().into_iter().flatten() {
                        let typed = searched_word(&asked.atom).map(|typed| vec![typed]);
                        asked.reading = typed.and_then(|typed| self.read(typed).pop());
                    }
                }
            }
        }
        self.read_run(&mut run, &mut asked);
        self.read.retain(|(_, readings)| {
            let used = asked
                .iter()
                .flatten()
                .filter_map(|asked| asked.reading.as_ref());
            readings
                .first()
                .is_none_or(|first| used.clone().any(|used| Arc::ptr_eq(used, first)))
        });
        asked
    }

    /// Reads a run of words, which are the last terms so far.
    fn read_run(&mut self, run: &mut Vec<Typed>, asked: &mut [AskedTerm]) {
        let first = asked.len() - run.len();
        if run.is_empty() {
            return;
        }
        let readings = self.read(std::mem::take(run));
        for (term, reading) in asked[first..].iter_mut().zip(readings) {
            for asked in term {
                asked.reading = Some(Arc::clone(&reading));
            }
        }
    }

    /// Reads adjacent words, or returns the cached reading.
    fn read(&mut self, words: Vec<Typed>) -> Vec<Arc<Reading>> {
        if let Some((_, known)) = self.read.iter().find(|(known, _)| *known == words) {
            return known.clone();
        }
        let reader = WordReader {
            dictionary: self.index.dictionary(),
            aliases: self.index.aliases(),
            postings: self.index.len(),
            loose: self.loose,
        };
        let readings = reader.read(words.clone()).into_iter().map(Arc::new);
        let readings: Vec<Arc<Reading>> = readings.collect();
        self.read.push((words, readings.clone()));
        readings
    }

    /// Tables of the atoms of each term.
    pub(super) fn all_tables(
        &mut self,
        terms: &[AskedTerm],
        cancelled: Cancelled<'_>,
    ) -> Option<Vec<Vec<VerdictTables>>> {
        let mut unknown: Vec<&Asked> = Vec::new();
        for asked in terms.iter().flatten() {
            let known = self.known.iter().map(|(known, _)| known);
            if !known
                .chain(unknown.iter().copied())
                .any(|known| known.is_same(asked))
            {
                unknown.push(asked);
            }
        }
        let judged = unknown.par_iter().map(|asked| {
            let tables = self.judged(asked, cancelled)?;
            Some(((*asked).clone(), tables))
        });
        let judged: Option<Vec<(Asked, VerdictTables)>> = judged.collect();
        self.known.extend(judged?);
        let mut all = Vec::with_capacity(terms.len());
        for term in terms {
            let tables = term.iter().filter_map(|asked| self.tables(asked));
            all.push(tables.collect());
        }
        self.forget(terms.iter().flatten().count());
        Some(all)
    }

    /// Computes the tables of an atom, using those of a prefix typed before.
    fn judged(&self, asked: &Asked, cancelled: Cancelled<'_>) -> Option<VerdictTables> {
        let mut known = self.known.iter().rev();
        let before = known.find(|(known, _)| finds_less(&asked.atom, &known.atom));
        let today = self.today.unwrap_or_default();
        let judge = Evaluator::new(&self.index, &self.marks, today, cancelled);
        let judge = judge.after(before.map(|(_, tables)| tables));
        judge.atom(&asked.atom, asked.reading.as_ref())
    }

    /// Cached tables of an atom, which become the most recent.
    fn tables(&mut self, asked: &Asked) -> Option<VerdictTables> {
        let mut known = self.known.iter();
        let at = known.position(|(known, _)| known.is_same(asked))?;
        let entry = self.known.remove(at);
        let tables = entry.1.clone();
        self.known.push(entry);
        Some(tables)
    }

    /// Adjacent pairs of consecutive query words.
    pub(super) fn neighbours(
        &self,
        terms: &[AskedTerm],
        tables: &[Vec<VerdictTables>],
        request: &Request,
    ) -> Neighbours {
        // A requested order needs no ranks.
        if request.query.sort.is_some() || terms.len() > SUMMED {
            return Neighbours::default();
        }
        let words = terms.iter().zip(tables).map(|(term, tables)| {
            let ([asked], [tables]) = (term.as_slice(), tables.as_slice()) else {
                return None;
            };
            let reading = asked.reading.as_deref().filter(|_| !asked.atom.negated)?;
            Some((reading, tables))
        });
        let words: Vec<_> = words.collect();
        let pairs = words
            .windows(2)
            .filter_map(|pair| Some([pair[0]?, pair[1]?]));
        Neighbours::new(&self.index, &pairs.collect::<Vec<_>>())
    }

    /// Words of the board that begin with the word of a term.
    fn completions(&self, term: &AskedTerm) -> Vec<(String, u64)> {
        let [asked] = term.as_slice() else {
            return Vec::new();
        };
        let reading = asked.reading.as_deref();
        let Some((reading, [word])) = reading.map(|reading| (reading, reading.words.as_slice()))
        else {
            return Vec::new();
        };
        // A word with other names is finished.
        if reading.typed.exact || reading.has_alias() {
            return Vec::new();
        }
        let fields = reading.typed.fields();
        self.index.dictionary().completions(word, &fields)
    }

    /// Evicts the least recently used tables, except those of the query itself.
    fn forget(&mut self, used: usize) {
        let mut size: usize = self.known.iter().map(|(_, tables)| tables.size()).sum();
        let most = KEPT.min(self.index.len() * KEPT_A_POSTING);
        while size > most && self.known.len() > used {
            let (_, tables) = self.known.remove(0);
            size -= tables.size();
        }
    }
}

/// The terms of a request with the tables of their atoms.
pub(super) fn compiled(request: &Request, tables: Vec<Vec<VerdictTables>>) -> Vec<CompiledTerm> {
    let terms = request.query.terms.iter().zip(tables);
    let compiled = terms.map(|(term, tables)| CompiledTerm::new(term, tables));
    compiled.collect()
}

/// Number of matches of a request.
pub fn count(index: &Arc<Index>, request: &Request) -> usize {
    let matches = Searcher::new(Arc::clone(index)).search(request, &|| false);
    matches.map_or(0, |matches| matches.total)
}

/// Whether `terms` matches a subset of `before`, so that only its candidates need scanning.
fn narrows(terms: &[AskedTerm], before: &[AskedTerm]) -> bool {
    let mut pairs = terms.iter().zip(before);
    terms.len() >= before.len() && pairs.all(|(term, before)| term_narrows(term, before))
}

fn term_narrows(term: &AskedTerm, before: &AskedTerm) -> bool {
    let mut pairs = term.iter().zip(before);
    term.len() == before.len() && pairs.all(|(asked, before)| asked.narrows(before))
}

impl Asked {
    /// Whether two atoms are equal apart from negation.
    fn is_same(&self, other: &Self) -> bool {
        self.atom.field == other.atom.field
            && self.atom.test == other.atom.test
            && self.reading == other.reading
    }

    fn narrows(&self, before: &Self) -> bool {
        if before.atom.test == Test::Any
            || self.atom.negated == before.atom.negated && self.is_same(before)
        {
            return true;
        }
        if self.atom.negated || before.atom.negated || self.atom.field != before.atom.field {
            return false;
        }
        match (&self.reading, &before.reading) {
            _ if PlaceTest::from_atom(&self.atom).is_some() => false,
            (Some(reading), Some(before)) => reading.finds_less(before),
            _ => finds_less(&self.atom, &before.atom),
        }
    }
}

/// The word to look up among the board's words; `None` for a country known by name, which needs no approximate matches.
fn searched_word(atom: &Atom) -> Option<Typed> {
    let by_text = PlaceTest::from_atom(atom).is_none_or(|place| place.is_open());
    predicates::typed(atom).filter(|_| by_text)
}

/// Whether `atom` matches a subset of `before`, ignoring negation.
fn finds_less(atom: &Atom, before: &Atom) -> bool {
    let in_it = |text: &str, before: &str| fold(text).starts_with(&fold(before));
    match (&atom.test, &before.test) {
        _ if atom.field != before.field => false,
        // "deutschland" names a country; what it begins with is in no name of one.
        _ if PlaceTest::from_atom(atom).is_some() => false,
        (Test::Scattered(text), Test::Scattered(before)) => in_it(text, before),
        (
            Test::Literal { text, anchor },
            Test::Literal {
                text: before,
                anchor: known,
            },
        ) => *anchor == Anchor::None && anchor == known && in_it(text, before),
        _ => false,
    }
}
