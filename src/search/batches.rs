//! One pass over many items: batches are made on every core while the one before is used.

use rayon::prelude::*;

/// Items per batch.
const BATCH: usize = 4096;

/// Makes `count` items and passes them on, batch by batch in order.
pub(super) fn in_batches<T: Send>(
    count: usize,
    make: impl Fn(usize) -> T + Sync,
    mut each: impl FnMut(Vec<T>) + Send,
) {
    let batch = |start: usize| -> Vec<T> {
        let items = start..count.min(start + BATCH);
        items.into_par_iter().map(&make).collect()
    };
    let mut ready = batch(0);
    let mut next = BATCH;
    while !ready.is_empty() {
        let following = if next < count {
            let (following, ()) = rayon::join(|| batch(next), || each(ready));
            following
        } else {
            each(ready);
            Vec::new()
        };
        ready = following;
        next += BATCH;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_passed_on_in_order() {
        for count in [0, 1, BATCH - 1, BATCH, 2 * BATCH + 7] {
            let mut all = Vec::new();
            in_batches(count, |at| at, |batch| all.extend(batch));
            assert_eq!(all, (0..count).collect::<Vec<_>>());
        }
    }
}
