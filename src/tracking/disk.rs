//! Durable file operations for the journal.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::storage::open_regular;

/// Bytes of a journal: those of a lifetime, with the copies of ten thousand postings.
const LARGEST: u64 = 512 << 20;

/// Device and inode of a file.
pub(super) type FileId = (u64, u64);

pub(super) fn file_id(about: &Metadata) -> FileId {
    (about.dev(), about.ino())
}

/// Creates a folder with its parents, accessible only to its owner, and flushes the entries to disk.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().unwrap_or(Path::new("/"));
    make_folder(above)?;
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => sync_folder(above),
    }
}

pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Opens a regular file for reading; `None` if it does not exist. Other file types could block or be endless.
pub(super) fn open(path: &Path) -> io::Result<Option<(File, Metadata)>> {
    match open_regular(path) {
        Ok(file) => {
            let about = file.metadata()?;
            Ok(Some((file, about)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Content from an offset to the end.
pub(super) fn read_from(file: &mut File, offset: u64) -> io::Result<Vec<u8>> {
    let too_large = || {
        let why = format!("it is larger than {} MiB", LARGEST >> 20);
        io::Error::new(io::ErrorKind::FileTooLarge, why)
    };
    // A file of holes takes no room on the disk, and all of it in memory.
    let length = file.metadata()?.len();
    if length > LARGEST {
        return Err(too_large());
    }
    // The end is found by a read into room that stays empty.
    let room = length.saturating_sub(offset) as usize + 32;
    let mut bytes = Vec::with_capacity(room);
    file.seek(SeekFrom::Start(offset))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Appends bytes to a file and flushes them to disk; on an error the file is unchanged.
///
/// If a program without locks, such as a sync client, replaces the file meanwhile, the bytes are appended to the new
/// one as well.
pub(super) fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    const TRIES: usize = 3;
    for _ in 0..TRIES {
        let written = append_once(path, bytes)?;
        if fs::metadata(path).is_ok_and(|about| file_id(&about) == written) {
            return Ok(());
        }
    }
    Err(io::Error::other("something else keeps replacing the file"))
}

fn append_once(path: &Path, bytes: &[u8]) -> io::Result<FileId> {
    let mut how = OpenOptions::new();
    how.read(true).append(true).create(true).mode(0o600);
    let mut file = how.open(path)?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let before = about.len();
    // The file may be new, or its creator may have crashed before this; flushing the folder is cheap otherwise.
    let done = write_at_end(&mut file, before, bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| sync_folder(path.parent().unwrap_or(Path::new("/"))));
    if let Err(error) = done {
        // The caller reports a failure. If truncation fails as well, a surplus event or a truncated line remains;
        // readers tolerate both.
        let _ = file.set_len(before);
        let _ = file.sync_all();
        return Err(error);
    }
    Ok(file_id(&about))
}

/// Writes in one call, and on a new line even if the last one was truncated.
fn write_at_end(file: &mut File, length: u64, bytes: &[u8]) -> io::Result<()> {
    if length > 0 && read_from(file, length - 1)? != b"\n" {
        return file.write_all(&[b"\n", bytes].concat());
    }
    file.write_all(bytes)
}

/// Replaces a file atomically and keeps the old one under another name.
pub(super) fn replace(path: &Path, kept: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = write_beside(path, bytes)?;
    // Not every file system has hard links.
    if fs::hard_link(path, kept).is_err() {
        fs::copy(path, kept)?;
        File::open(kept)?.sync_all()?;
    }
    put_in_place(&fresh, path)
}

/// Creates or replaces a file atomically.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put_in_place(&write_beside(path, bytes)?, path)
}

/// Moves a file into place, replacing an existing one.
pub(super) fn put_in_place(fresh: &Path, path: &Path) -> io::Result<()> {
    fs::rename(fresh, path)?;
    sync_folder(path.parent().unwrap_or(Path::new("/")))
}

fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let fresh = path.with_extension("new");
    // Remove leftovers of a crashed process; for a link, the link itself.
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut how = OpenOptions::new();
    how.write(true).create_new(true).mode(0o600);
    let mut file = how.open(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(fresh)
}
