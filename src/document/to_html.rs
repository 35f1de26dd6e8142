//! Converts Markdown to HTML that is safe to embed in any page.
//!
//! Output is limited to paragraphs, headings, lists, tables, code, emphasis and links. Tags of the text are dropped,
//! images are replaced by their descriptions, and links lead to http, https or mailto or become plain text. Headings
//! are nested below those of the page without skipping a level, and none is empty.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::html;
use crate::board::text;

/// HTML of a Markdown text, for use under a heading of level `above`.
pub fn to_html(markdown: &str, above: u8) -> String {
    let mut writer = Writer {
        above,
        last: above,
        ..Writer::default()
    };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        writer.event(event);
    }
    writer.tighten();
    let mut out = String::with_capacity(markdown.len() * 5 / 4);
    pulldown_cmark::html::push_html(&mut out, writer.events.into_iter());
    out
}

/// An element that is open at the current position.
#[derive(Debug)]
enum Open {
    /// A Markdown element; its end is not written if it was left out.
    Markdown { left_out: bool },
    /// An HTML tag of the text that became a style.
    Tag(TagEnd),
}

#[derive(Debug, Default)]
struct Writer<'a> {
    events: Vec<Event<'a>>,
    above: u8,
    /// Level of the last heading.
    last: u8,
    open: Vec<Open>,
    /// Start of the open heading and of the open link, with the link's address.
    heading: usize,
    link: Option<(usize, CowStr<'a>)>,
    /// HTML, buffered until its end.
    html: Option<String>,
}

impl<'a> Writer<'a> {
    /// Writes an item's only paragraph as plain text of the item, as in a tight list.
    fn tighten(&mut self) {
        let mut open: Vec<Vec<usize>> = Vec::new();
        let mut left_out = vec![false; self.events.len()];
        for (at, event) in self.events.iter().enumerate() {
            match event {
                Event::Start(Tag::Item | Tag::BlockQuote(_)) => open.push(Vec::new()),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {
                    if let Some(paragraphs) = open.last_mut() {
                        paragraphs.push(at);
                    }
                }
                Event::End(TagEnd::BlockQuote(_)) => drop(open.pop()),
                Event::End(TagEnd::Item) => {
                    if let Some([start, end]) = open.pop().as_deref() {
                        left_out[*start] = true;
                        left_out[*end] = true;
                    }
                }
                _ => {}
            }
        }
        let mut left_out = left_out.into_iter();
        self.events.retain(|_| !left_out.next().unwrap_or_default());
    }

    fn event(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, Event::Text),
            Event::Code(code) => self.text(&code, Event::Code),
            Event::Html(lines) => match &mut self.html {
                Some(html) => html.push_str(&lines),
                None => self.text(&lines, Event::Text),
            },
            Event::InlineHtml(tag) => self.inline_tag(&tag),
            Event::SoftBreak | Event::HardBreak | Event::Rule => self.events.push(event),
            _ => {}
        }
    }

    /// Text from a character reference (`&#27;`) has not passed the text gate yet.
    fn text(&mut self, raw: &str, kind: impl Fn(CowStr<'a>) -> Event<'a>) {
        self.events.push(kind(text::block(raw).into()));
    }

    fn start(&mut self, tag: Tag<'a>) {
        let mut left_out = false;
        let begins = self.events.len();
        let tag = match tag {
            Tag::Heading { level, .. } => {
                self.heading = begins;
                self.last = (level as u8).max(self.above + 1).min(self.last + 1).min(6);
                heading(self.last)
            }
            // A code block's language would become a CSS class.
            Tag::CodeBlock(_) => Tag::CodeBlock(CodeBlockKind::Indented),
            Tag::HtmlBlock => {
                self.html = Some(String::new());
                Tag::Paragraph
            }
            Tag::Link { dest_url, .. } => {
                // A link inside an image description inside a link is not a link of its own.
                left_out = self.link.is_some() || !leads_somewhere(&dest_url);
                if !left_out {
                    self.link = Some((begins, dest_url.clone()));
                }
                link(dest_url)
            }
            Tag::Image { .. } => {
                left_out = true;
                tag
            }
            tag => tag,
        };
        self.open.push(Open::Markdown { left_out });
        if !left_out {
            self.events.push(Event::Start(tag));
        }
    }

    fn end(&mut self, tag: TagEnd) {
        // A style opened by an HTML tag ends with the element it began in.
        let left_out = loop {
            match self.open.pop() {
                Some(Open::Tag(style)) => self.events.push(Event::End(style)),
                Some(Open::Markdown { left_out }) => break left_out,
                None => break true,
            }
        };
        if left_out {
            return;
        }
        match tag {
            TagEnd::Heading(_) if !self.says_something(self.heading) => {
                self.events.truncate(self.heading);
            }
            TagEnd::Heading(_) => self.events.push(Event::End(heading(self.last).to_end())),
            TagEnd::HtmlBlock => {
                self.end_html();
                self.events.push(Event::End(TagEnd::Paragraph));
            }
            TagEnd::Link => {
                if let Some((begins, address)) = self.link.take()
                    && !self.says_something(begins)
                {
                    self.events.push(Event::Text(address));
                }
                self.events.push(Event::End(TagEnd::Link));
            }
            tag => self.events.push(Event::End(tag)),
        }
    }

    /// Whether there is visible text since an event.
    fn says_something(&self, since: usize) -> bool {
        self.events[since..].iter().any(|event| match event {
            Event::Text(text) | Event::Code(text) => !text.trim().is_empty(),
            _ => false,
        })
    }

    fn inline_tag(&mut self, tag: &str) {
        match html::name(tag).as_str() {
            "br" | "/br" => self.events.push(Event::HardBreak),
            "b" | "strong" => self.style(Tag::Strong),
            "i" | "em" => self.style(Tag::Emphasis),
            "/b" | "/strong" => self.end_style(TagEnd::Strong),
            "/i" | "/em" => self.end_style(TagEnd::Emphasis),
            _ => {}
        }
    }

    fn style(&mut self, tag: Tag<'a>) {
        self.open.push(Open::Tag(tag.to_end()));
        self.events.push(Event::Start(tag));
    }

    /// Ends a style if it is the innermost; an overlapping one ends with the element it began in.
    fn end_style(&mut self, tag: TagEnd) {
        if matches!(self.open.last(), Some(Open::Tag(open)) if *open == tag) {
            self.open.pop();
            self.events.push(Event::End(tag));
        }
    }

    fn end_html(&mut self) {
        let lines = html::text(&self.html.take().unwrap_or_default());
        let lines = lines.split('\n').filter(|line| !line.trim().is_empty());
        for (at, line) in lines.enumerate() {
            if at > 0 {
                self.events.push(Event::HardBreak);
            }
            self.text(line, Event::Text);
        }
    }
}

