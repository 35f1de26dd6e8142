//! The bottom line as plain data, so that drawing and clicks agree: the most useful keys, and the postings kept
//! out of the list with the key that shows it.

mod keys;

use unicode_width::UnicodeWidthStr;

use super::count::{at_least, grouped};
use super::dialog::Dialog;
use super::market::MarketScreen;
use super::reader::Subject;
use super::{Action, App, Mode};
use crate::query::{Field, MarkKind};
use crate::search::{Grouping, Reason, Unjudged};

/// Columns between two entries.
const GAP: usize = 3;
/// Minimum columns for the key hints; below it, the count of hidden postings is shortened first.
const LEAST_KEYS: usize = 30;

/// A key with its function, and its first column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What the key does, to be done by a click.
    pub action: Action,
    /// Text before the key.
    pub before: String,
    /// The key.
    pub key: String,
    /// What it does, in a word.
    pub does: &'static str,
    /// The first column.
    pub column: usize,
}

impl Hint {
    /// Columns that it takes.
    pub fn width(&self) -> usize {
        [&self.before, &self.key, self.does]
            .map(UnicodeWidthStr::width)
            .iter()
            .sum::<usize>()
            + 1
    }

    fn covers(&self, column: usize) -> bool {
        (self.column..self.column + self.width()).contains(&column)
    }
}

/// How a text of the bottom line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something happened.
    Notice,
    /// Something is wrong.
    Error,
    /// Something is unfinished.
    Incomplete,
}

/// What the bottom line shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bottom {
    /// What the user should know before anything else.
    pub told: Option<(String, Tone)>,
    /// Key hints at the left; empty while a message is shown.
    pub hints: Vec<Hint>,
    /// What is kept out of the list, at the right.
    pub kept_out: Vec<Hint>,
    /// A state at the right end.
    pub beside: Option<(String, Tone)>,
    /// Columns for the text at the left.
    pub room: usize,
}

impl Bottom {
    /// The action of the hint at a column.
    pub(super) fn action_at(&self, column: usize) -> Option<Action> {
        let mut hints = self.hints.iter().chain(&self.kept_out);
        let found = hints.find(|hint| hint.covers(column))?;
        Some(found.action)
    }
}

impl App {
    /// What the bottom line shows.
    pub fn bottom(&self) -> Bottom {
        let width = usize::from(self.size.0);
        let told = self.notice_text();
        let left = match &told {
            Some((text, _)) => text.width() + 3,
            None => LEAST_KEYS,
        };
        let kept_out = self.kept_out(width.saturating_sub(left + 2));
        let beside = self.beside();
        let end = match (&beside, kept_out.first()) {
            (Some((text, _)), _) => width.saturating_sub(text.width() + 1),
            (None, first) => first.map_or(width, |first| first.column),
        };
        let room = end.saturating_sub(GAP);
        let hints = if told.is_none() {
            self.hints(room)
        } else {
            Vec::new()
        };
        Bottom {
            told,
            hints,
            kept_out,
            beside,
            room,
        }
    }

    /// The position among the hits of the reader, or that marks are lost.
    fn beside(&self) -> Option<(String, Tone)> {
        let Some(reader) = self.reader() else {
            let lost = || ("marks are not kept".to_owned(), Tone::Error);
            return self.trouble().map(|_| lost());
        };
        let (at, of) = reader.find.as_ref()?.count();
        let text = match of {
            0 => "not found".to_owned(),
            of => format!("{} of {}", grouped(at), grouped(of)),
        };
        Some((text, Tone::Notice))
    }

    fn notice_text(&self) -> Option<(String, Tone)> {
        if let Some(notice) = self.notice() {
            let tone = if notice.failed {
                Tone::Error
            } else {
                Tone::Notice
            };
            return Some((notice.text.clone(), tone));
        }
        if !self.shows_panes() {
            return None;
        }
        let marks = &self.browser.query.marks;
        let error = marks.iter().find(|mark| mark.kind == MarkKind::Error);
        if let Some(mark) = error {
            return Some((mark.message.clone(), Tone::Error));
        }
        // Unfinished terms are only reported while typing.
        let unfinished = marks.last().filter(|_| self.mode() == Mode::Query);
        unfinished.map(|mark| (mark.message.clone(), Tone::Incomplete))
    }

    /// Unjudged and hidden postings, at the right end; abbreviated where there is little room.
    fn kept_out(&self, room: usize) -> Vec<Hint> {
        if !self.shows_panes() || self.trouble().is_some() {
            return Vec::new();
        }
        [true, false]
            .into_iter()
            .map(|in_full| self.place_right(self.kept_out_parts(in_full)))
            .find(|parts| room >= taken(parts))
            .unwrap_or_default()
    }

    fn kept_out_parts(&self, in_full: bool) -> Vec<(String, Action, &'static str)> {
        let matches = &self.browser.matches;
        let counted = |count| at_least(count, matches.is_at_least);
        let mut parts = Vec::new();
        if !matches.unjudged.is_empty() {
            let are_shown = self.browser.unjudged;
            let does = if are_shown { "hide" } else { "show" };
            let reasons = matches.unjudged.iter();
            let reasons: Vec<String> = reasons
                .map(|unjudged| not_judged(unjudged, are_shown, matches.is_at_least))
                .collect();
            let what = if in_full || reasons.len() == 1 {
                reasons.join(", ")
            } else {
                let all = matches.unjudged.iter().map(|unjudged| unjudged.count);
                let state = if are_shown { "shown" } else { "hidden" };
                format!("{} unknown {state}", counted(all.sum()))
            };
            parts.push((what, Action::IncludeUnjudged, does));
        }
        let hidden = (matches.hidden > 0).then(|| format!("{} hidden", counted(matches.hidden)));
        let muted = (matches.muted > 0).then(|| format!("{} muted", counted(matches.muted)));
        let kept_out: Vec<String> = hidden.into_iter().chain(muted).collect();
        if self.shows_hidden() {
            parts.push(("hidden shown".to_owned(), Action::ShowHidden, "hide"));
        } else if !kept_out.is_empty() {
            parts.push((kept_out.join(", "), Action::ShowHidden, "show"));
        }
        // An empty list shows its own message.
        if matches.total > 0 {
            let advice = self.advice();
            if let Some(described) = &advice.described {
                let count = format!("{} in descriptions", grouped(described.total));
                parts.push((count, Action::InDescriptions, "search"));
            }
            if advice.looser > 0 {
                let count = looser(advice.looser);
                parts.push((count, Action::Looser, "show"));
            }
        }
        if self.is_loose() {
            parts.push(("looser matches shown".to_owned(), Action::Looser, "hide"));
        }
        parts
    }

