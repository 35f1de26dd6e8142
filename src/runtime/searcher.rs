//! The thread that searches, so that a search never blocks input.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::app::{Consultation, CountsFor, Effect, Message, QueryCount};
use crate::market::Market;
use crate::query;
use crate::search::{self, Index, Request, Searcher};

/// Handle of the search thread. Only the newest request is answered; older ones are dropped or cancelled.
#[derive(Debug, Clone)]
pub struct SearchWorker(Arc<SearchQueue>);

/// The requests of the app to the search thread.
#[derive(Debug)]
pub(super) struct SearchQueue {
    next: Mutex<Next>,
    arrived: Condvar,
    /// Number of the newest request, which cancels older ones.
    newest: AtomicU64,
}

#[derive(Debug)]
struct Next {
    index: Arc<Index>,
    request: Option<PendingSearch>,
    /// Requests to count in addition.
    count: Option<(CountsFor, Vec<Request>)>,
    /// The answered search whose market is wanted.
    market: Option<(u64, Request)>,
    /// The answered search to advise on.
    advise: Option<(u64, Consultation)>,
    /// Whether the board is to be opened again, where that is done by the thread that searches it.
    load: bool,
    /// Mute rules that were added or removed, where that thread applies them.
    muted: Vec<(String, bool)>,
}

/// A search to be answered.
#[derive(Debug, Clone)]
pub(super) struct PendingSearch {
    number: u64,
    pub(super) generation: u64,
    pub(super) request: Request,
}

impl SearchWorker {
    /// Starts the search thread.
    pub fn start(index: Arc<Index>, answer: impl Fn(Message) + Send + 'static) -> io::Result<Self> {
        Self::start_thread(index, move |queue| queue.answer_all(answer))
    }

    /// Starts a thread that answers the requests in a queue.
    pub(super) fn start_thread(
        index: Arc<Index>,
        answer_all: impl FnOnce(&SearchQueue) + Send + 'static,
    ) -> io::Result<Self> {
        let desk = Arc::new(SearchQueue {
            next: Mutex::new(Next {
                index,
                request: None,
                count: None,
                market: None,
                advise: None,
                load: false,
                muted: Vec::new(),
            }),
            arrived: Condvar::new(),
            newest: AtomicU64::new(0),
        });
        let searcher = Self(Arc::clone(&desk));
        thread::Builder::new()
            .name("search".into())
            .spawn(move || answer_all(&desk))?;
        Ok(searcher)
    }

    /// Replaces the pending request.
    pub fn ask(&self, generation: u64, request: Request) {
        let number = self.0.newest.fetch_add(1, Ordering::SeqCst) + 1;
        let mut next = self.0.lock();
        next.request = Some(PendingSearch {
            number,
            generation,
            request,
        });
        next.market = None;
        drop(next);
        self.0.arrived.notify_one();
    }

    /// Requests the numbers of all and of new matches for each request.
    pub fn count(&self, purpose: CountsFor, requests: Vec<Request>) {
        self.0.lock().count = Some((purpose, requests));
        self.0.arrived.notify_one();
    }

    /// Requests suggestions for an answered search, unless a newer request arrives.
    pub fn advise(&self, generation: u64, consultation: Consultation) {
        self.0.lock().advise = Some((generation, consultation));
        self.0.arrived.notify_one();
    }

    /// Asks for the market of an answered search, unless something newer is asked.
    pub fn market(&self, generation: u64, request: Request) {
        self.0.lock().market = Some((generation, request));
        self.0.arrived.notify_one();
    }

    /// Adds or removes a mute rule, where the thread that searches the board applies it.
    pub(super) fn mute(&self, rule: String, is_added: bool) {
        self.0.lock().muted.push((rule, is_added));
        self.0.arrived.notify_one();
    }

    /// Requests the board, where the thread that searches it opens it too.
    pub(super) fn load(&self) {
        self.0.lock().load = true;
        self.0.arrived.notify_one();
    }

