//! The user's marks on each posting, as plain columns.
//!
//! The search knows nothing about journals: the caller fills in the marks row by row.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Row;
use super::index::Index;
use super::remote::RemoteRules;
use super::rows::RowSet;
use crate::board::Date;
use crate::board::fold::fold;
use crate::query::{Kept, State};

/// Marks on a posting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowMarks {
    flags: u32,
    /// Date of the application.
    pub applied: Option<Date>,
    /// Date of the reminder.
    pub follow_up: Option<Date>,
}

impl RowMarks {
    /// Sets or clears a state.
    #[must_use]
    pub fn with(self, state: State, holds: bool) -> Self {
        self.flagged(state_flag(state), holds)
    }

    /// Sets or clears an entry.
    #[must_use]
    pub fn keeping(self, kept: Kept, holds: bool) -> Self {
        self.flagged(kept_flag(kept), holds)
    }

    /// Whether it is in a state.
    pub fn is(self, state: State) -> bool {
        self.flags & state_flag(state) != 0
    }

    /// Whether it has an entry.
    pub fn has(self, kept: Kept) -> bool {
        self.flags & kept_flag(kept) != 0
    }

    fn flagged(self, flag: u32, holds: bool) -> Self {
        let others = self.flags & !flag;
        let flags = if holds { others | flag } else { others };
        Self { flags, ..self }
    }
}

fn state_flag(state: State) -> u32 {
    1 << state as u32
}

fn kept_flag(kept: Kept) -> u32 {
    1 << (State::NAMES.len() + kept as usize)
}

/// Marks on every posting of a board.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks {
    /// Flags by index number; missing ones are unmarked.
    flags: Vec<u32>,
    /// Flags of rows that are elsewhere.
    elsewhere: Option<Elsewhere>,
    applied: BTreeMap<u32, Date>,
    follow_up: BTreeMap<u32, Date>,
    /// The user's notes, folded.
    notes: BTreeMap<u32, String>,
}

/// Flags of rows that are elsewhere, most of which follow from rules.
#[derive(Debug, Clone, PartialEq)]
struct Elsewhere {
    rules: Arc<RemoteRules>,
    /// Rows with other flags than their news: these flags, and those of the news.
    settled: BTreeMap<u32, (u32, u32)>,
}

impl Elsewhere {
    fn flags(&self, index: &Index, number: u32) -> u32 {
        let settled = self.settled.get(&number).map(|(flags, _)| *flags);
        let flags = settled.unwrap_or_else(|| self.news(index, number));
        let muted = index
            .elsewhere()
            .is_some_and(|remote| remote.is_muted(Row(number)));
        flags | if muted { state_flag(State::Muted) } else { 0 }
    }

    /// Flags that follow from when a posting appeared and changed.
    fn news(&self, index: &Index, number: u32) -> u32 {
        let row = Row(number);
        let publications = index
            .elsewhere()
            .and_then(|remote| remote.publications(row));
        let news = self.rules.news.as_ref().zip(publications);
        let Some((news, (arrived, changed))) = news else {
            return 0;
        };
        let state = match news.since {
            since if arrived > since => State::New,
            since if changed > since => State::Changed,
            _ => return 0,
        };
        if index.posting(row).is_open(news.today) {
            state_flag(state)
        } else {
            0
        }
    }

    fn set(&mut self, index: &Index, number: u32, flags: u32) {
        // What is muted follows from the rules alone.
        let flags = flags & !state_flag(State::Muted);
        let news = self.news(index, number);
        if flags == news {
            self.settled.remove(&number);
        } else {
            self.settled.insert(number, (flags, news));
        }
    }

    fn count(&self, state: State) -> usize {
        let news = self.rules.news.as_ref();
        let all = news.map_or(0, |news| match state {
            State::New => news.new,
            State::Changed => news.changed,
            _ => 0,
        });
        let flag = state_flag(state);
        let settled = self.settled.values();
        let otherwise = settled.clone().filter(|(_, news)| news & flag != 0).count();
        let marked = settled.filter(|(flags, _)| flags & flag != 0).count();
        all.saturating_sub(otherwise) + marked
    }
}

impl Marks {
    /// Marks on a board whose rows are elsewhere, where these rules apply.
    pub fn elsewhere(rules: RemoteRules) -> Self {
        Self {
            elsewhere: Some(Elsewhere {
                rules: Arc::new(rules),
                settled: BTreeMap::new(),
            }),
            ..Self::default()
        }
    }

    /// The rules that apply to rows that are elsewhere.
    pub fn rules(&self) -> Option<&Arc<RemoteRules>> {
        self.elsewhere.as_ref().map(|elsewhere| &elsewhere.rules)
    }

    /// Rows elsewhere whose flags are set, whatever the news say, in ascending order.
    pub(super) fn settled(&self) -> Vec<i32> {
        let settled = self.elsewhere.iter().flat_map(|all| all.settled.keys());
        settled.map(|number| number.cast_signed()).collect()
    }

