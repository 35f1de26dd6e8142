//! Conditions and verdicts of a plan as SQL. Values are parameters, always; only names of tables and columns are part of
//! the text.

use std::borrow::Cow;

use postgres::types::{ToSql, Type};

use super::text_index;
use crate::search::{Alternative, ColumnId, Plan, PlannedTerm, RowList, Since, VerdictList};

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

/// Numbers that are compared one by one.
const FEW: usize = 8;

/// Text and parameters under construction.
#[derive(Default)]
pub(super) struct Builder<'a> {
    /// The only records of a column that rows may have, in ascending order.
    pub(super) records: Option<(ColumnId, &'a [i32])>,
    /// Whether the server chooses by which condition it finds rows.
    is_planned_there: bool,
    values: Vec<Parameter>,
}

impl Builder<'_> {
    /// Leaves it to the server by which condition it finds rows.
    pub(super) fn planned_there() -> Self {
        Self {
            is_planned_there: true,
            ..Self::default()
        }
    }

    /// A column in a condition. The sum keeps it from being found by an index.
    fn tested(&self, column: &str) -> String {
        let sum = if self.is_planned_there { "" } else { " + 0" };
        format!("p.{column}{sum}")
    }

    /// Adds a parameter and returns its reference.
    pub(super) fn list(&mut self, list: Vec<i32>) -> String {
        self.values.push(Parameter::List(list));
        format!("${}", self.values.len())
    }

    pub(super) fn number(&mut self, number: usize) -> String {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        self.values.push(Parameter::Number(number));
        format!("${}", self.values.len())
    }

    /// The part of a list that matters.
    fn narrowed<'l>(&self, list: &'l VerdictList) -> Cow<'l, VerdictList> {
        let records = self.records.filter(|(column, _)| *column == list.column);
        let Some((_, records)) = records else {
            return Cow::Borrowed(list);
        };
        let pairs = list.ids.iter().zip(&list.verdicts);
        let pairs = pairs.filter(|(id, _)| records.binary_search(id).is_ok());
        let (ids, verdicts) = pairs.unzip();
        Cow::Owned(VerdictList {
            ids,
            verdicts,
            ..*list
        })
    }

    /// The verdict on a row's record.
    pub(super) fn verdict(&mut self, list: &VerdictList) -> String {
        let list = self.narrowed(list);
        let column = list.column.name();
        if list.ids.is_empty() {
            return "0".to_owned();
        }
        let (starts, verdicts) = steps(&list.ids, |at| list.verdicts[at]);
        let (starts, verdicts) = (self.list(starts), self.list(verdicts));
        // A binary search; joins with lists are planned badly.
        format!("({verdicts})[width_bucket(p.{column}, {starts}) + 1]")
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
        Some(self.is_one_of(list.column.name(), &ids))
    }

    /// Whether a column has one of these numbers, which are in ascending order.
    pub(super) fn is_one_of(&mut self, column: &str, ids: &[i32]) -> String {
        if self.is_planned_there || ids.len() <= FEW {
            let column = self.tested(column);
            return format!("{column} = ANY ({})", self.list(ids.to_vec()));
        }
        // Every second start is that of numbers which are not listed. The server hashes a list for `ANY`, which takes
        // longer.
        let (starts, _) = steps(ids, |_| 1);
        format!("width_bucket(p.{column}, {}) & 1 = 1", self.list(starts))
    }

    pub(super) fn in_rows(&mut self, list: &RowList) -> String {
        let mut any = Vec::new();
        if !list.rows.is_empty() || list.is_complement {
            let rows = self.is_one_of("number", &list.rows);
            let not = if list.is_complement { "NOT " } else { "" };
            any.push(format!("{not}({rows})"));
        }
        for rule in &list.rules {
            let terms = rule.terms.iter();
            let mut all: Vec<String> = terms.map(|term| self.term(term)).collect();
            if !rule.except.is_empty() {
                let except = self.is_one_of("number", &rule.except);
                all.push(format!("NOT ({except})"));
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
    pub(super) fn term(&mut self, term: &PlannedTerm) -> String {
        let any: Vec<String> = term.any.iter().map(|one| self.is_true(one)).collect();
        or(&any)
    }

    /// Whether an alternative is undecided, given that the term does not hold, with one of these verdicts.
    pub(super) fn is_undecided(
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
    pub(super) fn open(&mut self, term: &PlannedTerm) -> String {
        let mut any = vec![self.term(term)];
        if term.is_unsure {
            for one in &term.any {
                any.push(self.is_undecided(one, 1..=Plan::TRUE - 1));
            }
        }
        or(&any)
    }

    /// The verdict of a term.
    pub(super) fn value(&mut self, term: &PlannedTerm) -> String {
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

    pub(super) fn finish(self, text: String) -> Statement {
        Statement {
            text,
            values: self.values,
        }
    }
}

/// Values of numbers in ascending order, as the numbers at which the value changes and the values: the first is that of
/// all numbers before them. Numbers that are not listed have the value 0.
fn steps(ids: &[i32], value: impl Fn(usize) -> i32) -> (Vec<i32>, Vec<i32>) {
    let (mut starts, mut values) = (Vec::new(), vec![0]);
    let mut last = 0;
    let mut end = None;
    for (at, &id) in ids.iter().enumerate() {
        if let Some(end) = end.filter(|end| *end < id && last != 0) {
            starts.push(end);
            values.push(0);
            last = 0;
        }
        let value = value(at);
        if value != last {
            starts.push(id);
            values.push(value);
            last = value;
        }
        end = id.checked_add(1);
    }
    if let Some(end) = end.filter(|_| last != 0) {
        starts.push(end);
        values.push(0);
    }
    (starts, values)
}

pub(super) fn or(any: &[String]) -> String {
    match any {
        [] => "false".to_owned(),
        [one] => one.clone(),
        any => format!("({})", any.join(" OR ")),
    }
}

pub(super) fn and(all: &[String]) -> String {
    if all.is_empty() {
        return "true".to_owned();
    }
    all.join(" AND ")
}

/// Rows that pass these terms, and have a description that contains a text, or none: `(number, description)`, without
/// the description if it `is_decided` by that. Of terms that a row may fail and still be counted somewhere, none is used.
pub(super) fn described(
    (postings, body): (&str, &str),
    terms: &[PlannedTerm],
    (contained, is_decided): (Option<&str>, bool),
    most: usize,
) -> Statement {
    let mut builder = Builder::planned_there();
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
    let pattern = text_index::pattern(contained);
    builder.values.push(Parameter::Text(pattern));
    let pattern = builder.values.len();
    all.push(format!("{} LIKE ${pattern}", text_index::searched("b.")));
    let description = if is_decided { "''" } else { "b.description" };
    builder.finish(format!(
        "SELECT p.number, {description} FROM {postings} p JOIN {body} WHERE {} LIMIT {most}",
        and(&all)
    ))
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn numbers_next_to_each_other_with_one_value_are_one_step() {
        let verdicts = [5, 5, 5, 7, 5];
        let steps = |ids: &[i32]| steps(ids, |at| verdicts[at]);
        assert_eq!(steps(&[]), (vec![], vec![0]));
        assert_eq!(steps(&[0]), (vec![0, 1], vec![0, 5, 0]));
        assert_eq!(steps(&[3, 4, 5, 6]), (vec![3, 6, 7], vec![0, 5, 7, 0]));
        assert_eq!(
            steps(&[1, 3, 4, 9, 10]),
            (vec![1, 2, 3, 5, 9, 10, 11], vec![0, 5, 0, 5, 0, 7, 5, 0])
        );
        assert_eq!(steps(&[i32::MAX]), (vec![i32::MAX], vec![0, 5]));
    }

    #[test]
    fn numbers_in_a_list_are_between_an_odd_start_and_the_next() {
        let listed = [2, 3, 7, 8, 9, 20];
        let (starts, _) = steps(&listed, |_| 1);
        for number in 0..30 {
            let bucket = starts.iter().filter(|start| **start <= number).count();
            assert_eq!(bucket % 2 == 1, listed.contains(&number), "{number}");
        }
    }
}
