//! The query language: one line of text read into terms that must all hold.

pub mod complete;
mod dates;
pub mod edit;
mod parse;
mod print;
#[cfg(test)]
mod tests;
mod value;
mod whereabouts;

use std::ops::Range;

use crate::board::location::Coordinates;

pub use crate::board::Date;
pub use dates::upcoming;
pub use edit::{Selection, continued, facet_state, set_sort, toggle, trimmed};
pub use parse::parse;
pub use value::{Comparison, DateTest, SalaryTest, YearsTest};
pub use whereabouts::{Distance, FromTest, NearTest, Person, countries};

/// A query as it was read; what could not be read is marked and left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// All must hold.
    pub terms: Vec<Term>,
    /// The order asked for; `None` is by rank.
    pub sort: Option<Sort>,
    /// Where the order was asked for, in bytes of the query text.
    pub sort_span: Option<Range<usize>>,
    /// What `sort:near` is near to.
    pub near: Option<Coordinates>,
    /// What was wrong or unfinished, and where.
    pub marks: Vec<Mark>,
}

impl Query {
    /// Whether another query asks for the same rows in the same order, whatever is unfinished in either.
    pub fn is_same_search(&self, other: &Self) -> bool {
        self.terms == other.terms && (self.sort, self.near) == (other.sort, other.near)
    }
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
    /// A word, its other names, and words that begin with it, hold it, or are spelt nearly so.
    Fuzzy(String),
    /// A whole word and nothing else.
    Whole(String),
    /// Letters that need only come in this order.
    Scattered(String),
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
    /// Years of experience.
    Years(YearsTest),
    /// A distance to a city.
    Near(NearTest),
    /// Where one may work from.
    From(FromTest),
    /// What it is, or what a person did with it.
    State(State),
    /// What a person keeps beside it.
    Has(Kept),
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
        /// A city that is not far away.
        Near = "near",
        /// Where one may work from.
        From = "from",
        /// State.
        Is = "is",
        /// What is kept beside it.
        Has = "has",
        /// The day of the application.
        Applied = "applied",
        /// The day to come back to it.
        FollowUp = "followup",
    }
}

names! {
    /// A state of a posting: of itself, or of what a person did with it.
    State {
        /// Applications are taken.
        Open = "open",
        /// They are no longer.
        Closed = "closed",
        /// It came after the last look at the board, and was not looked at yet.
        New = "new",
        /// It says something else than at the last look at the board.
        Changed = "changed",
        /// It was looked at.
        Seen = "seen",
        /// It is to be kept.
        Saved = "saved",
        /// An application was sent, whatever became of it.
        Applied = "applied",
        /// They talk.
        Interview = "interview",
        /// They want to hire.
        Offer = "offer",
        /// They do not.
        Rejected = "rejected",
        /// The person does not.
        Withdrawn = "withdrawn",
        /// Nothing came back.
        NoAnswer = "no-answer",
        /// It is not to be shown.
        Hidden = "hidden",
        /// A mute rule keeps it from being shown.
        Muted = "muted",
    }
}

impl State {
    /// Whether it is a mark, which somebody made or may make, rather than a fact of the posting.
    pub fn is_mark(self) -> bool {
        !matches!(self, Self::Open | Self::Closed)
    }
}

names! {
    /// What a person may keep beside a posting.
    Kept {
        /// A note.
        Note = "note",
        /// Whom to talk to.
        Contact = "contact",
        /// Which CV was sent.
        Cv = "cv",
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
        /// Nearest first, of several places the nearest.
        Near = "near",
    }
}

impl Query {
    /// Whether a term asks for this state, or for its opposite.
    pub fn asks_for(&self, state: State) -> bool {
        let mut atoms = self.terms.iter().flat_map(|term| &term.any);
        atoms.any(|atom| atom.test == Test::State(state))
    }
}

impl Atom {
    /// Whether it asks about what a person marked.
    pub fn is_of_marks(&self) -> bool {
        match self.test {
            Test::State(state) => state.is_mark(),
            Test::Has(_) => true,
            _ => matches!(self.field, Some(Field::Applied | Field::FollowUp)),
        }
    }
}
