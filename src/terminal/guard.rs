//! Takes over and restores the terminal.
//!
//! This module tracks the active terminal modes. Every way out of the program calls [`give_back`], which resets all of
//! them once.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::process;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{QueueableCommand, queue};
use rustix::stdio;
use rustix::termios::{QueueSelector, tcflush};

use super::tty;
use crate::board::text;

/// Presses, moves with a button held and the wheel, in coordinates of any size. crossterm's own command would also report
/// every other move of the mouse, which floods slow connections for no use.
const MOUSE_ON: &str = "\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// Exit status of a Rust program after a panic.
const PANICKED: i32 = 101;

/// Whether the terminal is taken over and has to be restored.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Serialises mode changes of threads that end the program at the same time.
static CHANGING: Mutex<()> = Mutex::new(());

/// Buffers a frame and writes it in one piece. After the terminal was restored, frames are discarded.
#[derive(Debug, Default)]
pub struct Output {
    frame: Vec<u8>,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if is_taken() {
            tty::write(&self.frame)?;
        }
        self.frame.clear();
        Ok(())
    }
}

/// Restores the terminal when dropped.
#[derive(Debug)]
pub struct Guard {
    mouse: bool,
}

impl Guard {
    /// Takes over the terminal.
    pub fn take(mouse: bool) -> io::Result<Self> {
        let guard = Self { mouse };
        guard.take_again()?;
        Ok(guard)
    }

    /// Takes over the terminal again, after it was restored or another program used it.
    pub fn take_again(&self) -> io::Result<()> {
        let _changing = CHANGING.lock();
        // If it was not restored in between, the shell may have changed the modes: set them again.
        terminal::disable_raw_mode()?;
        terminal::enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let mut out = Output::default();
        queue!(out, EnterAlternateScreen, Hide, EnableBracketedPaste)?;
        if self.mouse {
            out.write_all(MOUSE_ON.as_bytes())?;
        }
        out.flush()
    }

    /// Enables or disables mouse reports.
    pub fn set_mouse(&mut self, mouse: bool) -> io::Result<()> {
        self.mouse = mouse;
        let modes = if mouse { MOUSE_ON } else { MOUSE_OFF };
        let mut out = Output::default();
        out.write_all(modes.as_bytes())?;
        out.flush()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Whether the terminal is taken over.
pub fn is_taken() -> bool {
    TAKEN.load(Ordering::SeqCst)
}

/// Restores the terminal if it is taken over: resets modes, screen and settings. Errors are ignored, since the program
/// is ending; every step is attempted.
pub fn give_back() {
    let _changing = CHANGING.lock();
    // No frame is written to the terminal after this.
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    if let Ok(modes) = all_off() {
        let _ = tty::write(&modes);
    }
    // A background job would be stopped for changing the settings, which belong to the shell by then.
    if tty::is_foreground() {
        // Discard pending mouse reports and keys, so that the shell does not receive them.
        let _ = tcflush(stdio::stdin(), QueueSelector::IFlush);
        let _ = terminal::disable_raw_mode();
    }
}

/// Emergency restore for a stuck render thread: settings first, since they never block; the rest only if the terminal
/// is writable.
pub fn give_back_by_force() {
    TAKEN.store(false, Ordering::SeqCst);
    if tty::is_foreground() {
        let _ = terminal::disable_raw_mode();
        let _ = tcflush(tty::screen(), QueueSelector::OFlush);
    }
    if let Ok(modes) = all_off()
        && tty::is_writable(Some(&tty::NOW))
    {
        let _ = tty::write(&modes);
    }
}

/// Escape sequences that reset every mode. Includes the mouse even if it is disabled, which is harmless.
fn all_off() -> io::Result<Vec<u8>> {
    let mut modes = Vec::new();
    modes.write_all(MOUSE_OFF.as_bytes())?;
    modes
        .queue(DisableBracketedPaste)?
        .queue(ResetColor)?
        .queue(LeaveAlternateScreen)?
        .queue(Show)?;
    Ok(modes)
}

/// From now on a panic in any thread restores the terminal, prints a report, and ends the program.
pub fn hook_panics() {
    panic::set_hook(Box::new(|panic| {
        give_back();
        report(panic);
        process::exit(PANICKED);
    }));
}

/// The text of a panic may quote external text.
fn report(panic: &PanicHookInfo<'_>) {
    let said = text::block(&panic.to_string());
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "jobdeck: this is a bug, please report it: {said}");
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        let _ = writeln!(err, "{}", text::block(&trace.to_string()));
    }
}
