//! The thread that loads boards, so that loading never blocks input.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::cancel::Cancel;
use crate::annotate::{self, Rules};
use crate::app::{Message, Saved};
use crate::board::{Date, text};
use crate::content::{Loaded, Progress};
use crate::search::Index;
use crate::snapshot::{OpenedBoard, SnapshotPath};

/// Maximum number of postings whose duplicates are grouped before the first frame.
const FEW: usize = 1000;

/// Loads a board; called repeatedly.
pub type Load = Box<dyn Fn(Progress<'_>) -> Result<Loaded, String> + Send + Sync>;

/// Returns the current date.
pub type Today = Arc<dyn Fn() -> Date + Send + Sync>;

/// Returns the item and problems of a saved file.
pub type Saves = Box<dyn Fn(&Path) -> Saved + Send + Sync>;

/// Tells whether all of a board is here.
pub type Whole = Box<dyn Fn() -> bool + Send + Sync>;

/// How a board is loaded.
pub struct BoardSource {
    /// Loads all of its files.
    pub load: Load,
    /// Location of its snapshot, if one is used.
    pub snapshot: Option<SnapshotPath>,
    /// Whether facts are read out of the texts of the board.
    pub derive: bool,
    /// For previews: returns the item and problems of a saved file; marks are not stored then.
    pub look: Option<Saves>,
    /// Whether all of the board is here, where it may still be on its way. Only then is it held against the last visit:
    /// postings not fetched yet are neither gone nor new.
    pub is_whole: Option<Whole>,
}

/// Handle of the loader thread.
#[derive(Debug, Clone)]
pub struct Loader {
    ask: Sender<Option<PathBuf>>,
    /// Mute rules added by the user in this session.
    muted: Arc<Mutex<Vec<(String, bool)>>>,
}

impl Loader {
    /// Starts the loader thread.
    pub fn start(
        source: BoardSource,
        rules: Rules,
        today: Today,
        answer: impl Fn(Message) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let (ask, asked) = channel();
        let muted = Arc::default();
        let loading = LoaderThread {
            source,
            rules,
            muted: Arc::clone(&muted),
            today,
            opened: None,
            finding: Cancel::default(),
            answer: Arc::new(answer),
        };
        thread::Builder::new()
            .name("loads".into())
            .spawn(move || loading.answer_all(&asked))?;
        Ok(Self { ask, muted })
    }

    /// Requests the board.
    pub fn ask(&self) {
        // The thread ends with the program.
        let _ = self.ask.send(None);
    }

    /// Adds a mute rule, and requests the board with it.
    pub fn mute(&self, rule: String) {
        let mut muted = self.muted.lock().unwrap_or_else(PoisonError::into_inner);
        muted.push((rule, true));
        self.ask();
    }

    /// Removes a mute rule, and requests the board without it.
    pub fn unmute(&self, rule: String) {
        let mut muted = self.muted.lock().unwrap_or_else(PoisonError::into_inner);
        muted.push((rule, false));
        self.ask();
    }

    /// Requests the board after files were saved.
    pub fn ask_after(&self, mut saved: Vec<PathBuf>) {
        let _ = self.ask.send(saved.pop());
    }
}

/// State of the loader thread.
struct LoaderThread<A> {
    source: BoardSource,
    rules: Rules,
    muted: Arc<Mutex<Vec<(String, bool)>>>,
    today: Today,
    /// The board as shown.
    opened: Option<OpenedBoard>,
    /// Cancels the search for duplicates when another board is shown.
    finding: Cancel,
    answer: Arc<A>,
}

impl<A: Fn(Message) + Send + Sync + 'static> LoaderThread<A> {
    fn answer_all(mut self, asked: &Receiver<Option<PathBuf>>) {
        let snapshot = self.source.snapshot.as_ref();
        let mut at_once = snapshot.and_then(SnapshotPath::open);
        while let Ok(mut saved) = asked.recv() {
            // Combine requests that arrived meanwhile.
            while let Ok(later) = asked.try_recv() {
                saved = later.or(saved);
            }
            // Show the last snapshot first, then check whether it is current.
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

    /// The board in its current state; `None` if that is already shown.
    fn load(&self) -> Option<Result<OpenedBoard, String>> {
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
        let derive = self.source.derive;
        Some((self.source.load)(&progress).map(|loaded| OpenedBoard::new(loaded, derive)))
    }

    fn show(&mut self, opened: OpenedBoard) {
        let mut muted = self.muted.lock().unwrap_or_else(PoisonError::into_inner);
        for (rule, is_added) in muted.drain(..) {
            if is_added {
                self.rules.mute.push(rule);
            } else {
                self.rules.mute.retain(|known| *known != rule);
            }
        }
        drop(muted);
        let index = opened.index();
        index.set_aliases(&self.rules.aliases);
        // Small boards: group duplicates before the first frame.
        if index.len() <= FEW {
            index.find_duplicates();
        }
        (self.answer)(Message::Loaded(Arc::clone(&index), opened.problems.clone()));
        self.opened = Some(opened);
        // The board is shown before news since the last visit is computed.
        let mut rules = self.rules.clone();
        if self.source.is_whole.as_ref().is_some_and(|whole| !whole()) {
            rules.visitor = None;
        }
        let (visit, troubles) = annotate::summarize(&index, &rules, (self.today)());
        (self.answer)(Message::VisitSummary(visit));
        for trouble in troubles {
            (self.answer)(Message::Failed(trouble));
        }
        self.find_duplicates(index);
    }

    /// Groups duplicates in the background, until the board is replaced.
    fn find_duplicates(&mut self, index: Arc<Index>) {
        // Cancels the work on the previous board.
        self.finding = Cancel::default();
        if index.knows_duplicates() {
            return;
        }
        let answer = Arc::clone(&self.answer);
        let cancelled = self.finding.token();
        // If no thread can be started, duplicates are not grouped.
        let _ = thread::Builder::new()
            .name("duplicates".into())
            .spawn(move || {
                index.find_duplicates_while(&|| !cancelled.is_cancelled());
                if index.knows_duplicates() {
                    answer(Message::DuplicatesFound);
                }
            });
    }
}

/// Loads and indexes a board.
pub fn loaded(load: &Load, progress: Progress<'_>) -> Message {
    match load(progress).map(|loaded| OpenedBoard::new(loaded, true)) {
        Ok(opened) => {
            let index = opened.index();
            if index.len() <= FEW {
                index.find_duplicates();
            }
            Message::Loaded(index, opened.problems)
        }
        Err(why) => Message::LoadFailed(text::line(&why)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_that_cannot_be_read_says_why_on_one_line() {
        let load: Load = Box::new(|_| Err("no\u{1b}[2J\nsuch folder".to_owned()));
        let Message::LoadFailed(why) = loaded(&load, &|_, _| {}) else {
            panic!("a failure");
        };
        assert_eq!(why, "no such folder");
    }
}
