//! Pay ranges of postings, stored consecutively.

use iso_currency::Currency;

use crate::board::{Period, Salary};
use crate::facts::Pay;
use crate::search::flat::{Array, Arrays};

/// Lists of pay ranges.
#[derive(Debug, Default)]
pub(in crate::search) struct Salaries {
    ranges: Vec<Pay>,
    /// For each list where it ends; the lowest bit tells whether it was derived.
    ends: Vec<u32>,
}

/// Marker for an absent amount.
const ABSENT: u64 = u64::MAX;

/// A stated range as far as searching goes: the places that pay differs by are left out.
pub(super) fn stated(salary: &Salary) -> Pay {
    Pay {
        min: salary.min,
        max: salary.max,
        currency: salary.currency,
        per: salary.per,
    }
}

impl Salaries {
    pub(super) fn new(lists: Vec<(Vec<Pay>, bool)>) -> Self {
        let mut all = Self::default();
        for (list, is_derived) in lists {
            all.ranges.extend(list);
            all.ends
                .push((all.ranges.len() as u32) << 1 | u32::from(is_derived));
        }
        all.ranges.shrink_to_fit();
        all
    }

    pub(in crate::search) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(in crate::search) fn get(&self, at: usize) -> &[Pay] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] >> 1);
        &self.ranges[start as usize..(self.ends[at] >> 1) as usize]
    }

    /// Whether a list was derived.
    pub(in crate::search) fn is_derived(&self, at: usize) -> bool {
        self.ends[at] & 1 == 1
    }

    pub(in crate::search) fn iter(&self) -> impl ExactSizeIterator<Item = &[Pay]> {
        (0..self.len()).map(|at| self.get(at))
    }

    pub(super) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        let bits = |amount: Option<f64>| amount.map_or(ABSENT, f64::to_bits);
        let ranges = self.ranges.iter();
        let amounts = ranges.flat_map(|range| [bits(range.min), bits(range.max)]);
        let amounts: Vec<u64> = amounts.collect();
        out.push(Array::Longs(amounts.into()));
        let kinds = self.ranges.iter().map(|range| {
            let period = range.per as u32;
            period << 16 | u32::from(range.currency.numeric())
        });
        let kinds: Vec<u32> = kinds.collect();
        out.push(Array::Words(kinds.into()));
        out.push(Array::Words((&self.ends).into()));
    }

    pub(super) fn decode(arrays: &mut Arrays) -> Option<Self> {
        let (amounts, kinds, ends) = (arrays.longs()?, arrays.words()?, arrays.words()?);
        let amount = |bits: u64| (bits != ABSENT).then(|| f64::from_bits(bits));
        let (amounts, _) = amounts.as_chunks::<2>();
        let mut last = None;
        let mut currency = |number: u16| match last {
            Some((known, currency)) if known == number => Some(currency),
            _ => {
                let currency = Currency::from_numeric(number)?;
                last = Some((number, currency));
                Some(currency)
            }
        };
        let ranges = amounts.iter().zip(kinds).map(|(&[min, max], kind)| {
            Some(Pay {
                min: amount(min),
                max: amount(max),
                currency: currency(kind as u16)?,
                per: *Period::ALL.get((kind >> 16) as usize)?,
            })
        });
        let ranges: Vec<Pay> = ranges.collect::<Option<_>>()?;
        let end = ends.last().map_or(0, |end| end >> 1);
        (end as usize == ranges.len()).then_some(Self { ranges, ends })
    }
}
