//! Finds remnants of conversion in a text: HTML, broken encodings, placeholders.

use super::super::fields::TableFields;
use super::super::problem::quoted;
use super::super::rule::Rule;
use super::links;
use crate::board::encoding;

const TAGS: &[&str] = &[
    "a", "b", "br", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "img", "li",
    "ol", "p", "span", "strong", "table", "td", "tr", "u", "ul",
];
const ENTITIES: &[&str] = &[
    "amp", "apos", "bull", "gt", "hellip", "ldquo", "lsquo", "lt", "mdash", "nbsp", "ndash",
    "quot", "rdquo", "rsquo",
];
/// Maximum length of an entity or tag that is inspected.
const LONGEST: usize = 12;

/// Warns about remnants in a text, once per kind, and records its links.
pub(in super::super) fn prose(fields: &TableFields<'_>, key: &str, text: &str) {
    links::note(fields, key, text);
    let warn = |rule: Rule, remnant: &str, message: String, hint: Option<String>| {
        fields
            .report
            .warn(rule, within(fields, key, remnant), message, hint);
    };
    if let Some(remnant) = html(text) {
        warn(
            Rule::Html,
            remnant,
            format!("`{key}` contains HTML: {}", quoted(remnant)),
            None,
        );
    }
    if let Some((broken, meant)) = double_encoded(text) {
        let hint = format!("did you mean {}?", quoted(&meant));
        let message = format!("`{key}` was encoded twice: {}", quoted(broken));
        warn(Rule::DoubleEncoding, broken, message, Some(hint));
    }
    if text.contains(char::REPLACEMENT_CHARACTER) {
        let message = format!(
            "`{key}` contains a replacement character: `{}`",
            char::REPLACEMENT_CHARACTER
        );
        warn(Rule::LostLetter, "\u{fffd}", message, None);
    }
    for left in ["Lorem ipsum", "lorem ipsum", "TODO", "FIXME"] {
        let found = text
            .match_indices(left)
            .find(|(at, _)| is_word(text, *at, left.len()));
        if found.is_some() {
            let message = format!("`{key}` still contains {}", quoted(left));
            warn(Rule::Placeholder, left, message, None);
        }
    }
}

/// Position of a remnant in the file, or of the whole value if it is escaped there.
fn within(fields: &TableFields<'_>, key: &str, remnant: &str) -> usize {
    let span = fields.value_span(key);
    let start = span.start;
    let written = fields.report.source.get(span).unwrap_or_default();
    written.find(remnant).map_or(start, |at| start + at)
}

fn is_word(text: &str, at: usize, length: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !letter(text[..at].chars().next_back()) && !letter(text[at + length..].chars().next())
}

/// The first tag or entity that is not in code and not escaped.
fn html(text: &str) -> Option<&str> {
    let mut code = false;
    for (at, c) in text.char_indices() {
        match c {
            '`' => code = !code,
            // An unclosed code span ends with its line.
            '\n' => code = false,
            '<' | '&' if !code && !text[..at].ends_with('\\') => {
                let found = if c == '<' {
                    tag(&text[at..])
                } else {
                    entity(&text[at..])
                };
                if let Some(length) = found {
                    return text.get(at..at + length);
                }
            }
            _ => {}
        }
    }
    None
}

fn tag(text: &str) -> Option<usize> {
    let inner = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let known = TAGS.contains(&inner[..end].to_ascii_lowercase().as_str());
    let close = inner[end..].find('>')?;
    let rest = &inner[end..end + close];
    let shaped = rest.is_empty() || rest.starts_with([' ', '/']);
    (known && shaped && !rest.contains(['<', '\n'])).then(|| {
        let before = text.len() - inner.len();
        before + end + close + 1
    })
}

fn entity(text: &str) -> Option<usize> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let number = name.strip_prefix('#').is_some_and(|number| {
        let digits = number.trim_start_matches(['x', 'X']);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    (number || ENTITIES.contains(&name)).then_some(end + 1)
}

/// A passage that improves when its double encoding is undone, and the repaired text.
fn double_encoded(text: &str) -> Option<(&str, String)> {
    let lines = text
        .split('\n')
        .map(str::trim)
        .filter(|line| !line.is_ascii());
    let words = lines
        .flat_map(str::split_whitespace)
        .filter(|word| !word.is_ascii());
    for word in words {
        let meant = encoding::fix_encoding(word);
        if meant != word {
            return Some((word, meant.into_owned()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_html_and_leaves_code_and_comparisons() {
        for (text, found) in [
            ("A <strong>good</strong> job", Some("<strong>")),
            ("line<br/>break", Some("<br/>")),
            ("see <a href=\"x\">", Some("<a href=\"x\">")),
            ("research&nbsp;and", Some("&nbsp;")),
            ("it&#39;s", Some("&#39;")),
            ("knows `<div>` and `&amp;`", None),
            ("an escaped \\<p\\>", None),
            ("a < b and b > c, R&D; Q&A", None),
            ("<https://example.org> <b c", None),
            ("Vec<T> and List<a>", Some("<a>")),
        ] {
            assert_eq!(html(text), found, "{text}");
        }
    }

    #[test]
    fn finds_double_encodings() {
        assert_eq!(
            double_encoded("so youâ€™ll see").map(|(_, meant)| meant),
            Some("you’ll".into())
        );
        assert_eq!(double_encoded("Zürich, São Paulo, 東京"), None);
    }
}
