//! Postings and interviews as documents: blocks of styled text that can be wrapped to a width, searched and printed.
//!
//! The detail pane, the reader and `jobdeck show` all render the same blocks. Invariants:
//! - No wrapped line is wider than the requested width, whatever the text, and no grapheme is split.
//! - All work is linear in the length of the text, so a hostile description costs no more than a long one.
//! - Text that Markdown produces (`&#27;`) passes the gate of [`board::text`](crate::board::text) again.

mod changes;
mod escape;
mod find;
mod html;
mod inlines;
mod interview;
mod link;
mod markdown;
mod passage;
mod plain;
mod posting;
mod to_html;
mod to_markdown;
mod wrap;

use std::borrow::Borrow;

use crate::board::{Date, Interview, Posting};
use crate::facts::Facts;

pub use changes::Changes;
pub use find::Hit;
pub use link::{Link, Target};
pub use passage::prose;
pub use posting::{closes_in_words, day_in_words, posted_in_words};
pub use to_html::to_html;
pub use wrap::{Line, Wrapped};

/// A readable document made of blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The blocks, in reading order.
    pub blocks: Vec<Block>,
    /// Headings and questions: the index of the block and its text.
    pub outline: Vec<(usize, String)>,
}

/// A block, such as a paragraph, a heading or a list item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// Kind of the block.
    pub kind: BlockKind,
    /// Text of the block. A `\n` is a hard line break of the source.
    pub inlines: Vec<Inline>,
    /// Indent in columns.
    pub indent: u16,
    /// Text in front of the block: "•" or "1." on the first line, the bar of a quotation on every line.
    pub marker: Option<String>,
    /// Id of the posting that the block opens.
    pub link: Option<String>,
    /// No blank line separates this block from the one above, as in a tight list.
    pub tight: bool,
    /// Level of a heading, from 1; 0 for other blocks.
    pub level: u8,
    /// Rows of a photo.
    pub rows: u16,
    /// Names of the facts in this block that were read out of the posting's text.
    pub derived: Vec<&'static str>,
}

/// Kind of a block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Title of the document.
    Title,
    /// Line below the title.
    Subtitle,
    /// The user's own marks, notes and changes.
    Remark,
    /// A line of facts: company, place, dates, publisher.
    Meta,
    /// Company and team, the company in bold.
    Byline,
    /// A fact, with its label as the marker.
    Fact,
    /// Pay, as a fact.
    Pay,
    /// Editor's note.
    Note,
    /// Rows that are left free for a photo.
    Photo,
    /// Photo caption and credit.
    Caption,
    /// A heading.
    Heading,
    /// A question of an interview.
    Question,
    /// A paragraph.
    #[default]
    Paragraph,
    /// A list item.
    Item,
    /// A paragraph of a quotation.
    Quote,
    /// Code, kept as written.
    Code,
    /// Horizontal rule.
    Rule,
    /// Link to a related posting.
    Related,
}

/// A run of text in one style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "styles combine in every way")]
pub struct Inline {
    /// The text.
    pub text: String,
    /// Strong.
    pub strong: bool,
    /// Emphasised.
    pub emphasis: bool,
    /// Code.
    pub code: bool,
    /// A passage of the posting's text beside a stated value.
    pub derived: bool,
    /// Target of the link that this run belongs to.
    pub link: Option<Link>,
}

impl Inline {
    /// Text without style.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    fn same_style(&self, other: &Self) -> bool {
        (
            self.strong,
            self.emphasis,
            self.code,
            self.derived,
            &self.link,
        ) == (
            other.strong,
            other.emphasis,
            other.code,
            other.derived,
            &other.link,
        )
    }
}

impl Block {
    /// A block of unstyled text.
    fn plain(kind: BlockKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            inlines: vec![Inline::plain(text)],
            ..Self::default()
        }
    }

    /// The text without its styles.
    pub fn text(&self) -> String {
        self.inlines.iter().map(|part| part.text.as_str()).collect()
    }

    /// Text of the source, without link numbers.
    pub fn prose(&self) -> String {
        let is_number = |part: &&Inline| part.link.as_ref().is_some_and(|link| link.is_number);
        let own = self.inlines.iter().filter(|part| !is_number(part));
        own.map(|part| part.text.as_str()).collect()
    }

    /// Whether a blank line belongs between this block and the one above.
    fn stands_apart_from(&self, above: &Self) -> bool {
        use BlockKind::{Byline, Fact, Heading, Meta, Pay, Related, Remark, Subtitle, Title};
        let below_its_heading = above.kind == Heading && self.kind != Heading;
        !self.tight
            && !below_its_heading
            && !matches!(
                (above.kind, self.kind),
                (Title | Subtitle | Meta, Subtitle | Meta)
                    | (Title, Byline)
                    | (Pay | Fact, Pay | Fact)
                    | (Related, Related)
                    | (Remark, Remark)
            )
    }
}

