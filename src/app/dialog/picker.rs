//! Pickers: a short menu chosen by key, or a long list filtered by typing.

use super::{Answer, Context, Outcome};
use crate::app::cursor::Cursor;
use crate::app::cursor::page_step;
use crate::app::input::Line;
use crate::app::layout::{Area, Layout};
use crate::app::{Action, Effect, Message, Mode};
use crate::search;

/// Subject of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The actions of a mode, with their keys.
    Keys(Mode),
    /// The questions or headings of the open document.
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
    /// The themes, previewed under the cursor.
    Themes,
    /// The terms of the query language.
    Terms,
    /// The saved views.
    Views,
    /// Marked postings that are gone from the board.
    Gone,
    /// The changes of the board since the last visit.
    News,
    /// The ways on from the first start.
    Welcome,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// A column before the text: keys, a count, or a stage.
    pub keys: String,
    /// The text.
    pub text: String,
    /// Synonyms for filtering.
    pub also: &'static str,
    /// Whether it is a heading, which cannot be chosen.
    pub is_heading: bool,
    /// Whether a heading is a remark or a gap rather than a title.
    pub is_remark: bool,
    /// The answer when it is chosen.
    pub choice: Answer,
}

impl Entry {
    /// An entry without keys.
    pub fn plain(text: impl Into<String>, choice: Answer) -> Self {
        Self {
            keys: String::new(),
            text: text.into(),
            also: "",
            is_heading: false,
            is_remark: false,
            choice,
        }
    }

    /// A heading of the entries below it.
    pub fn heading(text: impl Into<String>) -> Self {
        Self {
            is_heading: true,
            ..Self::plain(text, Answer::Nothing)
        }
    }

