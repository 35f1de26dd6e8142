//! A map of the cities: the outlines of the land, and a dot for each city by its number of postings.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::symbols::Marker;
use ratatui::text::Span;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Map, MapResolution};

use super::ink;
use crate::app::layout::Area;
use crate::config::Theme;
use crate::market::Dot;
use crate::ui::{rect, text};

/// The smallest part of the world that is shown, in degrees of longitude.
const LEAST: f64 = 24.0;
/// Cities that are named.
const NAMED: usize = 4;

/// Draws the part of the world that holds the cities.
pub(super) fn draw(
    dots: &[Dot],
    chosen: Option<&str>,
    theme: &Theme,
    area: Area,
    frame: &mut Frame<'_>,
) {
    let area = Area {
        x: area.x + 2,
        width: area.width.saturating_sub(3),
        ..area
    };
    let Some(window) = Window::around(dots, area) else {
        return;
    };
    let most = dots.iter().map(|dot| dot.count).max().unwrap_or(1);
    let cell = (window.east.1 - window.east.0) / f64::from(area.width.max(1));
    let row = (window.north.1 - window.north.0) / f64::from(area.height.max(1));
    let named = dots.iter().rev().take(NAMED);
    let mut labels: Vec<(f64, f64, String)> = Vec::new();
    for dot in named {
        let (north, east) = dot.coordinates.degrees();
        let label = text::truncate(&dot.label, 14);
        let width = cell * columns(&label);
        // At the right of the dot, where it fits and is free.
        let at = east + 2.0 * cell;
        let fits = at + width < window.east.1;
        let is_free = labels.iter().all(|(other, from, label)| {
            let to = from + cell * columns(label);
            (other - north).abs() > row || at > to || at + width < *from
        });
        if fits && is_free {
            labels.push((north, at, label));
        }
    }
    let canvas = Canvas::default()
        .marker(Marker::Braille)
        .x_bounds([window.east.0, window.east.1])
        .y_bounds([window.north.0, window.north.1])
        .paint(|context| {
            context.draw(&Map {
                color: ink(theme.border),
                resolution: MapResolution::High,
            });
            context.layer();
            for dot in dots {
                let (north, east) = dot.coordinates.degrees();
                let sign = match 8 * dot.count / most {
                    4.. => "●",
                    1..4 => "•",
                    _ => "·",
                };
                let style = if chosen == Some(dot.label.as_str()) {
                    theme.hit_current
                } else {
                    Style::new().fg(ink(theme.progress))
                };
                context.print(east, north, Span::styled(sign, style));
            }
            for (north, east, label) in &labels {
                context.print(
                    *east,
                    *north,
                    Span::styled(label.clone(), Style::new().fg(ink(theme.muted))),
                );
            }
        });
    canvas.render(rect(area), frame.buffer_mut());
}

/// Columns of a short text.
fn columns(label: &str) -> f64 {
    f64::from(u16::try_from(text::columns(label)).unwrap_or(u16::MAX))
}

/// A part of the world, in degrees.
struct Window {
    north: (f64, f64),
    east: (f64, f64),
}

impl Window {
    /// The part around all dots, in the proportions of the area.
    fn around(dots: &[Dot], area: Area) -> Option<Self> {
        let degrees = || dots.iter().map(|dot| dot.coordinates.degrees());
        let ends = |of: fn((f64, f64)) -> f64| {
            let least = degrees().map(of).reduce(f64::min)?;
            let most = degrees().map(of).reduce(f64::max)?;
            Some((least, most))
        };
        let (north, east) = (ends(|(north, _)| north)?, ends(|(_, east)| east)?);
        let middle = |(from, to): (f64, f64)| f64::midpoint(from, to);
        // A cell is about twice as high as wide, and a degree of longitude shrinks towards the poles.
        let shape = f64::from(area.width) / (2.0 * f64::from(area.height.max(1)));
        let shrink = middle(north).to_radians().cos().max(0.3);
        let wide = ((east.1 - east.0) * 1.15).max(LEAST);
        let high = ((north.1 - north.0) * 1.25).max(LEAST * shrink / shape);
        let wide = wide.max(high * shape / shrink).min(360.0);
        let high = high.max(wide * shrink / shape).min(150.0);
        let around = |middle: f64, span: f64, least: f64, most: f64| {
            let from = (middle - span / 2.0).clamp(least, (most - span).max(least));
            (from, from + span)
        };
        Some(Self {
            north: around(middle(north), high, -65.0, 85.0),
            east: around(middle(east), wide, -180.0, 180.0),
        })
    }
}
