//! One atom of a query judged over every distinct value: for each column it asks about, a table of verdicts.

mod lists;

use std::sync::Arc;

use super::columns::{Columns, Part};
use super::description;
use super::rows::RowSet;
use super::test::{self, TextTest};
use super::texts::Texts;
use super::verdict::Verdict;
use super::word::Scorer;
use crate::board::{Board, Date};
use crate::query::{Atom, DateTest, Field, Test};

/// Values judged between two looks at whether the search was cancelled.
const SLICE: usize = 2048;

/// What an atom, apart from its negation, says of every posting: the best of what its tables say.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    /// For each column that is asked, the verdict on each of its records.
    pub(super) parts: Vec<(Part, Arc<[Verdict]>)>,
    /// Rows that pass for what is no column.
    pub(super) rows: Option<Arc<RowSet>>,
    /// Every row passes.
    pub(super) all: bool,
}

impl Tables {
    fn push(&mut self, part: Part, verdicts: impl Iterator<Item = Verdict>) {
        self.parts.push((part, verdicts.collect()));
    }
}

/// How much a field weighs in a rank.
pub(super) fn weight(field: Field) -> u32 {
    match field {
        Field::Title => 3,
        Field::Company | Field::Team => 2,
        Field::Location | Field::Country | Field::Region | Field::City => 1,
        _ => 0,
    }
}

/// Judges atoms.
pub(super) struct Judge<'a> {
    board: &'a Board,
    columns: &'a Columns,
    today: Date,
    cancelled: &'a dyn Fn() -> bool,
    scorer: Scorer,
}

impl<'a> Judge<'a> {
    /// A judge of this board on this day.
    pub(super) fn new(
        board: &'a Board,
        columns: &'a Columns,
        today: Date,
        cancelled: &'a dyn Fn() -> bool,
    ) -> Self {
        Self {
            board,
            columns,
            today,
            cancelled,
            scorer: Scorer::default(),
        }
    }

    /// The tables of an atom, its negation left aside; `None` if the search was cancelled.
    pub(super) fn atom(&mut self, atom: &Atom) -> Option<Tables> {
        let mut tables = Tables::default();
        let columns = self.columns;
        match (&atom.test, atom.field) {
            (Test::Absent, Some(Field::Text)) => {
                tables.rows = Some(Arc::new(description::absent(self.board)));
            }
            (Test::Absent, Some(field)) => tables.parts.push(self.absent(field)),
            (Test::Date(test), field) => self.date(*test, field, &mut tables),
            (Test::Salary(test), _) => {
                let pay = columns.salary.records.iter();
                tables.push(Part::Salary, pay.map(|pay| test::salary(test, pay)));
            }
            (Test::State(state), _) => {
                let judge = |&closes| test::state(*state, closes, self.today);
                tables.push(Part::Closes, columns.closes.records.iter().map(judge));
            }
            (test, field) => match TextTest::new(test) {
                None => tables.all = true,
                Some(test) => self.text(&test, field, &mut tables)?,
            },
        }
        Some(tables)
    }

    fn date(&self, test: DateTest, field: Option<Field>, tables: &mut Tables) {
        let (part, field, days) = if field == Some(Field::Closes) {
            (Part::Closes, Field::Closes, &self.columns.closes.records)
        } else {
            (Part::Posted, Field::Posted, &self.columns.posted.records)
        };
        let judge = |&day| test::date(test, field, day, self.today);
        tables.push(part, days.iter().map(judge));
    }

    /// A text test of one field, or of the default ones.
    fn text(&mut self, test: &TextTest, field: Option<Field>, tables: &mut Tables) -> Option<()> {
        match field {
            None => {
                self.title(test, tables)?;
                self.groups(test, &[Field::Company, Field::Team], tables)?;
                self.places(test, tables)?;
                self.tags(test, tables)
            }
            Some(Field::Title) => self.title(test, tables),
            Some(field @ (Field::Company | Field::Team)) => self.groups(test, &[field], tables),
            Some(Field::Location) => self.places(test, tables),
            Some(Field::Country) => self.countries(test, tables),
            Some(Field::Region) => self.regions(test, tables),
            Some(Field::City) => self.cities(test, tables),
            Some(Field::Tag) => self.tags(test, tables),
            Some(Field::Text) => {
                let found = description::matching(self.board, test, self.cancelled)?;
                tables.rows = Some(Arc::new(found));
                Some(())
            }
            Some(field) => self.kinds(test, field, tables),
        }
    }

    /// The verdict on each text.
    fn each(&mut self, test: &TextTest, texts: &Texts, field: Field) -> Option<Vec<Verdict>> {
        let mut verdicts = Vec::with_capacity(texts.len());
        for at in 0..texts.len() {
            self.look_up(at)?;
            verdicts.push(match test {
                TextTest::Word(word) if !word.may_stand_in(texts.letter_set(at)) => Verdict::FALSE,
                test => test.judge(texts.get(at), weight(field), &mut self.scorer),
            });
        }
        Some(verdicts)
    }

    /// Now and then, whether to go on.
    fn look_up(&self, at: usize) -> Option<()> {
        (!at.is_multiple_of(SLICE) || !(self.cancelled)()).then_some(())
    }

    fn title(&mut self, test: &TextTest, tables: &mut Tables) -> Option<()> {
        let columns = self.columns;
        let words = self.each(test, &columns.titles.texts, Field::Title)?;
        let titles = columns.title.records.iter();
        let verdicts = titles.map(|title| {
            // Where such a title ends, its number stands.
            if title.numbered && test.asks_for_end() {
                Verdict::FALSE
            } else {
                words[title.text as usize]
            }
        });
        tables.push(Part::Title, verdicts);
        if columns.tails.may_hold(test) {
            self.numbered(test, tables)?;
        }
        Some(())
    }

    /// The titles with a requisition number, for what stands in the number or reaches into it.
    fn numbered(&mut self, test: &TextTest, tables: &mut Tables) -> Option<()> {
        let records = &self.columns.numbered.records;
        let mut verdicts = Vec::with_capacity(records.len());
        for (at, title) in records.iter().enumerate() {
            self.look_up(at)?;
            let scorer = &mut self.scorer;
            let verdict = title
                .as_ref()
                .map(|title| title.judge(test, weight(Field::Title), scorer));
            verdicts.push(verdict.unwrap_or_default());
        }
        tables.push(Part::Numbered, verdicts.into_iter());
        Some(())
    }
}
