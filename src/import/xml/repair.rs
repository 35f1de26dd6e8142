//! Repairs of XML whose meaning is clear although it is not well-formed: a bare `&` or `<` in a text, and HTML that was
//! written into an element as it is.

use std::ops::Range;

use super::super::html;

/// Where a row that starts at a byte ends: behind its closing tag.
pub(super) fn end(text: &str, at: usize, name: &str) -> Option<usize> {
    let closing = |tail: &str| {
        let rest = tail.strip_prefix("</")?.strip_prefix(name)?;
        rest.trim_start().starts_with('>').then(|| tail.find('>'))?
    };
    let mut at = at;
    loop {
        at += text[at..].find('<')?;
        let tail = &text[at..];
        if let Some(end) = closing(tail) {
            return Some(at + end + 1);
        }
        at += match skipped(tail) {
            // A section that holds the end of the row was never closed.
            Some(length) => unclosed(&tail[..length], name).unwrap_or(length),
            None => 1,
        };
    }
}

/// Bytes of the CDATA section or comment that a text starts with; up to the end, where it is not closed.
fn skipped(text: &str) -> Option<usize> {
    let ends = if text.starts_with("<![CDATA[") {
        "]]>"
    } else if text.starts_with("<!--") {
        "-->"
    } else {
        return None;
    };
    Some(text.find(ends).map_or(text.len(), |end| end + ends.len()))
}

/// Where the closing tag of a row is in a section that should not hold any.
fn unclosed(section: &str, name: &str) -> Option<usize> {
    section.find(&format!("</{name}>"))
}

/// Repairs the unambiguous errors of a row. Elements with these names contain HTML if they contain tags.
pub(super) fn repaired(row: &str, markup: &[&str]) -> String {
    let mut out = String::with_capacity(row.len() + 64);
    let mut rest = row;
    // Names of elements that are not closed; looking for their ends again and again would take for ever.
    let mut unclosed: Vec<&str> = Vec::new();
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let used = if let Some(length) = skipped(rest) {
            out.push_str(&rest[..length]);
            length
        } else if let Some(inner) = html_element(rest, markup, &mut unclosed) {
            let html = rest[inner.clone()].replace("]]>", "]]]]><![CDATA[>");
            out.extend([&rest[..inner.start], "<![CDATA[", &html, "]]>"]);
            inner.end
        } else {
            out.push_str(if is_meant(rest) {
                &rest[..1]
            } else if rest.starts_with('&') {
                "&amp;"
            } else {
                "&lt;"
            });
            1
        };
        rest = &rest[used..];
    }
    out.push_str(rest);
    out
}

/// Whether the `<` or `&` at the start of a text starts a tag or a reference.
fn is_meant(text: &str) -> bool {
    let next = text[1..].chars().next().unwrap_or(' ');
    if text.starts_with('<') {
        return next.is_alphabetic() || matches!(next, '/' | '!' | '?' | '_');
    }
    let end = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
    let reference = end.and_then(|end| text.get(..end + 2));
    reference.is_some_and(|written| written.ends_with(';') && html::unescaped(written) != written)
}

/// Where the content of an element is that a text starts with, if the element is one of these names, and its content has
/// tags and no CDATA section.
fn html_element<'a>(
    text: &'a str,
    markup: &[&str],
    unclosed: &mut Vec<&'a str>,
) -> Option<Range<usize>> {
    let tag = text.strip_prefix('<')?;
    let name = &tag[..tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?];
    let local = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
    let is_known = markup.contains(&local.as_str()) && !unclosed.contains(&name);
    is_known.then_some(())?;
    let open = text.find('>').filter(|end| !text[..*end].ends_with('/'));
    let close = open.and_then(|open| text[open..].find(&format!("</{name}>")));
    let (Some(open), Some(close)) = (open, close) else {
        unclosed.push(name);
        return None;
    };
    let (open, close) = (open + 1, open + close);
    let inner = &text[open..close];
    // The next element of the row means that this one is not closed.
    let holds_next = markup
        .iter()
        .any(|other| inner.contains(&format!("<{other}>")));
    if holds_next {
        unclosed.push(name);
        return None;
    }
    let is_html = starts_tag(inner) && !inner.contains("<![CDATA[");
    is_html.then_some(open..close)
}

/// Whether a text holds a tag, and not only a bare `<`.
fn starts_tag(text: &str) -> bool {
    let mut tags = text.match_indices('<');
    tags.any(|(at, _)| is_meant(&text[at..]))
}
