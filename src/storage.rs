//! Safe file operations; the only module that knows how to write files safely.
//!
//! - [`Replace`] replaces a file atomically, so that a crash leaves either the old or the new one.
//! - [`open_regular`] and [`read_regular`] refuse what could block or be endless: a FIFO, a device, an oversized file.
//! - [`FileLock`] prevents two running instances from writing at once.
//! - [`ForbidFiles`] detects file access on the UI thread.
//!
//! Writing does not follow links unless the caller requests it.

mod lock;
mod regular;
mod replace;
mod ui_thread;

pub use lock::{FileLock, LockError};
pub use regular::{kind_name, open_own, open_regular, read_regular};
pub use replace::Replace;
pub use ui_thread::{ForbidFiles, while_nothing_is_drawn};

/// Name prefix of files being written. Only files with this prefix are ever removed as leftovers.
pub const UNFINISHED: &str = ".jobdeck-";

use std::fs::File;
use std::io;
use std::path::Path;

/// Flushes the entries of a folder to disk.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
