//! Places the panels in columns, so that clicks and drawing agree.

use super::{Panel, PanelKind};
use crate::app::layout::Area;

/// Rows of a chart of weeks: its columns, and the dates below.
const CHART: u16 = 6;
/// Rows of a chart of weeks where there is room.
const HIGH_CHART: u16 = 16;
/// Bars of a panel, unless there is room for more.
const USUAL: u16 = 12;
/// The fewest bars that a panel is shortened to.
const FEWEST: u16 = 4;
/// The fewest bars that a histogram of pay is shortened to: half of it says nothing.
const FEWEST_OF_PAY: u16 = 8;
/// The least width of a panel with a map.
const MAP: u16 = 34;

/// A panel on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Index of the panel.
    pub panel: usize,
    /// Its area, title included.
    pub area: Area,
    /// Rows of its map.
    pub map: u16,
}

/// Number of columns in a window of this width.
pub fn columns_of(width: u16) -> usize {
    match width {
        ..76 => 1,
        76..150 => 2,
        150.. => 3,
    }
}

impl Placed {
    /// Rows above the bars: title, note and map.
    pub fn head(&self, panel: &Panel) -> u16 {
        1 + u16::from(!panel.note.is_empty()) + self.map
    }

    /// The rows of the bars.
    pub fn body(&self, panel: &Panel) -> Area {
        let head = self.head(panel).min(self.area.height);
        Area {
            y: self.area.y + head,
            height: self.area.height - head,
            ..self.area
        }
    }

    /// The first visible bar, given the cursor. Without the cursor, a histogram shows its highest bars.
    pub fn first(&self, panel: &Panel, cursor: (usize, usize)) -> usize {
        let rows = usize::from(self.body(panel).height).max(1);
        let last = panel.bars.len().saturating_sub(rows);
        if cursor.0 == self.panel {
            return (cursor.1 + 1).saturating_sub(rows);
        }
        if !panel.is_pay() {
            return 0;
        }
        let most = panel.bars.iter().position(|bar| bar.count == panel.most());
        most.unwrap_or(0).saturating_sub(rows / 2).min(last)
    }

    /// Columns of one bar of a chart.
    pub fn step(&self, panel: &Panel) -> u16 {
        let bars = panel.bars.len().max(1) as u16;
        (self.area.width.saturating_sub(3) / bars).clamp(1, 3)
    }

    /// The bar under a cell.
    pub(super) fn bar_at(
        &self,
        panel: &Panel,
        cursor: (usize, usize),
        x: u16,
        y: u16,
    ) -> Option<usize> {
        let body = self.body(panel);
        let inside = body.contains(x, y);
        let at = if panel.is_chart() {
            usize::from(x.saturating_sub(body.x + 2) / self.step(panel))
        } else {
            self.first(panel, cursor) + usize::from(y.saturating_sub(body.y))
        };
        (inside && at < panel.bars.len()).then_some(at)
    }
}

/// Places the panels, in which the one with the cursor is always visible.
pub(super) fn place(panels: &[Panel], focus: usize, area: Area) -> Vec<Placed> {
    let columns = columns_of(area.width);
    let gap = if columns > 1 { 2 } else { 0 };
    let width = (area.width.saturating_sub(gap * (columns as u16 - 1))) / columns as u16;
    let mut placed = Vec::new();
    for column in 0..columns {
        let of_column =
            (0..panels.len()).filter(|at| column_of(panels[*at].kind, columns) == column);
        let of_column: Vec<usize> = of_column.collect();
        let area = Area {
            x: area.x + column as u16 * (width + gap),
            width,
            ..area
        };
        placed.extend(stack(panels, &of_column, focus, area));
    }
    placed
}

/// The column that a panel belongs to.
fn column_of(kind: PanelKind, columns: usize) -> usize {
    let last = columns.saturating_sub(1);
    match kind {
        PanelKind::Pay(_) | PanelKind::Weeks => 0,
        PanelKind::Levels | PanelKind::Workplaces => last.saturating_sub(1),
        PanelKind::Skills => last.min(1),
        PanelKind::Places | PanelKind::Companies => last,
    }
}

