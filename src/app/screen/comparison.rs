//! Postings side by side.

use crate::app::context::Context;
use crate::app::cursor::page_step;
use crate::app::layout::Area;
use crate::app::{Action, Message};
use crate::board::Posting;
use crate::compare::{Candidate, Comparison, Line, Role};
use crate::facts::Facts;
use crate::tracking::{PostingKey, Status};

/// Several postings side by side.
#[derive(Debug)]
pub struct ComparisonScreen {
    keys: Vec<PostingKey>,
    comparison: Comparison,
    lines: Vec<Line>,
    /// Number of lines at the top that do not scroll.
    fixed: usize,
    top: usize,
    /// The selected posting.
    column: usize,
    /// Width and version of the marks that the lines show.
    shown: Option<(u16, u64)>,
}

impl ComparisonScreen {
    /// Compares postings.
    pub(in crate::app) fn new(keys: Vec<PostingKey>) -> Self {
        Self {
            keys,
            comparison: Comparison::default(),
            lines: Vec::new(),
            fixed: 0,
            top: 0,
            column: 0,
            shown: None,
        }
    }

    /// The comparison.
    pub fn comparison(&self) -> &Comparison {
        &self.comparison
    }

    /// The selected posting's number.
    pub fn column(&self) -> usize {
        self.column
    }

    /// The selected posting.
    pub fn selected(&self) -> Option<&PostingKey> {
        self.keys.get(self.column)
    }

    /// The lines at the top that do not scroll.
    pub fn fixed_lines(&self) -> &[Line] {
        &self.lines[..self.fixed.min(self.lines.len())]
    }

    /// The lines that scroll.
    pub fn lines(&self) -> &[Line] {
        &self.lines[self.fixed.min(self.lines.len())..]
    }

    /// The first visible one of the lines that scroll.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The area of the table within the screen.
    pub fn area(area: Area) -> Area {
        let margin = u16::from(area.width > 24);
        Area {
            x: area.x + margin,
            width: area.width.saturating_sub(2 * margin).max(1),
            ..area
        }
    }

    /// Rows for the lines that scroll.
    pub fn rows(&self, area: Area) -> usize {
        usize::from(area.height).saturating_sub(self.fixed).max(1)
    }

    /// Compares again if the marks or the width changed.
    pub(in crate::app) fn settle(&mut self, area: Area, context: &Context<'_>) {
        let width = Self::area(area).width;
        let shown = (width, context.marks.version);
        if self.shown != Some(shown) {
            if self.shown.is_none_or(|(_, version)| version != shown.1) {
                self.comparison = compare(&self.keys, context);
            }
            self.shown = Some(shown);
            self.lines = self.comparison.lines(width.into());
            let is_rule = |line: &Line| line.spans.iter().any(|span| span.role == Role::Rule);
            let rule = self.lines.iter().position(is_rule).map_or(0, |at| at + 1);
            // The heads stay in view where that leaves room for the facts.
            self.fixed = if 3 * rule <= usize::from(area.height) {
                rule
            } else {
                0
            };
        }
        let last = self.lines().len().saturating_sub(self.rows(area));
        self.top = self.top.min(last);
    }

    /// Handles a key, a click or the wheel. Returns the action that belongs to no comparison.
    pub(in crate::app) fn update(&mut self, message: &Message, area: Area) -> Option<Action> {
        let rows = self.rows(area);
        match message {
            Message::Action(action) => match action {
                Action::Up => self.scroll(-1),
                Action::Down => self.scroll(1),
                Action::First => self.top = 0,
                Action::Last => self.top = usize::MAX,
                Action::Left | Action::PreviousPane => self.column = self.column.saturating_sub(1),
                Action::Right | Action::NextPane => {
                    self.column = (self.column + 1).min(self.keys.len().saturating_sub(1));
                }
                action => match page_step(*action, rows) {
                    Some(by) => self.scroll(by),
                    None => return Some(*action),
                },
            },
            Message::Wheel(_, _, lines) => self.scroll(isize::from(*lines)),
            Message::Click(x, y) | Message::DoubleClick(x, y) => {
                let was = self.column;
                if let Some(column) = self.column_at(*x, *y, area) {
                    self.column = column;
                    let opens = matches!(message, Message::DoubleClick(..)) && was == column;
                    return opens.then_some(Action::Enter);
                }
            }
            _ => {}
        }
        None
    }

    fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by);
    }

    /// The posting under a cell.
    fn column_at(&self, x: u16, y: u16, area: Area) -> Option<usize> {
        let row = usize::from(y.checked_sub(area.y)?);
        let line = match row.checked_sub(self.fixed) {
            None => self.fixed_lines().get(row)?,
            Some(row) => self.lines().get(self.top + row)?,
        };
        let x = usize::from(x.checked_sub(Self::area(area).x)?);
        line.column_at(x)
    }
}

/// The comparison of postings; one that is gone from the board as it was when it was marked.
fn compare(keys: &[PostingKey], context: &Context<'_>) -> Comparison {
    let unmarked = Status::default();
    let postings: Vec<(Posting, &Status)> = keys
        .iter()
        .map(|key| {
            let status = context.status(key).unwrap_or(&unmarked);
            let here = context.posting_of(key).map(std::borrow::Cow::into_owned);
            let copy = || status.copy.as_deref().cloned();
            let bare = || Posting {
                title: key.id.clone(),
                ..Posting::default()
            };
            (here.or_else(copy).unwrap_or_else(bare), status)
        })
        .collect();
    let derive = context.settings.derive;
    let facts: Vec<Option<Facts>> = postings
        .iter()
        .map(|(posting, _)| {
            let row = context.index.row(&posting.id);
            derive.then(|| context.index.facts_in_text(row, posting))
        })
        .collect();
    let candidates: Vec<Candidate<'_>> = postings
        .iter()
        .zip(&facts)
        .map(|((posting, status), facts)| Candidate {
            posting,
            facts: facts.as_ref(),
            status,
        })
        .collect();
    Comparison::new(&candidates, context.today)
}
