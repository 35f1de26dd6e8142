//! Statements about the first rows.

use std::fmt::Write as _;
use std::ops::Range;

use super::{Statements, covered, is_ascending, key_column};
use crate::postgres::sql::{Builder, Statement, and, or};
use crate::query::SortKey;
use crate::search::{AccessPath, ContenderPart, Contenders, Sample};

impl Statements<'_> {
    /// The first rows, in order, of those of a path: `(number, place)`.
    pub(in crate::postgres) fn window(&self, limit: usize, path: &AccessPath) -> Statement {
        let mut builder = Builder::default();
        let found = self.found(&mut builder, Some(path));
        let limit = builder.number(limit);
        builder.finish(format!(
            "SELECT number, place FROM ({found}) p ORDER BY place, number LIMIT {limit}"
        ))
    }

    /// The first rows in a range of numbers, in order: `(number, place)`.
    pub(in crate::postgres) fn window_of_range(
        &self,
        limit: usize,
        range: Range<usize>,
    ) -> Statement {
        let mut builder = Builder::default();
        let place = self.place(&mut builder);
        let matching = and(&self.matching(&mut builder, None));
        let order = place.as_ref().map_or("", |_| "place, ");
        let place = place.unwrap_or_else(|| "0".to_owned());
        let (start, end) = (builder.number(range.start), builder.number(range.end));
        let limit = builder.number(limit);
        builder.finish(format!(
            "SELECT p.number, ({place})::int8 AS place FROM {} p WHERE p.number >= {start} AND p.number < {end} AND {matching} ORDER BY {order}p.number LIMIT {limit}",
            self.postings
        ))
    }

    /// The first of all rows by a sort key, of those with a value or those without: `(number, place)`.
    pub(in crate::postgres) fn window_by_key(
        &self,
        limit: usize,
        (key, reverse): (SortKey, bool),
        has_value: bool,
    ) -> Statement {
        let mut builder = Builder::default();
        let matching = and(&self.matching(&mut builder, None));
        let limit = builder.number(limit);
        let column = key_column(key);
        let (not, order) = match (has_value, is_ascending(key, reverse)) {
            (true, true) => ("NOT ", format!("p.{column}, ")),
            (true, false) => ("NOT ", format!("p.{column} DESC, ")),
            (false, _) => ("", String::new()),
        };
        builder.finish(format!(
            "SELECT p.number, 0::int8 FROM {} p WHERE p.{column} IS {not}NULL AND {matching} ORDER BY {order}p.number LIMIT {limit}",
            self.postings
        ))
    }

    /// The first of the matches in a sample, in order: `(number, place)`.
    pub(in crate::postgres) fn first_sampled(&self, limit: usize, sample: &Sample) -> Statement {
        let mut builder = Builder::default();
        let mut selects = Vec::new();
        let mut earlier = String::new();
        for (column, ids) in &sample.parts {
            builder.records = Some((*column, ids));
            let list = builder.list(ids.clone());
            let place = self.place(&mut builder).unwrap_or_else(|| "0".to_owned());
            let matching = and(&self.matching(&mut builder, None));
            let column = column.name();
            let each = sample.each;
            selects.push(format!(
                "SELECT first.* FROM unnest({list}) AS one(id) CROSS JOIN LATERAL (SELECT p.number, ({place})::int8 AS place FROM (SELECT {} FROM {} p WHERE p.{column} = one.id ORDER BY p.number LIMIT {each}) p WHERE {matching}{earlier}) AS first",
                covered(),
                self.postings
            ));
            let found = builder.is_one_of(column, ids);
            let _ = write!(earlier, " AND NOT ({found})");
        }
        let limit = builder.number(limit);
        builder.finish(first_of(&selects, &limit))
    }

    /// The first of the matches that have at least a rank, in order: `(number, place)`.
    pub(in crate::postgres) fn first_contenders(
        &self,
        limit: usize,
        contenders: &Contenders,
    ) -> Statement {
        let parts = contenders.parts.iter();
        let ids: Vec<Vec<i32>> = parts.map(ContenderPart::ids).collect();
        let mut builder = Builder::default();
        let limit = builder.number(limit);
        let mut selects = Vec::new();
        let mut earlier = String::new();
        for (part, ids) in contenders.parts.iter().zip(&ids) {
            builder.records = Some((part.column, ids));
            let rank = self.rank(&mut builder).unwrap_or_else(|| "0".to_owned());
            let mut all = self.matching(&mut builder, None);
            all.push(format!("{rank} >= {}", contenders.least));
            let select = |condition: &str| {
                format!(
                    "SELECT p.number, -({rank})::int8 AS place FROM {} p WHERE {condition}{earlier} AND {}",
                    self.postings,
                    and(&all)
                )
            };
            let beside = part.beside.iter();
            let beside = beside.map(|(column, ids)| builder.is_one_of(column.name(), ids));
            let beside = or(&beside.collect::<Vec<String>>());
            let column = part.column.name();
            if !part.raised.is_empty() && !part.beside.is_empty() {
                let ids = builder.list(part.raised.clone());
                selects.push(select(&format!(
                    "p.{column} = ANY ((SELECT {ids})::int4[]) AND ({beside})"
                )));
            }
            for (ids, condition) in [
                (&part.alone, format!(" AND NOT ({beside})")),
                (&part.level, String::new()),
            ] {
                if !ids.is_empty() {
                    let ids = builder.list(ids.clone());
                    let first = select(&format!("p.{column} = one.id{condition}"));
                    selects.push(format!(
                        "SELECT first.* FROM unnest({ids}) AS one(id) CROSS JOIN LATERAL ({first} ORDER BY p.number LIMIT {limit}) AS first"
                    ));
                }
            }
            let found = builder.is_one_of(column, ids);
            let _ = write!(earlier, " AND NOT ({found})");
        }
        builder.finish(first_of(&selects, &limit))
    }
}

/// The first rows, in order, of several selections.
fn first_of(selects: &[String], limit: &str) -> String {
    let none = "SELECT 0 AS number, 0::int8 AS place WHERE false";
    let all = selects.iter().map(String::as_str).chain([none]);
    let all: Vec<&str> = all.collect();
    format!(
        "SELECT number, place FROM ({}) p ORDER BY place, number LIMIT {limit}",
        all.join(" UNION ALL ")
    )
}
