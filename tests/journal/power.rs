//! Power failure: a separate file system is shut down abruptly, then inspected.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Home, Keeper, Row};

/// Marks before each cut.
const MARKS: usize = 3;

/// Shuts down immediately without writing cached data: `EXT4_IOC_SHUTDOWN` without flushing the log.
const SHUT_DOWN: &str = "import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))";

fn does(program: &str, args: &[&str]) -> bool {
    let mut command = Command::new(program);
    command
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// A file system in a file, mounted while held.
struct Disk<'a> {
    folder: &'a Path,
}

impl<'a> Disk<'a> {
    fn make(folder: &'a Path) -> bool {
        let image = folder.join("image");
        let made = std::fs::File::create(&image).and_then(|file| file.set_len(16 << 20));
        std::fs::create_dir_all(folder.join("mounted")).unwrap();
        made.is_ok() && does("mkfs.ext4", &["-q", "-F", image.to_str().unwrap()])
    }

    /// Mounts the disk; the system writes unsynced data after `seconds`.
    fn mount(folder: &'a Path, seconds: u32) -> Option<Self> {
        let (image, to) = (folder.join("image"), folder.join("mounted"));
        let how = format!("loop,commit={seconds},noauto_da_alloc");
        let args = ["-o", &how, image.to_str().unwrap(), to.to_str().unwrap()];
        does("mount", &args).then_some(Self { folder })
    }

    fn mounted(&self) -> String {
        self.folder.join("mounted").to_str().unwrap().to_owned()
    }

    fn cut_power(&self) -> bool {
        does("python3", &["-c", SHUT_DOWN, &self.mounted()])
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        does("umount", &[&self.mounted()]);
    }
}

pub(super) fn run(keeper: Keeper, cuts: usize) -> Row {
    let folder = tempfile::tempdir().unwrap();
    let mut home = Home::of(keeper, cuts * MARKS);
    home.data = Some(folder.path().join("mounted"));
    let skipped = |why: &str| Row {
        beside: format!("skipped: {why}"),
        ..Row::default()
    };
    if !rustix::process::getuid().is_root() || !Disk::make(folder.path()) {
        return skipped("only root has disks of its own");
    }
    // The naive keeper loses data that the system has not written yet; on a busy machine a second may pass.
    let seconds = if keeper == Keeper::Naive { 900 } else { 1 };
    let mut acknowledged = BTreeSet::new();
    let mut lost = BTreeSet::new();
    for cut in 0..cuts {
        let Some(disk) = Disk::mount(folder.path(), seconds) else {
            return skipped("nothing can be mounted here");
        };
        lost.extend(acknowledged.difference(&home.saved()).copied());
        for number in cut * MARKS..(cut + 1) * MARKS {
            if home.save(&[], number).status.success() {
                acknowledged.insert(number);
            }
        }
        if !disk.cut_power() {
            return skipped("no file system can be shut down here");
        }
    }
    let _disk = Disk::mount(folder.path(), seconds);
    lost.extend(acknowledged.difference(&home.saved()).copied());
    Row {
        done: cuts,
        beside: format!("{} acknowledged", acknowledged.len()),
        lost: lost
            .iter()
            .map(|number| format!("power: p{number}"))
            .collect(),
    }
}
