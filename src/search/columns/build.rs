//! Takes postings apart into columns. No column needs another, so each is built for itself, on every core.

use std::borrow::Cow;

use super::pays::Pays;
use super::{Columns, Group, Kind, Title, distinct};
use crate::board::{Date, Employment, Level, Posting, Salary, Workplace};
use crate::search::column::{Column, ColumnBuilder};
use crate::search::flat::Lists;
use crate::search::places::{PlaceLists, Places, PlacesBuilder};
use crate::search::requisition::{self, Numbered, NumberedTitles, Tails};
use crate::search::texts::{Texts, Values, ValuesBuilder};

impl Columns {
    /// Takes so many postings apart.
    pub(in crate::search) fn new<'p, P>(rows: usize, postings: impl Fn() -> P + Sync) -> Self
    where
        P: Iterator<Item = Cow<'p, Posting>>,
    {
        let ((titles, (companies, teams, group)), ((places, place_list), (lists, days))) =
            rayon::join(
                || rayon::join(|| titles(rows, postings()), || groups(rows, postings())),
                || {
                    rayon::join(
                        || places(rows, postings()),
                        || rayon::join(|| lists(rows, postings()), || days(rows, postings())),
                    )
                },
            );
        let (titles, title, numbered) = titles;
        let (tags, tag_list, languages, boards, kind) = lists;
        let (posted, closes, salary) = days;
        let mut tails = Tails::default();
        let with_number = (0..numbered.records.len()).filter_map(|at| numbered.records.get(at));
        with_number.for_each(|title| tails.add(&title));
        Self {
            titles,
            companies,
            teams,
            places,
            tags,
            workplaces: ValuesBuilder::words(Workplace::WORDS).finish(),
            employments: ValuesBuilder::words(Employment::WORDS).finish(),
            levels: ValuesBuilder::words(Level::WORDS).finish(),
            languages,
            boards,
            title,
            numbered,
            tails,
            group,
            place_list,
            tag_list,
            kind,
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
) -> (Values, Values, Column<Vec<Group>>) {
    let (mut companies, mut teams) = (ValuesBuilder::default(), ValuesBuilder::default());
    let mut column = ColumnBuilder::new(rows);
    for posting in postings {
        let group = Group {
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

/// Tags with their lists; languages and boards with the closed lists.
type TagsAndKinds = (Values, Column<Lists>, Values, Values, Column<Vec<Kind>>);

fn lists<'p>(rows: usize, postings: impl Iterator<Item = Cow<'p, Posting>>) -> TagsAndKinds {
    let mut tags = ValuesBuilder::default();
    let (mut languages, mut boards) = (ValuesBuilder::default(), ValuesBuilder::default());
    let (mut tag_list, mut kinds) = (ColumnBuilder::new(rows), ColumnBuilder::new(rows));
    for posting in postings {
        let list = posting.tags.iter();
        let list = distinct(list.map(|tag| tags.number(tag)).collect());
        tag_list.push(list, Clone::clone);
        let board = Some(&posting.board).filter(|board| !board.is_empty());
        let kind = Kind {
            workplace: posting.resolved_workplace().map(|one| one as u32),
            employment: posting.employment.iter().map(|kind| *kind as u32).collect(),
            level: posting.level.map(|level| level as u32),
            language: number(&mut languages, posting.language.as_ref()),
            board: number(&mut boards, board),
        };
        kinds.push(kind, |kind| *kind);
    }
    (
        tags.finish(),
        tag_list.finish().map(|lists| lists.into_iter().collect()),
        languages.finish(),
        boards.finish(),
        kinds.finish(),
    )
}

/// First days, last days, pay.
type Days = (
    Column<Vec<Option<Date>>>,
    Column<Vec<Option<Date>>>,
    Column<Pays>,
);

fn days<'p>(rows: usize, postings: impl Iterator<Item = Cow<'p, Posting>>) -> Days {
    let (mut posted, mut closes) = (ColumnBuilder::new(rows), ColumnBuilder::new(rows));
    let mut salary = ColumnBuilder::new(rows);
    for posting in postings {
        posted.push(posting.posted, |day| *day);
        closes.push(posting.closes, |day| *day);
        let key: Vec<SalaryKey> = posting.salary.iter().map(salary_key).collect();
        salary.push(key, |_| posting.salary.clone());
    }
    (
        posted.finish(),
        closes.finish(),
        salary.finish().map(Pays::new),
    )
}

type SalaryKey = (u64, u64, &'static str, &'static str);

/// What tells one pay range from another as far as searching goes.
fn salary_key(salary: &Salary) -> SalaryKey {
    let bits = |amount: Option<f64>| amount.map_or(u64::MAX, f64::to_bits);
    (
        bits(salary.min),
        bits(salary.max),
        salary.currency.code(),
        salary.per.word(),
    )
}
