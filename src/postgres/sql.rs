//! A plan as statements. Values are parameters, always; only names of tables and columns are part of the text.

use std::borrow::Cow;
use std::fmt::Write as _;

use postgres::types::{ToSql, Type};

use crate::query::SortKey;
use crate::search::{
    Alternative, ColumnId, Plan, PlannedOrder, PlannedTerm, RowList, Shortlist, Since, VerdictList,
};

/// A statement with its parameters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Statement {
    pub(super) text: String,
    pub(super) values: Vec<Parameter>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Parameter {
    Number(i64),
    List(Vec<i32>),
    Text(String),
}

impl Statement {
    /// The parameters with their types.
    pub(super) fn parameters(&self) -> Vec<(&(dyn ToSql + Sync), Type)> {
        let values = self.values.iter();
        let values = values.map(|value| match value {
            Parameter::Number(number) => (number as &(dyn ToSql + Sync), Type::INT8),
            Parameter::List(list) => (list as &(dyn ToSql + Sync), Type::INT4_ARRAY),
            Parameter::Text(text) => (text as &(dyn ToSql + Sync), Type::TEXT),
        });
        values.collect()
    }
}

/// Columns with at most this many records are looked up in an array of all verdicts.
const SMALL: usize = 4096;
/// So are larger ones, if one record in this many has a verdict.
const DENSE: usize = 3;
/// The last place of an order.
const LAST: i32 = i32::MAX;

/// Builds the statements of a plan.
pub(super) struct Statements<'a> {
    /// The table of the rows.
    pub(super) postings: String,
    pub(super) plan: &'a Plan,
    /// Whether undecided rows are included.
    pub(super) unjudged: bool,
    /// Number of matches to count at most.
    pub(super) most: usize,
}

/// Text and parameters under construction.
#[derive(Default)]
struct Builder<'a> {
    /// The only records that rows may have.
    shortlist: Option<&'a Shortlist>,
    values: Vec<Parameter>,
    /// Joined lists of verdicts.
    joins: String,
    joined: usize,
}

