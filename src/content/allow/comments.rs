//! Finds the comments for jobdeck in a file of TOML, and the lines that each is about.

use std::ops::RangeInclusive;

/// Start of a comment for jobdeck.
const MARK: &str = "jobdeck:";

/// A comment for jobdeck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment<'a> {
    /// Its byte offset.
    pub(super) at: usize,
    /// The rules that it names, with their byte offsets; `None` if it is not understood.
    pub(super) codes: Option<Vec<(&'a str, usize)>>,
    /// Lines that it is about, from 1: those of the key or table below it, or of the key beside it.
    pub(super) lines: RangeInclusive<usize>,
}

/// The first element of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start<'a> {
    /// Nothing, or a comment.
    Nothing,
    /// The header of a table, with its name.
    Header(&'a str),
    /// A key.
    Key,
    /// The rest of a value.
    Value,
}

/// A line, and its comment with the byte offset.
struct Line<'a> {
    start: Start<'a>,
    /// Whether it holds nothing but a comment.
    is_alone: bool,
    comment: Option<(&'a str, usize)>,
}

/// The comments for jobdeck, in order.
pub(super) fn find(source: &str) -> Vec<Comment<'_>> {
    if memchr::memmem::find(source.as_bytes(), MARK.as_bytes()).is_none() {
        return Vec::new();
    }
    let lines = lines(source);
    let comments = lines.iter().enumerate().filter_map(|(number, line)| {
        let (text, at) = line.comment?;
        let inner = text.trim_start_matches(['#', ' ', '\t']);
        let inner = inner.strip_prefix(MARK)?;
        let from = at + (text.len() - inner.len());
        Some(Comment {
            at,
            codes: codes(inner, from),
            lines: about(&lines, number),
        })
    });
    comments.collect()
}

/// The rules in `allow(a, b)`.
fn codes(text: &str, from: usize) -> Option<Vec<(&str, usize)>> {
    let list = text.trim().strip_prefix("allow(")?.strip_suffix(')')?;
    let start = from + text.find('(')? + 1;
    let mut codes = Vec::new();
    let mut at = start;
    for part in list.split(',') {
        let code = part.trim();
        if code.is_empty() {
            return None;
        }
        codes.push((code, at + (part.len() - part.trim_start().len())));
        at += part.len() + 1;
    }
    Some(codes)
}

