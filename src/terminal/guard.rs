//! The terminal, taken and given back.
//!
//! Whatever was turned on is turned off again, once, on every way out: this file knows what is on, and everything that
//! ends the program comes through [`give_back`].

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

use super::tty::{self, Output};
use crate::board::text;

/// Presses, moves with a button held and the wheel, in coordinates of any size. crossterm's own command would also report
/// every other move of the mouse, which floods slow lines and tells nothing here.
const MOUSE_ON: &str = "\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// The exit status of a Rust program that panicked.
const PANICKED: i32 = 101;

/// Whether the terminal is ours, and so whether there is anything to give back.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Held while modes are changed, so that two threads that end the program do it one after the other.
static CHANGING: Mutex<()> = Mutex::new(());

/// The terminal while it is ours; given back when this goes out of scope.
#[derive(Debug)]
pub struct Guard {
    mouse: bool,
}

impl Guard {
    /// Takes the terminal.
    pub fn take(mouse: bool) -> io::Result<Self> {
        let guard = Self { mouse };
        guard.take_again()?;
        Ok(guard)
    }

    /// Takes the terminal again, after it was given back or after somebody else had it meanwhile.
    pub fn take_again(&self) -> io::Result<()> {
        let _changing = CHANGING.lock();
        // Where we never gave it back, the shell may have changed the modes under us: set them anew.
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

    /// Reads the mouse, or leaves it to the terminal.
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

/// Whether the terminal is ours at the moment.
pub fn is_taken() -> bool {
    TAKEN.load(Ordering::SeqCst)
}

/// Gives the terminal back, if it is ours: every mode off, the old screen, the old settings. Nothing here can fail in
/// a way that matters: whoever comes here is on the way out, and each step is tried.
pub fn give_back() {
    let _changing = CHANGING.lock();
    // From now on no frame reaches the terminal.
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    if let Ok(modes) = all_off() {
        let _ = tty::write(&modes);
    }
    // A job in the background would be stopped for touching the settings, which are the shell's by then.
    if tty::is_foreground() {
        // Reports of the mouse that are still on their way, or keys typed ahead, are not meant for the shell.
        let _ = tcflush(stdio::stdin(), QueueSelector::IFlush);
        let _ = terminal::disable_raw_mode();
    }
}

/// Gives the terminal back although the thread that draws may never come to it, or has come to it and hangs: settings
/// first, as they never wait; the rest only if the terminal takes it.
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

/// What turns everything off. The mouse is among it even where it was not on: that costs nothing, and it may have been
/// turned on and off many times.
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

/// From now on a panic in any thread gives the terminal back, says what happened, and ends the program.
pub fn hook_panics() {
    panic::set_hook(Box::new(|panic| {
        give_back();
        report(panic);
        process::exit(PANICKED);
    }));
}

/// The text of a panic may quote whatever the program was working on.
fn report(panic: &PanicHookInfo<'_>) {
    let said = text::block(&panic.to_string());
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "jobdeck: this is a bug, please report it: {said}");
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        let _ = writeln!(err, "{}", text::block(&trace.to_string()));
    }
}
