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

/// While a board is being fetched, it is reloaded each time its size has grown by this factor, since loading takes
/// longer the larger it is.
const GROWTH: u64 = 3;

/// Fetches published boards on request.
#[derive(Debug)]
pub struct Mirrors {
    ask: Sender<()>,
    stop: Arc<Stop>,
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
        if !mirrors.is_empty() {
            let fetches = Fetches {
                mirrors,
                client,
                loader,
                stop: Arc::clone(&stop),
            };
            // Several workers share the callback.
            let answer = Mutex::new(answer);
            let tell =
                move |message| answer.lock().unwrap_or_else(PoisonError::into_inner)(message);
            thread::Builder::new()
                .name("mirrors".into())
                .spawn(move || fetches.answer_all(&asked, &tell))?;
        }
        Ok(Self { ask, stop })
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
            let last = shown.load(Ordering::Relaxed);
            if step.grew && came >= last.saturating_mul(GROWTH) && came > last {
                shown.store(came, Ordering::Relaxed);
                self.loader.ask();
            }
            !self.stop.is_called()
        };
        let pause = |time| self.stop.wait(time);
        let refreshed = mirror.refresh(Fetching {
            client: &self.client,
            pause: &pause,
            watch: &watch,
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
