//! Lines of a document, styled, with letters marked.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Span;

use super::text;
use crate::config::Theme;
use crate::document::{BlockKind, Inline, Line};

/// A line as spans, the marks laid over its bytes. `base` is what a line of its kind looks like.
pub(super) fn spans(
    line: &Line,
    marks: &[(Range<usize>, Style)],
    base: Style,
    theme: &Theme,
) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let mut start = 0;
    for inline in &line.spans {
        let end = start + inline.text.len();
        let style = base.patch(inline_style(inline, theme));
        let mut at = 0;
        for (range, mark) in marks {
            let from = range.start.clamp(start, end) - start;
            let to = range.end.clamp(start, end) - start;
            if from < to && from >= at {
                spans.extend(text::split(&inline.text[at..from], &[], style, style));
                spans.push(Span::styled(
                    inline.text[from..to].to_owned(),
                    style.patch(*mark),
                ));
                at = to;
            }
        }
        spans.extend(text::split(&inline.text[at..], &[], style, style));
        start = end;
    }
    spans
}

fn inline_style(inline: &Inline, theme: &Theme) -> Style {
    let mut style = Style::new();
    if inline.strong {
        style = style.patch(theme.strong);
    }
    if inline.emphasis {
        style = style.patch(theme.emphasis);
    }
    if inline.code {
        style = style.patch(theme.code);
    }
    style
}

/// What a line of this kind looks like.
pub(super) fn style(kind: BlockKind, theme: &Theme) -> Style {
    match kind {
        BlockKind::Title => theme.title,
        BlockKind::Subtitle => theme.emphasis,
        BlockKind::Meta => theme.muted,
        BlockKind::Rule => theme.border,
        BlockKind::Remark => theme.mine,
        BlockKind::Note | BlockKind::Quote => theme.note,
        BlockKind::Caption => theme.caption,
        BlockKind::Heading => theme.heading,
        BlockKind::Question => theme.question,
        BlockKind::Paragraph | BlockKind::Item => theme.text,
        BlockKind::Code => theme.code,
        BlockKind::Related => theme.link,
    }
}
