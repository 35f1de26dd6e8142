//! Special files and unusual names in a folder.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use rustix::fs::{CWD, FileType, mkfifoat, mknodat};

use super::Case;

/// Each beside one good file.
pub fn cases() -> Vec<Case> {
    vec![
        Case::built("a FIFO", |dir| {
            mkfifoat(CWD, dir.join("bad.toml"), 0o644.into()).unwrap();
        }),
        Case::built("a device", device),
        Case::built("a link to a device that never ends", |dir| {
            symlink("/dev/zero", dir.join("bad.toml")).unwrap();
        }),
        Case::built("a link to a terminal", |dir| {
            symlink("/dev/tty", dir.join("bad.toml")).unwrap();
        }),
        Case::built("a link into /proc", |dir| {
            symlink("/proc/self/mem", dir.join("bad.toml")).unwrap();
        }),
        // The socket's file remains after the listener is gone.
        Case::built("a socket", |dir| {
            drop(UnixListener::bind(dir.join("bad.toml")).unwrap());
        }),
        Case::built("a link to itself", |dir| {
            symlink("bad.toml", dir.join("bad.toml")).unwrap();
        }),
        Case::built("two links to each other", |dir| {
            symlink("worse.toml", dir.join("bad.toml")).unwrap();
            symlink("bad.toml", dir.join("worse.toml")).unwrap();
        }),
        Case::built("a link that leads nowhere", |dir| {
            symlink("nowhere", dir.join("bad.toml")).unwrap();
        }),
        Case::built("a link out of the folder", |dir| {
            symlink("/etc/hostname", dir.join("bad.toml")).unwrap();
        }),
        Case::built("a link to the folder above", |dir| {
            fs::create_dir(dir.join("bad")).unwrap();
            symlink("..", dir.join("bad/up")).unwrap();
        }),
        Case::built("mode 000", |dir| {
            fs::write(dir.join("bad.toml"), super::POSTING).unwrap();
            fs::set_permissions(dir.join("bad.toml"), Permissions::from_mode(0o0)).unwrap();
        }),
        Case::built("a folder of mode 000", |dir| {
            fs::create_dir(dir.join("bad")).unwrap();
            fs::set_permissions(dir.join("bad"), Permissions::from_mode(0o0)).unwrap();
        }),
        Case::built("too many folders", |dir| {
            let deep = (0..60).fold(dir.join("bad"), |path, _| path.join("d"));
            fs::create_dir_all(&deep).unwrap();
            fs::write(deep.join("bad.toml"), "x").unwrap();
        }),
        Case::built("a name of many lines", |dir| {
            named(dir, b"a\nb\r\n\tc.toml");
        }),
        Case::built("a name of escapes", |dir| {
            named(dir, b"\x1b[2J\x1b]0;t\x07\xc2\x9b31m.toml");
        }),
        Case::built("a name that is no UTF-8", |dir| {
            named(dir, b"\xff\xfe\x80.toml");
        }),
        Case::built("a name that reads backwards", |dir| {
            named(dir, "\u{202e}lmot.\u{2066}\u{200b}.toml".as_bytes());
        }),
        Case::built("a name of marks", |dir| {
            named(
                dir,
                ("a".to_owned() + &"\u{301}".repeat(120) + ".toml").as_bytes(),
            );
        }),
        Case::built("the longest name", |dir| {
            named(dir, ("x".repeat(250) + ".toml").as_bytes());
        }),
        Case::built("a name of options", |dir| {
            named(dir, b"--help; rm -rf $HOME `id`.toml");
        }),
    ]
}

/// A device if possible, else something similar.
fn device(dir: &Path) {
    let made = mknodat(
        CWD,
        dir.join("bad.toml"),
        FileType::CharacterDevice,
        0o666.into(),
        rustix::fs::makedev(1, 5),
    );
    if made.is_err() {
        symlink("/dev/full", dir.join("bad.toml")).unwrap();
    }
}

fn named(dir: &Path, name: &[u8]) {
    fs::write(dir.join(OsStr::from_bytes(name)), "[[posting]]\nid = 3\n").unwrap();
}

/// Makes a folder removable again.
pub fn make_removable(dir: &Path) {
    if dir.join("bad").is_dir() {
        fs::set_permissions(dir.join("bad"), Permissions::from_mode(0o755)).unwrap();
    }
}
