//! Evaluates an atom on every distinct value: a table of verdicts for each column that it tests.

pub(super) mod lists;
mod whereabouts;

use std::sync::{Arc, OnceLock};

use super::Cancelled;
use super::columns::{ColumnId, Columns, Requirement};
use super::description;
use super::index::Index;
use super::marks::Marks;
use super::place_test::PlaceTest;
use super::predicates::{self, TextTest, literal_hit};
use super::rows::RowSet;
use super::simd_score;
use super::texts::Texts;
use super::values::DEFAULT;
use super::verdict::Verdict;
use super::word::{Scorer, Word, tier_at};
use super::words::{Reading, texts, weight};
use crate::board::Date;
use crate::query::{Anchor, Atom, DateTest, Field, Test};

/// Values evaluated between two checks for cancellation.
const SLICE: usize = 2048;

/// For each value of a field, a bit mask of word positions, computed on demand.
type Positions = Arc<OnceLock<Option<Arc<[u32]>>>>;

/// Verdicts of an atom, ignoring negation: for each posting the maximum over its tables.
#[derive(Debug, Clone, Default)]
pub(super) struct VerdictTables {
    /// For each tested column, the verdict on each record.
    pub(super) parts: Vec<(ColumnId, Arc<[Verdict]>)>,
    /// Matching rows, for tests outside the columns.
    pub(super) rows: Option<Arc<RowSet>>,
    /// Whether every row matches.
    pub(super) all: bool,
    /// For each field whose texts were all evaluated, their verdicts.
    texts: Vec<(Field, Arc<[Verdict]>)>,
    /// For each field, the positions of the words, computed on demand.
    positions: [Positions; DEFAULT.len()],
}

impl VerdictTables {
    /// For each value of a field, a bit mask of the positions that match a reading; `None` if the field is not tested.
    pub(super) fn positions(
        &self,
        index: &Index,
        reading: &Reading,
        field: Field,
    ) -> Option<Arc<[u32]>> {
        if reading.typed.field.is_some_and(|asked| asked != field) {
            return None;
        }
        let at = DEFAULT.iter().position(|&known| known == field)?;
        let positions = self.positions[at].get_or_init(|| {
            let dictionary = index.dictionary();
            let values = texts(index.columns(), field).len();
            let words = (field, dictionary.field(field)?);
            Some(reading.positions(dictionary, words, values).into())
        });
        positions.clone()
    }

    /// Tables that accept these rows.
    pub(super) fn of_rows(rows: Arc<RowSet>) -> Self {
        Self {
            rows: Some(rows),
            ..Self::default()
        }
    }

    /// Merges other tables.
    fn add(&mut self, other: Self) {
        self.parts.extend(other.parts);
        self.texts.extend(other.texts);
    }

    /// Adds a table, unless it rejects everything.
    fn push(&mut self, part: ColumnId, verdicts: impl Iterator<Item = Verdict>) {
        let table: Arc<[Verdict]> = verdicts.collect();
        if table.iter().any(|&verdict| verdict != Verdict::FALSE) {
            self.parts.push((part, table));
        }
    }

    /// Records the verdicts on every text of a field.
    fn with_texts(mut self, field: Field, texts: Arc<[Verdict]>) -> Self {
        self.texts.push((field, texts));
        self
    }

    /// Size in bytes.
    pub(super) fn size(&self) -> usize {
        let parts = self.parts.iter().map(|(_, table)| table.len());
        let texts = self.texts.iter().map(|(_, verdicts)| verdicts.len());
        let rows = self.rows.as_ref().map_or(0, |rows| rows.size());
        let positions = self
            .positions
            .iter()
            .filter_map(|known| known.get()?.as_ref());
        let positions = positions.map(|positions| positions.len());
        parts.chain(texts).chain(positions).sum::<usize>() * size_of::<Verdict>() + rows
    }

    /// Whether every posting is rejected.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.rows.is_none() && !self.all
    }
}

/// Evaluates atoms.
pub(super) struct Evaluator<'a> {
    index: &'a Index,
    columns: &'a Columns,
    marks: &'a Marks,
    today: Date,
    cancelled: Cancelled<'a>,
    /// Tables of a prefix of the word, in the same fields.
    before: Option<&'a VerdictTables>,
}

impl<'a> Evaluator<'a> {
    /// An evaluator for this index and date.
    pub(super) fn new(
        index: &'a Index,
        marks: &'a Marks,
        today: Date,
        cancelled: Cancelled<'a>,
    ) -> Self {
        Self {
            index,
            columns: index.columns(),
            marks,
            today,
            cancelled,
            before: None,
        }
    }

