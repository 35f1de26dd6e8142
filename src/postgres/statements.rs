//! The statements that answer a plan.

mod first_rows;
mod groups;

use std::fmt::Write as _;

use super::schema::covered_columns;
use super::sql::{Builder, Statement, and, or};
use crate::query::SortKey;
use crate::search::{AccessPath, ColumnId, Plan, PlannedOrder, PlannedTerm, RowList};

pub(super) use groups::{groups_of, members_of};

/// The last place of an order.
const LAST: i32 = i32::MAX;

/// Builds the statements of a plan.
pub(super) struct Statements<'a> {
    /// The table of the rows.
    pub(super) postings: String,
    pub(super) plan: &'a Plan,
    /// Whether undecided rows are included.
    pub(super) unjudged: bool,
    /// Number of rows to read for counting, at most.
    pub(super) most: usize,
    /// Whether Citus distributes the rows.
    pub(super) is_distributed: bool,
}

impl Statements<'_> {
    /// The column by which Citus distributes rows, before others: its workers put rows together only if each tells it.
    fn part(&self) -> &'static str {
        if self.is_distributed { "p.part, " } else { "" }
    }

    /// Whether a term lets a row through.
    fn passes(&self, builder: &mut Builder, term: &PlannedTerm) -> String {
        if self.unjudged {
            builder.open(term)
        } else {
            builder.term(term)
        }
    }

    /// Conditions of the matches that are shown, among rows that pass a term.
    fn matching(&self, builder: &mut Builder, passed: Option<usize>) -> Vec<String> {
        let terms = self.plan.terms.iter().enumerate();
        let terms = terms.filter(|(at, _)| passed != Some(*at));
        let mut all: Vec<String> = terms.map(|(_, term)| self.passes(builder, term)).collect();
        for list in self.plan.kept_out.iter().filter(|list| !list.is_empty()) {
            all.push(format!("NOT ({})", builder.in_rows(list)));
        }
        if !self.plan.known_groups.is_empty() {
            let is_known = builder.is_one_of("group_number", &self.plan.known_groups);
            all.push(format!("NOT ({is_known})"));
        }
        all
    }

    /// The place of a row in the order, smallest first; `None` if it is that of its number.
    fn place(&self, builder: &mut Builder) -> Option<String> {
        match &self.plan.order {
            PlannedOrder::Rank => self.rank(builder).map(|rank| format!("-({rank})")),
            PlannedOrder::Key(SortKey::Near, _) => None,
            PlannedOrder::Key(key, reverse) => {
                let sign = if is_ascending(*key, *reverse) {
                    ""
                } else {
                    "-"
                };
                Some(format!("coalesce({sign}p.{}, {LAST})", key_column(*key)))
            }
            PlannedOrder::Distance(places, reverse) => {
                let last = i32::MAX;
                let place = |&place: &i32| match (place, reverse) {
                    (-1, _) => last,
                    (place, false) => place,
                    (place, true) => -place,
                };
                let places = builder.list(places.iter().map(place).collect());
                Some(format!("({places})[p.{} + 1]", ColumnId::Places.name()))
            }
        }
    }

    /// The rank of a row; `None` if all have the same.
    fn rank(&self, builder: &mut Builder) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        for term in self.plan.terms.iter().filter(|term| term.is_ranked()) {
            let value = builder.value(term);
            let least = Plan::LEAST_HIT;
            let lists = term.any.iter().flat_map(|one| &one.lists);
            let mut verdicts = lists.flat_map(|list| &list.verdicts);
            let is_plain = term
                .any
                .iter()
                .all(|one| !one.is_negated && one.rows.is_none());
            let rank = if is_plain && verdicts.all(|verdict| *verdict >= least) {
                value
            } else {
                format!("(CASE WHEN {value} >= {least} THEN {value} ELSE 0 END)")
            };
            parts.push(if self.plan.is_coarse {
                let shift = Plan::PLACE_SHIFT;
                format!("(({rank}) >> {shift} << {shift})::int8")
            } else {
                format!("({rank})::int8")
            });
        }
        if !self.plan.neighbours.is_empty() {
            let masks: Vec<String> = self
                .plan
                .neighbours
                .iter()
                .map(|list| builder.verdict(list))
                .collect();
            let masks = masks.join(" | ");
            let shift = Plan::NEIGHBOUR_SHIFT;
            parts.push(format!("(bit_count(({masks})::bit(8)) << {shift})"));
        }
        (!parts.is_empty()).then(|| parts.join(" + "))
    }

    /// The matches among the rows of a path, or all, as a table of `number`, `place` and `group_number`.
    fn found<'p>(&self, builder: &mut Builder<'p>, path: Option<&'p AccessPath>) -> String {
        let select = |builder: &mut Builder<'p>, found: &str| {
            let place = self.place(builder).unwrap_or_else(|| "0".to_owned());
            let mut all = vec![found.to_owned()];
            all.extend(self.matching(builder, path.and_then(|path| path.term)));
            format!(
                "SELECT {}p.number, ({place})::int8 AS place, p.group_number FROM {} p WHERE {}",
                self.part(),
                self.postings,
                and(&all)
            )
        };
        match path {
            Some(path) => along(path, builder, select),
            None => select(builder, "true"),
        }
    }

    /// Record numbers of the rows of a path, or of all rows, up to the number that is read.
    fn read<'p>(&self, builder: &mut Builder<'p>, path: Option<&'p AccessPath>) -> String {
        let columns = covered();
        let select = |_: &mut Builder<'p>, condition: &str| {
            format!(
                "SELECT {}{columns} FROM {} p WHERE {condition}",
                self.part(),
                self.postings
            )
        };
        let rows = if let Some(path) = path {
            along(path, builder, select)
        } else {
            // Few rows are new, and they have indexes of their own.
            let is_ruled = |list: &RowList| !list.rules.is_empty();
            let terms = self.plan.terms.iter().filter(|term| {
                let mut any = term.any.iter();
                any.all(|one| !one.is_negated && one.rows.as_ref().is_some_and(is_ruled))
            });
            let ruled: Vec<String> = terms.map(|term| builder.term(term)).collect();
            select(builder, &and(&ruled))
        };
        // With a limit, Citus counts on its coordinator.
        let is_all = self.most >= i32::MAX as usize
            || path.is_some_and(|path| path.postings <= self.most as u64);
        if self.is_distributed && is_all {
            return format!("({rows})");
        }
        let most = builder.number(self.most);
        format!("(SELECT * FROM ({rows}) p LIMIT {most})")
    }

    /// How many matches, which are among the rows of a path, are before a row: `(count)`, or no row if it does not match.
    pub(super) fn before(&self, row: u32, path: Option<&AccessPath>) -> Statement {
        let mut builder = Builder::default();
        let found = self.found(&mut builder, path);
        let row = builder.number(row as usize);
        builder.finish(format!(
            "WITH found AS MATERIALIZED ({found}),
kept AS (SELECT number, place FROM found WHERE number = {row})
SELECT (SELECT count(*) FROM found WHERE (found.place < kept.place) OR (found.place = kept.place AND found.number < kept.number))
FROM kept"
        ))
    }

    /// Numbers of matches, of those hidden and muted, and of the undecided rows for each of these verdicts.
    pub(super) fn counts(&self, verdicts: &[i32], path: Option<&AccessPath>) -> Statement {
        let mut builder = Builder::default();
        let plan = self.plan;
        let open: Vec<String> = plan.terms.iter().map(|term| builder.open(term)).collect();
        let passing: Vec<String> = plan
            .terms
            .iter()
            .map(|term| self.passes(&mut builder, term))
            .collect();
        let kept: Vec<Option<String>> = plan
            .kept_out
            .iter()
            .map(|list| (!list.is_empty()).then(|| builder.in_rows(list)))
            .collect();
        let of = |at: usize| kept[at].clone().unwrap_or_else(|| "false".to_owned());
        let (hidden, muted) = (of(0), of(1));
        let passing = and(&passing);
        let shown = format!("NOT ({hidden}) AND NOT ({muted})");
        let count = |what: String| format!("count(*) FILTER (WHERE {what})");
        let mut columns = vec![
            count(format!("{passing} AND {shown}")),
            count(format!("{passing} AND ({hidden}) AND NOT ({muted})")),
            count(format!("{passing} AND ({muted}) AND NOT ({hidden})")),
        ];
        for &verdict in verdicts {
            let mut any = Vec::new();
            for term in plan.terms.iter().filter(|term| term.is_unsure) {
                let holds = builder.term(term);
                let mut this = Vec::new();
                let mut more = Vec::new();
                for one in &term.any {
                    this.push(builder.is_undecided(one, verdict..=verdict));
                    more.push(builder.is_undecided(one, verdict + 1..=Plan::TRUE - 1));
                }
                any.push(format!(
                    "NOT ({holds}) AND {} AND NOT {}",
                    or(&this),
                    or(&more)
                ));
            }
            columns.push(count(format!("{} AND {shown}", or(&any))));
        }
        let read = self.read(&mut builder, path);
        let text = format!(
            "SELECT {} FROM {read} p WHERE {}",
            columns.join(", "),
            and(&open)
        );
        builder.finish(text)
    }

    /// Counts for statistics: `(kind, record, record, count)`. The kinds are the columns by position; then the pairs of
    /// dates of publication and closing; then the skills of rows with one of the recent dates.
    pub(super) fn tally(&self, columns: &[ColumnId], recent: Vec<i32>) -> Statement {
        let mut builder = Builder::planned_there();
        let matching = self.matching(&mut builder, None);
        let (posted, closes) = (ColumnId::Posted.name(), ColumnId::Closes.name());
        let skills = ColumnId::Skills.name();
        let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
        let (pairs, skilled) = (names.len(), names.len() + 1);
        if self.is_distributed {
            let recent = builder.list(recent);
            let kinds: Vec<String> = (0..=pairs).map(|kind| kind.to_string()).collect();
            let kinds = format!(
                "ARRAY[{}] || CASE WHEN p.{posted} = ANY ({recent}) THEN {skilled} END",
                kinds.join(", ")
            );
            let firsts = names.iter().copied().chain([posted, skills]);
            let firsts: Vec<String> = firsts.map(|name| format!("p.{name}")).collect();
            let zeros = vec!["0"; pairs].join(", ");
            let lists = [
                kinds,
                format!("ARRAY[{}]", firsts.join(", ")),
                format!("ARRAY[{zeros}, p.{closes}, 0]"),
            ];
            let found = format!("{} p WHERE {}", self.postings, and(&matching));
            return builder.finish(grouped(&lists, &found));
        }
        let mut groups: Vec<String> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            groups.push(format!(
                "SELECT {at}, {name}, 0, count(*)::int4 FROM found GROUP BY {name}"
            ));
        }
        groups.push(format!(
            "SELECT {pairs}, {posted}, {closes}, count(*)::int4 FROM found GROUP BY {posted}, {closes}"
        ));
        let recent = builder.list(recent);
        groups.push(format!(
            "SELECT {skilled}, {skills}, 0, count(*)::int4 FROM found WHERE {posted} = ANY ({recent}) GROUP BY {skills}"
        ));
        let text = format!(
            "WITH found AS MATERIALIZED (SELECT {} FROM {} p WHERE {}) {}",
            names.join(", "),
            self.postings,
            and(&matching),
            groups.join(" UNION ALL ")
        );
        builder.finish(text)
    }

    /// Number of matches among the rows of a path: `(count)`.
    pub(super) fn total(&self, path: Option<&AccessPath>) -> Statement {
        let mut builder = Builder::default();
        let passed = path.and_then(|path| path.term);
        let matching = self.matching(&mut builder, passed);
        let read = self.read(&mut builder, path);
        let text = format!("SELECT count(*) FROM {read} p WHERE {}", and(&matching));
        builder.finish(text)
    }

    /// Number of matches with each record: `(index of the column, record, count)`; with the index after the last column,
    /// if it is wanted, the number of their groups.
    pub(super) fn records(
        &self,
        columns: &[ColumnId],
        path: Option<&AccessPath>,
        is_grouped: bool,
    ) -> Statement {
        let mut builder = Builder::default();
        let passed = path.and_then(|path| path.term);
        let matching = self.matching(&mut builder, passed);
        let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
        if self.is_distributed {
            let kinds: Vec<String> = (0..names.len()).map(|kind| kind.to_string()).collect();
            let records: Vec<String> = names.iter().map(|name| format!("p.{name}")).collect();
            let lists = [kinds, records].map(|list| format!("ARRAY[{}]", list.join(", ")));
            let read = self.read(&mut builder, path);
            let found = format!("{read} p WHERE {}", and(&matching));
            let mut text = grouped(&lists, &found);
            if is_grouped {
                let _ = write!(
                    text,
                    " UNION ALL SELECT {}, 0, count(DISTINCT p.group_number)::int4 FROM {found}",
                    names.len()
                );
            }
            return builder.finish(text);
        }
        let groups = names.iter().enumerate().map(|(at, name)| {
            format!("SELECT {at}, {name}, count(*)::int4 FROM found GROUP BY {name}")
        });
        let mut groups: Vec<String> = groups.collect();
        let mut selected: Vec<String> = names.iter().map(|name| format!("p.{name}")).collect();
        if is_grouped {
            selected.push("p.group_number".to_owned());
            groups.push(format!(
                "SELECT {}, 0, count(*)::int4 FROM (SELECT FROM found GROUP BY group_number) g",
                names.len()
            ));
        }
        let read = self.read(&mut builder, path);
        let text = format!(
            "WITH found AS MATERIALIZED (SELECT {} FROM {read} p WHERE {}) {}",
            selected.join(", "),
            and(&matching),
            groups.join(" UNION ALL ")
        );
        builder.finish(text)
    }

    /// Number of rows with each record that only the terms of a facet reject: `(record, count)`.
    pub(super) fn others(&self, facet: usize, path: Option<&AccessPath>) -> Statement {
        let mut builder = Builder::default();
        let is_own = |term: &&PlannedTerm| term.facet == Some(facet);
        let mut all = Vec::new();
        for term in self.plan.terms.iter().filter(|term| !is_own(term)) {
            all.push(self.passes(&mut builder, term));
        }
        for list in self.plan.kept_out.iter().filter(|list| !list.is_empty()) {
            all.push(format!("NOT ({})", builder.in_rows(list)));
        }
        let mut own = Vec::new();
        for term in self.plan.terms.iter().filter(is_own) {
            own.push(self.passes(&mut builder, term));
        }
        all.push(format!("NOT ({})", and(&own)));
        let column = Plan::facet_column(facet).name();
        let read = self.read(&mut builder, path);
        let text = format!(
            "SELECT p.{column}, count(*)::int4 FROM {read} p WHERE {} GROUP BY p.{column}",
            and(&all)
        );
        builder.finish(text)
    }
}

