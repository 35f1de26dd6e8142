//! A board as columns: each posting a row of small numbers, each distinct value stored once.
//!
//! What many postings share is one record: company and team, the whole list of places, the whole list of tags. So a
//! test looks at each distinct value once, and a posting is judged by looking its numbers up.

mod build;
mod flat;
pub(super) mod pays;

use super::column::{Column, Ids};
use super::flat::Lists;
use super::places::{PlaceLists, Places};
use super::requisition::{NumberedTitles, Tails};
use super::texts::{Texts, Values};
use crate::board::Date;
use pays::Pays;

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
    /// Number among the workplaces.
    pub(super) workplace: Option<u32>,
    /// Numbers among the kinds of employment.
    pub(super) employment: SmallSet,
    /// Number among the levels.
    pub(super) level: Option<u32>,
    /// Number among the languages.
    pub(super) language: Option<u32>,
    /// Number among the boards.
    pub(super) board: Option<u32>,
}

/// Numbers below 32.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct SmallSet(pub(super) u32);

impl SmallSet {
    /// Whether there are none.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The numbers, in order.
    pub(super) fn iter(self) -> impl Iterator<Item = u32> {
        (0..u32::BITS).filter(move |number| self.0 >> number & 1 == 1)
    }
}

impl FromIterator<u32> for SmallSet {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        Self(numbers.into_iter().fold(0, |set, number| set | 1 << number))
    }
}

/// Every column and the values behind their numbers.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) titles: Texts,
    pub(super) companies: Values,
    pub(super) teams: Values,
    pub(super) places: Places,
    pub(super) tags: Values,
    pub(super) workplaces: Values,
    pub(super) employments: Values,
    pub(super) levels: Values,
    pub(super) languages: Values,
    pub(super) boards: Values,
    pub(super) title: Column<Vec<Title>>,
    pub(super) numbered: Column<NumberedTitles>,
    pub(super) tails: Tails,
    pub(super) group: Column<Vec<Group>>,
    pub(super) place_list: Column<PlaceLists>,
    pub(super) tag_list: Column<Lists>,
    pub(super) kind: Column<Vec<Kind>>,
    pub(super) posted: Column<Vec<Option<Date>>>,
    pub(super) closes: Column<Vec<Option<Date>>>,
    pub(super) salary: Column<Pays>,
}

impl Columns {
    /// How many distinct records a column has.
    pub(super) fn records(&self, part: Part) -> usize {
        match part {
            Part::Title => self.title.records.len(),
            Part::Numbered => self.numbered.records.len(),
            Part::Group => self.group.records.len(),
            Part::Places => self.place_list.records.len(),
            Part::Tags => self.tag_list.records.len(),
            Part::Kind => self.kind.records.len(),
            Part::Posted => self.posted.records.len(),
            Part::Closes => self.closes.records.len(),
            Part::Salary => self.salary.records.len(),
        }
    }

    /// For each row the number of its record.
    pub(super) fn ids(&self, part: Part) -> &Ids {
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

/// In ascending order, each once.
pub(super) fn distinct(mut numbers: Vec<u32>) -> Box<[u32]> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into()
}
