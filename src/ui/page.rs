//! Lines of a document as styled spans, with highlights.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Span;

use super::text;
use crate::config::Theme;
use crate::document::{BlockKind, Hit, Inline, Line};

/// A line as spans, with `marks` applied to byte ranges. `focus` is the number of the focused link.
pub(super) fn spans(
    line: &Line,
    marks: &[(Range<usize>, Style)],
    focus: Option<usize>,
    theme: &Theme,
) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let mut start = 0;
    for inline in &line.spans {
        let end = start + inline.text.len();
        let style = if end <= line.prefix {
            prefix_style(line.kind, theme)
        } else {
            style(line.kind, theme).patch(inline_style(line.kind, inline, focus, theme))
        };
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
    // They only keep words together.
    for span in &mut spans {
        if span.content.contains('\u{a0}') {
            span.content = span.content.replace('\u{a0}', " ").into();
        }
    }
    spans
}

/// The marks of a line with the evidence that is shown in it, in order; where both lie, the evidence shows.
pub(super) fn with_evidence(
    mut marks: Vec<(Range<usize>, Style)>,
    evidence: &[Hit],
    line: usize,
    theme: &Theme,
) -> Vec<(Range<usize>, Style)> {
    for hit in evidence.iter().filter(|hit| hit.line == line) {
        marks.retain(|(range, _)| range.end <= hit.start || hit.end <= range.start);
        marks.push((hit.start..hit.end, theme.hit));
    }
    marks.sort_by_key(|(range, _)| range.start);
    marks
}

fn prefix_style(kind: BlockKind, theme: &Theme) -> Style {
    match kind {
        BlockKind::Fact | BlockKind::Pay => theme.label,
        BlockKind::Item | BlockKind::Related => theme.faint,
        kind => style(kind, theme),
    }
}

fn inline_style(kind: BlockKind, inline: &Inline, focus: Option<usize>, theme: &Theme) -> Style {
    let mut style = Style::new();
    if inline.strong {
        let strong = match kind {
            BlockKind::Byline => theme.heading,
            _ => theme.strong,
        };
        style = style.patch(strong);
    }
    if inline.emphasis {
        style = style.patch(theme.emphasis);
    }
    if inline.derived {
        style = style.patch(theme.badge_derived);
    }
    if inline.code {
        style = style.patch(theme.code);
    }
    if let Some(link) = &inline.link {
        style = style.patch(match (focus == Some(link.number), link.is_number) {
            (true, _) => theme.link_focus,
            (false, true) => theme.faint,
            (false, false) => theme.link,
        });
    }
    style
}

/// Style of a line of this kind.
fn style(kind: BlockKind, theme: &Theme) -> Style {
    match kind {
        BlockKind::Title => theme.title,
        BlockKind::Subtitle => theme.emphasis,
        BlockKind::Meta | BlockKind::Byline => theme.muted,
        BlockKind::Pay => theme.pay,
        BlockKind::Rule => theme.border,
        BlockKind::Remark => theme.mine,
        BlockKind::Note | BlockKind::Quote => theme.note,
        BlockKind::Photo | BlockKind::Caption => theme.caption,
        BlockKind::Heading => theme.heading,
        BlockKind::Question => theme.question,
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Fact => theme.text,
        BlockKind::Code => theme.code,
        BlockKind::Related => theme.link,
    }
}
