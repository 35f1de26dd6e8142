//! The columns of a list: the words of the vocabulary.

use clap::ValueEnum;
use clap::builder::PossibleValue;

/// Declares the words that a posting's columns go by.
macro_rules! columns {
    ($($variant:ident = $word:literal,)+) => {
        /// One word of the vocabulary, as a column of a list or a key of an object.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Column { $(#[doc = $word] $variant,)+ }

        impl Column {
            /// Every column, in the order of the vocabulary.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

columns! {
    Id = "id",
    Board = "board",
    Title = "title",
    Company = "company",
    Team = "team",
    Locations = "locations",
    Country = "country",
    Region = "region",
    City = "city",
    Workplace = "workplace",
    Employment = "employment",
    Posted = "posted",
    Closes = "closes",
    Salary = "salary",
    Url = "url",
    Level = "level",
    Sponsorship = "sponsorship",
    Publisher = "publisher",
    Retold = "retold",
    Tags = "tags",
    Language = "language",
    Description = "description",
    Source = "source",
}

impl ValueEnum for Column {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}
