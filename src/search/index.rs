//! The index: a board prepared for searching.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::columns::{ColumnId, Columns};
use super::duplicates::Duplicates;
use super::facets::{self, Counts, Records};
use super::flat::{Array, Arrays};
use super::order::{Order, Orders};
use super::remote::{Remote, RowRecords, Vocabulary};
use super::rows::RowSet;
use super::words::{Abbreviations, Aliases, Dictionary};
use super::{Facet, Row, RowFacts};
use crate::board::{Board, Posting};
use crate::facts::{self, Facts, Table};
use crate::query::Query;

/// A board prepared for searching.
#[derive(Debug)]
pub struct Index {
    board: Arc<Board>,
    columns: Columns,
    dictionary: Dictionary,
    abbreviations: Abbreviations,
    aliases: OnceLock<Aliases>,
    /// Names that the user gave to words.
    user_aliases: OnceLock<Vec<(String, Vec<String>)>>,
    orders: Orders,
    described: OnceLock<RowSet>,
    records: OnceLock<Records>,
    facets: OnceLock<Vec<Facet>>,
    duplicates: OnceLock<Duplicates>,
    /// Held while duplicates are being found.
    finding: Mutex<()>,
    /// Where the rows are, if only their distinct records are here.
    remote: Option<Remote>,
}

impl Index {
    /// Indexes a board, with the facts that its postings state in their text.
    pub fn new(board: Arc<Board>) -> Self {
        let facts = Table::read(board.len(), |at| board.at(at));
        Self::with_facts(board, &facts)
    }

    /// Indexes a board by what its postings state as such.
    pub fn stated(board: Arc<Board>) -> Self {
        Self::with_facts(board, &Table::default())
    }

    /// Indexes a board whose postings state these facts in their text.
    pub fn with_facts(board: Arc<Board>, facts: &Table) -> Self {
        let orders = Orders::new(&board);
        let derived = |row: usize| facts.get(orders.position(row));
        let posting = |row: usize| board.at(orders.position(row));
        let columns = Columns::new(orders.len(), posting, &derived);
        let words = rayon::join(
            || Dictionary::new(&columns),
            || Abbreviations::new(&columns.titles),
        );
        Self::assemble(board, columns, orders, words)
    }

    /// An index of these parts; everything else is computed when it is asked for.
    fn assemble(
        board: Arc<Board>,
        columns: Columns,
        orders: Orders,
        (dictionary, abbreviations): (Dictionary, Abbreviations),
    ) -> Self {
        Self {
            board,
            dictionary,
            abbreviations,
            aliases: OnceLock::new(),
            user_aliases: OnceLock::new(),
            columns,
            orders,
            described: OnceLock::new(),
            records: OnceLock::new(),
            facets: OnceLock::new(),
            duplicates: OnceLock::new(),
            finding: Mutex::new(()),
            remote: None,
        }
    }

    /// Indexes a board whose rows are elsewhere by its distinct records. The postings are numbered in order.
    pub fn remote(board: Arc<Board>, vocabulary: &Vocabulary, rows: Arc<dyn RowRecords>) -> Self {
        let columns = vocabulary.columns();
        let words = rayon::join(
            || {
                let weight = |column, row| vocabulary.weight(column, row);
                Dictionary::weighted(&columns, weight)
            },
            || Abbreviations::new(&columns.titles),
        );
        let remote = Remote::new(&columns, vocabulary, rows);
        let records = remote.local_counts(&columns);
        Self {
            records: records.into(),
            remote: Some(remote),
            ..Self::assemble(board, columns, Orders::of_remote(), words)
        }
    }

    /// Whether the rows of the board are elsewhere.
    pub fn is_remote(&self) -> bool {
        self.remote.is_some()
    }

    /// Where the rows are.
    pub(super) fn elsewhere(&self) -> Option<&Remote> {
        self.remote.as_ref()
    }

    /// Decodes the index of a board; `None` if the arrays do not belong to it.
    pub fn read(board: Arc<Board>, arrays: &mut Arrays) -> Option<Self> {
        let orders = Orders::decode(arrays)?;
        let rows = orders.len();
        if rows != board.len() {
            return None;
        }
        let described = RowSet::decode(arrays, rows)?;
        let records = facets::decode(arrays)?;
        let columns = Columns::decode(arrays, rows)?;
        let dictionary = Dictionary::decode(arrays)?;
        let abbreviations = Abbreviations::decode(arrays)?;
        facets::matches_columns(&records, &columns).then(|| Self {
            described: described.into(),
            records: records.into(),
            ..Self::assemble(board, columns, orders, (dictionary, abbreviations))
        })
    }

