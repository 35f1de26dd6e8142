//! The postings of a snapshot that is being written, encoded: several times smaller than as values.

use std::io;
use std::ops::Range;

use super::store;
use crate::board::{Posting, Store};

/// Postings per chunk.
pub(super) const BATCH: usize = 1024;

/// Encoded postings without their descriptions, in chunks of [`BATCH`]; only the last may have fewer.
#[derive(Debug, Default)]
pub(super) struct Records {
    chunks: Vec<Vec<u8>>,
    /// End of each record in its chunk.
    ends: Vec<u32>,
}

impl Records {
    /// Adds a chunk of records.
    pub(super) fn push<'r>(&mut self, records: impl Iterator<Item = &'r [u8]> + Clone) {
        let mut chunk = Vec::with_capacity(records.clone().map(<[u8]>::len).sum());
        for record in records {
            chunk.extend_from_slice(record);
            self.ends.push(chunk.len() as u32);
        }
        self.chunks.push(chunk);
    }

    /// The records, a chunk at a time.
    pub(super) fn chunks(&self) -> impl Iterator<Item = &[u8]> {
        self.chunks.iter().map(Vec::as_slice)
    }

    /// Starts of all records, relative to the first, and the end of the last.
    ///
    /// # Errors
    /// There are too many.
    pub(super) fn starts(&self) -> io::Result<Vec<u32>> {
        let mut starts = Vec::with_capacity(self.ends.len() + 1);
        starts.push(0);
        let mut chunk = 0;
        for ends in self.ends.chunks(BATCH) {
            for end in ends {
                let end = u32::try_from(chunk + u64::from(*end));
                starts
                    .push(end.map_err(|_| io::Error::other("the postings take more than 4 GiB"))?);
            }
            chunk += ends.last().map_or(0, |end| u64::from(*end));
        }
        Ok(starts)
    }

    fn record(&self, position: usize) -> &[u8] {
        let start = if position.is_multiple_of(BATCH) {
            0
        } else {
            self.ends[position - 1]
        };
        &self.chunks[position / BATCH][start as usize..self.ends[position] as usize]
    }
}

impl Store for Records {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn posting(&self, position: usize) -> Posting {
        store::posting(self.record(position)).unwrap_or_default()
    }

    fn descriptions(
        &self,
        positions: Range<usize>,
        _: &mut Vec<u8>,
        each: &mut dyn FnMut(usize, &str),
    ) {
        // They are in the file already, and an index is built without them.
        positions.for_each(|position| each(position, ""));
    }

    fn position(&self, id: &str) -> Option<usize> {
        (0..self.len()).find(|&position| self.posting(position).id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::super::store::DescriptionRef;
    use super::*;

    #[test]
    fn records_are_found_across_chunks() {
        let postings = (0..BATCH + 3).map(|number| Posting {
            id: format!("id-{number}"),
            ..Posting::default()
        });
        let postings: Vec<Posting> = postings.collect();
        let mut records = Records::default();
        for batch in postings.chunks(BATCH) {
            let batch = batch.iter();
            let encoded = batch.map(|posting| store::record(posting, DescriptionRef::default()));
            let encoded: Vec<Vec<u8>> = encoded.collect();
            records.push(encoded.iter().map(Vec::as_slice));
        }
        assert_eq!(records.len(), postings.len());
        for at in [0, 1, BATCH - 1, BATCH, BATCH + 2] {
            assert_eq!(records.posting(at), postings[at], "{at}");
            assert_eq!(records.position(&postings[at].id), Some(at));
        }
        let starts = records.starts().expect("few records");
        let length: usize = records.chunks().map(<[u8]>::len).sum();
        assert!(starts.is_sorted() && starts.len() == postings.len() + 1);
        assert_eq!(starts.last().map(|end| *end as usize), Some(length));
    }
}
