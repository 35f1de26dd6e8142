//! The market screen: what the postings of the query pay and ask for, as panels of bars. Each bar narrows the query.

mod panel;
mod placing;

use std::sync::Arc;

pub use panel::{Panel, PanelBar, PanelKind};
pub use placing::{Placed, columns_of};

use super::layout::Area;
use super::{Action, App, Message};
use crate::app::browser::Browser;
use crate::market::Market;

/// The open market screen.
#[derive(Debug, Default)]
pub struct MarketScreen {
    panels: Vec<Panel>,
    /// The panel with the cursor.
    panel: usize,
    /// The bar under the cursor.
    bar: usize,
}

impl MarketScreen {
    /// The screen of a market, once that is known.
    fn new(market: Option<&Market>) -> Self {
        let mut screen = Self::default();
        if let Some(market) = market {
            screen.show(market);
        }
        screen
    }

    /// Shows a market; the cursor stays on its panel and bar where they are still there.
    fn show(&mut self, market: &Market) {
        let panel = self.panels.get(self.panel).map(|panel| panel.kind);
        let bar = self.current().map(|bar| bar.label.clone());
        self.panels = panel::all(market);
        let at = self.panels.iter().position(|next| Some(next.kind) == panel);
        self.panel = at
            .unwrap_or(self.panel)
            .min(self.panels.len().saturating_sub(1));
        let bars = self
            .panels
            .get(self.panel)
            .map_or(&[][..], |panel| &panel.bars);
        let at = bars
            .iter()
            .position(|next| Some(&next.label) == bar.as_ref());
        self.bar = at.unwrap_or(0);
    }

    /// The panels.
    pub fn panels(&self) -> &[Panel] {
        &self.panels
    }

    /// The panel and the bar under the cursor.
    pub fn cursor(&self) -> (usize, usize) {
        (self.panel, self.bar)
    }

    fn current(&self) -> Option<&PanelBar> {
        self.panels.get(self.panel)?.bars.get(self.bar)
    }

    /// Whether the cursor is on a bar of pay, which finds the postings that reach its lower end.
    pub(super) fn is_on_pay(&self) -> bool {
        self.panels.get(self.panel).is_some_and(Panel::is_pay)
    }

    /// Areas of the panels.
    pub fn placed(&self, area: Area) -> Vec<Placed> {
        placing::place(&self.panels, self.panel, area)
    }

    fn bars(&self) -> usize {
        self.panels
            .get(self.panel)
            .map_or(0, |panel| panel.bars.len())
    }

    /// Moves to the next or previous panel, around the ends.
    fn switch_panel(&mut self, next: bool) {
        let count = self.panels.len().max(1);
        self.panel = (self.panel + if next { 1 } else { count - 1 }) % count;
        self.bar = 0;
    }

    /// Moves within a panel, and on to its neighbour at its ends.
    fn step(&mut self, next: bool) {
        match self.bar.checked_add_signed(if next { 1 } else { -1 }) {
            Some(bar) if bar < self.bars() => self.bar = bar,
            _ if next && self.panel + 1 < self.panels.len() => self.switch_panel(true),
            None if !next && self.panel > 0 => {
                self.switch_panel(false);
                self.bar = self.bars().saturating_sub(1);
            }
            _ => {}
        }
    }

    /// Moves the cursor. Returns whether the action is a movement.
    fn act(&mut self, action: Action) -> bool {
        let is_chart = self.panels.get(self.panel).is_some_and(Panel::is_chart);
        match action {
            // Weeks are side by side.
            Action::Left | Action::Right if is_chart => {
                let step = if action == Action::Right { 1 } else { -1 };
                let bar = self.bar.saturating_add_signed(step);
                self.bar = bar.min(self.bars().saturating_sub(1));
            }
            Action::Down | Action::Up if is_chart => self.switch_panel(action == Action::Down),
            Action::Down => self.step(true),
            Action::Up => self.step(false),
            Action::Right | Action::NextPane | Action::NextHeading => self.switch_panel(true),
            Action::Left | Action::PreviousPane | Action::PreviousHeading => {
                self.switch_panel(false);
            }
            Action::First => (self.panel, self.bar) = (0, 0),
            Action::Last => {
                self.panel = self.panels.len().saturating_sub(1);
                self.bar = self.bars().saturating_sub(1);
            }
            _ => return false,
        }
        true
    }

