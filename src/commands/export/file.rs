//! Writes an export to a file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::super::{Failure, Output};
use super::named;
use crate::storage::Replace;

/// Writes directly to a device or FIFO; replaces a regular file atomically, also behind a link.
pub(super) fn write(
    path: &Path,
    write: impl FnOnce(&mut Output) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let because =
        |error: io::Error| Failure::Because(format!("cannot write {}: {error}", named(path)));
    let into = |file: &File| {
        let mut to = Output::file(file.try_clone().map_err(because)?);
        match write(&mut to).and_then(|()| Ok(to.flush()?)) {
            Err(Failure::Output(error)) => Err(because(error)),
            done => done,
        }
    };
    let is_stream = fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir());
    if is_stream {
        let context = OpenOptions::new().write(true).open(path);
        return into(&context.map_err(because)?);
    }
    let mut done = Ok(());
    let replaced = Replace::new(path).behind_links().with(|file| {
        done = into(file);
        match &done {
            Ok(()) => Ok(()),
            // Aborts the replacement; `done` holds the actual error.
            Err(_) => Err(io::Error::other("the export failed")),
        }
    });
    done?;
    replaced.map_err(because)
}
