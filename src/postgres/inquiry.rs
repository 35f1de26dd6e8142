//! Asks the servers of the parts of a board whether they are there.
//!
//! Each is asked over a connection of its own: one that waits for a server that is frozen can do nothing else.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::Address;
use super::connection::{Connecting, NO_ANSWER, Use};
use super::parts::{self, Part};
use crate::search::RemoteError;

/// Longest wait for the answer of one.
const ASKING: Duration = Duration::from_secs(1);

/// A question to the servers of a generation.
pub(super) struct Inquiry {
    pub(super) generation: i32,
    answers: Receiver<(usize, bool)>,
    /// The servers, with whether they answered.
    servers: Vec<(String, Option<bool>)>,
}

impl Inquiry {
    /// Asks the servers of parts.
    pub(super) fn start(address: &Address, generation: i32, parts: &[Part]) -> Self {
        let (tell, answers) = channel();
        let mut servers: Vec<(String, Option<bool>)> = Vec::new();
        for part in parts {
            if servers.iter().any(|(known, _)| *known == part.server) {
                continue;
            }
            let at = servers.len();
            let (address, tell) = (address.clone(), tell.clone());
            let text = format!(
                "SELECT FROM {} p WHERE {} LIMIT 1",
                address.table(&format!("posting_{generation}")),
                parts::condition([part])
            );
            let asking = thread::Builder::new().name("inquiry".into());
            let asking = asking.spawn(move || {
                let _ = tell.send((at, answers_to(&address, text)));
            });
            // Who cannot be asked counts as being there.
            servers.push((part.server.clone(), asking.is_err().then_some(true)));
        }
        Self {
            generation,
            answers,
            servers,
        }
    }

    /// Waits for answers, and tells whether all are known.
    pub(super) fn is_over(&mut self, wait: Duration) -> bool {
        let until = Instant::now() + wait;
        while self.servers.iter().any(|(_, answer)| answer.is_none()) {
            let wait = until.saturating_duration_since(Instant::now());
            match self.answers.recv_timeout(wait) {
                Ok((at, answer)) => self.servers[at].1 = Some(answer),
                Err(RecvTimeoutError::Timeout) => return false,
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        true
    }

    /// Whether the server of a part is not known to be away.
    pub(super) fn reaches(&self, part: &Part) -> bool {
        let mut servers = self.servers.iter();
        servers.any(|(server, answer)| *server == part.server && *answer != Some(false))
    }

    /// Whether all servers are known to be there.
    pub(super) fn finds_all(&mut self) -> bool {
        let is_over = self.is_over(Duration::ZERO);
        let (found, all) = self.found();
        is_over && found == all
    }

    /// Number of servers that are not known to be away, and of all.
    pub(super) fn found(&self) -> (usize, usize) {
        let servers = self.servers.iter();
        let found = servers.filter(|(_, answer)| *answer != Some(false)).count();
        (found, self.servers.len())
    }

    /// Whether the server of one of these parts is away.
    pub(super) fn misses(&self, parts: &[Part]) -> bool {
        parts.iter().any(|part| !self.reaches(part))
    }
}

/// Whether a statement is answered. If the server that it is sent to is away itself, nothing is known about others.
fn answers_to(address: &Address, text: String) -> bool {
    let Ok(connection) = Connecting::start(address, Use::Reading).wait(&|| false) else {
        return true;
    };
    let asked = connection.call_for(ASKING, &|| false, &mut || false, move |client| {
        client.query_typed(&text, &[]).map(drop)
    });
    match asked {
        Err(RemoteError::Refused(_)) => false,
        Err(RemoteError::Lost(why)) => why != NO_ANSWER,
        _ => true,
    }
}
