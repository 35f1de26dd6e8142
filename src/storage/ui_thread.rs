//! The guard that keeps files off the thread that draws: a slow disk must never keep a key waiting.

use std::cell::Cell;
use std::marker::PhantomData;

thread_local! {
    static IS_FORBIDDEN: Cell<bool> = const { Cell::new(false) };
}

/// Forbids this thread to open files through this room, until it is dropped. Builds with debug assertions panic where
/// it is done all the same, so that tests fail.
#[must_use]
#[derive(Debug)]
pub struct ForbidFiles {
    before: bool,
    // It belongs to the thread that made it.
    _thread: PhantomData<*const ()>,
}

impl ForbidFiles {
    /// Forbids them from now on.
    pub fn on_this_thread() -> Self {
        Self {
            before: IS_FORBIDDEN.replace(true),
            _thread: PhantomData,
        }
    }
}

impl Drop for ForbidFiles {
    fn drop(&mut self) {
        IS_FORBIDDEN.set(self.before);
    }
}

/// Runs what may touch files although this thread draws: while the screen belongs to another program, nothing is drawn.
pub fn while_nothing_is_drawn<T>(work: impl FnOnce() -> T) -> T {
    let before = IS_FORBIDDEN.replace(false);
    let result = work();
    IS_FORBIDDEN.set(before);
    result
}

/// Panics in builds with debug assertions where files are forbidden.
#[track_caller]
pub(super) fn check() {
    debug_assert!(
        !IS_FORBIDDEN.get(),
        "no file is opened on the thread that draws"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{Replace, open_regular};

    #[test]
    fn a_file_opened_where_it_is_forbidden_is_a_mistake() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        let forbidden = ForbidFiles::on_this_thread();
        let opens = || open_regular(&path).is_ok();
        let writes = || Replace::new(&path).bytes(b"").is_ok();
        assert!(std::panic::catch_unwind(opens).is_err());
        assert!(std::panic::catch_unwind(writes).is_err());
        assert!(while_nothing_is_drawn(writes));
        drop(forbidden);
        assert!(opens());
    }
}
