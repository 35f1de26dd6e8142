//! Counts what the matching postings say, for statistics.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use iso_currency::Currency;
use rayon::prelude::*;

use super::candidates::Candidates;
use super::columns::{ColumnId, Columns};
use super::compiled_term::{CompiledTerm, Outcome};
use super::facets::{self, SKILLS};
use super::index::Index;
use super::predicates::days_between;
use super::{Cancelled, Request, Searcher};
use crate::board::location::Coordinates;
use crate::board::{Date, Period};
use crate::query::Field;

/// What the matching postings say, counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// Number of matching postings.
    pub total: usize,
    /// Number of all postings.
    pub of: usize,
    /// Levels, in the order of their rank.
    pub levels: Vec<Count>,
    /// Workplaces, in the order of the closed list.
    pub workplaces: Vec<Count>,
    /// Companies.
    pub companies: Vec<Count>,
    /// Cities.
    pub cities: Vec<CityCount>,
    /// Skills.
    pub skills: Vec<SkillCount>,
    /// Number of matching postings that were published recently.
    pub recent: usize,
    /// Pay, one entry for each distinct amount.
    pub pay: Vec<PayCount>,
    /// Number of postings by date of publication.
    pub posted: Vec<(Date, u32)>,
    /// Number of postings by closing date.
    pub closes: Vec<(Date, u32)>,
    /// Number of open postings by the days since their publication.
    pub open: Vec<(u32, u32)>,
    /// Number of closed postings by the days between publication and closing.
    pub closed: Vec<(u32, u32)>,
}

/// Number of postings with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The value as written in a query.
    pub value: String,
    /// Number of postings.
    pub count: u32,
}

/// Number of postings in a city.
#[derive(Debug, Clone, PartialEq)]
pub struct CityCount {
    /// The city as written in a query.
    pub value: String,
    /// Where it is.
    pub coordinates: Option<Coordinates>,
    /// Number of postings.
    pub count: u32,
}

/// Number of postings that require a skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillCount {
    /// The skill.
    pub value: String,
    /// Number of matching postings.
    pub count: u32,
    /// Number of matching postings that were published recently.
    pub recent: u32,
    /// Number of postings of the whole board.
    pub board: u32,
}

/// Number of postings that pay an amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PayCount {
    /// Currency.
    pub currency: Currency,
    /// Pay period.
    pub per: Period,
    /// Middle of the range, or the end that is given.
    pub amount: f64,
    /// Whether it was derived from the text.
    pub is_derived: bool,
    /// Number of postings.
    pub count: u32,
}

/// Days since publication during which a posting is recent.
pub const RECENT: i64 = 28;

/// The longest stay that is counted in days; longer ones count as this.
const LONGEST: usize = 1000;

/// Rows that a core judges or counts at once.
const SHARE: usize = 1 << 15;

/// Counts of matching rows that are elsewhere.
#[derive(Debug, Clone, Default)]
pub struct RemoteTally {
    /// Number of matches with each record, for each column of [`TALLIED`].
    pub records: Vec<Vec<(u32, u32)>>,
    /// Number of matches with each pair of records: the date of publication, and the closing date.
    pub stays: Vec<(u32, u32, u32)>,
    /// Number of recent matches with each record of skills.
    pub recent_skills: Vec<(u32, u32)>,
}

/// Columns whose records are counted.
pub const TALLIED: [ColumnId; 7] = COUNTED;

impl Searcher {
    /// Records of the recent dates of publication, of a board whose rows are elsewhere.
    pub fn recent_records(&self, today: Date) -> Vec<i32> {
        let index = self.index();
        let Some(remote) = index.elsewhere() else {
            return Vec::new();
        };
        let counter = Counter::new(index.columns(), today);
        let local = remote.local(ColumnId::Posted).iter().zip(0..);
        let recent = local.filter(|(local, _)| counter.is_recent[**local as usize]);
        recent.map(|(_, record)| record).collect()
    }

