//! The threads that search and load, so that neither ever keeps a key waiting.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::standing::{self, Rules};
use crate::app::{Message, Saved};
use crate::board::{Date, text};
use crate::content::{Loaded, Progress};
use crate::query;
use crate::search::{self, Index, Request, Searcher};
use crate::snapshot::{Opened, Place};

/// Postings among which it takes no time to find those that say the same.
const FEW: usize = 1000;

/// Reads a board, again and again.
pub type Load = Box<dyn Fn(Progress<'_>) -> Result<Loaded, String> + Send + Sync>;

/// Tells what the board makes of a file that was saved.
pub type Saves = Box<dyn Fn(&Path) -> Saved + Send + Sync>;

/// Answers the newest request; older ones are dropped, or cancelled on the way.
#[derive(Debug, Clone)]
pub struct Searches(Arc<Desk>);

#[derive(Debug)]
struct Desk {
    next: Mutex<Next>,
    arrived: Condvar,
    /// Counts requests, so that one being answered can tell that it is not the newest.
    newest: AtomicU64,
}

#[derive(Debug)]
struct Next {
    index: Arc<Index>,
    request: Option<Asked>,
    /// What is to be counted besides.
    count: Option<Vec<Request>>,
}

#[derive(Debug)]
struct Asked {
    number: u64,
    generation: u64,
    request: Request,
}

impl Searches {
    /// Starts the thread that searches.
    pub fn start(index: Arc<Index>, answer: impl Fn(Message) + Send + 'static) -> io::Result<Self> {
        let desk = Arc::new(Desk {
            next: Mutex::new(Next {
                index,
                request: None,
                count: None,
            }),
            arrived: Condvar::new(),
            newest: AtomicU64::new(0),
        });
        let searches = Self(Arc::clone(&desk));
        thread::Builder::new()
            .name("search".into())
            .spawn(move || desk.answer_all(answer))?;
        Ok(searches)
    }

    /// Asks this, and no longer what was asked before.
    pub fn ask(&self, generation: u64, request: Request) {
        let number = self.0.newest.fetch_add(1, Ordering::SeqCst) + 1;
        self.0.lock().request = Some(Asked {
            number,
            generation,
            request,
        });
        self.0.arrived.notify_one();
    }

    /// Asks how many postings each of these finds, and how many of them are new.
    pub fn count(&self, requests: Vec<Request>) {
        self.0.lock().count = Some(requests);
        self.0.arrived.notify_one();
    }

    /// From now on this is searched.
    pub fn search_in(&self, index: Arc<Index>) {
        self.0.lock().index = index;
    }
}

/// What the thread is to do next.
enum Wanted {
    Search(Asked),
    Count(Vec<Request>),
}

/// How many postings each request finds that are new, and in all.
fn counted(index: &Arc<Index>, requests: &[Request]) -> Vec<(usize, usize)> {
    let new = |request: &Request| {
        let mut request = request.clone();
        request.query.terms.extend(query::parse("is:new").terms);
        search::count(index, &request)
    };
    let counts = requests.iter();
    counts
        .map(|request| (new(request), search::count(index, request)))
        .collect()
}

impl Desk {
    fn answer_all(&self, answer: impl Fn(Message)) {
        let mut index = Arc::clone(&self.lock().index);
        let mut searcher = Searcher::new(Arc::clone(&index));
        loop {
            let (wanted, newest) = self.wait();
            if !Arc::ptr_eq(&index, &newest) {
                index = newest;
                searcher = Searcher::new(Arc::clone(&index));
            }
            let asked = match wanted {
                Wanted::Search(asked) => asked,
                Wanted::Count(requests) => {
                    answer(Message::Counted(counted(&index, &requests)));
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
            if let Some(requests) = next.count.take() {
                return (Wanted::Count(requests), Arc::clone(&next.index));
            }
            let woken = self.arrived.wait(next);
            next = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Next> {
        // What is behind the lock is whole at any time.
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a board is read from.
pub struct Source {
    /// Reads all of its files.
    pub load: Load,
    /// Where its snapshot is, if there is to be one.
    pub snapshot: Option<Place>,
    /// Tells what the board makes of a file that was saved, where that is to be shown: then nothing is kept.
    pub look: Option<Saves>,
}

/// Reads the board whenever it is asked to.
#[derive(Debug, Clone)]
pub struct Loads(Sender<Option<PathBuf>>);

impl Loads {
    /// Starts the thread that loads.
    pub fn start(
        source: Source,
        rules: Rules,
        today: Date,
        answer: impl Fn(Message) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let (ask, asked) = channel();
        let loading = Loading {
            source,
            rules,
            today,
            opened: None,
            answer: Arc::new(answer),
        };
        thread::Builder::new()
            .name("loads".into())
            .spawn(move || loading.answer_all(&asked))?;
        Ok(Self(ask))
    }

    /// Asks for the board.
    pub fn ask(&self) {
        // The thread ends with the program.
        let _ = self.0.send(None);
    }

    /// Asks for the board because of files that were saved.
    pub fn ask_after(&self, mut saved: Vec<PathBuf>) {
        let _ = self.0.send(saved.pop());
    }
}

/// What the thread that loads knows.
struct Loading<A> {
    source: Source,
    rules: Rules,
    today: Date,
    /// The board as it is shown.
    opened: Option<Opened>,
    answer: Arc<A>,
}

impl<A: Fn(Message) + Send + Sync + 'static> Loading<A> {
    fn answer_all(mut self, asked: &Receiver<Option<PathBuf>>) {
        let snapshot = self.source.snapshot.as_ref();
        let mut at_once = snapshot.and_then(Place::open);
        while let Ok(mut saved) = asked.recv() {
            // Whoever asked several times meanwhile wants one answer.
            while let Ok(later) = asked.try_recv() {
                saved = later.or(saved);
            }
            // What was there last is shown first; only then it is seen whether that is still so.
            let shown = at_once.take();
            let first = shown.is_some();
            if let Some(shown) = shown {
                self.show(shown);
            }
            match (self.load(), &self.opened) {
                (Some(Ok(opened)), _) => {
                    self.show(opened);
                    if let Some((look, saved)) = self.source.look.as_ref().zip(saved) {
                        (self.answer)(Message::Saved(look(&saved)));
                    }
                }
                (Some(Err(why)), _) => (self.answer)(Message::LoadFailed(text::line(&why))),
                (None, Some(same)) if !first => self.show(same.clone()),
                (None, _) => {}
            }
        }
    }

    /// The board as its files are; `None` if that is what is shown.
    fn load(&self) -> Option<Result<Opened, String>> {
        let percent = AtomicUsize::new(0);
        let progress = |done: usize, of: usize| {
            let now = done * 100 / of.max(1);
            if percent.swap(now, Ordering::Relaxed) != now {
                (self.answer)(Message::Loading(now as u8));
            }
        };
        if let Some(place) = &self.source.snapshot
            && let Ok(refreshed) = place.refresh(self.opened.as_ref(), &progress)
        {
            return refreshed.map(Ok);
        }
        Some((self.source.load)(&progress).map(Opened::new))
    }

    fn show(&mut self, opened: Opened) {
        let index = Arc::clone(&opened.index);
        // What takes no time need not be done while somebody looks on.
        if index.len() <= FEW {
            index.fold();
        }
        (self.answer)(Message::Loaded(Arc::clone(&index), opened.problems.clone()));
        self.opened = Some(opened);
        // The board shows before anybody has asked how it stands.
        let (standing, troubles) = standing::of(&index, &self.rules, self.today);
        (self.answer)(Message::Standing(standing));
        for trouble in troubles {
            (self.answer)(Message::Failed(trouble));
        }
        self.fold(index);
    }

    /// Looks for postings that say the same, beside everything else and for as long as somebody has this board.
    fn fold(&self, index: Arc<Index>) {
        if index.is_folded() {
            return;
        }
        let answer = Arc::clone(&self.answer);
        // Where no thread can be had, nothing is folded.
        let _ = thread::Builder::new().name("folds".into()).spawn(move || {
            index.fold_while(&|| Arc::strong_count(&index) > 1);
            if index.is_folded() {
                answer(Message::Folded);
            }
        });
    }
}

/// Reads the board and indexes it.
pub fn loaded(load: &Load, progress: Progress<'_>) -> Message {
    match load(progress).map(Opened::new) {
        Ok(opened) => {
            if opened.index.len() <= FEW {
                opened.index.fold();
            }
            Message::Loaded(opened.index, opened.problems)
        }
        Err(why) => Message::LoadFailed(text::line(&why)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Board;
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

    fn small(_: Progress<'_>) -> Result<Loaded, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/boards/small");
        content::load(&folder).map_err(|error| error.to_string())
    }

    #[test]
    fn the_newest_request_is_answered() {
        let (answer, answers) = channel();
        let Message::Loaded(index, _) = loaded(&(Box::new(small) as Load), &|_, _| {}) else {
            panic!("a board");
        };
        let empty = Arc::new(Index::new(Arc::new(Board::default())));
        let searches = Searches::start(empty, move |message| answer.send(message).expect("heard"));
        let searches = searches.expect("a thread");
        searches.search_in(index);
        for generation in 1..=100 {
            searches.ask(generation, request("rust"));
        }
        let last = answers.into_iter().find_map(|message| match message {
            Message::Matched(100, matches) => Some(matches),
            Message::Matched(..) => None,
            other => panic!("{other:?}"),
        });
        let found = last.expect("an answer");
        assert_eq!((found.total, found.of), (1, 3));
    }

    #[test]
    fn a_board_that_cannot_be_read_says_why_on_one_line() {
        let load: Load = Box::new(|_| Err("no\u{1b}[2J\nsuch folder".to_owned()));
        let Message::LoadFailed(why) = loaded(&load, &|_, _| {}) else {
            panic!("a failure");
        };
        assert_eq!(why, "no such folder");
    }
}
