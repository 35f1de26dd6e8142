//! Reads and replaces one file of a board: a regular file of bounded size, without blocking.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Mode, OFlags};

use crate::storage::{Replace, kind_name};

/// Maximum size of a file; a parsed file can take many times its size.
pub(super) const SIZE: u64 = 1 << 20;

/// Metadata that identifies the state of a file. If it is the same, so is the content, unless the file changed within
/// the time stamp's resolution of being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileMetadata {
    /// Device and inode.
    pub place: (u64, u64),
    /// Size in bytes.
    pub size: u64,
    /// Modification time of the content, in nanoseconds since 1970.
    pub modified: i64,
    /// Time of the last change of content or metadata.
    pub changed: i64,
}

impl FileMetadata {
    fn new(about: &Metadata) -> Self {
        const SECOND: i64 = 1_000_000_000;
        let time = |seconds: i64, rest: i64| seconds.saturating_mul(SECOND).saturating_add(rest);
        Self {
            place: identity(about),
            size: about.len(),
            modified: time(about.mtime(), about.mtime_nsec()),
            changed: time(about.ctime(), about.ctime_nsec()),
        }
    }

    /// Metadata of a file without opening it, or why it cannot be read.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let about = fs::symlink_metadata(path).map_err(|error| unreadable(&error))?;
        regular(&about)?;
        Ok(Self::new(&about))
    }
}

fn regular(about: &Metadata) -> Result<(), String> {
    if about.is_file() {
        return Ok(());
    }
    let kind = kind_name(about.file_type());
    Err(format!("is {kind}, not a regular file"))
}

/// Opens a file, or explains why it cannot be opened.
pub(super) fn open(path: &Path) -> Result<(FileMetadata, File), String> {
    // Without NONBLOCK a FIFO would block; without NOFOLLOW a link put in place since the listing would be followed.
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let opened = rustix::fs::open(path, flags, Mode::empty());
    let file = File::from(opened.map_err(|error| unreadable(&error.into()))?);
    let about = file.metadata().map_err(|error| unreadable(&error))?;
    regular(&about)?;
    Ok((FileMetadata::new(&about), file))
}

/// Content of a file, or why it cannot be read.
pub(super) fn fetch(path: &Path) -> Result<Vec<u8>, String> {
    let (about, file) = open(path)?;
    read(file, &about)
}

/// Content of a file of at most this size; else why it cannot be read.
pub(super) fn fetch_within(path: &Path, size: u64) -> Result<Vec<u8>, String> {
    let (_, file) = open(path)?;
    let mut bytes = Vec::new();
    let read = file.take(size + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(&error))?;
    Ok(bytes)
}

/// Content of an open file.
pub(super) fn read(file: File, about: &FileMetadata) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(about.size.min(SIZE) as usize + 1);
    // The file may grow while it is read.
    let mut bounded = file.take(SIZE + 1);
    bounded
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    Ok(bytes)
}

/// Text of a file, without its byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<&str, String> {
    if bytes.len() as u64 > SIZE {
        return Err("is larger than 1 MiB; split it into several files".into());
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| format!("is not UTF-8, from byte {}", error.valid_up_to() + 1))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Replaces a file's content atomically and durably, keeping its permissions.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    Replace::new(path).durable().bytes(text.as_bytes())
}

pub(super) fn identity(about: &Metadata) -> (u64, u64) {
    (about.dev(), about.ino())
}

pub(super) fn unreadable(error: &io::Error) -> String {
    format!("cannot be read: {error}")
}
