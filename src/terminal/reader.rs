//! The thread that reads keys, pastes and the mouse.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::thread;
use std::time::Duration;

use crossterm::event;
use rustix::process::{Signal, getpid, kill_process};

use super::{Event, Input};

/// How long the reader may take to come to a rest; it does not in the middle of a sequence that does not end.
const PATIENCE: Duration = Duration::from_millis(500);

/// Makes the reader rest, so that another program can have the keyboard.
#[derive(Debug)]
pub struct Rest {
    wanted: Arc<AtomicBool>,
    resting: Receiver<()>,
    go_on: Sender<()>,
}

impl Rest {
    /// Waits until the reader rests. Says whether it does.
    pub fn begin(&self) -> bool {
        self.wanted.store(true, Ordering::SeqCst);
        // Besides keys, what wakes it is the news that the window has another size.
        let woken = kill_process(getpid(), Signal::WINCH).is_ok();
        let rests = woken && self.resting.recv_timeout(PATIENCE).is_ok();
        // Should it come to a rest after all, it goes on at once.
        if !rests && !self.wanted.swap(false, Ordering::SeqCst) {
            self.end();
        }
        rests
    }

    /// Lets it read again.
    pub fn end(&self) {
        // The reader ends with the program.
        let _ = self.go_on.send(());
    }
}

/// Starts reading. Where the loop does not keep up, reading waits for it, and the terminal for the reader.
pub fn start(events: SyncSender<Event>) -> io::Result<Rest> {
    let wanted = Arc::new(AtomicBool::new(false));
    let (tell, resting) = channel();
    let (go_on, may_go_on) = channel();
    let rest = Rest {
        wanted: Arc::clone(&wanted),
        resting,
        go_on,
    };
    thread::Builder::new().name("keys".into()).spawn(move || {
        while read_one(&events) {
            if wanted.swap(false, Ordering::SeqCst) {
                let _ = tell.send(());
                let _ = may_go_on.recv();
            }
        }
    })?;
    Ok(rest)
}

/// Reads one event. Says whether there can be more.
fn read_one(events: &SyncSender<Event>) -> bool {
    let event = match event::read() {
        Ok(event) => Input::from_event(event).map(Event::Input),
        Err(error) => Some(Event::Unreadable(error)),
    };
    let Some(event) = event else { return true };
    let last = matches!(event, Event::Unreadable(_));
    events.send(event).is_ok() && !last
}
