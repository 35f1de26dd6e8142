//! Finds and reads the files of a board: regular files within the folder, of bounded size, without blocking.

use std::collections::HashSet;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::published::{self, Published};
use super::regular_file::{FileMetadata, identity, unreadable};
use crate::board::hash::Fnv;
use crate::published::MANIFEST;
use crate::storage::kind_name;

/// Maximum nesting of folders.
const DEPTH: usize = 32;
/// Entries inspected before a folder is considered no board.
const GLANCE: usize = 10_000;

/// A file of the board, or an entry that cannot be one.
pub(super) struct FolderEntry {
    /// Path relative to the board's folder.
    pub(super) relative: PathBuf,
    /// Path to open, or why the file cannot be used.
    pub(super) real: Result<PathBuf, String>,
    /// The part of a published board that it is, if it is no TOML.
    pub(super) published: Option<Arc<Published>>,
}

/// The `*.toml` files below a folder, sorted by path, or the parts of the board that is published there. Hidden files are
/// skipped.
pub(super) fn entries(root: &Path) -> io::Result<Vec<FolderEntry>> {
    let root = root.canonicalize()?;
    let listing = fs::read_dir(&root)?;
    if let Some(parts) = published::parts(&root) {
        return Ok(match parts {
            Ok(parts) => parts.into_iter().map(|part| of_part(&root, part)).collect(),
            Err(why) => vec![FolderEntry {
                relative: MANIFEST.into(),
                real: Err(why.to_string()),
                published: None,
            }],
        });
    }
    let mut walk = Walk::new(root);
    walk.list(listing, Path::new(""), 0);
    // Links come last, so that a folder is listed under its own name rather than that of a link to it.
    while let Some((path, relative, depth)) = walk.links.pop() {
        walk.follow(&path, relative, depth);
    }
    walk.found.sort_by(|a, b| a.relative.cmp(&b.relative));
    Ok(walk.found)
}

fn of_part(root: &Path, part: Published) -> FolderEntry {
    FolderEntry {
        relative: part.relative.clone(),
        real: Ok(root.join(&part.relative)),
        published: Some(Arc::new(part)),
    }
}

/// Fingerprint of the files of a board, from their names and metadata.
pub(super) fn state(root: &Path) -> io::Result<u64> {
    let mut state = Fnv::default();
    for entry in entries(root)? {
        state.bytes(entry.relative.as_os_str().as_encoded_bytes());
        if let Some(about) = entry
            .real
            .ok()
            .and_then(|real| FileMetadata::read(&real).ok())
        {
            for number in [about.size, about.modified.cast_unsigned(), about.place.1] {
                state.bytes(&number.to_le_bytes());
            }
        }
    }
    Ok(state.finish())
}

/// Whether a folder holds a regular `*.toml` file, at any depth.
pub(super) fn any(root: &Path) -> bool {
    let mut folders = vec![(root.to_owned(), 0)];
    let mut looked = 0;
    while let Some((folder, depth)) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            looked += 1;
            let (path, Ok(kind)) = (entry.path(), entry.file_type()) else {
                continue;
            };
            if looked > GLANCE || is_hidden(&path) {
                continue;
            }
            if kind.is_file() && is_toml(&path) {
                return true;
            }
            if kind.is_dir() && depth < DEPTH {
                folders.push((path, depth + 1));
            }
        }
    }
    false
}

/// Tracks which files were read, so that each is read once even if it has several names.
#[derive(Default)]
pub(super) struct SeenFiles {
    seen: HashSet<(u64, u64)>,
}

impl SeenFiles {
    /// Whether a file was not read before under any name.
    pub(super) fn is_new(&mut self, about: &FileMetadata) -> bool {
        self.seen.insert(about.place)
    }
}

struct Walk {
    root: PathBuf,
    found: Vec<FolderEntry>,
    /// Links to resolve later: path, path relative to the board, depth.
    links: Vec<(PathBuf, PathBuf, usize)>,
    seen: HashSet<(u64, u64)>,
}

impl Walk {
    fn new(root: PathBuf) -> Self {
        let seen = fs::metadata(&root).iter().map(identity).collect();
        Self {
            root,
            found: Vec::new(),
            links: Vec::new(),
            seen,
        }
    }

    fn broken(&mut self, relative: PathBuf, why: impl Into<String>) {
        let real = Err(why.into());
        self.found.push(FolderEntry {
            relative,
            real,
            published: None,
        });
    }

    /// Adds the entries of a folder, recursing to a bounded depth.
    fn list(&mut self, listing: fs::ReadDir, relative: &Path, depth: usize) {
        for entry in listing {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return self.broken(relative.to_owned(), unreadable(&error)),
            };
            let (path, relative) = (entry.path(), relative.join(entry.file_name()));
            if is_hidden(&path) {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_symlink() => self.links.push((path, relative, depth)),
                Ok(kind) => self.take(path, relative, kind, depth),
                Err(error) => self.broken(relative, unreadable(&error)),
            }
        }
    }

    fn take(&mut self, path: PathBuf, relative: PathBuf, of: FileType, depth: usize) {
        if of.is_dir() {
            self.folder(&path, relative, depth + 1);
        } else if !is_toml(&relative) {
            // A board's folder may contain anything else: pictures, a README, a socket.
        } else if of.is_file() {
            let real = Ok(path);
            self.found.push(FolderEntry {
                relative,
                real,
                published: None,
            });
        } else {
            self.broken(
                relative,
                format!("is {}, not a regular file", kind_name(of)),
            );
        }
    }

    fn folder(&mut self, path: &Path, relative: PathBuf, depth: usize) {
        if depth > DEPTH {
            return self.broken(relative, "is nested in too many folders");
        }
        match fs::metadata(path) {
            Ok(about) if !self.seen.insert(identity(&about)) => return,
            Ok(_) => {}
            Err(error) => return self.broken(relative, unreadable(&error)),
        }
        match fs::read_dir(path) {
            Ok(listing) => self.list(listing, &relative, depth),
            Err(error) => self.broken(relative, unreadable(&error)),
        }
    }

    fn follow(&mut self, link: &Path, relative: PathBuf, depth: usize) {
        let target = match link.canonicalize() {
            Ok(target) => target,
            Err(error) if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
                return self.broken(relative, "is a link that leads back to itself");
            }
            Err(error) if is_toml(&relative) => {
                return self.broken(relative, format!("is a broken link: {error}"));
            }
            Err(_) => return,
        };
        let Ok(about) = fs::metadata(&target) else {
            return self.broken(relative, "is a broken link");
        };
        if !about.is_dir() && !is_toml(&relative) {
            return;
        }
        if !target.starts_with(&self.root) {
            return self.broken(relative, "is a link out of the board's folder");
        }
        if about.is_dir() && link.starts_with(&target) {
            return self.broken(relative, "is a link to a folder that contains it");
        }
        self.take(target, relative, about.file_type(), depth);
    }
}

fn is_toml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "toml")
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}
