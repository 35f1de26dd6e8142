//! Splits a file at its table headers before it is parsed, and rejects excessive nesting.
//!
//! Each table is then parsed separately, so that a mistake in one does not affect the next. The parser recurses for
//! each bracket and each dotted part of a key, which multiply, and allocates for every token and error; all of them are
//! bounded here first.

use std::ops::Range;

/// Maximum nesting of brackets.
const DEPTH: usize = 32;
/// Maximum number of parts in a dotted key.
const PARTS: usize = 32;
/// Maximum number of dots in keys and numbers of a segment: each may open a table, which takes a thousand times the
/// memory.
const DOTS: usize = 10_000;
/// Maximum number of tokens and errors of a segment. The parser allocates about a hundred times their size; a thousand
/// postings in one list have fewer.
const TOKENS: usize = 100_000;

/// Part of a file from one table header to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) range: Range<usize>,
    /// Position and kind of an exceeded limit; such a segment is not parsed.
    pub(super) absurd: Option<(usize, &'static str)>,
    /// Whether a line within one of its strings looks like a header, which suggests that the string was never closed.
    pub(super) swallows: bool,
}

/// Segments of a range of text; the first one may have no header.
pub(super) fn segments(text: &str, range: Range<usize>) -> Vec<Segment> {
    let mut scan = Scan {
        text,
        end: range.end,
        at: range.start,
        open: Vec::new(),
        parts: 1,
        dots: 0,
        tokens: 0,
        found: Vec::new(),
        current: Segment::starting(range.start),
    };
    scan.run();
    scan.found
}

