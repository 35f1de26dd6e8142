//! Pay by currency and period: quantiles and a histogram.

use iso_currency::Currency;

use super::{FEWEST, Filter};
use crate::board::{Period, money};
use crate::search::PayCount;

/// Pay in one currency and period. A posting counts once, by the middle of its range.
#[derive(Debug, Clone, PartialEq)]
pub struct Pay {
    /// Currency.
    pub currency: Currency,
    /// Pay period.
    pub per: Period,
    /// Number of postings.
    pub count: u32,
    /// How many of them state their pay in the text only.
    pub derived: u32,
    /// What a quarter, a half, and three quarters of the postings pay at most.
    pub quartiles: [f64; 3],
    /// Postings by amount, in steps of equal width.
    pub bars: Vec<PayBar>,
    /// The amounts below which a share of the postings pays, in steps of a hundredth.
    percentiles: Vec<f64>,
}

/// A step of the histogram.
#[derive(Debug, Clone, PartialEq)]
pub struct PayBar {
    /// Range of amounts.
    pub label: String,
    /// Lower end. The first bar also counts lower pay.
    pub from: f64,
    /// Upper end, exclusive. The last bar also counts higher pay.
    pub to: f64,
    /// Number of postings; 0 also stands for fewer than are shown.
    pub count: u32,
    /// What finds postings that reach the lower end.
    pub filter: Filter,
}

/// Groups of pay that are shown.
const GROUPS: usize = 3;
/// Steps of a histogram, about: fewer where there are few postings, since small groups are not shown.
const STEPS: std::ops::RangeInclusive<u32> = 3..=10;
/// Postings in a step, about, where there are few.
const PER_STEP: u32 = 6;

/// The most common currencies and periods, each with its pay.
pub(super) fn groups(counts: &[PayCount]) -> Vec<Pay> {
    let mut kinds: Vec<((Currency, Period), u32)> = Vec::new();
    for pay in counts {
        let kind = (pay.currency, pay.per);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += pay.count,
            None => kinds.push((kind, pay.count)),
        }
    }
    kinds.retain(|(_, count)| *count >= FEWEST);
    kinds.sort_by_key(|((currency, per), count)| {
        (std::cmp::Reverse(*count), currency.code(), *per as u8)
    });
    kinds.truncate(GROUPS);
    let groups = kinds.into_iter().map(|(kind, _)| {
        let same = counts.iter().filter(|pay| (pay.currency, pay.per) == kind);
        group(kind, same.copied().collect())
    });
    groups.collect()
}

fn group((currency, per): (Currency, Period), mut amounts: Vec<PayCount>) -> Pay {
    amounts.sort_by(|one, other| one.amount.total_cmp(&other.amount));
    let count = amounts.iter().map(|pay| pay.count).sum();
    let derived = amounts.iter().filter(|pay| pay.is_derived);
    let percentiles: Vec<f64> = (0..=100)
        .map(|percent| quantile(&amounts, count, percent))
        .collect();
    Pay {
        currency,
        per,
        count,
        derived: derived.map(|pay| pay.count).sum(),
        quartiles: [percentiles[25], percentiles[50], percentiles[75]],
        bars: histogram((currency, per), count, &amounts, &percentiles),
        percentiles,
    }
}

/// The amount that `percent` of the postings pay at most.
fn quantile(sorted: &[PayCount], count: u32, percent: u32) -> f64 {
    let wanted = (u64::from(count) * u64::from(percent)).div_ceil(100).max(1);
    let mut before = 0;
    let at = sorted.iter().find(|pay| {
        before += u64::from(pay.count);
        before >= wanted
    });
    at.or(sorted.last()).map_or(0.0, |pay| pay.amount)
}

/// A range of amounts, upper end exclusive, and its postings.
#[derive(Debug, Clone, Copy)]
struct Step {
    from: f64,
    to: f64,
    count: u32,
}

