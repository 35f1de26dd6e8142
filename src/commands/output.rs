//! Standard output and standard error of a command.
//!
//! Apart from `terminal`, only this module uses crossterm, to get the width of the window for tables. It reads no keys
//! and changes no mode.

use std::io::{self, BufWriter, IsTerminal, Write};

use crate::board::text;

/// Writer for results and messages.
pub(super) struct Output {
    out: BufWriter<Box<dyn Write>>,
    is_terminal: bool,
}

impl Output {
    /// The standard streams of the process.
    pub(super) fn standard() -> Self {
        let out = io::stdout();
        Self {
            is_terminal: out.is_terminal(),
            out: BufWriter::new(Box::new(out)),
        }
    }

    /// A file as output; flush it when done.
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
        // A terminal of unknown size reports 0.
        (columns > 0).then_some(columns)
    }

    /// Prints a message to standard error, after the results so far.
    pub(super) fn note(&mut self, text: &str) {
        // A write error will occur again in the last flush, where it is reported.
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

/// Writes to standard error, through the text gate, since messages include external text. Errors are ignored: there is
/// no other place to report them.
pub(super) fn complain(said: &str) {
    let _ = writeln!(io::stderr(), "{}", text::block(said).trim_end());
}
