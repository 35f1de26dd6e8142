//! Builds the columns of a board in one pass. Columns are independent, so a batch of postings is added to all of them in
//! parallel.

use std::borrow::Cow;

use super::origin::Origins;
use super::packed::PackedLists;
use super::requirements::{Requirements, RequirementsBuilder};
use super::salaries::{self, Salaries};
use super::{ClosedLists, Columns, EmployerRecord, EnumRecord, SmallSet, Title};
use crate::board::{Date, Posting};
use crate::facts::{self, Pay};
use crate::query::Field;
use crate::search::batches::in_batches;
use crate::search::column::{Column, ColumnBuilder, distinct};
use crate::search::flat::Lists;
use crate::search::places::{PlaceLists, Places, PlacesBuilder};
use crate::search::reach;
use crate::search::requisition::{self, NumberSuffixes, Numbered, NumberedTitles};
use crate::search::texts::{Texts, Values, ValuesBuilder};
use crate::search::values::skill_name;

impl Columns {
    /// Builds columns from `rows` postings, each read once; `derived` returns the facts in the text of each.
    pub(in crate::search) fn new<'p>(
        rows: usize,
        posting: impl Fn(usize) -> Cow<'p, Posting> + Sync,
        derived: &(impl Fn(usize) -> facts::Values<'p> + Sync),
    ) -> Self {
        let (mut titles, mut employers) = (TitleBuilder::new(rows), EmployerBuilder::new(rows));
        let (mut places, mut lists) = (PlaceBuilder::new(rows), ListBuilder::new(rows));
        let (mut days, mut facts) = (DayBuilder::new(rows), FactBuilder::new(rows));
        in_batches(
            rows,
            |row| (posting(row), derived(row)),
            |batch: Vec<PostingFacts<'p>>| {
                let batch = &batch;
                rayon::scope(|scope| {
                    scope.spawn(|_| {
                        for (posting, _) in batch {
                            titles.push(posting);
                        }
                    });
                    scope.spawn(|_| {
                        for (posting, _) in batch {
                            places.push(posting);
                        }
                    });
                    scope.spawn(|_| {
                        for (posting, derived) in batch {
                            lists.push(posting, derived);
                        }
                    });
                    scope.spawn(|_| {
                        for (posting, derived) in batch {
                            facts.push(posting, derived);
                        }
                    });
                    scope.spawn(|_| {
                        for (posting, derived) in batch {
                            days.push(posting, derived);
                        }
                    });
                    scope.spawn(|_| {
                        for (posting, _) in batch {
                            employers.push(posting);
                        }
                    });
                });
            },
        );
        let (titles, title, numbered) = titles.finish();
        let (companies, teams, group) = employers.finish();
        let (places, place_list) = places.finish();
        let (tags, tag_list, languages, boards, areas, kind) = lists.finish();
        let (requirements, skills, skill_list) = facts.finish();
        let (posted, closes, salary) = days.finish();
        let mut tails = NumberSuffixes::default();
        let with_number = (0..numbered.records.len()).filter_map(|at| numbered.records.get(at));
        with_number.for_each(|title| tails.add(&title));
        Self {
            titles,
            companies,
            teams,
            places,
            tags,
            closed: ClosedLists::new(),
            skills,
            languages,
            boards,
            areas,
            title,
            numbered,
            tails,
            group,
            place_list,
            tag_list,
            kind,
            requirements,
            skill_list,
            posted,
            closes,
            salary,
        }
    }
}

/// A posting with the facts in its text.
type PostingFacts<'p> = (Cow<'p, Posting>, facts::Values<'p>);

fn number(values: &mut ValuesBuilder, value: Option<&String>) -> Option<u32> {
    value.map(|value| values.number(value))
}

/// Builds the columns of titles, with and without requisition numbers.
struct TitleBuilder {
    texts: ValuesBuilder,
    column: ColumnBuilder<(u32, bool), Title>,
    numbered: ColumnBuilder<Option<Numbered>, Option<Numbered>>,
}

impl TitleBuilder {
    fn new(rows: usize) -> Self {
        Self {
            texts: ValuesBuilder::default(),
            column: ColumnBuilder::new(rows),
            numbered: ColumnBuilder::new(rows),
        }
    }