    /// Replaces the index to search.
    pub fn search_in(&self, index: Arc<Index>) {
        self.0.lock().index = index;
    }
}

/// What was requested of a board on a server.
pub(super) enum Asked {
    /// Nothing, in the time given.
    Nothing,
    /// To open it again.
    Load,
    /// To add or remove mute rules.
    Mute(Vec<(String, bool)>),
    /// A search.
    Search(PendingSearch),
    /// Suggestions for an answered search.
    Advise(u64, Consultation),
    /// The market of an answered search.
    Market(u64, Request),
    /// Numbers of matches.
    Count(CountsFor, Vec<Request>),
}

impl Next {
    /// What was requested of a board on a server, the most urgent first.
    fn take(&mut self) -> Option<Asked> {
        if std::mem::take(&mut self.load) {
            return Some(Asked::Load);
        }
        if !self.muted.is_empty() {
            return Some(Asked::Mute(std::mem::take(&mut self.muted)));
        }
        let search = self.request.take().map(Asked::Search);
        let advise = || {
            self.advise
                .take()
                .map(|(at, asked)| Asked::Advise(at, asked))
        };
        let asked = search.or_else(advise);
        let market = || {
            self.market
                .take()
                .map(|(at, asked)| Asked::Market(at, asked))
        };
        let asked = asked.or_else(market);
        let count = || self.count.take().map(|(of, asked)| Asked::Count(of, asked));
        asked.or_else(count)
    }
}

/// Next task of the thread.
enum Wanted {
    Search(PendingSearch),
    Count(CountsFor, Vec<Request>),
    Advise(u64, Consultation),
    Market(u64, Request),
}

/// Answers an effect that only reads the index, for callers without a search thread.
pub fn answer(searcher: &mut Searcher, effect: &Effect) -> Option<Message> {
    match effect {
        Effect::Search(generation, request) => {
            let found = searcher.search(request, &|| false);
            found.map(|matches| Message::Matched(*generation, matches))
        }
        Effect::Market(generation, request) => {
            let market = Market::compute(searcher, request, &|| false)?;
            Some(Message::Market(*generation, Arc::new(market)))
        }
        Effect::Count(purpose, requests) => {
            let counts = counted(searcher.index(), requests);
            Some(Message::Counted(*purpose, counts))
        }
        _ => None,
    }
}

/// Numbers of matches for each request.
fn counted(index: &Arc<Index>, requests: &[Request]) -> Vec<Option<QueryCount>> {
    let counts = requests.iter().map(|request| {
        Some(QueryCount {
            new: search::count(index, &only_new(request)),
            all: search::count(index, request),
            is_at_least: false,
        })
    });
    counts.collect()
}

/// The request for the new matches of another.
pub(super) fn only_new(request: &Request) -> Request {
    let mut request = request.clone();
    request.query.terms.extend(query::parse("is:new").terms);
    request
}

impl SearchQueue {
    fn answer_all(&self, answer: impl Fn(Message)) {
        let mut index = Arc::clone(&self.lock().index);
        let mut searcher = Searcher::new(Arc::clone(&index));
        // Separate from the other searcher, which caches what narrows while the user types.
        let mut adviser = Searcher::new(Arc::clone(&index));
        loop {
            let (wanted, newest) = self.wait();
            if !Arc::ptr_eq(&index, &newest) {
                index = newest;
                searcher = Searcher::new(Arc::clone(&index));
                adviser = Searcher::new(Arc::clone(&index));
            }
            let asked = match wanted {
                Wanted::Search(asked) => asked,
                Wanted::Count(purpose, requests) => {
                    answer(Message::Counted(purpose, counted(&index, &requests)));
                    continue;
                }
                Wanted::Market(generation, request) => {
                    let newest = self.newest.load(Ordering::SeqCst);
                    let cancelled = || self.newest.load(Ordering::SeqCst) != newest;
                    if let Some(market) = Market::compute(&mut searcher, &request, &cancelled) {
                        answer(Message::Market(generation, Arc::new(market)));
                    }
                    continue;
                }
                Wanted::Advise(generation, consultation) => {
                    let newest = self.newest.load(Ordering::SeqCst);
                    let cancelled = || self.newest.load(Ordering::SeqCst) != newest;
                    let Consultation {
                        request,
                        text,
                        person,
                        found,
                    } = &consultation;
                    let advice =
                        search::advise(&mut adviser, request, (text, person), *found, &cancelled);
                    if let Some(advice) = advice {
                        answer(Message::Advised(generation, advice));
                    }
                    continue;
                }
            };
            let cancelled = || self.newest.load(Ordering::SeqCst) != asked.number;
            if let Some(matches) = searcher.search(&asked.request, &cancelled) {
                answer(Message::Matched(asked.generation, matches));
            }
        }
    }

