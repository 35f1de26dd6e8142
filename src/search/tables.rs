//! One atom of a query judged over every distinct value: for each column it asks about, a table of verdicts.

mod lists;

use std::sync::Arc;

use super::columns::{Columns, Part};
use super::description;
use super::index::Index;
use super::lanes;
use super::marks::Marks;
use super::rows::RowSet;
use super::test::{self, TextTest};
use super::texts::Texts;
use super::verdict::{Tier, Verdict};
use super::word::Scorer;
use crate::board::Date;
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
    /// For each field of which every text was judged, the verdicts.
    texts: Vec<(Field, Arc<[Verdict]>)>,
}

impl Tables {
    /// Tables that say yes of these rows.
    pub(super) fn of_rows(rows: Arc<RowSet>) -> Self {
        Self {
            rows: Some(rows),
            ..Self::default()
        }
    }

    /// Adds a table, unless it says no of everything.
    fn push(&mut self, part: Part, verdicts: impl Iterator<Item = Verdict>) {
        let table: Arc<[Verdict]> = verdicts.collect();
        if table.iter().any(|&verdict| verdict != Verdict::FALSE) {
            self.parts.push((part, table));
        }
    }

    /// Whether they say no of every posting.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.rows.is_none() && !self.all
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
    index: &'a Index,
    columns: &'a Columns,
    marks: &'a Marks,
    today: Date,
    cancelled: &'a dyn Fn() -> bool,
    /// What a beginning of the word is known to find, in the same fields.
    before: Option<Tables>,
    /// What this one finds.
    texts: Vec<(Field, Arc<[Verdict]>)>,
    scorer: Scorer,
}

impl<'a> Judge<'a> {
    /// A judge of this index on this day.
    pub(super) fn new(
        index: &'a Index,
        marks: &'a Marks,
        today: Date,
        cancelled: &'a dyn Fn() -> bool,
    ) -> Self {
        Self {
            index,
            columns: index.columns(),
            marks,
            today,
            cancelled,
            before: None,
            texts: Vec::new(),
            scorer: Scorer::default(),
        }
    }

    /// Takes into account what a beginning of the word found.
    pub(super) fn after(self, before: Option<Tables>) -> Self {
        Self { before, ..self }
    }

    /// The tables of an atom, its negation left aside; `None` if the search was cancelled.
    pub(super) fn atom(&mut self, atom: &Atom) -> Option<Tables> {
        let mut tables = Tables::default();
        let columns = self.columns;
        match (&atom.test, atom.field) {
            (Test::Absent, Some(Field::Text)) => {
                tables.rows = Some(Arc::new(description::absent(self.index)));
            }
            (Test::Absent | Test::Date(_), Some(field @ (Field::Applied | Field::FollowUp))) => {
                tables.rows = Some(Arc::new(self.day_of_mark(&atom.test, field)));
            }
            (Test::Absent, Some(field)) => tables.parts.push(self.absent(field)),
            (Test::Date(test), field) => self.date(*test, field, &mut tables),
            (Test::Salary(test), _) => {
                let pay = columns.salary.records.iter();
                tables.push(Part::Salary, pay.map(|pay| test::salary(test, pay)));
            }
            (Test::State(state), _) if state.is_mark() => {
                let rows = self.marks.in_state(self.index.len(), *state);
                tables.rows = Some(Arc::new(rows));
            }
            (Test::Has(kept), _) => {
                let rows = self.marks.keeping(self.index.len(), *kept);
                tables.rows = Some(Arc::new(rows));
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
        tables.texts = std::mem::take(&mut self.texts);
        Some(tables)
    }

    /// The rows where a day that the person marked passes; where there is none, only its absence does.
    fn day_of_mark(&self, test: &Test, field: Field) -> RowSet {
        let days = match field {
            Field::Applied => self.marks.applied(),
            _ => self.marks.follow_ups(),
        };
        let mut rows = RowSet::new(self.index.len());
        match test {
            Test::Date(test) => {
                let passing = days
                    .iter()
                    .filter(|(_, day)| test::day(*test, field, **day, self.today));
                passing.for_each(|(&row, _)| rows.insert(row as usize));
            }
            _ => (0..self.index.len())
                .filter(|row| !days.contains_key(&(*row as u32)))
                .for_each(|row| rows.insert(row)),
        }
        rows
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
                let before = self
                    .before
                    .as_ref()
                    .and_then(|before| before.rows.as_deref());
                let found = description::matching(self.index, test, before, self.cancelled)?;
                tables.rows = Some(Arc::new(found));
                Some(())
            }
            Some(field) => self.kinds(test, field, tables),
        }
    }

    /// The verdict on each text.
    fn each(&mut self, test: &TextTest, texts: &Texts, field: Field) -> Option<Arc<[Verdict]>> {
        let before = self.before.iter().flat_map(|before| &before.texts);
        let before = before.clone().find(|(known, _)| *known == field);
        let before = before.map(|(_, verdicts)| Arc::clone(verdicts));
        let found = |text: usize| before.as_ref().is_none_or(|found| found[text].is_true());
        let mut verdicts = vec![Verdict::FALSE; texts.len()];
        if let (Some(word), Some(blocks)) = (test.as_word(), texts.blocks())
            && lanes::fits(word)
        {
            let may_hold = |text: usize| word.may_stand_in(texts.letter_set(text)) && found(text);
            blocks.judge(word, weight(field), may_hold, &mut verdicts, self.cancelled)?;
            if !matches!(test, TextTest::Word(_)) {
                let scattered = |verdict: &&mut Verdict| verdict.tier() == Some(Tier::Scattered);
                let scattered = verdicts.iter_mut().filter(scattered);
                scattered.for_each(|verdict| *verdict = Verdict::FALSE);
            }
            let odd = blocks.odd.iter().map(|&odd| odd as usize);
            self.one_by_one(
                test,
                texts,
                odd.filter(|&odd| found(odd)),
                field,
                &mut verdicts,
            )?;
        } else {
            let all = (0..texts.len()).filter(|&text| found(text));
            self.one_by_one(test, texts, all, field, &mut verdicts)?;
        }
        let verdicts: Arc<[Verdict]> = verdicts.into();
        self.texts.push((field, Arc::clone(&verdicts)));
        Some(verdicts)
    }

    fn one_by_one(
        &mut self,
        test: &TextTest,
        texts: &Texts,
        which: impl Iterator<Item = usize>,
        field: Field,
        verdicts: &mut [Verdict],
    ) -> Option<()> {
        for (at, number) in which.enumerate() {
            self.look_up(at)?;
            verdicts[number] = match test {
                TextTest::Word(word) if !word.may_stand_in(texts.letter_set(number)) => {
                    Verdict::FALSE
                }
                test => test.judge(texts.get(number), weight(field), &mut self.scorer),
            };
        }
        Some(())
    }

    /// Now and then, whether to go on.
    fn look_up(&self, at: usize) -> Option<()> {
        (!at.is_multiple_of(SLICE) || !(self.cancelled)()).then_some(())
    }

    fn title(&mut self, test: &TextTest, tables: &mut Tables) -> Option<()> {
        let columns = self.columns;
        let words = self.each(test, &columns.titles, Field::Title)?;
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
        for at in 0..records.len() {
            self.look_up(at)?;
            let scorer = &mut self.scorer;
            let verdict = records
                .get(at)
                .map(|title| title.judge(test, weight(Field::Title), scorer));
            verdicts.push(verdict.unwrap_or_default());
        }
        tables.push(Part::Numbered, verdicts.into_iter());
        Some(())
    }
}
