//! Builds the columns of a board. Columns are independent, so they are built in parallel.

use std::borrow::Cow;

use super::origin::Origins;
use super::packed::PackedLists;
use super::requirements::{Requirements, RequirementsBuilder};
use super::salaries::{self, Salaries};
use super::{ClosedLists, Columns, EmployerRecord, EnumRecord, SmallSet, Title};
use crate::board::{Date, Posting};
use crate::facts::{self, Pay};
use crate::query::Field;
use crate::search::column::{Column, ColumnBuilder, distinct};
use crate::search::flat::Lists;
use crate::search::places::{PlaceLists, Places, PlacesBuilder};
use crate::search::reach;
use crate::search::requisition::{self, NumberSuffixes, Numbered, NumberedTitles};
use crate::search::texts::{Texts, Values, ValuesBuilder};
use crate::search::values::skill_name;

impl Columns {
    /// Builds columns from `rows` postings; `derived` returns the facts in the text of each.
    pub(in crate::search) fn new<'p, P>(
        rows: usize,
        postings: impl Fn() -> P + Sync,
        derived: &(impl Fn(usize) -> facts::Values<'p> + Sync),
    ) -> Self
    where
        P: Iterator<Item = Cow<'p, Posting>>,
    {
        let with_facts = || {
            let postings = postings().enumerate();
            postings.map(|(row, posting)| (posting, derived(row)))
        };
        let ((titles, (companies, teams, group)), ((places, place_list), (lists, (days, facts)))) =
            rayon::join(
                || rayon::join(|| titles(rows, postings()), || groups(rows, postings())),
                || {
                    rayon::join(
                        || places(rows, postings()),
                        || {
                            rayon::join(
                                || lists(rows, with_facts()),
                                || {
                                    rayon::join(
                                        || days(rows, with_facts()),
                                        || requirements(rows, with_facts()),
                                    )
                                },
                            )
                        },
                    )
                },
            );
        let (titles, title, numbered) = titles;
        let (tags, tag_list, languages, boards, areas, kind) = lists;
        let (requirements, skills, skill_list) = facts;
        let (posted, closes, salary) = days;
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

fn number(values: &mut ValuesBuilder, value: Option<&String>) -> Option<u32> {
    value.map(|value| values.number(value))
}

fn titles<'p>(
    rows: usize,
    postings: impl Iterator<Item = Cow<'p, Posting>>,
) -> (Texts, Column<Vec<Title>>, Column<NumberedTitles>) {
    let mut texts = ValuesBuilder::default();
    let mut column = ColumnBuilder::new(rows);
    let mut numbered = ColumnBuilder::new(rows);
    for posting in postings {
        let title = posting.title.as_str();
        let split = requisition::split(title);
        let words = split.as_ref().map_or(title, |(end, _)| &title[..*end]);
        let key = (texts.number(words), split.is_some());
        column.push(key, |&(text, numbered)| Title { text, numbered });
        let whole = split.map(|(end, number)| Numbered::new(title, end, number));
        numbered.push(whole, Clone::clone);
    }
    let numbered = numbered.finish().map(NumberedTitles::new);
    (texts.finish_texts(), column.finish(), numbered)
}

fn groups<'p>(
    rows: usize,
    postings: impl Iterator<Item = Cow<'p, Posting>>,
) -> (Values, Values, Column<Vec<EmployerRecord>>) {
    let (mut companies, mut teams) = (ValuesBuilder::default(), ValuesBuilder::default());
    let mut column = ColumnBuilder::new(rows);
    for posting in postings {
        let group = EmployerRecord {
            company: number(&mut companies, posting.company.as_ref()),
            team: number(&mut teams, posting.team.as_ref()),
        };
        column.push(group, |group| *group);
    }
    (companies.finish(), teams.finish(), column.finish())
}