/// Steps from the 2nd to the 98th percentile: a few outliers must not flatten the rest. Small steps at both ends are
/// joined with their neighbours, so that the ends are not a row of empty bars.
fn histogram(
    kind: (Currency, Period),
    count: u32,
    sorted: &[PayCount],
    percentiles: &[f64],
) -> Vec<PayBar> {
    let steps = joined(steps(count, sorted, percentiles));
    let lowest = sorted.first().map_or(0.0, |pay| pay.amount);
    let highest = sorted.last().map_or(0.0, |pay| pay.amount);
    let last = steps.len().saturating_sub(1);
    let bars = steps.into_iter().enumerate().map(|(at, step)| {
        let is_below = at == 0 && lowest < step.from;
        let is_above = at == last && highest >= step.to;
        bar(kind, step, (is_below, is_above))
    });
    bars.collect()
}

/// Joins steps of fewer postings than are shown with their neighbours at both ends.
fn joined(mut steps: Vec<Step>) -> Vec<Step> {
    while let [first, second, ..] = &mut steps[..]
        && first.count < FEWEST
    {
        second.from = first.from;
        second.count += first.count;
        steps.remove(0);
    }
    while let [.., before, last] = &mut steps[..]
        && last.count < FEWEST
    {
        before.to = last.to;
        before.count += last.count;
        steps.pop();
    }
    steps
}

/// A bar; the flags say whether it also holds postings below its lower and above its upper end.
fn bar(
    (currency, per): (Currency, Period),
    step: Step,
    (is_below, is_above): (bool, bool),
) -> PayBar {
    let Step { from, to, count } = step;
    let symbol = money::symbol(currency);
    let label = match (is_below, is_above) {
        (true, false) => format!("<{symbol}{}", money::amount(to)),
        (false, true) => format!("{symbol}{}+", money::amount(from)),
        _ => format!("{symbol}{}", money::range(from, to)),
    };
    PayBar {
        label,
        from,
        to,
        count: if count < FEWEST { 0 } else { count },
        filter: Filter::Terms(format!(
            "salary:>={from:.0}{}{}",
            currency.code(),
            match per {
                Period::Year => String::new(),
                per => format!("/{}", per.word()),
            }
        )),
    }
}

fn steps(count: u32, sorted: &[PayCount], percentiles: &[f64]) -> Vec<Step> {
    let (low, high) = (percentiles[2], percentiles[98]);
    let wanted = (count / PER_STEP).clamp(*STEPS.start(), *STEPS.end());
    let step = nice((high - low) / f64::from(wanted));
    let first = (low / step).floor();
    let last = (high / step).floor().max(first);
    let mut steps = Vec::new();
    let mut at = first;
    while at <= last {
        let (from, to) = (at * step, (at + 1.0) * step);
        let is_inside = |pay: &&PayCount| {
            (pay.amount >= from || at <= first) && (pay.amount < to || at >= last)
        };
        let count = sorted.iter().filter(is_inside).map(|pay| pay.count).sum();
        steps.push(Step { from, to, count });
        at += 1.0;
    }
    steps
}

/// The next larger round number.
fn nice(step: f64) -> f64 {
    if step <= 0.0 || !step.is_finite() {
        return 1.0;
    }
    let ten = 10_f64.powf(step.log10().floor());
    let steps = [1.0, 2.0, 2.5, 4.0, 5.0, 10.0].map(|factor| factor * ten);
    steps
        .into_iter()
        .find(|nice| *nice >= step * 0.999)
        .unwrap_or(10.0 * ten)
}

impl Pay {
    /// What percentage of the postings pay less; half of those that pay the same.
    pub(super) fn rank(&self, amount: f64) -> u32 {
        let below = self.percentiles.partition_point(|known| *known < amount);
        let not_above = self.percentiles.partition_point(|known| *known <= amount);
        (usize::midpoint(below, not_above) as u32).min(100)
    }
}
