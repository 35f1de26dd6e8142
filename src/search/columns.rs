//! A board as columns: each posting is a row of small numbers, and each distinct value is stored once.
//!
//! Values that many postings share are one record: company and team, the whole list of locations, the whole list of tags. A
//! test is evaluated once per distinct record, and rows only look up the result.

mod build;
mod flat;
pub(super) mod origin;
mod packed;
mod requirements;
pub(super) mod salaries;

use super::column::{Column, Ids};
use super::flat::Lists;
use super::places::{PlaceLists, Places};
use super::requisition::{NumberSuffixes, NumberedTitles};
use super::texts::{Texts, Values, ValuesBuilder};
use super::values::YEARS;
use crate::board::{Clearance, Date, Education, Employment, Level, Sponsorship, Workplace};
use crate::query::Field;
use origin::Origins;
use packed::PackedLists;
use requirements::Requirements;
use salaries::Salaries;

pub(super) use requirements::Requirement;

/// Identifies a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnId {
    /// Title without its requisition number.
    Title,
    /// Whole title, if it has a requisition number.
    Numbered,
    /// Company and team.
    Employer,
    /// List of locations.
    Places,
    /// List of tags.
    Tags,
    /// Closed lists: workplace, employment, level, language, board.
    Enums,
    /// Years, degree, visa, clearance, where remote work may be done from, human languages.
    Requirements,
    /// The list of technologies required.
    Skills,
    /// Date of publication.
    Posted,
    /// Closing date.
    Closes,
    /// Pay.
    Salary,
}

impl ColumnId {
    /// All columns.
    pub const ALL: [Self; 11] = [
        Self::Title,
        Self::Numbered,
        Self::Employer,
        Self::Places,
        Self::Tags,
        Self::Enums,
        Self::Requirements,
        Self::Skills,
        Self::Posted,
        Self::Closes,
        Self::Salary,
    ];

    /// The name, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Numbered => "numbered",
            Self::Employer => "employer",
            Self::Places => "places",
            Self::Tags => "tags",
            Self::Enums => "enums",
            Self::Requirements => "requirements",
            Self::Skills => "skills",
            Self::Posted => "posted",
            Self::Closes => "closes",
            Self::Salary => "salary",
        }
    }
}

/// A title.
#[derive(Debug)]
pub(super) struct Title {
    /// Index of its text, without requisition number.
    pub(super) text: u32,
    /// Whether it has a requisition number.
    pub(super) numbered: bool,
}

/// Company and team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct EmployerRecord {
    /// Index of the company.
    pub(super) company: Option<u32>,
    /// Index of the team.
    pub(super) team: Option<u32>,
}

/// Values of the closed lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct EnumRecord {
    /// Index of the workplace.
    pub(super) workplace: Option<u32>,
    /// Indexes of the kinds of employment.
    pub(super) employment: SmallSet,
    /// Index of the level.
    pub(super) level: Option<u32>,
    /// Index of the language.
    pub(super) language: Option<u32>,
    /// Index of the board.
    pub(super) board: Option<u32>,
    /// Which of them are derived.
    pub(super) derived: Origins,
    /// Number among the lists of areas that remote work may be done from.
    pub(super) areas: Option<u32>,
}

/// A set of numbers below 32.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct SmallSet(pub(super) u32);

impl SmallSet {
    /// Whether the set is empty.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The numbers in order.
    pub(super) fn iter(self) -> impl Iterator<Item = u32> {
        (0..u32::BITS).filter(move |number| self.0 >> number & 1 == 1)
    }
}

impl FromIterator<u32> for SmallSet {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        Self(numbers.into_iter().fold(0, |set, number| set | 1 << number))
    }
}

/// The values of closed lists, each at the place of its number.
#[derive(Debug)]
pub(super) struct ClosedLists {
    pub(super) workplaces: Values,
    pub(super) employments: Values,
    pub(super) levels: Values,
    /// Numbers of years, from none on.
    pub(super) years: Values,
    pub(super) degrees: Values,
    pub(super) sponsorships: Values,
    pub(super) clearances: Values,
}

impl ClosedLists {
    fn new() -> Self {
        let words = |words: &[&str]| ValuesBuilder::words(words).finish();
        let years: Vec<&str> = YEARS.iter().map(String::as_str).collect();
        Self {
            workplaces: words(Workplace::WORDS),
            employments: words(Employment::WORDS),
            levels: words(Level::WORDS),
            years: words(&years),
            degrees: words(Education::WORDS),
            sponsorships: words(Sponsorship::WORDS),
            clearances: words(Clearance::WORDS),
        }
    }

    /// The values of a field that is one of them.
    pub(super) fn values(&self, field: Field) -> Option<&Values> {
        match field {
            Field::Workplace => Some(&self.workplaces),
            Field::Employment => Some(&self.employments),
            Field::Level => Some(&self.levels),
            Field::Years => Some(&self.years),
            Field::Education => Some(&self.degrees),
            Field::Sponsorship => Some(&self.sponsorships),
            Field::Clearance => Some(&self.clearances),
            _ => None,
        }
    }
}

/// All columns with their values.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) titles: Texts,
    pub(super) companies: Values,
    pub(super) teams: Values,
    pub(super) places: Places,
    pub(super) tags: Values,
    pub(super) closed: ClosedLists,
    pub(super) skills: Values,
    pub(super) languages: Values,
    pub(super) boards: Values,
    /// Lists of areas that remote work may be done from, each as one text.
    pub(super) areas: Values,
    pub(super) title: Column<Vec<Title>>,
    pub(super) numbered: Column<NumberedTitles>,
    pub(super) tails: NumberSuffixes,
    pub(super) group: Column<Vec<EmployerRecord>>,
    pub(super) place_list: Column<PlaceLists>,
    pub(super) tag_list: Column<Lists>,
    pub(super) kind: Column<Vec<EnumRecord>>,
    pub(super) requirements: Requirements,
    pub(super) skill_list: Column<PackedLists>,
    pub(super) posted: Column<Vec<Option<Date>>>,
    pub(super) closes: Column<Vec<Option<Date>>>,
    pub(super) salary: Column<Salaries>,
}

impl Columns {
    /// Number of distinct records of a column.
    pub(super) fn records(&self, part: ColumnId) -> usize {
        match part {
            ColumnId::Title => self.title.records.len(),
            ColumnId::Numbered => self.numbered.records.len(),
            ColumnId::Employer => self.group.records.len(),
            ColumnId::Places => self.place_list.records.len(),
            ColumnId::Tags => self.tag_list.records.len(),
            ColumnId::Enums => self.kind.records.len(),
            ColumnId::Requirements => self.requirements.column.records.len(),
            ColumnId::Skills => self.skill_list.records.len(),
            ColumnId::Posted => self.posted.records.len(),
            ColumnId::Closes => self.closes.records.len(),
            ColumnId::Salary => self.salary.records.len(),
        }
    }

    /// Record number of each row.
    pub(super) fn ids(&self, part: ColumnId) -> &Ids {
        match part {
            ColumnId::Title => &self.title.ids,
            ColumnId::Numbered => &self.numbered.ids,
            ColumnId::Employer => &self.group.ids,
            ColumnId::Places => &self.place_list.ids,
            ColumnId::Tags => &self.tag_list.ids,
            ColumnId::Enums => &self.kind.ids,
            ColumnId::Requirements => &self.requirements.column.ids,
            ColumnId::Skills => &self.skill_list.ids,
            ColumnId::Posted => &self.posted.ids,
            ColumnId::Closes => &self.closes.ids,
            ColumnId::Salary => &self.salary.ids,
        }
    }
}