/// Lines that the comment of a line is about, from 1.
fn about(lines: &[Line<'_>], number: usize) -> RangeInclusive<usize> {
    let is_beside = !lines[number].is_alone;
    let below = || {
        let mut below = number + 1..lines.len();
        below.find(|at| lines[*at].start != Start::Nothing && !lines[*at].is_alone)
    };
    let first = if is_beside { Some(number) } else { below() };
    let Some(mut first) = first else {
        return number + 1..=number + 1;
    };
    match lines[first].start {
        // Within a list, only the next entry.
        Start::Value if !is_beside => return first + 1..=first + 1,
        Start::Value => {
            while first > 0 && lines[first].start == Start::Value {
                first -= 1;
            }
        }
        _ => {}
    }
    let rest = &lines[first + 1..];
    let end = match lines[first].start {
        Start::Header(name) => rest.iter().position(|line| match line.start {
            // `[posting.years]` belongs to `[[posting]]`.
            Start::Header(next) => {
                let inner = next.strip_prefix(name);
                inner.is_none_or(|inner| !inner.starts_with('.'))
            }
            _ => false,
        }),
        _ => rest.iter().position(|line| line.start != Start::Value),
    };
    first + 1..=end.map_or(lines.len(), |end| first + 1 + end)
}

/// The lines of a file, with strings and brackets that go over several lines.
fn lines(source: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    // The closing sign of an open string of several lines.
    let mut string: Option<&str> = None;
    let mut depth = 0_usize;
    let mut at = 0;
    for text in source.split_inclusive('\n') {
        let begins = text.trim_start();
        let string_before = string;
        let start = if string.is_some() || depth > 0 {
            Start::Value
        } else if begins.is_empty() || begins.starts_with('#') {
            Start::Nothing
        } else if begins.starts_with('[') {
            let name = begins.trim_start_matches('[');
            Start::Header(name.split(']').next().unwrap_or(name).trim())
        } else {
            Start::Key
        };
        let mut comment = None;
        let mut rest = text;
        loop {
            if let Some(close) = string {
                let Some(end) = closing(rest, close) else {
                    break;
                };
                rest = &rest[end + close.len()..];
                string = None;
            }
            let Some(next) = rest.find(['#', '"', '\'', '[', ']', '{', '}']) else {
                break;
            };
            let sign = &rest[next..];
            let mut taken = 1;
            match sign.as_bytes()[0] {
                b'#' => {
                    comment = Some((sign.trim_end(), at + (text.len() - sign.len())));
                    break;
                }
                b'[' | b'{' if !matches!(start, Start::Header(_)) => depth += 1,
                b']' | b'}' if !matches!(start, Start::Header(_)) => {
                    depth = depth.saturating_sub(1);
                }
                b'"' | b'\'' => {
                    let long = ["\"\"\"", "'''"];
                    let short = if sign.starts_with('"') { "\"" } else { "'" };
                    if let Some(long) = long.into_iter().find(|long| sign.starts_with(*long)) {
                        string = Some(long);
                        taken = long.len();
                    } else if let Some(end) = closing(&sign[1..], short) {
                        taken = end + 2;
                    } else {
                        // A string of one line ends with it.
                        taken = sign.len();
                    }
                }
                _ => {}
            }
            rest = &sign[taken..];
        }
        let is_alone = string_before.is_none() && begins.starts_with('#');
        lines.push(Line {
            start,
            is_alone,
            comment,
        });
        at += text.len();
    }
    lines
}

/// Position of the sign that closes a string.
fn closing(text: &str, close: &str) -> Option<usize> {
    if close.starts_with('\'') {
        return text.find(close);
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            _ if bytes[at..].starts_with(close.as_bytes()) => return Some(at),
            _ => at += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<(Option<Vec<&str>>, RangeInclusive<usize>)> {
        let comments = find(source).into_iter();
        let comments = comments.map(|comment| {
            let codes = comment.codes.map(|codes| {
                for (code, at) in &codes {
                    assert_eq!(source.get(*at..*at + code.len()), Some(*code));
                }
                codes.into_iter().map(|(code, _)| code).collect()
            });
            (codes, comment.lines)
        });
        comments.collect()
    }

    #[test]
    fn a_comment_is_about_the_key_or_table_below_or_the_key_beside_it() {
        for (source, expected) in [
            (
                "# jobdeck: allow(a/b)\n\n# more\ntitle = 1\nid = 2\n",
                vec![(Some(vec!["a/b"]), 4..=4)],
            ),
            (
                "x = 1\n#jobdeck: allow(a/b , c/d)\nt = \"\"\"\n# jobdeck: allow(no)\n\"\"\"\nid = 2\n",
                vec![(Some(vec!["a/b", "c/d"]), 3..=5)],
            ),
            (
                "# jobdeck: allow(a)\n[[posting]]\nid = 1\n[posting.years]\nmin = 1\n[[posting]]\n",
                vec![(Some(vec!["a"]), 2..=5)],
            ),
            (
                "title = \"A # jobdeck: b\" # jobdeck: allow(a)\n",
                vec![(Some(vec!["a"]), 1..=1)],
            ),
            (
                "tags = [\n  # jobdeck: allow(a)\n  \"x\",\n  \"y\", # jobdeck: allow(b)\n]\nid = 1\n",
                vec![(Some(vec!["a"]), 3..=3), (Some(vec!["b"]), 1..=5)],
            ),
            ("# jobdeck: alow(a)\nid = 1", vec![(None, 2..=2)]),
            ("# jobdeck: allow()\nid = 1", vec![(None, 2..=2)]),
            (
                "id = 1\n# jobdeck: allow(a)",
                vec![(Some(vec!["a"]), 2..=2)],
            ),
            (
                "url = 'https://jobdeck: x'\n# made by jobdeck: twice",
                vec![],
            ),
        ] {
            assert_eq!(found(source), expected, "{source}");
        }
    }
}
