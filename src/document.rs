//! A posting or an interview as a document: blocks of styled text, wrapped to any width, searched and printed.
//!
//! The detail pane, the reader and `jobdeck show` all read the same blocks. What holds everywhere:
//! - No wrapped line is wider than the width asked for, whatever the text; no grapheme is ever split.
//! - Everything takes time in proportion to the text, so that a hostile description costs no more than a long one.
//! - Text that Markdown makes up (`&#27;`) passes the gate of [`board::text`](crate::board::text) once more.

mod changes;
mod escape;
mod find;
mod html;
mod inlines;
mod interview;
mod link;
mod markdown;
mod plain;
mod posting;
mod source;
mod web;
mod wrap;

use std::borrow::Borrow;

use crate::board::{Date, Interview, Posting};

pub use changes::Changes;
pub use find::Hit;
pub use link::{Link, Target};
pub use web::to_html;
pub use wrap::{Line, Wrapped};

/// A text to read, block by block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The blocks, in reading order.
    pub blocks: Vec<Block>,
    /// Headings and questions: the block each stands in, and its text.
    pub outline: Vec<(usize, String)>,
}

/// One block: a paragraph, a heading, a list item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text. A `\n` in it is a line break that the source asked for.
    pub inlines: Vec<Inline>,
    /// Columns it is set in.
    pub indent: u16,
    /// What stands before the text: "•" or "1." on the first line, the bar of a quotation on every line.
    pub marker: Option<String>,
    /// The id of the posting that it opens.
    pub link: Option<String>,
    /// True where no blank line parts it from the block above, as in a list without blank lines.
    pub tight: bool,
    /// The level of a heading, from 1; 0 elsewhere.
    pub level: u8,
}

/// What a block is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The title of the whole.
    Title,
    /// The line below the title.
    Subtitle,
    /// What the reader keeps beside it.
    Remark,
    /// A line of facts: company, place, dates, publisher.
    Meta,
    /// Who hires, the company strong.
    Byline,
    /// A fact, its name as the marker.
    Fact,
    /// What is paid, as a fact.
    Pay,
    /// The editor's note.
    Note,
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
    /// A line across.
    Rule,
    /// A related posting, which opens.
    Related,
}

/// A stretch of text in one style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inline {
    /// The text.
    pub text: String,
    /// Strong.
    pub strong: bool,
    /// Emphasised.
    pub emphasis: bool,
    /// Code.
    pub code: bool,
    /// The address that it leads to.
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
        (self.strong, self.emphasis, self.code, &self.link)
            == (other.strong, other.emphasis, other.code, &other.link)
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

    /// The source's own text, without the numbers of links.
    pub fn prose(&self) -> String {
        let is_number = |part: &&Inline| part.link.as_ref().is_some_and(|link| link.is_number);
        let own = self.inlines.iter().filter(|part| !is_number(part));
        own.map(|part| part.text.as_str()).collect()
    }

    /// Whether a good page leaves a line free between this block and the one above it.
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

/// What a reader keeps beside a posting, or should know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// A line of marks.
    Marks(String),
    /// A note.
    Note(String),
    /// What changed.
    Changes(Changes),
}

impl Remark {
    fn blocks(&self) -> Vec<Block> {
        let line = |text: &str| Block::plain(BlockKind::Remark, text);
        match self {
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
    /// A posting to read.
    pub fn posting(posting: &Posting) -> Self {
        Self::outlined(posting::blocks(posting, None))
    }

    /// A posting to read on a day, with what its reader keeps beside it below its facts.
    pub fn posting_with(posting: &Posting, remarks: &[Remark], today: Date) -> Self {
        use BlockKind::{Byline, Fact, Pay, Title};
        let mut blocks = posting::blocks(posting, Some(today));
        let facts = blocks
            .iter()
            .take_while(|block| matches!(block.kind, Title | Byline | Fact | Pay));
        let at = facts.count();
        blocks.splice(at..at, remarks.iter().flat_map(Remark::blocks));
        Self::outlined(blocks)
    }

    /// An interview to read, with the postings that belong to it at the end. The outline holds the questions and the
    /// headings within the answers, not the list of postings.
    pub fn interview<P: Borrow<Posting>>(interview: &Interview, related: &[P]) -> Self {
        let mut document = Self::outlined(interview::blocks(interview));
        document.blocks.extend(interview::related(related));
        document
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

    /// Where its links lead, in reading order, each with its block.
    pub fn links(&self) -> Vec<(usize, Target)> {
        link::targets(&self.blocks)
    }

    /// The document in lines of at most `width` columns.
    pub fn wrap(&self, width: u16) -> Wrapped {
        wrap::wrapped(&self.blocks, width)
    }

    /// The document as text without styling; `None` leaves each paragraph on one line.
    pub fn to_plain(&self, width: Option<u16>) -> String {
        plain::print(&link::spelled_out(&self.blocks), width)
    }

    /// The document as Markdown that reads back as the same text.
    pub fn to_markdown(&self) -> String {
        source::print(&link::unnumbered(&self.blocks))
    }
}

#[cfg(test)]
mod tests;