    /// Rows elsewhere with this state set, in ascending order.
    pub(super) fn listed(&self, state: State) -> Vec<i32> {
        let settled = self.elsewhere.iter().flat_map(|all| &all.settled);
        let listed = settled.filter(|(_, (flags, _))| flags & state_flag(state) != 0);
        listed.map(|(number, _)| number.cast_signed()).collect()
    }

    fn flags(&self, index: &Index, number: u32) -> u32 {
        match &self.elsewhere {
            Some(elsewhere) => elsewhere.flags(index, number),
            None => self.flags.get(number as usize).copied().unwrap_or_default(),
        }
    }

    /// Marks on a posting.
    pub fn get(&self, index: &Index, row: Row) -> RowMarks {
        index
            .orders()
            .number(row)
            .map_or_else(RowMarks::default, |number| RowMarks {
                flags: self.flags(index, number),
                applied: self.applied.get(&number).copied(),
                follow_up: self.follow_up.get(&number).copied(),
            })
    }

    /// Sets the marks on a posting.
    pub fn set(&mut self, index: &Index, row: Row, marks: RowMarks) {
        let Some(number) = index.orders().number(row) else {
            return;
        };
        let known = self.flags.len() > number as usize;
        if let Some(elsewhere) = &mut self.elsewhere {
            elsewhere.set(index, number, marks.flags);
        } else if !known && marks.flags != 0 {
            self.flags.resize(index.len(), 0);
        }
        if let Some(flags) = self.flags.get_mut(number as usize) {
            *flags = marks.flags;
        }
        set_day(&mut self.applied, number, marks.applied);
        set_day(&mut self.follow_up, number, marks.follow_up);
    }

    /// Sets the note on a posting, which terms can search.
    pub fn set_note(&mut self, index: &Index, row: Row, note: Option<&str>) {
        let Some(number) = index.orders().number(row) else {
            return;
        };
        match note {
            Some(note) => self.notes.insert(number, fold(note)),
            None => self.notes.remove(&number),
        };
    }

    /// Bitmap of the rows whose folded note passes.
    pub(super) fn with_note(&self, rows: usize, passes: impl Fn(&str) -> bool) -> RowSet {
        let mut set = RowSet::new(rows);
        let passing = self.notes.iter().filter(|(_, note)| passes(note));
        passing.for_each(|(&number, _)| set.insert(number as usize));
        set
    }

    /// Bitmap of the rows without a note.
    pub(super) fn without_note(&self, rows: usize) -> RowSet {
        let mut set = RowSet::new(rows);
        let absent = (0..rows).filter(|&row| !self.notes.contains_key(&(row as u32)));
        absent.for_each(|row| set.insert(row));
        set
    }

    /// Number of postings in a state.
    pub fn count(&self, state: State) -> usize {
        if let Some(elsewhere) = &self.elsewhere {
            return elsewhere.count(state);
        }
        let flag = state_flag(state);
        self.flags.iter().filter(|flags| *flags & flag != 0).count()
    }

    /// Bitmap of the rows in `state`.
    pub(super) fn in_state(&self, rows: usize, state: State) -> RowSet {
        let flag = state_flag(state);
        self.flagged(rows, |flags| flags & flag != 0)
    }

    /// Bitmap of the rows that are muted but not hidden.
    pub(super) fn only_muted(&self, rows: usize) -> RowSet {
        let (muted, hidden) = (state_flag(State::Muted), state_flag(State::Hidden));
        self.flagged(rows, |flags| flags & (muted | hidden) == muted)
    }

    /// Bitmap of the rows with an entry.
    pub(super) fn keeping(&self, rows: usize, kept: Kept) -> RowSet {
        let flag = kept_flag(kept);
        self.flagged(rows, |flags| flags & flag != 0)
    }

    /// Dates of applications, by row.
    pub(super) fn applied(&self) -> &BTreeMap<u32, Date> {
        &self.applied
    }

    /// Dates of reminders, by row.
    pub(super) fn follow_ups(&self) -> &BTreeMap<u32, Date> {
        &self.follow_up
    }

    fn flagged(&self, rows: usize, wanted: impl Fn(u32) -> bool) -> RowSet {
        let mut set = RowSet::new(rows);
        for (number, flags) in self.flags.iter().enumerate() {
            if wanted(*flags) {
                set.insert(number);
            }
        }
        let settled = self.elsewhere.iter().flat_map(|all| &all.settled);
        for (number, (flags, _)) in settled {
            if wanted(*flags) {
                set.insert(*number as usize);
            }
        }
        set
    }
}

