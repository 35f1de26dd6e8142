//! HTML to the Markdown of a description: `##` for its sections, `-` for its lists.

pub(super) mod absurd;

use htmd::HtmlToMarkdown;
use htmd::options::{BrStyle, BulletListMarker, Options};
use quick_xml::escape::resolve_html5_entity;

use super::draft::Refusal;

/// Characters of a line that may be a heading.
const HEADING: usize = 80;
/// Marks that people draw list items with.
const BULLETS: [char; 7] = ['·', '•', '●', '▪', '◦', '‣', '∙'];

thread_local! {
    static CONVERTER: HtmlToMarkdown = HtmlToMarkdown::builder()
        .skip_tags(vec!["script", "style", "img", "svg", "iframe", "head", "title", "template", "noscript"])
        .options(Options {
            br_style: BrStyle::TwoSpaces,
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..Options::default()
        })
        .build();
}

/// A piece of HTML as Markdown.
pub(super) fn markdown(html: &str) -> Result<String, Refusal> {
    if !html.contains(['<', '&']) {
        return Ok(tidy(&escaped_block(html)));
    }
    if absurd::is_too_deep(html) {
        return Err(Refusal::wrong("its HTML nests too deeply to be read"));
    }
    if absurd::has_endless_tag(html, &[]) {
        return Err(Refusal::wrong(
            "its HTML has a tag with too many attributes to be read",
        ));
    }
    let converted = CONVERTER.with(|converter| converter.convert(html));
    let converted = converted.map_err(|error| Refusal::wrong(error.to_string()))?;
    Ok(tidy(&converted))
}

/// HTML that was escaped to stand within JSON or XML, unescaped once.
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

/// The text of a short piece of HTML, without its tags.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::new();
    for (at, part) in html.split('<').enumerate() {
        let after_tag = part.find('>').map_or(part, |end| &part[end + 1..]);
        out.push_str(if at == 0 { part } else { after_tag });
    }
    unescaped(&out)
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

/// One line of plain text, so that Markdown shows it as it is. Only what would be taken for a mark is escaped.
pub(super) fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut before = ' ';
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let opens = at == 0 && matches!(c, '#' | '-' | '+' | '>' | '=' | '~' | '|');
        let marks = match c {
            '\\' | '*' | '`' => true,
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '<' => next.is_alphabetic() || matches!(next, '/' | '!' | '?'),
            '&' => next.is_alphabetic() || next == '#',
            ']' => matches!(next, '(' | '[' | ':'),
            _ => false,
        };
        if opens || marks {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    }
    out
}

/// Lines of plain text as Markdown: what looks like a list item is one, and a line ends where it ended.
pub(super) fn escaped_block(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim();
        let item = line
            .strip_prefix(['-', '*'])
            .filter(|rest| rest.starts_with(' '));
        let item = item.or_else(|| line.strip_prefix(BULLETS));
        match item.map(str::trim).filter(|item| !item.is_empty()) {
            Some(item) => out.extend(["- ", &escaped(item)]),
            None if line.is_empty() => {}
            None => out.extend([&escaped(line), "  "]),
        }
        out.push('\n');
    }
    out
}

/// Puts Markdown in order: sections start at `##`, a bold line of its own heads a section, drawn bullets are lists, and
/// one empty line is enough.
pub(super) fn tidy(markdown: &str) -> String {
    let top = top_level(markdown);
    let mut out = String::with_capacity(markdown.len());
    let mut fenced = false;
    let mut empty = true;
    for line in markdown.lines() {
        fenced ^= line.trim_start().starts_with("```");
        let line = if fenced {
            line.to_owned()
        } else {
            ordered(line, top, empty)
        };
        let is_empty = line.trim().is_empty();
        if is_empty && empty {
            continue;
        }
        out.push_str(if is_empty { "" } else { &line });
        out.push('\n');
        // A heading that had its text right below it gets room.
        if line.starts_with('#') {
            out.push('\n');
        }
        empty = is_empty || line.starts_with('#');
    }
    out.truncate(out.trim_end().len());
    // A break at the end of a paragraph breaks nothing.
    out.replace("  \n\n", "\n\n")
}

/// The highest level of heading that is used.
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
        let title = title.trim().trim_matches('*').trim();
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

/// The item behind a mark that somebody drew: a dot, or a dash at the start of a line. Either may stand in a true item.
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

/// The text of a line that is bold from end to end.
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