fn heading(level: u8) -> Tag<'static> {
    let level = usize::from(level).try_into().unwrap_or(HeadingLevel::H6);
    Tag::Heading {
        level,
        id: None,
        classes: Vec::new(),
        attrs: Vec::new(),
    }
}

fn link(dest_url: CowStr<'_>) -> Tag<'_> {
    Tag::Link {
        link_type: pulldown_cmark::LinkType::Inline,
        dest_url,
        title: "".into(),
        id: "".into(),
    }
}

/// Whether an address is absolute and has an allowed scheme.
fn leads_somewhere(address: &str) -> bool {
    let Ok(url) = url::Url::parse(address) else {
        return false;
    };
    matches!(url.scheme(), "http" | "https" | "mailto")
        && url.username().is_empty()
        && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safe_markup_becomes_html() {
        for (markdown, page) in [
            (
                "A *fine* **job**.",
                "<p>A <em>fine</em> <strong>job</strong>.</p>\n",
            ),
            (
                "[x](https://example.org/?a&b)",
                "<p><a href=\"https://example.org/?a&amp;b\">x</a></p>\n",
            ),
            ("[x](javascript:alert(1))", "<p>x</p>\n"),
            ("[x](JaVaScRiPt&colon;alert(1))", "<p>x</p>\n"),
            ("[x](/jobs) [y](//evil.example) [z](#top)", "<p>x y z</p>\n"),
            ("[x](https://me:pw@example.org)", "<p>x</p>\n"),
            (
                "[](https://example.org/)",
                "<p><a href=\"https://example.org/\">https://example.org/</a></p>\n",
            ),
            (
                "[![](a.png)](https://example.org/)",
                "<p><a href=\"https://example.org/\">https://example.org/</a></p>\n",
            ),
            ("![a cat](https://example.org/spy.png)", "<p>a cat</p>\n"),
            (
                "[x](https://example.org \"a\\\" onclick=\\\"b\")",
                "<p><a href=\"https://example.org\">x</a></p>\n",
            ),
            ("<script>alert(1)</script>", "<p>alert(1)</p>\n"),
            ("a <img src=x onerror=alert(1)> b", "<p>a  b</p>\n"),
            ("a<br>b", "<p>a<br />\nb</p>\n"),
            (
                "<b>x *y</b> z* w",
                "<p><strong>x <em>y z</em> w</strong></p>\n",
            ),
            ("*a <b>b* c</b>", "<p><em>a <strong>b</strong></em> c</p>\n"),
            (
                "```\" onclick=\"x\na < b\n```",
                "<pre><code>a &lt; b\n</code></pre>\n",
            ),
            (
                "- a\n\n- b\n\n  - c",
                "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n",
            ),
            (
                "- a\n\n  b",
                "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>\n",
            ),
            (
                "a &lt;b&gt; &#27;[31m &#x202e;x",
                "<p>a &lt;b&gt; [31m x</p>\n",
            ),
        ] {
            assert_eq!(to_html(markdown, 1), page, "{markdown}");
        }
    }

    #[test]
    fn headings_go_down_step_by_step() {
        for (markdown, above, levels) in [
            ("# a\n## b\n#### c\n## d", 1, vec![2, 2, 3, 2]),
            ("#### a\n###### b\n# c", 1, vec![2, 3, 2]),
            ("# a\n## b\n### c\n#### d", 2, vec![3, 3, 3, 4]),
            ("# a\n##\n# <i></i>\n## b", 1, vec![2, 2]),
            ("###### a", 6, vec![6]),
        ] {
            let html = to_html(markdown, above);
            let found = html
                .match_indices("<h")
                .map(|(at, _)| html.as_bytes()[at + 2] - b'0');
            assert_eq!(found.collect::<Vec<_>>(), levels, "{markdown}\n{html}");
            let closed = html
                .match_indices("</h")
                .map(|(at, _)| html.as_bytes()[at + 3] - b'0');
            assert_eq!(closed.collect::<Vec<_>>(), levels, "{markdown}\n{html}");
        }
    }
}