fn set_day(days: &mut BTreeMap<u32, Date>, number: u32, day: Option<Date>) {
    match day {
        Some(day) => days.insert(number, day),
        None => days.remove(&number),
    };
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::board::{Board, Posting};
    use crate::query::parse;
    use crate::search::{Request, Searcher};

    const TODAY: Date = Date::constant(2026, 10, 1);

    fn index() -> Arc<Index> {
        let postings = ["ant", "bee", "cat", "dog"].map(|id| Posting {
            id: id.into(),
            title: format!("Keeper of the {id}"),
            company: Some(if id == "dog" { "Kennel" } else { "Zoo" }.into()),
            ..Posting::default()
        });
        let board = Board::new("b".into(), postings.into(), Vec::new());
        Arc::new(Index::new(Arc::new(board)))
    }

    fn marks(index: &Index) -> Marks {
        let mut marks = Marks::default();
        let mut set = |id: &str, of: RowMarks| marks.set(index, index.row(id).unwrap(), of);
        let none = RowMarks::default();
        set(
            "ant",
            none.with(State::Hidden, true).with(State::Muted, true),
        );
        set("bee", none.with(State::Muted, true));
        let day = |text: &str| text.parse().ok();
        set(
            "cat",
            RowMarks {
                applied: day("2026-09-20"),
                follow_up: day("2026-09-30"),
                ..none.with(State::Applied, true).keeping(Kept::Note, true)
            },
        );
        set("dog", none.with(State::New, true));
        let cat = index.row("cat").unwrap();
        marks.set_note(index, cat, Some("Grüße von Ada.\nShe calls back."));
        marks
    }

    #[test]
    fn marks_are_searchable_and_hidden_postings_excluded() {
        let index = index();
        let marks = Arc::new(marks(&index));
        let mut searcher = Searcher::new(Arc::clone(&index));
        // Hidden and muted: the number of further matches.
        for (query, found, kept_out) in [
            ("", "cat dog", (1, 1)),
            ("keeper", "cat dog", (1, 1)),
            ("ant", "", (1, 0)),
            ("is:hidden", "ant", (0, 0)),
            ("is:muted", "bee", (1, 0)),
            ("!is:hidden", "cat dog", (0, 1)),
            ("is:new", "dog", (0, 0)),
            ("!is:new", "cat", (1, 1)),
            ("is:applied", "cat", (0, 0)),
            ("has:note", "cat", (0, 0)),
            ("note:call", "cat", (0, 0)),
            ("note:grusse", "cat", (0, 0)),
            ("note:'call'", "", (0, 0)),
            ("note:\"calls back\"", "cat", (0, 0)),
            ("note:dog", "", (0, 0)),
            ("!note:ada", "dog", (1, 1)),
            ("note:none", "dog", (1, 1)),
            ("note:ada|ben dog", "", (0, 0)),
            ("has:cv", "", (0, 0)),
            ("applied:<30d", "cat", (0, 0)),
            ("applied:<5d", "", (0, 0)),
            ("applied:none", "dog", (1, 1)),
            ("followup:<=0d", "cat", (0, 0)),
            ("followup:>0d", "", (0, 0)),
            ("company:=zoo", "cat", (1, 1)),
        ] {
            let request = Request {
                query: parse(query),
                today: TODAY,
                limit: 9,
                marks: Arc::clone(&marks),
                ..Request::default()
            };
            let matches = searcher.search(&request, &|| false).unwrap();
            let ids: Vec<_> = matches
                .rows
                .iter()
                .map(|row| index.posting(*row).id.clone())
                .collect();
            assert_eq!(ids.join(" "), found, "{query}");
            assert_eq!((matches.hidden, matches.muted), kept_out, "{query}");
            let company =
                |facet: &&crate::search::Facet| facet.field == crate::query::Field::Company;
            let counted = matches.facets.iter().find(company);
            let counted: usize = counted
                .iter()
                .flat_map(|facet| &facet.values)
                .map(|v| v.count)
                .sum();
            let expected = if query == "company:=zoo" {
                2
            } else {
                matches.total
            };
            assert_eq!(counted, expected, "facets count what is shown: {query}");
        }
    }

    #[test]
    fn hidden_postings_are_shown_on_request_and_new_marks_apply_immediately() {
        let index = index();
        let mut searcher = Searcher::new(Arc::clone(&index));
        let mut request = Request {
            query: parse("keeper"),
            today: TODAY,
            limit: 9,
            marks: Arc::new(marks(&index)),
            hidden: true,
            ..Request::default()
        };
        let mut total = |request: &Request| searcher.search(request, &|| false).unwrap().total;
        assert_eq!(total(&request), 4);
        request.hidden = false;
        assert_eq!(total(&request), 2);
        request.marks = Arc::default();
        assert_eq!(total(&request), 4);
        request.query = parse("keeper is:new");
        assert_eq!(total(&request), 0);
    }

    #[test]
    fn counts_by_state() {
        let index = index();
        let marks = marks(&index);
        assert_eq!(marks.count(State::Muted), 2);
        assert_eq!(marks.count(State::Saved), 0);
        let row = index.row("cat").unwrap();
        assert!(marks.get(&index, row).has(Kept::Note));
        assert_eq!(Marks::default().get(&index, row), RowMarks::default());
    }
}
