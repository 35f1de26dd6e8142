//! Converts Markdown to blocks, from the events of pulldown-cmark.

mod placement;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream};

use super::inlines::Inlines;
use super::{Block, BlockKind, Inline, Link, html};
use crate::board::text;

/// Maximum indent; deeper lists and quotations stay at this column.
const DEEPEST: usize = 24;

/// Blocks of a Markdown text, with no heading above level `top`.
pub(super) fn blocks(markdown: &str, top: u8) -> Vec<Block> {
    let mut reader = BlockReader {
        top,
        ..BlockReader::default()
    };
    for event in TextMergeStream::new(Parser::new_ext(markdown, Options::ENABLE_TABLES)) {
        reader.event(event);
    }
    reader.flush();
    reader.blocks
}

/// Container of a block.
#[derive(Debug)]
enum Container {
    Quote,
    Item {
        /// Bullet or number, until a block has consumed it.
        marker: Option<String>,
        /// Whether it is the first item of its list.
        first: bool,
        /// Whether its text is not wrapped in a paragraph, as in a tight list.
        bare: bool,
    },
}

/// A link whose end was not reached yet.
#[derive(Debug)]
struct OpenLink {
    /// The address as written.
    url: String,
    /// The link, if the address may be opened.
    link: Option<Link>,
    /// Whether the link contains text.
    has_text: bool,
}

#[derive(Debug, Default)]
struct BlockReader {
    blocks: Vec<Block>,
    inlines: Inlines,
    top: u8,
    containers: Vec<Container>,
    /// For each open list: the number of its next item, and whether that is the first.
    lists: Vec<(Option<u64>, bool)>,
    quotes: usize,
    paragraph: bool,
    heading: Option<u8>,
    /// Code or HTML, kept line by line.
    verbatim: Option<String>,
    strong: usize,
    emphasis: usize,
    /// The open link.
    link: Option<OpenLink>,
    /// Cells closed since the last text of the row.
    cells: usize,
}

