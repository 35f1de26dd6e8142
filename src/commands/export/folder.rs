//! Writes a site to a folder. Files of an earlier export are replaced or removed; other files are not touched.
//!
//! The folder contains a list of the exported files, with a hash of each file's content. Only a file with that content
//! is replaced or removed: neither an edited list nor an edited file costs anybody a file of their own. An entry is
//! added before its file is written, so that after a crash no exported file is mistaken for a foreign one.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::named;
use crate::board::hash::Fnv;
use crate::storage::{Replace, kind_name, read_regular};

/// List of the exported files.
const LIST: &str = ".jobdeck-site";
/// Maximum size of the list.
const LARGEST_LIST: u64 = 256 << 20;
/// Maximum size of a file that may have been exported.
const LARGEST_FILE: u64 = 256 << 20;
/// File extensions of a site.
const KINDS: &[&str] = &[
    "css", "gz", "html", "ico", "jpg", "js", "json", "png", "svg", "txt", "webp", "xml",
];

/// Why a site could not be written.
#[derive(Debug)]
pub(super) enum Error {
    /// A file or folder cannot be read or written.
    Io(PathBuf, io::Error),
    /// The file exists and was not exported by jobdeck, or was changed since.
    Foreign(PathBuf),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(path, error) => write!(f, "cannot write {}: {error}", named(path)),
            Self::Foreign(path) => write!(
                f,
                "{} already exists and is not a file of this site, or was changed since; it was not overwritten",
                named(path)
            ),
        }
    }
}

/// Counts of an export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Done {
    /// Files that are new or changed.
    pub(super) written: usize,
    /// Obsolete files.
    pub(super) removed: usize,
    /// Obsolete files that stay because they were changed since.
    pub(super) kept: usize,
}

/// A folder to which a site is being written.
pub(super) struct Folder {
    path: PathBuf,
    /// Files of the previous exports, with the hashes of what may be in them.
    ours: BTreeMap<String, BTreeSet<u64>>,
    export: Mutex<Current>,
}

/// The current export.
struct Current {
    list: File,
    /// Files of the folder with the hashes of their contents.
    files: BTreeMap<String, u64>,
    done: Done,
}

impl Folder {
    /// Opens or creates a folder.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let io = |error| Error::Io(path.to_owned(), error);
        fs::create_dir_all(path).map_err(io)?;
        let list = path.join(LIST);
        let ours = match is_plain(path, LIST).and_then(|()| read_regular(&list, LARGEST_LIST)) {
            Ok(entries) => parse(&String::from_utf8_lossy(&entries)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(Error::Io(list, error)),
        };
        let context = OpenOptions::new().create(true).append(true).open(&list);
        let context = context.map_err(|error| Error::Io(list, error))?;
        Ok(Self {
            path: path.to_owned(),
            ours,
            export: Mutex::new(Current {
                list: context,
                files: BTreeMap::new(),
                done: Done::default(),
            }),
        })
    }

    /// Writes a file, unless it exists with the same content. Several threads may write at once.
    pub(super) fn write(&self, name: &str, content: &[u8]) -> Result<(), Error> {
        let path = self.path.join(name);
        let hash = hash_of(content);
        let there = self
            .read(name)
            .map_err(|error| Error::Io(path.clone(), error))?;
        let same = matches!(&there, Content::Known(bytes) if bytes == content);
        let known = self.ours.get(name);
        if !same && there.is_foreign(known) {
            return Err(Error::Foreign(path));
        }
        let mut export = self.export();
        export.files.insert(name.to_owned(), hash);
        if !known.is_some_and(|hashes| hashes.contains(&hash)) {
            let listed = export
                .list
                .write_all(format!("{}\n", entry(name, hash)).as_bytes());
            listed.map_err(|error| Error::Io(self.path.join(LIST), error))?;
        }
        if same {
            return Ok(());
        }
        export.done.written += 1;
        drop(export);
        replace(&path, content).map_err(|error| Error::Io(path, error))
    }

