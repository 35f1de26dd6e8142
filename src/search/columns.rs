//! A board as columns: each posting a row of small numbers, each distinct value stored once.
//!
//! What many postings share is one record: company and team, the whole list of places, the whole list of tags. So a
//! test looks at each distinct value once, and a posting is judged by looking its numbers up.

use super::column::{Column, ColumnBuilder};
use super::places::{PlaceList, Places, PlacesBuilder};
use super::requisition::{self, Numbered, Tails};
use super::texts::{Values, ValuesBuilder};
use crate::board::{Board, Date, Employment, Level, Posting, Salary, Workplace};

/// One of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The title, without its requisition number.
    Title,
    /// The whole title, where it has a requisition number.
    Numbered,
    /// Company and team.
    Group,
    /// The list of places.
    Places,
    /// The list of tags.
    Tags,
    /// The closed lists of words: workplace, employment, level, language, board.
    Kind,
    /// First day.
    Posted,
    /// Last day.
    Closes,
    /// Pay.
    Salary,
}

/// A title.
#[derive(Debug)]
pub(super) struct Title {
    /// Number of its text among the titles, without its requisition number.
    pub(super) text: u32,
    /// Whether there is one.
    pub(super) numbered: bool,
}

/// Who hires, and the group within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Group {
    /// Number among the companies.
    pub(super) company: Option<u32>,
    /// Number among the teams.
    pub(super) team: Option<u32>,
}

/// The closed lists of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    pub(super) workplace: Option<Workplace>,
    pub(super) employment: Option<Employment>,
    pub(super) level: Option<Level>,
    /// Number among the languages.
    pub(super) language: Option<u32>,
    /// Number among the boards.
    pub(super) board: Option<u32>,
}

/// Every column and the values behind their numbers.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) titles: Values,
    pub(super) companies: Values,
    pub(super) teams: Values,
    pub(super) places: Places,
    pub(super) tags: Values,
    pub(super) languages: Values,
    pub(super) boards: Values,
    pub(super) title: Column<Title>,
    pub(super) numbered: Column<Option<Numbered>>,
    pub(super) tails: Tails,
    pub(super) group: Column<Group>,
    pub(super) place_list: Column<PlaceList>,
    pub(super) tag_list: Column<Box<[u32]>>,
    pub(super) kind: Column<Kind>,
    pub(super) posted: Column<Option<Date>>,
    pub(super) closes: Column<Option<Date>>,
    pub(super) salary: Column<Vec<Salary>>,
}

impl Columns {
    /// Takes a board apart.
    pub(super) fn new(board: &Board) -> Self {
        let mut builder = Builder::new(board.postings().len());
        for posting in board.postings() {
            builder.push(posting);
        }
        builder.finish()
    }

    /// For each row the number of its record.
    pub(super) fn ids(&self, part: Part) -> &[u32] {
        match part {
            Part::Title => &self.title.ids,
            Part::Numbered => &self.numbered.ids,
            Part::Group => &self.group.ids,
            Part::Places => &self.place_list.ids,
            Part::Tags => &self.tag_list.ids,
            Part::Kind => &self.kind.ids,
            Part::Posted => &self.posted.ids,
            Part::Closes => &self.closes.ids,
            Part::Salary => &self.salary.ids,
        }
    }
}

type SalaryKey = (u64, u64, &'static str, &'static str);

struct Builder {
    titles: ValuesBuilder,
    companies: ValuesBuilder,
    teams: ValuesBuilder,
    places: PlacesBuilder,
    tags: ValuesBuilder,
    languages: ValuesBuilder,
    boards: ValuesBuilder,
    title: ColumnBuilder<(u32, bool), Title>,
    numbered: ColumnBuilder<Option<Numbered>, Option<Numbered>>,
    group: ColumnBuilder<Group, Group>,
    place_list: ColumnBuilder<Box<[u32]>, PlaceList>,
    tag_list: ColumnBuilder<Box<[u32]>, Box<[u32]>>,
    kind: ColumnBuilder<Kind, Kind>,
    posted: ColumnBuilder<Option<Date>, Option<Date>>,
    closes: ColumnBuilder<Option<Date>, Option<Date>>,
    salary: ColumnBuilder<Vec<SalaryKey>, Vec<Salary>>,
}

