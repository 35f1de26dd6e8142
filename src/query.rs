//! The query language: one line of text read into terms that must all hold.

pub mod edit;
mod parse;
mod print;
#[cfg(test)]
mod tests;
mod value;

use std::ops::Range;

pub use crate::board::Date;
pub use edit::{Selection, facet_state, toggle};
pub use parse::parse;
pub use value::{Comparison, DateTest, SalaryTest};

/// A query as it was read; what could not be read is marked and left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// All must hold.
    pub terms: Vec<Term>,
    /// The order asked for; `None` is by rank.
    pub sort: Option<Sort>,
    /// What was wrong or unfinished, and where.
    pub marks: Vec<Mark>,
}

/// Alternatives, one of which must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Where it stands, in bytes of the query text.
    pub span: Range<usize>,
    /// The alternatives.
    pub any: Vec<Atom>,
}

/// One test of one field, or of the default fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// Must not hold.
    pub negated: bool,
    /// `None` is title, company, team, locations and tags.
    pub field: Option<Field>,
    /// What is tested.
    pub test: Test,
}

/// What an atom tests.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// A word, scattered or not.
    Fuzzy(String),
    /// A literal text, perhaps tied to an end of the value.
    Literal {
        /// The text.
        text: String,
        /// Where in the value it must stand.
        anchor: Anchor,
    },
    /// The whole value.
    Equals(String),
    /// The field is absent.
    Absent,
    /// A date.
    Date(DateTest),
    /// Pay.
    Salary(SalaryTest),
    /// Open or closed.
    State(State),
    /// Unfinished: matches everything.
    Any,
}

/// Where in a value a literal must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Anywhere.
    None,
    /// At the start.
    Start,
    /// At the end.
    End,
    /// The whole value.
    Both,
}

/// A state of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Applications are taken.
    Open,
    /// They are no longer.
    Closed,
}

/// The order of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// The other way round.
    pub reverse: bool,
}

/// Something about the text that its writer should see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where, in bytes of the query text.
    pub span: Range<usize>,
    /// Wrong or only unfinished.
    pub kind: MarkKind,
    /// The explanation.
    pub message: String,
}

/// How a mark is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// Ignored.
    Error,
    /// Matches everything until it is finished.
    Incomplete,
}

/// Declares an enum of words with the way there and back.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$item])* $variant,)+ }

        impl $name {
            /// Every name, in order.
            pub const NAMES: &'static [&'static str] = &[$($word),+];

            /// The name as it is typed.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What a typed name means.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

names! {
    /// A field of a posting that a term can name.
    Field {
        /// The role.
        Title = "title",
        /// Who hires.
        Company = "company",
        /// The group within the company.
        Team = "team",
        /// A place as written.
        Location = "loc",
        /// Country code.
        Country = "country",
        /// State or province.
        Region = "region",
        /// City.
        City = "city",
        /// A tag.
        Tag = "tag",
        /// On site, hybrid or remote.
        Workplace = "workplace",
        /// Kind of employment.
        Employment = "employment",
        /// Seniority.
        Level = "level",
        /// Language of the text.
        Language = "lang",
        /// The board it stands on.
        Board = "board",
        /// The description.
        Text = "text",
        /// First day.
        Posted = "posted",
        /// Last day.
        Closes = "closes",
        /// Pay.
        Salary = "salary",
        /// State.
        Is = "is",
    }
}

names! {
    /// What results are ordered by.
    SortKey {
        /// Newest first.
        Posted = "posted",
        /// Soonest first.
        Closes = "closes",
        /// Low to high, currency by currency.
        Salary = "salary",
        /// A to Z.
        Title = "title",
        /// A to Z.
        Company = "company",
    }
}
