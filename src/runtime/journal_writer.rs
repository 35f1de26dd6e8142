//! The thread that writes the user's marks to the journal and watches for those of other instances.
//!
//! An act is stamped immediately for display and is on disk a moment later. If it cannot be stored, the journal is
//! reloaded, so that the screen shows what is on disk.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use jiff::Timestamp;

use crate::app::Message;
use crate::board::text;
use crate::tracking::journal::{self, Journal};
use crate::tracking::{Clock, Event, EventKind, Tracking};

/// Handle of the journal thread.
#[derive(Debug)]
pub struct JournalWriter {
    clock: Clock,
    orders: Sender<WriterCommand>,
    /// Returns why the last act could not be stored, if so.
    thread: JoinHandle<Option<String>>,
}

/// Order for the thread.
#[derive(Debug)]
enum WriterCommand {
    /// Store these events.
    Keep(Vec<Event>),
    /// The journal may have been changed by another instance.
    Look,
    /// No more orders.
    End,
}

impl JournalWriter {
    /// Starts the thread for the journal in a folder; without a folder, marks are lost at the end. The journal's
    /// content is sent as the first message.
    pub fn start(
        folder: Option<PathBuf>,
        answer: impl Fn(Message) + Send + 'static,
    ) -> io::Result<Self> {
        let origin = journal::draw_origin();
        let (orders, told) = channel();
        let thread = thread::Builder::new()
            .name("journal".into())
            .spawn(move || {
                if let Some(folder) = folder {
                    return WriterThread::open(folder, origin, answer).keep_all(&told);
                }
                let why = "marks are not kept: there is no home folder for a journal";
                answer(Message::Journal(Tracking::default(), Some(why.to_owned())));
                None
            })?;
        Ok(Self {
            clock: Clock::new(origin),
            orders,
            thread,
        })
    }

    /// Starts a thread that stores nothing, for previews.
    pub fn start_without(answer: impl Fn(Message) + Send + 'static) -> io::Result<Self> {
        let (orders, _) = channel();
        let thread = thread::Builder::new().name("journal".into());
        let thread = thread.spawn(move || {
            answer(Message::Journal(Tracking::default(), None));
            None
        })?;
        Ok(Self {
            clock: Clock::new(journal::draw_origin()),
            orders,
            thread,
        })
    }

    /// A callback that tells the thread that the journal's file has changed.
    pub fn looker(&self) -> impl Fn() + Send + 'static {
        let orders = self.orders.clone();
        move || {
            let _ = orders.send(WriterCommand::Look);
        }
    }

    /// Records events of the journal, so that new ones are later.
    pub fn observe(&mut self, events: &[Event]) {
        for event in events {
            self.clock.observe(event.id);
        }
    }

    /// Records all events of a loaded journal.
    pub fn observe_all(&mut self, tracking: &Tracking) {
        if let Some(latest) = tracking.latest() {
            self.clock.observe(latest);
        }
    }

    /// Stamps an act and queues it for storing. Returns the events to show at once; `None` if the journal already
    /// contains the latest possible moment.
    pub fn track(&mut self, act: Vec<EventKind>) -> Option<Vec<Event>> {
        let events = self.clock.stamp(act, Timestamp::now())?;
        // The thread ends with the program, or nothing can be stored, as was reported.
        let _ = self.orders.send(WriterCommand::Keep(events.clone()));
        Some(events)
    }

    /// Waits until everything is stored. Returns why the last act could not be, since the screen no longer shows it.
    pub fn finish(self) -> Option<String> {
        let _ = self.orders.send(WriterCommand::End);
        // If it panicked, the program is ending anyway.
        self.thread.join().ok().flatten()
    }
}

/// State of the thread.
struct WriterThread<F> {
    folder: PathBuf,
    origin: u64,
    journal: Journal,
    answer: F,
    /// Why the last act could not be stored, if so.
    failure: Option<String>,
}

