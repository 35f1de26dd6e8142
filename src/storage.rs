//! Files on disk, written and read safely: the one place that knows how.
//!
//! - [`Replace`] puts a new file in the place of an old one in one step, so that a crash leaves one or the other.
//! - [`open_regular`] and [`read_regular`] refuse what could block or never end: a FIFO, a device, a file of absurd size.
//! - [`FileLock`] keeps two running copies from writing at once.
//! - [`ForbidFiles`] finds whoever opens a file on the thread that draws.
//!
//! Writing never follows a link unless the caller says that the file behind it is meant.

mod lock;
mod regular;
mod replace;
mod ui_thread;

pub use lock::{FileLock, LockError};
pub use regular::{kind_name, open_own, open_regular, read_regular};
pub use replace::Replace;
pub use ui_thread::{ForbidFiles, while_nothing_is_drawn};

/// The start of the names of files that are being written. Nothing else is ever deleted by it.
pub const UNFINISHED: &str = ".jobdeck-";

use std::fs::File;
use std::io;
use std::path::Path;

/// Waits until the names in a folder are on the disk.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
