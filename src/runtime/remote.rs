//! Searches a board on a server, in the thread that otherwise searches boards in memory.
//!
//! A newer request cancels the running one on the server. A server that goes away is reported once and asked again
//! until it answers.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::searcher::{Asked, PendingSearch, SearchQueue, SearchWorker};
use crate::app::{Effect, Message};
use crate::board::text;
use crate::search::{Index, RemoteEngine, RemoteError};

/// Pause before a server that is gone is asked again.
const PAUSE: Duration = Duration::from_secs(2);
/// Longest wait for a request, if there is nothing to repeat.
const IDLE: Duration = Duration::from_hours(1);

/// A board on a server.
pub struct RemoteBoard {
    /// Searches it.
    pub engine: Box<dyn RemoteEngine>,
    /// Ids of the postings that the user has marked.
    pub ids: Vec<String>,
}

/// Why an effect is refused for a board on a server.
pub(super) fn refusal(effect: &Effect) -> Option<&'static str> {
    match effect {
        Effect::Mute(_) | Effect::Unmute(_) => {
            Some("mute rules do not apply on a server; x hides one posting")
        }
        Effect::CountSources | Effect::Sync | Effect::AddSource(_) => {
            Some("the board is synced by whoever keeps it")
        }
        Effect::Market(..) => Some("the market is of boards that are here, not on a server"),
        _ => None,
    }
}

/// Starts the thread.
pub(super) fn start(
    board: RemoteBoard,
    empty: Arc<Index>,
    answer: impl Fn(Message) + Send + 'static,
) -> io::Result<SearchWorker> {
    SearchWorker::start_thread(empty, move |queue| {
        let mut thread = RemoteThread {
            board,
            answer,
            is_open: false,
            is_gone: false,
            repeated: None,
        };
        loop {
            thread.step(queue);
        }
    })
}

/// State of the thread.
struct RemoteThread<A> {
    board: RemoteBoard,
    answer: A,
    /// Whether the board was opened.
    is_open: bool,
    /// Whether the server is gone, and the user was told.
    is_gone: bool,
    /// The search to repeat when the server is back.
    repeated: Option<PendingSearch>,
}

impl<A: Fn(Message)> RemoteThread<A> {
    fn step(&mut self, queue: &SearchQueue) {
        let limit = if self.is_gone { PAUSE } else { IDLE };
        match queue.wait_for(limit) {
            Asked::Load => self.load(),
            Asked::Search(search) => self.search(queue, search),
            Asked::Nothing if !self.is_gone => {}
            Asked::Nothing if !self.is_open => self.load(),
            Asked::Nothing => match self.repeated.clone() {
                Some(search) if !queue.is_outdated(&search) => self.search(queue, search),
                _ => self.is_gone = false,
            },
        }
    }

    /// Opens the board.
    fn load(&mut self) {
        match self.board.engine.open(&self.board.ids, &|| false) {
            Ok(index) => {
                self.is_open = true;
                self.back();
                (self.answer)(Message::Loaded(index, Vec::new()));
            }
            Err(error) => {
                let told = std::mem::replace(&mut self.is_gone, true);
                if !told {
                    (self.answer)(Message::LoadFailed(text::line(&error.to_string())));
                }
            }
        }
    }

    fn search(&mut self, queue: &SearchQueue, search: PendingSearch) {
        // Until the board is open there is nothing to search; it is asked for again then.
        if !self.is_open {
            return;
        }
        let generation = search.generation;
        let cancelled = || queue.is_outdated(&search);
        let answer = &self.answer;
        let answered = self
            .board
            .engine
            .search(&search.request, &cancelled, &mut |first| {
                answer(Message::Matched(generation, first));
            });
        match answered {
            Ok(matches) => {
                (self.answer)(Message::Matched(generation, matches));
                self.back();
                if let Some(notice) = self.board.engine.notice() {
                    (self.answer)(Message::Notice(text::line(&notice)));
                }
            }
            Err(RemoteError::Cancelled) => {}
            Err(RemoteError::Replaced) => self.load(),
            Err(RemoteError::Refused(why)) => (self.answer)(Message::Failed(text::line(&why))),
            Err(RemoteError::Lost(why)) => {
                let told = std::mem::replace(&mut self.is_gone, true);
                if !told {
                    (self.answer)(Message::Failed(text::line(&why)));
                }
                self.repeated = Some(search);
            }
        }
    }

    /// Tells that the server is back, if it was gone.
    fn back(&mut self) {
        if std::mem::take(&mut self.is_gone) {
            (self.answer)(Message::Notice("the server answers again".to_owned()));
        }
        self.repeated = None;
    }
}