/// Panels below each other, shortened as far as needed; where that does not do, those from a later one on.
fn stack(panels: &[Panel], of_column: &[usize], focus: usize, area: Area) -> Vec<Placed> {
    let mut bars: Vec<u16> = of_column.iter().map(|at| rows(&panels[*at])).collect();
    let maps: Vec<u16> = of_column
        .iter()
        .map(|at| map_rows(&panels[*at], area))
        .collect();
    let heads: Vec<u16> = of_column
        .iter()
        .zip(&maps)
        .map(|(at, map)| 1 + u16::from(!panels[*at].note.is_empty()) + map)
        .collect();
    let total = |bars: &[u16], range: std::ops::Range<usize>| {
        let gaps = range.len().saturating_sub(1) as u16;
        let rows = range.map(|at| heads[at] + bars[at]);
        rows.sum::<u16>() + gaps
    };
    let all = 0..of_column.len();
    // Histograms of pay give way last.
    for fewest_of_pay in [FEWEST_OF_PAY, FEWEST] {
        let fewest = |at: usize| {
            if panels[of_column[at]].is_pay() {
                fewest_of_pay
            } else {
                FEWEST
            }
        };
        while total(&bars, all.clone()) > area.height {
            let longest = all
                .clone()
                .filter(|at| bars[*at] > fewest(*at) && !panels[of_column[*at]].is_chart())
                .max_by_key(|at| bars[*at]);
            match longest {
                Some(at) => bars[at] -= 1,
                None => break,
            }
        }
    }
    // Rows that are left go to the panels that can show more, the shortest first.
    while total(&bars, all.clone()) < area.height {
        let grows = |at: &usize| bars[*at] < most_rows(&panels[of_column[*at]]);
        let Some(at) = all.clone().filter(grows).min_by_key(|at| bars[*at]) else {
            break;
        };
        bars[at] += 1;
    }
    let focused = of_column.iter().position(|at| *at == focus).unwrap_or(0);
    let mut first = 0;
    while first < focused && total(&bars, first..focused + 1) > area.height {
        first += 1;
    }
    let mut placed = Vec::new();
    let mut y = 0;
    for at in first..of_column.len() {
        let room = area.height.saturating_sub(y);
        // A title without a bar is of no use.
        if room < 2 || at > focused && room <= heads[at] {
            break;
        }
        let map = maps[at].min(room.saturating_sub(heads[at] - maps[at] + 1));
        let height = (heads[at] - maps[at] + map + bars[at]).min(room);
        placed.push(Placed {
            panel: of_column[at],
            area: Area {
                y: area.y + y,
                height,
                ..area
            },
            map,
        });
        y += height + 1;
    }
    placed
}

fn rows(panel: &Panel) -> u16 {
    if panel.is_chart() {
        CHART
    } else {
        (panel.bars.len() as u16).min(USUAL)
    }
}

/// Rows of a panel where there is room.
fn most_rows(panel: &Panel) -> u16 {
    if panel.is_chart() {
        HIGH_CHART
    } else {
        panel.bars.len() as u16
    }
}

/// Rows of a map, in the proportions of the world.
fn map_rows(panel: &Panel, area: Area) -> u16 {
    if panel.map.is_empty() || area.width < MAP || area.height < 16 {
        return 0;
    }
    (area.width / 5).clamp(6, 14).min(area.height / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::market::PanelBar;
    use crate::market::Filter;

    fn panel(kind: PanelKind, bars: usize) -> Panel {
        let bar = PanelBar {
            label: "x".into(),
            count: 9,
            closing: 0,
            remark: String::new(),
            filter: Filter::Terms("x".into()),
        };
        Panel {
            kind,
            title: "Title".into(),
            note: "note".into(),
            bars: vec![bar; bars],
            map: Vec::new(),
        }
    }

    #[test]
    fn a_high_window_is_filled_and_a_shortened_histogram_shows_its_highest_bars() {
        let mut pay = panel(PanelKind::Pay(0), 20);
        pay.bars[12].count = 99;
        let panels = [
            pay,
            panel(PanelKind::Weeks, 26),
            panel(PanelKind::Levels, 7),
            panel(PanelKind::Places, 30),
            panel(PanelKind::Companies, 30),
        ];
        let area = Area {
            x: 0,
            y: 1,
            width: 180,
            height: 48,
        };
        let placed = place(&panels, 4, area);
        let end = |kind| {
            let found = placed.iter().find(|one| panels[one.panel].kind == kind);
            found.map(|one| one.area.y + one.area.height)
        };
        assert_eq!(end(PanelKind::Companies), Some(49));
        let low = Area { height: 24, ..area };
        let placed = place(&panels, 4, low);
        let pay = placed.iter().find(|one| one.panel == 0).expect("placed");
        let first = pay.first(&panels[0], (4, 0));
        let rows = usize::from(pay.body(&panels[0]).height);
        assert!((first..first + rows).contains(&12), "{first} {rows}");
    }

    #[test]
    fn panels_stay_within_the_window_and_the_focused_one_is_visible() {
        let panels = [
            panel(PanelKind::Pay(0), 12),
            panel(PanelKind::Weeks, 26),
            panel(PanelKind::Levels, 7),
            panel(PanelKind::Workplaces, 3),
            panel(PanelKind::Places, 12),
            panel(PanelKind::Skills, 12),
            panel(PanelKind::Companies, 12),
        ];
        for width in [20, 40, 60, 80, 100, 120, 180, 240] {
            for height in [3, 10, 18, 22, 33, 60] {
                let area = Area {
                    x: 0,
                    y: 1,
                    width,
                    height,
                };
                for focus in 0..panels.len() {
                    let placed = place(&panels, focus, area);
                    assert!(
                        placed.iter().any(|placed| placed.panel == focus),
                        "{width}×{height}: {focus}"
                    );
                    for one in &placed {
                        let Area {
                            x,
                            y,
                            width: w,
                            height: h,
                        } = one.area;
                        assert!(x + w <= width && y + h <= 1 + height, "{width}×{height}");
                        assert!(y >= 1 && h >= 1);
                    }
                }
            }
        }
    }
}
