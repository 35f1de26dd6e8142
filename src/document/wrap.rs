//! Blocks broken into lines, first fit, at the places where Unicode lets a line break.

mod flow;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::find::{self, Hit};
use super::{Block, BlockKind, Inline, Link};
use flow::Flow;

/// Code is set in so that it shows as such without colour.
const CODE_INDENT: usize = 2;
/// A line across needs to be no longer.
const RULE: usize = 24;

/// A document in lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wrapped {
    /// The lines, top to bottom.
    pub lines: Vec<Line>,
    /// The width it was wrapped to.
    pub width: u16,
    first_lines: Vec<usize>,
}

/// One line on the screen. A blank one, which parts two blocks, has no spans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The block it belongs to; a blank line belongs to the block above it.
    pub block: usize,
    /// What that block is.
    pub kind: BlockKind,
    /// Its text, indent and marker in front.
    pub spans: Vec<Inline>,
    /// The id of the posting that it opens.
    pub link: Option<String>,
    /// How many bytes of its text are indent and marker.
    pub prefix: usize,
    /// Whether white space parts it from the line above, rather than the middle of a long word.
    pub spaced: bool,
}

impl Line {
    /// The text without its styles.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// The link at a column.
    pub fn link_at(&self, column: usize) -> Option<&Link> {
        let mut end = 0;
        let at = self.spans.iter().find(|span| {
            end += columns(&span.text);
            column < end
        });
        at?.link.as_ref()
    }
}

impl Wrapped {
    /// The first line of a block, or where the text ends if there is no such block.
    pub fn first_line_of(&self, block: usize) -> usize {
        self.first_lines
            .get(block)
            .copied()
            .unwrap_or(self.lines.len().saturating_sub(1))
    }

    /// Where a text occurs, case and accents aside, in order. One that runs over a line's end gives a hit for each of
    /// its lines.
    pub fn find(&self, needle: &str) -> Vec<Hit> {
        find::hits(&self.lines, needle)
    }

    /// Where ranges of a block's own text, in order, stand in its lines. For blocks without line breaks of their own.
    pub fn locate(&self, block: usize, ranges: &[Range<usize>]) -> Vec<Hit> {
        let first = self.first_line_of(block);
        let after = self.lines[first..]
            .iter()
            .take_while(|line| line.block == block && !line.spans.is_empty());
        find::located(&self.lines[first..first + after.count()], first, ranges)
    }
}

/// Wraps to a width in columns; there is always room for one.
pub(super) fn wrapped(blocks: &[Block], width: u16) -> Wrapped {
    let (lines, first_lines) = lines(blocks, usize::from(width).max(1));
    Wrapped {
        lines,
        width,
        first_lines,
    }
}

/// The lines, and the number of the first line of each block.
pub(super) fn lines(blocks: &[Block], width: usize) -> (Vec<Line>, Vec<usize>) {
    let mut lines: Vec<Line> = Vec::new();
    let mut first_lines = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        if let Some(above) = at.checked_sub(1).and_then(|above| blocks.get(above))
            && block.stands_apart_from(above)
        {
            lines.push(Line {
                block: at - 1,
                kind: above.kind,
                spaced: true,
                ..Line::default()
            });
        }
        first_lines.push(lines.len());
        wrap_block(at, block, width, &mut lines);
    }
    (lines, first_lines)
}

/// Columns that a terminal gives to a text, grapheme by grapheme as it draws them.
pub(super) fn columns(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

fn wrap_block(at: usize, block: &Block, width: usize, lines: &mut Vec<Line>) {
    let (first, rest) = prefixes(block, width);
    let room = width.saturating_sub(columns(&first)).max(1);
    let rule = [Inline::plain("─".repeat(room.min(RULE)))];
    let inlines = match block.kind {
        BlockKind::Rule => &rule,
        _ => block.inlines.as_slice(),
    };
    let pieces = Flow::new(inlines).lines(room, block.kind == BlockKind::Code);
    for (number, piece) in pieces.into_iter().enumerate() {
        let mut prefix = if number == 0 { &*first } else { &*rest };
        if piece.spans.is_empty() {
            prefix = prefix.trim_end();
        }
        let before = Some(Inline::plain(prefix)).filter(|before| !before.text.is_empty());
        lines.push(Line {
            block: at,
            kind: block.kind,
            spans: before.into_iter().chain(piece.spans).collect(),
            link: block.link.clone(),
            prefix: prefix.len(),
            spaced: piece.spaced,
        });
    }
}

/// What stands before a block's first line, and before its others. On a narrow page indents shrink, then markers go,
/// so that the text keeps half of it.
fn prefixes(block: &Block, width: usize) -> (String, String) {
    let limit = width / 2;
    let marker = block
        .marker
        .as_ref()
        .map(|marker| format!("{marker} "))
        .filter(|marker| columns(marker) <= limit)
        .unwrap_or_default();
    let wanted = usize::from(block.indent)
        + match block.kind {
            BlockKind::Code => CODE_INDENT,
            _ => 0,
        };
    let indent = " ".repeat(wanted.min(limit - columns(&marker)));
    let below = marker.chars().map(|c| if c == '│' { c } else { ' ' });
    let rest = indent.chars().chain(below).collect();
    (indent + &marker, rest)
}

#[cfg(test)]
mod tests;
