//! Distributes postings over the files of a source's folder by hash, and splits files that are too large.

use std::collections::{BTreeMap, HashSet};
use std::io;

use rayon::prelude::*;

use super::entry::{self, StoredEntry};
use super::file::Kept;
use super::merge::Merged;
use super::{
    LIMIT, MergeStats, MergedIds, POSTING, SourceStore, StoreError, WHOLE, file, merge, unchanged,
};
use crate::board::Posting;
use crate::board::hash::hash;

/// Number of digits in a hash.
const DIGITS: usize = 16;

impl SourceStore {
    /// Merges postings below a hash prefix. `left` are the postings of a split parent file that was not removed yet.
    pub(super) fn fill(
        &self,
        prefix: &str,
        left: Vec<StoredEntry>,
        incoming: Vec<Posting>,
    ) -> Result<MergeStats, StoreError> {
        if left.is_empty()
            && let Some(done) = self.unchanged(prefix, &incoming)
        {
            return Ok(done);
        }
        let own = self.own(prefix)?;
        let existing = own.is_movable();
        let is_new = !existing && prefix.len() < DIGITS;
        if self.is_split(prefix) || is_new && are_too_many(&incoming) {
            let left = one_each(own.moved(), left);
            let done = self.fill_parts(prefix, left, incoming)?;
            if existing {
                self.remove(prefix);
            }
            return Ok(done);
        }
        let moved = !left.is_empty();
        let (head, bytes) = (own.head, own.bytes);
        let all = one_each(own.entries, left);
        let Merged {
            entries,
            mut done,
            ids,
            closed,
        } = merge::merge(all, incoming, &self.merging());
        self.note(ids);
        self.note_closed(closed);
        // An unchanged file is not written, whatever its layout.
        if moved || !done.is_as_before() {
            let kept = Kept {
                head,
                entries,
                bytes,
            };
            done.files += self.keep(prefix, kept)?;
        }
        Ok(done)
    }

    /// The counts of a prefix whose file already has exactly these postings.
    fn unchanged(&self, prefix: &str, incoming: &[Posting]) -> Option<MergeStats> {
        if !self.present.contains(name(prefix)) || self.is_split(prefix) {
            return None;
        }
        // What cannot be read is reported where it is parsed.
        let bytes = file::bytes(&self.folder, name(prefix)).ok()?;
        let text = std::str::from_utf8(&bytes).ok()?;
        unchanged::holds(text, incoming).then(|| {
            let ids = incoming.iter().map(|posting| posting.id.clone());
            self.note(MergedIds {
                same: ids.collect(),
                ..MergedIds::default()
            });
            MergeStats {
                same: incoming.len(),
                ..MergeStats::default()
            }
        })
    }

    fn fill_parts(
        &self,
        prefix: &str,
        left: Vec<StoredEntry>,
        incoming: Vec<Posting>,
    ) -> Result<MergeStats, StoreError> {
        let mut parts: BTreeMap<String, (Vec<StoredEntry>, Vec<Posting>)> = BTreeMap::new();
        if self.closing.is_some() {
            let below = self.below(prefix);
            parts.extend(below.map(|name| (name[..=prefix.len()].to_owned(), Default::default())));
        }
        for entry in left {
            let part = part(prefix, &entry.posting);
            parts.entry(part).or_default().0.push(entry);
        }
        for posting in incoming {
            let part = part(prefix, &posting);
            parts.entry(part).or_default().1.push(posting);
        }
        let parts: Vec<_> = parts.into_iter().collect();
        let filled = parts
            .into_par_iter()
            .map(|(part, (left, incoming))| self.fill(&part, left, incoming));
        let filled: Vec<_> = filled.collect::<Result<_, _>>()?;
        let mut done = MergeStats::default();
        for part in filled {
            done.add(part);
        }
        Ok(done)
    }

