//! The file lock that keeps two running copies from writing at once.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};

use super::regular::not_regular;

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(2);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(3);

/// Why the lock is not to be had.
#[derive(Debug)]
pub enum LockError {
    /// Another holds it and does not let go.
    Busy,
    /// Its file cannot be written.
    Io(io::Error),
}

/// The lock, until it is dropped or its process ends, however it ends. It lies beside what it guards, because that
/// itself may be replaced by another file.
#[derive(Debug)]
pub struct FileLock {
    _file: File,
}

impl FileLock {
    /// Takes the lock that is this file.
    /// Waits for another writer as long as nobody would notice.
    ///
    /// # Errors
    /// The lock is held by another, or its file is a link, no regular file, or cannot be written.
    pub fn take(path: &Path) -> Result<Self, LockError> {
        Self::take_within(path, PATIENCE)
    }

    /// Takes the lock if nobody holds it.
    ///
    /// # Errors
    /// As [`FileLock::take`].
    pub fn try_take(path: &Path) -> Result<Self, LockError> {
        Self::take_within(path, Duration::ZERO)
    }

    /// The lock of a folder itself, which leaves no file behind: whoever writes below the folder takes it.
    ///
    /// # Errors
    /// The lock is held by another, or the folder cannot be opened.
    pub fn take_folder(folder: &Path) -> Result<Self, LockError> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let opened = rustix::fs::open(folder, flags, Mode::empty());
        let file = File::from(opened.map_err(|error| LockError::Io(error.into()))?);
        wait(PATIENCE, || file.try_lock())?;
        Ok(Self { _file: file })
    }

    fn take_within(path: &Path, patience: Duration) -> Result<Self, LockError> {
        super::ui_thread::check();
        // A link would be emptied or locked in the place of the file; a FIFO would block.
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
            // Some network file systems know no locks. A mark written in one piece at the end is worth more than none.
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
