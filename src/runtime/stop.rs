//! A stop signal that also ends waits, for threads that pause between requests.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Stop signal of a thread that fetches.
#[derive(Debug, Default)]
pub(super) struct Stop {
    called: AtomicBool,
    waits: Mutex<()>,
    bell: Condvar,
}

impl Stop {
    pub(super) fn call(&self) {
        let _held = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        self.called.store(true, Ordering::SeqCst);
        self.bell.notify_all();
    }

    pub(super) fn is_called(&self) -> bool {
        self.called.load(Ordering::SeqCst)
    }

    /// Waits for a duration; returns false if stopped meanwhile.
    pub(super) fn wait(&self, time: Duration) -> bool {
        let held = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .bell
            .wait_timeout_while(held, time, |()| !self.is_called());
        drop(waited);
        !self.is_called()
    }
}
