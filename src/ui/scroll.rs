//! The edge of a pane: a thin rule with a scroll thumb.

use ratatui::Frame;
use ratatui::text::Span;

use super::text;
use crate::app::layout::Area;
use crate::config::Theme;

const TRACK: &str = "│";
const THUMB: &str = "┃";

/// Total and visible part of a content.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub(super) total: usize,
    pub(super) top: usize,
    pub(super) in_view: usize,
}

impl Extent {
    /// Rows of the thumb within the track; empty if everything is visible.
    fn thumb(self, track: usize) -> std::ops::Range<usize> {
        if self.total <= self.in_view || track == 0 {
            return 0..0;
        }
        let length = (track * self.in_view / self.total).clamp(1, track);
        let last = self.total - self.in_view;
        let free = track - length;
        let top = self.top.min(last);
        // The thumb touches the ends of the track only at the very start and end.
        let start = match top {
            0 => 0,
            top if top == last => free,
            top => (free * top / last).clamp(1.min(free), free.saturating_sub(1)),
        };
        start..start + length
    }
}

/// Draws the edge of a pane: the rule if `ruled`, and the thumb unless everything is visible.
pub(super) fn draw(extent: Extent, ruled: bool, theme: &Theme, edge: Area, frame: &mut Frame<'_>) {
    let thumb = extent.thumb(edge.height.into());
    for row in 0..edge.height {
        let (sign, style) = if thumb.contains(&usize::from(row)) {
            (THUMB, theme.scroll)
        } else if ruled {
            (TRACK, theme.border)
        } else {
            continue;
        };
        text::write(
            &[Span::styled(sign, style)],
            edge,
            row,
            0,
            frame.buffer_mut(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thumb_touches_the_ends_only_at_the_ends() {
        for (total, top, shown) in [
            (10, 0, 0..0),
            (20, 0, 0..5),
            (20, 1, 1..6),
            (20, 5, 2..7),
            (20, 9, 4..9),
            (20, 10, 5..10),
            (10_000, 0, 0..1),
            (10_000, 1, 1..2),
            (10_000, 9_989, 8..9),
            (10_000, 9_990, 9..10),
        ] {
            let extent = Extent {
                total,
                top,
                in_view: 10,
            };
            assert_eq!(extent.thumb(10), shown, "{total} {top}");
        }
    }
}