    /// Uses the tables of a prefix of the word.
    pub(super) fn after(self, before: Option<&'a VerdictTables>) -> Self {
        Self { before, ..self }
    }

    /// Tables of an atom, ignoring negation; `None` if cancelled.
    pub(super) fn atom(
        &self,
        atom: &Atom,
        reading: Option<&Arc<Reading>>,
    ) -> Option<VerdictTables> {
        let mut tables = VerdictTables::default();
        let columns = self.columns;
        // Descriptions are searched where they are.
        if self.index.is_remote() && atom.field == Some(Field::Text) {
            return Some(tables);
        }
        match (&atom.test, atom.field) {
            (Test::Absent, Some(Field::Text)) => {
                tables.rows = Some(Arc::new(description::absent(self.index)));
            }
            (Test::Absent | Test::Date(_), Some(field @ (Field::Applied | Field::FollowUp))) => {
                tables.rows = Some(Arc::new(self.day_of_mark(&atom.test, field)));
            }
            (Test::Absent, Some(Field::Note)) => {
                tables.rows = Some(Arc::new(self.marks.without_note(self.index.len())));
            }
            (Test::Absent, Some(field)) => tables.parts.push(self.absent(field)),
            (Test::Date(test), field) => self.date(*test, field, &mut tables),
            (Test::Salary(test), _) => {
                let pay = columns.salary.records.iter();
                tables.push(
                    ColumnId::Salary,
                    pay.map(|pay| predicates::salary(test, pay)),
                );
            }
            (Test::Years(test), _) => {
                let records = columns.requirements.column.records.iter();
                let judge = |record: &Requirement| predicates::years(*test, record.least_years());
                tables.push(ColumnId::Requirements, records.map(judge));
            }
            (Test::Near(test), _) => return Some(self.near(test)),
            (Test::From(test), _) => return Some(self.from(test)),
            (Test::State(state), _) if state.is_mark() => {
                let rows = self.marks.in_state(self.index.len(), *state);
                tables.rows = Some(Arc::new(rows));
            }
            (Test::Has(kept), _) => {
                let rows = self.marks.keeping(self.index.len(), *kept);
                tables.rows = Some(Arc::new(rows));
            }
            (Test::State(state), _) => {
                let judge = |&closes| predicates::state(*state, closes, self.today);
                tables.push(ColumnId::Closes, columns.closes.records.iter().map(judge));
            }
            (_, field) => match TextTest::new(atom, reading.cloned()) {
                None => tables.all = true,
                Some(text) => {
                    let place = field.zip(PlaceTest::from_atom(atom));
                    return match place {
                        Some((field, place)) => self.resolved_places(&place, &text, field),
                        None => self.text(&text, field),
                    };
                }
            },
        }
        Some(tables)
    }