/// Like `segments`, but also splits at known headers within strings.
pub(super) fn swallowed(text: &str, range: Range<usize>) -> Vec<Segment> {
    let mut starts = vec![range.start];
    let mut at = range.start;
    for line in text[range.clone()].split_inclusive('\n') {
        if at > range.start && is_own_header(line) {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(range.end);
    let stretches = starts
        .windows(2)
        .flat_map(|pair| segments(text, pair[0]..pair[1]));
    stretches
        .map(|segment| Segment {
            swallows: false,
            ..segment
        })
        .collect()
}

impl Segment {
    fn starting(at: usize) -> Self {
        Self {
            range: at..at,
            absurd: None,
            swallows: false,
        }
    }
}

struct Scan<'a> {
    text: &'a str,
    end: usize,
    at: usize,
    /// Open brackets, outermost first.
    open: Vec<u8>,
    /// Number of parts in the current key.
    parts: usize,
    /// Number of dots in the segment so far.
    dots: usize,
    /// Number of tokens in the segment so far.
    tokens: usize,
    found: Vec<Segment>,
    current: Segment,
}

impl Scan<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut before = b'\n';
        while self.at < self.end {
            if before == b'\n' && is_header(line_at(self.text, self.at)) {
                self.cut();
            }
            let byte = bytes[self.at];
            let starts = before.is_ascii_whitespace() && !byte.is_ascii_whitespace();
            self.count(starts || is_sign(byte) || is_stray(byte));
            before = byte;
            match byte {
                b'#' => self.skip_line(),
                b'"' | b'\'' => self.string(byte),
                _ => {
                    self.plain(byte);
                    self.at += 1;
                }
            }
        }
        self.cut();
    }

    /// Ends the segment here and starts the next one.
    fn cut(&mut self) {
        let next = Segment::starting(self.at);
        let mut done = std::mem::replace(&mut self.current, next);
        done.range.end = self.at;
        if !done.range.is_empty() {
            self.found.push(done);
        }
        self.open.clear();
        self.parts = 1;
        self.dots = 0;
        self.tokens = 0;
    }

    fn count(&mut self, more: bool) {
        self.tokens += usize::from(more);
        if self.tokens > TOKENS {
            self.absurd("is too large for one table");
        }
    }

    fn absurd(&mut self, how: &'static str) {
        self.current.absurd.get_or_insert((self.at, how));
    }

    fn plain(&mut self, byte: u8) {
        match byte {
            b'[' | b'{' => {
                self.open.push(byte);
                self.parts = 1;
            }
            // An unmatched closing bracket is ignored, so that the count is never below the parser's.
            b']' if self.open.last() == Some(&b'[') => self.close(),
            b'}' if self.open.last() == Some(&b'{') => self.close(),
            b'.' => {
                self.parts += 1;
                self.dots += 1;
            }
            b'=' | b',' | b'\n' => self.parts = 1,
            _ => {}
        }
        if self.open.len() > DEPTH || self.parts > PARTS || self.dots > DOTS {
            self.absurd("is nested too deeply");
            self.open.truncate(DEPTH);
        }
    }

    fn close(&mut self) {
        self.open.pop();
        self.parts = 1;
    }

    fn skip_line(&mut self) {
        let bytes = &self.text.as_bytes()[..self.end];
        while let Some(byte) = bytes.get(self.at).filter(|byte| **byte != b'\n') {
            self.count(is_stray(*byte));
            self.at += 1;
        }
    }

    /// Skips a string. A single-line string ends with its line even if it is not closed, as in the parser.
    fn string(&mut self, quote: u8) {
        let bytes = &self.text.as_bytes()[..self.end];
        let triple = [quote; 3];
        let long = bytes[self.at..].starts_with(&triple);
        self.at += if long { 3 } else { 1 };
        while self.at < self.end {
            match bytes[self.at] {
                b'\\' if quote == b'"' => {
                    self.count(!is_escape(&bytes[self.at + 1..]));
                    self.at += usize::from(bytes.get(self.at + 1) != Some(&b'\n'));
                }
                b'\n' if !long => return,
                b'\n' if is_own_header(line_at(self.text, self.at + 1)) => {
                    self.current.swallows = true;
                }
                byte if byte != quote => {
                    self.count(is_stray(byte));
                    // Fast path: most of a file is plain text.
                    self.at += plain_run(&bytes[self.at + 1..], quote);
                }
                _ if !long => break,
                _ if bytes[self.at..].starts_with(&triple) => {
                    let more = bytes[self.at + 3..].iter().take(2);
                    self.at += 2 + more.take_while(|byte| **byte == quote).count();
                    break;
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = (self.at + 1).min(self.end);
    }
}

/// Length of the run without special characters at the start of a string.
fn plain_run(bytes: &[u8], quote: u8) -> usize {
    const STRIDE: usize = 32;
    let is_plain = |byte: &u8| *byte >= b' ' && *byte != 0x7f && *byte != quote && *byte != b'\\';
    // Without an early exit the loop is vectorised.
    let all_plain = |stride: &&[u8]| stride.iter().fold(true, |all, byte| all & is_plain(byte));
    let strides = bytes.chunks(STRIDE).take_while(all_plain);
    let start = bytes.len().min(strides.count() * STRIDE);
    start
        + bytes[start..]
            .iter()
            .take_while(|byte| is_plain(byte))
            .count()
}

/// Punctuation between tokens.
fn is_sign(byte: u8) -> bool {
    matches!(byte, b'=' | b',' | b'[' | b']' | b'{' | b'}' | b'"' | b'\'')
}

/// A control character, which TOML forbids; carriage returns are mostly part of line ends.
fn is_stray(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n')
}

/// Whether this is a valid escape after a backslash.
fn is_escape(rest: &[u8]) -> bool {
    let digits = match rest.first() {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(
            b'b' | b't' | b'n' | b'f' | b'r' | b'e' | b'"' | b'\\' | b' ' | b'\t' | b'\r' | b'\n',
        ) => {
            return true;
        }
        _ => return false,
    };
    let digits = rest
        .get(1..=digits)
        .and_then(|digits| std::str::from_utf8(digits).ok());
    let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    number.and_then(char::from_u32).is_some()
}

fn line_at(text: &str, at: usize) -> &str {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let first = rest.iter().find(|byte| **byte > b' ' || **byte == b'\n');
    if first.is_none_or(|first| first.is_ascii() && *first != b'[') {
        return "";
    }
    // No header is longer. The limit prevents quadratic time on a long line.
    let end = rest.iter().take(200).position(|byte| *byte == b'\n');
    let end = end.unwrap_or(rest.len().min(200));
    text.get(at..at + end).unwrap_or_default()
}

/// Whether a line starts a table with a single name, complete or not: `[[posting]]`, `[board] # ours`, `[[posting`.
fn is_header(line: &str) -> bool {
    let Some((name, closed)) = header(line) else {
        return false;
    };
    // These are values of a list that spans several lines.
    !(closed && matches!(name, "true" | "false" | "inf" | "nan"))
}

fn is_own_header(line: &str) -> bool {
    matches!(
        header(line),
        Some(("posting" | "interview" | "board", true))
    )
}

/// Name in a header, and whether the header is closed.
fn header(line: &str) -> Option<(&str, bool)> {
    let inner = line.trim().strip_prefix('[')?;
    let inner = inner.strip_prefix('[').unwrap_or(inner).trim_start();
    let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
    let (name, rest) = inner.split_at(end.unwrap_or(inner.len()));
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let rest = rest.trim_start();
    let after = rest.trim_start_matches(']').trim_start();
    let closed = after.len() < rest.len();
    (after.is_empty() || closed && after.starts_with('#')).then_some((name, closed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let segments = segments(text, 0..text.len()).into_iter();
        segments.map(|segment| &text[segment.range]).collect()
    }

    #[test]
    fn cuts_at_headers_outside_strings() {
        let text = "a = 1\n[[posting]]\nd = \"\"\"\n[[posting]]\n\"\"\"\n[posting.source]\n[ board ] # x\nn = [\n[1],\n[[true]]\n]\n";
        assert_eq!(
            cut(text),
            [
                "a = 1\n",
                "[[posting]]\nd = \"\"\"\n[[posting]]\n\"\"\"\n[posting.source]\n",
                "[ board ] # x\nn = [\n[1],\n[[true]]\n]\n",
            ]
        );
        assert_eq!(
            cut("[[posting\nx\r\n[[posting]]\r\n"),
            ["[[posting\nx\r\n", "[[posting]]\r\n"]
        );
        assert_eq!(cut("x = \"a\\\\\"\n[b]"), ["x = \"a\\\\\"\n", "[b]"]);
        assert_eq!(cut("x = '''a''''\n[b]"), ["x = '''a''''\n", "[b]"]);
    }

    #[test]
    fn finds_tables_swallowed_by_an_unclosed_string() {
        let text = "[[posting]]\nd = \"\"\"\nno end\n[[posting]]\nid = 1\n";
        let whole = segments(text, 0..text.len());
        assert_eq!(whole.len(), 1);
        assert!(whole[0].swallows);
        assert_eq!(swallowed(text, 0..text.len()).len(), 2);
    }

    #[test]
    fn refuses_absurd_nesting_and_only_that() {
        let deep = |text: &str| {
            segments(text, 0..text.len())
                .iter()
                .any(|one| one.absurd.is_some())
        };
        for (text, refused) in [
            ("x = ".to_owned() + &"[".repeat(33), true),
            ("x = ".to_owned() + &"[".repeat(30) + &"]".repeat(30), false),
            ("x = ".to_owned() + &"[}".repeat(40), true),
            ("a".to_owned() + &".a".repeat(32) + " = 1", true),
            ("a".to_owned() + &" . 'b.c'".repeat(32) + " = 1", true),
            ("a".to_owned() + &".a".repeat(31) + " = 1", false),
            (
                "x = \"".to_owned() + &"[".repeat(99) + &".".repeat(99) + "\"",
                false,
            ),
            ("# ".to_owned() + &"[".repeat(99), false),
            ("x = [1]\n".repeat(99), false),
            ("[a.b.c]\n".repeat(5001), true),
            ("x = [".to_owned() + &"1.5, ".repeat(9999) + "]", false),
            ("x = [".to_owned() + &"{a=1},".repeat(26_000) + "]", true),
            ("x = [".to_owned() + &"1,".repeat(90_000) + "]", false),
            ("x = \"".to_owned() + &"\\q".repeat(100_001) + "\"", true),
            (
                "x = \"".to_owned() + &"\\u0416\\n".repeat(60_000) + "\"",
                false,
            ),
            ("# ".to_owned() + &"\u{1}".repeat(100_001), true),
            ("x = '".to_owned() + &"\u{1}".repeat(100_001), true),
            ("word ".repeat(100_001), true),
            ("[[posting]]\nid = 1\n".repeat(90_000), false),
        ] {
            let begins: String = text.chars().take(40).collect();
            assert_eq!(deep(&text), refused, "{begins}");
        }
    }
}
