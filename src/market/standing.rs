//! How one posting compares to the market: facts without a verdict.

use std::fmt;

use super::Market;
use crate::board::{Date, Salary, grouped};

/// How a posting compares to the market.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Rank of its pay.
    pub pay: Option<PayRank>,
    /// Days since it was published while it is open, and the median of the open postings.
    pub open: Option<(u32, u32)>,
    /// How often it was published again.
    pub again: usize,
}

/// Rank of an amount among those of the same currency and period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayRank {
    /// Percentage of postings that pay less.
    pub percentile: u32,
    /// Number of postings.
    pub of: u32,
}

impl Market {
    /// How a posting with this pay and these dates compares.
    pub fn standing(
        &self,
        pay: &[Salary],
        (posted, closes): (Option<Date>, Option<Date>),
        today: Date,
        again: usize,
    ) -> Standing {
        let is_open = closes.is_none_or(|day| day >= today);
        let age = posted.filter(|_| is_open).and_then(|posted| {
            let hours = today.duration_since(posted).as_hours();
            u32::try_from(hours / 24).ok()
        });
        Standing {
            pay: self.pay_rank(pay),
            // Without others to compare to, its date says it all.
            open: age.zip(self.stay.open.map(|(median, _)| median)),
            again,
        }
    }

    fn pay_rank(&self, pay: &[Salary]) -> Option<PayRank> {
        let first = pay.first()?;
        let alike = || {
            let same =
                |salary: &&Salary| (salary.currency, salary.per) == (first.currency, first.per);
            pay.iter().filter(same)
        };
        let least = alike().filter_map(|salary| salary.min.or(salary.max));
        let most = alike().filter_map(|salary| salary.max.or(salary.min));
        let amount = f64::midpoint(least.reduce(f64::min)?, most.reduce(f64::max)?);
        let mut groups = self.pay.iter();
        let group =
            groups.find(|group| (group.currency, group.per) == (first.currency, first.per))?;
        Some(PayRank {
            percentile: group.rank(amount),
            of: group.count,
        })
    }
}

impl fmt::Display for Standing {
    /// `pay 62nd percentile of 214 · open 41 days, median 28 · posted again 3×`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pay = self.pay.map(|pay| {
            let PayRank { percentile, of } = pay;
            format!(
                "pay {percentile}{} percentile of {}",
                ordinal(percentile),
                grouped(f64::from(of))
            )
        });
        let open = self.open.map(|(days, median)| {
            let s = if days == 1 { "" } else { "s" };
            format!("open {days} day{s}, median {median}")
        });
        let again = (self.again > 0).then(|| format!("posted again {}×", self.again));
        let parts: Vec<String> = [pay, open, again].into_iter().flatten().collect();
        // A no-break space keeps the separator at the end of a line.
        f.write_str(&parts.join("\u{a0}· "))
    }
}

/// The ending of an ordinal number.
fn ordinal(number: u32) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}
