//! Files of the visit logs: one per board, in a folder beside the journal.

use std::io;
use std::path::{Path, PathBuf};

use super::VisitLog;
use super::bytes::{self, Unread};
use crate::board::text;
use crate::storage::{FileLock, LockError};
use crate::tracking::{board_key, disk};

/// File of the board with this name.
#[derive(Debug)]
pub(super) struct VisitLogFile {
    path: PathBuf,
}

impl VisitLogFile {
    /// Path within the journal's folder.
    pub(super) fn for_board(folder: &Path, board: &str) -> Self {
        Self::named(folder, board, &board_key(board), "roster")
    }

    /// File of the publications of a board on a server.
    pub(super) fn for_lineage(folder: &Path, board: &str, lineage: &str) -> Self {
        Self::named(folder, board, lineage, "publications")
    }

    fn named(folder: &Path, board: &str, unique: &str, ending: &str) -> Self {
        // The readable part helps people; the number makes it unique.
        let key = board_key(board);
        let readable: String = key.chars().filter(char::is_ascii).take(40).collect();
        let number = crc32fast::hash(unique.as_bytes());
        let name = format!("{readable}-{number:08x}.{ending}");
        Self {
            path: folder.join("rosters").join(name),
        }
    }

    /// Locks the file against other writers.
    pub(super) fn lock(&self) -> io::Result<FileLock> {
        disk::make_folder(self.folder())?;
        FileLock::take(&self.path.with_extension("lock")).map_err(|error| match error {
            LockError::Busy => io::Error::other("another jobdeck is writing to it"),
            LockError::Io(error) => error,
        })
    }

    /// Reads the log, if there is one. A damaged log is reported and treated as missing.
    pub(super) fn read(&self) -> Result<(Option<VisitLog>, Option<String>), String> {
        let name = text::line(&self.path.to_string_lossy());
        let bytes = self
            .bytes()
            .map_err(|error| format!("what is new is not known: {name} cannot be read: {error}"))?;
        match bytes.as_deref().map(bytes::read).transpose() {
            Ok(visit_log) => Ok((visit_log, None)),
            Err(Unread::Newer) => {
                Err("what is new is not known: a newer jobdeck keeps track of this board".into())
            }
            Err(Unread::Damaged) => Ok((
                None,
                Some(format!(
                    "what is new is not known: {name} is damaged; it is set aside, and from now on counts anew"
                )),
            )),
        }
    }

    pub(super) fn bytes(&self) -> io::Result<Option<Vec<u8>>> {
        let opened = disk::open(&self.path)?;
        opened
            .map(|(mut file, _)| disk::read_from(&mut file, 0))
            .transpose()
    }

    /// Replaces the log.
    pub(super) fn write(&self, visit_log: &VisitLog) -> io::Result<()> {
        self.write_bytes(&bytes::write(visit_log))
    }

    /// Replaces the content.
    pub(super) fn write_bytes(&self, bytes: &[u8]) -> io::Result<()> {
        disk::write(&self.path, bytes)
    }

    /// Renames a damaged log, so that nothing is lost.
    pub(super) fn set_aside(&self) -> io::Result<()> {
        disk::put_in_place(&self.path, &self.path.with_extension("damaged"))
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("/"))
    }
}