    fn wait(&self) -> (Wanted, Arc<Index>) {
        let mut next = self.lock();
        loop {
            if let Some(asked) = next.request.take() {
                return (Wanted::Search(asked), Arc::clone(&next.index));
            }
            if let Some((generation, consultation)) = next.advise.take() {
                return (
                    Wanted::Advise(generation, consultation),
                    Arc::clone(&next.index),
                );
            }
            if let Some((generation, request)) = next.market.take() {
                return (Wanted::Market(generation, request), Arc::clone(&next.index));
            }
            if let Some((purpose, requests)) = next.count.take() {
                return (Wanted::Count(purpose, requests), Arc::clone(&next.index));
            }
            let woken = self.arrived.wait(next);
            next = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits for something to be requested, at most for some time.
    pub(super) fn wait_for(&self, limit: Duration) -> Asked {
        let mut next = self.lock();
        if let Some(asked) = next.take() {
            return asked;
        }
        let waited = self.arrived.wait_timeout(next, limit);
        next = waited.unwrap_or_else(PoisonError::into_inner).0;
        next.take().unwrap_or(Asked::Nothing)
    }

    /// Requests numbers again that were not counted because of a search, unless others are requested meanwhile.
    pub(super) fn count_later(&self, purpose: CountsFor, requests: Vec<Request>) {
        self.lock().count.get_or_insert((purpose, requests));
    }

    /// Number of the newest search.
    pub(super) fn newest(&self) -> u64 {
        self.newest.load(Ordering::SeqCst)
    }

    /// Whether something newer than a search is requested.
    pub(super) fn is_outdated(&self, search: &PendingSearch) -> bool {
        self.newest.load(Ordering::SeqCst) != search.number
    }

    fn lock(&self) -> MutexGuard<'_, Next> {
        // The data is consistent even if a thread panicked while holding the lock.
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc::channel;

    use super::*;
    use crate::board::{Board, Date};
    use crate::content;

    fn request(query: &str) -> Request {
        Request {
            query: query::parse(query),
            today: Date::constant(2026, 10, 1),
            unjudged: false,
            limit: 10,
            ..Request::default()
        }
    }

    #[test]
    fn the_newest_request_is_answered() {
        let (answer, answers) = channel();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/boards/small");
        let small = content::load(&folder).expect("a board").board;
        let index = Arc::new(Index::new(Arc::new(small)));
        let empty = Arc::new(Index::new(Arc::new(Board::default())));
        let searcher =
            SearchWorker::start(empty, move |message| answer.send(message).expect("heard"));
        let searcher = searcher.expect("a thread");
        searcher.search_in(index);
        for generation in 1..=100 {
            searcher.ask(generation, request("rust"));
        }
        let last = answers.into_iter().find_map(|message| match message {
            Message::Matched(100, matches) => Some(matches),
            Message::Matched(..) => None,
            other => panic!("{other:?}"),
        });
        let found = last.expect("an answer");
        assert_eq!((found.total, found.of), (1, 3));
    }
}
