//! The least of many numbers, without sorting all of them.

/// Below this many numbers it is not worth while to look for those that can go.
const SLACK: usize = 1024;

/// The least of the numbers it is shown, so many of them.
#[derive(Debug)]
pub(super) struct Least {
    limit: usize,
    kept: Vec<u64>,
    /// What is not below this is not among the least.
    bound: u64,
}

impl Least {
    /// Keeps this many.
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

    /// Shows a number.
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

    /// Takes in the least of another.
    pub(super) fn merge(&mut self, other: Self) {
        other.kept.into_iter().for_each(|number| self.push(number));
    }

    /// Those kept, least first.
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
    fn keeps_what_sorting_all_would_put_first() {
        let numbers: Vec<u64> = (0..5000).map(|at| at * 7919 % 5003).collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        for limit in [0, 1, 2, 100, 4999, 5000, usize::MAX] {
            let (mut least, mut other) = (Least::new(limit), Least::new(limit));
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
