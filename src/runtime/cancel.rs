//! Cancellation of background work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Cancels the work that holds its tokens when dropped.
#[derive(Debug, Default)]
pub struct Cancel(CancelToken);

/// Tells a worker whether its work was cancelled.
#[derive(Debug, Clone, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl Cancel {
    /// A token for a worker.
    pub fn token(&self) -> CancelToken {
        self.0.clone()
    }
}

impl CancelToken {
    /// Whether the work was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Cancel {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_wanted_until_its_owner_is_gone() {
        let owner = Cancel::default();
        let token = owner.token();
        assert!(!token.is_cancelled());
        drop(owner);
        assert!(token.is_cancelled());
    }
}