    /// A line of text that cannot be chosen.
    pub fn remark(text: impl Into<String>) -> Self {
        Self {
            is_remark: true,
            ..Self::heading(text)
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

/// Sign of the current entry.
pub const IN_USE: &str = "•";

/// Way of choosing entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// By moving or by an entry's key; other characters do nothing.
    Menu,
    /// A menu that is being filtered.
    FilteredMenu,
    /// By typing, which filters the list.
    List,
}

/// A list to choose from.
#[derive(Debug)]
pub struct Picker {
    /// Subject of the list.
    pub topic: Topic,
    /// Heading, with the posting's name if it is about one.
    pub title: String,
    /// Text of the filter.
    pub filter: Line,
    style: Style,
    entries: Vec<Entry>,
    /// Indexes of the entries that match the filter.
    shown: Vec<usize>,
    /// Filter changed; `shown` is stale until the next frame.
    stale: bool,
    cursor: Cursor,
}

impl Picker {
    /// Columns of the widest list, including its border.
    pub const WIDEST: usize = 120;

    /// A long list, filtered by typing, with the cursor on entry `at`.
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
        picker.leave_heading(1);
        picker
    }

    /// A short menu, chosen by key, with the cursor on entry `at`; characters are only typed after starting the filter.
    pub fn menu(topic: Topic, title: impl Into<String>, entries: Vec<Entry>, at: usize) -> Self {
        Self {
            style: Style::Menu,
            ..Self::list(topic, title, entries, at)
        }
    }

    /// What the keys do in the list of views; elsewhere the mode says it.
    pub(super) fn keys(&self) -> &'static [(Action, &'static str)] {
        match (self.style, self.topic) {
            (Style::Menu, Topic::Views) => &[
                (Action::Enter, "open"),
                (Action::Rename, "rename"),
                (Action::Delete, "delete"),
                (Action::Search, "filter"),
                (Action::Escape, "close"),
            ],
            (_, Topic::Problems) => &[
                (Action::Enter, "copy"),
                (Action::Down, "next"),
                (Action::Escape, "close"),
            ],
            _ => &[],
        }
    }

    pub(super) fn mode(&self) -> Mode {
        match (self.style, self.topic) {
            (Style::Menu, _) => Mode::Menu,
            (_, Topic::Keys(_)) => Mode::Help,
            _ => Mode::Picker,
        }
    }

    /// Entries that match the filter, as of the last settling.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.shown.iter().map(|at| &self.entries[*at])
    }

    /// Every entry.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The current entry, and the first visible one.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Area of the list, including its border and filter.
    pub fn area(&self, layout: &Layout) -> Area {
        let columns = match self.topic {
            Topic::Keys(_) => 64,
            Topic::Orders | Topic::Themes => 40,
            Topic::Stages | Topic::Reasons => 56,
            Topic::Welcome => 52,
            Topic::Terms | Topic::Outline | Topic::Interviews | Topic::Views | Topic::News => 76,
            Topic::Problems | Topic::Gone => Self::WIDEST as u16,
        };
        let rows = u16::try_from(self.entries.len()).unwrap_or(u16::MAX);
        layout.popup(columns, rows.saturating_add(1))
    }

    /// Adds entries at the end.
    pub(in crate::app) fn append(&mut self, entries: Vec<Entry>) {
        let before = self.entries.len();
        self.entries.extend(entries);
        if self.filter.text().is_empty() {
            // The cursor stays where it is.
            self.shown.extend(before..self.entries.len());
        } else {
            self.stale = true;
        }
    }

    /// Replaces the text of an entry.
    pub(in crate::app) fn rename(&mut self, at: usize, text: String) {
        if let Some(entry) = self.entries.get_mut(at) {
            entry.text = text;
        }
    }

    /// Applies the filter and scrolls the cursor into view.
    pub(in crate::app) fn settle(&mut self, area: Area) {
        self.narrow();
        self.cursor.settle(self.shown.len(), rows_in(area));
    }

    pub(super) fn update(&mut self, message: &Message, context: &Context) -> Outcome {
        match message {
            Message::Action(action) => {
                let before = self.cursor.at();
                let outcome = self.act(*action, rows_in(context.area));
                let moved = matches!(outcome, Outcome::Stay) && self.cursor.at() != before;
                return match self.theme_at_cursor().filter(|_| moved) {
                    Some(theme) => Outcome::Effect(Effect::Theme(theme)),
                    None => outcome,
                };
            }
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
            Action::Escape | Action::Back => {
                // Restores the previous theme.
                let theme = self.entries.iter().find_map(|entry| match &entry.choice {
                    Answer::Theme(name) if entry.keys == IN_USE => Some(name.clone()),
                    _ => None,
                });
                return theme.map_or(Outcome::Close, |name| {
                    Outcome::Answer(Answer::RestoreTheme(name))
                });
            }
            Action::Enter => return self.choose(),
            Action::Search if self.style == Style::Menu => self.style = Style::FilteredMenu,
            Action::Rename | Action::Delete if self.topic == Topic::Views => {
                return self.change_view(action);
            }
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

    fn change_view(&mut self, action: Action) -> Outcome {
        self.narrow();
        match self.shown.get(self.cursor.at()) {
            Some(at) if matches!(self.entries[*at].choice, Answer::Query(_)) => {
                Outcome::Answer(match action {
                    Action::Rename => Answer::AskToRenameView(*at),
                    _ => Answer::AskToDeleteView(*at),
                })
            }
            _ => Outcome::Stay,
        }
    }

    /// The theme under the cursor.
    fn theme_at_cursor(&self) -> Option<String> {
        match &self.entries[*self.shown.get(self.cursor.at())?].choice {
            Answer::Theme(name) => Some(name.clone()),
            _ => None,
        }
    }

    fn choose(&mut self) -> Outcome {
        self.narrow();
        match self.shown.get(self.cursor.at()) {
            Some(at) => Outcome::Answer(self.entries[*at].choice.clone()),
            None => Outcome::Stay,
        }
    }

    /// Chooses the entry with this key; reports any other key.
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
        self.leave_heading(rows.signum());
    }

    fn go_to(&mut self, row: usize) {
        self.narrow();
        self.cursor.choose(row, self.shown.len());
        self.leave_heading(1);
    }

    /// Moves the cursor off a heading in the direction of movement, or down from the first heading.
    fn leave_heading(&mut self, step: isize) {
        let is_heading = |picker: &Self| {
            let at = picker.shown.get(picker.cursor.at());
            at.is_some_and(|at| picker.entries[*at].is_heading)
        };
        for _ in 0..self.shown.len() {
            if is_heading(self) {
                self.cursor.move_by(step, self.shown.len());
            }
        }
        for _ in 0..self.shown.len() {
            if is_heading(self) {
                self.cursor.move_by(-step, self.shown.len());
            }
        }
    }

    /// Keeps the entries that match every typed word, and moves the cursor to the best one; help sorts the best one
    /// first. A single key finds its entry.
    fn narrow(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        let typed = self.filter.text().trim();
        let mut by = search::Ranker::new(typed);
        let is_key = |entry: &Entry| entry.keys.split(' ').any(|key| key == typed);
        let mut ranked: Vec<_> = self
            .entries
            .iter()
            .map(|entry| {
                (
                    is_key(entry),
                    words_found(entry, typed),
                    by.rank(&entry.text),
                )
            })
            .enumerate()
            .filter(|(at, (is_key, words, rank))| {
                let heading = self.entries[*at].is_heading;
                !heading && (*is_key || words.is_some() || rank.is_some())
                    || heading && typed.is_empty()
            })
            .collect();
        if matches!(self.topic, Topic::Keys(_)) && !typed.is_empty() {
            // Scattered letters count only where nothing else is found.
            let is_found = |(_, (is_key, words, _)): &(usize, (bool, Option<u8>, _))| {
                *is_key || words.is_some()
            };
            if ranked.iter().any(is_found) {
                ranked.retain(is_found);
            }
            ranked.sort_by(|(_, one), (_, other)| other.cmp(one));
        }
        let best = ranked.iter().map(|(_, rank)| rank).max();
        let row = ranked.iter().position(|(_, rank)| Some(rank) == best);
        self.shown = ranked.into_iter().map(|(at, _)| at).collect();
        self.cursor.choose(row.unwrap_or(0), self.shown.len());
        self.leave_heading(1);
    }
}

