//! Places that were read lately: postings of one employer repeat a handful of them.

use std::cell::RefCell;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::board::Location;

/// Places that are kept for each thread.
const SLOTS: usize = 4096;
/// Bytes of the longest place that is kept.
const LONGEST: usize = 120;

thread_local! {
    /// For each hash the latest place that has it.
    static RECENT: RefCell<Vec<Option<Box<Location>>>> = const { RefCell::new(Vec::new()) };
}

/// The place written so, read unless it was read lately.
pub(super) fn location(written: &str, read: impl FnOnce(&str) -> Location) -> Location {
    if written.len() > LONGEST {
        return read(written);
    }
    RECENT.with_borrow_mut(|recent| {
        if recent.is_empty() {
            recent.resize_with(SLOTS, || None);
        }
        let slot = FixedState::default().hash_one(written) as usize % SLOTS;
        match &mut recent[slot] {
            Some(known) if known.written == written => (**known).clone(),
            slot => {
                let location = read(written);
                *slot = Some(Box::new(location.clone()));
                location
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_once() {
        let mut times = 0;
        for _ in 0..3 {
            let place = location("Nowhere in particular", |written| {
                times += 1;
                Location {
                    written: written.to_owned(),
                    ..Location::default()
                }
            });
            assert_eq!(place.written, "Nowhere in particular");
        }
        assert_eq!(times, 1);
    }
}
