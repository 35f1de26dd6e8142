//! Interviews: the person, the questions and the answers.

/// An interview.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interview {
    /// Stable key, unique on its board.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Line below the headline.
    pub subtitle: Option<String>,
    /// The person interviewed.
    pub person: Option<Person>,
    /// File of the photo, relative to the board's folder.
    pub photo: Option<String>,
    /// Photo credit.
    pub credit: Option<String>,
    /// Photo caption.
    pub caption: Option<String>,
    /// Editor's note.
    pub editors_note: Option<String>,
    /// Markdown before the first question.
    pub introduction: Option<String>,
    /// Research areas.
    pub topics: Vec<String>,
    /// Publisher of the original.
    pub publisher: Option<String>,
    /// Whether the text is a retelling of the original.
    pub retold: bool,
    /// Ids of related postings; if `None`, the board selects some.
    pub related: Option<Vec<String>>,
    /// Address of the original.
    pub url: Option<String>,
    /// Questions and answers, in order.
    pub exchanges: Vec<Exchange>,
}

/// The person interviewed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Occupation.
    pub role: Option<String>,
}

/// A question and its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exchange {
    /// Question, on one line.
    pub question: String,
    /// Answer, in Markdown.
    pub answer: String,
}
