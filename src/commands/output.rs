//! Standard output and standard error.
//!
//! This is the one place outside the terminal's own that asks crossterm anything: how wide the window is that a table
//! has to fit. It reads no key and changes no mode.

use std::io::{self, BufWriter, IsTerminal, Write};

use crate::board::text;

/// Where a command's results go, and what is said beside them.
pub(super) struct Output {
    out: BufWriter<Box<dyn Write>>,
    is_terminal: bool,
}

impl Output {
    /// The process's own.
    pub(super) fn standard() -> Self {
        let out = io::stdout();
        Self {
            is_terminal: out.is_terminal(),
            out: BufWriter::new(Box::new(out)),
        }
    }

    /// A file, to be flushed when all is written.
    pub(super) fn file(file: std::fs::File) -> Self {
        Self {
            is_terminal: false,
            out: BufWriter::new(Box::new(file)),
        }
    }

    /// Whether a person reads the results.
    pub(super) fn is_read(&self) -> bool {
        self.is_terminal
    }

    /// The columns that a line may take: those that `COLUMNS` names, else those of the terminal; `None` where no person
    /// looks on.
    pub(super) fn width(&self) -> Option<u16> {
        let named = std::env::var("COLUMNS").ok();
        let named = named.and_then(|columns| columns.trim().parse().ok());
        if let Some(columns) = named.filter(|columns| *columns > 0) {
            return Some(columns);
        }
        if !self.is_terminal {
            return None;
        }
        let (columns, _) = crossterm::terminal::size().ok()?;
        // A terminal that does not know its size says 0.
        (columns > 0).then_some(columns)
    }

    /// Says something that is no result, after the results so far.
    pub(super) fn note(&mut self, text: &str) {
        // What could not be written now is still there for the last flush to fail with.
        let _ = self.out.flush();
        complain(&format!("jobdeck: {text}"));
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes to standard error. What is complained of comes from outside, so that it passes the gate here, whoever made the
/// sentence. Where standard error is closed, there is nobody left to tell.
pub(super) fn complain(said: &str) {
    let _ = writeln!(io::stderr(), "{}", text::block(said).trim_end());
}
