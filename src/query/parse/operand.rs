//! Where the operands of a query stand, before anybody asks what they mean: blanks, bars, quotes and `field:`.

use std::ops::Range;

/// Operands between two blanks, joined by `|`; a spaced `|` joins its neighbours.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) operands: Vec<Range<usize>>,
    /// Where a `|` has nothing on one of its sides.
    pub(super) dangling: Option<Range<usize>>,
}

/// Splits at blanks and bars that stand outside of quotes.
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

/// Where the operand that begins at `start` ends. A quote opens only where an operand's text begins.
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

/// Where a text asks for an order.
pub(in crate::query) fn sorts(text: &str) -> Vec<Range<usize>> {
    let operands = chunks(text).into_iter().flat_map(|chunk| chunk.operands);
    let is_sort = |span: &Range<usize>| {
        let name = Operand::split(text, span.clone()).name;
        name.is_some_and(|name| name.eq_ignore_ascii_case("sort"))
    };
    operands.filter(is_sort).collect()
}

/// Whether a quote is still open at the end of the text.
pub(in crate::query) fn open_quote(text: &str) -> bool {
    // An open quote swallows the blank that would otherwise end its operand.
    let probe = format!("{text} ");
    let operands = chunks(&probe).pop().map(|chunk| chunk.operands);
    let last = operands.and_then(|mut operands| operands.pop());
    last.is_some_and(|range| range.end == probe.len())
}

/// Just past the quote that closes the one at `open`; an unclosed one runs to the end.
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

/// The name in `name:` or `!name:`, if it looks like one.
fn field_name(text: &str) -> Option<&str> {
    let name = text.strip_suffix(':')?;
    let name = name.strip_prefix('!').unwrap_or(name);
    let letters = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    letters.then_some(name)
}

/// One operand taken apart: `!`, `field:`, and the rest with where it stands.
pub(super) struct Operand<'a> {
    pub(super) span: Range<usize>,
    pub(super) negated: bool,
    pub(super) name: Option<&'a str>,
    pub(super) rest: &'a str,
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
                // `!loc:!x` says the same thing twice, as `!loc:x` and `loc:!x` are the same.
                (negated, rest) = (true, after);
            }
        }
        Self {
            span,
            negated,
            name,
            rest,
        }
    }
}

/// What stands between the quotes, and what follows them. Text without quotes is itself.
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