impl Builder<'_> {
    /// Adds a parameter and returns its reference.
    fn list(&mut self, list: Vec<i32>) -> String {
        self.values.push(Parameter::List(list));
        format!("${}", self.values.len())
    }

    fn number(&mut self, number: usize) -> String {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        self.values.push(Parameter::Number(number));
        format!("${}", self.values.len())
    }

    /// The part of a list that matters.
    fn narrowed<'a>(&self, list: &'a VerdictList) -> Cow<'a, VerdictList> {
        let shortlist = self.shortlist.filter(|short| short.column == list.column);
        shortlist.map_or(Cow::Borrowed(list), |short| {
            Cow::Owned(short.narrowed(list))
        })
    }

    /// The verdict on a row's record.
    fn verdict(&mut self, list: &VerdictList) -> String {
        let list = self.narrowed(list);
        let column = list.column.name();
        if list.records <= SMALL || list.ids.len() * DENSE >= list.records {
            let mut all = vec![0; list.records];
            for (&id, &verdict) in list.ids.iter().zip(&list.verdicts) {
                if let Some(known) = usize::try_from(id).ok().and_then(|id| all.get_mut(id)) {
                    *known = verdict;
                }
            }
            let all = self.list(all);
            return format!("({all})[p.{column} + 1]");
        }
        let (ids, verdicts) = (
            self.list(list.ids.clone()),
            self.list(list.verdicts.clone()),
        );
        let name = format!("v{}", self.joined);
        self.joined += 1;
        let _ = write!(
            self.joins,
            " LEFT JOIN unnest({ids}, {verdicts}) AS {name}(id, verdict) ON {name}.id = p.{column}"
        );
        format!("coalesce({name}.verdict, 0)")
    }

    /// Whether a row's record has a verdict in a range.
    fn has(&mut self, list: &VerdictList, range: std::ops::RangeInclusive<i32>) -> Option<String> {
        let list = self.narrowed(list);
        let pairs = list.ids.iter().zip(&list.verdicts);
        let ids = pairs.filter(|(_, verdict)| range.contains(verdict));
        let ids: Vec<i32> = ids.map(|(id, _)| *id).collect();
        if ids.is_empty() {
            return None;
        }
        let column = list.column.name();
        Some(format!("p.{column} = ANY ({})", self.list(ids)))
    }

    fn in_rows(&mut self, list: &RowList) -> String {
        let mut any = Vec::new();
        if !list.rows.is_empty() || list.is_complement {
            let rows = self.list(list.rows.clone());
            let not = if list.is_complement { "NOT " } else { "" };
            any.push(format!("{not}p.number = ANY ({rows})"));
        }
        for rule in &list.rules {
            let terms = rule.terms.iter();
            let mut all: Vec<String> = terms.map(|term| self.term(term)).collect();
            if !rule.except.is_empty() {
                let except = self.list(rule.except.clone());
                all.push(format!("NOT p.number = ANY ({except})"));
            }
            any.push(format!("({})", and(&all)));
        }
        or(&any)
    }

    /// Whether an alternative holds, ignoring negation, with a verdict in a range.
    fn any_verdict(&mut self, one: &Alternative, range: std::ops::RangeInclusive<i32>) -> String {
        let mut any: Vec<String> = Vec::new();
        for list in &one.lists {
            any.extend(self.has(list, range.clone()));
        }
        if range.contains(&Plan::TRUE) {
            if one.matches_all {
                any.push("true".to_owned());
            }
            if let Some(rows) = &one.rows {
                any.push(self.in_rows(rows));
            }
            any.extend(one.since.map(|since| match since {
                Since::Arrived(after) => format!("p.arrived > {after}"),
                Since::Changed(after) => format!("(p.arrived <= {after} AND p.changed > {after})"),
            }));
        }
        or(&any)
    }

    /// Whether an alternative holds.
    fn is_true(&mut self, one: &Alternative) -> String {
        let holds = self.any_verdict(one, Plan::TRUE..=i32::MAX);
        if !one.is_negated {
            return holds;
        }
        let open = self.any_verdict(one, 1..=Plan::LAST_AMOUNT);
        format!("NOT ({holds} OR {open})")
    }

    /// Whether a term holds.
    fn term(&mut self, term: &PlannedTerm) -> String {
        let any: Vec<String> = term.any.iter().map(|one| self.is_true(one)).collect();
        or(&any)
    }

    /// Whether an alternative is undecided, given that the term does not hold, with one of these verdicts.
    fn is_undecided(
        &mut self,
        one: &Alternative,
        verdict: std::ops::RangeInclusive<i32>,
    ) -> String {
        if !one.is_negated {
            return self.any_verdict(one, verdict);
        }
        let verdict = *verdict.start()..=(*verdict.end()).min(Plan::LAST_AMOUNT);
        let undecided = self.any_verdict(one, verdict);
        let holds = self.any_verdict(one, Plan::TRUE..=i32::MAX);
        format!("({undecided} AND NOT {holds})")
    }

    /// Whether a term holds or is undecided.
    fn open(&mut self, term: &PlannedTerm) -> String {
        let mut any = vec![self.term(term)];
        if term.is_unsure {
            for one in &term.any {
                any.push(self.is_undecided(one, 1..=Plan::TRUE - 1));
            }
        }
        or(&any)
    }

    /// The verdict of a term.
    fn value(&mut self, term: &PlannedTerm) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut others: Vec<String> = Vec::new();
        for one in &term.any {
            if one.is_negated {
                let holds = self.is_true(one);
                others.push(format!("CASE WHEN {holds} THEN {} ELSE 0 END", Plan::TRUE));
                continue;
            }
            for list in &one.lists {
                parts.push(self.verdict(list));
            }
            if one.matches_all {
                others.push(Plan::TRUE.to_string());
            }
            if let Some(rows) = &one.rows {
                let rows = self.in_rows(rows);
                others.push(format!("CASE WHEN {rows} THEN {} ELSE 0 END", Plan::TRUE));
            }
        }
        let also = Plan::ALSO;
        let best = match parts.as_slice() {
            [] => "0".to_owned(),
            [one] => one.clone(),
            parts => {
                let plain: Vec<String> = parts
                    .iter()
                    .map(|part| format!("{part} & ~{also}"))
                    .collect();
                let hits: Vec<String> = parts
                    .iter()
                    .map(|part| format!("({part} >= {})::int", Plan::LEAST_HIT))
                    .collect();
                // All of these operators have the same precedence.
                format!(
                    "(greatest({}) | (CASE WHEN {} > 1 THEN {also} ELSE 0 END) | (({}) & {also}))",
                    plain.join(", "),
                    hits.join(" + "),
                    parts.join(" | ")
                )
            }
        };
        others.push(best);
        if let [only] = others.as_slice() {
            return only.clone();
        }
        format!("greatest({})", others.join(", "))
    }

    fn finish(self, text: String) -> Statement {
        Statement {
            text,
            values: self.values,
        }
    }
}

