//! The market behind a query: what its postings pay and ask for, where they are, and how long they stay up.
//!
//! [`Tally`] counts values of the matching postings; [`Market`] turns the counts into groups, quantiles and weeks. A
//! group of fewer than [`FEWEST`] postings says nothing about a market, and is left out.

mod bars;
mod pay;
mod skills;
mod standing;
mod stay;
#[cfg(test)]
mod tests;
mod weeks;

use crate::board::Date;
use crate::board::location::Coordinates;
use crate::query::{self, Field, Selection};
use crate::search::{Request, Searcher, Tally};

pub use pay::{Pay, PayBar};
pub use skills::Skill;
pub use standing::{PayRank, Standing};
pub use stay::Stay;
pub use weeks::Week;

/// The smallest group that is shown.
pub const FEWEST: u32 = 5;

/// The market of a query.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Market {
    /// Number of postings.
    pub total: usize,
    /// Number of postings of the board.
    pub of: usize,
    /// Pay by currency and period, the most common first.
    pub pay: Vec<Pay>,
    /// Publications and closings by week, oldest first.
    pub weeks: Vec<Week>,
    /// Levels in order.
    pub levels: Vec<Bar>,
    /// Workplaces in order.
    pub workplaces: Vec<Bar>,
    /// The most common companies.
    pub companies: Vec<Bar>,
    /// The most common cities.
    pub cities: Vec<Bar>,
    /// The skills that stand out against the board, or the most common ones of a whole board.
    pub skills: Vec<Skill>,
    /// All cities with a known position, the smallest first.
    pub map: Vec<Dot>,
    /// How long postings stay up.
    pub stay: Stay,
}

/// A group of postings with a value in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The value.
    pub label: String,
    /// Number of postings.
    pub count: u32,
    /// What finds these postings.
    pub filter: Filter,
}

/// A city on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// The city.
    pub label: String,
    /// Where it is.
    pub coordinates: Coordinates,
    /// Number of postings.
    pub count: u32,
}

/// A part of a query that finds one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// A value of a field.
    Value(Field, String),
    /// Terms.
    Terms(String),
}

impl Filter {
    /// The query text narrowed to the group, or without the filter if it is there already.
    pub fn toggle(&self, text: &str) -> String {
        match self {
            Self::Value(field, value) => {
                let state = query::facet_state(&query::parse(text), *field, value);
                if state == Selection::Included {
                    return query::toggle(text, *field, value, false);
                }
                // A term of its own: as another value of a term it would widen the query.
                let term = query::toggle("", *field, value, false);
                format!("{}{term}", query::continued(query::trimmed(text)))
            }
            Self::Terms(terms) => {
                let text = query::trimmed(text);
                if let Some(before) = text.strip_suffix(terms.as_str()) {
                    return before.trim_end().to_owned();
                }
                format!("{}{terms}", query::continued(text))
            }
        }
    }
}

impl Market {
    /// The market of a request; `None` if cancelled.
    pub fn compute(
        searcher: &mut Searcher,
        request: &Request,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let tally = searcher.tally(request, cancelled)?;
        Some(Self::new(&tally, request.today))
    }

    /// The share of the postings that a group is, from 0 to 1.
    pub fn share(&self, count: u32) -> f64 {
        share(count, self.total)
    }

    /// The market behind these counts.
    pub fn new(tally: &Tally, today: Date) -> Self {
        Self {
            total: tally.total,
            of: tally.of,
            pay: pay::groups(&tally.pay),
            weeks: weeks::all(tally, today),
            levels: bars::in_order(Field::Level, &tally.levels),
            workplaces: bars::in_order(Field::Workplace, &tally.workplaces),
            companies: bars::most(Field::Company, &tally.companies),
            cities: bars::cities(&tally.cities),
            skills: skills::all(tally),
            map: bars::map(&tally.cities),
            stay: stay::from_tally(tally),
        }
    }
}

/// The share of a number of postings; 0 of none.
fn share(count: u32, of: usize) -> f64 {
    let of = u32::try_from(of).unwrap_or(u32::MAX);
    f64::from(count) / f64::from(of.max(1))
}
