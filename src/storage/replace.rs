//! Atomic replacement of files.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::XattrFlags;
use tempfile::NamedTempFile;

use super::regular::not_regular;
use super::{UNFINISHED, sync_folder};

/// Maximum length of a chain of links, as in the kernel.
const LINKS: usize = 40;

/// A file to be replaced atomically. An existing file keeps its mode, owner and extended attributes; anything but a
/// regular file is refused.
#[must_use]
#[derive(Debug, Clone, Copy)]
pub struct Replace<'a> {
    path: &'a Path,
    mode: u32,
    follows_links: bool,
    is_durable: bool,
}

impl<'a> Replace<'a> {
    /// A file readable by everyone that the umask allows. A link at the path is refused.
    pub fn new(path: &'a Path) -> Self {
        Self {
            path,
            mode: 0o666,
            follows_links: false,
            is_durable: false,
        }
    }

    /// Follows a link at the path to the file behind it, as used for dotfiles.
    pub fn behind_links(self) -> Self {
        Self {
            follows_links: true,
            ..self
        }
    }

    /// Makes a new file accessible only to its owner.
    pub fn private(self) -> Self {
        Self {
            mode: 0o600,
            ..self
        }
    }

    /// Flushes the file to disk before writing returns.
    pub fn durable(self) -> Self {
        Self {
            is_durable: true,
            ..self
        }
    }

    /// Writes these bytes.
    pub fn bytes(self, bytes: &[u8]) -> io::Result<()> {
        self.with(|file| file.write_all(bytes))
    }

    /// Writes with a callback. If that fails, nothing is replaced.
    pub fn with<E: From<io::Error>>(
        self,
        write: impl FnOnce(&mut File) -> Result<(), E>,
    ) -> Result<(), E> {
        super::ui_thread::check();
        let target = self.target()?;
        let folder = parent(&target);
        fs::create_dir_all(folder)?;
        let before = existing(&target)?;
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .permissions(Permissions::from_mode(self.mode))
            .tempfile_in(folder)?;
        write(file.as_file_mut())?;
        self.finish(file, &target, before.as_ref())?;
        Ok(())
    }

    fn finish(
        self,
        file: NamedTempFile,
        target: &Path,
        before: Option<&Metadata>,
    ) -> io::Result<()> {
        if let Some(before) = before {
            keep_attributes(target, before, file.as_file())?;
        }
        if self.is_durable {
            file.as_file().sync_all()?;
        }
        file.persist(target)?;
        if self.is_durable {
            sync_folder(parent(target))?;
        }
        Ok(())
    }

    fn target(self) -> io::Result<PathBuf> {
        let mut target = self.path.to_owned();
        if !self.follows_links {
            return Ok(target);
        }
        for _ in 0..LINKS {
            match fs::read_link(&target) {
                Ok(next) => target = parent(&target).join(next),
                // The path does not exist, or is not a link.
                Err(_) => return Ok(target),
            }
        }
        Err(io::Error::other("the link leads back to itself"))
    }
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Metadata of the regular file at a path, if there is one.
fn existing(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_file() => Ok(Some(about)),
        Ok(about) => Err(not_regular(about.file_type())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Copies owner, mode and extended attributes of another file.
fn keep_attributes(from: &Path, before: &Metadata, to: &File) -> io::Result<()> {
    let (user, group) = (before.uid(), before.gid());
    let is_ours = to
        .metadata()
        .is_ok_and(|about| (about.uid(), about.gid()) == (user, group));
    if !is_ours {
        // Only root can change the owner; otherwise the file becomes the user's own, as with most editors.
        let _ = std::os::unix::fs::fchown(to, Some(user), Some(group));
    }
    // Includes access control lists. Not every file system supports them.
    let _ = copy_attributes(from, to);
    to.set_permissions(before.permissions())
}

fn copy_attributes(from: &Path, to: &File) -> rustix::io::Result<()> {
    const LARGEST: usize = 64 << 10;
    let mut names = vec![0; LARGEST];
    let length = rustix::fs::llistxattr(from, &mut names)?;
    for name in names[..length].split(|byte| *byte == 0) {
        if name.is_empty() {
            continue;
        }
        let mut value = vec![0; LARGEST];
        let length = rustix::fs::lgetxattr(from, name, &mut value)?;
        rustix::fs::fsetxattr(to, name, &value[..length], XattrFlags::empty())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_link_is_refused_unless_the_file_behind_it_is_meant() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("real"), "old").expect("written");
        fs::set_permissions(at("real"), Permissions::from_mode(0o640)).expect("set");
        symlink("real", at("link")).expect("a link");
        let refused = Replace::new(&at("link"))
            .bytes(b"new")
            .expect_err("refused");
        assert!(refused.to_string().contains("a link"), "{refused}");
        assert_eq!(fs::read(at("real")).expect("read"), b"old");

        let link = at("link");
        let replaced = Replace::new(&link).behind_links().private().bytes(b"new");
        replaced.expect("replaced");
        assert_eq!(fs::read(at("real")).expect("read"), b"new");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        let mode = fs::metadata(at("real"))
            .expect("there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o640);
    }

    #[test]
    fn a_link_to_no_file_yet_makes_that_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let link = folder.path().join("link");
        symlink("sub/new", &link).expect("a link");
        Replace::new(&link)
            .behind_links()
            .durable()
            .bytes(b"1")
            .expect("written");
        assert_eq!(fs::read(folder.path().join("sub/new")).expect("read"), b"1");
        symlink("round", folder.path().join("round")).expect("a link");
        let round = folder.path().join("round");
        assert!(Replace::new(&round).behind_links().bytes(b"1").is_err());
    }

    #[test]
    fn failed_writes_keep_the_old_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        fs::write(&file, "old").expect("written");
        let failed = Replace::new(&file).with(|new| {
            new.write_all(b"half")?;
            Err(io::Error::other("the disk is full"))
        });
        failed.expect_err("the failure");
        assert_eq!(fs::read(&file).expect("read"), b"old");
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1);
    }
}
