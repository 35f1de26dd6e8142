//! Top-k selection without sorting everything.

/// Number of surplus entries kept before the next cleanup.
const SLACK: usize = 1024;

/// Keeps the `limit` smallest numbers pushed.
#[derive(Debug)]
pub(super) struct TopK {
    limit: usize,
    kept: Vec<u64>,
    /// Numbers from here on are rejected.
    bound: u64,
}

impl TopK {
    /// A selection of `limit` numbers.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: Vec::new(),
            bound: if limit == 0 { 0 } else { u64::MAX },
        }
    }

    /// Whether a number would be kept.
    pub(super) fn wants(&self, number: u64) -> bool {
        number < self.bound
    }

    /// Adds a number.
    pub(super) fn push(&mut self, number: u64) {
        if self.wants(number) {
            self.kept.push(number);
            if self.kept.len() >= self.limit.saturating_mul(2).saturating_add(SLACK) {
                self.drop_greatest();
            }
        }
    }

    fn drop_greatest(&mut self) {
        if self.kept.len() > self.limit {
            let (_, &mut bound, _) = self.kept.select_nth_unstable(self.limit);
            self.bound = bound;
            self.kept.truncate(self.limit);
        }
    }

    /// Adds the numbers of another selection.
    pub(super) fn merge(&mut self, other: Self) {
        other.kept.into_iter().for_each(|number| self.push(number));
    }

    /// The kept numbers in ascending order.
    pub(super) fn finish(mut self) -> Vec<u64> {
        self.drop_greatest();
        self.kept.sort_unstable();
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_smallest_numbers() {
        let numbers: Vec<u64> = (0..5000).map(|at| at * 7919 % 5003).collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        for limit in [0, 1, 2, 100, 4999, 5000, usize::MAX] {
            let (mut least, mut other) = (TopK::new(limit), TopK::new(limit));
            let (left, right) = numbers.split_at(3000);
            for &number in left {
                least.push(number);
            }
            for &number in right {
                other.push(number);
            }
            least.merge(other);
            assert_eq!(least.finish(), sorted[..limit.min(5000)]);
        }
    }
}
