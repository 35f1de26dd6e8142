//! Places that were read lately: postings of one employer repeat a handful of them.

use std::cell::{OnceCell, RefCell};
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::board::Location;

/// Places that are kept for each thread; a board of a million postings has about 20,000.
const SLOTS: usize = 1 << 15;
/// Bytes of the longest place that is kept.
const LONGEST: usize = 120;

/// A place that was read, and the country that was probably meant, once it was looked for.
#[derive(Clone)]
struct Known {
    location: Location,
    meant: OnceCell<Option<&'static str>>,
}

thread_local! {
    /// For each hash the latest place that has it.
    static RECENT: RefCell<Vec<Option<Box<Known>>>> = const { RefCell::new(Vec::new()) };
}

fn slot(written: &str) -> usize {
    FixedState::default().hash_one(written) as usize % SLOTS
}

/// The place written so, read unless it was read lately.
pub(super) fn location(written: &str, read: impl FnOnce(&str) -> Location) -> Location {
    if written.len() > LONGEST {
        return read(written);
    }
    RECENT.with_borrow_mut(|recent| {
        if recent.is_empty() {
            *recent = vec![None; SLOTS];
        }
        match &mut recent[slot(written)] {
            Some(known) if known.location.written == written => known.location.clone(),
            slot => {
                let location = read(written);
                *slot = Some(Box::new(Known {
                    location: location.clone(),
                    meant: OnceCell::new(),
                }));
                location
            }
        }
    })
}

/// The country that was probably meant by a place, looked for unless it was lately.
pub(super) fn meant(
    written: &str,
    look: impl FnOnce(&str) -> Option<&'static str>,
) -> Option<&'static str> {
    RECENT.with_borrow(|recent| {
        let known = recent.get(slot(written)).and_then(Option::as_ref);
        match known.filter(|known| known.location.written == written) {
            Some(known) => *known.meant.get_or_init(|| look(written)),
            None => look(written),
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
