//! The query line: editing, applying or cancelling, and the history.

use super::Browser;
use crate::app::Action;
use crate::app::context::Context;
use crate::app::input::Line;
use crate::app::layout::Pane;
use crate::query;

/// Maximum length of the history.
const HISTORY: usize = 50;

/// Text and editing state of the query.
#[derive(Debug, Default)]
pub struct QueryLine {
    line: Line,
    /// The text before editing; `None` while not typing.
    before: Option<String>,
    /// Applied queries, most recent last.
    history: Vec<String>,
    /// Position in the history of a recalled query, and the text typed before.
    recalled: Option<(usize, String)>,
}

impl QueryLine {
    /// A query line with a text and the history of earlier sessions.
    pub fn new(text: &str, history: Vec<String>) -> Self {
        Self {
            line: Line::new(text),
            history,
            ..Self::default()
        }
    }

    /// The line.
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.line.text()
    }

    /// Whether the query is being typed.
    pub fn is_typing(&self) -> bool {
        self.before.is_some()
    }

    /// Applied queries, most recent last.
    pub fn history(&self) -> &[String] {
        &self.history
    }

    /// Replaces the text.
    pub fn set(&mut self, text: &str) {
        self.line = Line::new(text);
        self.recalled = None;
    }

    /// Starts typing a new term after the last one.
    fn begin(&mut self) {
        if self.before.is_none() {
            self.before = Some(self.text().to_owned());
            self.set(&query::continued(self.text()));
        }
    }

    /// Ends typing and keeps the text, without a trailing space.
    fn apply(&mut self) {
        if self.before.take().is_some() {
            let text = query::trimmed(self.text()).to_owned();
            self.set(&text);
            self.remember(text);
        }
    }

    /// Ends typing and restores the previous text.
    fn cancel(&mut self) {
        if let Some(before) = self.before.take() {
            self.set(&before);
        }
    }

    fn remember(&mut self, text: String) {
        if text.is_empty() {
            return;
        }
        self.history.retain(|known| *known != text);
        self.history.push(text);
        let excess = self.history.len().saturating_sub(HISTORY);
        self.history.drain(..excess);
    }

    /// Whether the text was recalled from the history.
    fn is_recalled(&self) -> bool {
        self.recalled.is_some()
    }

    /// Recalls an older or newer query. Returns whether there was one.
    fn recall(&mut self, older: bool) -> bool {
        let (at, typed) = match &self.recalled {
            Some((at, typed)) => (*at, typed.clone()),
            None => (self.history.len(), self.text().to_owned()),
        };
        let at = if older {
            // Skip entries equal to the current query.
            let older = self.history.iter().take(at);
            older
                .enumerate()
                .rev()
                .find(|(_, text)| *text != self.text())
        } else {
            let newer = self.history.iter().enumerate().skip(at + 1);
            newer.into_iter().next()
        };
        match at.map(|(at, text)| (at, text.clone())) {
            Some((at, text)) => {
                self.line = Line::new(&text);
                self.recalled = Some((at, typed));
            }
            None if !older && self.recalled.take().is_some() => self.line = Line::new(&typed),
            None => return false,
        }
        true
    }
}

impl Browser {
    /// Focuses the query line.
    pub(in crate::app) fn begin_typing(&mut self, context: &Context<'_>) {
        if !self.query_line.is_typing() {
            self.left = Some(self.here(context));
        }
        self.query_line.begin();
        self.requery(context);
    }

    /// Leaves the query line and keeps the text.
    pub(in crate::app) fn end_typing(&mut self, context: &Context<'_>) {
        self.query_line.apply();
        let left = self.left.take();
        let left = left.filter(|left| left.query != self.query_line.text());
        if let Some(left) = left {
            self.trail.push(left);
        }
        self.requery(context);
    }

    /// Inserts characters into the query.
    pub(super) fn write(&mut self, typed: &str, context: &Context<'_>) {
        if self.query_line.is_typing() && self.query_line.line.write(typed) {
            self.query_line.recalled = None;
            self.requery(context);
        }
    }

    /// A paste over the list goes into the query.
    pub(super) fn paste(&mut self, raw: &str, context: &Context<'_>) {
        self.begin_typing(context);
        self.query_line.line.paste(raw);
        self.requery(context);
    }

    /// Handles keys in the query line.
    pub(super) fn act_in_query(&mut self, action: Action, context: &Context<'_>) {
        if let Some(changed) = self.query_line.line.act(action) {
            if changed {
                self.query_line.recalled = None;
                self.requery(context);
            }
            return;
        }
        match action {
            Action::Enter => {
                self.end_typing(context);
                self.await_rows();
                self.focus_on(Pane::List);
            }
            Action::Escape => {
                self.query_line.cancel();
                self.left = None;
                self.requery(context);
                self.focus_on(Pane::List);
            }
            Action::QueryHelp => self.open_query_help(),
            _ if self.act_on_advice(action, context) => {}
            Action::Complete if self.complete(context) => {}
            Action::Complete | Action::NextPane | Action::PreviousPane => {
                self.end_typing(context);
                self.next_pane(action != Action::PreviousPane, context);
            }
            Action::Up if self.recalls_older() => self.recall(true, context),
            Action::Down if self.query_line.is_recalled() => self.recall(false, context),
            _ => _ = self.move_list(action, context),
        }
    }

    /// At the top of the list, or while recalling, up goes back in the history.
    fn recalls_older(&self) -> bool {
        self.query_line.is_recalled() || self.list.cursor.at() == 0
    }

    fn recall(&mut self, older: bool, context: &Context<'_>) {
        if self.query_line.recall(older) {
            self.list.chosen = None;
            self.requery(context);
        }
    }

    /// Leaves the query for another, with its best match selected.
    pub(in crate::app) fn go_to_query(&mut self, text: &str, context: &Context<'_>) {
        self.end_typing(context);
        self.leave_trail(context);
        self.list.chosen = None;
        self.list.reset();
        self.focus_on(Pane::List);
        self.set_query(text, context);
    }

    /// Replaces the query; the earlier one can be gone back to, except while typing.
    pub(in crate::app) fn set_query(&mut self, text: &str, context: &Context<'_>) {
        if !self.query_line.is_typing() && self.query_line.text() != text {
            self.leave_trail(context);
        }
        self.query_line.set(text);
        self.requery(context);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &mut QueryLine, text: &str) {
        line.begin();
        line.line.write(text);
    }

    #[test]
    fn cancelling_restores_and_applying_remembers() {
        let mut line = QueryLine::new("rust", Vec::new());
        typed(&mut line, "berlin");
        assert_eq!(line.text(), "rust berlin");
        line.cancel();
        assert_eq!((line.text(), line.is_typing()), ("rust", false));
        typed(&mut line, "");
        line.apply();
        assert_eq!(line.text(), "rust", "no blank is left behind");
        assert_eq!(line.history(), ["rust"]);
    }

    #[test]
    fn the_history_is_walked_back_and_forth() {
        let mut line = QueryLine::new("", vec!["one".into(), "two".into()]);
        typed(&mut line, "th");
        let mut seen = Vec::new();
        for older in [true, true, true, false, false, false] {
            let moved = line.recall(older);
            seen.push((moved, line.text().to_owned()));
        }
        let expected = [
            (true, "two"),
            (true, "one"),
            (false, "one"),
            (true, "two"),
            (true, "th"),
            (false, "th"),
        ];
        assert_eq!(seen, expected.map(|(moved, text)| (moved, text.to_owned())));
    }
}
