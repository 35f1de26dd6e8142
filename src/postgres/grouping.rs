//! Groups the first rows: one row represents a duplicate group, unless the group is open.
//!
//! The row that represents a group is its first match in the order of the list. The server finds the first matches in
//! that order, whatever their groups, so that the first of each group is among them. If these are too few groups, the
//! next matches are found without the groups that are known.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Engine;
use super::members::Member;
use super::sql::Statement;
use super::statements::{groups_of, members_of};
use crate::board::text;
use crate::search::{Cancelled, GroupInfo, Grouping, Plan, RemoteError, RemoteGroup, Request, Row};

/// Rows of an open group that are listed, at most.
const OPENED: usize = 1000;
/// Further members of a group of which each is known, at most.
const KNOWN: u32 = 1000;
/// Members that are read for an answer, at most.
const MEMBERS: usize = 20_000;
/// Matches that are found at first for each row of the list, at most.
const AHEAD: usize = 16;
/// How many times as many matches are found next, at most.
const GROWTH: usize = 16;

/// The first rows of the list.
#[derive(Debug, Default)]
pub(super) struct Window {
    /// The rows, in order.
    pub(super) rows: Vec<u32>,
    /// Numbers of matches and of their groups, if all of them were seen.
    pub(super) totals: Option<(usize, usize)>,
    /// Whether duplicates are grouped.
    pub(super) is_grouped: bool,
    /// The rows that represent groups, in order, each with the number of its group.
    leaders: Vec<(u32, u32)>,
    /// The groups of the matches that were seen.
    groups: HashMap<u32, u32>,
    /// For each group, the number of its matches, as far as that is known.
    sizes: HashMap<u32, usize>,
    /// The open groups that have matches.
    opened: Vec<OpenGroup>,
}

/// An open group with its matches in order.
#[derive(Debug)]
struct OpenGroup {
    number: u32,
    /// Numbers of the matches, with their places in the order.
    rows: Vec<(u32, i64)>,
}

