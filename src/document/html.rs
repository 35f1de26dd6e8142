//! Strips HTML tags from Markdown text. Not a parser: anything that does not look like a tag is kept.

/// Text of an HTML fragment. Block tags become `\n`; line ends of the source become spaces.
pub(super) fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    // Computed once, so that an unclosed `<` does not cause a scan to the end of the text.
    let last_end = html.rfind('>').unwrap_or(0);
    let last_comment_end = html.rfind("-->").unwrap_or(0);
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        push_text(&html[at..start], &mut out);
        if start > last_end {
            at = start;
            break;
        }
        let comment = html[start..].starts_with("<!--") && start + 4 <= last_comment_end;
        let Some(end) = end_of_tag(&html[start..], comment) else {
            out.push('<');
            at = start + 1;
            continue;
        };
        let tag = name(&html[start..start + end]);
        if starts_line(&tag) {
            out.push('\n');
        }
        if tag == "li" {
            out.push_str("• ");
        }
        at = start + end;
    }
    push_text(&html[at..], &mut out);
    out
}

/// Tag name in lower case; a closing tag keeps its slash.
pub(super) fn name(tag: &str) -> String {
    let inner = tag.trim_start_matches('<');
    let closing = inner.starts_with('/');
    let name = inner
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric);
    let slash = closing.then_some('/');
    slash
        .into_iter()
        .chain(name)
        .collect::<String>()
        .to_ascii_lowercase()
}

/// End of the tag or comment at the start of `rest`, if there is one.
fn end_of_tag(rest: &str, comment: bool) -> Option<usize> {
    const COMMENT_END: &str = "-->";
    if comment {
        let end = rest["<!--".len()..].find(COMMENT_END)?;
        return Some("<!--".len() + end + COMMENT_END.len());
    }
    let second = rest[1..].chars().next()?;
    if !(second.is_ascii_alphabetic() || matches!(second, '/' | '!' | '?')) {
        return None;
    }
    rest.find('>').map(|at| at + 1)
}

fn starts_line(tag: &str) -> bool {
    matches!(
        tag.trim_start_matches('/'),
        "br" | "p"
            | "div"
            | "li"
            | "ul"
            | "ol"
            | "tr"
            | "table"
            | "section"
            | "blockquote"
            | "hr"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
    )
}

fn push_text(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '\n']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (plain, length) = entity(rest);
        out.push(plain);
        rest = &rest[length..];
    }
    out.push_str(rest);
}

/// Character encoded at the start of `rest`, and the number of bytes it takes.
fn entity(rest: &str) -> (char, usize) {
    [
        ("\n", ' '),
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&apos;", '\''),
        ("&#39;", '\''),
        ("&nbsp;", '\u{a0}'),
    ]
    .into_iter()
    .find(|(written, _)| rest.starts_with(written))
    .map_or(('&', 1), |(written, plain)| (plain, written.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_the_text() {
        for (html, plain) in [
            ("a <b class='x'>bold</b> word", "a bold word"),
            ("one<br>two<BR/>three", "one\ntwo\nthree"),
            ("<ul><li>a</li></ul>", "\n\n• a\n\n"),
            ("1 < 2 &amp; 3 > 2", "1 < 2 & 3 > 2"),
            ("R&D &amp;lt; x", "R&D &lt; x"),
            ("a<!-- <b> -->z", "az"),
            ("cut <a href=", "cut <a href="),
        ] {
            assert_eq!(text(html), plain, "{html}");
        }
    }

    #[test]
    fn unclosed_tags_take_linear_time() {
        for piece in ["<a ", "<!--", "< >", "<1", "<a>", "&"] {
            let hostile = piece.repeat(60_000) + ">";
            assert!(text(&hostile).len() <= hostile.len());
        }
    }
}
