//! Converts HTML to Markdown descriptions: `##` for sections, `-` for lists.

mod blocks;
mod drawn;
mod escape;
mod inline;
pub(super) mod limits;
mod table;

use drawn::BULLETS;
pub(super) use escape::escaped;
use quick_xml::escape::resolve_html5_entity;

use super::refusal::Refusal;

/// Maximum length of a line that may be a heading.
const HEADING: usize = 80;

/// Markdown of an HTML fragment.
pub(super) fn markdown(html: &str) -> Result<String, Refusal> {
    if !html.contains(['<', '&']) {
        return Ok(tidy(&escaped_block(html)));
    }
    if limits::is_too_deep(html) {
        return Err(Refusal::wrong("its HTML is nested too deeply"));
    }
    if limits::has_endless_tag(html, &[]) {
        return Err(Refusal::wrong(
            "its HTML has a tag with too many attributes",
        ));
    }
    Ok(tidy(&blocks::markdown(html)))
}

/// Whether a text, which may be Markdown or plain, holds tags.
pub(super) fn is_written(text: &str) -> bool {
    const STARTS: &[&str] = &["</", "<br", "<p>", "<p ", "<li>", "<ul>", "<div"];
    let is_tag = |(at, _): (usize, &str)| {
        let rest = &text.as_bytes()[at..];
        STARTS.iter().any(|start| {
            rest.get(..start.len())
                .is_some_and(|written| written.eq_ignore_ascii_case(start.as_bytes()))
        })
    };
    text.match_indices('<').any(is_tag) || text.contains("&nbsp;")
}

/// Unescapes HTML once that was escaped for JSON or XML.
pub(super) fn unescaped(escaped: &str) -> String {
    let mut out = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').filter(|end| *end <= 32);
        let known = entity.and_then(|end| Some((entity_text(&rest[1..end])?, end + 1)));
        let (text, length) = known.unwrap_or(("&".into(), 1));
        out.push_str(&text);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

fn entity_text(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).map(String::from)
}

/// Tags that people write into titles and names.
const INLINE: &[&str] = &[
    "a", "b", "big", "br", "center", "div", "em", "font", "h1", "h2", "h3", "h4", "i", "img", "li",
    "mark", "p", "small", "span", "strong", "sub", "sup", "u", "wbr",
];

/// The text of a short piece of HTML: its tags dropped, its entities decoded once. What only looks like a tag stays.
pub(super) fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(length) = tag_length(rest) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        // A line break parts two words.
        if rest[1..].to_ascii_lowercase().starts_with("br") {
            out.push(' ');
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    unescaped(&out)
}

/// Bytes of the inline tag that a text starts with; a longer one is none.
fn tag_length(text: &str) -> Option<usize> {
    const LONGEST: usize = 1000;
    let tag = text.strip_prefix('<')?;
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = tag[..end].to_ascii_lowercase();
    let ends = tag[end..].starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace());
    let is_known = ends && INLINE.contains(&name.as_str());
    let end = is_known.then(|| text.bytes().take(LONGEST).position(|byte| byte == b'>'))?;
    end.map(|end| end + 1)
}

/// Starts a section.
pub(super) fn heading(body: &mut String, title: &str) {
    let title = title.trim().trim_end_matches(':').trim_end();
    if title.is_empty() {
        return;
    }
    let kept = body.trim_end().len();
    body.truncate(kept);
    if !body.is_empty() {
        body.push_str("\n\n");
    }
    body.push_str("## ");
    body.push_str(&escaped(title));
    body.push_str("\n\n");
}

/// Plain text as Markdown: lines that look like list items become items, and line breaks are kept.
pub(super) fn escaped_block(text: &str) -> String {
    blocks::plain(text)
}

/// Normalises Markdown: sections start at `##`, a separate bold line is a heading, drawn bullets are lists, and blank
/// lines are collapsed.
pub(super) fn tidy(markdown: &str) -> String {
    let top = top_level(markdown);
    let mut out = String::with_capacity(markdown.len());
    let mut fenced = false;
    // Whether the last line was blank, and whether the next may be a heading.
    let (mut blank, mut starts) = (true, true);
    for line in markdown.lines() {
        fenced ^= line.trim_start().starts_with("```");
        let is_heading = !fenced && split_heading(line).is_some();
        let line = if fenced {
            line.to_owned()
        } else {
            ordered(line, top, starts)
        };
        if line.trim().is_empty() {
            if !blank {
                out.push('\n');
            }
            (blank, starts) = (true, true);
            continue;
        }
        out.push_str(&line);
        out.push('\n');
        // A heading is surrounded by blank lines. Of consecutive bold lines only the first is one.
        let heads = !fenced && line.starts_with('#');
        if heads {
            out.push('\n');
        }
        (blank, starts) = (heads, is_heading);
    }
    out.truncate(out.trim_end().len());
    // A line break at the end of a paragraph is redundant.
    out.replace("  \n\n", "\n\n")
}

/// Highest heading level in use.
fn top_level(markdown: &str) -> Option<usize> {
    let levels = markdown
        .lines()
        .filter_map(|line| Some(split_heading(line)?.0));
    levels.min()
}

fn split_heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let title = line[level..].strip_prefix(' ').unwrap_or(&line[level..]);
    let ends = line[level..].is_empty() || line[level..].starts_with(' ');
    (matches!(level, 1..=6) && ends).then_some((level, title))
}

fn ordered(line: &str, top: Option<usize>, starts: bool) -> String {
    if let Some((level, title)) = split_heading(line) {
        let title = title.trim();
        let bold = title
            .strip_prefix("**")
            .and_then(|rest| rest.strip_suffix("**"));
        let title = bold
            .filter(|inner| !inner.contains('*'))
            .unwrap_or(title)
            .trim();
        let level = (level + 2 - top.unwrap_or(level)).min(6);
        return if title.is_empty() {
            String::new()
        } else {
            format!("{} {title}", "#".repeat(level))
        };
    }
    if starts && let Some(title) = bold_line(line) {
        let level = if top.is_some() { "###" } else { "##" };
        return format!("{level} {title}");
    }
    let indent = line.len() - line.trim_start().len();
    let (space, rest) = line.split_at(indent);
    match drawn_item(rest) {
        Some("") => String::new(),
        Some(item) => format!("{space}- {item}"),
        None => line.to_owned(),
    }
}

/// Text of an item after a drawn mark: a bullet, or a dash at the start of a line. Either may be within a real item.
fn drawn_item(line: &str) -> Option<&str> {
    let line = line
        .strip_prefix("- ")
        .filter(|rest| rest.starts_with(BULLETS))
        .unwrap_or(line);
    let item = line
        .strip_prefix(BULLETS)
        .or_else(|| line.strip_prefix("\\- "));
    item.map(str::trim)
}

/// Text of a line that is entirely bold.
fn bold_line(line: &str) -> Option<&str> {
    let inner = line.trim_end().strip_prefix("**")?;
    let inner = inner
        .strip_suffix("**")
        .or_else(|| inner.strip_suffix("**:"))?;
    let title = inner.trim().trim_end_matches(':').trim_end();
    let single = !inner.contains("**") && !inner.contains("](");
    (single && !title.is_empty() && title.chars().count() <= HEADING).then_some(title)
}

#[cfg(test)]
mod tests;
