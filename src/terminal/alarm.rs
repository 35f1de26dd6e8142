//! What cannot wait for its turn: signals, and the terminal going away.
//!
//! They stand beside the queue of events, so that a flood of keys neither delays nor loses them. If the loop does not
//! see to an ending in time, because the terminal takes no more bytes or something hangs, the terminal is given back
//! without it.

use std::io;
use std::process;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustix::process::{Signal, getpid, kill_process};
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGTSTP,
    SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU,
};
use signal_hook::iterator::Signals;

use super::{Event, guard, tty};

/// How long the loop may take to end. It is done with a frame in a few milliseconds.
const GRACE: Duration = Duration::from_millis(500);
/// What is listened to, endings first: every signal that would end the program and that may be handled without unsafe
/// code.
const HEARD: [i32; 16] = [
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGABRT,
    SIGSYS, SIGTRAP, SIGXCPU, SIGTSTP, SIGCONT, SIGWINCH,
];

/// What a signal means to the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// End with this status.
    End(u8),
    /// Stop until continued.
    Stop,
    /// We were continued.
    Continue,
    /// The window has another size.
    Resize,
}

/// Signals that have come and were not yet seen to.
#[derive(Debug)]
pub struct Alarm {
    /// A bit for each signal, by its number.
    pending: AtomicU64,
    /// Whether another program has the terminal.
    lent: AtomicBool,
    loop_events: SyncSender<Event>,
    /// Closed once the loop has ended.
    ended: Mutex<Receiver<()>>,
}

/// Held by the loop for as long as it runs.
#[derive(Debug)]
pub struct Running(#[expect(dead_code, reason = "dropping it is its use")] Sender<()>);

impl Alarm {
    /// Listens to signals and watches the terminal. The loop is woken through its queue of events.
    pub fn set(loop_events: SyncSender<Event>) -> io::Result<(Arc<Self>, Running)> {
        let (running, ended) = channel();
        let alarm = Arc::new(Self {
            pending: AtomicU64::new(0),
            lent: AtomicBool::new(false),
            loop_events,
            ended: Mutex::new(ended),
        });
        let mut signals = Signals::new(HEARD)?;
        let listening = Arc::clone(&alarm);
        thread::Builder::new()
            .name("signals".into())
            .spawn(move || {
                for signal in signals.forever() {
                    listening.ring(signal);
                }
            })?;
        let watching = Arc::clone(&alarm);
        thread::Builder::new()
            .name("hangup".into())
            .spawn(move || {
                // The signal for it may be ignored, or go to another process.
                if tty::wait_until_gone() {
                    watching.ring(SIGHUP);
                }
            })?;
        Ok((alarm, Running(running)))
    }

    /// What has come since this was last asked: at most one call of a kind, endings first.
    pub fn calls(&self) -> Vec<Call> {
        let pending = self.pending.swap(0, Ordering::SeqCst);
        let come = HEARD.iter().filter(|signal| pending & bit(**signal) != 0);
        come.map(|signal| call(*signal)).collect()
    }

    /// From now on, or no longer, another program has the terminal, and we wait for it: the keys that interrupt are
    /// meant for that one, and where it stops, so do we.
    pub fn lend(&self, lent: bool) {
        self.lent.store(lent, Ordering::SeqCst);
    }

    fn ring(&self, signal: i32) {
        if self.lent.load(Ordering::SeqCst) {
            match signal {
                SIGINT | SIGQUIT | SIGCONT | SIGWINCH => return,
                SIGTSTP => {
                    // Not through the loop, which waits. The shell takes over once all of its job have stopped.
                    let _ = kill_process(getpid(), Signal::STOP);
                    return;
                }
                _ => {}
            }
        }
        self.pending.fetch_or(bit(signal), Ordering::SeqCst);
        // Where the queue is full, the loop is awake and asks before each event.
        let _ = self.loop_events.try_send(Event::Alarm);
        if let Call::End(status) = call(signal) {
            self.end_in_time(status);
        }
    }

    fn end_in_time(&self, status: u8) {
        let Ok(ended) = self.ended.lock() else {
            return;
        };
        if ended.recv_timeout(GRACE) == Err(RecvTimeoutError::Timeout) {
            guard::give_back_by_force();
            process::exit(status.into());
        }
    }
}

fn bit(signal: i32) -> u64 {
    1 << signal
}

fn call(signal: i32) -> Call {
    match signal {
        SIGTSTP => Call::Stop,
        SIGCONT => Call::Continue,
        SIGWINCH => Call::Resize,
        // As a shell reports a program that a signal ended.
        deadly => Call::End(u8::try_from(deadly).unwrap_or_default() | 128),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn an_ending_is_neither_lost_nor_late_behind_a_full_queue() {
        let (events, queue) = sync_channel(1);
        events.send(Event::Alarm).expect("room for one");
        let (running, ended) = channel();
        let alarm = Alarm {
            pending: AtomicU64::new(0),
            lent: AtomicBool::new(false),
            loop_events: events,
            ended: Mutex::new(ended),
        };
        drop(running);
        for signal in [SIGWINCH, SIGCONT, SIGTERM, SIGWINCH] {
            alarm.ring(signal);
        }
        assert!(matches!(queue.recv(), Ok(Event::Alarm)));
        assert_eq!(
            alarm.calls(),
            [Call::End(143), Call::Continue, Call::Resize]
        );
        assert_eq!(alarm.calls(), []);
    }
}