    /// Writes the postings of a prefix to one file, or to its parts if they are too many. Returns the number of files
    /// written.
    fn keep(&self, prefix: &str, kept: Kept) -> Result<usize, StoreError> {
        // Avoids building a huge text only to measure it.
        let most: usize = kept.entries.iter().map(|entry| entry.text.len()).sum();
        let is_one = kept.entries.len() == 1;
        let text = (most <= 2 * LIMIT || is_one).then(|| kept.text());
        if let Some(text) = text.filter(|text| text.len() <= LIMIT || is_one) {
            if text.len() > POSTING {
                let id = kept.entries.into_iter().next();
                return Err(StoreError::TooLarge(
                    id.map(|entry| entry.posting.id).unwrap_or_default(),
                ));
            }
            return self.write(prefix, &text, &kept.bytes);
        }
        let mut parts: BTreeMap<String, Kept> = BTreeMap::new();
        for entry in kept.moved() {
            let part = part(prefix, &entry.posting);
            parts.entry(part).or_default().entries.push(entry);
        }
        let parts: Vec<_> = parts.into_iter().collect();
        let written = parts
            .into_par_iter()
            .map(|(part, kept)| self.keep(&part, kept));
        let files = written.collect::<Result<Vec<_>, _>>()?.into_iter().sum();
        self.remove(prefix);
        Ok(files)
    }

    pub(super) fn write(
        &self,
        prefix: &str,
        text: &str,
        before: &[u8],
    ) -> Result<usize, StoreError> {
        if text.as_bytes() == before {
            return Ok(0);
        }
        if let Some(changes) = &self.changes {
            let written = changes.write(&self.folder, name(prefix), text);
            written.map_err(|error| self.io(prefix, error))?;
        }
        Ok(1)
    }

    fn remove(&self, prefix: &str) {
        let changes = self.changes.as_ref();
        if let Some(changes) = changes.filter(|_| self.present.contains(name(prefix))) {
            changes.remove(&self.folder, name(prefix));
        }
    }

    /// Content of the file of a prefix, if it exists.
    fn own(&self, prefix: &str) -> Result<Kept, StoreError> {
        if self.present.contains(name(prefix)) {
            file::postings(&self.folder, name(prefix))
        } else {
            Ok(Kept::default())
        }
    }

    /// Whether the postings of a prefix are in its parts.
    fn is_split(&self, prefix: &str) -> bool {
        self.below(prefix).next().is_some()
    }

    /// Files of the parts of a prefix.
    fn below(&self, prefix: &str) -> impl Iterator<Item = &String> {
        let from = self.present.range(prefix.to_owned()..);
        let mine = from.take_while(move |name| name.starts_with(prefix));
        mine.filter(move |name| name.len() > prefix.len() && is_prefix(name))
    }

    fn io(&self, prefix: &str, error: io::Error) -> StoreError {
        StoreError::Io(file::path(&self.folder, name(prefix)), error)
    }
}

/// Whether postings certainly exceed one file. If so, their texts are built per part, in parallel.
fn are_too_many(postings: &[Posting]) -> bool {
    let least = postings.iter().map(|posting| {
        let url = posting.url.as_ref().map_or(0, String::len);
        posting.id.len() + posting.title.len() + url + posting.description.len()
    });
    least.sum::<usize>() > 2 * LIMIT
}

/// Postings of a file, and those of `left` that it lacks.
fn one_each(own: Vec<StoredEntry>, left: Vec<StoredEntry>) -> Vec<StoredEntry> {
    if left.is_empty() {
        return own;
    }
    let ids: HashSet<String> = own.iter().map(|entry| entry.posting.id.clone()).collect();
    let mut added = left;
    added.retain(|entry| !ids.contains(&entry.posting.id));
    entry::merged(own, added)
}

/// The prefix of a posting, one digit longer.
fn part(prefix: &str, posting: &Posting) -> String {
    let hash = format!("{:016x}", hash(&posting.id));
    hash[..(prefix.len() + 1).min(hash.len())].to_owned()
}

fn name(prefix: &str) -> &str {
    if prefix.is_empty() { WHOLE } else { prefix }
}

/// Whether a file name is a hash prefix.
pub(super) fn is_prefix(name: &str) -> bool {
    name.bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
