//! A market as rows: one for each group of postings.

use serde::Serialize;

use super::super::rows::{self, Row};
use super::super::{Failure, Output};
use crate::cli::Format;
use crate::market::{Bar, Market};

const TITLES: [&str; 11] = [
    "group", "value", "count", "share", "low", "median", "high", "currency", "per", "lift", "trend",
];

/// A group of postings.
#[derive(Debug, Clone, Default, Serialize)]
struct GroupRow {
    /// What the postings have in common: `all`, `pay`, `level`, `workplace`, `company`, `city`, `skill`, `posted` or
    /// `closing`.
    group: &'static str,
    /// The common value; of weeks, their Monday.
    value: Option<String>,
    count: u32,
    /// Share of all postings of the query, from 0 to 1.
    share: Option<f64>,
    low: Option<f64>,
    median: Option<f64>,
    high: Option<f64>,
    currency: Option<&'static str>,
    per: Option<&'static str>,
    lift: Option<f64>,
    trend: Option<f64>,
}

impl Row for &GroupRow {
    fn cells(&self) -> Vec<String> {
        let number = |number: Option<f64>| number.map_or_else(String::new, |it| it.to_string());
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        vec![
            self.group.to_owned(),
            text(self.value.as_deref()),
            self.count.to_string(),
            number(self.share),
            number(self.low),
            number(self.median),
            number(self.high),
            text(self.currency),
            text(self.per),
            number(self.lift),
            number(self.trend),
        ]
    }
}

/// Prints the groups.
pub(super) fn write(market: &Market, format: Format, output: &mut Output) -> Result<(), Failure> {
    let groups = groups(market);
    rows::write(format, &TITLES, groups.iter(), output)
}

fn groups(market: &Market) -> Vec<GroupRow> {
    let mut groups = vec![GroupRow {
        group: "all",
        count: u32::try_from(market.total).unwrap_or(u32::MAX),
        share: Some(if market.total > 0 { 1.0 } else { 0.0 }),
        ..GroupRow::default()
    }];
    let pay = market.pay.iter().map(|pay| GroupRow {
        group: "pay",
        count: pay.count,
        share: Some(thousandth(market.share(pay.count))),
        low: Some(pay.quartiles[0]),
        median: Some(pay.quartiles[1]),
        high: Some(pay.quartiles[2]),
        currency: Some(pay.currency.code()),
        per: Some(pay.per.word()),
        ..GroupRow::default()
    });
    groups.extend(pay);
    for (group, bars) in [
        ("level", &market.levels),
        ("workplace", &market.workplaces),
        ("company", &market.companies),
        ("city", &market.cities),
    ] {
        groups.extend(bars.iter().map(|bar| of_bar(group, bar, market)));
    }
    groups.extend(market.skills.iter().map(|skill| GroupRow {
        group: "skill",
        value: Some(skill.label.clone()),
        count: skill.count,
        share: Some(thousandth(market.share(skill.count))),
        lift: skill.lift.map(thousandth),
        trend: skill.trend.map(thousandth),
        ..GroupRow::default()
    }));
    let week = |group, monday: crate::board::Date, count| GroupRow {
        group,
        value: Some(monday.to_string()),
        count,
        ..GroupRow::default()
    };
    let weeks = market.weeks.iter();
    groups.extend(
        weeks
            .clone()
            .map(|one| week("posted", one.monday, one.posted)),
    );
    groups.extend(weeks.map(|one| week("closing", one.monday, one.closing)));
    groups
}

fn of_bar(group: &'static str, bar: &Bar, market: &Market) -> GroupRow {
    GroupRow {
        group,
        value: Some(bar.label.clone()),
        count: bar.count,
        share: Some(thousandth(market.share(bar.count))),
        ..GroupRow::default()
    }
}

/// Shares and factors to a thousandth: the rest is noise.
fn thousandth(number: f64) -> f64 {
    (number * 1e3).round() / 1e3
}
