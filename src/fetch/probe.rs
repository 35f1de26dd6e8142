//! Whether something is there, without having it.

use std::time::Instant;

use url::Url;

use super::wire::Head;
use super::{Client, FetchError, Validators};

impl Client {
    /// Asks whether something is at an address, as sparingly as its server lets it; where it is in the end.
    ///
    /// # Errors
    /// It is not, or there is no telling.
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
            // Many servers know no other question than for all of it.
            Err(FetchError::Status(..) | FetchError::Cut(_) | FetchError::Garbled(_)) => {
                self.follow(address, until, whole, there)
            }
            answer => answer,
        }
    }
}
