//! Position up to which a file was read, and whether it is still the same file.

use std::fs;
use std::io;
use std::path::Path;

use crate::tracking::disk::{self, FileId};

/// Number of bytes before the position that are remembered, to detect that a file was rewritten.
const REMEMBERED: usize = 64;

/// Position up to which the file was read.
#[derive(Debug, Default)]
pub(super) struct Cursor {
    file: Option<FileId>,
    offset: u64,
    /// Number of lines before the position.
    pub(super) lines: usize,
    last: Vec<u8>,
}

impl Cursor {
    /// The unread bytes, and whether they are the whole file: on the first read, or if the file was replaced.
    pub(super) fn advance(&mut self, path: &Path) -> io::Result<(Vec<u8>, bool)> {
        // Opens nothing if nothing has changed.
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

    /// Advances the position over these bytes and lines.
    pub(super) fn took(&mut self, bytes: &[u8], lines: usize) {
        self.offset += bytes.len() as u64;
        self.lines += lines;
        self.last
            .extend(&bytes[bytes.len().saturating_sub(REMEMBERED)..]);
        self.last
            .drain(..self.last.len().saturating_sub(REMEMBERED));
    }
}