    /// What the postings say, given counts of their records; nothing if the rows are here.
    pub fn tally_elsewhere(&self, today: Date, tally: &RemoteTally) -> Tally {
        let index = self.index();
        let Some(remote) = index.elsewhere() else {
            return Tally::default();
        };
        let columns = index.columns();
        let counter = Counter::new(columns, today);
        let local = |column: ColumnId, counts: &[(u32, u32)]| {
            let counts = counts.iter();
            let counts = counts.map(|(record, count)| (*record as usize, *count));
            remote.to_local(columns, column, counts)
        };
        let mut counts = counter.count(&[]);
        let records = COUNTED.into_iter().zip(&tally.records);
        for ((column, records), all) in records.zip(&mut counts.columns) {
            *all = local(column, records);
        }
        counts.recent_skills = local(ColumnId::Skills, &tally.recent_skills);
        let recent = tally.recent_skills.iter().map(|(_, count)| *count);
        counts.recent = recent.sum();
        let known = |column: ColumnId, record: u32| {
            let local = remote.local(column).get(record as usize);
            local.map(|local| *local as usize)
        };
        for &(posted, closes, count) in &tally.stays {
            let records = known(ColumnId::Posted, posted).zip(known(ColumnId::Closes, closes));
            if let Some(records) = records {
                counter.add_stay(&mut counts, records, count);
            }
        }
        let total = tally.records.first().into_iter().flatten();
        let total = total.map(|(_, count)| *count as usize).sum();
        counter.finish(index, total, &counts)
    }

    /// Counts what the postings say that match a request; `None` if cancelled.
    pub fn tally(&mut self, request: &Request, cancelled: Cancelled<'_>) -> Option<Tally> {
        let plans = self.compile(request, cancelled)?;
        let index = self.index();
        let rows = matching(index, &plans, request.unjudged, cancelled)?;
        let counter = Counter::new(index.columns(), request.today);
        let shares = rows.par_chunks(rows.len().div_ceil(rayon::current_num_threads()).max(1));
        let counts = shares.map(|rows| counter.count(rows));
        let counts = counts.reduce(|| counter.count(&[]), |all, other| all.with(&other));
        (!cancelled()).then(|| counter.finish(index, rows.len(), &counts))
    }
}

/// Numbers of the rows that match every term.
fn matching(
    index: &Index,
    plans: &[CompiledTerm],
    unjudged: bool,
    cancelled: Cancelled<'_>,
) -> Option<Vec<u32>> {
    let all = 0..index.len() as u32;
    if plans.is_empty() {
        return Some(all.collect());
    }
    let is_stopped = AtomicBool::new(false);
    let shares: Vec<u32> = all.clone().step_by(SHARE).collect();
    let shares = shares.into_par_iter().map(|first| {
        if is_stopped.load(Ordering::Relaxed) || cancelled() {
            is_stopped.store(true, Ordering::Relaxed);
            return Vec::new();
        }
        let rows = first..all.end.min(first + SHARE as u32);
        let mut open = Candidates::default();
        open.judge(index.columns(), plans, rows);
        let states = open.rows.iter().zip(&open.states);
        let matches = states.filter(|(_, state)| state.outcome(unjudged) == Outcome::Match);
        matches.map(|(row, _)| *row).collect()
    });
    let rows: Vec<Vec<u32>> = shares.collect();
    (!is_stopped.into_inner()).then(|| rows.concat())
}

/// For each counted column, the number of postings per record.
struct RecordCounts {
    columns: [Vec<u32>; COUNTED.len()],
    /// Open postings by their record of the date of publication.
    open: Vec<u32>,
    /// Closed postings by the days that they stayed up.
    closed: Vec<u32>,
    /// Skills of recent postings.
    recent_skills: Vec<u32>,
    recent: u32,
}

/// Columns that are counted.
const COUNTED: [ColumnId; 7] = [
    ColumnId::Employer,
    ColumnId::Places,
    ColumnId::Enums,
    ColumnId::Skills,
    ColumnId::Salary,
    ColumnId::Posted,
    ColumnId::Closes,
];
const EMPLOYER: usize = 0;
const PLACES: usize = 1;
const ENUMS: usize = 2;
const SKILL_LISTS: usize = 3;
const SALARY: usize = 4;
const POSTED: usize = 5;
const CLOSES: usize = 6;

