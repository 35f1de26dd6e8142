//! Syncs several sources in parallel, but those of one server in sequence.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::download::BETWEEN;
use super::{Source, Step, SyncRun, Synced};

/// Maximum number of servers contacted in parallel.
const SERVERS: usize = 4;

/// Progress callback with the number of the source; returning false cancels.
pub type ProgressCallback<'a> = &'a (dyn Fn(usize, Step<'_>) -> bool + Sync);

impl SyncRun<'_> {
    /// Syncs sources into the board, and returns the result of each in order.
    pub fn run(&self, sources: &[Source], told: ProgressCallback<'_>) -> Vec<Synced> {
        let queue = Queue {
            servers: by_server(sources),
            next: AtomicUsize::new(0),
            done: Mutex::new(vec![Synced::default(); sources.len()]),
        };
        let work = || queue.work(self, sources, told);
        thread::scope(|scope| {
            for at in 1..queue.servers.len().min(SERVERS) {
                let worker = thread::Builder::new().name(format!("sync {at}"));
                // If a thread cannot be started, the others do its work.
                let _ = worker.spawn_scoped(scope, work);
            }
            work();
        });
        let done = queue.done.into_inner();
        done.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sources that are still to be fetched.
struct Queue {
    /// Indexes of each server's sources.
    servers: Vec<Vec<usize>>,
    next: AtomicUsize,
    done: Mutex<Vec<Synced>>,
}

impl Queue {
    fn work(&self, sync_run: &SyncRun<'_>, sources: &[Source], told: ProgressCallback<'_>) {
        while let Some(server) = self.servers.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            for (at, source) in server.iter().enumerate() {
                // The source itself reports a cancellation.
                if at > 0 && sources[*source].origin.is_ok() {
                    (sync_run.retry_policy.pause)(BETWEEN);
                }
                let synced = sync_run.sync(&sources[*source], &mut |step| told(*source, step));
                told(*source, Step::Done(&synced));
                let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
                done[*source] = synced;
            }
        }
    }
}

/// Indexes of the sources, grouped by server.
fn by_server(sources: &[Source]) -> Vec<Vec<usize>> {
    let mut servers: Vec<(String, Vec<usize>)> = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        let server = source.server();
        match servers.iter_mut().find(|(known, _)| *known == server) {
            Some((_, sources)) => sources.push(at),
            None => servers.push((server, vec![at])),
        }
    }
    servers.into_iter().map(|(_, sources)| sources).collect()
}