impl Builder {
    fn new(rows: usize) -> Self {
        Self {
            titles: ValuesBuilder::default(),
            companies: ValuesBuilder::default(),
            teams: ValuesBuilder::default(),
            places: PlacesBuilder::default(),
            tags: ValuesBuilder::default(),
            languages: ValuesBuilder::default(),
            boards: ValuesBuilder::default(),
            title: ColumnBuilder::new(rows),
            numbered: ColumnBuilder::new(rows),
            group: ColumnBuilder::new(rows),
            place_list: ColumnBuilder::new(rows),
            tag_list: ColumnBuilder::new(rows),
            kind: ColumnBuilder::new(rows),
            posted: ColumnBuilder::new(rows),
            closes: ColumnBuilder::new(rows),
            salary: ColumnBuilder::new(rows),
        }
    }

    fn push(&mut self, posting: &Posting) {
        self.push_title(&posting.title);
        let number = |values: &mut ValuesBuilder, value: &Option<String>| {
            value.as_deref().map(|value| values.number(value))
        };
        let group = Group {
            company: number(&mut self.companies, &posting.company),
            team: number(&mut self.teams, &posting.team),
        };
        self.group.push(group, |group| *group);
        let places = posting.locations.iter();
        let places = distinct(places.map(|place| self.places.number(place)).collect());
        let all = &self.places;
        self.place_list.push(places, |places| all.list(places));
        let tags = posting.tags.iter();
        let tags = distinct(tags.map(|tag| self.tags.number(tag)).collect());
        self.tag_list.push(tags, Clone::clone);
        let board = (!posting.board.is_empty()).then(|| self.boards.number(&posting.board));
        let kind = Kind {
            workplace: posting.workplace,
            employment: posting.employment,
            level: posting.level,
            language: number(&mut self.languages, &posting.language),
            board,
        };
        self.kind.push(kind, |kind| *kind);
        self.posted.push(posting.posted, |day| *day);
        self.closes.push(posting.closes, |day| *day);
        let key = posting.salary.iter().map(salary_key).collect();
        self.salary.push(key, |_| posting.salary.clone());
    }

    fn push_title(&mut self, title: &str) {
        let split = requisition::split(title);
        let words = split.as_ref().map_or(title, |(end, _)| &title[..*end]);
        let key = (self.titles.number(words), split.is_some());
        self.title
            .push(key, |&(text, numbered)| Title { text, numbered });
        let numbered = split.map(|(end, number)| Numbered::new(title, end, number));
        self.numbered.push(numbered, Clone::clone);
    }

    fn finish(self) -> Columns {
        let numbered = self.numbered.finish();
        let mut tails = Tails::default();
        numbered
            .records
            .iter()
            .flatten()
            .for_each(|title| tails.add(title));
        Columns {
            titles: self.titles.finish(),
            companies: self.companies.finish(),
            teams: self.teams.finish(),
            places: self.places.finish(),
            tags: self.tags.finish(),
            languages: self.languages.finish(),
            boards: self.boards.finish(),
            title: self.title.finish(),
            numbered,
            tails,
            group: self.group.finish(),
            place_list: self.place_list.finish(),
            tag_list: self.tag_list.finish(),
            kind: self.kind.finish(),
            posted: self.posted.finish(),
            closes: self.closes.finish(),
            salary: self.salary.finish(),
        }
    }
}

/// In ascending order, each once.
pub(super) fn distinct(mut numbers: Vec<u32>) -> Box<[u32]> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into()
}

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
