//! Plain-text rendering: titles and headings are underlined.

use super::wrap::{self, Line};
use super::{Block, BlockKind};

/// Maximum length of an underline.
const UNDERLINE: usize = 72;

/// Renders the blocks, each line ending in a line break.
pub(super) fn print(blocks: &[Block], width: Option<u16>) -> String {
    let width = width.map_or(usize::MAX, |width| usize::from(width).max(1));
    let (lines, _) = wrap::lines(blocks, width);
    let mut out = String::new();
    let mut widest = 0;
    for (at, line) in lines.iter().enumerate() {
        // No-break spaces have done their work.
        let text = line.text().replace('\u{a0}', " ");
        out.push_str(text.trim_end());
        out.push('\n');
        widest = wrap::columns(&text).max(widest);
        if ends_block(line, lines.get(at + 1)) {
            if let Some(stroke) = stroke(line.kind).filter(|_| line.prefix == 0) {
                out.extend(std::iter::repeat_n(stroke, widest.min(UNDERLINE)));
                out.push('\n');
            }
            widest = 0;
        }
    }
    out
}

fn ends_block(line: &Line, below: Option<&Line>) -> bool {
    !line.spans.is_empty()
        && below.is_none_or(|below| below.block != line.block || below.spans.is_empty())
}

fn stroke(kind: BlockKind) -> Option<char> {
    match kind {
        BlockKind::Title => Some('='),
        BlockKind::Heading | BlockKind::Question => Some('-'),
        _ => None,
    }
}
