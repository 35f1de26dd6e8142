//! Answer to the empty query: all postings in the requested order.

use super::Matches;
use super::grouping::{GroupCounts, Listed};
use super::scan::{Scan, key};
use super::top_k::TopK;

impl Scan<'_> {
    /// Answers the empty query.
    pub(super) fn empty_query(self) -> Matches {
        let orders = self.index.orders();
        let listed = match self.grouping() {
            Some(grouping) => self.empty_query_grouped(grouping),
            None => self.empty_query_listed(),
        };
        Matches {
            total: orders.len(),
            of: orders.len(),
            shown: listed.shown,
            rows: listed.rows,
            groupings: listed.groupings,
            kept: listed.kept,
            facets: self.index.facets_with(&self.request.facet_needle),
            ..Matches::default()
        }
    }

    fn empty_query_listed(self) -> Listed {
        let (request, orders) = (self.request, self.index.orders());
        let order = self.order;
        let place = |number| order.map_or(number, |order| order.place(number));
        let number = |place| order.map_or(place, |order| order.number(place));
        let first = 0..orders.len().min(request.limit) as u32;
        Listed {
            shown: orders.len(),
            rows: first.map(|place| orders.row(number(place))).collect(),
            groupings: Vec::new(),
            kept: request
                .keep
                .and_then(|row| Some(place(orders.number(row)?) as usize)),
        }
    }

    fn empty_query_grouped(self, mut grouping: GroupCounts<'_>) -> Listed {
        let order = self.order;
        let kept = self.kept_key(order);
        let (mut alone, mut before) = (TopK::new(self.request.limit), 0);
        for row in 0..self.index.len() as u32 {
            let key = key(order, row, 0);
            if !grouping.take(row, key) {
                before += usize::from(kept.is_some_and(|kept| key < kept));
                alone.push(key);
            }
        }
        let kept = kept.map(|kept| (kept, before));
        self.listed(order, &grouping, alone, self.index.len(), kept)
    }
}