/// How well every typed word is a prefix of a word of an entry, in its text or synonyms; `None` if one is not.
fn words_found(entry: &Entry, typed: &str) -> Option<u8> {
    let starts = |text: &str, word: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|known| known.to_lowercase().starts_with(word))
    };
    let typed = typed.to_lowercase();
    let tiers = typed.split_whitespace().map(|word| {
        if starts(&entry.text, word) {
            Some(2)
        } else {
            starts(entry.also, word).then_some(1)
        }
    });
    tiers.collect::<Option<Vec<u8>>>()?.into_iter().min()
}

/// Number of entries that fit into an area; one row is the filter.
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
    fn headings_are_passed_over_and_other_words_find_an_entry() {
        let mut entries = entries();
        entries.insert(0, Entry::heading("First"));
        entries.insert(2, Entry::heading("Second"));
        entries[3].also = "alter change";
        let mut picker = Picker::list(Topic::Keys(Mode::Browse), "", entries, 0);
        assert_eq!(picker.cursor().at(), 1);
        picker.update(&Message::Action(Action::Down), &context());
        assert_eq!(picker.cursor().at(), 3);
        picker.update(&Message::Action(Action::Up), &context());
        picker.update(&Message::Action(Action::Up), &context());
        assert_eq!(picker.cursor().at(), 1);
        picker.update(&typed("chan"), &context());
        let chosen = picker.update(&Message::Action(Action::Enter), &context());
        let Outcome::Answer(Answer::Query(text)) = chosen else {
            panic!("{chosen:?}");
        };
        assert_eq!(text, "edit the query");
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
