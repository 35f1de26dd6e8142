//! Wraps blocks to lines, first fit, at Unicode line-break opportunities.

mod flow;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::find::{self, Hit};
use super::{Block, BlockKind, Inline, Link};
use flow::Flow;

/// Code is indented, so that it is recognisable without colour.
const CODE_INDENT: usize = 2;
/// Maximum length of a horizontal rule.
const RULE: usize = 24;

/// A wrapped document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wrapped {
    /// The lines, top to bottom.
    pub lines: Vec<Line>,
    /// Width it was wrapped to.
    pub width: u16,
    first_lines: Vec<usize>,
}

/// A line on the screen. A blank line between two blocks has no spans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Index of its block; a blank line belongs to the block above it.
    pub block: usize,
    /// Kind of its block.
    pub kind: BlockKind,
    /// Text, including indent and marker.
    pub spans: Vec<Inline>,
    /// Id of the posting that the line opens.
    pub link: Option<String>,
    /// Length of indent and marker, in bytes.
    pub prefix: usize,
    /// Whether white space separates it from the line above; false within a broken word.
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
    /// Index of a block's first line, or of the last line if there is no such block.
    pub fn first_line_of(&self, block: usize) -> usize {
        self.first_lines
            .get(block)
            .copied()
            .unwrap_or(self.lines.len().saturating_sub(1))
    }

    /// Occurrences of a text in order, ignoring case and accents. A match across a line end yields one hit per line.
    pub fn find(&self, needle: &str) -> Vec<Hit> {
        find::hits(&self.lines, needle)
    }

    /// Maps ordered byte ranges of a block's text to its lines. Only for blocks without hard line breaks.
    pub fn locate(&self, block: usize, ranges: &[Range<usize>]) -> Vec<Hit> {
        let first = self.first_line_of(block);
        let after = self.lines[first..]
            .iter()
            .take_while(|line| line.block == block && !line.spans.is_empty());
        find::located(&self.lines[first..first + after.count()], first, ranges)
    }
}

/// Wraps to a width in columns, at least one.
pub(super) fn wrapped(blocks: &[Block], width: u16) -> Wrapped {
    let (lines, first_lines) = lines(blocks, usize::from(width).max(1));
    Wrapped {
        lines,
        width,
        first_lines,
    }
}

/// The lines, and the index of each block's first line.
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

/// Display width of a text, measured by grapheme as terminals draw it.
pub(super) fn columns(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

fn wrap_block(at: usize, block: &Block, width: usize, lines: &mut Vec<Line>) {
    if block.kind == BlockKind::Photo {
        let free = || Line {
            block: at,
            kind: block.kind,
            ..Line::default()
        };
        lines.extend((0..block.rows).map(|_| free()));
        return;
    }
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

/// Prefix of a block's first line, and of its other lines. On narrow pages indents shrink first, then markers go, so
/// that the text keeps half the width.
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
