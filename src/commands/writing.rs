//! The lock that every command takes before it writes to a board.

use std::fs;
use std::io;
use std::path::Path;

use super::Failure;
use crate::board::text;
use crate::storage::{FileLock, LockError};

/// Keeps other commands from writing to a board meanwhile.
///
/// # Errors
/// Another command holds the lock, or the folder cannot be opened.
pub(super) fn lock(board: &Path) -> Result<FileLock, Failure> {
    FileLock::take_folder(board).map_err(|error| match error {
        LockError::Busy => Failure::Because("another jobdeck is writing to this board".to_owned()),
        LockError::Io(error) => unwritable(board, &error),
    })
}

/// The same for a board that may not be there yet: it is made.
///
/// # Errors
/// As [`lock`], or the folder cannot be made.
pub(super) fn lock_or_make(board: &Path) -> Result<FileLock, Failure> {
    fs::create_dir_all(board).map_err(|error| unwritable(board, &error))?;
    lock(board)
}

fn unwritable(board: &Path, error: &io::Error) -> Failure {
    let board = text::line(&board.to_string_lossy());
    Failure::Because(format!("cannot write to {board}: {error}"))
}
