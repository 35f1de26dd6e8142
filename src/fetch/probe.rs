//! Checks whether a document exists, without downloading it.

use std::time::Instant;

use url::Url;

use super::wire::Head;
use super::{Client, FetchError, Validators};

impl Client {
    /// Checks an address with a HEAD request if possible, and returns its final address.
    ///
    /// # Errors
    /// The document does not exist, or that cannot be determined.
    pub fn probe(&self, address: &str) -> Result<String, FetchError> {
        let until = Instant::now() + self.limits.whole;
        let sparing = |url: &Url, left| self.wire.look(url, left);
        let whole = |url: &Url, left| self.wire.ask(url, &Validators::default(), left);
        let there = |url: &Url, head: &mut Head| {
            (200..300)
                .contains(&head.status)
                .then(|| Ok(url.to_string()))
        };
        match self.follow(address, until, sparing, there) {
            // Many servers do not support HEAD.
            Err(FetchError::Status(..) | FetchError::Cut(_) | FetchError::Garbled(_)) => {
                self.follow(address, until, whole, there)
            }
            answer => answer,
        }
    }
}