fn places<'p>(
    rows: usize,
    postings: impl Iterator<Item = Cow<'p, Posting>>,
) -> (Places, Column<PlaceLists>) {
    let mut all = PlacesBuilder::default();
    let mut column = ColumnBuilder::new(rows);
    for posting in postings {
        let places = posting.locations.iter();
        let places = distinct(places.map(|place| all.number(place)).collect());
        column.push(places, Clone::clone);
    }
    let column = column.finish();
    let column = column.map(|lists| all.lists(lists.into_iter().collect()));
    (all.finish(), column)
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

fn lists<'p>(
    rows: usize,
    postings: impl Iterator<Item = (Cow<'p, Posting>, facts::Values<'p>)>,
) -> TagsAndKinds {
    let mut tags = ValuesBuilder::default();
    let (mut languages, mut boards) = (ValuesBuilder::default(), ValuesBuilder::default());
    let mut areas = ValuesBuilder::default();
    let (mut tag_list, mut kinds) = (ColumnBuilder::new(rows), ColumnBuilder::new(rows));
    for (posting, derived) in postings {
        let list = posting.tags.iter();
        let list = distinct(list.map(|tag| tags.number(tag)).collect());
        tag_list.push(list, Clone::clone);
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
            language: number(&mut languages, posting.language.as_ref()),
            board: number(&mut boards, board),
            derived: origins,
            areas: number(&mut areas, reach::areas(&posting, &derived).as_ref()),
        };
        kinds.push(kind, |kind| *kind);
    }
    (
        tags.finish(),
        tag_list.finish().map(|lists| lists.into_iter().collect()),
        languages.finish(),
        boards.finish(),
        areas.finish(),
        kinds.finish(),
    )
}

/// Dates of publication, closing dates, pay.
type Days = (
    Column<Vec<Option<Date>>>,
    Column<Vec<Option<Date>>>,
    Column<Salaries>,
);

fn days<'p>(
    rows: usize,
    postings: impl Iterator<Item = (Cow<'p, Posting>, facts::Values<'p>)>,
) -> Days {
    let (mut posted, mut closes) = (ColumnBuilder::new(rows), ColumnBuilder::new(rows));
    let mut salary = ColumnBuilder::new(rows);
    for (posting, derived) in postings {
        posted.push(posting.posted, |day| *day);
        closes.push(posting.closes, |day| *day);
        let stated = posting.salary.iter().map(salaries::stated);
        let mut origins = Origins::default();
        let pay = origins.either(
            Field::Salary,
            Some(stated.collect::<Vec<_>>()).filter(|pay| !pay.is_empty()),
            Some(derived.pay).filter(|pay| !pay.is_empty()),
        );
        let pay = pay.unwrap_or_default();
        let is_derived = origins.has(Field::Salary);
        let key: Vec<SalaryKey> = pay.iter().map(salary_key).collect();
        salary.push((key, is_derived), |_| (pay, is_derived));
    }
    (
        posted.finish(),
        closes.finish(),
        salary.finish().map(Salaries::new),
    )
}

type SalaryKey = (u64, u64, &'static str, &'static str);

/// Requirements of the postings, and the technologies among them.
type Facts = (Requirements, Values, Column<PackedLists>);

fn requirements<'p>(
    rows: usize,
    postings: impl Iterator<Item = (Cow<'p, Posting>, facts::Values<'p>)>,
) -> Facts {
    let mut requirements = RequirementsBuilder::new(rows);
    let mut skills = ValuesBuilder::default();
    let mut skill_list = ColumnBuilder::new(rows);
    for (posting, derived) in postings {
        requirements.push(&posting, &derived);
        let is_derived = posting.skills.is_empty() && !derived.skills.is_empty();
        let list: Vec<u32> = if is_derived {
            let names = derived.skills.iter().map(|skill| skill.name);
            names.map(|name| skills.number(name)).collect()
        } else {
            let names = posting.skills.iter().map(|skill| skill_name(skill));
            names.map(|name| skills.number(name)).collect()
        };
        let list = (distinct(list), is_derived);
        skill_list.push(list, Clone::clone);
    }
    let skills = skills.finish();
    let count = skills.len();
    let skill_list = skill_list.finish();
    let skill_list = skill_list.map(|lists| PackedLists::new(&lists, count));
    (requirements.finish(), skills, skill_list)
}

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
