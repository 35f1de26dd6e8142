//! Watches the memory of a guest's session, so that it ends with a message before the system's limit ends it without.

use std::fs::File;
use std::os::unix::fs::FileExt;

use rustix::process::{Resource, getrlimit};

use super::access::Access;

/// The part of the system's limit that a session may take.
const SHARE: u64 = 2;
/// Why a session ended that took more.
pub(super) const TOO_MUCH: &str =
    "this session took more memory than a guest may, and ended; what was marked is kept";

/// Watches the memory of this process.
#[derive(Debug)]
pub(super) struct MemoryWatch {
    /// What the system tells of this process, without access to a disk.
    status: File,
    /// Maximum number of KiB.
    most: u64,
}

impl MemoryWatch {
    /// Watches a guest's session for a share of the limit that the system has set; `None` where it set none, or does not
    /// tell.
    pub(super) fn of(access: Access) -> Option<Self> {
        let limit = getrlimit(Resource::Data).current;
        let limit = limit.filter(|_| access == Access::Guest);
        Self::with(limit? / SHARE / 1024)
    }

    fn with(most: u64) -> Option<Self> {
        let status = File::open("/proc/self/status").ok()?;
        let watch = Self { status, most };
        watch.used().is_some().then_some(watch)
    }

    /// Whether the process has taken more.
    pub(super) fn is_exceeded(&self) -> bool {
        self.used().is_some_and(|used| used > self.most)
    }

    /// KiB that are the process's own, without what it has mapped of files.
    fn used(&self) -> Option<u64> {
        let mut told = [0; 4096];
        let length = self.status.read_at(&mut told, 0).ok()?;
        let told = String::from_utf8_lossy(&told[..length]);
        let used = told
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:"))?;
        used.trim().strip_suffix(" kB")?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_counts_and_the_limit_is_noticed() {
        const TAKEN: usize = 64 << 20;
        let Some(watch) = MemoryWatch::with(u64::MAX) else {
            return;
        };
        let taken = vec![1_u8; TAKEN];
        let used = watch.used().expect("a number");
        assert!(taken.iter().all(|&byte| byte == 1) && used > TAKEN as u64 / 1024);
        assert!(!watch.is_exceeded());
        let narrow = MemoryWatch::with(used / 4).expect("as before");
        assert!(narrow.is_exceeded());
    }
}