    fn export(&self) -> MutexGuard<'_, Current> {
        self.export.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a file of the folder.
    fn read(&self, name: &str) -> io::Result<Content> {
        let path = self.path.join(name);
        match is_plain(&self.path, name).and_then(|()| read_regular(&path, LARGEST_FILE)) {
            Ok(bytes) => Ok(Content::Known(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Content::None),
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Ok(Content::TooLarge),
            Err(error) => Err(error),
        }
    }

    /// Removes obsolete files.
    pub(super) fn finish(self) -> Result<Done, Error> {
        let mut export = self.export();
        for (name, hashes) in &self.ours {
            if export.files.contains_key(name) {
                continue;
            }
            let path = self.path.join(name);
            match self.read(name) {
                Ok(Content::None) => continue,
                Ok(there) if there.is_foreign(Some(hashes)) => {
                    export.done.kept += 1;
                    continue;
                }
                Ok(_) => {}
                Err(error) => return Err(Error::Io(path, error)),
            }
            match fs::remove_file(&path) {
                Ok(()) => export.done.removed += 1,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(Error::Io(path, error)),
            }
            // Removes the folder if that was its last file.
            if let Some(folder) = path.parent().filter(|folder| *folder != self.path) {
                let _ = fs::remove_dir(folder);
            }
        }
        let mut list = String::new();
        for (name, hash) in &export.files {
            list.push_str(&entry(name, *hash));
            list.push('\n');
        }
        let path = self.path.join(LIST);
        replace(&path, list.as_bytes()).map_err(|error| Error::Io(path, error))?;
        Ok(export.done)
    }
}

/// Content of a file in the folder.
enum Content {
    /// There is no file.
    None,
    /// A file of a size that a site may have.
    Known(Vec<u8>),
    /// A file too large for a site.
    TooLarge,
}

impl Content {
    /// Whether a file exists whose content was not exported, given the hashes of what was.
    fn is_foreign(&self, exported: Option<&BTreeSet<u64>>) -> bool {
        match self {
            Self::None => false,
            Self::TooLarge => true,
            Self::Known(bytes) => !exported.is_some_and(|hashes| hashes.contains(&hash_of(bytes))),
        }
    }
}

fn hash_of(content: &[u8]) -> u64 {
    let mut hash = Fnv::default();
    hash.bytes(content);
    hash.finish()
}

/// Entry of the list: hash of the content, and name.
fn entry(name: &str, hash: u64) -> String {
    format!("{hash:016x} {name}")
}

/// Entries of a list. After a crash a name may have several.
fn parse(list: &str) -> BTreeMap<String, BTreeSet<u64>> {
    let mut files: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for line in list.lines() {
        if let Some((hash, name)) = line.split_once(' ')
            && let Ok(hash) = u64::from_str_radix(hash, 16)
            && is_within(name)
        {
            files.entry(name.to_owned()).or_default().insert(hash);
        }
    }
    files
}

/// Whether a name is that of a site file within the folder: the list may have been edited to contain any path.
fn is_within(name: &str) -> bool {
    let path = Path::new(name);
    let is_plain = |part| match part {
        Component::Normal(name) => !name.as_encoded_bytes().starts_with(b"."),
        _ => false,
    };
    let kind = path.extension().and_then(OsStr::to_str);
    kind.is_some_and(|kind| KINDS.contains(&kind)) && path.components().all(is_plain)
}

/// Rejects a path through a link, or to anything but a regular file.
fn is_plain(root: &Path, name: &str) -> io::Result<()> {
    let mut path = root.to_owned();
    let mut parts = Path::new(name).components().peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        let about = match fs::symlink_metadata(&path) {
            // The path does not exist yet.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            about => about?,
        };
        let is_last = parts.peek().is_none();
        if !(if is_last {
            about.is_file()
        } else {
            about.is_dir()
        }) {
            let kind = kind_name(about.file_type());
            return Err(io::Error::other(format!("{} is {kind}", named(&path))));
        }
    }
    Ok(())
}

