//! Links of a document: numbered on the screen, spelled out in print.

use std::sync::Arc;

use url::Url;

use super::{Block, BlockKind, Inline};

/// Link target of a run of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address as written: http, https or mailto.
    pub url: Arc<str>,
    /// Number in the document, from 1; 0 before numbering.
    pub number: usize,
    /// Whether the run is the generated number rather than text of the source.
    pub is_number: bool,
}

/// Target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address.
    Url(Arc<str>),
    /// The posting with this id.
    Posting(String),
}

impl Link {
    /// A link to an address; `None` unless the address may be opened.
    pub(super) fn new(url: &str) -> Option<Self> {
        let opens = ["http:", "https:", "mailto:"];
        let opens = opens.iter().any(|scheme| url.starts_with(scheme));
        (opens && Url::parse(url).is_ok()).then(|| Self {
            url: url.into(),
            number: 0,
            is_number: false,
        })
    }

    /// Host of the address, used as a short link text.
    pub(super) fn host(&self) -> String {
        let parsed = Url::parse(&self.url).ok();
        let host = parsed.as_ref().and_then(Url::host_str);
        let bare = || {
            let rest = self
                .url
                .split_once(':')
                .map_or(&*self.url, |(_, rest)| rest);
            rest.split(['?', '#']).next().unwrap_or(rest)
        };
        host.unwrap_or_else(bare)
            .trim_start_matches("www.")
            .to_owned()
    }
}

/// Adds its number after each link of the document.
pub(super) fn number(blocks: &mut [Block]) {
    let mut last = 0;
    for block in blocks {
        if block.inlines.iter().all(|inline| inline.link.is_none()) {
            last += usize::from(block.link.is_some());
            continue;
        }
        let inlines = std::mem::take(&mut block.inlines);
        let mut numbered = Vec::with_capacity(inlines.len() + 2);
        for run in inlines.chunk_by(|one, next| one.link == next.link) {
            let Some(link) = &run[0].link else {
                numbered.extend_from_slice(run);
                continue;
            };
            last += 1;
            let link = |is_number| Link {
                number: last,
                is_number,
                ..link.clone()
            };
            numbered.extend(run.iter().map(|inline| Inline {
                link: Some(link(false)),
                ..inline.clone()
            }));
            numbered.push(Inline {
                link: Some(link(true)),
                ..Inline::plain(format!("\u{a0}[{last}]"))
            });
        }
        block.inlines = numbered;
    }
}

/// Link targets, each with the index of its block. Position in the list is the link's number minus one.
pub(super) fn targets(blocks: &[Block]) -> Vec<(usize, Target)> {
    let mut targets = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if let Some(id) = &block.link {
            targets.push((at, Target::Posting(id.clone())));
        }
        let links = block
            .inlines
            .iter()
            .filter_map(|inline| inline.link.as_ref());
        let numbers = links.filter(|link| link.is_number);
        targets.extend(numbers.map(|link| (at, Target::Url(Arc::clone(&link.url)))));
    }
    targets
}

/// The blocks without link numbers.
pub(super) fn unnumbered(blocks: &[Block]) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    for block in &mut blocks {
        let is_number = |inline: &Inline| inline.link.as_ref().is_some_and(|link| link.is_number);
        block.inlines.retain(|inline| !is_number(inline));
        for inline in &mut block.inlines {
            if let Some(link) = &mut inline.link {
                link.number = 0;
            }
        }
    }
    blocks
}

/// The blocks with each link's address after its text instead of a number, unless the text is the address.
pub(super) fn spelled_out(blocks: &[Block]) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    for block in &mut blocks {
        let is_fact = block.kind == BlockKind::Fact;
        let inlines = std::mem::take(&mut block.inlines);
        let mut text = String::new();
        for inline in inlines {
            match &inline.link {
                Some(link) if link.is_number => {
                    let said = std::mem::take(&mut text);
                    let said = said.trim();
                    let url = &*link.url;
                    if is_fact {
                        block.inlines.pop();
                        block.inlines.push(Inline::plain(url));
                    } else if said != url && url.strip_prefix("mailto:") != Some(said) {
                        block.inlines.push(Inline::plain(format!(" ({url})")));
                    }
                }
                Some(_) => {
                    text.push_str(&inline.text);
                    block.inlines.push(Inline {
                        link: None,
                        ..inline
                    });
                }
                None => block.inlines.push(inline),
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::super::{Document, markdown};
    use super::*;

    fn document(text: &str) -> Document {
        Document::outlined(markdown::blocks(text, 1))
    }

    fn shown(text: &str) -> String {
        let lines = document(text).wrap(72).lines;
        lines.iter().map(super::super::Line::text).collect()
    }

    #[test]
    fn links_are_numbered_on_a_screen_and_spelled_out_in_print() {
        for (text, screen, print) in [
            (
                "See [our page](https://pine.example/a) and <a@pine.example>.",
                "See our page\u{a0}[1] and a@pine.example\u{a0}[2].",
                "See our page (https://pine.example/a) and a@pine.example.",
            ),
            (
                "Apply at https://pine.example/jobs_x_y, today.",
                "Apply at https://pine.example/jobs_x_y\u{a0}[1], today.",
                "Apply at https://pine.example/jobs_x_y, today.",
            ),
            (
                "(https://pine.example/) or [**here** *now*](https://pine.example/).",
                "(https://pine.example/\u{a0}[1]) or here now\u{a0}[2].",
                "(https://pine.example/) or here now (https://pine.example/).",
            ),
            (
                "[no](javascript:alert(1)) [file](file:///etc/passwd) http:// https://",
                "no file http:// https://",
                "no file http:// https://",
            ),
            (
                "`https://pine.example/` is code.",
                "https://pine.example/ is code.",
                "https://pine.example/ is code.",
            ),
        ] {
            assert_eq!(shown(text), screen);
            assert_eq!(document(text).to_plain(None).trim_end(), print);
        }
    }

    #[test]
    fn markdown_keeps_links() {
        for text in [
            "See [our page](https://pine.example/a) and [a@pine.example](mailto:a@pine.example).",
            "Apply at https://pine.example/jobs_x_y, today.",
            "[**here** *now*](<https://pine.example/(a) b>)",
        ] {
            assert_eq!(document(text).to_markdown().trim_end(), text);
        }
    }

    #[test]
    fn a_link_knows_where_it_leads() {
        let links = document("[a](https://a.example) b\n\n[c](https://c.example)").links();
        let links: Vec<_> = links.iter().map(|(at, target)| (*at, target)).collect();
        let url = |url: &str| Target::Url(url.into());
        let (first, second) = (url("https://a.example"), url("https://c.example"));
        assert_eq!(links, [(0, &first), (1, &second)]);
    }
}
