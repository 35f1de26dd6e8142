//! Publications and closings by week.

use super::{FEWEST, Filter};
use crate::board::Date;
use crate::query::Field;
use crate::search::Tally;

/// A week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// Number of postings published.
    pub posted: u32,
    /// Number of postings that close.
    pub closing: u32,
    /// Whether it is over or the current one.
    pub is_past: bool,
    /// What finds the postings published in it.
    pub filter: Filter,
}

/// Weeks up to the current one.
const BEFORE: i64 = 21;
/// Weeks after the current one.
const AFTER: i64 = 5;

/// The last weeks, and the next ones, in which postings may close.
pub(super) fn all(tally: &Tally, today: Date) -> Vec<Week> {
    // A board that was not synced for long ends with its newest posting.
    let newest = tally.posted.iter().map(|(day, _)| *day);
    let newest = newest.filter(|day| *day <= today).max();
    let is_stale = |newest: Date| {
        let last = after(today, -7 * (BEFORE - 1));
        last.is_some_and(|last| newest < last)
    };
    let today = newest.filter(|newest| is_stale(*newest)).unwrap_or(today);
    let Some(this) = monday(today).filter(|_| tally.total >= FEWEST as usize) else {
        return Vec::new();
    };
    let week = |at: i64| {
        let monday = after(this, 7 * at)?;
        let next = after(monday, 7)?;
        let sum = |days: &[(Date, u32)]| {
            let inside = days.iter().filter(|(day, _)| (monday..next).contains(day));
            inside.map(|(_, count)| count).sum()
        };
        let posted = Field::Posted.name();
        Some(Week {
            monday,
            posted: sum(&tally.posted),
            closing: sum(&tally.closes),
            is_past: at <= 0,
            filter: Filter::Terms(format!("{posted}:>={monday} {posted}:<{next}")),
        })
    };
    let after = if tally.closes.iter().any(|(day, _)| *day > today) {
        AFTER
    } else {
        0
    };
    let weeks: Vec<Week> = (1 - BEFORE - (AFTER - after)..=after)
        .filter_map(week)
        .collect();
    let is_empty = weeks
        .iter()
        .all(|week| week.posted == 0 && week.closing == 0);
    if is_empty { Vec::new() } else { weeks }
}

fn monday(day: Date) -> Option<Date> {
    after(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

fn after(day: Date, days: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().days(days)).ok()
}
