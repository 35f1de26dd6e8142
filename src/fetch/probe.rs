//! Whether something is there, without having it.

use std::time::Instant;

use super::{Client, FetchError, Validators, asked};

impl Client {
    /// Asks whether something is at an address, as sparingly as its server lets it; where it is in the end.
    ///
    /// # Errors
    /// It is not, or there is no telling.
    pub fn probe(&self, address: &str) -> Result<String, FetchError> {
        let until = Instant::now() + self.limits.whole;
        match self.follow(address, until, true) {
            // Many servers know no other question than for all of it.
            Err(FetchError::Status(..) | FetchError::Cut(_) | FetchError::Garbled(_)) => {
                self.follow(address, until, false)
            }
            answer => answer,
        }
    }

    fn follow(&self, address: &str, until: Instant, sparing: bool) -> Result<String, FetchError> {
        let mut url = asked(address)?;
        let mut seen = vec![url.clone()];
        loop {
            let redirected = seen.len() > 1;
            self.reach.allows(&url, redirected)?;
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(FetchError::TooSlow(self.limits.whole));
            }
            let asked = if sparing {
                self.wire.look(&url, left)
            } else {
                self.wire.ask(&url, &Validators::default(), left)
            };
            let head = asked.map_err(|error| error.within(self.limits.whole, redirected))?;
            match head.status {
                200..=299 => return Ok(url.into()),
                301 | 302 | 303 | 307 | 308 => url = self.redirected(&url, &head, &mut seen)?,
                status => return Err(FetchError::Status(status, head.retry_after)),
            }
        }
    }
}
