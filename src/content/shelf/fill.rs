//! The files of a shelf filled: each with the postings whose hash it stands for, split where they are too many.

use std::collections::BTreeMap;
use std::io;

use rayon::prelude::*;

use super::super::write;
use super::{INTERVIEWS, LIMIT, POSTING, Shelf, ShelfError, Shelved, WHOLE, file, merge};
use crate::board::hash::hash;
use crate::board::{Interview, Posting};

impl Shelf {
    /// Puts postings below a prefix of the hash. `left` are those of a file above that was split and not yet removed.
    pub(super) fn fill(
        &self,
        prefix: &str,
        left: Vec<Posting>,
        incoming: Vec<Posting>,
    ) -> Result<Shelved, ShelfError> {
        let own = self.lock().remove(name(prefix)).unwrap_or_default();
        if self.is_split(prefix) {
            let mut left = by_id(left);
            left.extend(by_id(own.postings));
            let left = left.into_values().collect();
            let done = self.fill_parts(prefix, left, incoming)?;
            self.remove(prefix)?;
            return Ok(done);
        }
        let moved = !left.is_empty();
        let mut all = by_id(left);
        all.extend(by_id(own.postings));
        let mut done = merge::merge(&mut all, incoming, self.closing.as_ref());
        // What is as it was is not written, however somebody laid it out.
        if moved || !done.is_as_before() {
            done.files += self.keep(prefix, all, &own.bytes)?;
        }
        Ok(done)
    }

    fn fill_parts(
        &self,
        prefix: &str,
        left: Vec<Posting>,
        incoming: Vec<Posting>,
    ) -> Result<Shelved, ShelfError> {
        let mut parts: BTreeMap<String, (Vec<Posting>, Vec<Posting>)> = BTreeMap::new();
        if self.closing.is_some() {
            let below = self.below(prefix);
            parts.extend(below.map(|name| (name[..=prefix.len()].to_owned(), Default::default())));
        }
        for posting in left {
            parts
                .entry(part(prefix, &posting))
                .or_default()
                .0
                .push(posting);
        }
        for posting in incoming {
            parts
                .entry(part(prefix, &posting))
                .or_default()
                .1
                .push(posting);
        }
        let parts: Vec<_> = parts.into_iter().collect();
        let filled = parts
            .into_par_iter()
            .map(|(part, (left, incoming))| self.fill(&part, left, incoming));
        let filled: Vec<_> = filled.collect::<Result<_, _>>()?;
        let mut done = Shelved::default();
        for part in filled {
            done.add(part);
        }
        Ok(done)
    }

    /// Writes the postings of a prefix, in one file or, where they are too many, in its parts. How many files that took.
    fn keep(
        &self,
        prefix: &str,
        postings: BTreeMap<String, Posting>,
        before: &[u8],
    ) -> Result<usize, ShelfError> {
        let text = file::of(postings.values().map(write::posting));
        if text.len() <= LIMIT || postings.len() == 1 {
            if text.len() > POSTING {
                let id = postings.into_keys().next();
                return Err(ShelfError::TooLarge(id.unwrap_or_default()));
            }
            return self.write(prefix, &text, before);
        }
        let mut parts: BTreeMap<String, BTreeMap<String, Posting>> = BTreeMap::new();
        for (id, posting) in postings {
            parts
                .entry(part(prefix, &posting))
                .or_default()
                .insert(id, posting);
        }
        let parts: Vec<_> = parts.into_iter().collect();
        let kept = parts
            .into_par_iter()
            .map(|(part, postings)| self.keep(&part, postings, &[]));
        let files = kept.collect::<Result<Vec<_>, _>>()?.into_iter().sum();
        self.remove(prefix)?;
        Ok(files)
    }

    pub(super) fn interviews(&self, incoming: Vec<Interview>) -> Result<Shelved, ShelfError> {
        let mut done = Shelved::default();
        if incoming.is_empty() {
            return Ok(done);
        }
        let (sheet, bytes) = file::read(&self.folder, INTERVIEWS)?;
        let own = sheet
            .interviews
            .into_iter()
            .map(|(interview, ..)| (interview.id.clone(), interview));
        let mut all: BTreeMap<String, Interview> = own.collect();
        for interview in incoming {
            match all.insert(interview.id.clone(), interview.clone()) {
                None => done.new += 1,
                Some(old) if old == interview => done.same += 1,
                Some(_) => done.changed += 1,
            }
        }
        let text = file::of(all.values().map(write::interview));
        done.files += self.write(INTERVIEWS, &text, &bytes)?;
        Ok(done)
    }

    fn write(&self, prefix: &str, text: &str, before: &[u8]) -> Result<usize, ShelfError> {
        if text.as_bytes() == before {
            return Ok(0);
        }
        if !self.dry_run {
            file::write(&self.folder, name(prefix), text)
                .map_err(|error| self.io(prefix, error))?;
        }
        Ok(1)
    }

    fn remove(&self, prefix: &str) -> Result<(), ShelfError> {
        if self.dry_run {
            return Ok(());
        }
        file::remove(&self.folder, name(prefix)).map_err(|error| self.io(prefix, error))
    }

    /// Whether the postings of a prefix are in its parts.
    fn is_split(&self, prefix: &str) -> bool {
        self.below(prefix).next().is_some()
    }

    /// The files of the parts of a prefix.
    fn below(&self, prefix: &str) -> impl Iterator<Item = &String> {
        let from = self.present.range(prefix.to_owned()..);
        let mine = from.take_while(move |name| name.starts_with(prefix));
        mine.filter(move |name| name.len() > prefix.len() && is_prefix(name))
    }

    fn io(&self, prefix: &str, error: io::Error) -> ShelfError {
        ShelfError::Io(file::path(&self.folder, name(prefix)), error)
    }
}

fn by_id(postings: Vec<Posting>) -> BTreeMap<String, Posting> {
    let keyed = postings
        .into_iter()
        .map(|posting| (posting.id.clone(), posting));
    keyed.collect()
}

/// The prefix one digit longer that a posting falls under.
fn part(prefix: &str, posting: &Posting) -> String {
    let hash = format!("{:016x}", hash(&posting.id));
    hash[..(prefix.len() + 1).min(hash.len())].to_owned()
}

fn name(prefix: &str) -> &str {
    if prefix.is_empty() { WHOLE } else { prefix }
}

/// Whether a file may be one of postings that were split.
pub(super) fn is_prefix(name: &str) -> bool {
    name.bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
