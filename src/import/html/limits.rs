//! Limits on HTML that would take too much memory or time to parse.

/// Maximum nesting of elements; the converter recurses for each.
pub(super) const DEPTH: usize = 200;
/// Maximum number of attributes of a tag; parsers compare each with all earlier ones.
const ATTRIBUTES: usize = 1000;
/// Elements that end implicitly, so that many in a row are not nested.
const SELF_ENDING: &[&str] = &[
    "p", "li", "br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed",
    "source", "track", "param", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot",
];

/// Whether elements are nested too deeply. Elements that end implicitly are not counted.
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

/// Whether a tag has too many attributes. Content of the elements in `raw` is not markup.
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

/// Position within a tag.
#[derive(Clone, Copy)]
enum At {
    /// Before an attribute's name, or after its value.
    Before,
    Name,
    AfterName,
    BeforeValue,
    Plain,
    Quoted(u8),
}

/// Length of a tag's attributes including its end; `None` if there are too many.
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
