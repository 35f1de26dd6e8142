//! A market as JSON.

use serde::Serialize;

use super::super::SCHEMA;
use crate::market::{Bar, Market, Pay, Skill, Week};

/// The market, as an object.
#[derive(Serialize)]
pub(super) struct MarketRecord<'a> {
    schema: u32,
    total: usize,
    of: usize,
    pay: Vec<PayRecord>,
    weeks: Vec<WeekRecord>,
    levels: Vec<GroupRecord<'a>>,
    workplaces: Vec<GroupRecord<'a>>,
    companies: Vec<GroupRecord<'a>>,
    cities: Vec<GroupRecord<'a>>,
    skills: Vec<SkillRecord<'a>>,
    open: Option<StayRecord>,
    closed: Option<StayRecord>,
}

#[derive(Serialize)]
struct PayRecord {
    currency: &'static str,
    per: &'static str,
    count: u32,
    derived: u32,
    quartiles: [f64; 3],
    histogram: Vec<StepRecord>,
}

#[derive(Serialize)]
struct StepRecord {
    from: f64,
    to: f64,
    count: u32,
}

#[derive(Serialize)]
struct WeekRecord {
    monday: String,
    posted: u32,
    closing: u32,
}

#[derive(Serialize)]
struct GroupRecord<'a> {
    value: &'a str,
    count: u32,
}

#[derive(Serialize)]
struct SkillRecord<'a> {
    value: &'a str,
    count: u32,
    lift: Option<f64>,
    trend: Option<f64>,
}

#[derive(Serialize)]
struct StayRecord {
    median_days: u32,
    count: u32,
}

/// The record of a market.
pub(super) fn from_market(market: &Market) -> MarketRecord<'_> {
    let stay = |stay: Option<(u32, u32)>| {
        stay.map(|(median_days, count)| StayRecord { median_days, count })
    };
    MarketRecord {
        schema: SCHEMA,
        total: market.total,
        of: market.of,
        pay: market.pay.iter().map(pay).collect(),
        weeks: market.weeks.iter().map(week).collect(),
        levels: group(&market.levels),
        workplaces: group(&market.workplaces),
        companies: group(&market.companies),
        cities: group(&market.cities),
        skills: market.skills.iter().map(skill).collect(),
        open: stay(market.stay.open),
        closed: stay(market.stay.closed),
    }
}

fn pay(pay: &Pay) -> PayRecord {
    let steps = pay.bars.iter().map(|bar| StepRecord {
        from: bar.from,
        to: bar.to,
        count: bar.count,
    });
    PayRecord {
        currency: pay.currency.code(),
        per: pay.per.word(),
        count: pay.count,
        derived: pay.derived,
        quartiles: pay.quartiles,
        histogram: steps.collect(),
    }
}

fn week(week: &Week) -> WeekRecord {
    WeekRecord {
        monday: week.monday.to_string(),
        posted: week.posted,
        closing: week.closing,
    }
}

fn group(bars: &[Bar]) -> Vec<GroupRecord<'_>> {
    let groups = bars.iter().map(|bar| GroupRecord {
        value: &bar.label,
        count: bar.count,
    });
    groups.collect()
}

/// Factors to a thousandth: the rest is noise.
fn skill(skill: &Skill) -> SkillRecord<'_> {
    let short = |factor: Option<f64>| factor.map(|factor| (factor * 1e3).round() / 1e3);
    SkillRecord {
        value: &skill.label,
        count: skill.count,
        lift: short(skill.lift),
        trend: short(skill.trend),
    }
}
