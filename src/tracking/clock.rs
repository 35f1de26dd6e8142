//! Gives events their ids: later than everything known, however wrong a machine's clock is.

use jiff::{Timestamp, ToSpan};

use super::{Event, EventId, Moment, What};

/// The clock of one running copy.
#[derive(Debug, Clone)]
pub struct Clock {
    origin: u64,
    latest: Timestamp,
}

impl Clock {
    /// A clock for the copy that drew this number.
    pub fn new(origin: u64) -> Self {
        Self {
            origin,
            latest: Timestamp::UNIX_EPOCH,
        }
    }

    /// Takes note of an event, so that what is stamped from now on comes after it.
    pub fn observe(&mut self, id: EventId) {
        self.latest = self.latest.max(id.moment.at);
    }

    /// One act: the events get one moment, now or, where something is already known to be later, just after that.
    pub fn stamp(&mut self, act: Vec<What>, now: Timestamp) -> Vec<Event> {
        let now = whole_microseconds(now);
        let at = if now > self.latest {
            now
        } else {
            // At the end of time there is nothing later.
            self.latest
                .checked_add(1.microsecond())
                .unwrap_or(self.latest)
        };
        self.latest = at;
        let moment = Moment {
            at,
            origin: self.origin,
        };
        let numbered = (0..).zip(act);
        numbered
            .map(|(number, what)| Event {
                id: EventId { moment, number },
                what,
            })
            .collect()
    }
}

/// Files keep microseconds; an id must be the same before and after.
fn whole_microseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_goes_back_still_puts_later_acts_later() {
        let mut clock = Clock::new(1);
        let noon: Timestamp = "2026-01-06T12:00:00.1234567Z".parse().unwrap();
        let undo = || {
            let moment = Moment {
                at: noon,
                origin: 0,
            };
            vec![What::Undo(moment), What::Redo(moment)]
        };
        let first = clock.stamp(undo(), noon);
        let second = clock.stamp(undo(), noon - 1.hour());
        assert_eq!(first[0].id.moment, first[1].id.moment);
        assert_eq!(
            first[0].id.moment.at.to_string(),
            "2026-01-06T12:00:00.123456Z"
        );
        assert!(first[0].id < first[1].id && first[1].id < second[0].id);
        let mut other = Clock::new(0);
        other.observe(second[1].id);
        assert!(other.stamp(undo(), noon)[0].id > second[1].id);
    }
}