    /// Rows whose mark date passes; `none` selects rows without one.
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
                    .filter(|(_, day)| predicates::day(*test, field, **day, self.today));
                passing.for_each(|(&row, _)| rows.insert(row as usize));
            }
            _ => (0..self.index.len())
                .filter(|row| !days.contains_key(&(*row as u32)))
                .for_each(|row| rows.insert(row)),
        }
        rows
    }

    fn date(&self, test: DateTest, field: Option<Field>, tables: &mut VerdictTables) {
        let (part, field, days) = if field == Some(Field::Closes) {
            (
                ColumnId::Closes,
                Field::Closes,
                &self.columns.closes.records,
            )
        } else {
            (
                ColumnId::Posted,
                Field::Posted,
                &self.columns.posted.records,
            )
        };
        let judge = |&day| predicates::date(test, field, day, self.today);
        tables.push(part, days.iter().map(judge));
    }

    /// Tables of a text test on one field, or on the default fields.
    fn text(&self, test: &TextTest, field: Option<Field>) -> Option<VerdictTables> {
        match field {
            None => self.default_fields(test),
            Some(Field::Title) => self.title(test),
            Some(field @ (Field::Company | Field::Team)) => self.groups(test, &[field]),
            Some(Field::Location) => self.places(test),
            Some(Field::Country) => self.countries(test),
            Some(Field::Region) => self.regions(test),
            Some(Field::City) => self.cities(test),
            Some(Field::Tag) => self.tags(test),
            Some(Field::Skill) => Some(self.skills(test)?.doubting_skills(self.columns)),
            Some(Field::Speaks) => self.languages(test),
            Some(Field::Text) => {
                let before = self.before.and_then(|before| before.rows.as_deref());
                let found = description::matching(self.index, test, before, self.cancelled)?;
                Some(VerdictTables::of_rows(Arc::new(found)))
            }
            Some(Field::Note) => {
                let holds = |note: &str| description::passes(test, note);
                let found = self.marks.with_note(self.index.len(), holds);
                Some(VerdictTables::of_rows(Arc::new(found)))
            }
            Some(field) => self.kinds(test, field),
        }
    }

    /// Tests the default fields in parallel.
    fn default_fields(&self, test: &TextTest) -> Option<VerdictTables> {
        let groups = || self.groups(test, &[Field::Company, Field::Team]);
        let tags = || rayon::join(|| self.tags(test), || self.skills(test));
        let places = || rayon::join(|| self.places(test), tags);
        let (title, (groups, (places, (tags, skills)))) =
            rayon::join(|| self.title(test), || rayon::join(groups, places));
        let mut tables = title?;
        tables.add(groups?);
        tables.add(places?);
        tables.add(tags?);
        tables.add(skills?);
        Some(tables)
    }

    /// Verdict on each text.
    fn each(&self, test: &TextTest, texts: &Texts, field: Field) -> Option<Arc<[Verdict]>> {
        let mut verdicts = vec![Verdict::FALSE; texts.len()];
        let dictionary = self.index.dictionary();
        match (test, dictionary.field(field)) {
            (TextTest::Words(reading), Some(words)) => {
                self.look_up(0)?;
                reading.judge_field(dictionary, (field, words), texts, &mut verdicts);
            }
            (TextTest::Literal(literal, Anchor::None), _) => {
                self.look_up(0)?;
                for (text, at) in texts.find_all(literal) {
                    let value = texts.get(text);
                    let tier = tier_at(value, at..at + literal.len());
                    let hit = literal_hit(tier, field, literal, value);
                    verdicts[text] = hit.max(verdicts[text]);
                }
            }
            (TextTest::Scattered(word), _) if simd_score::fits(word) => {
                self.scattered(test, word, (texts, field), &mut verdicts)?;
            }
            _ => self.one_by_one(test, texts, 0..texts.len(), field, &mut verdicts)?,
        }
        Some(verdicts.into())
    }

    /// Tests scattered letters in many texts at once, limited to those that match a prefix.
    fn scattered(
        &self,
        test: &TextTest,
        word: &Word,
        (texts, field): (&Texts, Field),
        verdicts: &mut [Verdict],
    ) -> Option<()> {
        let before = self.before.iter().flat_map(|before| &before.texts);
        let before = before.clone().find(|(known, _)| *known == field);
        let before = before.map(|(_, verdicts)| &**verdicts);
        let found = |text: &usize| before.is_none_or(|found| found[*text].is_true());
        let blocks = texts.blocks();
        blocks.judge(word, weight(field), before, verdicts, self.cancelled)?;
        let beside = blocks.beside(word).map(|text| text as usize);
        self.one_by_one(test, texts, beside.filter(found), field, verdicts)
    }

    fn one_by_one(
        &self,
        test: &TextTest,
        texts: &Texts,
        which: impl Iterator<Item = usize>,
        field: Field,
        verdicts: &mut [Verdict],
    ) -> Option<()> {
        let mut scorer = Scorer::default();
        for (at, number) in which.enumerate() {
            self.look_up(at)?;
            verdicts[number] = test.judge(texts.get(number), field, &mut scorer);
        }
        Some(())
    }

    /// Periodically checks for cancellation.
    fn look_up(&self, at: usize) -> Option<()> {
        (!at.is_multiple_of(SLICE) || !(self.cancelled)()).then_some(())
    }

    fn title(&self, test: &TextTest) -> Option<VerdictTables> {
        let columns = self.columns;
        let words = self.each(test, &columns.titles, Field::Title)?;
        let titles = columns.title.records.iter();
        let verdicts = titles.map(|title| {
            // Such a title ends with its number.
            if title.numbered && test.asks_for_end() {
                Verdict::FALSE
            } else {
                words[title.text as usize]
            }
        });
        let mut tables = VerdictTables::default();
        tables.push(ColumnId::Title, verdicts);
        if columns.tails.may_hold(test) {
            self.numbered(test, &mut tables)?;
        }
        Some(tables.with_texts(Field::Title, words))
    }

    /// Tests titles with requisition numbers, for matches in or across the number.
    fn numbered(&self, test: &TextTest, tables: &mut VerdictTables) -> Option<()> {
        let records = &self.columns.numbered.records;
        let mut verdicts = Vec::with_capacity(records.len());
        let mut scorer = Scorer::default();
        for at in 0..records.len() {
            self.look_up(at)?;
            let title = records.get(at);
            let verdict = title.map(|title| title.judge(test, &mut scorer));
            verdicts.push(verdict.unwrap_or_default());
        }
        tables.push(ColumnId::Numbered, verdicts.into_iter());
        Some(())
    }
}