impl Engine {
    /// Finds the first rows of a plan and fetches their postings.
    pub(super) fn window(
        &mut self,
        plan: &mut Plan,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Window, RemoteError> {
        let window = if self.groups_rows(request)? {
            let window = self.leaders(plan, request, cancelled);
            plan.known_groups.clear();
            let mut window = window?;
            window.opened = self.open_groups(plan, request, cancelled)?;
            if !window.list() {
                return Err(self.lies());
            }
            window
        } else {
            let rows = self.first_rows(plan, request, cancelled)?;
            Window {
                totals: (rows.len() < request.limit).then_some((rows.len(), rows.len())),
                rows,
                ..Window::default()
            }
        };
        self.check(&window.rows)?;
        self.fetch(&window.rows, cancelled)?;
        Ok(window)
    }

    /// Whether duplicates are grouped, and the board has some.
    pub(super) fn groups_rows(&mut self, request: &Request) -> Result<bool, RemoteError> {
        let open = self.opened()?;
        Ok(request.group && open.grouped < open.searcher.index().len())
    }

    /// The first matches of a plan, at most as many as requested.
    fn first_rows(
        &mut self,
        plan: &Plan,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Vec<u32>, RemoteError> {
        let found = self.first(plan, request, cancelled)?;
        let rows = found.iter().map(|row| u32::try_from(*row).ok());
        let rows: Option<Vec<u32>> = rows.collect();
        let rows = rows.filter(|rows| rows.len() <= request.limit);
        rows.ok_or_else(|| self.lies())
    }

    /// Fails unless the rows are rows of the board, each listed once.
    fn check(&mut self, rows: &[u32]) -> Result<(), RemoteError> {
        let all = self.opened()?.searcher.index().len();
        let distinct: HashSet<&u32> = rows.iter().collect();
        if distinct.len() < rows.len() || rows.iter().any(|row| *row as usize >= all) {
            return Err(self.lies());
        }
        Ok(())
    }

    fn lies(&self) -> RemoteError {
        let why = "the server lists rows that are not there".to_owned();
        self.named(RemoteError::Refused(why))
    }

    /// The first rows of the groups that come first.
    fn leaders(
        &mut self,
        plan: &mut Plan,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Window, RemoteError> {
        let open = self.opened()?;
        let all = open.searcher.index().len();
        let limit = request.limit;
        let mut window = Window {
            is_grouped: true,
            ..Window::default()
        };
        // Half as many again as that number of groups has matches on average.
        let ahead = (limit + limit / 2).saturating_mul(all) / open.grouped.max(1);
        let mut wanted = ahead.clamp(limit, limit.saturating_mul(AHEAD));
        while window.leaders.len() < limit {
            let wider = Request {
                limit: wanted,
                ..request.clone()
            };
            let rows = self.first_rows(plan, &wider, cancelled)?;
            self.check(&rows)?;
            let groups = self.groups(&rows, cancelled)?;
            let before = window.leaders.len();
            for (&row, &group) in rows.iter().zip(&groups) {
                if plan
                    .known_groups
                    .binary_search(&group.cast_signed())
                    .is_ok()
                {
                    return Err(self.lies());
                }
                window.see(row, group, limit);
            }
            if rows.len() < wanted {
                if before == 0 {
                    window.totals = Some((rows.len(), window.sizes.len()));
                }
                break;
            }
            // As many matches as the missing groups have, if these are like the groups found last.
            let (found, missing) = (window.leaders.len() - before, limit - window.leaders.len());
            let likely = (wanted / found.max(1) + 1).saturating_mul(missing + missing / 2);
            wanted = likely.clamp(limit, wanted.saturating_mul(GROWTH));
            let known = window.leaders.iter().map(|(_, group)| group.cast_signed());
            plan.known_groups = known.collect();
            plan.known_groups.sort_unstable();
        }
        if window.totals.is_none() {
            window.sizes.clear();
        }
        Ok(window)
    }

    /// The groups of rows, by the numbers of their first rows.
    fn groups(&mut self, rows: &[u32], cancelled: Cancelled<'_>) -> Result<Vec<u32>, RemoteError> {
        let numbers = rows.iter().map(|row| row.cast_signed()).collect();
        let open = self.open.as_ref().ok_or(RemoteError::Replaced)?;
        let statement = groups_of(&open.postings(&self.address), numbers);
        let pairs = self.pairs(statement, cancelled)?;
        let known: HashMap<u32, u32> = pairs.into_iter().collect();
        let groups = rows.iter().map(|row| {
            let group = known.get(row).copied();
            group.filter(|group| group <= row)
        });
        let groups: Option<Vec<u32>> = groups.collect();
        groups.ok_or_else(|| self.lies())
    }

    /// Runs a statement for pairs of numbers.
    fn pairs(
        &mut self,
        statement: Statement,
        cancelled: Cancelled<'_>,
    ) -> Result<Vec<(u32, u32)>, RemoteError> {
        self.rows(statement, cancelled, |row| {
            let (first, second): (i32, i32) = (row.try_get(0)?, row.try_get(1)?);
            Ok((first.cast_unsigned(), second.cast_unsigned()))
        })
    }

    /// The matches of the groups that are open.
    fn open_groups(
        &mut self,
        plan: &Plan,
        request: &Request,
        cancelled: Cancelled<'_>,
    ) -> Result<Vec<OpenGroup>, RemoteError> {
        let all = self.opened()?.searcher.index().len();
        let rows = request.opened.iter().map(|Row(row)| *row);
        let rows: Vec<u32> = rows.filter(|row| (*row as usize) < all).collect();
        self.fetch(&rows, cancelled)?;
        let store = &self.opened()?.store;
        let groups = rows.iter().filter_map(|row| store.group_of(*row));
        let groups = groups.filter(|group| group.duplicates > 0);
        let mut groups: Vec<u32> = groups.map(|group| group.number).collect();
        groups.sort_unstable();
        groups.dedup();
        let mut opened = Vec::new();
        for number in groups {
            let statement = self.statements(plan, request)?;
            let found = self.numbers(statement.matches_of_group(number, OPENED), cancelled)?;
            if found.len() > OPENED {
                return Err(self.lies());
            }
            let rows = found.into_iter();
            let rows = rows.map(|(row, place)| (row.cast_unsigned(), place));
            let rows: Vec<(u32, i64)> = rows.collect();
            if !rows.is_empty() {
                opened.push(OpenGroup { number, rows });
            }
        }
        Ok(opened)
    }

    /// Position in the list of the row that represents the row to keep; `None` if that does not match.
    pub(super) fn kept_in_groups(
        &mut self,
        plan: &Plan,
        request: &Request,
        kept: u32,
        (window, cancelled): (&Window, Cancelled<'_>),
    ) -> Result<Option<usize>, RemoteError> {
        let known = window.known_position(kept);
        if known.is_some() || window.totals.is_some() && !window.groups.contains_key(&kept) {
            return Ok(known);
        }
        let path = plan.access_path(request.unjudged);
        if !self.reads_all(path.as_ref())? {
            return Ok(None);
        }
        let statement = self.statements(plan, request)?;
        let statement = statement.groups_before(kept, path.as_ref());
        let found = self.rows(statement, cancelled, |row| {
            let leader: (i64, i32) = (row.try_get(1)?, row.try_get(2)?);
            Ok((row.try_get::<_, i64>(0)?, leader))
        })?;
        Ok(found.first().and_then(|&(groups, (place, leader))| {
            let groups = usize::try_from(groups).ok()?;
            Some(window.position(kept, groups, (place, leader.cast_unsigned())))
        }))
    }

    /// Counts the matches of the groups of a window. Those of groups that are too large for that remain unknown.
    pub(super) fn count_groups(
        &mut self,
        plan: &Plan,
        request: &Request,
        (window, cancelled): (&mut Window, Cancelled<'_>),
    ) -> Result<(), RemoteError> {
        let mut groups = self.listed_groups(window)?;
        if window.totals.is_some() || groups.is_empty() {
            return Ok(());
        }
        if self.is_whole(plan)? {
            let sizes = groups.iter();
            let sizes = sizes.map(|group| (group.number, group.duplicates as usize + 1));
            window.sizes = sizes.collect();
            return Ok(());
        }
        groups.sort_unstable_by_key(|group| group.duplicates);
        let mut left = self.most;
        let counted = groups.iter().map_while(|group| {
            left = left.checked_sub(group.duplicates as usize + 1)?;
            Some(group.number.cast_signed())
        });
        let statement = self.statements(plan, request)?;
        let statement = statement.group_sizes(counted.collect());
        let sizes = self.pairs(statement, cancelled)?.into_iter();
        let all = self.opened()?.searcher.index().len();
        let sizes = sizes.map(|(group, size)| (group, all.min(size as usize)));
        window.sizes = sizes.collect();
        Ok(())
    }

    /// Whether all rows match, and all can be reached.
    pub(super) fn is_whole(&mut self, plan: &Plan) -> Result<bool, RemoteError> {
        Ok(plan.matches_all() && self.opened()?.reachable.is_none())
    }

    /// The groups with several rows that are listed, in order.
    fn listed_groups(&mut self, window: &Window) -> Result<Vec<RemoteGroup>, RemoteError> {
        let store = &self.opened()?.store;
        let leaders = window.leaders.iter();
        let groups = leaders.filter_map(|(row, _)| store.group_of(*row));
        Ok(groups.filter(|group| group.duplicates > 0).collect())
    }

    /// The groups of a window whose members are not known, in the order of the list; not all if these are many.
    pub(super) fn unknown_members(&mut self, window: &Window) -> Result<Vec<i32>, RemoteError> {
        let groups = self.listed_groups(window)?;
        let open = self.opened()?;
        // Members on a server that is away would be missing for good.
        if open.reachable.is_some() {
            return Ok(Vec::new());
        }
        let mut left = MEMBERS;
        let unknown = groups
            .iter()
            .filter(|group| group.duplicates <= KNOWN && !open.store.knows_members(group.number));
        let unknown = unknown.map_while(|group| {
            left = left.checked_sub(group.duplicates as usize + 1)?;
            Some(group.number.cast_signed())
        });
        Ok(unknown.collect())
    }

    /// Reads the members of groups.
    pub(super) fn read_members(
        &mut self,
        groups: Vec<i32>,
        cancelled: Cancelled<'_>,
    ) -> Result<(), RemoteError> {
        if groups.is_empty() {
            return Ok(());
        }
        let open = self.open.as_ref().ok_or(RemoteError::Replaced)?;
        let all = open.searcher.index().len();
        let statement = members_of(&open.postings(&self.address), groups.clone());
        let found = self.rows(statement, cancelled, |row| {
            let [group, number, posted] =
                [row.try_get(0)?, row.try_get(1)?, row.try_get(2)?].map(i32::cast_unsigned);
            let (board, id): (&str, &str) = (row.try_get(3)?, row.try_get(4)?);
            let member = Member {
                row: number,
                posted,
                board: text::line(board),
                id: text::line(id),
            };
            Ok((group, member))
        })?;
        let asked: HashSet<i32> = groups.into_iter().collect();
        let mut members: BTreeMap<u32, Vec<Member>> = BTreeMap::new();
        for (group, member) in found {
            let is_asked = asked.contains(&group.cast_signed());
            if !is_asked || member.row as usize >= all || member.row < group {
                return Err(self.lies());
            }
            members.entry(group).or_default().push(member);
        }
        let store = &self.opened()?.store;
        for (group, mut members) in members {
            members.sort_unstable_by_key(|member| member.row);
            store.add_members(group, members);
        }
        Ok(())
    }

    /// The grouping of each row of a window; empty if nothing is grouped.
    pub(super) fn groupings(&mut self, window: &Window) -> Result<Vec<Grouping>, RemoteError> {
        let store = &self.opened()?.store;
        let mut groupings = Vec::with_capacity(window.rows.len());
        for &(row, number) in &window.leaders {
            let group = store.group_of(row).filter(|group| group.duplicates > 0);
            let open = window.open(number);
            let size = window.size(number);
            let info = GroupInfo {
                more: size.map(|size| size - 1),
                places: group.is_some_and(|group| group.is_apart),
            };
            groupings.push(match open {
                _ if group.is_none() || size == Some(1) => Grouping::Alone,
                Some(_) => Grouping::Open(info),
                None => Grouping::Closed(info),
            });
            let members = open.map_or(0, |open| open.rows.len() - 1);
            groupings.resize(groupings.len() + members, Grouping::Member);
        }
        Ok(groupings)
    }
}

impl Window {
    /// Counts a match, which represents its group if it is the first of it.
    fn see(&mut self, row: u32, group: u32, limit: usize) {
        self.groups.insert(row, group);
        let size = self.sizes.entry(group).or_default();
        *size += 1;
        if *size == 1 && self.leaders.len() < limit {
            self.leaders.push((row, group));
        }
    }

    /// Lists the rows, those of open groups below the first of them. Returns whether both agree on which that is.
    fn list(&mut self) -> bool {
        for &(row, group) in &self.leaders {
            self.rows.push(row);
            let Some(open) = self.opened.iter().find(|open| open.number == group) else {
                continue;
            };
            if open.rows[0].0 != row {
                return false;
            }
            self.rows.extend(open.rows[1..].iter().map(|(row, _)| row));
        }
        true
    }

    fn open(&self, group: u32) -> Option<&OpenGroup> {
        self.opened.iter().find(|open| open.number == group)
    }

    /// Number of matches of a listed group, if it is known.
    fn size(&self, group: u32) -> Option<usize> {
        let listed = self.open(group).map(|open| open.rows.len());
        let whole = listed.filter(|listed| *listed < OPENED);
        let counted = || self.sizes.get(&group).copied();
        whole.or_else(counted).map(|size| size.max(1))
    }

    /// Number of rows that only open groups have.
    pub(super) fn opened_rows(&self) -> usize {
        self.opened.iter().map(|open| open.rows.len() - 1).sum()
    }

    /// Position of a match or of the row that represents it, if that is listed.
    fn known_position(&self, row: u32) -> Option<usize> {
        let position = |row| self.rows.iter().position(|listed| *listed == row);
        position(row).or_else(|| {
            let group = self.groups.get(&row)?;
            let (leader, _) = self.leaders.iter().find(|(_, of)| of == group)?;
            position(*leader)
        })
    }

    /// Position of a match, given the place and number of the row that represents it, and how many groups are before.
    fn position(&self, row: u32, groups: usize, leader: (i64, u32)) -> usize {
        let key = |open: &OpenGroup| (open.rows[0].1, open.rows[0].0);
        let above = self.opened.iter().filter(|open| key(open) < leader);
        let within: usize = above.map(|open| open.rows.len() - 1).sum();
        let own = self.opened.iter().find(|open| key(open) == leader);
        let inside = own.and_then(|open| open.rows.iter().position(|(one, _)| *one == row));
        groups + within + inside.unwrap_or(0)
    }
}
