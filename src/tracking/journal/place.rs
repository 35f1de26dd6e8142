//! How far a file has been read, and whether it is still that file.

use std::fs;
use std::io;
use std::path::Path;

use crate::tracking::disk::{self, FileId};

/// Bytes before the place read up to that are remembered, to notice that a file was rewritten.
const REMEMBERED: usize = 64;

/// How far the file has been read.
#[derive(Debug, Default)]
pub(super) struct Place {
    file: Option<FileId>,
    offset: u64,
    /// How many lines that were.
    pub(super) lines: usize,
    last: Vec<u8>,
}

impl Place {
    /// The bytes not read yet, and whether that is all of them: the first time, or when this is no longer the file
    /// that was read.
    pub(super) fn advance(&mut self, path: &Path) -> io::Result<(Vec<u8>, bool)> {
        // Nothing is opened when nothing has changed.
        if let (Some(file), Ok(about)) = (self.file, fs::metadata(path))
            && disk::file_id(&about) == file
            && about.len() == self.offset
        {
            return Ok((Vec::new(), false));
        }
        let Some((mut file, about)) = disk::open(path)? else {
            *self = Self::default();
            return Ok((Vec::new(), true));
        };
        let id = Some(disk::file_id(&about));
        if self.file == id {
            let from = self.offset - self.last.len() as u64;
            let mut bytes = disk::read_from(&mut file, from)?;
            if bytes.starts_with(&self.last) {
                return Ok((bytes.split_off(self.last.len()), false));
            }
        }
        *self = Self {
            file: id,
            ..Self::default()
        };
        Ok((disk::read_from(&mut file, 0)?, true))
    }

    /// These bytes, so many lines, are done with.
    pub(super) fn took(&mut self, bytes: &[u8], lines: usize) {
        self.offset += bytes.len() as u64;
        self.lines += lines;
        self.last
            .extend(&bytes[bytes.len().saturating_sub(REMEMBERED)..]);
        self.last
            .drain(..self.last.len().saturating_sub(REMEMBERED));
    }
}
