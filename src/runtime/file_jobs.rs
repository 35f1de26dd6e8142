//! The thread that reads and writes small files for the app: saved views, mute rules, lists of sources. The UI thread
//! never waits for a disk.

use std::io;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use crate::app::Message;

/// A file operation, which may result in a message.
type Job = Box<dyn FnOnce() -> Option<Message> + Send>;

/// Runs jobs in sequence.
#[derive(Debug)]
pub struct FileJobs {
    jobs: Sender<Job>,
    thread: JoinHandle<()>,
}

impl FileJobs {
    /// Starts the thread.
    pub fn start(answer: impl Fn(Message) + Send + 'static) -> io::Result<Self> {
        let (jobs, queue) = channel::<Job>();
        let thread = thread::Builder::new().name("files".into()).spawn(move || {
            for job in queue {
                if let Some(message) = job() {
                    answer(message);
                }
            }
        })?;
        Ok(Self { jobs, thread })
    }

    /// Runs a job after the earlier ones.
    pub fn run(&self, job: impl FnOnce() -> Option<Message> + Send + 'static) {
        // The thread ends only on a panic, which ends the program.
        let _ = self.jobs.send(Box::new(job));
    }

    /// Waits until every job is done.
    pub fn finish(self) {
        drop(self.jobs);
        let _ = self.thread.join();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_run_in_order_and_are_done_in_the_end() {
        let (answer, answers) = channel();
        let jobs = FileJobs::start(move |message| {
            let _ = answer.send(message);
        });
        let jobs = jobs.expect("a thread");
        for at in 0..9 {
            jobs.run(move || (at % 2 == 0).then_some(Message::Sources(Ok(at))));
        }
        jobs.finish();
        let told = answers.iter().map(|message| match message {
            Message::Sources(Ok(at)) => at,
            other => panic!("{other:?}"),
        });
        assert_eq!(told.collect::<Vec<_>>(), [0, 2, 4, 6, 8]);
    }
}
