//! All rows of a feed, as the postings and interviews of one source.

use std::collections::HashMap;

use super::{Feed, LeftOut, RowError, slug};
use crate::board::hash::hash;
use crate::board::{Interview, Posting};

/// Bytes of a source's name.
const NAME: usize = 60;

/// What a feed gave.
#[derive(Debug, Default)]
pub struct Collected {
    /// The source's name: that of its folder, and the first part of every id.
    pub source: String,
    /// How many rows there were.
    pub rows: usize,
    /// The postings, each with an id that no other source gives.
    pub postings: Vec<Posting>,
    /// The interviews.
    pub interviews: Vec<Interview>,
    /// Rows that repeat a posting, at most with another place, and were joined to it.
    pub repeated: usize,
    /// Fields that could not be read.
    pub left_out: Vec<LeftOut>,
    /// Rows that gave none.
    pub errors: Vec<RowError>,
    /// Columns that hold something and are not read.
    pub unread: Vec<String>,
    /// Columns that a person names and no row has.
    pub missing: Vec<String>,
}

/// The name of a source that is to be called this: empty, if that has neither letter nor digit.
pub fn source_name(called: &str) -> String {
    slug::bounded(called, NAME)
}

/// Reads a feed to its end, under a name of the caller's choice or else its own.
pub fn collect(feed: Feed<'_>, name: Option<&str>) -> Collected {
    let source = source_name(name.unwrap_or(&feed.name));
    let mut collected = Collected {
        source: if source.is_empty() {
            feed.format.word().into()
        } else {
            source
        },
        ..Collected::default()
    };
    collected.add(feed);
    collected
}

impl Collected {
    /// Takes in another feed of the same source, as its next page.
    pub fn add(&mut self, mut feed: Feed<'_>) {
        let before = self.rows;
        let known = self.postings.iter().enumerate();
        let mut at_id = known
            .map(|(at, posting)| (posting.id.clone(), at))
            .collect();
        for row in feed.rows.by_ref() {
            self.rows += 1;
            match row {
                Ok(row) => {
                    let left_out = row.left_out.into_iter();
                    self.left_out.extend(left_out.map(|one| LeftOut {
                        row: before + one.row,
                        ..one
                    }));
                    self.take(row.posting, &mut at_id);
                }
                Err(error) => self.errors.push(RowError {
                    row: before + error.row,
                    ..error
                }),
            }
        }
        for name in feed.unread() {
            if !self.unread.contains(&name) {
                self.unread.push(name);
            }
        }
        // A column may be on another page only.
        let missing = feed.missing();
        if before == 0 {
            self.missing = missing;
        } else {
            self.missing.retain(|name| missing.contains(name));
        }
        for mut interview in feed.interviews {
            let id = std::mem::take(&mut interview.id);
            interview.id = if id == self.source { id } else { self.id(&id) };
            for related in interview.related.iter_mut().flatten() {
                *related = self.id(related);
            }
            self.interviews.push(interview);
        }
    }

    /// The id on a board of what has this one in its feed. No slug holds a full stop, so no two sources make the same.
    fn id(&self, native: &str) -> String {
        format!("{}.{native}", self.source)
    }

    fn take(&mut self, mut posting: Posting, at_id: &mut HashMap<String, usize>) {
        posting.id = self.id(&posting.id);
        if let Some(&at) = at_id.get(&posting.id) {
            let known = &mut self.postings[at];
            if differs_in_places_only(known, &posting) {
                self.repeated += 1;
                for place in posting.locations {
                    if !known.locations.contains(&place) {
                        known.locations.push(place);
                    }
                }
                return;
            }
            // Another posting under the same key: what it says tells it apart, whatever the order of the rows.
            let says = format!(
                "{}\n{:?}\n{}",
                posting.title, posting.url, posting.description
            );
            posting.id = format!("{}-{:08x}", posting.id, hash(&says) >> 32);
            if at_id.contains_key(&posting.id) {
                self.repeated += 1;
                return;
            }
        }
        at_id.insert(posting.id.clone(), self.postings.len());
        self.postings.push(posting);
    }
}

fn differs_in_places_only(known: &Posting, posting: &Posting) -> bool {
    let placed = Posting {
        locations: known.locations.clone(),
        ..posting.clone()
    };
    *known == placed
}
