//! The loop: events in, effects out to the threads that run them, and a frame when the queue is empty.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use ratatui::backend::CrosstermBackend;
use rustix::process::{Signal, getpid, kill_current_process_group, kill_process};

use super::alarm::{Alarm, Call, Running};
use super::guard::{self, Guard};
use super::tty::{self, Output};
use super::worker::{Loads, Searches};
use super::{Event, Input, Look, Opener, Runner, Start, clipboard, opener, reader, runner};
use crate::app::{App, Effect, Message};
use crate::board::{Board, Date};
use crate::search::Index;

/// Events that wait in the queue before the threads that bring them wait too.
const QUEUE: usize = 4096;
/// Events between two frames at most, so that a flood of keys still shows where it leads.
const BATCH: usize = 1024;

/// A terminal with somebody before it. What is given back stands before what tells that it was.
pub struct Browsing {
    runner: Runner<CrosstermBackend<Output>>,
    guard: Guard,
    opener: Opener,
    today: Box<dyn Fn() -> Date>,
    searches: Searches,
    loads: Loads,
    alarm: Arc<Alarm>,
    events: SyncSender<Event>,
    queue: Receiver<Event>,
    /// Whether the screen is behind.
    changed: bool,
    /// The exit status, once there is one.
    status: Option<u8>,
    _running: Running,
}

impl Browsing {
    /// Takes the terminal and starts the threads.
    pub fn start(start: Start) -> io::Result<Self> {
        let (events, queue) = sync_channel(QUEUE);
        let (alarm, running) = Alarm::set(events.clone())?;
        let empty = Arc::new(Index::new(Arc::new(Board::default())));
        let searches = Searches::start(Arc::clone(&empty), teller(&events))?;
        let loads = Loads::start(start.load, teller(&events))?;
        let guard = Guard::take(start.config.mouse)?;
        reader::start(events.clone())?;

        let (today, size) = ((start.today)(), tty::size());
        let settings = runner::settings(&start.config, start.query, today, size);
        let (app, effects) = App::new(settings, empty);
        let look = Look {
            keymap: start.config.keymap,
            theme: start.theme,
            size,
        };
        let screen = CrosstermBackend::new(Output::default());
        let mut browsing = Self {
            runner: Runner::new(app, look, today, screen)?,
            guard,
            opener: start.opener,
            today: start.today,
            searches,
            loads,
            alarm,
            events,
            queue,
            changed: true,
            status: None,
            _running: running,
        };
        browsing.perform(effects)?;
        for notice in start.notices {
            browsing.tell(Message::Notice(notice))?;
        }
        Ok(browsing)
    }

    /// Until the end, and its status.
    pub fn run(mut self) -> io::Result<u8> {
        loop {
            self.draw()?;
            // This holds a sender itself; the queue never closes.
            let mut next = self.queue.recv().ok();
            let mut room = BATCH;
            while let Some(event) = next {
                self.see_to_calls()?;
                self.see_to(event)?;
                if let Some(status) = self.status {
                    return Ok(status);
                }
                room -= 1;
                next = (room > 0).then(|| self.queue.try_recv().ok()).flatten();
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.changed && guard::is_taken() {
            self.runner.draw()?;
            self.changed = false;
        }
        Ok(())
    }

    fn see_to(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Input(input) => {
                let effects = self.runner.day((self.today)());
                self.perform(effects)?;
                let effects = self.runner.input(input)?;
                self.perform(effects)?;
                self.changed = true;
            }
            Event::Message(message) => self.tell(message)?,
            Event::Alarm => {}
            Event::Unreadable(error) => return Err(error),
        }
        Ok(())
    }

    fn tell(&mut self, message: Message) -> io::Result<()> {
        if let Message::Loaded(index, _) = &message {
            self.searches.search_in(Arc::clone(index));
        }
        self.changed = true;
        let effects = self.runner.message(message);
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            let said = match effect {
                Effect::Search(generation, request) => {
                    self.searches.ask(generation, request);
                    None
                }
                Effect::Load => {
                    self.loads.ask();
                    None
                }
                Effect::Open(raw) => match self.opener.check(&raw) {
                    Ok(url) => {
                        opener::open(url, teller(&self.events));
                        None
                    }
                    Err(why) => Some(Message::Failed(why)),
                },
                Effect::Copy(text) => Some(clipboard::copy(&text, self.runner.backend_mut())?),
                Effect::Mouse(mouse) => {
                    self.guard.set_mouse(mouse)?;
                    None
                }
                // Whoever waits for a pipe of programs waits for all of them.
                Effect::Suspend => stop(|| kill_current_process_group(Signal::STOP))?,
                Effect::Quit => {
                    self.status = Some(0);
                    None
                }
            };
            if let Some(said) = said {
                effects.extend(self.runner.message(said));
            }
        }
        Ok(())
    }

    fn see_to_calls(&mut self) -> io::Result<()> {
        for call in self.alarm.calls() {
            match call {
                Call::End(status) => self.status = self.status.or(Some(status)),
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
        // Sent on into the background, we wait there until we are called to the front.
        if !tty::is_foreground() {
            return Ok(stop_alone()?);
        }
        self.guard.take_again()?;
        self.redraw_all()
    }

    /// The window may have changed, or somebody else drew on it: draws every cell anew.
    fn redraw_all(&mut self) -> io::Result<()> {
        let (width, height) = tty::size();
        let effects = self.runner.input(Input::Resize(width, height))?;
        self.changed = true;
        self.perform(effects)
    }
}

/// Gives the terminal back and stops; why not, where nobody would let us continue. That we go on is told by a signal.
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

/// Puts messages of another thread into the queue.
fn teller(events: &SyncSender<Event>) -> impl Fn(Message) + Send + 'static {
    let events = events.clone();
    move |message| {
        // Where nobody listens any more, the program is ending.
        let _ = events.send(Event::Message(message));
    }
}
