//! Writes styled text as Markdown that parses back to the same text and styles.

use std::fmt::Write as _;

use super::Inline;

/// Escapes inline text for Markdown. `below` is the prefix of every line after a line break.
pub(super) fn inlines(parts: &[Inline], below: &str) -> String {
    let mut out = String::new();
    for run in parts.chunk_by(|one, next| one.link == next.link) {
        let line_start = out.is_empty() || out.ends_with('\n');
        let text = styled_text(run, below, line_start);
        match &run[0].link {
            Some(link) if !is_bare(run, &link.url) => {
                let _ = write!(out, "[{text}]({})", destination(&link.url));
            }
            _ => out.push_str(&text),
        }
    }
    out
}

/// Whether the link text equals its address, so that Markdown links it without brackets.
fn is_bare(run: &[Inline], url: &str) -> bool {
    matches!(run, [only] if only.text == url)
}

/// A link destination in Markdown syntax.
fn destination(url: &str) -> String {
    if url.contains(|c: char| c.is_whitespace() || "()<>\\".contains(c)) {
        let url = url.replace('\\', "\\\\");
        format!("<{}>", url.replace('<', "\\<").replace('>', "\\>"))
    } else {
        url.to_owned()
    }
}

fn styled_text(parts: &[Inline], below: &str, mut line_start: bool) -> String {
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        let next = parts.get(at + 1).and_then(|next| next.text.chars().next());
        let start = part.text.trim_start();
        let core = start.trim_end();
        // Emphasis marks next to white space are not recognised, so white space stays outside.
        let lead = &part.text[..part.text.len() - start.len()];
        let trail = &start[core.len()..];
        line_start |= lead.contains('\n');
        out.push_str(&broken(lead, below));
        let marked = if part.code {
            code(core)
        } else {
            broken(&escaped(core, line_start), below)
        };
        styled(part, &marked, trail.chars().next().or(next), &mut out);
        out.push_str(&broken(trail, below));
        line_start = (line_start && core.is_empty()) || trail.contains('\n');
    }
    out
}

/// Hard line breaks in Markdown syntax.
fn broken(text: &str, below: &str) -> String {
    text.replace('\n', &format!("\\\n{below}"))
}

/// Escapes every character that Markdown would read as markup.
fn escaped(text: &str, mut line_start: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        if is_mark(c, before, rest, line_start) {
            out.push('\\');
        }
        out.push(c);
        // The full stop of "1." starts a list only if the line begins with digits.
        line_start = c == '\n' || line_start && c.is_ascii_digit();
        before = c;
    }
    out
}

fn is_mark(c: char, before: char, rest: &str, line_start: bool) -> bool {
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '>' => true,
        '_' => !(before.is_alphanumeric() && rest.starts_with(char::is_alphanumeric)),
        '&' => is_entity(rest),
        '#' => line_start || before == ' ',
        '.' | ')' => line_start && before.is_ascii_digit(),
        '-' | '+' | '=' | '~' | ':' | '|' => line_start,
        _ => false,
    }
}

/// Whether the text after an ampersand completes a character reference.
fn is_entity(rest: &str) -> bool {
    /// The longest entity name has 31 letters.
    const LONGEST: usize = 40;
    rest.bytes()
        .take(LONGEST)
        .find(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'#'))
        == Some(b';')
}

/// Appends text in its style, with asterisks where Markdown recognises them and HTML tags elsewhere.
fn styled(style: &Inline, text: &str, after: Option<char>, out: &mut String) {
    let mark = match (style.strong, style.emphasis) {
        _ if text.is_empty() => return,
        (false, false) => {
            out.push_str(text);
            return;
        }
        (true, false) => "**",
        (false, true) => "*",
        (true, true) => "***",
    };
    let opens = out.chars().next_back().is_none_or(char::is_whitespace)
        && text.starts_with(char::is_alphanumeric);
    let closes = after.is_none_or(char::is_whitespace) && text.ends_with(char::is_alphanumeric);
    if opens && closes {
        out.push_str(mark);
        out.push_str(text);
        out.push_str(mark);
        return;
    }
    let (open, close) = match mark.len() {
        2 => ("<strong>", "</strong>"),
        1 => ("<em>", "</em>"),
        _ => ("<strong><em>", "</em></strong>"),
    };
    out.push_str(open);
    out.push_str(text);
    out.push_str(close);
}

/// A code span, fenced with more backticks than it contains.
fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Length of the longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
