//! Collects the links of a Markdown text.

use pulldown_cmark::{Event, Parser, Tag};

use super::super::fields::TableFields;

/// Records every URL of a text with the position of its link in the file.
pub(super) fn note(fields: &TableFields<'_>, key: &str, markdown: &str) {
    if !markdown.contains(':') {
        return;
    }
    let span = fields.value_span(key);
    let written = fields.report.source.get(span.clone()).unwrap_or_default();
    let mut from = 0;
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event else {
            continue;
        };
        let link = &markdown[range];
        let found = written[from..].find(link).map(|at| from + at);
        let start = found.unwrap_or(0);
        // A nested element, such as an image in a link, starts after the beginning of the outer one.
        from = found.map_or(from, |at| {
            at + link.chars().next().map_or(0, char::len_utf8)
        });
        // A reference link does not contain its URL; its own position is reported.
        let at = found.and_then(|_| link.find(&*dest_url)).unwrap_or(0);
        fields
            .report
            .add_link(dest_url.into_string(), span.start + start + at);
    }
}