fn or(any: &[String]) -> String {
    match any {
        [] => "false".to_owned(),
        [one] => one.clone(),
        any => format!("({})", any.join(" OR ")),
    }
}

fn and(all: &[String]) -> String {
    if all.is_empty() {
        return "true".to_owned();
    }
    all.join(" AND ")
}

/// Rows that pass these terms, and have a description that contains a text, or none: `(number, description)`. Of terms
/// that a row may fail and still be counted somewhere, none is used.
pub(super) fn described(
    (postings, body): (&str, &str),
    terms: &[PlannedTerm],
    contained: Option<&str>,
    most: usize,
) -> Statement {
    let mut builder = Builder::default();
    let is_final = |term: &&PlannedTerm| {
        let mut any = term.any.iter();
        term.facet.is_none() && !term.is_unsure && any.all(|one| one.description.is_none())
    };
    let mut all: Vec<String> = Vec::new();
    for term in terms.iter().filter(is_final) {
        all.push(builder.term(term));
    }
    let Some(contained) = contained else {
        all.push("NOT p.is_described".to_owned());
        return builder.finish(format!(
            "SELECT p.number, '' FROM {postings} p WHERE {}",
            and(&all)
        ));
    };
    all.push("p.is_described".to_owned());
    builder.values.push(Parameter::Text(contained.to_owned()));
    let text = builder.values.len();
    // The text that searches fold descriptions to.
    all.push(format!(
        "strpos(coalesce(b.folded, lower(b.description COLLATE \"C\")), ${text}) > 0"
    ));
    builder.finish(format!(
        "SELECT p.number, b.description FROM {postings} p JOIN {body} b ON b.hash = p.hash WHERE {} LIMIT {most}",
        and(&all)
    ))
}

