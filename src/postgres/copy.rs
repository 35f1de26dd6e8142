//! Sends rows by `COPY`.

use std::fmt::Write as _;
use std::io::Write as _;

use postgres::Transaction;

use crate::published;

/// Bytes that are collected before they are sent.
const BUFFER: usize = 1 << 18;

/// Rows in the text format of `COPY`.
pub(super) struct Copy<'a> {
    writer: postgres::CopyInWriter<'a>,
    buffer: String,
    is_first: bool,
}

impl<'a> Copy<'a> {
    pub(super) fn new(
        transaction: &'a mut Transaction<'_>,
        text: &str,
    ) -> Result<Self, postgres::Error> {
        Ok(Self {
            writer: transaction.copy_in(text)?,
            buffer: String::new(),
            is_first: true,
        })
    }

    fn separate(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.buffer.push('\t');
        }
    }

    pub(super) fn number(&mut self, number: u64) {
        self.separate();
        let _ = write!(self.buffer, "{number}");
    }

    pub(super) fn truth(&mut self, value: bool) {
        self.text(if value { "t" } else { "f" });
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.separate();
        self.buffer.push_str("\\\\x");
        self.buffer.push_str(&published::hexadecimal(bytes));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.separate();
        for letter in text.chars() {
            match letter {
                '\\' => self.buffer.push_str("\\\\"),
                '\t' => self.buffer.push_str("\\t"),
                '\n' => self.buffer.push_str("\\n"),
                '\r' => self.buffer.push_str("\\r"),
                // The server cannot store it; the text gate lets none through.
                '\0' => {}
                letter => self.buffer.push(letter),
            }
        }
    }

    pub(super) fn optional(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            self.text(text);
        } else {
            self.separate();
            self.buffer.push_str("\\N");
        }
    }

    pub(super) fn end_row(&mut self) {
        self.buffer.push('\n');
        self.is_first = true;
        if self.buffer.len() >= BUFFER {
            self.flush();
        }
    }

    fn flush(&mut self) {
        // A failure is reported at the end, with the reason of the server.
        let _ = self.writer.write_all(self.buffer.as_bytes());
        self.buffer.clear();
    }

    pub(super) fn finish(mut self) -> Result<(), postgres::Error> {
        self.flush();
        self.writer.finish().map(|_| ())
    }
}
