//! Groups the matches: one row represents all duplicates, unless its group is open.

use super::candidates::Candidates;
use super::compiled_term::Outcome;
use super::duplicates::Duplicates;
use super::order::Order;
use super::scan::{Scan, key};
use super::top_k::TopK;
use super::{GroupInfo, Grouping, Row};

/// Key of no row.
const NONE: u64 = u64::MAX;

/// Group statistics of one shard.
#[derive(Debug)]
pub(super) struct GroupCounts<'a> {
    duplicates: &'a Duplicates,
    /// For each group, the smallest key of a match.
    best: Vec<u64>,
    /// For each group, the number of matches.
    counts: Vec<u32>,
}

/// Rows of the grouped list.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) rows: Vec<Row>,
    pub(super) groupings: Vec<Grouping>,
    pub(super) shown: usize,
    pub(super) kept: Option<usize>,
}

impl<'a> GroupCounts<'a> {
    pub(super) fn new(duplicates: &'a Duplicates) -> Self {
        Self {
            duplicates,
            best: vec![NONE; duplicates.len()],
            counts: vec![0; duplicates.len()],
        }
    }

    /// Adds a match; returns false if it is in no group.
    pub(super) fn take(&mut self, row: u32, key: u64) -> bool {
        let Some(group) = self.duplicates.group(row) else {
            return false;
        };
        self.counts[group] += 1;
        self.best[group] = self.best[group].min(key);
        true
    }

    /// Whether a row is in no group.
    pub(super) fn is_alone(&self, row: u32) -> bool {
        self.duplicates.group(row).is_none()
    }

    /// Adds the statistics of another shard.
    pub(super) fn merge(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        for (best, other) in self.best.iter_mut().zip(&other.best) {
            *best = (*best).min(*other);
        }
    }

    /// Groups with matches, and the key of the leader of each.
    fn matching(&self) -> impl Iterator<Item = (usize, u64)> {
        let best = self.best.iter().copied().enumerate();
        best.filter(|(_, key)| *key != NONE)
    }

    fn alike(&self, group: usize) -> GroupInfo {
        GroupInfo {
            more: Some(self.counts[group] as usize - 1),
            places: self.duplicates.is_apart(group),
        }
    }
}

impl<'a> Scan<'a> {
    /// A new grouping, if requested and if the board has duplicates.
    pub(super) fn grouping(self) -> Option<GroupCounts<'a>> {
        let duplicates = self
            .index
            .duplicate_groups()
            .filter(|duplicates| duplicates.len() > 0)?;
        self.request.group.then(|| GroupCounts::new(duplicates))
    }

    /// Key of the row that represents the row to keep; `None` if it does not match.
    pub(super) fn kept_key(self, order: Option<&Order>) -> Option<u64> {
        let number = self.index.orders().number(self.request.keep?)?;
        let own = self.keys(order, &[number]).pop()?;
        let duplicates = self.index.duplicate_groups().filter(|_| self.request.group);
        let group =
            duplicates.and_then(|duplicates| Some(duplicates.members(duplicates.group(number)?)));
        let first = group.and_then(|members| self.keys(order, members).into_iter().next());
        Some(first.unwrap_or(own).0)
    }

    /// Matches among some rows, sorted by key.
    fn keys(self, order: Option<&Order>, rows: &[u32]) -> Vec<(u64, u32)> {
        let mut open = Candidates::default();
        let columns = self.index.columns();
        open.judge(columns, self.plans, rows.iter().copied());
        self.neighbours.raise(columns, &open.rows, &mut open.ranks);
        let judged = open.rows.iter().zip(&open.ranks).zip(&open.states);
        let matching = judged
            .filter(|(_, state)| state.outcome(self.request.unjudged) == Outcome::Match)
            .map(|((&row, &rank), _)| (key(order, row, rank), row));
        let mut keys: Vec<_> = matching.collect();
        keys.sort_unstable();
        keys
    }

    /// Builds the list: top rows and group leaders, open groups inlined. `kept` is the key of the leader of the row to
    /// keep, preceded by `before` rows without a group.
    pub(super) fn listed(
        self,
        order: Option<&Order>,
        grouping: &GroupCounts<'_>,
        mut alone: TopK,
        total: usize,
        kept: Option<(u64, usize)>,
    ) -> Listed {
        let grouped: usize = grouping.counts.iter().map(|count| *count as usize).sum();
        let mut shown = total - grouped;
        for (_, key) in grouping.matching() {
            shown += 1;
            alone.push(key);
        }
        let opened = self.opened(order, grouping);
        shown += opened.iter().map(|(_, rows)| rows.len() - 1).sum::<usize>();
        let mut listed = Listed {
            shown,
            kept: kept.map(|(key, before)| self.place(key, before, grouping, &opened)),
            ..Listed::default()
        };
        for key in alone.finish() {
            let number = order.map_or(key as u32, |order| order.number(key as u32));
            self.list(number, grouping, &opened, &mut listed);
        }
        listed
    }

    fn list(self, number: u32, grouping: &GroupCounts<'_>, opened: &[Opened], listed: &mut Listed) {
        let orders = self.index.orders();
        let group = grouping.duplicates.group(number);
        let open = opened.iter().find(|(open, _)| Some(*open) == group);
        listed.rows.push(orders.row(number));
        listed.groupings.push(match (group, open) {
            (Some(group), _) if grouping.counts[group] < 2 => Grouping::Alone,
            (Some(group), Some(_)) => Grouping::Open(grouping.alike(group)),
            (Some(group), None) => Grouping::Closed(grouping.alike(group)),
            (None, _) => Grouping::Alone,
        });
        let within = open.map_or(&[][..], |(_, rows)| &rows[1..]);
        for &(_, row) in within {
            listed.rows.push(orders.row(row));
            listed.groupings.push(Grouping::Member);
        }
    }

    /// Open groups with matches, and the sorted matches of each.
    fn opened(self, order: Option<&Order>, grouping: &GroupCounts<'_>) -> Vec<Opened> {
        let mut groups: Vec<usize> = self
            .request
            .opened
            .iter()
            .filter_map(|row| grouping.duplicates.group(self.index.orders().number(*row)?))
            .filter(|group| grouping.counts[*group] > 0)
            .collect();
        groups.sort_unstable();
        groups.dedup();
        let rows = |group| self.keys(order, grouping.duplicates.members(group));
        let opened = groups.into_iter().map(|group| (group, rows(group)));
        opened.filter(|(_, rows)| !rows.is_empty()).collect()
    }

    /// Position of the row to keep in the list.
    fn place(
        self,
        key: u64,
        before: usize,
        grouping: &GroupCounts<'_>,
        opened: &[Opened],
    ) -> usize {
        let groups = grouping.matching().filter(|(_, best)| *best < key).count();
        let above = opened.iter().filter(|(_, rows)| rows[0].0 < key);
        let within: usize = above.map(|(_, rows)| rows.len() - 1).sum();
        let number = self
            .request
            .keep
            .and_then(|row| self.index.orders().number(row));
        let group = number.and_then(|number| grouping.duplicates.group(number));
        let own = opened.iter().find(|(open, _)| Some(*open) == group);
        let inside =
            own.and_then(|(_, rows)| rows.iter().position(|(_, row)| Some(*row) == number));
        before + groups + within + inside.unwrap_or_default()
    }
}

/// An open group, with its matches sorted by key.
type Opened = (usize, Vec<(u64, u32)>);

#[cfg(test)]
mod tests;
