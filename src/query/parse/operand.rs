//! Splits query text into operands, without interpreting them: spaces, bars, quotes and `field:`.

use std::ops::Range;

/// Operands without spaces in between, joined by `|`; a bar between spaces joins its neighbours.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) operands: Vec<Range<usize>>,
    /// Position of a `|` that lacks an operand on one side.
    pub(super) dangling: Option<Range<usize>>,
}

/// Splits at spaces and bars outside quotes.
pub(super) fn chunks(text: &str) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut bar: Option<Range<usize>> = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if c == '|' {
            if let (Some(second), Some(chunk)) = (bar.replace(at..at + 1), chunks.last_mut()) {
                chunk.dangling = Some(second);
            }
            at += 1;
        } else {
            let end = operand_end(text, at);
            let before = bar.take();
            if before.is_none() || chunks.is_empty() {
                chunks.push(Chunk {
                    operands: Vec::new(),
                    dangling: before,
                });
            }
            if let Some(chunk) = chunks.last_mut() {
                chunk.operands.push(at..end);
            }
            at = end;
        }
    }
    if bar.is_some() {
        if chunks.is_empty() {
            chunks.push(Chunk::default());
        }
        if let Some(chunk) = chunks.last_mut() {
            chunk.dangling = bar;
        }
    }
    chunks
}

/// End of the operand that begins at `start`. A quote is only recognised at the start of the operand's text.
fn operand_end(text: &str, start: usize) -> usize {
    let mut opens = true;
    let mut at = start;
    while let Some(c) = text[at..].chars().next() {
        if c == '"' && opens {
            at = quote_end(text, at);
            opens = false;
            continue;
        }
        if c.is_whitespace() || c == '|' {
            break;
        }
        at += c.len_utf8();
        let in_field = c == ':' && field_name(&text[start..at]).is_some();
        opens = matches!(c, '!' | '^' | '=') && opens || in_field;
    }
    at
}

/// Positions of sort terms.
pub(in crate::query) fn sorts(text: &str) -> Vec<Range<usize>> {
    let operands = chunks(text).into_iter().flat_map(|chunk| chunk.operands);
    let is_sort = |span: &Range<usize>| {
        let name = Operand::split(text, span.clone()).name;
        name.is_some_and(|name| name.eq_ignore_ascii_case("sort"))
    };
    operands.filter(is_sort).collect()
}

/// Whether a quote is unclosed at the end of the text.
pub(in crate::query) fn open_quote(text: &str) -> bool {
    // Within an open quote the added space does not end the operand.
    let probe = format!("{text} ");
    let operands = chunks(&probe).pop().map(|chunk| chunk.operands);
    let last = operands.and_then(|mut operands| operands.pop());
    last.is_some_and(|range| range.end == probe.len())
}

/// Position after the closing quote; the end of the text if there is none.
fn quote_end(text: &str, open: usize) -> usize {
    let mut escaped = false;
    for (offset, c) in text[open + 1..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return open + 1 + offset + 1,
            _ => {}
        }
    }
    text.len()
}

/// The name in `name:` or `!name:`, if it has the form of one.
fn field_name(text: &str) -> Option<&str> {
    let name = text.strip_suffix(':')?;
    let name = name.strip_prefix('!').unwrap_or(name);
    let letters = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    letters.then_some(name)
}

/// An operand split into `!`, `field:`, and the rest with its position.
pub(super) struct Operand<'a> {
    pub(super) span: Range<usize>,
    pub(super) negated: bool,
    pub(super) name: Option<&'a str>,
    pub(super) rest: &'a str,
    /// Whether more of it may follow.
    pub(super) is_open: bool,
}

impl<'a> Operand<'a> {
    pub(super) fn split(text: &'a str, span: Range<usize>) -> Self {
        let whole = &text[span.clone()];
        let mut rest = whole;
        let mut negated = false;
        if let Some(after) = rest.strip_prefix('!') {
            (negated, rest) = (true, after);
        }
        let colon = rest.find(':');
        let name = colon.and_then(|colon| field_name(&rest[..=colon]));
        let name = name.filter(|_| !rest.contains("://"));
        if let Some(name) = name {
            rest = &rest[name.len() + 1..];
            if let Some(after) = rest.strip_prefix('!') {
                // `!loc:!x` is a single negation, like `!loc:x` and `loc:!x`.
                (negated, rest) = (true, after);
            }
        }
        Self {
            span,
            negated,
            name,
            rest,
            is_open: false,
        }
    }
}

/// The text between quotes and the text after them. Unquoted text is returned as it is.
pub(in crate::query) fn unquote(text: &str) -> (String, &str) {
    if !text.starts_with('"') {
        return (text.to_owned(), "");
    }
    let end = quote_end(text, 0);
    let mut inner = String::new();
    let mut chars = text[1..end].chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => inner.extend(chars.next()),
            '"' => break,
            _ => inner.push(c),
        }
    }
    (inner, &text[end..])
}
