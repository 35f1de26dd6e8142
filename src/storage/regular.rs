//! Reads regular files of bounded size without blocking.

use std::fs::{File, FileType};
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use rustix::fs::{Mode, OFlags};

/// Opens a regular file for reading, following links.
///
/// # Errors
/// The file cannot be opened, or is a FIFO, a device or a folder, which could block or be endless.
pub fn open_regular(path: &Path) -> io::Result<File> {
    super::ui_thread::check();
    // Without NONBLOCK, opening a FIFO waits for a writer.
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    let kind = file.metadata()?.file_type();
    if kind.is_file() {
        Ok(file)
    } else {
        Err(not_regular(kind))
    }
}

/// Opens a regular file that belongs to this user or to root. In a shared folder, others could have created it.
///
/// # Errors
/// As [`open_regular`], or the file belongs to another user.
pub fn open_own(path: &Path) -> io::Result<File> {
    let file = open_regular(path)?;
    let owner = file.metadata()?.uid();
    if owner == 0 || owner == rustix::process::geteuid().as_raw() {
        Ok(file)
    } else {
        Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it belongs to another user",
        ))
    }
}

/// Content of a regular file.
///
/// # Errors
/// As [`open_regular`], or the file is larger than `limit` bytes.
pub fn read_regular(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = open_regular(path)?;
    let mut bytes = Vec::with_capacity(file.metadata()?.len().min(limit) as usize);
    // The file may grow while it is read.
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("larger than {limit} bytes"),
        ));
    }
    Ok(bytes)
}

/// Name of a file type, for messages.
pub fn kind_name(kind: FileType) -> &'static str {
    match kind {
        _ if kind.is_dir() => "a folder",
        _ if kind.is_symlink() => "a link",
        _ if kind.is_fifo() => "a FIFO",
        _ if kind.is_socket() => "a socket",
        _ if kind.is_block_device() || kind.is_char_device() => "a device",
        _ => "something else",
    }
}

pub(super) fn not_regular(kind: FileType) -> io::Error {
    let kind = kind_name(kind);
    io::Error::other(format!("it is {kind}, not a regular file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_regular_files_of_a_bounded_size_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("file"), "four").expect("written");
        std::os::unix::fs::symlink("file", at("link")).expect("a link");
        assert_eq!(read_regular(&at("link"), 4).expect("read"), b"four");
        let too_large = read_regular(&at("file"), 3).expect_err("too large");
        assert_eq!(too_large.kind(), io::ErrorKind::FileTooLarge);
        rustix::fs::mknodat(
            rustix::fs::CWD,
            at("fifo"),
            rustix::fs::FileType::Fifo,
            Mode::RUSR | Mode::WUSR,
            0,
        )
        .expect("a FIFO");
        for (path, kind) in [
            (at("fifo"), "a FIFO"),
            (folder.path().to_owned(), "a folder"),
        ] {
            let refused = read_regular(&path, 4).expect_err("refused");
            assert!(refused.to_string().contains(kind), "{refused}");
        }
        let device = read_regular(Path::new("/dev/zero"), 4).expect_err("refused");
        assert!(device.to_string().contains("a device"), "{device}");
    }
}
