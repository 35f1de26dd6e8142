//! Pending changes of a source's folder. Files are written under temporary names and renamed once all of them are on
//! disk, so that after a crash each file is either old or new.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use tempfile::TempPath;

use super::StoreError;
use super::file;
use crate::storage::UNFINISHED;

/// Up to this number files are flushed one by one; above it, flushing the whole file system is cheaper.
const FEW: usize = 16;

/// Changes of one folder.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Written files and their final names. Not held open, since there may be thousands.
    written: Mutex<Vec<(TempPath, PathBuf)>>,
    /// Files to remove.
    gone: Mutex<Vec<PathBuf>>,
}

impl Changes {
    /// Writes a file under a temporary name.
    pub(super) fn write(&self, folder: &Path, name: &str, text: &str) -> io::Result<()> {
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .permissions(Permissions::from_mode(0o666))
            .tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        lock(&self.written).push((file.into_temp_path(), file::path(folder, name)));
        Ok(())
    }

    /// Schedules a file for removal.
    pub(super) fn remove(&self, folder: &Path, name: &str) {
        lock(&self.gone).push(file::path(folder, name));
    }

    /// Moves every file into place, then removes the scheduled ones.
    pub(super) fn apply(self, folder: &Path) -> Result<(), StoreError> {
        let written = self.written.into_inner();
        let written = written.unwrap_or_else(PoisonError::into_inner);
        let gone = self
            .gone
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if written.is_empty() && gone.is_empty() {
            return Ok(());
        }
        let io = |error| StoreError::Io(folder.to_owned(), error);
        settle(folder, &written).map_err(io)?;
        for (file, place) in written {
            let put = file.persist(&place);
            put.map_err(|error| StoreError::Io(place, error.error))?;
        }
        sync(folder).map_err(io)?;
        for place in &gone {
            match fs::remove_file(place) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::Io(place.clone(), error));
                }
                _ => {}
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        sync(folder).map_err(io)
    }
}

fn lock<T>(changes: &Mutex<T>) -> MutexGuard<'_, T> {
    // The data is consistent even if a thread panicked while holding the lock.
    changes.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Flushes files to disk.
fn settle(folder: &Path, files: &[(TempPath, PathBuf)]) -> io::Result<()> {
    if files.len() > FEW && whole_disk(folder)? {
        return Ok(());
    }
    files
        .par_iter()
        .try_for_each(|(file, _)| File::open(file)?.sync_all())
}

/// Flushes the whole file system of a folder; false if the platform cannot.
#[cfg(target_os = "linux")]
fn whole_disk(folder: &Path) -> io::Result<bool> {
    rustix::fs::syncfs(File::open(folder)?)?;
    Ok(true)
}

#[cfg(not(target_os = "linux"))]
fn whole_disk(_: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Flushes a folder's entries, and the entry of the folder itself.
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()?;
    match folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}

/// Removes temporary files that a killed process left behind.
pub(super) fn tidy(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_unfinished = name.as_encoded_bytes().starts_with(UNFINISHED.as_bytes());
        // A folder or link of that name was not created by us.
        if is_unfinished && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
