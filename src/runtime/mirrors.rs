//! The thread that fetches published boards while their local state is shown.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::loader::Loader;
use super::stop::Stop;
use crate::app::Message;
use crate::fetch::Client;
use crate::mirror::{self, Fetching, Mirror, MirrorError, Refreshed, Step};

/// While a board is being fetched, it is reloaded when this part of it is here, that part of this part, and so on: loading
/// takes longer the larger it is, and must not be under way when the rest comes.
const PART: u64 = 3;

/// Fetches published boards on request.
#[derive(Debug)]
pub struct Mirrors {
    ask: Sender<()>,
    stop: Arc<Stop>,
    /// The id of the posting being read.
    shown: Arc<Mutex<Option<String>>>,
    is_empty: bool,
}

impl Mirrors {
    /// Starts the thread, if there are published boards.
    pub fn start(
        mirrors: Vec<Mirror>,
        client: Client,
        loader: Loader,
        answer: impl Fn(Message) + Send + 'static,
    ) -> io::Result<Self> {
        let (ask, asked) = channel();
        let stop = Arc::new(Stop::default());
        let shown = Arc::default();
        let is_empty = mirrors.is_empty();
        if !mirrors.is_empty() {
            let fetches = Fetches {
                mirrors,
                client,
                loader,
                stop: Arc::clone(&stop),
                shown: Arc::clone(&shown),
            };
            // Several workers share the callback.
            let answer = Mutex::new(answer);
            let tell =
                move |message| answer.lock().unwrap_or_else(PoisonError::into_inner)(message);
            thread::Builder::new()
                .name("mirrors".into())
                .spawn(move || fetches.answer_all(&asked, &tell))?;
        }
        Ok(Self {
            ask,
            stop,
            shown,
            is_empty,
        })
    }

    /// Whether there are no published boards.
    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Sets the posting being read, whose description is fetched first.
    pub fn show(&self, id: Option<String>) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = id;
    }

    /// Requests a fetch.
    pub fn ask(&self) {
        // Without published boards there is no receiver.
        let _ = self.ask.send(());
    }

    /// Cancels the current fetch, as soon as its server responds.
    pub fn stop(&self) {
        self.stop.call();
    }
}

/// What the thread knows.
struct Fetches {
    mirrors: Vec<Mirror>,
    client: Client,
    loader: Loader,
    stop: Arc<Stop>,
    shown: Arc<Mutex<Option<String>>>,
}

impl Fetches {
    fn answer_all(self, asked: &Receiver<()>, tell: &(dyn Fn(Message) + Sync)) {
        while asked.recv().is_ok() {
            // Whoever asked several times meanwhile wants one answer.
            while asked.try_recv().is_ok() {}
            for mirror in &self.mirrors {
                self.fetch(mirror, tell);
                if self.stop.is_called() {
                    return;
                }
            }
        }
    }

    fn fetch(&self, mirror: &Mirror, tell: &(dyn Fn(Message) + Sync)) {
        let shown = AtomicU64::new(0);
        let percent = AtomicU64::new(0);
        let watch = |step: Step| {
            let (came, of) = step.bytes;
            let now = came * 99 / of.max(1);
            if of > 0 && percent.swap(now, Ordering::Relaxed) != now {
                tell(Message::Loading(now as u8));
            }
            let part = part(step);
            let is_larger = step.grew && part > shown.fetch_max(part, Ordering::Relaxed);
            if is_larger || step.is_shown {
                self.loader.ask();
            }
            !self.stop.is_called()
        };
        let pause = |time| self.stop.wait(time);
        let refreshed = mirror.refresh(Fetching {
            client: &self.client,
            pause: &pause,
            watch: &watch,
            shown: &|| {
                let id = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
                id.clone()
            },
        });
        match refreshed {
            Ok(Refreshed::Same) | Err(MirrorError::Cancelled | MirrorError::Busy) => {}
            Ok(Refreshed::Updated) => self.loader.ask(),
            Err(error) => {
                self.loader.ask();
                tell(Message::Failed(mirror::as_last_seen(mirror, &error)));
            }
        }
    }
}

/// The part of a board, in bytes, that is to be shown when this much of it is here: all of its postings, or a part that is
/// a power of [`PART`]. All of the board is shown at the end.
fn part(step: Step) -> u64 {
    let (came, of) = step.bytes;
    let (postings, all) = step.postings;
    if came == of {
        return 0;
    }
    let of = if postings < all { all } else { of };
    let parts = std::iter::successors(Some(of / PART), |part| Some(part / PART));
    let part = parts
        .into_iter()
        .find(|part| *part <= came)
        .unwrap_or_default();
    if postings == all { part.max(all) } else { part }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_is_shown_at_the_first_chunk_at_a_third_with_all_postings_and_at_the_end() {
        let shown = |postings: u64, of: u64| {
            let mut shown = Vec::new();
            for came in 0..=of {
                let part = part(Step {
                    grew: true,
                    bytes: (came, of),
                    postings: (came.min(postings), postings),
                    is_shown: false,
                });
                if part > shown.last().map_or(0, |(_, part)| *part) {
                    shown.push((came, part));
                }
            }
            shown.into_iter().map(|(came, _)| came).collect::<Vec<_>>()
        };
        assert_eq!(shown(270, 270), [1, 3, 10, 30, 90]);
        assert_eq!(shown(27, 270), [1, 3, 9, 27, 30, 90]);
        assert_eq!(shown(0, 9), [1, 3]);
        assert_eq!(shown(1, 1), [0; 0]);
        assert_eq!(shown(0, 0), [0; 0]);
    }
}
