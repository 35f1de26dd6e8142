//! The detail pane: the selected posting, with query matches highlighted.

use std::ops::Range;
use std::sync::Arc;

use super::Browser;
use crate::app::Action;
use crate::app::context::Context;
use crate::app::cursor::page_step;
use crate::app::evidence::EvidenceView;
use crate::app::layout::{Layout, Pane};
use crate::app::page::Page;
use crate::board::Posting;
use crate::document::{BlockKind, Document, Hit};
use crate::market::Market;
use crate::query::{Field, Query};
use crate::search::{Highlighter, Index, Readings, Row};

/// Places of a posting shown in the detail pane.
const MOST_PLACES: usize = 6;

/// The posting shown in the detail pane.
#[derive(Debug)]
pub struct Detail {
    /// Its text.
    pub page: Page,
    /// Query matches, in line order.
    pub marks: Vec<Hit>,
    /// The evidence of its facts.
    pub evidence: EvidenceView,
    row: Row,
    /// Version of the user's marks that the text shows.
    version: u64,
    /// The market that the text compares to.
    market: Option<Arc<Market>>,
    /// Query for which the highlights were computed; `None` if they are outdated.
    asked: Option<(Query, Readings)>,
}

impl Detail {
    /// The same posting on a reloaded board, at the same scroll position; `None` if it is gone.
    pub(super) fn moved(self, before: &Index, now: &Index) -> Option<Self> {
        let row = now.row(&before.posting(self.row).id)?;
        Some(Self {
            marks: Vec::new(),
            row,
            // The new text is filled in before the next frame.
            version: u64::MAX,
            asked: None,
            evidence: EvidenceView::default(),
            ..self
        })
    }
}

impl Browser {
    /// Updates the detail pane to the selected posting, wrapped to the pane.
    pub(super) fn settle_detail(&mut self, layout: &Layout, context: &Context<'_>) {
        let (Some(row), Some(area)) = (self.selected(), layout.detail) else {
            if self.selected().is_none() {
                self.detail = None;
            }
            return;
        };
        // Two columns are reserved at the left and one at the right.
        let width = area.body().width.saturating_sub(3).max(1);
        let version = context.marks.version;
        let is_same = |detail: &Detail| match (&detail.market, context.market) {
            (Some(shown), Some(known)) => Arc::ptr_eq(shown, known),
            (shown, known) => shown.is_none() && known.is_none(),
        };
        let stale =
            |detail: &Detail| detail.row == row && (detail.version != version || !is_same(detail));
        if self.detail.as_ref().is_some_and(stale) {
            let document = preview_page(row, context);
            if let Some(detail) = &mut self.detail {
                detail.page.replace(document);
                detail.version = version;
                detail.market = context.market.cloned();
                detail.asked = None;
                detail.evidence = EvidenceView::default();
            }
        }
        match &mut self.detail {
            Some(detail) if detail.row == row => {
                let lines = detail.page.lines().len();
                detail.page.set_width(width);
                let same = detail.asked.as_ref().is_some_and(|(query, readings)| {
                    *query == self.query && *readings == self.matches.readings
                });
                if same && lines == detail.page.lines().len() {
                    return;
                }
                detail.evidence.locate(&detail.page);
            }
            _ => {
                let document = preview_page(row, context);
                self.detail = Some(Detail {
                    page: Page::new(document, width),
                    marks: Vec::new(),
                    evidence: EvidenceView::default(),
                    row,
                    version,
                    market: context.market.cloned(),
                    asked: None,
                });
            }
        }
        if let Some(detail) = &mut self.detail {
            let posting = context.index.posting(row);
            let highlighter =
                Highlighter::new(self.matches.answered(&self.query), &self.matches.readings);
            detail.marks = marks(&detail.page, &posting, &highlighter);
            detail.asked = Some((self.query.clone(), self.matches.readings.clone()));
        }
    }

    /// Scrolls the posting beside the list. Returns whether the action is a movement.
    pub(super) fn move_detail(&mut self, action: Action, context: &Context<'_>) -> bool {
        self.prepare(context);
        let height = self.pane_height(Pane::Detail, context);
        match &mut self.detail {
            Some(detail) => move_page(&mut detail.page, action, height),
            None => false,
        }
    }

    pub(super) fn turn_to_heading(&mut self, next: bool, context: &Context<'_>) {
        self.prepare(context);
        if let Some(detail) = &mut self.detail {
            detail.page.turn_to_heading(next);
        }
    }
}

/// Page of a posting with a short list of places, so that the description begins in view.
fn preview_page(row: Row, context: &Context<'_>) -> Document {
    let page = context.posting_page(&context.index.posting(row));
    page.with_places(MOST_PLACES)
}

/// Scrolls a page. Returns whether the action is a movement.
fn move_page(page: &mut Page, action: Action, height: usize) -> bool {
    match action {
        Action::Up => _ = page.scroll(-1, height),
        Action::Down => _ = page.scroll(1, height),
        Action::First => page.turn_to_end(false, height),
        Action::Last => page.turn_to_end(true, height),
        _ => match page_step(action, height) {
            Some(by) => _ = page.scroll(by, height),
            None => return false,
        },
    }
    true
}

/// Query matches on a posting's page: letters of its title and facts, literals in its description.
fn marks(page: &Page, posting: &Posting, highlighter: &Highlighter) -> Vec<Hit> {
    let highlights = highlighter.posting(posting);
    let mut hits = Vec::new();
    let mut describing = Vec::new();
    for (at, block) in page.document().blocks.iter().enumerate() {
        use BlockKind::{Byline, Fact, Meta, Title};
        if !matches!(block.kind, Title | Byline | Fact | Meta) {
            describing.push(at);
            continue;
        }
        let text = block.text();
        let mut ranges = Vec::new();
        for (field, value) in values(posting) {
            if let Some(start) = text.find(value) {
                let found = highlights.ranges(field, value).into_iter();
                ranges.extend(found.map(|range| start + range.start..start + range.end));
            }
        }
        hits.extend(page.locate(at, &merged(ranges)));
    }
    for literal in highlighter.literals() {
        let found = page.find(&literal).into_iter();
        hits.extend(found.filter(|hit| describing.contains(&page.lines()[hit.line].block)));
    }
    hits.sort_by_key(|hit| (hit.line, hit.start));
    hits
}

/// The values that a query tests, as shown on the page.
fn values(posting: &Posting) -> impl Iterator<Item = (Field, &str)> {
    let places = posting.locations.iter();
    let one = [
        (Field::Title, Some(&posting.title)),
        (Field::Company, posting.company.as_ref()),
        (Field::Team, posting.team.as_ref()),
    ];
    one.into_iter()
        .filter_map(|(field, value)| Some((field, value?.as_str())))
        .chain(places.map(|place| (Field::Location, place.written.as_str())))
        .chain(posting.tags.iter().map(|tag| (Field::Tag, tag.as_str())))
}

/// Merges ordered ranges that touch.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