impl<F: Fn(Message)> WriterThread<F> {
    fn open(folder: PathBuf, origin: u64, answer: F) -> Self {
        let opened = Journal::open(&folder, origin);
        let mut notices = opened.notices.iter().map(|notice| text::line(notice));
        // An unreadable line is worth a message, but does not prevent storing.
        let trouble = (!opened.keeps).then(|| notices.next_back()).flatten();
        answer(Message::Journal(opened.tracking, trouble));
        if let Some(notice) = notices.next() {
            answer(Message::Failed(notice));
        }
        Self {
            folder,
            origin,
            journal: opened.journal,
            answer,
            failure: None,
        }
    }

    fn keep_all(mut self, told: &Receiver<WriterCommand>) -> Option<String> {
        while let Ok(order) = told.recv() {
            let batch = match &order {
                WriterCommand::Keep(events) => self.journal.keep(events),
                WriterCommand::Look => self.journal.poll(),
                WriterCommand::End => break,
            };
            match (batch, order) {
                (Ok(batch), order) => {
                    let mut others = batch.events;
                    others.retain(|event| event.id.moment.origin != self.origin);
                    if !others.is_empty() {
                        (self.answer)(Message::Tracked(others));
                    }
                    if matches!(order, WriterCommand::Keep(_)) && self.failure.is_some() {
                        self.reopen(None);
                    }
                }
                (Err(why), WriterCommand::Keep(_)) => self.reopen(Some(why.to_string())),
                // Events of other instances are read with the next act, which also reports errors.
                (Err(_), WriterCommand::Look | WriterCommand::End) => {}
            }
        }
        self.failure
    }

    /// Shows what is on disk again.
    fn reopen(&mut self, why: Option<String>) {
        let opened = Journal::open(&self.folder, self.origin);
        self.journal = opened.journal;
        let why = why.map(|why| text::line(&why));
        self.failure.clone_from(&why);
        (self.answer)(Message::Journal(opened.tracking, why));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracking::{Mark, PostingKey};

    fn key() -> PostingKey {
        PostingKey {
            board: "b".into(),
            id: "a".into(),
        }
    }

    fn start(folder: PathBuf) -> (JournalWriter, Receiver<Message>) {
        let (answer, answers) = channel();
        let journal_writer = JournalWriter::start(Some(folder), move |message| {
            let _ = answer.send(message);
        });
        (journal_writer.expect("a thread"), answers)
    }

    #[test]
    fn an_act_shows_at_once_and_is_on_the_disk_in_the_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut journal_writer, answers) = start(folder.path().to_owned());
        assert!(matches!(answers.recv(), Ok(Message::Journal(_, None))));
        let (mut other, theirs) = start(folder.path().to_owned());
        assert!(matches!(theirs.recv(), Ok(Message::Journal(..))));
        let what = Tracking::default().mark(key(), Mark::Saved, None);
        let events = journal_writer.track(vec![what.clone()]).expect("room");
        assert_eq!(events[0].what, what);
        journal_writer.finish();
        other.looker()();
        let Ok(Message::Tracked(seen)) = theirs.recv() else {
            panic!("news");
        };
        assert_eq!(seen, events);
        other.observe(&seen);
        let later = other.track(vec![what]).expect("room");
        assert!(later[0].id > seen[0].id);
        other.finish();
        let opened = Journal::open(folder.path(), 1);
        assert_eq!(opened.tracking.len(), 2);
    }

    #[test]
    fn a_damaged_line_is_reported_and_does_not_prevent_writing() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(journal::file_in(folder.path()), "no event\n").expect("written");
        let (journal_writer, answers) = start(folder.path().to_owned());
        assert!(matches!(answers.recv(), Ok(Message::Journal(_, None))));
        let Ok(Message::Failed(said)) = answers.recv() else {
            panic!("a notice");
        };
        assert!(said.contains("line 1"), "{said}");
        journal_writer.finish();
    }

    #[test]
    fn failed_marks_are_reported_and_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("journal");
        std::fs::write(&file, "a file where a folder should be").expect("written");
        let (mut journal_writer, answers) = start(file);
        assert!(matches!(answers.recv(), Ok(Message::Journal(..))));
        journal_writer.track(vec![Tracking::default().mark(key(), Mark::Saved, None)]);
        let Ok(Message::Journal(tracking, Some(why))) = answers.recv() else {
            panic!("trouble");
        };
        assert!(why.contains("nothing was kept"), "{why}");
        assert!(tracking.is_empty());
        journal_writer.finish();
    }
}
