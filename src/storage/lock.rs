//! File locks, which prevent two running instances from writing at once.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};

use super::regular::not_regular;

/// Timeout for taking a lock.
const PATIENCE: Duration = Duration::from_secs(2);
/// Interval between two attempts.
const PAUSE: Duration = Duration::from_millis(3);

/// Why a lock could not be taken.
#[derive(Debug)]
pub enum LockError {
    /// Another process holds it.
    Busy,
    /// The lock file cannot be opened.
    Io(io::Error),
}

/// A lock, held until it is dropped or the process ends. The lock file is separate from the file it guards, because
/// that may be replaced.
#[derive(Debug)]
pub struct FileLock {
    _file: File,
}

impl FileLock {
    /// Takes the lock with this file, and waits for another writer for a short time.
    ///
    /// # Errors
    /// Another process holds the lock, or its file is a link, not a regular file, or cannot be written.
    pub fn take(path: &Path) -> Result<Self, LockError> {
        Self::take_within(path, PATIENCE)
    }

    /// Takes the lock without waiting.
    ///
    /// # Errors
    /// As [`FileLock::take`].
    pub fn try_take(path: &Path) -> Result<Self, LockError> {
        Self::take_within(path, Duration::ZERO)
    }

    /// Takes the lock of a folder itself, without a lock file. Every writer below the folder takes it.
    ///
    /// # Errors
    /// Another process holds the lock, or the folder cannot be opened.
    pub fn take_folder(folder: &Path) -> Result<Self, LockError> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let opened = rustix::fs::open(folder, flags, Mode::empty());
        let file = File::from(opened.map_err(|error| LockError::Io(error.into()))?);
        wait(PATIENCE, || file.try_lock())?;
        Ok(Self { _file: file })
    }

    fn take_within(path: &Path, patience: Duration) -> Result<Self, LockError> {
        super::ui_thread::check();
        // The target of a link would be emptied or locked instead; a FIFO would block.
        let flags =
            OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened = rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR);
        let file = File::from(opened.map_err(|error| LockError::Io(error.into()))?);
        let kind = file.metadata().map_err(LockError::Io)?.file_type();
        if !kind.is_file() {
            return Err(LockError::Io(not_regular(kind)));
        }
        wait(patience, || file.try_lock())?;
        Ok(Self { _file: file })
    }
}

fn wait(
    patience: Duration,
    attempt: impl Fn() -> Result<(), TryLockError>,
) -> Result<(), LockError> {
    let started = Instant::now();
    loop {
        match attempt() {
            Ok(()) => return Ok(()),
            // Some network file systems do not support locks. A mark appended without a lock is better than none.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(());
            }
            Err(TryLockError::Error(error)) => return Err(LockError::Io(error)),
            Err(TryLockError::WouldBlock) if started.elapsed() >= patience => {
                return Err(LockError::Busy);
            }
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_and_the_others_wait_no_longer_than_they_are_patient() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.lock");
        let held = FileLock::take(&path).unwrap();
        let impatient = || FileLock::take_within(&path, Duration::ZERO);
        assert!(matches!(impatient(), Err(LockError::Busy)));
        drop(held);
        assert!(impatient().is_ok());
    }

    #[test]
    fn a_lock_is_never_taken_through_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("precious");
        std::fs::write(&target, "kept").unwrap();
        let path = dir.path().join("lock");
        std::os::unix::fs::symlink(&target, &path).unwrap();
        assert!(matches!(FileLock::take(&path), Err(LockError::Io(_))));
        assert_eq!(std::fs::read(&target).unwrap(), b"kept");
    }

    #[test]
    fn where_there_are_no_locks_there_is_no_waiting() {
        let unsupported = || Err(TryLockError::Error(io::ErrorKind::Unsupported.into()));
        assert!(wait(PATIENCE, unsupported).is_ok());
        let failed = || Err(TryLockError::Error(io::ErrorKind::Other.into()));
        assert!(matches!(wait(PATIENCE, failed), Err(LockError::Io(_))));
    }
}