/// What the user keeps about a posting, or should know about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// How it compares to other postings.
    Market(String),
    /// Marks, on one line.
    Marks(String),
    /// A note.
    Note(String),
    /// Changes since the user saved the posting.
    Changes(Changes),
}

impl Remark {
    fn blocks(&self) -> Vec<Block> {
        let line = |text: &str| Block::plain(BlockKind::Remark, text);
        match self {
            Self::Market(text) => posting::fact("Market", text).into_iter().collect(),
            Self::Marks(text) | Self::Note(text) => vec![line(text)],
            Self::Changes(changes) => {
                let told = changes.lines.iter().map(|(sign, text)| Block {
                    marker: Some(sign.to_string()),
                    indent: 2,
                    tight: true,
                    ..line(text)
                });
                let heading = line("Changed since you kept it:");
                std::iter::once(heading).chain(told).collect()
            }
        }
    }
}

impl Document {
    /// Document of a posting.
    pub fn posting(posting: &Posting) -> Self {
        Self::outlined(posting::blocks(posting, None, None))
    }

    /// Document of a posting as of `today`, with the user's remarks below its facts; `facts` are those in its text, where
    /// they are wanted.
    pub fn posting_with(
        posting: &Posting,
        facts: Option<&Facts>,
        remarks: &[Remark],
        today: Date,
    ) -> Self {
        use BlockKind::{Byline, Fact, Pay, Title};
        let mut blocks = posting::blocks(posting, Some(today), facts);
        let facts = blocks
            .iter()
            .take_while(|block| matches!(block.kind, Title | Byline | Fact | Pay));
        let at = facts.count();
        blocks.splice(at..at, remarks.iter().flat_map(Remark::blocks));
        Self::outlined(blocks)
    }

    /// The document with at most `most` places listed, followed by the number of the others.
    #[must_use]
    pub fn with_places(mut self, most: usize) -> Self {
        posting::cap_places(&mut self.blocks, most);
        self
    }

    /// Document of an interview, followed by its related postings. The outline holds the questions and the headings
    /// within answers, but not the related postings.
    pub fn interview<P: Borrow<Posting>>(interview: &Interview, related: &[P]) -> Self {
        let mut document = Self::outlined(interview::blocks(interview));
        document.blocks.extend(interview::related(related));
        document
    }

    /// The document with rows left free for a photo above its caption.
    #[must_use]
    pub fn with_photo(mut self, rows: u16) -> Self {
        use BlockKind::{Caption, Meta, Subtitle, Title};
        let kinds = self.blocks.iter().map(|block| block.kind);
        let at = kinds.clone().position(|kind| kind == Caption);
        let at = at.unwrap_or_else(|| {
            let head = kinds.take_while(|kind| matches!(kind, Title | Subtitle | Meta));
            head.count()
        });
        let photo = Block {
            kind: BlockKind::Photo,
            rows,
            ..Block::default()
        };
        self.blocks.insert(at, photo);
        for (block, _) in &mut self.outline {
            *block += usize::from(*block >= at);
        }
        self
    }

    fn outlined(mut blocks: Vec<Block>) -> Self {
        link::number(&mut blocks);
        let outline = blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| matches!(block.kind, BlockKind::Heading | BlockKind::Question))
            .map(|(at, block)| (at, block.text()))
            .collect();
        Self { blocks, outline }
    }

    /// Targets of the links in reading order, each with the index of its block.
    pub fn links(&self) -> Vec<(usize, Target)> {
        link::targets(&self.blocks)
    }

    /// Wraps the document to lines of at most `width` columns.
    pub fn wrap(&self, width: u16) -> Wrapped {
        wrap::wrapped(&self.blocks, width)
    }

    /// Plain text of the document; `None` keeps each paragraph on one line.
    pub fn to_plain(&self, width: Option<u16>) -> String {
        plain::print(&link::spelled_out(&self.blocks), width)
    }

    /// Markdown that parses back to the same text.
    pub fn to_markdown(&self) -> String {
        to_markdown::print(&link::unnumbered(&self.blocks))
    }
}

#[cfg(test)]
mod tests;