impl Statements<'_> {
    /// Whether a term lets a row through.
    fn passes(&self, builder: &mut Builder, term: &PlannedTerm) -> String {
        if self.unjudged {
            builder.open(term)
        } else {
            builder.term(term)
        }
    }

    /// Conditions of the matches that are shown.
    fn matching(&self, builder: &mut Builder) -> Vec<String> {
        let terms = self.plan.terms.iter();
        let mut all: Vec<String> = terms.map(|term| self.passes(builder, term)).collect();
        for list in self.plan.kept_out.iter().filter(|list| !list.is_empty()) {
            all.push(format!("NOT ({})", builder.in_rows(list)));
        }
        all
    }

    /// The place of a row in the order, smallest first; `None` if it is that of its number.
    fn place(&self, builder: &mut Builder) -> Option<String> {
        match &self.plan.order {
            PlannedOrder::Rank => self.rank(builder).map(|rank| format!("-({rank})")),
            PlannedOrder::Key(SortKey::Near, _) => None,
            PlannedOrder::Key(key, reverse) => {
                let column = format!("p.by_{}", key.name());
                let sign = if *reverse == (*key == SortKey::Posted) {
                    ""
                } else {
                    "-"
                };
                Some(format!("coalesce({sign}{column}, {LAST})"))
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
        let is_ranked = |term: &&PlannedTerm| {
            let lists = term.any.iter().filter(|one| !one.is_negated);
            let mut verdicts = lists
                .flat_map(|one| &one.lists)
                .flat_map(|list| &list.verdicts);
            verdicts.any(|verdict| *verdict >= Plan::LEAST_HIT)
        };
        let mut parts: Vec<String> = Vec::new();
        for term in self.plan.terms.iter().filter(is_ranked) {
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

    /// The first rows, in order: `(number, place)`, of all rows or of those in a list.
    pub(super) fn window(&self, limit: usize, shortlist: Option<&Shortlist>) -> Statement {
        let mut builder = Builder {
            shortlist,
            ..Builder::default()
        };
        let place = self.place(&mut builder);
        let mut matching = self.matching(&mut builder);
        if let Some(short) = shortlist {
            let ids = builder.list(short.ids.clone());
            matching.insert(0, format!("p.{} = ANY ({ids})", short.column.name()));
        }
        let limit = builder.number(limit);
        let order = place.as_ref().map_or("", |_| "place, ");
        let place = place.unwrap_or_else(|| "0".to_owned());
        let text = format!(
            "SELECT p.number, ({place})::int8 AS place FROM {} p{} WHERE {} ORDER BY {order}p.number LIMIT {limit}",
            self.postings,
            builder.joins,
            and(&matching)
        );
        builder.finish(text)
    }

    /// How many matches are before a row: `(count)`, or no row if it does not match.
    pub(super) fn before(&self, row: u32) -> Statement {
        let mut builder = Builder::default();
        let place = self.place(&mut builder).unwrap_or_else(|| "0".to_owned());
        let matching = self.matching(&mut builder);
        let row = builder.number(row as usize);
        let text = format!(
            "WITH found AS MATERIALIZED (SELECT p.number, {place} AS place FROM {} p{} WHERE {}),
kept AS (SELECT number, place FROM found WHERE number = {row})
SELECT (SELECT count(*) FROM found WHERE (found.place < kept.place) OR (found.place = kept.place AND found.number < kept.number))
FROM kept",
            self.postings,
            builder.joins,
            and(&matching)
        );
        builder.finish(text)
    }

    /// Numbers of matches, of those hidden and muted, of the undecided rows for each of these verdicts, and of all these.
    pub(super) fn counts(&self, verdicts: &[i32]) -> Statement {
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
        let most = builder.number(self.most);
        let text = format!(
            "SELECT {}, count(*) FROM (SELECT * FROM {} p WHERE {} LIMIT {most}) p",
            columns.join(", "),
            self.postings,
            and(&open)
        );
        builder.finish(text)
    }

    /// Counts for statistics: `(kind, record, record, count)`. The kinds are the columns by position; then the pairs of
    /// dates of publication and closing; then the skills of rows with one of the recent dates.
    pub(super) fn tally(&self, columns: &[ColumnId], recent: Vec<i32>) -> Statement {
        let mut builder = Builder::default();
        let matching = self.matching(&mut builder);
        let (posted, closes) = (ColumnId::Posted.name(), ColumnId::Closes.name());
        let skills = ColumnId::Skills.name();
        let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
        let mut groups: Vec<String> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            groups.push(format!(
                "SELECT {at}, {name}, 0, count(*)::int4 FROM found GROUP BY {name}"
            ));
        }
        let (pairs, skilled) = (names.len(), names.len() + 1);
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

    /// Number of matches: `(count)`.
    pub(super) fn total(&self) -> Statement {
        let mut builder = Builder::default();
        let matching = self.matching(&mut builder);
        let most = builder.number(self.most);
        let text = format!(
            "SELECT count(*) FROM (SELECT FROM {} p WHERE {} LIMIT {most}) p",
            self.postings,
            and(&matching)
        );
        builder.finish(text)
    }

    /// Number of matches with each record: `(index of the column, record, count)`.
    pub(super) fn records(&self, columns: &[ColumnId]) -> Statement {
        let mut builder = Builder::default();
        let matching = self.matching(&mut builder);
        let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
        let groups = names.iter().enumerate().map(|(at, name)| {
            format!("SELECT {at}, {name}, count(*)::int4 FROM found GROUP BY {name}")
        });
        let groups: Vec<String> = groups.collect();
        let selected: Vec<String> = names.iter().map(|name| format!("p.{name}")).collect();
        let most = builder.number(self.most);
        let text = format!(
            "WITH found AS MATERIALIZED (SELECT {} FROM {} p WHERE {} LIMIT {most}) {}",
            selected.join(", "),
            self.postings,
            and(&matching),
            groups.join(" UNION ALL ")
        );
        builder.finish(text)
    }

    /// Number of rows with each record that only the terms of a facet reject: `(record, count)`.
    pub(super) fn others(&self, facet: usize) -> Statement {
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
        let most = builder.number(self.most);
        let text = format!(
            "SELECT p.{column}, count(*)::int4 FROM (SELECT p.{column} FROM {} p WHERE {} LIMIT {most}) p GROUP BY p.{column}",
            self.postings,
            and(&all)
        );
        builder.finish(text)
    }
}
