//! A file that is replaced in one step.

use std::fs::Permissions;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::super::{Failure, Output};
use super::named;

/// Writes a file beside the one to be replaced, and puts it in its place when all is written.
pub(super) fn replace(
    path: &Path,
    write: impl FnOnce(&mut Output) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let because =
        |error: io::Error| Failure::Because(format!("cannot write {}: {error}", named(path)));
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let new = tempfile::Builder::new()
        .prefix(".jobdeck-")
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(because)?;
    let mut to = Output::file(new.as_file().try_clone().map_err(because)?);
    match write(&mut to).and_then(|()| Ok(to.flush()?)) {
        Err(Failure::Output(error)) => return Err(because(error)),
        done => done?,
    }
    new.persist(path).map_err(|error| because(error.error))?;
    Ok(())
}
