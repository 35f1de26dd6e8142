//! Breaks the text of one block into lines. Styles apply to whole graphemes, so a change of style never splits one.

use std::ops::Range;

use textwrap::WordSeparator;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::document::Inline;

/// Replaces a grapheme that is wider than the line.
const TOO_WIDE: &str = "?";
/// Text of a line.
pub(super) struct Piece {
    /// Its text, with its styles.
    pub(super) spans: Vec<Inline>,
    /// Whether white space separates it from the line above.
    pub(super) spaced: bool,
}

/// A grapheme.
#[derive(Debug)]
struct Cell {
    bytes: Range<usize>,
    /// Index of the inline that gives its style.
    inline: usize,
    width: usize,
    space: bool,
    /// Whether a line may break after it.
    last: bool,
    /// Whether it has to be replaced by something narrower.
    too_wide: bool,
}

/// Text of a block as one sequence of cells.
pub(super) struct Flow<'a> {
    inlines: &'a [Inline],
    text: String,
    /// End of each inline.
    ends: Vec<usize>,
}

impl<'a> Flow<'a> {
    pub(super) fn new(inlines: &'a [Inline]) -> Self {
        let mut text = String::new();
        let mut ends = Vec::with_capacity(inlines.len());
        for inline in inlines {
            text.push_str(&inline.text);
            ends.push(text.len());
        }
        Self {
            inlines,
            text,
            ends,
        }
    }

    /// Breaks the text into lines of at most `room` columns, by whole words or, if `verbatim`, keeping every space.
    pub(super) fn lines(&self, room: usize, verbatim: bool) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for segment in self.segments() {
            let cells = self.cells(segment, room);
            let ranges = if verbatim {
                cut(&cells, room)
            } else {
                first_fit(&cells, room)
            };
            pieces.extend(ranges.into_iter().map(|range| Piece {
                spaced: cells[..range.start].last().is_none_or(|cell| cell.space),
                spans: self.spans(&cells[range]),
            }));
        }
        pieces
    }

    /// The segments between hard line breaks.
    fn segments(&self) -> impl Iterator<Item = Range<usize>> {
        let mut start = 0;
        self.text.split('\n').map(move |segment| {
            let range = start..start + segment.len();
            start = range.end + 1;
            range
        })
    }

    fn cells(&self, segment: Range<usize>, room: usize) -> Vec<Cell> {
        let text = &self.text[segment.clone()];
        let mut breaks = WordSeparator::UnicodeBreakProperties
            .find_words(text)
            .scan(segment.start, |end, word| {
                *end += word.word.len() + word.whitespace.len();
                Some(*end)
            })
            .peekable();
        let mut inline = self.ends.partition_point(|&end| end <= segment.start);
        text.grapheme_indices(true)
            .map(|(at, grapheme)| {
                let start = segment.start + at;
                let end = start + grapheme.len();
                while self.ends.get(inline).is_some_and(|&end| end <= start) {
                    inline += 1;
                }
                // A break opportunity inside a grapheme, as between a space and its combining mark, is skipped.
                while breaks.next_if(|&found| found < end).is_some() {}
                let width = grapheme.width();
                Cell {
                    bytes: start..end,
                    inline,
                    width: if width > room { TOO_WIDE.len() } else { width },
                    space: grapheme == " ",
                    last: breaks.peek() == Some(&end),
                    too_wide: width > room,
                }
            })
            .collect()
    }

    /// The text of a line, with its styles.
    fn spans(&self, cells: &[Cell]) -> Vec<Inline> {
        let mut spans = Vec::new();
        for run in cells.chunk_by(|a, b| a.inline == b.inline) {
            let Some(style) = self.inlines.get(run[0].inline) else {
                continue;
            };
            let mut text = String::new();
            for part in run.chunk_by(|a, b| a.too_wide == b.too_wide) {
                if part[0].too_wide {
                    text.extend(part.iter().map(|_| TOO_WIDE));
                } else {
                    text.push_str(&self.text[part[0].bytes.start..part[part.len() - 1].bytes.end]);
                }
            }
            spans.push(Inline {
                text,
                strong: style.strong,
                emphasis: style.emphasis,
                code: style.code,
                derived: style.derived,
                link: style.link.clone(),
            });
        }
        spans
    }
}

/// Lines of whole words where they fit; trailing spaces are dropped.
fn first_fit(cells: &[Cell], room: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut end, mut used, mut gap) = (0, 0, 0, 0);
    let mut at = 0;
    for token in cells.split_inclusive(|cell| cell.last) {
        let spaces = token.iter().rev().take_while(|cell| cell.space).count();
        let word = &token[..token.len() - spaces];
        let width: usize = word.iter().map(|cell| cell.width).sum();
        if !word.is_empty() && used + gap + width > room {
            if end > start {
                lines.push(start..end);
            }
            (start, used, gap) = (at, 0, 0);
        }
        if width > room {
            let mut pieces = cut(word, room);
            let last = pieces.pop().unwrap_or_default();
            lines.extend(
                pieces
                    .into_iter()
                    .map(|piece| at + piece.start..at + piece.end),
            );
            used = word[last.clone()].iter().map(|cell| cell.width).sum();
            start = at + last.start;
        } else if !word.is_empty() {
            used += gap + width;
            gap = 0;
        }
        if !word.is_empty() {
            end = at + word.len();
        }
        gap += spaces;
        at += token.len();
    }
    if end > start || lines.is_empty() {
        lines.push(start..end.max(start));
    }
    lines
}

/// Lines cut at the full width.
fn cut(cells: &[Cell], room: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, cell) in cells.iter().enumerate() {
        if used + cell.width > room && at > start {
            lines.push(start..at);
            (start, used) = (at, 0);
        }
        used += cell.width;
    }
    lines.push(start..cells.len());
    lines
}
