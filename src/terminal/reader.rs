//! The thread that reads keys, pastes and the mouse.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio;

use super::input::Decoder;
use super::sequences::Frames;
use super::{Event, Input};

/// Timeout for pausing the reader, which is busy while the queue is full.
const PATIENCE: Duration = Duration::from_millis(500);
/// Read buffer size.
const CHUNK: usize = 64 << 10;

/// Pauses the reader, so that another program can use the keyboard.
#[derive(Debug)]
pub struct InputPause {
    wake: PipeWriter,
    paused: Receiver<()>,
    resume: Sender<()>,
}

impl InputPause {
    /// Pauses the reader; returns false if it did not respond in time.
    pub fn begin(&mut self) -> bool {
        // Discard a late response to an earlier pause.
        while self.paused.try_recv().is_ok() {}
        let is_woken = self.wake.write_all(&[1]).is_ok();
        let is_paused = is_woken && self.paused.recv_timeout(PATIENCE).is_ok();
        if !is_paused {
            self.end();
        }
        is_paused
    }

    /// Resumes the reader.
    pub fn end(&self) {
        // The reader ends with the program.
        let _ = self.resume.send(());
    }
}

/// Starts reading. If the queue is full, the reader waits, and so does the terminal.
pub fn start(events: SyncSender<Event>) -> io::Result<InputPause> {
    let (woken, wake) = io::pipe()?;
    let (pausing, paused) = channel();
    let (resume, resumed) = channel();
    let reader = InputReader {
        events,
        woken,
        pausing,
        resumed,
        frames: Frames::default(),
        decoder: Decoder::default(),
    };
    thread::Builder::new()
        .name("keys".into())
        .spawn(move || reader.run())?;
    Ok(InputPause {
        wake,
        paused,
        resume,
    })
}

struct InputReader {
    events: SyncSender<Event>,
    woken: PipeReader,
    pausing: Sender<()>,
    resumed: Receiver<()>,
    frames: Frames,
    decoder: Decoder,
}

impl InputReader {
    fn run(mut self) {
        let mut chunk = vec![0; CHUNK];
        let error = loop {
            match self.read(&mut chunk) {
                Ok(inputs) => {
                    for input in inputs {
                        if self.events.send(Event::Input(input)).is_err() {
                            return;
                        }
                    }
                }
                Err(error) => break error,
            }
        };
        let _ = self.events.send(Event::Unreadable(error));
    }

    /// Waits for input, for the timeout of an incomplete sequence, or for a pause.
    fn read(&mut self, chunk: &mut [u8]) -> io::Result<Vec<Input>> {
        let stdin = stdio::stdin();
        let mut files = [
            PollFd::new(&stdin, PollFlags::IN),
            PollFd::new(&self.woken, PollFlags::IN),
        ];
        let patience = self.frames.patience().map(|patience| Timespec {
            tv_sec: patience.as_secs().cast_signed(),
            tv_nsec: patience.subsec_nanos().into(),
        });
        let ready = match poll(&mut files, patience.as_ref()) {
            Err(Errno::INTR) => return Ok(Vec::new()),
            ready => ready?,
        };
        let has_bytes = !files[0].revents().is_empty();
        let is_woken = !files[1].revents().is_empty();
        let mut inputs = Vec::new();
        let decoder = &mut self.decoder;
        let mut decode = |frame| inputs.extend(decoder.decode(frame));
        if ready == 0 {
            self.frames.expire(&mut decode);
        }
        if is_woken {
            self.woken.read_exact(&mut [0])?;
            let _ = self.pausing.send(());
            let _ = self.resumed.recv();
            self.frames = Frames::default();
        } else if has_bytes {
            let count = match rustix::io::read(stdin, &mut *chunk) {
                Err(Errno::INTR | Errno::AGAIN) => return Ok(Vec::new()),
                count => count?,
            };
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            for byte in &chunk[..count] {
                self.frames.push(*byte, &mut decode);
            }
        }
        Ok(inputs)
    }
}