/// Replaces a file atomically.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    Replace::new(path).bytes(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, files: &[(&str, &str)]) -> Result<Done, Error> {
        let folder = Folder::open(path)?;
        for (name, text) in files {
            folder.write(name, text.as_bytes())?;
        }
        folder.finish()
    }

    #[test]
    fn only_changed_files_are_written_and_only_exported_ones_removed() {
        let dir = tempfile::tempdir().expect("a folder");
        let at = |name: &str| dir.path().join(name);
        let done = |written, removed| Done {
            written,
            removed,
            kept: 0,
        };
        let first = [
            ("index.html", "1"),
            ("posting/a.html", "a"),
            ("tag/b.html", "b"),
        ];
        assert_eq!(write(dir.path(), &first).expect("written"), done(3, 0));
        fs::write(at("CNAME"), "jobs.example").expect("written");
        fs::write(at("posting/own.txt"), "mine").expect("written");
        let second = [("index.html", "1"), ("posting/c.html", "c")];
        assert_eq!(write(dir.path(), &second).expect("written"), done(1, 2));
        assert!(at("CNAME").exists() && at("posting/own.txt").exists());
        assert!(!at("posting/a.html").exists() && !at("tag").exists());
        assert_eq!(write(dir.path(), &second).expect("written"), done(0, 0));
    }

    #[test]
    fn foreign_files_are_never_overwritten() {
        let dir = tempfile::tempdir().expect("a folder");
        let page = dir.path().join("index.html");
        fs::write(&page, "mine").expect("written");
        let error = write(dir.path(), &[("index.html", "ours")]).expect_err("refused");
        assert!(
            error.to_string().contains("index.html already exists"),
            "{error}"
        );
        assert_eq!(fs::read_to_string(page).expect("read"), "mine");
    }

    #[test]
    fn a_manipulated_list_removes_nothing_outside() {
        let dir = tempfile::tempdir().expect("a folder");
        let site = dir.path().join("site");
        fs::create_dir(&site).expect("made");
        fs::write(dir.path().join("keep"), "").expect("written");
        let absolute = dir.path().join("keep");
        let names = format!("../keep\n{}\nposting/../../keep\n", absolute.display());
        fs::write(site.join(LIST), names).expect("written");
        write(&site, &[]).expect("written");
        assert!(absolute.exists());
    }

    #[test]
    fn a_crash_leaves_no_unlisted_file() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(dir.path()).expect("opened");
        folder.write("a.html", b"half").expect("written");
        drop(folder);
        let done = write(dir.path(), &[("a.html", "whole")]).expect("written");
        assert_eq!(
            done,
            Done {
                written: 1,
                removed: 0,
                kept: 0
            }
        );
    }

    #[test]
    fn only_files_with_exported_content_are_replaced_or_removed() {
        let dir = tempfile::tempdir().expect("a folder");
        let at = |name: &str| dir.path().join(name);
        write(
            dir.path(),
            &[("a.html", "1"), ("b.html", "1"), ("c.html", "1")],
        )
        .expect("written");
        fs::write(at("a.html"), "edited").expect("written");
        fs::write(at("photo.jpg"), "mine").expect("written");
        let mut list = fs::read_to_string(at(LIST)).expect("read");
        list.push_str("photo.jpg\n0000000000000000 photo.jpg\n");
        fs::write(at(LIST), list).expect("written");

        let done = write(dir.path(), &[("b.html", "2")]).expect("written");
        assert_eq!((done.written, done.removed, done.kept), (1, 1, 2));
        assert_eq!(fs::read_to_string(at("a.html")).expect("read"), "edited");
        assert_eq!(fs::read_to_string(at("photo.jpg")).expect("read"), "mine");
        assert_eq!(fs::read_to_string(at("b.html")).expect("read"), "2");
        assert!(!at("c.html").exists());
        let error = write(dir.path(), &[("photo.jpg", "ours")]).expect_err("refused");
        assert!(error.to_string().contains("was not overwritten"), "{error}");
    }
}
