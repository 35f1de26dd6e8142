//! The thread that reads keys, pastes and the mouse.

use std::io;
use std::sync::mpsc::SyncSender;
use std::thread;

use crossterm::event;

use super::{Event, Input};

/// Starts reading. Where the loop does not keep up, reading waits for it, and the terminal for the reader.
pub fn start(events: SyncSender<Event>) -> io::Result<()> {
    thread::Builder::new()
        .name("keys".into())
        .spawn(move || read_all(&events))?;
    Ok(())
}

fn read_all(events: &SyncSender<Event>) {
    loop {
        let event = match event::read() {
            Ok(event) => Input::from_event(event).map(Event::Input),
            Err(error) => Some(Event::Unreadable(error)),
        };
        let Some(event) = event else { continue };
        let last = matches!(event, Event::Unreadable(_));
        if events.send(event).is_err() || last {
            return;
        }
    }
}
