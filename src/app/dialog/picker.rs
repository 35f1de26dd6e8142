//! Choosing from a list: a short menu by its keys, a long list by typing.

use super::{Answer, Context, Outcome};
use crate::app::browse::page_step;
use crate::app::cursor::Cursor;
use crate::app::input::Line;
use crate::app::layout::{Area, Layout};
use crate::app::{Action, Message, Mode};
use crate::search;

/// What a list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The actions of a mode, with their keys.
    Keys(Mode),
    /// The questions or headings of what is being read.
    Outline,
    /// The interviews of the board.
    Interviews,
    /// The problems in the board's files.
    Problems,
    /// The stages of an application.
    Stages,
    /// The reasons to hide a posting.
    Reasons,
    /// The sort orders.
    Orders,
    /// The saved views.
    Views,
    /// The applications, stage by stage.
    Pipeline,
    /// The changes of the board since the last visit.
    News,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// A column of its own before the text: keys, a count, a stage.
    pub keys: String,
    /// The text.
    pub text: String,
    /// What choosing it does.
    pub choice: Answer,
}

impl Entry {
    /// An entry without keys.
    pub fn plain(text: impl Into<String>, choice: Answer) -> Self {
        Self {
            keys: String::new(),
            text: text.into(),
            choice,
        }
    }

    /// An entry of a menu with the character that chooses it.
    pub fn hotkey(key: char, text: impl Into<String>, choice: Answer) -> Self {
        Self {
            keys: key.to_string(),
            ..Self::plain(text, choice)
        }
    }
}

/// How entries are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// By moving or by an entry's own key; typing does nothing else.
    Menu,
    /// A menu that is being filtered.
    FilteredMenu,
    /// By typing, which narrows the list.
    List,
}

/// A list to choose from.
#[derive(Debug)]
pub struct Picker {
    /// What it is about.
    pub topic: Topic,
    /// The heading, which names the posting where there is one.
    pub title: String,
    /// The text that narrows the list.
    pub filter: Line,
    style: Style,
    entries: Vec<Entry>,
    /// Positions of the entries that match the filter.
    shown: Vec<usize>,
    /// The filter changed and `shown` was not narrowed yet: fast typing is answered once.
    stale: bool,
    cursor: Cursor,
}

impl Picker {
    /// A long list with the cursor on one of its entries: typing narrows it.
    pub fn list(topic: Topic, title: impl Into<String>, entries: Vec<Entry>, at: usize) -> Self {
        let mut picker = Self {
            topic,
            title: title.into(),
            filter: Line::default(),
            style: Style::List,
            shown: (0..entries.len()).collect(),
            entries,
            stale: false,
            cursor: Cursor::default(),
        };
        picker.cursor.choose(at, picker.shown.len());
        picker
    }

    /// A short menu with the cursor on one of its entries: its keys choose, and nothing is typed unless asked for.
    pub fn menu(topic: Topic, title: impl Into<String>, entries: Vec<Entry>, at: usize) -> Self {
        Self {
            style: Style::Menu,
            ..Self::list(topic, title, entries, at)
        }
    }

    pub(super) fn mode(&self) -> Mode {
        match (self.style, self.topic) {
            (Style::Menu, _) => Mode::Menu,
            (_, Topic::Keys(_)) => Mode::Help,
            _ => Mode::Picker,
        }
    }

