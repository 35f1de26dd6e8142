//! The event loop: passes events to the app, effects to threads, and draws when the queue is empty.

mod effects;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use ratatui::backend::CrosstermBackend;
use rustix::process::{Signal, getpid, kill_process};

use super::access::Access;
use super::file_jobs::FileJobs;
use super::journal_writer::JournalWriter;
use super::loader::{Loader, Today};
use super::memory_watch::{MemoryWatch, TOO_MUCH};
use super::mirrors::Mirrors;
use super::searcher::SearchWorker;
use super::syncer::Syncer;
use super::watcher::{self, FolderWatcher};
use super::{End, Look, Runner, Start, remote, runner};
use crate::app::{App, InitialState, Message};
use crate::board::{Board, Posting, text};
use crate::config::{Display, Sessions};
use crate::search::Index;
use crate::storage::ForbidFiles;
use crate::terminal::alarm::{Alarm, Call, Running};
use crate::terminal::guard::Output;
use crate::terminal::guard::{self, Guard};
use crate::terminal::reader::InputPause;
use crate::terminal::steady::Steady;
use crate::terminal::tty;
use crate::terminal::{Event, Input, Opener, reader};

/// Capacity of the event queue. If it is full, the threads that produce events wait.
const QUEUE: usize = 1 << 12;
/// Under sustained input, drawing gets 1/SHARE of the time.
const SHARE: u32 = 5;
/// Exit status if a mark was lost.
const NOT_KEPT: u8 = 1;
/// Exit status if a guest took too much memory.
const TOO_LARGE: u8 = 3;
/// Two clicks within this time are a double click.
const DOUBLE: Duration = Duration::from_millis(400);
/// Interval at which an idle program checks for midnight.
const DAY_CHECK: Duration = Duration::from_secs(30);
/// Minimum interval between frames under sustained input.
const SOON: Duration = Duration::from_millis(16);

/// The event loop and everything it owns.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
pub struct EventLoop {
    // Dropped first: the screen writes when dropped, and would fail on a terminal that is gone.
    guard: Guard,
    runner: Runner<Steady<CrosstermBackend<Output>>>,
    access: Access,
    opener: Opener,
    /// Reads the clock, so that a running program notices midnight.
    today: Today,
    searcher: SearchWorker,
    loader: Loader,
    mirrors: Mirrors,
    syncer: Syncer,
    journal_writer: Option<JournalWriter>,
    file_jobs: Option<FileJobs>,
    /// Whether marks are shown but not stored.
    is_preview: bool,
    /// Whether the board is on a server.
    is_remote: bool,
    pause: InputPause,
    views_file: Option<PathBuf>,
    /// Config file, where mute rules are stored.
    config_file: Option<PathBuf>,
    display: Display,
    sessions: Option<Sessions>,
    /// File watchers, active while held.
    watches: Vec<FolderWatcher>,
    alarm: Arc<Alarm>,
    events: SyncSender<Event>,
    queue: Receiver<Event>,
    /// Typed characters not yet passed to the app: a burst becomes one edit and one search.
    typed: String,
    /// Inputs that wait for the response to an earlier one, so that each acts on what the user would have seen: the
    /// rows after a mark, or a question.
    ahead: VecDeque<Input>,
    /// Whether sources are being counted for a question to the user.
    counts_sources: bool,
    /// Whether the screen is outdated.
    changed: bool,
    /// Duration of the last frame.
    frame: Duration,
    /// The last click, and when it was.
    clicked: Option<(Input, Instant)>,
    /// Ends a guest's session that takes too much.
    memory: Option<MemoryWatch>,
    /// How it ends, once it does.
    end: Option<End>,
    // Dropped last: signals that the terminal was restored.
    _running: Running,
}

