//! The query language: parses a line of text into terms that must all match, and prints them back.

mod closed;
pub mod complete;
mod dates;
pub mod edit;
pub mod language;
mod languages;
mod parse;
mod print;
#[cfg(test)]
mod tests;
mod value;
mod whereabouts;

use std::ops::Range;

use crate::board::location::Coordinates;

pub use crate::board::Date;
pub use closed::other_values;
pub use dates::upcoming;
pub use edit::{Selection, continued, facet_state, facet_value, set_sort, toggle, trimmed};
pub use parse::{parse, parse_unfinished};
pub use value::{Comparison, DateTest, SalaryTest, YearsTest};
pub use whereabouts::{Distance, FromTest, NearTest, Person, countries};

/// A parsed query. Terms that could not be parsed are marked and left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// Terms, all of which must match.
    pub terms: Vec<Term>,
    /// Requested order; `None` is by rank.
    pub sort: Option<Sort>,
    /// Where the order was asked for, in bytes of the query text.
    pub sort_span: Option<Range<usize>>,
    /// What `sort:near` is near to.
    pub near: Option<Coordinates>,
    /// Errors and unfinished terms, with their positions.
    pub marks: Vec<Mark>,
}

impl Query {
    /// Whether another query asks for the same rows in the same order, whatever is unfinished in either.
    pub fn is_same_search(&self, other: &Self) -> bool {
        self.terms == other.terms && (self.sort, self.near) == (other.sort, other.near)
    }
}

/// Alternatives, at least one of which must match.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Position in the query text, in bytes.
    pub span: Range<usize>,
    /// The alternatives.
    pub any: Vec<Atom>,
}

/// A test of one field, or of the default fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// Whether the test must fail.
    pub negated: bool,
    /// The field; `None` means title, company, team, locations and tags.
    pub field: Option<Field>,
    /// The test.
    pub test: Test,
}

/// Test of an atom.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// A word, its aliases, words that start with or contain it, and likely typos.
    Fuzzy(String),
    /// Exactly this word.
    Whole(String),
    /// Letters in this order, possibly with others in between.
    Scattered(String),
    /// A literal text, optionally anchored.
    Literal {
        /// The text.
        text: String,
        /// Position required within the value.
        anchor: Anchor,
    },
    /// The whole value.
    Equals(String),
    /// Absence of the field.
    Absent,
    /// A date.
    Date(DateTest),
    /// Pay.
    Salary(SalaryTest),
    /// Years of experience.
    Years(YearsTest),
    /// A distance to a city.
    Near(NearTest),
    /// Where one may work from.
    From(FromTest),
    /// State of the posting, or a mark of the user.
    State(State),
    /// A note or another entry of the user.
    Has(Kept),
    /// Unfinished term, which matches everything.
    Any,
}

/// Position required of a literal within the value.
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

/// The order of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// Sort key.
    pub key: SortKey,
    /// Whether the order is reversed.
    pub reverse: bool,
}

/// A remark on the query text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Position in the query text, in bytes.
    pub span: Range<usize>,
    /// Whether it is an error or unfinished.
    pub kind: MarkKind,
    /// Explanation.
    pub message: String,
}

impl Mark {
    /// Whether the term is left out.
    pub fn is_problem(&self) -> bool {
        self.kind != MarkKind::Hint
    }
}

/// Kind of a remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// An error; the term is ignored.
    Error,
    /// Unfinished; the term matches everything until completed.
    Incomplete,
    /// A remark on a term that is searched.
    Hint,
}

/// Declares an enum of names with conversions in both directions.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$item])* $variant,)+ }

        impl $name {
            /// Every name, in order.
            pub const NAMES: &'static [&'static str] = &[$($word),+];

            /// The name as typed.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value of a typed name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

names! {
    /// A field that a term can name.
    Field {
        /// Title.
        Title = "title",
        /// Company.
        Company = "company",
        /// Team within the company.
        Team = "team",
        /// Location as written.
        Location = "loc",
        /// Country code.
        Country = "country",
        /// State or province.
        Region = "region",
        /// City.
        City = "city",
        /// A tag.
        Tag = "tag",
        /// Workplace.
        Workplace = "workplace",
        /// Employment.
        Employment = "employment",
        /// Seniority.
        Level = "level",
        /// Years of experience required.
        Years = "years",
        /// Lowest degree required.
        Education = "education",
        /// Whether a visa is sponsored.
        Sponsorship = "sponsorship",
        /// Whether a security clearance is required.
        Clearance = "clearance",
        /// A technology required.
        Skill = "skill",
        /// A human language required.
        Speaks = "speaks",
        /// Language of the text.
        Language = "lang",
        /// Board of the posting.
        Board = "board",
        /// Description.
        Text = "text",
        /// Date of publication.
        Posted = "posted",
        /// Closing date.
        Closes = "closes",
        /// Pay.
        Salary = "salary",
        /// A city that is not far away.
        Near = "near",
        /// Where one may work from.
        From = "from",
        /// State of the posting or a mark.
        Is = "is",
        /// Presence of an entry of the user.
        Has = "has",
        /// The user's note.
        Note = "note",
        /// Date of the application.
        Applied = "applied",
        /// Date of the reminder.
        FollowUp = "followup",
    }
}

names! {
    /// State of a posting, or a mark of the user.
    State {
        /// Applications are accepted.
        Open = "open",
        /// Applications are no longer accepted.
        Closed = "closed",
        /// Added since the last visit and not viewed yet.
        New = "new",
        /// Changed since the last visit.
        Changed = "changed",
        /// Viewed.
        Seen = "seen",
        /// Saved.
        Saved = "saved",
        /// Applied, whatever the outcome.
        Applied = "applied",
        /// In the interview stage.
        Interview = "interview",
        /// An offer was made.
        Offer = "offer",
        /// Rejected by the company.
        Rejected = "rejected",
        /// Withdrawn by the user.
        Withdrawn = "withdrawn",
        /// No answer was received.
        NoAnswer = "no-answer",
        /// Hidden.
        Hidden = "hidden",
        /// Hidden by a mute rule.
        Muted = "muted",
    }
}

impl State {
    /// Whether the state is a mark of the user rather than a property of the posting.
    pub fn is_mark(self) -> bool {
        !matches!(self, Self::Open | Self::Closed)
    }
}

names! {
    /// Entries that the user may keep about a posting.
    Kept {
        /// A note.
        Note = "note",
        /// A contact.
        Contact = "contact",
        /// The CV that was sent.
        Cv = "cv",
    }
}

names! {
    /// Sort key of the results.
    SortKey {
        /// Newest first.
        Posted = "posted",
        /// Soonest first.
        Closes = "closes",
        /// Low to high, grouped by currency.
        Salary = "salary",
        /// A to Z.
        Title = "title",
        /// A to Z.
        Company = "company",
        /// Nearest first, of several places the nearest.
        Near = "near",
    }
}

impl Query {
    /// Whether a term tests this state, negated or not.
    pub fn asks_for(&self, state: State) -> bool {
        let mut atoms = self.terms.iter().flat_map(|term| &term.any);
        atoms.any(|atom| atom.test == Test::State(state))
    }
}

impl Atom {
    /// Whether it depends on the user's marks.
    pub fn is_of_marks(&self) -> bool {
        match self.test {
            Test::State(state) => state.is_mark(),
            Test::Has(_) => true,
            _ => matches!(
                self.field,
                Some(Field::Note | Field::Applied | Field::FollowUp)
            ),
        }
    }
}
