//! Collects all rows of a feed as postings and interviews of one source.

use std::collections::{BTreeMap, HashMap};

use super::{Feed, LeftOut, Row, RowError, slug};
use crate::board::hash::hash;
use crate::board::{Interview, Posting};

/// Maximum length of a source's name.
const NAME: usize = 60;

/// Content of a feed.
#[derive(Debug, Default)]
pub struct Collected {
    /// Name of the source's folder and prefix of its ids.
    pub source: String,
    /// Number of rows.
    pub rows: usize,
    /// The postings, with ids that are unique across sources.
    pub postings: Vec<Posting>,
    /// The interviews.
    pub interviews: Vec<Interview>,
    /// Rows that repeat a posting and were joined to it. Of a feed that has a row for each place, the place is added.
    pub repeated: usize,
    /// Numbers of damaged rows that were read in part.
    pub repaired: Vec<usize>,
    /// Fields that could not be read.
    pub left_out: Vec<LeftOut>,
    /// Rows without a posting.
    pub errors: Vec<RowError>,
    /// Columns with values that are not read.
    pub unread: Vec<String>,
    /// Mapped columns that no row has.
    pub missing: Vec<String>,
    /// The key of each posting in its feed.
    keys: Vec<String>,
}

/// A source's name made from a text; empty if it has neither letters nor digits.
pub fn source_name(called: &str) -> String {
    slug::bounded(called, NAME)
}

/// Reads a whole feed, under the given name or its own.
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
    /// Adds another page of the same feed.
    pub fn add(&mut self, mut feed: Feed<'_>) {
        let before = self.rows;
        let mut at_key: HashMap<String, Sharing> = HashMap::new();
        for (at, key) in self.keys.iter().enumerate() {
            at_key.entry(key.clone()).or_default().all.push(at);
        }
        for row in feed.rows.by_ref() {
            self.rows += 1;
            match row {
                Ok(row) => {
                    self.take(row, before, &mut at_key);
                }
                Err(error) => self.errors.push(RowError {
                    row: before + error.row,
                    ..error
                }),
            }
        }
        self.tell_apart(&at_key);
        for name in feed.unread() {
            if !self.unread.contains(&name) {
                self.unread.push(name);
            }
        }
        // A column may occur only on another page.
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

    /// Board id of a feed's id. Slugs contain no full stop, so ids of different sources differ.
    fn id(&self, native: &str) -> String {
        format!("{}.{native}", self.source)
    }

    /// Adds a row of a feed that `before` rows of other pages precede.
    fn take(&mut self, row: Row, before: usize, at_key: &mut HashMap<String, Sharing>) {
        let left_out = row.left_out.into_iter();
        self.left_out.extend(left_out.map(|one| LeftOut {
            row: before + one.row,
            ..one
        }));
        if row.is_repaired {
            self.repaired.push(before + row.number);
        }
        let mut posting = row.posting;
        let key = std::mem::take(&mut posting.id);
        let sharing = at_key.entry(key.clone()).or_default();
        if let Some(at) = sharing.same(&self.postings, &posting, row.is_row_of_place) {
            self.repeated += 1;
            let known = &mut self.postings[at];
            for place in posting.locations {
                if !known.locations.contains(&place) {
                    known.locations.push(place);
                }
            }
            return;
        }
        sharing.all.push(self.postings.len());
        posting.id = self.id(&key);
        self.postings.push(posting);
        self.keys.push(key);
    }

    /// Gives postings that share a key distinct ids, derived from their content and not from the order of the rows.
    fn tell_apart(&mut self, at_key: &HashMap<String, Sharing>) {
        for (key, sharing) in at_key.iter().filter(|(_, sharing)| sharing.all.len() > 1) {
            let mut contents: HashMap<String, usize> = HashMap::new();
            let mut by_content: BTreeMap<String, usize> = BTreeMap::new();
            for at in &sharing.all {
                let posting = &self.postings[*at];
                let places = posting.locations.iter().map(|place| place.written.as_str());
                let places = places.collect::<Vec<_>>().join("\n");
                let content = format!(
                    "{}\n{places}\n{:?}\n{}",
                    posting.title, posting.url, posting.description
                );
                // Those that differ only in something else are distinguished by their order.
                let number = contents.entry(content.clone()).or_default();
                *number += 1;
                by_content.insert(format!("{content}\n{number}"), *at);
            }
            for (number, (content, at)) in by_content.into_iter().enumerate() {
                let id = self.id(key);
                self.postings[at].id = match number {
                    0 => id,
                    _ => format!("{id}-{:08x}", hash(&content) >> 32),
                };
            }
        }
    }
}

/// The postings that share a key.
#[derive(Default)]
struct Sharing {
    all: Vec<usize>,
    /// The same by content, once there are several.
    by_content: HashMap<u64, usize>,
    /// How many of them are in there.
    counted: usize,
}

impl Sharing {
    /// The posting with the same content as another.
    fn same(
        &mut self,
        postings: &[Posting],
        posting: &Posting,
        is_row_of_place: bool,
    ) -> Option<usize> {
        if self.all.is_empty() {
            return None;
        }
        for at in &self.all[self.counted..] {
            let content = content(&postings[*at], is_row_of_place);
            self.by_content.entry(content).or_insert(*at);
        }
        self.counted = self.all.len();
        let at = *self.by_content.get(&content(posting, is_row_of_place))?;
        says_the_same(&postings[at], posting, is_row_of_place).then_some(at)
    }
}

/// Content of a posting without its id and, where rows are per place, without its places.
fn content(posting: &Posting, is_row_of_place: bool) -> u64 {
    let mut said = Posting {
        id: String::new(),
        ..posting.clone()
    };
    if is_row_of_place {
        said.locations.clear();
    }
    hash(&format!("{said:?}"))
}

/// Whether two postings differ only in their ids and, where rows are per place, in their places.
fn says_the_same(known: &Posting, posting: &Posting, is_row_of_place: bool) -> bool {
    let same_places = is_row_of_place || known.locations == posting.locations;
    let placed = Posting {
        id: known.id.clone(),
        locations: known.locations.clone(),
        ..posting.clone()
    };
    same_places && *known == placed
}
