//! Output columns, named by the vocabulary.

use std::sync::LazyLock;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::board::field::{FIELDS, Field, Kind};

/// A word of the vocabulary, as a column of a list or a key of an object.
#[derive(Debug, Clone, Copy)]
pub enum Column {
    /// A field of a posting.
    Field(&'static Field),
    /// Board of the posting.
    Board,
    /// Countries of its locations.
    Country,
    /// Regions of its locations.
    Region,
    /// Cities of its locations.
    City,
    /// The lower end of each pay range, as a number.
    SalaryMin,
    /// The upper end.
    SalaryMax,
    /// Its currency.
    SalaryCurrency,
    /// The time it is paid for.
    SalaryPer,
    /// The place it is paid at.
    SalaryLocation,
    /// Facts derived from its title, locations and text.
    Facts,
    /// Words of the query that it answers with other words.
    Assumed,
}

static ALL: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let columns = FIELDS.iter().flat_map(|field| {
        let beside: &[Column] = match field.name {
            "id" => &[Column::Board],
            "locations" => &[Column::Country, Column::Region, Column::City],
            "salary" => &[
                Column::SalaryMin,
                Column::SalaryMax,
                Column::SalaryCurrency,
                Column::SalaryPer,
                Column::SalaryLocation,
            ],
            _ => &[],
        };
        std::iter::once(Column::Field(field)).chain(beside.iter().copied())
    });
    columns.chain([Column::Facts, Column::Assumed]).collect()
});

/// Columns of an object: it has the pay ranges themselves rather than their parts.
static WHOLE: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let all = ALL.iter().copied();
    all.filter(|column| !column.is_part_of_pay()).collect()
});

impl Column {
    /// Every column, in documented order.
    pub fn all() -> &'static [Self] {
        &ALL
    }

    /// Every column that is stated rather than derived.
    pub fn stated() -> &'static [Self] {
        let all = Self::all();
        // The others are the last two.
        &all[..all.len() - 2]
    }

    /// Columns of a complete object, in documented order.
    pub fn whole() -> &'static [Self] {
        &WHOLE
    }

    /// Columns of a complete object that are stated rather than derived.
    pub fn whole_stated() -> &'static [Self] {
        let whole = Self::whole();
        &whole[..whole.len() - 2]
    }

    /// Whether it repeats one part of `salary`.
    pub fn is_part_of_pay(self) -> bool {
        matches!(
            self,
            Self::SalaryMin
                | Self::SalaryMax
                | Self::SalaryCurrency
                | Self::SalaryPer
                | Self::SalaryLocation
        )
    }

    /// Type of its value in JSON, as documented.
    pub fn shape(self) -> &'static str {
        match self {
            Self::Field(field) => match field.kind {
                Kind::Required(_) => "text",
                Kind::Line(..) => "text or null",
                Kind::Block(_) => "Markdown or null",
                Kind::Lines(..) | Kind::Locations(_) => "list of texts",
                Kind::Word(_) => "word or null",
                Kind::Words(_) => "list of words",
                Kind::Day(_) => "date or null",
                Kind::Flag(_) => "boolean",
                Kind::Salaries(_) => "list of objects",
                Kind::Years(_) | Kind::Source(_) => "object or null",
            },
            Self::Board => "text or null",
            Self::Country | Self::Region | Self::City | Self::SalaryCurrency | Self::SalaryPer => {
                "list of texts"
            }
            Self::SalaryMin | Self::SalaryMax => "list of optional numbers",
            Self::SalaryLocation => "list of optional texts",
            Self::Facts => "object or null",
            Self::Assumed => "list of objects",
        }
    }

    /// Name of the column.
    pub fn word(self) -> &'static str {
        match self {
            Self::Field(field) => field.name,
            Self::Board => "board",
            Self::Country => "country",
            Self::Region => "region",
            Self::City => "city",
            Self::SalaryMin => "salary_min",
            Self::SalaryMax => "salary_max",
            Self::SalaryCurrency => "salary_currency",
            Self::SalaryPer => "salary_per",
            Self::SalaryLocation => "salary_location",
            Self::Facts => "facts",
            Self::Assumed => "assumed",
        }
    }

    /// The column with this name.
    pub fn named(word: &str) -> Option<Self> {
        Self::all()
            .iter()
            .copied()
            .find(|column| column.word() == word)
    }
}

impl ValueEnum for Column {
    fn value_variants<'a>() -> &'a [Self] {
        Self::all()
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}
