//! Signals and loss of the terminal, which bypass the event queue.
//!
//! A flood of keys can neither delay nor displace them. If the loop does not handle an ending in time, because the
//! terminal accepts no more bytes or something hangs, the terminal is restored without it.

use std::io;
#[cfg(target_os = "linux")]
use std::ops::RangeInclusive;
use std::process;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustix::process::{Signal, getpid, kill_process};
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGBUS, SIGCONT, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGSYS, SIGTERM,
    SIGTRAP, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::iterator::Signals;

use super::{Event, guard, tty};

/// Grace period after a fatal signal; a frame only takes a few milliseconds.
const GRACE: Duration = Duration::from_millis(500);
/// Handled signals that exist on every system. SIGILL, SIGFPE and SIGSEGV cannot be handled without unsafe code.
const COMMON: [i32; 19] = [
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGABRT,
    SIGBUS, SIGIO, SIGSYS, SIGTRAP, SIGXCPU, SIGXFSZ, SIGTSTP, SIGCONT, SIGWINCH,
];

/// Further signals that end a program that does not handle them.
#[cfg(target_os = "linux")]
fn further() -> impl Iterator<Item = i32> {
    /// The first ones are reserved by the C library, which refuses to handle them.
    const REAL_TIME: RangeInclusive<i32> = 32..=LAST;
    let stack_fault = (!cfg!(any(
        target_arch = "mips",
        target_arch = "mips64",
        target_arch = "sparc64"
    )))
    .then_some(16);
    stack_fault
        .into_iter()
        .chain([Signal::POWER.as_raw()])
        .chain(REAL_TIME)
}

#[cfg(not(target_os = "linux"))]
fn further() -> impl Iterator<Item = i32> {
    [].into_iter()
}

/// The highest signal number for which [`Alarm`] has a bit.
const LAST: i32 = 64;

/// What a signal asks of the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    /// End with this exit status.
    End(u8),
    /// Stop until continued.
    Stop,
    /// The process was continued.
    Continue,
    /// The window was resized.
    Resize,
}

/// Pending signals.
#[derive(Debug)]
pub struct Alarm {
    /// One bit per signal number, from 1.
    pending: AtomicU64,
    /// Whether another program uses the terminal.
    suspended: AtomicBool,
    loop_events: SyncSender<Event>,
    /// Closed when the loop has ended.
    ended: Mutex<Receiver<()>>,
}

/// Held by the loop while it runs.
#[derive(Debug)]
pub struct Running(#[expect(dead_code, reason = "dropping it is its use")] Sender<()>);

impl Alarm {
    /// Handles signals and watches the terminal. Wakes the loop through its queue.
    pub fn set(loop_events: SyncSender<Event>) -> io::Result<(Arc<Self>, Running)> {
        let (running, ended) = channel();
        let alarm = Arc::new(Self {
            pending: AtomicU64::new(0),
            suspended: AtomicBool::new(false),
            loop_events,
            ended: Mutex::new(ended),
        });
        let mut signals = Signals::new(COMMON)?;
        for signal in further() {
            let _ = signals.add_signal(signal);
        }
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
                // SIGHUP may be ignored, or sent to another process.
                if tty::wait_until_gone() {
                    watching.ring(SIGHUP);
                }
            })?;
        Ok((alarm, Running(running)))
    }

    /// Pending calls since the last query, one for each signal, fatal ones first.
    pub fn calls(&self) -> Vec<Call> {
        let pending = self.pending.swap(0, Ordering::SeqCst);
        let signals = (1..=LAST).filter(|signal| pending & bit(*signal) != 0);
        let mut calls: Vec<Call> = signals.map(call).collect();
        calls.sort_unstable();
        calls
    }

    /// Marks the terminal as used by another program for which we wait: interrupt keys are then meant for it, and we
    /// stop when it stops.
    pub fn suspend_signals(&self, suspended: bool) {
        self.suspended.store(suspended, Ordering::SeqCst);
    }

    fn ring(&self, signal: i32) {
        // The write that meets a limit of size fails, and says so.
        if signal == SIGXFSZ {
            return;
        }
        if self.suspended.load(Ordering::SeqCst) {
            match signal {
                SIGINT | SIGQUIT | SIGCONT | SIGWINCH => return,
                SIGTSTP => {
                    // Stop directly, since the loop is waiting. The shell takes over when all processes of the job have
                    // stopped.
                    let _ = kill_process(getpid(), Signal::STOP);
                    return;
                }
                _ => {}
            }
        }
        self.pending.fetch_or(bit(signal), Ordering::SeqCst);
        // If the queue is full, the loop is awake and checks before each event.
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
    1 << (signal - 1)
}

fn call(signal: i32) -> Call {
    match signal {
        SIGTSTP => Call::Stop,
        SIGCONT => Call::Continue,
        SIGWINCH => Call::Resize,
        // As a shell reports a process ended by a signal.
        deadly => Call::End(u8::try_from(deadly).unwrap_or_default() | 128),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn a_fatal_signal_bypasses_a_full_queue() {
        let (events, queue) = sync_channel(1);
        events.send(Event::Alarm).expect("room for one");
        let (running, ended) = channel();
        let alarm = Alarm {
            pending: AtomicU64::new(0),
            suspended: AtomicBool::new(false),
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
