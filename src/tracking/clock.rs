//! Assigns ids to events: later than all known ones, even if a machine's clock is wrong.
//!
//! If a wrong clock has stamped an event with a distant year, later events still follow it. Clocks are capped at the
//! year 9000; the year after it is room for events that must follow all others.

use jiff::{Timestamp, ToSpan};

use super::{Event, EventId, EventKind, Moment};

/// The year 9000. Later clocks count as this, and a later line without a checksum is damaged.
pub const END: Timestamp = Timestamp::constant(221_845_392_000, 0);
/// A year later; the latest possible moment.
pub const END_OF_ROOM: Timestamp = Timestamp::constant(221_876_928_000, 0);

/// Clock of a running instance.
#[derive(Debug, Clone)]
pub struct Clock {
    origin: u64,
    latest: Timestamp,
}

impl Clock {
    /// A clock for the instance with this random number.
    pub fn new(origin: u64) -> Self {
        Self {
            origin,
            latest: Timestamp::UNIX_EPOCH,
        }
    }

    /// Records an event, so that new ones are later.
    pub fn observe(&mut self, id: EventId) {
        self.latest = self.latest.max(id.moment.at);
    }

    /// Stamps the events of one act with one moment: now, or just after the latest known event. `None` after the latest
    /// possible moment.
    pub fn stamp(&mut self, act: Vec<EventKind>, now: Timestamp) -> Option<Vec<Event>> {
        let now = whole_microseconds(now.min(END - 1.microsecond()));
        let later = self.latest.checked_add(1.microsecond()).ok()?;
        let at = now.max(later);
        if at >= END_OF_ROOM {
            return None;
        }
        self.latest = at;
        let moment = Moment {
            at,
            origin: self.origin,
        };
        let numbered = (0..).zip(act);
        let events = numbered.map(|(number, what)| Event {
            id: EventId { moment, number },
            what,
        });
        Some(events.collect())
    }
}

/// Files store microseconds; an id must survive the round trip.
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
            vec![EventKind::Undo(moment), EventKind::Redo(moment)]
        };
        let first = clock.stamp(undo(), noon).expect("room");
        let second = clock.stamp(undo(), noon - 1.hour()).expect("room");
        assert_eq!(first[0].id.moment, first[1].id.moment);
        assert_eq!(
            first[0].id.moment.at.to_string(),
            "2026-01-06T12:00:00.123456Z"
        );
        assert!(first[0].id < first[1].id && first[1].id < second[0].id);
        let mut other = Clock::new(0);
        other.observe(second[1].id);
        let third = other.stamp(undo(), noon).expect("room");
        assert!(third[0].id > second[1].id);
    }

    #[test]
    fn the_last_moment_of_any_clock_has_later_ones_until_there_is_no_room() {
        let act = || {
            let at = Timestamp::UNIX_EPOCH;
            vec![EventKind::Undo(Moment { at, origin: 0 })]
        };
        let mut clock = Clock::new(1);
        // Its battery is empty, or it is set by hand.
        let last = clock.stamp(act(), Timestamp::MAX).expect("room");
        assert_eq!(last[0].id.moment.at, END - 1.microsecond());
        let next = clock.stamp(act(), Timestamp::UNIX_EPOCH).expect("room");
        assert!(next[0].id > last[0].id);
        let mut full = last[0].id;
        full.moment.at = END_OF_ROOM - 1.microsecond();
        clock.observe(full);
        assert_eq!(clock.stamp(act(), Timestamp::UNIX_EPOCH), None);
    }
}
