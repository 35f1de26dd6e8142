//! Postings side by side: the heads stay at the top while the facts scroll.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::Span;

use super::scroll::{self, Extent};
use super::{screen, text};
use crate::app::layout::{Area, Layout};
use crate::app::screen::comparison::ComparisonScreen;
use crate::compare::{Line, Role};
use crate::config::Theme;

pub(super) fn draw(
    screen: &ComparisonScreen,
    theme: &Theme,
    layout: &Layout,
    frame: &mut Frame<'_>,
) {
    let comparison = screen.comparison();
    let count = comparison.heads.len();
    let (differ, of) = (comparison.differences(), comparison.rows.len());
    let place = format!("posting {} of {count}", screen.column() + 1);
    let about = format!("{differ} of {of} differ");
    screen::draw_bar(&["Compare", &about], &place, theme, layout.top, frame);
    let area = ComparisonScreen::area(layout.middle);
    let fixed = screen.fixed_lines();
    draw_lines(fixed, screen, theme, area, frame);
    let height = fixed.len().min(area.height.into()) as u16;
    let below = |area: Area| Area {
        y: area.y + height,
        height: area.height - height,
        ..area
    };
    let (body, edge) = (below(area), below(layout.middle));
    let top = screen.top().min(screen.lines().len());
    draw_lines(&screen.lines()[top..], screen, theme, body, frame);
    let extent = Extent {
        total: screen.lines().len(),
        top,
        in_view: screen.rows(layout.middle),
    };
    if extent.total > extent.in_view {
        let edge = Area {
            x: edge.x + edge.width.saturating_sub(1),
            width: 1.min(edge.width),
            ..edge
        };
        scroll::draw(extent, false, theme, edge, frame);
    }
}

fn draw_lines(
    lines: &[Line],
    screen: &ComparisonScreen,
    theme: &Theme,
    area: Area,
    frame: &mut Frame<'_>,
) {
    for (row, line) in lines.iter().take(area.height.into()).enumerate() {
        let spans = line.spans.iter().map(|span| {
            let is_selected = span.column == Some(screen.column());
            Span::styled(span.text.clone(), style(span.role, is_selected, theme))
        });
        let spans: Vec<Span<'_>> = spans.collect();
        text::write(&spans, area, row as u16, 0, frame.buffer_mut());
    }
}

fn style(role: Role, is_selected: bool, theme: &Theme) -> Style {
    match role {
        Role::Title if is_selected => theme.on_selection(theme.title, true),
        Role::Title => theme.title_seen,
        Role::Company => theme.muted,
        Role::Label => theme.label,
        Role::DifferingLabel => theme.heading,
        Role::Same | Role::DerivedSame => theme.text,
        Role::Unknown => theme.faint,
        // Values from the text carry a sign.
        Role::Differing | Role::Derived => theme.strong,
        Role::Mine => theme.mine,
        Role::Rule => theme.border,
        Role::Gap => Style::new(),
    }
}
