//! The lock that keeps two running copies from writing at once.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(2);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(3);

/// Why the lock is not to be had.
#[derive(Debug)]
pub(super) enum LockError {
    /// Another holds it and does not let go.
    Busy,
    /// Its file cannot be written.
    Io(io::Error),
}

/// The lock, until it is dropped or its process ends, however it ends. It lies beside what it guards, because that
/// itself may be replaced by another file.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock that is this file.
    pub(super) fn take(path: &Path) -> Result<Self, LockError> {
        Self::take_within(path, PATIENCE)
    }

    fn take_within(path: &Path, patience: Duration) -> Result<Self, LockError> {
        let mut how = OpenOptions::new();
        how.read(true).write(true).create(true).mode(0o600);
        let file = how.open(path).map_err(LockError::Io)?;
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
        let held = Lock::take(&path).unwrap();
        let impatient = || Lock::take_within(&path, Duration::ZERO);
        assert!(matches!(impatient(), Err(LockError::Busy)));
        drop(held);
        assert!(impatient().is_ok());
    }

    #[test]
    fn where_there_are_no_locks_there_is_no_waiting() {
        let unsupported = || Err(TryLockError::Error(io::ErrorKind::Unsupported.into()));
        assert!(wait(PATIENCE, unsupported).is_ok());
        let failed = || Err(TryLockError::Error(io::ErrorKind::Other.into()));
        assert!(matches!(wait(PATIENCE, failed), Err(LockError::Io(_))));
    }
}