    /// Encodes the index of a board with stored descriptions; `has_description` tells by position whether there is one.
    pub fn write(&self, has_description: impl Fn(usize) -> bool) -> Vec<Array<'_>> {
        let mut arrays = Vec::new();
        self.orders.encode(&mut arrays);
        let mut described = RowSet::new(self.len());
        let rows = (0..self.len()).filter(|&row| has_description(self.orders.position(row)));
        rows.for_each(|row| described.insert(row));
        described.encode(&mut arrays);
        let records = self.records().iter();
        arrays.extend(records.map(|counts| Array::Words(counts.into())));
        self.columns.encode(&mut arrays);
        self.dictionary.encode(&mut arrays);
        self.abbreviations.encode(&mut arrays);
        arrays
    }

    /// The indexed board.
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// The indexed board, to be kept.
    pub fn shared_board(&self) -> Arc<Board> {
        Arc::clone(&self.board)
    }

    /// Number of postings.
    pub fn len(&self) -> usize {
        self.board.len()
    }

    /// Whether there are no postings.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Posting of a row.
    pub fn posting(&self, row: Row) -> Cow<'_, Posting> {
        self.board.at(row.0 as usize)
    }

    /// Whether the posting of a row is here; of one elsewhere that has not been fetched only the id may be known.
    pub fn holds(&self, row: Row) -> bool {
        let remote = self.remote.as_ref();
        remote.is_none_or(|remote| remote.local_records(row).is_some())
    }

    /// Row of the posting with this id.
    pub fn row(&self, id: &str) -> Option<Row> {
        self.board.position(id).map(|at| Row(at as u32))
    }

    /// The facts of a row, each with whether it was read out of the text.
    pub fn facts(&self, row: Row) -> RowFacts {
        if let Some(remote) = &self.remote {
            let records = remote.local_records(row);
            return records.map_or_else(RowFacts::default, |records| {
                RowFacts::of_records(&self.columns, |column: ColumnId| records[column as usize])
            });
        }
        let number = self.orders.number(row);
        number.map_or_else(RowFacts::default, |number| {
            RowFacts::new(&self.columns, number as usize)
        })
    }

    /// The facts in the text of a row's posting, with their evidence: as they were kept with the board, else read again.
    pub fn facts_in_text(&self, row: Option<Row>, posting: &Posting) -> Facts {
        let kept = row.and_then(|row| self.board.store()?.facts(row.0 as usize));
        kept.and_then(|bytes| facts::of_bytes(&bytes))
            .unwrap_or_else(|| facts::of_posting(posting))
    }

    /// The skills of a row, and whether they were read out of the text.
    pub fn skills(&self, row: Row) -> (Vec<&str>, bool) {
        let Some(list) = self.record(row, ColumnId::Skills) else {
            return (Vec::new(), false);
        };
        let columns = &self.columns;
        let lists = &columns.skill_list.records;
        let skills = lists.get(list);
        let skills = skills.map(|skill| columns.skills.shown.get(skill as usize));
        (skills.collect(), lists.is_derived(list))
    }

    /// Finds duplicates, so that requests can group them. Reads many descriptions; until it is done, nothing is
    /// grouped.
    pub fn find_duplicates(&self) {
        self.find_duplicates_while(&|| true);
    }

    /// Like [`Self::find_duplicates`], while `wanted` returns true.
    pub fn find_duplicates_while(&self, wanted: &dyn Fn() -> bool) {
        if self.is_remote() {
            return;
        }
        // A second caller waits for the result of the first.
        let _alone = self.finding.lock().unwrap_or_else(PoisonError::into_inner);
        if self.duplicates.get().is_none()
            && let Some(duplicates) =
                Duplicates::find(&self.board, &self.columns, &self.orders, wanted)
        {
            let _ = self.duplicates.set(duplicates);
        }
    }

    /// Whether duplicates are known.
    pub fn knows_duplicates(&self) -> bool {
        self.duplicates.get().is_some()
    }

    /// Whether two postings are duplicates.
    pub fn is_alike(&self, a: Row, b: Row) -> bool {
        if let Some(remote) = &self.remote {
            return remote.is_alike(a, b);
        }
        let group = |row| self.duplicate_groups()?.group(self.orders.number(row)?);
        a == b || group(a).is_some() && group(a) == group(b)
    }

    /// Duplicates of a posting, including itself. If they are elsewhere and not known, itself alone.
    pub fn duplicates(&self, row: Row) -> Vec<Row> {
        if let Some(remote) = &self.remote {
            let members = remote.duplicates(row);
            let mut rows: Vec<Row> = members.into_iter().map(|(row, _)| row).collect();
            if rows.is_empty() {
                rows.push(row);
            }
            return rows;
        }
        let members = self.orders.number(row).and_then(|number| {
            let duplicates = self.duplicate_groups()?;
            Some(duplicates.members(duplicates.group(number)?))
        });
        let members = members.unwrap_or_default();
        let mut rows: Vec<Row> = members
            .iter()
            .map(|number| self.orders.row(*number))
            .collect();
        if rows.is_empty() {
            rows.push(row);
        }
        rows
    }

    /// How often a posting was published again: the dates of publication of its duplicates, apart from one.
    pub fn reposts(&self, row: Row) -> usize {
        let posted = &self.columns.posted;
        let records: Vec<Option<usize>> = if let Some(remote) = &self.remote {
            let members = remote.duplicates(row).into_iter();
            members.map(|(_, record)| record).collect()
        } else {
            let number = |row: &Row| self.orders.number(*row);
            let record = |row: &Row| Some(posted.ids.get(number(row)? as usize));
            self.duplicates(row).iter().map(record).collect()
        };
        let has_day = |record: &usize| posted.records[*record].is_some();
        let days = records.into_iter().flatten().filter(has_day);
        let mut days: Vec<usize> = days.collect();
        days.sort_unstable();
        days.dedup();
        days.len().saturating_sub(1)
    }

    /// Duplicate groups, once known.
    pub(super) fn duplicate_groups(&self) -> Option<&Duplicates> {
        self.duplicates.get()
    }

    /// Columns of the postings.
    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Dictionary of the postings' words.
    pub(super) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Aliases of words.
    pub(super) fn aliases(&self) -> &Aliases {
        self.aliases.get_or_init(|| {
            let user = self.user_aliases.get().map_or(&[][..], Vec::as_slice);
            Aliases::new(user, self.abbreviations.table())
        })
    }

    /// Number of a row's record in a column.
    pub(super) fn record(&self, row: Row, column: ColumnId) -> Option<usize> {
        if let Some(remote) = &self.remote {
            return Some(remote.local_records(row)?[column as usize]);
        }
        let number = self.orders.number(row)? as usize;
        Some(self.columns.ids(column).get(number))
    }

    /// Abbreviations that the board explains.
    pub(super) fn abbreviations(&self) -> &Abbreviations {
        &self.abbreviations
    }

    /// Adds names that the user gave to words; only before the first search.
    pub fn set_aliases(&self, aliases: &[(String, Vec<String>)]) {
        let _ = self.user_aliases.set(aliases.to_vec());
    }

    /// Numbering of the postings.
    pub(super) fn orders(&self) -> &Orders {
        &self.orders
    }

    /// The order that a query requests.
    pub(super) fn order(&self, query: &Query) -> Option<Arc<Order>> {
        let sort = query.sort?;
        Some(self.orders.sorted(&self.columns, sort, query.near))
    }

    /// Rows with a description; others are skipped by searches in descriptions.
    pub(super) fn described(&self) -> &RowSet {
        self.described.get_or_init(|| {
            let mut rows = RowSet::new(self.len());
            for (row, posting) in self.orders.postings(&self.board).enumerate() {
                if !posting.description.is_empty() {
                    rows.insert(row);
                }
            }
            rows
        })
    }

    /// Facets of all postings.
    pub(super) fn facets(&self) -> &[Facet] {
        self.facets.get_or_init(|| {
            let query = Query::default();
            let mut counts = Counts::new(&self.columns, &query);
            // No rows were rejected.
            counts.complement(self.records());
            counts.finish(&query, "")
        })
    }

    /// Facets of all postings, with the values that contain a text.
    pub(super) fn facets_with(&self, needle: &str) -> Vec<Facet> {
        if needle.is_empty() {
            return self.facets().to_vec();
        }
        let query = Query::default();
        let mut counts = Counts::new(&self.columns, &query);
        counts.complement(self.records());
        counts.finish(&query, needle)
    }

    /// Record counts of all postings, for each counted column.
    pub(super) fn records(&self) -> &Records {
        self.records.get_or_init(|| {
            let all: Vec<u32> = (0..self.len() as u32).collect();
            let mut counts = Counts::new(&self.columns, &Query::default());
            counts.add(&all);
            counts.into_records()
        })
    }
}