impl BlockReader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) => match &mut self.verbatim {
                Some(lines) => lines.push_str(&text),
                None => self.text(&text, false),
            },
            Event::Code(text) => self.text(&text, true),
            Event::InlineHtml(tag) => self.inline_tag(&tag),
            Event::SoftBreak => self.text(" ", false),
            Event::HardBreak => self.line_break(),
            Event::Rule => {
                self.flush();
                self.leave_marker();
                self.push(BlockKind::Rule, Vec::new(), false);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Link {
                dest_url,
                link_type,
                ..
            } => {
                let url = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                self.link = Some(OpenLink {
                    link: Link::new(&url),
                    url,
                    has_text: false,
                });
            }
            Tag::Image { .. } | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                self.strong += usize::from(matches!(tag, Tag::TableHead));
            }
            _ => {
                self.flush();
                self.start_block(&tag);
            }
        }
    }

    fn start_block(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Table(_) => self.paragraph = true,
            Tag::Heading { level, .. } => self.heading = Some((*level as u8).max(self.top)),
            Tag::CodeBlock(_) | Tag::HtmlBlock => self.verbatim = Some(String::new()),
            Tag::BlockQuote(_) => {
                self.leave_marker();
                self.quotes += 1;
                self.containers.push(Container::Quote);
            }
            Tag::List(first) => {
                self.leave_marker();
                self.lists.push((*first, true));
            }
            Tag::Item => self.start_item(),
            _ => {}
        }
    }

    fn start_item(&mut self) {
        let Some((number, first)) = self.lists.last_mut() else {
            return;
        };
        let marker = match number {
            Some(next) => {
                let marker = format!("{next}.");
                *next = next.saturating_add(1);
                marker
            }
            None => "•".to_owned(),
        };
        self.containers.push(Container::Item {
            marker: Some(marker),
            first: std::mem::take(first),
            bare: false,
        });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link => self.end_link(),
            TagEnd::TableCell => self.cells += 1,
            TagEnd::TableHead | TagEnd::TableRow => {
                self.strong -= usize::from(matches!(tag, TagEnd::TableHead)).min(self.strong);
                self.cells = 0;
                self.inlines.line_break();
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::Image => {}
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.flush();
                self.leave_marker();
                self.containers.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
                self.containers.pop();
            }
            _ => self.flush(),
        }
    }

    fn text(&mut self, text: &str, code: bool) {
        let style = Inline {
            text: String::new(),
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            code,
            derived: false,
            link: self.link.as_ref().and_then(|open| open.link.clone()),
        };
        for _ in 0..std::mem::take(&mut self.cells) {
            self.inlines.push(" | ", &Inline::default());
        }
        if let Some(open) = &mut self.link {
            open.has_text |= !text.trim().is_empty();
            self.inlines.push(text, &style);
        } else if code {
            self.inlines.push(text, &style);
        } else {
            self.text_with_addresses(text, &style);
        }
    }

    /// Adds text, turning bare addresses into links.
    fn text_with_addresses(&mut self, text: &str, style: &Inline) {
        let mut rest = text;
        while let Some((start, end)) = address(rest) {
            self.inlines.push(&rest[..start], style);
            let link = Link::new(&rest[start..end]);
            let style = Inline {
                link,
                ..style.clone()
            };
            self.inlines.push(&rest[start..end], &style);
            rest = &rest[end..];
        }
        self.inlines.push(rest, style);
    }

    fn line_break(&mut self) {
        if self.heading.is_some() {
            self.text(" ", false);
        } else {
            self.inlines.line_break();
        }
    }

    /// Applies the few tags that have a style; other tags are dropped and their content kept.
    fn inline_tag(&mut self, tag: &str) {
        match html::name(tag).as_str() {
            "br" | "/br" => self.line_break(),
            "b" | "strong" => self.strong += 1,
            "i" | "em" => self.emphasis += 1,
            "/b" | "/strong" => self.strong = self.strong.saturating_sub(1),
            "/i" | "/em" => self.emphasis = self.emphasis.saturating_sub(1),
            _ => {}
        }
    }

    fn end_link(&mut self) {
        // A link without text shows its address.
        if let Some(open) = &self.link
            && !open.has_text
            && open.link.is_some()
        {
            let url = open.url.clone();
            self.text(&url, false);
        }
        self.link = None;
    }

    fn end_code(&mut self) {
        let code = self.verbatim.take().unwrap_or_default();
        let code = text::block(code.trim_end_matches('\n'));
        if code.is_empty() {
            return;
        }
        let inline = Inline {
            text: code,
            code: true,
            ..Inline::default()
        };
        self.leave_marker();
        self.push(BlockKind::Code, vec![inline], false);
    }

    fn end_html(&mut self) {
        let lines = html::text(&self.verbatim.take().unwrap_or_default());
        for line in lines.split('\n').filter(|line| !line.trim().is_empty()) {
            self.inlines.line_break();
            self.text(line, false);
        }
        self.paragraph = true;
        self.flush();
    }
}

/// Range of the first web address in a text, without trailing punctuation or brackets.
fn address(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(found) = text[from..].find("http") {
        let start = from + found;
        let rest = &text[start..];
        let end = rest.find([' ', '\t', '\n', '\r', '<', '>', '"', '|']);
        let word = &rest[..end.unwrap_or(rest.len())];
        let word =
            word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '”', '’']);
        let after_letter = text[..start].ends_with(char::is_alphanumeric);
        let scheme = ["https://", "http://"];
        let has_host = scheme
            .iter()
            .filter_map(|scheme| word.strip_prefix(scheme))
            .any(|rest| rest.starts_with(char::is_alphanumeric));
        if has_host && !after_letter {
            return Some((start, start + word.len()));
        }
        from = start + "http".len();
    }
    None
}

#[cfg(test)]
mod tests;
