//! Statements about duplicate groups.

use super::Statements;
use crate::postgres::sql::{Builder, Statement, and};
use crate::search::AccessPath;

/// The groups of rows: `(number, number of the first row of its group)`.
pub(in crate::postgres) fn groups_of(postings: &str, rows: Vec<i32>) -> Statement {
    let mut builder = Builder::default();
    let rows = builder.list(rows);
    builder.finish(format!(
        "SELECT p.number, p.group_number FROM {postings} p WHERE p.number = ANY ({rows})"
    ))
}

/// The members of groups: `(group, number, record of the date of publication, board, id)`.
pub(in crate::postgres) fn members_of(postings: &str, groups: Vec<i32>) -> Statement {
    let mut builder = Builder::default();
    let found = of_groups(&mut builder, groups);
    builder.finish(format!(
        "SELECT p.group_number, p.number, p.posted, p.board, p.id FROM {postings} p WHERE {found}"
    ))
}

impl Statements<'_> {
    /// Numbers of matches of groups: `(group, count)`.
    pub(in crate::postgres) fn group_sizes(&self, groups: Vec<i32>) -> Statement {
        let mut builder = Builder::default();
        let found = of_groups(&mut builder, groups);
        let matching = and(&self.matching(&mut builder, None));
        builder.finish(format!(
            "SELECT p.group_number, count(*)::int4 FROM {} p WHERE {found} AND {matching} GROUP BY p.group_number",
            self.postings
        ))
    }

    /// The first matches of a group, in order: `(number, place)`.
    pub(in crate::postgres) fn matches_of_group(&self, group: u32, limit: usize) -> Statement {
        let mut builder = Builder::default();
        let found = of_groups(&mut builder, vec![group.cast_signed()]);
        let place = self.place(&mut builder).unwrap_or_else(|| "0".to_owned());
        let matching = and(&self.matching(&mut builder, None));
        let limit = builder.number(limit);
        builder.finish(format!(
            "SELECT p.number, ({place})::int8 AS place FROM {} p WHERE {found} AND {matching} ORDER BY place, p.number LIMIT {limit}",
            self.postings
        ))
    }

    /// The first match of the group of a row, with the number of groups before it: `(count, place, number)`, or no row
    /// if the row does not match. The matches are among the rows of a path.
    pub(in crate::postgres) fn groups_before(
        &self,
        row: u32,
        path: Option<&AccessPath>,
    ) -> Statement {
        let mut builder = Builder::default();
        let found = self.found(&mut builder, path);
        let row = builder.number(row as usize);
        builder.finish(format!(
            "WITH found AS MATERIALIZED ({found}),
kept AS (SELECT group_number FROM found WHERE number = {row}),
leader AS (SELECT found.number, found.place FROM found JOIN kept ON found.group_number = kept.group_number ORDER BY found.place, found.number LIMIT 1)
SELECT (SELECT count(*) FROM (SELECT FROM found WHERE (found.place < leader.place) OR (found.place = leader.place AND found.number < leader.number) GROUP BY found.group_number) before), leader.place, leader.number
FROM leader"
        ))
    }
}

/// Condition of the rows of groups with several.
fn of_groups(builder: &mut Builder<'_>, groups: Vec<i32>) -> String {
    let groups = builder.list(groups);
    format!("p.group_number = ANY ({groups}) AND p.duplicates > 0")
}