impl EventLoop {
    /// Takes over the terminal and starts the threads.
    pub fn start(mut start: Start) -> io::Result<Self> {
        let (events, queue) = sync_channel(QUEUE);
        let (alarm, running) = Alarm::set(events.clone())?;
        let empty = Arc::new(Index::new(Arc::new(Board::default())));
        let is_remote = start.remote.is_some();
        let searcher = match start.remote.take() {
            Some(remote) => remote::start(remote, &start, &empty, teller(&events))?,
            None => SearchWorker::start(Arc::clone(&empty), teller(&events))?,
        };
        let today = (start.today)();
        let is_preview = start.source.look.is_some();
        let loader = Loader::start(
            start.source,
            start.rules,
            Arc::clone(&start.today),
            teller(&events),
        )?;
        let journal_writer = if is_preview {
            JournalWriter::start_without(teller(&events))?
        } else {
            JournalWriter::start(start.journal.clone(), teller(&events))?
        };
        let file_jobs = FileJobs::start(teller(&events))?;
        let mirrors = Mirrors::start(start.mirrors, start.client, loader.clone(), teller(&events))?;
        let asks = loader.clone();
        let watch = watcher::start(&start.folders, "toml", move |saved| asks.ask_after(saved));
        // Without a journal there is nothing to watch.
        let journal = start.journal.filter(|folder| folder.is_dir());
        let journal = journal.into_iter().collect::<Vec<_>>();
        let look = journal_writer.looker();
        let other = watcher::start(&journal, "jsonl", move |_| look());
        let private = start.config.allow_private;
        let syncer = Syncer::new(start.folders, private, teller(&events));
        let guard = Guard::take(start.config.mouse)?;
        let pause = reader::start(events.clone())?;

        let size = tty::size();
        let mut settings = runner::settings(&start.config);
        settings.config_problems.clone_from(&start.notices);
        settings.purpose = start.purpose;
        let initial = InitialState {
            query: start.query,
            session: start.session,
            views: start.views,
            ..runner::initial_state(&start.config, today, size)
        };
        let (app, effects) = App::new(settings, initial, empty);
        let look = Look {
            keymap: start.config.keymap,
            theme: start.theme,
            ascii: start.ascii,
            hyperlinks: tty::opens_links(),
            size,
        };
        let screen = Steady(CrosstermBackend::new(Output::default()));
        let mut event_loop = Self {
            guard,
            runner: Runner::new(app, look, today, screen)?,
            access: start.access,
            opener: start.opener,
            today: start.today,
            searcher,
            loader,
            mirrors,
            syncer,
            journal_writer: Some(journal_writer),
            file_jobs: Some(file_jobs),
            is_preview,
            is_remote,
            pause,
            views_file: start.views_file,
            config_file: start.config_file,
            display: start.display,
            sessions: start.sessions,
            watches: Vec::new(),
            alarm,
            events,
            queue,
            typed: String::new(),
            ahead: VecDeque::new(),
            counts_sources: false,
            changed: true,
            frame: Duration::ZERO,
            clicked: None,
            memory: MemoryWatch::of(start.access),
            end: None,
            _running: running,
        };
        event_loop.perform(effects)?;
        if let [first, more @ ..] = start.notices.as_slice() {
            let more = match more.len() {
                0 => String::new(),
                count => format!(" · P lists {count} more"),
            };
            event_loop.deliver(Message::Failed(format!("{first}{more}")))?;
        }
        // If watching fails, changes by other instances are not noticed; that is not worth a message.
        event_loop.watches.extend(other);
        match watch {
            Ok(watch) => event_loop.watches.push(watch),
            Err(why) => event_loop.deliver(Message::Failed(why))?,
        }
        Ok(event_loop)
    }

    /// Until the end.
    pub fn run(mut self) -> io::Result<End> {
        let mut end = self.run_on();
        // Disconnect the queue, or a thread waiting for room in it would block forever.
        self.queue = sync_channel(0).1;
        self.mirrors.stop();
        if let Some(file_jobs) = self.file_jobs.take() {
            file_jobs.finish();
        }
        // Exit only after the last mark is on disk, or after reporting that it is not.
        if let Some(journal_writer) = self.journal_writer.take() {
            guard::give_back();
            if let Some(why) = journal_writer.finish() {
                let why = self.access.message(&why);
                tell_after_the_screen(&format!("the last mark was not kept: {why}"));
                end = end.map(|end| End {
                    status: end.status.max(NOT_KEPT),
                    ..end
                });
            }
        }
        if matches!(&end, Ok(ended) if ended.status == TOO_LARGE) {
            tell_after_the_screen(TOO_MUCH);
        }
        if let Some(sessions) = &self.sessions {
            // If the session cannot be stored, the next start begins at the top; it is too late for a message.
            let _ = sessions.keep(&self.runner.app().session());
        }
        end
    }

    fn run_on(&mut self) -> io::Result<End> {
        let _forbidden = ForbidFiles::on_this_thread();
        loop {
            self.draw()?;
            if self.memory.as_ref().is_some_and(MemoryWatch::is_exceeded) {
                return Ok(End {
                    status: TOO_LARGE,
                    ..End::default()
                });
            }
            // The loop holds a sender itself, so the queue never closes.
            let mut next = self.queue.recv_timeout(DAY_CHECK).ok();
            let start = Instant::now();
            if let Some(effects) = self.runner.day((self.today)()) {
                self.changed = true;
                self.perform(effects)?;
            }
            while let Some(event) = next {
                self.see_to_calls()?;
                self.see_to(event)?;
                if let Some(end) = self.end.take() {
                    return Ok(end);
                }
                // Under a flood of keys, draw occasionally to show progress.
                let due = start.elapsed() > SOON.max(self.frame * (SHARE - 1));
                next = (!due).then(|| self.queue.try_recv().ok()).flatten();
            }
            self.write_typed()?;
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.changed && guard::is_taken() {
            let start = Instant::now();
            self.runner.draw()?;
            self.changed = false;
            if !self.mirrors.is_empty() {
                let app = self.runner.app();
                let id = |posting: Cow<'_, Posting>| {
                    let (_, id) = app.index().board().own_id(&posting);
                    id.to_owned()
                };
                self.mirrors.show(app.selected_posting().map(id));
            }
            self.frame = start.elapsed();
        }
        Ok(())
    }

