//! What stands before everything else until it is answered: a list to choose from, or a question.

use super::cursor::Cursor;
use super::input::Line;
use super::note::Note;
use super::prompt::{Prompt, PromptTopic};
use super::{Action, Mode};
use crate::query::Sort;
use crate::search;
use crate::tracking::{PostingKey, Reason, Stage};

/// A popup.
#[derive(Debug)]
pub enum Popup {
    /// A list to choose from.
    Choose(Chooser),
    /// A question.
    Ask(Ask),
    /// A note being written.
    Note(Box<Note>),
    /// A line that is asked for.
    Prompt(Prompt),
}

/// A question that a key answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Whether this url is to be opened.
    Open(Address),
    /// Whether the person applied to this posting, having opened its url.
    Applied(PostingKey),
    /// Whether the board is to be brought up to date with so many sources.
    Sync(usize),
    /// Whether that is to be stopped.
    StopSync,
}

/// A url, and the part of it that says whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The whole.
    pub url: String,
    /// Its host, or the address that a mail goes to.
    pub host: String,
}

impl Address {
    /// Reads a url; `None` if it names nobody.
    pub fn parse(written: &str) -> Option<Self> {
        let url = url::Url::parse(written).ok()?;
        let host = match url.scheme() {
            "http" | "https" => url.host_str()?.to_owned(),
            "mailto" => url.path().to_owned(),
            _ => return None,
        };
        Some(Self {
            url: url.into(),
            host,
        })
    }
}

/// What a list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The keys of a mode.
    Keys(Mode),
    /// The questions or headings of what is being read.
    Outline,
    /// The interviews of the board.
    Interviews,
    /// What is wrong in the board's files.
    Problems,
    /// The stages of an application.
    Stages,
    /// Why something is hidden.
    Reasons,
    /// The orders that postings can stand in.
    Orders,
    /// The saved views.
    Views,
    /// The applications, stage by stage.
    Pipeline,
    /// What happened to the board since the last look.
    News,
}

/// What choosing an entry does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Does what the key would do.
    Act(Action),
    /// Goes to a heading of the outline.
    Heading(usize),
    /// Opens an interview.
    Interview(String),
    /// Reaches a stage.
    Stage(Stage),
    /// Hides, for this reason.
    Hide(Reason),
    /// Asks for a line.
    Prompt(PromptTopic),
    /// Sorts like this; not at all, by rank.
    Sort(Option<Sort>),
    /// Asks this instead.
    Query(String),
    /// Opens a posting, which may be gone from the board.
    Posting(PostingKey),
    /// Lists these postings, gone from the board.
    Gone,
    /// Nothing but closing the list.
    Nothing,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What stands before the text in a column of its own: the keys.
    pub keys: String,
    /// The text.
    pub text: String,
    /// What choosing it does.
    pub choice: Choice,
}

impl Entry {
    /// An entry without keys.
    pub fn plain(text: impl Into<String>, choice: Choice) -> Self {
        Self {
            keys: String::new(),
            text: text.into(),
            choice,
        }
    }
}

/// A list that narrows as one types.
#[derive(Debug)]
pub struct Chooser {
    /// What it is about.
    pub topic: Topic,
    /// What was typed.
    pub filter: Line,
    entries: Vec<Entry>,
    /// The entries that what was typed leaves, in their order.
    shown: Vec<usize>,
    /// Whether something was typed that they do not know of yet: whoever types fast waits for one answer, not for many.
    stale: bool,
    cursor: Cursor,
}

impl Chooser {
    /// A list with the cursor on one of its entries.
    pub fn new(topic: Topic, entries: Vec<Entry>, at: usize) -> Self {
        let mut chooser = Self {
            topic,
            filter: Line::default(),
            shown: (0..entries.len()).collect(),
            entries,
            stale: false,
            cursor: Cursor::default(),
        };
        chooser.cursor.choose(at, chooser.shown.len());
        chooser
    }

    /// The entries that are left, as of when the list was last settled.
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

    /// Writes another text into an entry.
    pub(super) fn rename(&mut self, at: usize, text: String) {
        if let Some(entry) = self.entries.get_mut(at) {
            entry.text = text;
        }
    }

    /// Moves the cursor.
    pub fn move_by(&mut self, rows: isize) {
        self.narrow();
        self.cursor.move_by(rows, self.shown.len());
    }

    /// Puts the cursor on one of the entries that are left.
    pub fn choose(&mut self, row: usize) {
        self.narrow();
        self.cursor.choose(row, self.shown.len());
    }

    /// Brings the cursor into view.
    pub fn settle(&mut self, in_view: usize) {
        self.narrow();
        self.cursor.settle(self.shown.len(), in_view);
    }

    /// What the entry under the cursor does.
    pub fn chosen(&mut self) -> Option<Choice> {
        self.narrow();
        let at = self.shown.get(self.cursor.at())?;
        Some(self.entries[*at].choice.clone())
    }

    /// Edits the filter, if that is what the action does.
    pub fn act(&mut self, action: Action) {
        self.stale |= self.filter.act(action) == Some(true);
    }

    /// Types into the filter.
    pub fn write(&mut self, typed: &str) {
        self.stale |= self.filter.write(typed);
    }

    /// Types a text that comes from outside.
    pub fn paste(&mut self, raw: &str) {
        self.filter.paste(raw);
        self.stale = true;
    }

    /// Leaves the entries that every typed word fits, the cursor on the best of them. A key finds its own entry.
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
        self.choose(row.unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_narrows_and_finds_the_best() {
        let entries = ["move down", "edit the query", "down a page"]
            .map(|text| Entry::plain(text, Choice::Nothing));
        let mut chooser = Chooser::new(Topic::Outline, entries.to_vec(), 1);
        for c in "down".chars() {
            chooser.act(Action::Insert(c));
        }
        chooser.settle(10);
        let shown: Vec<&str> = chooser.shown().map(|entry| entry.text.as_str()).collect();
        assert_eq!(shown, ["move down", "down a page"]);
        chooser.act(Action::DeleteToStart);
        chooser.settle(10);
        assert_eq!(chooser.shown().len(), 3);
        chooser.paste("nothing like it");
        assert_eq!(chooser.chosen(), None);
    }

    #[test]
    fn a_url_is_asked_about_by_its_host() {
        for (url, host) in [
            ("https://example.org/jobs?x=1", Some("example.org")),
            ("https://good.example@evil.example/", Some("evil.example")),
            ("mailto:jobs@example.org", Some("jobs@example.org")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("not a url", None),
        ] {
            let read = Address::parse(url).map(|address| address.host);
            assert_eq!(read.as_deref(), host, "{url}");
        }
    }
}
