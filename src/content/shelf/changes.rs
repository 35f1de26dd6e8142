//! What is about to change on a shelf. Files are written beside their places and go there when the bytes of all of them
//! are on the disk, so that a crash at any moment leaves each file as it was or as it is to be.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use tempfile::TempPath;

use super::ShelfError;
use super::file;
use crate::storage::UNFINISHED;

/// Files that are brought to the disk one by one. With more it is cheaper to wait for whatever else it has to do, too.
const FEW: usize = 16;

/// The changes of one folder.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Files that are written, and what they are to be called. They are not held open: there may be thousands.
    written: Mutex<Vec<(TempPath, PathBuf)>>,
    /// Files that go.
    gone: Mutex<Vec<PathBuf>>,
}

impl Changes {
    /// Writes a file, to be put in its place.
    pub(super) fn write(&self, folder: &Path, name: &str, text: &str) -> io::Result<()> {
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .permissions(Permissions::from_mode(0o666))
            .tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        lock(&self.written).push((file.into_temp_path(), file::path(folder, name)));
        Ok(())
    }

    /// Remembers that a file is to go.
    pub(super) fn remove(&self, folder: &Path, name: &str) {
        lock(&self.gone).push(file::path(folder, name));
    }

    /// Puts every file in its place; those that go are removed when what replaces them is there.
    pub(super) fn apply(self, folder: &Path) -> Result<(), ShelfError> {
        let written = self.written.into_inner();
        let written = written.unwrap_or_else(PoisonError::into_inner);
        let gone = self
            .gone
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if written.is_empty() && gone.is_empty() {
            return Ok(());
        }
        let io = |error| ShelfError::Io(folder.to_owned(), error);
        settle(folder, &written).map_err(io)?;
        for (file, place) in written {
            let put = file.persist(&place);
            put.map_err(|error| ShelfError::Io(place, error.error))?;
        }
        sync(folder).map_err(io)?;
        for place in &gone {
            match fs::remove_file(place) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(ShelfError::Io(place.clone(), error));
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
    // What is behind the lock is whole at any time.
    changes.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until the bytes of files are on the disk.
fn settle(folder: &Path, files: &[(TempPath, PathBuf)]) -> io::Result<()> {
    if files.len() > FEW && whole_disk(folder)? {
        return Ok(());
    }
    files
        .par_iter()
        .try_for_each(|(file, _)| File::open(file)?.sync_all())
}

/// Brings to the disk all that is to go to that of a folder; whether there is a way to ask for it.
#[cfg(target_os = "linux")]
fn whole_disk(folder: &Path) -> io::Result<bool> {
    rustix::fs::syncfs(File::open(folder)?)?;
    Ok(true)
}

#[cfg(not(target_os = "linux"))]
fn whole_disk(_: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Makes the names in a folder, and its own, last.
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

/// Removes what a program that was ended left half written.
pub(super) fn tidy(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_unfinished = name.as_encoded_bytes().starts_with(UNFINISHED.as_bytes());
        // A folder or a link of that name is not of our making.
        if is_unfinished && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