    /// Moves the cursor to the bar under a cell. Returns whether there is one.
    fn point(&mut self, area: Area, x: u16, y: u16) -> bool {
        let cursor = self.cursor();
        let placed = self.placed(area);
        let found = placed.iter().find_map(|placed| {
            let panel = &self.panels[placed.panel];
            let bar = placed.bar_at(panel, cursor, x, y)?;
            Some((placed.panel, bar))
        });
        if let Some((panel, bar)) = found {
            (self.panel, self.bar) = (panel, bar);
        }
        found.is_some()
    }
}

impl App {
    /// The market screen, while it is open and nothing is in front of it.
    pub fn market(&self) -> Option<&MarketScreen> {
        self.market.as_ref()
    }

    /// Opens the market of the query.
    pub(super) fn open_market(&mut self) {
        self.market = Some(MarketScreen::new(self.known_market.as_deref()));
    }

    /// Takes the market of a search, or why it has none, unless something newer was asked meanwhile.
    pub(super) fn take_market(&mut self, generation: u64, market: Result<Arc<Market>, String>) {
        if !self.browser.is_newest(generation) {
            return;
        }
        let (market, why) = match market {
            Ok(market) => (Some(market), None),
            Err(why) => (None, Some(why)),
        };
        self.told_market = (generation, why);
        self.known_market = market;
        if let Some(screen) = &mut self.market {
            match &self.known_market {
                Some(market) => screen.show(market),
                // That of the query before is not that of this one.
                None => *screen = MarketScreen::default(),
            }
        }
    }

    /// Why there is no market of the query.
    pub fn missing_market(&self) -> Option<&str> {
        self.told_market.1.as_deref()
    }

    /// Whether the market of the query is still being counted.
    pub fn is_market_pending(&self) -> bool {
        !self.browser.is_newest(self.told_market.0)
    }

    /// Handles an input on the market screen.
    pub(super) fn update_market(&mut self, message: &Message) {
        let area = self.layout().middle;
        let Some(screen) = &mut self.market else {
            return;
        };
        match message {
            Message::Action(action) => self.act_in_market(*action),
            Message::Click(x, y) => _ = screen.point(area, *x, *y),
            Message::DoubleClick(x, y) if screen.point(area, *x, *y) => {
                self.act_in_market(Action::Enter);
            }
            Message::Wheel(_, _, lines) => screen.step(*lines > 0),
            _ => {}
        }
    }

    fn act_in_market(&mut self, action: Action) {
        let Some(screen) = &mut self.market else {
            return;
        };
        match action {
            Action::Enter | Action::Toggle => {
                let text = self.browser.query_line.text();
                let narrowed = screen.current().map(|bar| bar.filter.toggle(text));
                if let Some(text) = narrowed {
                    self.browse(|browser, context| browser.narrow(&text, context));
                }
            }
            Action::Back | Action::Escape | Action::Market => self.market = None,
            Action::Search | Action::IncludeUnjudged | Action::JumpBack => {
                self.browse(|browser, context| {
                    browser.update(&Message::Action(action), context);
                });
            }
            action if screen.act(action) => {}
            action => self.act_anywhere(action),
        }
    }
}

impl Browser {
    /// Searches with a query that a group narrowed; the earlier one can be gone back to.
    fn narrow(&mut self, text: &str, context: &super::context::Context<'_>) {
        self.leave_trail(context);
        self.list.chosen = None;
        self.set_query(text, context);
    }
}