impl RecordCounts {
    fn with(mut self, other: &Self) -> Self {
        let columns = self.columns.iter_mut().zip(&other.columns);
        let others = [
            (&mut self.open, &other.open),
            (&mut self.closed, &other.closed),
            (&mut self.recent_skills, &other.recent_skills),
        ];
        for (counts, other) in columns.chain(others) {
            facets::sum(counts, other);
        }
        self.recent += other.recent;
        self
    }
}

/// Counts records, and breaks the counts down into values.
struct Counter<'a> {
    columns: &'a Columns,
    today: Date,
    /// For each closing date, whether it is over.
    is_over: Vec<bool>,
    /// For each date of publication, whether it is recent.
    is_recent: Vec<bool>,
}

impl<'a> Counter<'a> {
    fn new(columns: &'a Columns, today: Date) -> Self {
        let closes = columns.closes.records.iter();
        let posted = columns.posted.records.iter();
        let is_recent = |day: &Date| (0..RECENT).contains(&days_between(*day, today));
        Self {
            columns,
            today,
            is_over: closes
                .map(|day| day.is_some_and(|day| day < today))
                .collect(),
            is_recent: posted
                .map(|day| day.as_ref().is_some_and(is_recent))
                .collect(),
        }
    }

    fn count(&self, rows: &[u32]) -> RecordCounts {
        let columns = self.columns;
        let mut counts = RecordCounts {
            columns: COUNTED.map(|column| vec![0; columns.records(column)]),
            open: vec![0; columns.posted.records.len()],
            closed: vec![0; LONGEST + 1],
            recent_skills: vec![0; columns.records(ColumnId::Skills)],
            recent: 0,
        };
        for (column, counts) in COUNTED.into_iter().zip(&mut counts.columns) {
            facets::add(counts, columns.ids(column), rows);
        }
        let mut recent = Vec::new();
        for &row in rows {
            let (posted, closes) = (
                columns.posted.ids.get(row as usize),
                columns.closes.ids.get(row as usize),
            );
            if self.is_recent[posted] {
                recent.push(row);
            }
            self.add_stay(&mut counts, (posted, closes), 1);
        }
        counts.recent = recent.len() as u32;
        let ids = columns.ids(ColumnId::Skills);
        facets::add(&mut counts.recent_skills, ids, &recent);
        counts
    }

    /// Counts postings with these records of their dates.
    fn add_stay(&self, counts: &mut RecordCounts, (posted, closes): (usize, usize), count: u32) {
        let columns = self.columns;
        if !self.is_over[closes] {
            counts.open[posted] += count;
        } else if let (Some(posted), Some(closes)) = (
            columns.posted.records[posted],
            columns.closes.records[closes],
        ) && posted <= closes
        {
            let stay = usize::try_from(days_between(posted, closes)).unwrap_or(LONGEST);
            counts.closed[stay.min(LONGEST)] += count;
        }
    }

    fn finish(&self, index: &Index, total: usize, counts: &RecordCounts) -> Tally {
        let columns = self.columns;
        let values = |field: Field, records: &[u32]| columns.tally(field, records);
        let named = |field: Field, records: &[u32]| {
            let texts = &columns.facet_values(field).shown;
            let counts = values(field, records).into_iter().enumerate();
            let counted = counts.filter(|(_, count)| *count > 0);
            let counts = counted.map(|(number, count)| Count {
                value: texts.get(number).to_owned(),
                count,
            });
            counts.collect::<Vec<_>>()
        };
        let enums = &counts.columns[ENUMS];
        Tally {
            total,
            of: index.len(),
            levels: named(Field::Level, enums),
            workplaces: named(Field::Workplace, enums),
            companies: named(Field::Company, &counts.columns[EMPLOYER]),
            cities: self.cities(&counts.columns[PLACES]),
            skills: self.skills(index, counts),
            recent: counts.recent as usize,
            pay: self.pay(&counts.columns[SALARY]),
            posted: dates(&columns.posted.records, &counts.columns[POSTED]),
            closes: dates(&columns.closes.records, &counts.columns[CLOSES]),
            open: self.ages(&counts.open),
            closed: numbered(&counts.closed),
        }
    }