    fn push(&mut self, posting: &Posting) {
        let title = posting.title.as_str();
        let split = requisition::split(title);
        let words = split.as_ref().map_or(title, |(end, _)| &title[..*end]);
        let key = (self.texts.number(words), split.is_some());
        self.column
            .push(key, |&(text, numbered)| Title { text, numbered });
        let whole = split.map(|(end, number)| Numbered::new(title, end, number));
        self.numbered.push(whole, Clone::clone);
    }

    fn finish(self) -> (Texts, Column<Vec<Title>>, Column<NumberedTitles>) {
        let numbered = self.numbered.finish().map(NumberedTitles::new);
        (self.texts.finish_texts(), self.column.finish(), numbered)
    }
}

/// Builds the column of companies and teams.
struct EmployerBuilder {
    companies: ValuesBuilder,
    teams: ValuesBuilder,
    column: ColumnBuilder<EmployerRecord, EmployerRecord>,
}

impl EmployerBuilder {
    fn new(rows: usize) -> Self {
        Self {
            companies: ValuesBuilder::default(),
            teams: ValuesBuilder::default(),
            column: ColumnBuilder::new(rows),
        }
    }

    fn push(&mut self, posting: &Posting) {
        let group = EmployerRecord {
            company: number(&mut self.companies, posting.company.as_ref()),
            team: number(&mut self.teams, posting.team.as_ref()),
        };
        self.column.push(group, |group| *group);
    }

    fn finish(self) -> (Values, Values, Column<Vec<EmployerRecord>>) {
        (
            self.companies.finish(),
            self.teams.finish(),
            self.column.finish(),
        )
    }
}

/// Builds the column of locations.
struct PlaceBuilder {
    all: PlacesBuilder,
    column: ColumnBuilder<Box<[u32]>, Box<[u32]>>,
}

impl PlaceBuilder {
    fn new(rows: usize) -> Self {
        Self {
            all: PlacesBuilder::default(),
            column: ColumnBuilder::new(rows),
        }
    }

    fn push(&mut self, posting: &Posting) {
        let places = posting.locations.iter();
        let places = distinct(places.map(|place| self.all.number(place)).collect());
        self.column.push(places, Clone::clone);
    }

    fn finish(self) -> (Places, Column<PlaceLists>) {
        let column = self.column.finish();
        let column = column.map(|lists| self.all.lists(lists.into_iter().collect()));
        (self.all.finish(), column)
    }
}

/// Tags with their lists; languages, boards and areas with the closed lists.
type TagsAndKinds = (
    Values,
    Column<Lists>,
    Values,
    Values,
    Values,
    Column<Vec<EnumRecord>>,
);

/// Builds the columns of tags and of closed lists.
struct ListBuilder {
    tags: ValuesBuilder,
    languages: ValuesBuilder,
    boards: ValuesBuilder,
    areas: ValuesBuilder,
    tag_list: ColumnBuilder<Box<[u32]>, Box<[u32]>>,
    kinds: ColumnBuilder<EnumRecord, EnumRecord>,
}

impl ListBuilder {
    fn new(rows: usize) -> Self {
        Self {
            tags: ValuesBuilder::default(),
            languages: ValuesBuilder::default(),
            boards: ValuesBuilder::default(),
            areas: ValuesBuilder::default(),
            tag_list: ColumnBuilder::new(rows),
            kinds: ColumnBuilder::new(rows),
        }
    }

    fn push(&mut self, posting: &Posting, derived: &facts::Values<'_>) {
        let list = posting.tags.iter();
        let list = distinct(list.map(|tag| self.tags.number(tag)).collect());
        self.tag_list.push(list, Clone::clone);
        let board = Some(&posting.board).filter(|board| !board.is_empty());
        let mut origins = Origins::default();
        let employment: SmallSet = posting.employment.iter().map(|kind| *kind as u32).collect();
        let kind = EnumRecord {
            workplace: origins.either(
                Field::Workplace,
                posting.workplace.map(|workplace| workplace as u32),
                derived
                    .workplace
                    .or_else(|| posting.resolved_workplace())
                    .map(|workplace| workplace as u32),
            ),
            employment: origins
                .either(
                    Field::Employment,
                    Some(employment).filter(|kinds| !kinds.is_empty()),
                    derived.employment.map(|kind| SmallSet(1 << kind as u32)),
                )
                .unwrap_or_default(),
            level: origins.either(
                Field::Level,
                posting.level.map(|level| level as u32),
                derived.level.map(|level| level as u32),
            ),
            language: number(&mut self.languages, posting.language.as_ref()),
            board: number(&mut self.boards, board),
            derived: origins,
            areas: number(&mut self.areas, reach::areas(posting, derived).as_ref()),
        };
        self.kinds.push(kind, |kind| *kind);
    }

