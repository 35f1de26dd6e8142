//! What was there and what came, as one: new postings beside the old, changed ones in their place, gone ones closed.

use std::collections::{BTreeMap, HashSet};

use super::Shelved;
use crate::board::{Date, Posting};

/// What is known of the postings that are no longer at their source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closing {
    /// The day before they were found gone: they closed on it, or before.
    closed_by: Date,
    /// The newest day on which something of the source was written: they were seen on it, or after.
    seen: Option<Date>,
}

impl Closing {
    /// Found on this day, in a source of which this was known.
    pub(super) fn new<'a>(today: Date, known: impl Iterator<Item = &'a Posting>) -> Self {
        let days = known.filter_map(|posting| posting.source.as_ref()?.retrieved);
        Self {
            closed_by: today.yesterday().unwrap_or(today),
            seen: days.max().map(|seen| seen.min(today)),
        }
    }

    /// Closes a posting. It never closes before it was there, nor later than it said itself.
    fn close(&self, posting: &mut Posting) {
        let Some(source) = &mut posting.source else {
            return;
        };
        source.last_seen = self.seen.max(source.retrieved).max(source.first_seen);
        let there = posting.posted.max(source.last_seen);
        let by = there.map_or(self.closed_by, |there| there.max(self.closed_by));
        posting.closes = Some(posting.closes.map_or(by, |closes| closes.min(by)));
    }
}

/// Whether a posting came from a source and was there last time.
pub(super) fn may_close(posting: &Posting) -> bool {
    let source = posting.source.as_ref();
    source.is_some_and(|source| source.last_seen.is_none())
}

/// Takes in the incoming postings and counts what they do.
pub(super) fn merge(
    all: &mut BTreeMap<String, Posting>,
    incoming: Vec<Posting>,
    closing: Option<&Closing>,
) -> Shelved {
    let mut done = Shelved::default();
    if let Some(closing) = closing {
        let here: HashSet<&str> = incoming.iter().map(|posting| posting.id.as_str()).collect();
        let gone = all
            .values_mut()
            .filter(|posting| !here.contains(posting.id.as_str()));
        for posting in gone.filter(|posting| may_close(posting)) {
            closing.close(posting);
            done.closed += 1;
        }
    }
    for mut posting in incoming {
        let Some(old) = all.get_mut(&posting.id) else {
            done.new += 1;
            all.insert(posting.id.clone(), posting);
            continue;
        };
        if says_the_same(old, &posting) {
            done.same += 1;
            continue;
        }
        if let (Some(new), Some(old)) = (&mut posting.source, &old.source) {
            new.first_seen = old.first_seen.or(new.first_seen);
        }
        done.changed += 1;
        *old = posting;
    }
    done
}

/// Whether two states of a posting differ in nothing but the days of their sources.
fn says_the_same(old: &Posting, new: &Posting) -> bool {
    let feed = |posting: &Posting| {
        let source = posting.source.as_ref();
        source.map(|source| (source.format.clone(), source.url.clone()))
    };
    if feed(old) != feed(new)
        || old
            .source
            .as_ref()
            .is_some_and(|source| source.last_seen.is_some())
    {
        return false;
    }
    let dated = Posting {
        source: old.source.clone(),
        ..new.clone()
    };
    *old == dated
}
