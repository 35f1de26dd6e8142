//! Searches a board on a server, in the thread that otherwise searches boards in memory.
//!
//! A newer request cancels the running one on the server. A server that goes away is reported once and asked again
//! until it answers.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::Start;
use super::loader::Today;
use super::searcher::{Asked, PendingSearch, SearchQueue, SearchWorker, only_new};
use crate::annotate::{self, Rules, VisitSummary};
use crate::app::{Consultation, CountsFor, Effect, Message, QueryCount};
use crate::board::text;
use crate::market::Market;
use crate::query::State;
use crate::search::{Index, Matches, RemoteEngine, RemoteError, Request, advise_counting};

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
        Effect::CountSources | Effect::Sync | Effect::AddSource(_) => {
            Some("the board is synced by whoever keeps it")
        }
        _ => None,
    }
}

/// Starts the thread.
pub(super) fn start(
    board: RemoteBoard,
    start: &Start,
    empty: &Arc<Index>,
    answer: impl Fn(Message) + Send + 'static,
) -> io::Result<SearchWorker> {
    let (rules, today) = (start.rules.clone(), Arc::clone(&start.today));
    SearchWorker::start_thread(Arc::clone(empty), move |queue| {
        let mut thread = RemoteThread {
            board,
            rules,
            today,
            visit: VisitSummary::default(),
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
    /// Mute rules and the log of visits.
    rules: Rules,
    today: Today,
    /// Changes since the last visit, as last reported.
    visit: VisitSummary,
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
            Asked::Mute(rules) => self.mute(rules),
            Asked::Advise(generation, asked) => self.advise(queue, generation, &asked),
            Asked::Market(generation, request) => self.market(queue, generation, &request),
            Asked::Count(purpose, requests) => self.count(queue, purpose, requests),
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
                let board = index.board().name.clone();
                (self.answer)(Message::Loaded(index, Vec::new()));
                self.summarize(&board);
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
            Err(RemoteError::Refused(why)) => {
                (self.answer)(Message::SearchFailed(generation, text::line(&why)));
            }
            Err(RemoteError::Lost(why)) => {
                let told = std::mem::replace(&mut self.is_gone, true);
                if !told {
                    (self.answer)(Message::SearchFailed(generation, text::line(&why)));
                }
                self.repeated = Some(search);
            }
        }
    }

    /// Reports what changed since the last visit, and the mute rules.
    fn summarize(&mut self, board: &str) {
        let (engine, today) = (&mut *self.board.engine, (self.today)());
        let (visit, troubles) = annotate::summarize_elsewhere(engine, &self.rules, board, today);
        self.visit = visit;
        (self.answer)(Message::VisitSummary(self.visit.clone()));
        for trouble in troubles {
            (self.answer)(Message::Failed(text::line(&trouble)));
        }
    }

    /// Adds or removes mute rules.
    fn mute(&mut self, rules: Vec<(String, bool)>) {
        for (rule, is_added) in rules {
            if is_added {
                self.rules.mute.push(rule);
            } else {
                self.rules.mute.retain(|known| *known != rule);
            }
        }
        self.visit = annotate::muted_elsewhere(&self.visit, &self.rules);
        (self.answer)(Message::VisitSummary(self.visit.clone()));
    }

    /// Suggests other queries, unless a search is requested meanwhile.
    fn advise(&mut self, queue: &SearchQueue, generation: u64, asked: &Consultation) {
        if !self.is_open {
            return;
        }
        let newest = queue.newest();
        let cancelled = || queue.newest() != newest;
        let engine = &mut self.board.engine;
        let mut count = |request: &Request| match engine.count(request, &cancelled) {
            Ok(matches) => Some(matches.total),
            // A query that takes too long is no way on.
            Err(RemoteError::Refused(_)) => Some(0),
            Err(_) => None,
        };
        let text = (asked.text.as_str(), &asked.person);
        let advice = advise_counting(&asked.request, text, asked.found, &mut count);
        if let Some(advice) = advice {
            (self.answer)(Message::Advised(generation, advice));
        }
    }

    /// Computes the market of an answered search, unless another search is requested meanwhile.
    fn market(&mut self, queue: &SearchQueue, generation: u64, request: &Request) {
        if !self.is_open {
            return;
        }
        let newest = queue.newest();
        let cancelled = || queue.newest() != newest;
        match self.board.engine.tally(request, &cancelled) {
            Ok(tally) => {
                let market = Market::new(&tally, request.today);
                (self.answer)(Message::Market(generation, Arc::new(market)));
            }
            Err(RemoteError::Cancelled) => {}
            // Told where the market is shown: most of the time nobody looks at it.
            Err(error) => {
                let why = text::line(&error.to_string());
                (self.answer)(Message::NoMarket(generation, why));
            }
        }
    }

    /// Counts the matches of requests. A search comes first: what is left is counted after it.
    fn count(&mut self, queue: &SearchQueue, purpose: CountsFor, requests: Vec<Request>) {
        if !self.is_open {
            return;
        }
        let newest = queue.newest();
        let cancelled = || queue.newest() != newest;
        let engine = &mut self.board.engine;
        let mut counts = Vec::with_capacity(requests.len());
        for request in &requests {
            let counted = engine.count(request, &cancelled).and_then(|all| {
                let has_new = request.marks.count(State::New) > 0;
                let new = if has_new {
                    engine.count(&only_new(request), &cancelled)?
                } else {
                    Matches::default()
                };
                Ok(QueryCount {
                    new: new.total,
                    all: all.total,
                    is_at_least: all.is_at_least || new.is_at_least,
                })
            });
            match counted {
                Err(RemoteError::Cancelled) => return queue.count_later(purpose, requests),
                counted => counts.push(counted.ok()),
            }
        }
        (self.answer)(Message::Counted(purpose, counts));
    }

    /// Tells that the server is back, if it was gone.
    fn back(&mut self) {
        if std::mem::take(&mut self.is_gone) {
            (self.answer)(Message::Notice("the server answers again".to_owned()));
        }
        self.repeated = None;
    }
}