    fn finish(self) -> TagsAndKinds {
        let tag_list = self.tag_list.finish();
        (
            self.tags.finish(),
            tag_list.map(|lists| lists.into_iter().collect()),
            self.languages.finish(),
            self.boards.finish(),
            self.areas.finish(),
            self.kinds.finish(),
        )
    }
}

/// Dates of publication, closing dates, pay.
type Days = (
    Column<Vec<Option<Date>>>,
    Column<Vec<Option<Date>>>,
    Column<Salaries>,
);

/// Builds the columns of dates and pay.
struct DayBuilder {
    posted: ColumnBuilder<Option<Date>, Option<Date>>,
    closes: ColumnBuilder<Option<Date>, Option<Date>>,
    salary: ColumnBuilder<(Vec<SalaryKey>, bool), (Vec<Pay>, bool)>,
}

impl DayBuilder {
    fn new(rows: usize) -> Self {
        Self {
            posted: ColumnBuilder::new(rows),
            closes: ColumnBuilder::new(rows),
            salary: ColumnBuilder::new(rows),
        }
    }

    fn push(&mut self, posting: &Posting, derived: &facts::Values<'_>) {
        self.posted.push(posting.posted, |day| *day);
        self.closes.push(posting.closes, |day| *day);
        let stated = posting.salary.iter().map(salaries::stated);
        let mut origins = Origins::default();
        let pay = origins.either(
            Field::Salary,
            Some(stated.collect::<Vec<_>>()).filter(|pay| !pay.is_empty()),
            Some(derived.pay.clone()).filter(|pay| !pay.is_empty()),
        );
        let pay = pay.unwrap_or_default();
        let is_derived = origins.has(Field::Salary);
        let key: Vec<SalaryKey> = pay.iter().map(salary_key).collect();
        self.salary.push((key, is_derived), |_| (pay, is_derived));
    }

    fn finish(self) -> Days {
        (
            self.posted.finish(),
            self.closes.finish(),
            self.salary.finish().map(Salaries::new),
        )
    }
}

/// Requirements of the postings, and the technologies among them.
type Facts = (Requirements, Values, Column<PackedLists>);

/// Technologies of a posting, and whether they were derived.
type SkillList = (Box<[u32]>, bool);

/// Builds the columns of requirements and technologies.
struct FactBuilder {
    requirements: RequirementsBuilder,
    skills: ValuesBuilder,
    skill_list: ColumnBuilder<SkillList, SkillList>,
}

impl FactBuilder {
    fn new(rows: usize) -> Self {
        Self {
            requirements: RequirementsBuilder::new(rows),
            skills: ValuesBuilder::default(),
            skill_list: ColumnBuilder::new(rows),
        }
    }

    fn push(&mut self, posting: &Posting, derived: &facts::Values<'_>) {
        self.requirements.push(posting, derived);
        let is_derived = posting.skills.is_empty() && !derived.skills.is_empty();
        let list: Vec<u32> = if is_derived {
            let names = derived.skills.iter().map(|skill| skill.name);
            names.map(|name| self.skills.number(name)).collect()
        } else {
            let names = posting.skills.iter().map(|skill| skill_name(skill));
            names.map(|name| self.skills.number(name)).collect()
        };
        let list = (distinct(list), is_derived);
        self.skill_list.push(list, Clone::clone);
    }

    fn finish(self) -> Facts {
        let skills = self.skills.finish();
        let count = skills.len();
        let skill_list = self.skill_list.finish();
        let skill_list = skill_list.map(|lists| PackedLists::new(&lists, count));
        (self.requirements.finish(), skills, skill_list)
    }
}

type SalaryKey = (u64, u64, &'static str, &'static str);

/// Key of a pay range for search purposes.
fn salary_key(salary: &Pay) -> SalaryKey {
    let bits = |amount: Option<f64>| amount.map_or(u64::MAX, f64::to_bits);
    (
        bits(salary.min),
        bits(salary.max),
        salary.currency.code(),
        salary.per.word(),
    )
}