    /// The entries that match the filter, as of when the list was last settled.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.shown.iter().map(|at| &self.entries[*at])
    }

    /// Every entry.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry that the cursor is on, and the first in view.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Where the list is drawn, its border and the line above the entries included.
    pub fn area(&self, layout: &Layout) -> Area {
        let columns = match self.topic {
            Topic::Keys(_) => 64,
            Topic::Stages | Topic::Reasons | Topic::Orders => 48,
            Topic::Outline | Topic::Interviews | Topic::Views | Topic::News => 76,
            Topic::Problems | Topic::Pipeline => 120,
        };
        let rows = u16::try_from(self.entries.len()).unwrap_or(u16::MAX);
        layout.popup(columns, rows.saturating_add(1))
    }

    /// Replaces the text of an entry.
    pub(in crate::app) fn rename(&mut self, at: usize, text: String) {
        if let Some(entry) = self.entries.get_mut(at) {
            entry.text = text;
        }
    }

    /// Narrows the list and brings the cursor into view.
    pub(in crate::app) fn settle(&mut self, area: Area) {
        self.narrow();
        self.cursor.settle(self.shown.len(), rows_in(area));
    }

    pub(super) fn update(&mut self, message: &Message, context: &Context) -> Outcome {
        match message {
            Message::Action(action) => return self.act(*action, rows_in(context.area)),
            Message::Typed(text) if self.style == Style::Menu => return self.choose_by_key(text),
            Message::Typed(text) => self.stale |= self.filter.write(text),
            Message::Paste(raw) if self.style != Style::Menu => {
                self.filter.paste(raw);
                self.stale = true;
            }
            Message::Click(x, y) => return self.click(*x, *y, context.area),
            Message::Wheel(_, _, lines) => self.move_by(isize::from(lines.signum())),
            _ => {}
        }
        Outcome::Stay
    }

    fn act(&mut self, action: Action, in_view: usize) -> Outcome {
        match action {
            Action::Escape if self.style == Style::FilteredMenu => {
                self.style = Style::Menu;
                self.filter = Line::default();
                self.stale = true;
            }
            Action::Escape | Action::Back => return Outcome::Close,
            Action::Enter => return self.choose(),
            Action::Search if self.style == Style::Menu => self.style = Style::FilteredMenu,
            Action::Up => self.move_by(-1),
            Action::Down => self.move_by(1),
            Action::First => self.go_to(0),
            Action::Last => self.go_to(usize::MAX),
            _ => match page_step(action, in_view) {
                Some(by) => self.move_by(by),
                None => self.stale |= self.filter.act(action) == Some(true),
            },
        }
        Outcome::Stay
    }

    fn choose(&mut self) -> Outcome {
        self.narrow();
        match self.shown.get(self.cursor.at()) {
            Some(at) => Outcome::Answer(self.entries[*at].choice.clone()),
            None => Outcome::Stay,
        }
    }

    /// Chooses the entry with this key. Any other key changes nothing and says so.
    fn choose_by_key(&mut self, typed: &str) -> Outcome {
        let at = self.entries.iter().position(|entry| entry.keys == typed);
        match at.and_then(|at| self.shown.iter().position(|shown| *shown == at)) {
            Some(row) => {
                self.go_to(row);
                self.choose()
            }
            None => Outcome::Tell(format!("no entry `{typed}` here")),
        }
    }

    fn click(&mut self, x: u16, y: u16, area: Area) -> Outcome {
        if !area.contains(x, y) {
            return Outcome::Close;
        }
        let inner = area.inner();
        if !inner.contains(x, y) || y == inner.y {
            return Outcome::Stay;
        }
        let row = usize::from(y - inner.y - 1) + self.cursor.top();
        if row >= self.shown.len() {
            return Outcome::Stay;
        }
        self.go_to(row);
        self.choose()
    }

    fn move_by(&mut self, rows: isize) {
        self.narrow();
        self.cursor.move_by(rows, self.shown.len());
    }

    fn go_to(&mut self, row: usize) {
        self.narrow();
        self.cursor.choose(row, self.shown.len());
    }

    /// Keeps the entries that every typed word matches, with the cursor on the best one. A key finds its own entry.
    fn narrow(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        let typed = self.filter.text().trim();
        let mut by = search::Ranker::new(typed);
        let is_key = |entry: &Entry| entry.keys.split(' ').any(|key| key == typed);
        let ranked: Vec<_> = self
            .entries
            .iter()
            .map(|entry| (is_key(entry), by.rank(&entry.text)))
            .enumerate()
            .filter(|(_, (is_key, rank))| *is_key || rank.is_some())
            .collect();
        let best = ranked.iter().map(|(_, rank)| rank).max();
        let row = ranked.iter().position(|(_, rank)| Some(rank) == best);
        self.shown = ranked.into_iter().map(|(at, _)| at).collect();
        self.cursor.choose(row.unwrap_or(0), self.shown.len());
    }
}

/// Entries that fit into an area; one row is the line above them.
fn rows_in(area: Area) -> usize {
    usize::from(area.inner().height.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Date;

    fn entries() -> Vec<Entry> {
        [
            ('m', "move down"),
            ('e', "edit the query"),
            ('d', "down a page"),
        ]
        .map(|(key, text)| Entry::hotkey(key, text, Answer::Query(text.to_owned())))
        .to_vec()
    }

    fn context() -> Context {
        Context {
            area: Area {
                width: 40,
                height: 10,
                ..Area::default()
            },
            today: Date::constant(2026, 10, 1),
        }
    }

    fn typed(text: &str) -> Message {
        Message::Typed(text.to_owned())
    }

    #[test]
    fn typing_narrows_a_list_and_finds_the_best() {
        let mut picker = Picker::list(Topic::Outline, "", entries(), 1);
        picker.update(&typed("down"), &context());
        picker.settle(context().area);
        let shown: Vec<&str> = picker.shown().map(|entry| entry.text.as_str()).collect();
        assert_eq!(shown, ["move down", "down a page"]);
        picker.update(&Message::Action(Action::DeleteToStart), &context());
        picker.settle(context().area);
        assert_eq!(picker.shown().len(), 3);
        picker.update(&Message::Paste("nothing like it".into()), &context());
        let chosen = picker.update(&Message::Action(Action::Enter), &context());
        assert!(matches!(chosen, Outcome::Stay));
    }

    #[test]
    fn a_menu_is_chosen_by_its_keys_and_filters_only_when_asked_to() {
        let mut picker = Picker::menu(Topic::Orders, "", entries(), 0);
        assert_eq!(picker.mode(), Mode::Menu);
        let stray = picker.update(&typed("x"), &context());
        assert!(matches!(stray, Outcome::Tell(_)), "{stray:?}");
        assert_eq!(picker.shown().len(), 3);
        let chosen = picker.update(&typed("d"), &context());
        let Outcome::Answer(Answer::Query(text)) = chosen else {
            panic!("{chosen:?}");
        };
        assert_eq!(text, "down a page");
        picker.update(&Message::Action(Action::Search), &context());
        assert_eq!(picker.mode(), Mode::Picker);
        picker.update(&typed("edit"), &context());
        picker.settle(context().area);
        assert_eq!(picker.shown().len(), 1);
        picker.update(&Message::Action(Action::Escape), &context());
        picker.settle(context().area);
        assert_eq!((picker.mode(), picker.shown().len()), (Mode::Menu, 3));
    }
}
