//! The columns of a list: the words of the vocabulary.

use std::sync::LazyLock;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::board::field::{FIELDS, Field};

/// One word of the vocabulary, as a column of a list or a key of an object.
#[derive(Debug, Clone, Copy)]
pub enum Column {
    /// A field of a posting.
    Field(&'static Field),
    /// The board that a posting is on.
    Board,
    /// The countries of its places.
    Country,
    /// Their regions.
    Region,
    /// Their cities.
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
    /// What the posting states in its own title, locations and text.
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

impl Column {
    /// Every column, in the order of the vocabulary.
    pub fn all() -> &'static [Self] {
        &ALL
    }

    /// Every column that is stated, not derived.
    pub fn stated() -> &'static [Self] {
        let all = Self::all();
        // The others are the last two.
        &all[..all.len() - 2]
    }

    /// The word.
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

    /// The column of a word.
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