/// Selects the rows of a path, each by the first part that finds it. `select` is given the condition of a part.
fn along<'p>(
    path: &'p AccessPath,
    builder: &mut Builder<'p>,
    select: impl Fn(&mut Builder<'p>, &str) -> String,
) -> String {
    let mut selects = Vec::new();
    let mut earlier = String::new();
    for part in &path.parts {
        let column = part.column.name();
        builder.records = Some((part.column, &part.ids));
        let ids = builder.list(part.ids.clone());
        let found = format!("p.{column} = ANY ((SELECT {ids})::int4[]){earlier}");
        selects.push(select(builder, &found));
        let found = builder.is_one_of(column, &part.ids);
        let _ = write!(earlier, " AND NOT ({found})");
    }
    builder.records = None;
    if !path.rows.is_empty() {
        let rows = builder.list(path.rows.clone());
        selects.push(select(
            builder,
            &format!("p.number = ANY ({rows}){earlier}"),
        ));
    }
    if selects.is_empty() {
        return select(builder, "false");
    }
    selects.join(" UNION ALL ")
}

/// Counts rows by what lists have at the same positions, the first of which has none for a position that does not count:
/// every row is read once, by the worker that has it.
fn grouped(lists: &[String], found: &str) -> String {
    let names = ["kind", "one", "two"];
    let lists: Vec<String> = lists
        .iter()
        .zip(names)
        .map(|(list, name)| format!("unnest({list}) AS {name}"))
        .collect();
    let names = names[..lists.len()].join(", ");
    format!(
        "SELECT {names}, count(*)::int4 FROM (SELECT p.part, {} FROM {found}) p WHERE kind IS NOT NULL GROUP BY {names}",
        lists.join(", ")
    )
}

/// The columns that conditions are about, and the number.
fn covered() -> String {
    covered_columns().fold("p.number".to_owned(), |all, name| all + ", p." + name)
}

/// The column with the place of a row by a sort key.
fn key_column(key: SortKey) -> String {
    format!("by_{}", key.name())
}

/// Whether the smallest place comes first.
fn is_ascending(key: SortKey, reverse: bool) -> bool {
    reverse == (key == SortKey::Posted)
}