    fn cities(&self, records: &[u32]) -> Vec<CityCount> {
        let places = &self.columns.places;
        let counts = self.columns.tally(Field::City, records);
        let mut coordinates = vec![None; counts.len()];
        for place in &places.all {
            if let Some(city) = place.city {
                let known: &mut Option<Coordinates> = &mut coordinates[city as usize];
                *known = known.or(place.coordinates);
            }
        }
        let cities = counts.into_iter().zip(coordinates).enumerate();
        let counted = cities.filter(|(_, (count, _))| *count > 0);
        let cities = counted.map(|(number, (count, coordinates))| CityCount {
            value: places.cities.shown.get(number).to_owned(),
            coordinates,
            count,
        });
        cities.collect()
    }

    fn skills(&self, index: &Index, counts: &RecordCounts) -> Vec<SkillCount> {
        let tally = |records: &[u32]| self.columns.tally(Field::Skill, records);
        let matching = tally(&counts.columns[SKILL_LISTS]);
        let (recent, board) = (
            tally(&counts.recent_skills),
            tally(&index.records()[SKILLS]),
        );
        let skills = matching.into_iter().zip(recent).zip(board).enumerate();
        let counted = skills.filter(|(_, ((count, _), _))| *count > 0);
        let skills = counted.map(|(number, ((count, recent), board))| SkillCount {
            value: self.columns.skills.shown.get(number).to_owned(),
            count,
            recent,
            board,
        });
        skills.collect()
    }

    /// One amount for each currency and period of a posting: the middle between its least and its most.
    fn pay(&self, records: &[u32]) -> Vec<PayCount> {
        let salaries = &self.columns.salary.records;
        let counted = records.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut pay: Vec<PayCount> = Vec::new();
        for (record, &count) in counted {
            let ranges = salaries.get(record);
            for (at, range) in ranges.iter().enumerate() {
                let kind = (range.currency, range.per);
                let is_same = |pay: &&crate::facts::Pay| (pay.currency, pay.per) == kind;
                if ranges[..at].iter().any(|pay| is_same(&pay)) {
                    continue;
                }
                let alike = || ranges[at..].iter().filter(is_same);
                let least = alike().filter_map(|pay| pay.min.or(pay.max));
                let most = alike().filter_map(|pay| pay.max.or(pay.min));
                let (least, most) = (least.reduce(f64::min), most.reduce(f64::max));
                if let Some((least, most)) = least.zip(most) {
                    pay.push(PayCount {
                        currency: range.currency,
                        per: range.per,
                        amount: f64::midpoint(least, most),
                        is_derived: salaries.is_derived(record),
                        count,
                    });
                }
            }
        }
        pay
    }

    /// Days since publication, with the number of postings.
    fn ages(&self, open: &[u32]) -> Vec<(u32, u32)> {
        let mut ages = BTreeMap::new();
        for (day, count) in dates(&self.columns.posted.records, open) {
            if let Ok(age) = u32::try_from(days_between(day, self.today)) {
                *ages.entry(age).or_default() += count;
            }
        }
        ages.into_iter().collect()
    }
}

/// Dates in order, with the number of postings.
fn dates(records: &[Option<Date>], counts: &[u32]) -> Vec<(Date, u32)> {
    let dates = records.iter().zip(counts).filter(|(_, count)| **count > 0);
    let mut dates: Vec<(Date, u32)> = dates
        .filter_map(|(day, count)| Some(((*day)?, *count)))
        .collect();
    dates.sort_unstable();
    dates
}

/// Numbers with a count.
fn numbered(counts: &[u32]) -> Vec<(u32, u32)> {
    let numbers = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    numbers.map(|(at, count)| (at as u32, *count)).collect()
}
