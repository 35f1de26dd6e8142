//! HTML that would take its readers too much memory or time, told before they look at it.

/// Elements within elements; the converter calls itself for each.
pub(super) const DEPTH: usize = 200;
/// Attributes of a tag. A reader compares each one with all before it.
const ATTRIBUTES: usize = 1000;
/// Elements that end by themselves, so that many in a row lie in one another only in the text.
const SELF_ENDING: &[&str] = &[
    "p", "li", "br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed",
    "source", "track", "param", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot",
];

/// Whether the elements of a text lie too deeply in one another. Those that end by themselves are not counted.
pub(in super::super) fn is_too_deep(html: &str) -> bool {
    let mut depth = 0_usize;
    for tag in html.split('<').skip(1) {
        let (closes, name) = tag
            .strip_prefix('/')
            .map_or((false, tag), |tag| (true, tag));
        let end = name.find(|c: char| !c.is_ascii_alphanumeric());
        let name = name[..end.unwrap_or(name.len())].to_ascii_lowercase();
        if name.is_empty() || SELF_ENDING.contains(&name.as_str()) {
            continue;
        }
        depth = if closes {
            depth.saturating_sub(1)
        } else {
            depth + 1
        };
        if depth > DEPTH {
            return true;
        }
    }
    false
}

/// Whether a tag has too many attributes. What stands in elements of the names in `raw` is no markup.
pub(in super::super) fn has_endless_tag(html: &str, raw: &[&str]) -> bool {
    let mut rest = html;
    while let Some(start) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[start + 1..];
        let closes = rest.starts_with('/');
        let named = rest.strip_prefix('/').unwrap_or(rest);
        if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = named.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        let (name, inside) = named.split_at(end.unwrap_or(named.len()));
        let Some(length) = attributes(inside) else {
            return true;
        };
        rest = &inside[length..];
        let name = name.to_ascii_lowercase();
        if !closes && raw.contains(&name.as_str()) {
            let close = format!("</{name}");
            let after = rest.as_bytes().windows(close.len());
            let mut after = after.map(|window| window.eq_ignore_ascii_case(close.as_bytes()));
            rest = &rest[after.position(|closes| closes).unwrap_or(rest.len())..];
        }
    }
    false
}

/// Where in a tag one is.
#[derive(Clone, Copy)]
enum At {
    /// Before the name of an attribute, or behind its value.
    Before,
    Name,
    AfterName,
    BeforeValue,
    Plain,
    Quoted(u8),
}

/// How long the attributes of a tag are, with its end; none, if they are too many.
fn attributes(inside: &str) -> Option<usize> {
    let (mut at, mut count) = (At::Before, 0);
    for (position, byte) in inside.bytes().enumerate() {
        at = match (at, byte) {
            (At::Quoted(quote), _) if byte != quote => at,
            (At::Quoted(_), _) => At::Before,
            (_, b'>') => return Some(position),
            (At::BeforeValue, b'"' | b'\'') => At::Quoted(byte),
            (At::Name, _) if byte.is_ascii_whitespace() => At::AfterName,
            (At::Plain, _) if byte.is_ascii_whitespace() => At::Before,
            (_, _) if byte.is_ascii_whitespace() => at,
            (At::BeforeValue | At::Plain, _) => At::Plain,
            (_, b'/') => At::Before,
            (At::Name | At::AfterName, b'=') => At::BeforeValue,
            (At::Before | At::AfterName, _) => {
                count += 1;
                At::Name
            }
            (At::Name, _) => at,
        };
        if count > ATTRIBUTES {
            return None;
        }
    }
    Some(inside.len())
}