    fn place_right(&self, parts: Vec<(String, Action, &'static str)>) -> Vec<Hint> {
        let mut hints: Vec<Hint> = parts
            .into_iter()
            .map(|(count, action, does)| Hint {
                action,
                before: format!("{count} · "),
                key: self
                    .key(Mode::Browse, action)
                    .unwrap_or_default()
                    .to_owned(),
                does,
                column: 0,
            })
            .collect();
        let width = usize::from(self.size.0);
        let mut column = width.saturating_sub(taken(&hints) + 1);
        for hint in &mut hints {
            hint.column = column;
            column += hint.width() + GAP;
        }
        hints
    }

    /// The most useful keys in this mode, as many as fit.
    fn hints(&self, room: usize) -> Vec<Hint> {
        let mode = self.mode();
        let mut hints: Vec<Hint> = Vec::new();
        let mut column = 1;
        let fold = self.group_hint(mode);
        let of_dialog = self.dialog.as_ref().map_or(&[][..], Dialog::keys);
        let known = if !of_dialog.is_empty() {
            of_dialog
        } else if mode == Mode::Browse && self.context().is_choosing() {
            keys::CHOOSING
        } else {
            keys::hints(mode)
        };
        let reader = self.reader().map(|reader| &reader.subject);
        let is_interview = matches!(reader, Some(Subject::Interview(_)));
        let compare = (mode == Mode::Browse && self.browser.list.marked.len() > 1)
            .then_some((Action::Compare, "compare"));
        let is_on_pay =
            mode == Mode::Market && self.market.as_ref().is_some_and(MarketScreen::is_on_pay);
        let goes_back = mode == Mode::Browse && self.browser.similar_to().is_some();
        for (action, does) in compare.iter().chain(&fold).chain(known) {
            let does = match action {
                Action::Back if goes_back => "back",
                Action::Enter if is_on_pay => "pay from there up",
                _ => does,
            };
            let is_idle = match *action {
                Action::Interview => self.index.board().interviews().is_empty(),
                action => {
                    mode == Mode::Reader && is_interview && keys::OF_POSTINGS.contains(&action)
                }
            };
            if is_idle {
                continue;
            }
            let Some(key) = self.key(mode, *action) else {
                continue;
            };
            let hint = Hint {
                action: *action,
                before: String::new(),
                key: key.to_owned(),
                does,
                column,
            };
            if column + hint.width() > room {
                break;
            }
            column += hint.width() + GAP;
            hints.push(hint);
        }
        hints
    }

    /// What opens the selected group, or closes it.
    fn group_hint(&self, mode: Mode) -> Option<(Action, &'static str)> {
        let at = self.browser.list.selected(self.browser.matches.rows.len());
        let grouping = at
            .filter(|_| mode == Mode::Browse)
            .map(|at| self.grouping(at))?;
        match grouping {
            Grouping::Closed(_) => Some((Action::Fold, "expand")),
            Grouping::Open(_) | Grouping::Member => Some((Action::Fold, "collapse")),
            Grouping::Alone => None,
        }
    }
}

/// Columns that entries take side by side.
fn taken(hints: &[Hint]) -> usize {
    let gaps = GAP * hints.len().saturating_sub(1);
    hints.iter().map(Hint::width).sum::<usize>() + gaps
}

/// A number of looser matches.
pub fn looser(count: usize) -> String {
    match count {
        1 => "1 looser match".to_owned(),
        count => format!("{} looser matches", grouped(count)),
    }
}

/// How many postings a filter could not judge and why, and whether they are in the list.
pub fn not_judged(unjudged: &Unjudged, are_shown: bool, is_at_least: bool) -> String {
    let count = at_least(unjudged.count, is_at_least);
    let state = if are_shown { "shown" } else { "hidden" };
    let what = match (unjudged.reason, unjudged.field) {
        (Reason::Incomparable, _) if unjudged.count == 1 => {
            return format!("{count} uses another currency or period");
        }
        (Reason::Incomparable, _) => {
            return format!("{count} use another currency or period");
        }
        (Reason::Absent, Field::Salary) => format!("{count} without pay"),
        (Reason::Absent, Field::Posted) => format!("{count} without a date"),
        (Reason::Absent, Field::Closes) => format!("{count} without a closing date"),
        (Reason::Absent, Field::Near) => format!("{count} without a known place"),
        (Reason::Absent, Field::From) => format!("{count} without a known country"),
        (Reason::Absent, Field::Years) => format!("{count} of unknown experience"),
        (Reason::Absent, Field::Skill) => format!("{count} without skills"),
        (Reason::Absent, Field::Speaks) => format!("{count} of unknown languages"),
        (Reason::Absent, field) => format!("{count} of unknown {}", field.name()),
    };
    format!("{what} {state}")
}