    fn see_to(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Input(input) => {
                if self.waits(&input) {
                    self.ahead.push_back(input);
                } else {
                    self.input(input)?;
                }
            }
            Event::Message(message) => {
                self.write_typed()?;
                self.deliver(*message)?;
                while !self.is_behind()
                    && let Some(input) = self.ahead.pop_front()
                {
                    self.input(input)?;
                }
            }
            Event::Alarm => {}
            Event::Unreadable(error) => return Err(error),
        }
        Ok(())
    }

    /// Whether an input has to wait. Quitting never does.
    fn waits(&self, input: &Input) -> bool {
        self.is_behind() && !self.runner.quits(input)
    }

    /// Whether the response to the last key is pending.
    fn is_behind(&self) -> bool {
        self.counts_sources || self.runner.app().has_outdated_rows()
    }

    fn input(&mut self, input: Input) -> io::Result<()> {
        self.changed = true;
        let input = self.double(input);
        if let Some(c) = self.runner.typed(&input) {
            self.typed.push(c);
            return Ok(());
        }
        self.write_typed()?;
        let effects = self.runner.input(input)?;
        self.perform(effects)
    }

    /// A click on the same place as the one shortly before it is a double click.
    fn double(&mut self, input: Input) -> Input {
        let Input::Click(column, row) = input else {
            return input;
        };
        let before = self.clicked.take();
        if before.is_some_and(|(click, at)| click == input && at.elapsed() < DOUBLE) {
            return Input::DoubleClick(column, row);
        }
        self.clicked = Some((input.clone(), Instant::now()));
        input
    }

    /// Passes the typed characters to the app.
    fn write_typed(&mut self) -> io::Result<()> {
        if self.typed.is_empty() {
            return Ok(());
        }
        let typed = std::mem::take(&mut self.typed);
        let effects = self.runner.message(Message::Typed(typed));
        self.perform(effects)
    }

    fn deliver(&mut self, message: Message) -> io::Result<()> {
        let message = self.access.censor(message);
        match (&message, &mut self.journal_writer) {
            (Message::Loaded(index, _), _) => self.searcher.search_in(Arc::clone(index)),
            (Message::Tracked(events), Some(journal_writer)) => journal_writer.observe(events),
            (Message::Journal(tracking, _), Some(journal_writer)) => {
                journal_writer.observe_all(tracking);
            }
            _ => {}
        }
        self.counts_sources &= !matches!(message, Message::Sources(_));
        self.changed = true;
        let effects = self.runner.message(message);
        self.perform(effects)
    }

    fn see_to_calls(&mut self) -> io::Result<()> {
        for call in self.alarm.calls() {
            match call {
                Call::End(status) => {
                    self.end.get_or_insert(End {
                        status,
                        ..End::default()
                    });
                }
                Call::Stop => {
                    stop(stop_alone)?;
                }
                Call::Continue => self.go_on()?,
                Call::Resize => self.redraw_all()?,
            }
        }
        Ok(())
    }

    fn go_on(&mut self) -> io::Result<()> {
        // After continuing in the background, wait to be brought to the foreground.
        if !tty::is_foreground() {
            return Ok(stop_alone()?);
        }
        self.guard.take_again()?;
        self.redraw_all()
    }

    /// Redraws every cell, after a resize or after another program drew on the screen.
    fn redraw_all(&mut self) -> io::Result<()> {
        let (width, height) = tty::size();
        let effects = self.runner.input(Input::Resize(width, height))?;
        self.changed = true;
        self.perform(effects)
    }
}

/// Prints a line after the terminal was restored.
fn tell_after_the_screen(line: &str) {
    let line = text::line(&format!("jobdeck: {line}"));
    // If printing fails, the exit status remains.
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Restores the terminal and stops the process; returns a message if no shell could continue it. A signal reports the
/// continuation.
fn stop(send: impl FnOnce() -> rustix::io::Result<()>) -> io::Result<Option<Message>> {
    if !tty::is_job() {
        let why = "there is no shell here to suspend to";
        return Ok(Some(Message::Failed(why.to_owned())));
    }
    guard::give_back();
    send()?;
    Ok(None)
}

fn stop_alone() -> rustix::io::Result<()> {
    kill_process(getpid(), Signal::STOP)
}

/// A sender that puts messages of another thread into the queue.
fn teller(events: &SyncSender<Event>) -> impl Fn(Message) + Send + 'static {
    let events = events.clone();
    move |message| {
        // If the receiver is gone, the program is ending.
        let _ = events.send(Event::Message(Box::new(message)));
    }
}
