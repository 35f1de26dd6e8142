//! An interview with a researcher: who, what was asked, what was answered.

/// One interview.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interview {
    /// Stable key, unique on its board.
    pub id: String,
    /// The headline.
    pub title: String,
    /// The line below the headline.
    pub subtitle: Option<String>,
    /// Who is interviewed.
    pub person: Option<Person>,
    /// Photo credit.
    pub credit: Option<String>,
    /// Photo caption.
    pub caption: Option<String>,
    /// The editor's note.
    pub editors_note: Option<String>,
    /// Markdown that stands before the first question.
    pub introduction: Option<String>,
    /// Research areas.
    pub topics: Vec<String>,
    /// Who published the original.
    pub publisher: Option<String>,
    /// True where the words are ours and only the facts are the original's.
    pub retold: bool,
    /// Ids of related postings; `None` leaves the choice to the board.
    pub related: Option<Vec<String>>,
    /// Where the original stands.
    pub url: Option<String>,
    /// Questions and answers, in order.
    pub exchanges: Vec<Exchange>,
}

/// The person interviewed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// What they do.
    pub role: Option<String>,
}

/// A question and its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exchange {
    /// One line.
    pub question: String,
    /// Markdown.
    pub answer: String,
}
