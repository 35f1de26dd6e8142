//! Guard against file access on the UI thread, where a slow disk would block input.

use std::cell::Cell;
use std::marker::PhantomData;

thread_local! {
    static IS_FORBIDDEN: Cell<bool> = const { Cell::new(false) };
}

/// Forbids this thread to open files through this module until dropped. With debug assertions, violations panic, so
/// that tests fail.
#[must_use]
#[derive(Debug)]
pub struct ForbidFiles {
    before: bool,
    // Bound to the thread that created it.
    _thread: PhantomData<*const ()>,
}

impl ForbidFiles {
    /// Forbids file access from now on.
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

/// Runs code that may access files on the UI thread, while another program uses the screen.
pub fn while_nothing_is_drawn<T>(work: impl FnOnce() -> T) -> T {
    let before = IS_FORBIDDEN.replace(false);
    let result = work();
    IS_FORBIDDEN.set(before);
    result
}

/// Panics in debug builds if file access is forbidden.
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
