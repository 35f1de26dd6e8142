//! Postings side by side: their facts, the user's marks, and the skills they share.
//!
//! A [`Comparison`] is a table with a column for each posting. [`Comparison::lines`] lays it out for a width, for the
//! screen and for the command line alike.

mod layout;
mod lines;
mod markdown;
#[cfg(test)]
mod tests;

use crate::board::fold::fold;
use crate::board::{
    Clearance, Date, Education, Employment, Level, Posting, Sponsorship, Workplace, Years,
};
use crate::document::{closes_in_words, day_in_words, posted_in_words};
use crate::facts::{self, Facts, Summary};
use crate::tracking::Status;

pub use lines::{Line, Role, Span};

/// How many postings can be compared at once.
pub const COUNT: std::ops::RangeInclusive<usize> = 2..=5;

/// A posting to compare.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The posting.
    pub posting: &'a Posting,
    /// The facts in its text, if they are derived.
    pub facts: Option<&'a Facts>,
    /// The user's marks on it.
    pub status: &'a Status,
}

/// Several postings side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The postings, from left to right.
    pub heads: Vec<Head>,
    /// The facts, from top to bottom.
    pub rows: Vec<Row>,
}

/// Head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Id of the posting.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who hires.
    pub company: Option<String>,
}

/// A fact of every posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Name of the fact in the vocabulary.
    pub name: &'static str,
    /// Name of the fact on the screen.
    pub label: &'static str,
    /// Its values, one cell for each posting.
    pub cells: Vec<Cell>,
    /// Whether the postings differ; a value that one of them does not state is unknown rather than different.
    pub differs: bool,
}

/// Values of a fact of one posting; none if it is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The values.
    pub values: Vec<Value>,
}

/// A value of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The value in words.
    pub text: String,
    /// Whether it was read out of the text.
    pub is_derived: bool,
}

impl Cell {
    fn stated(texts: impl IntoIterator<Item = String>) -> Self {
        let texts = texts.into_iter().filter(|text| !text.is_empty());
        let values = texts.map(|text| Value {
            text,
            is_derived: false,
        });
        Self {
            values: values.collect(),
        }
    }

    fn derived(texts: impl IntoIterator<Item = String>) -> Self {
        let mut cell = Self::stated(texts);
        for value in &mut cell.values {
            value.is_derived = true;
        }
        cell
    }

    /// Whether it says the same as another, wherever that was read.
    fn agrees(&self, other: &Self) -> bool {
        let texts = |cell: &Self| {
            let mut texts: Vec<String> = cell.values.iter().map(Value::folded).collect();
            texts.sort_unstable();
            texts
        };
        texts(self) == texts(other)
    }
}

impl Value {
    fn folded(&self) -> String {
        fold(&self.text)
    }
}

/// Facts that are shown even if no posting states them.
const ALWAYS: [&str; 6] = ["pay", "locations", "workplace", "level", "years", "posted"];

impl Comparison {
    /// Compares postings as of `today`.
    pub fn new(candidates: &[Candidate<'_>], today: Date) -> Self {
        let columns: Vec<Column<'_>> = candidates
            .iter()
            .map(|candidate| Column::new(*candidate, today))
            .collect();
        let mut rows: Vec<Row> = FACTS
            .iter()
            .map(|(name, label, cell)| Row::new(name, label, columns.iter().map(cell)))
            .collect();
        let at = rows.iter().position(|row| row.name == "stage");
        let skills = skill_rows(&columns);
        let at = at.unwrap_or(rows.len());
        rows.splice(at..at, skills);
        rows.retain(|row| ALWAYS.contains(&row.name) || !row.is_empty());
        let heads = columns.iter().map(|column| Head {
            id: column.posting.id.clone(),
            title: column.posting.title.clone(),
            company: column.posting.company.clone(),
        });
        Self {
            heads: heads.collect(),
            rows,
        }
    }

    /// Number of facts in which the postings differ.
    pub fn differences(&self) -> usize {
        self.rows.iter().filter(|row| row.differs).count()
    }
}

impl Row {
    fn new(name: &'static str, label: &'static str, cells: impl Iterator<Item = Cell>) -> Self {
        let cells: Vec<Cell> = cells.collect();
        let is_known = |cell: &&Cell| !cell.values.is_empty() || is_absence_known(name);
        let known: Vec<&Cell> = cells.iter().filter(is_known).collect();
        let differs = known.windows(2).any(|pair| !pair[0].agrees(pair[1]));
        Self {
            name,
            label,
            cells,
            differs,
        }
    }

    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.values.is_empty())
    }

    /// Whether all postings have the same values, or none has any.
    fn is_uniform(&self) -> bool {
        self.cells.windows(2).all(|pair| pair[0].agrees(&pair[1]))
    }
}

/// A posting with its facts in words.
struct Column<'a> {
    posting: &'a Posting,
    facts: Vec<Summary>,
    skills: Vec<(String, bool)>,
    status: &'a Status,
    today: Date,
}

type CellOf = fn(&Column<'_>) -> Cell;

/// Every fact but the skills, from top to bottom.
const FACTS: &[(&str, &str, CellOf)] =
    &[
        ("pay", "Pay", pay),
        ("locations", "Place", places),
        ("workplace", "Workplace", |column| {
            let stated = column.posting.resolved_workplace();
            column.word(stated.map(Workplace::word), "workplace")
        }),
        ("remote_from", "Remote from", |column| {
            let stated = column.posting.remote_from.join(", ");
            column.either(stated, "remote_from")
        }),
        ("employment", "Employment", |column| {
            let kinds = column.posting.employment.iter();
            let kinds: Vec<&str> = kinds.map(|kind| Employment::word(*kind)).collect();
            column.either(kinds.join(", "), "employment")
        }),
        ("level", "Level", |column| {
            column.word(column.posting.level.map(Level::word), "level")
        }),
        ("years", "Experience", years),
        ("education", "Education", |column| {
            let stated = column.posting.education.map(Education::word);
            column.word(stated, "education")
        }),
        ("languages", "Languages", |column| {
            let tags = column.posting.languages.iter();
            let names = tags.map(|tag| facts::language_name(tag).unwrap_or(tag));
            column.either(names.collect::<Vec<_>>().join(", "), "languages")
        }),
        ("sponsorship", "Visa", |column| {
            let stated = column.posting.sponsorship.map(Sponsorship::word);
            column.word(stated, "sponsorship")
        }),
        ("clearance", "Clearance", |column| {
            let stated = column.posting.clearance.map(Clearance::word);
            column.word(stated, "clearance")
        }),
        ("posted", "Posted", |column| {
            let day = column.posting.posted;
            Cell::stated(day.map(|day| posted_in_words(day, Some(column.today))))
        }),
        ("closes", "Closes", |column| {
            let day = column.posting.closes;
            Cell::stated(day.map(|day| closes_in_words(day, Some(column.today))))
        }),
        ("stage", "Status", marks),
        ("follow_up", "Follow up", |column| {
            let day = column.status.follow_up;
            Cell::stated(day.map(|day| {
                closes_in_words(day, Some(column.today)).replace(" · closed", " · overdue")
            }))
        }),
        ("contact", "Contact", |column| {
            Cell::stated(column.status.contact.clone())
        }),
        ("cv", "CV", |column| Cell::stated(column.status.cv.clone())),
        ("note", "Note", |column| {
            let note = column.status.note.iter();
            Cell::stated(note.flat_map(|note| note.lines().map(str::to_owned)))
        }),
    ];

impl<'a> Column<'a> {
    fn new(candidate: Candidate<'a>, today: Date) -> Self {
        let facts = candidate.facts.map(Facts::summaries).unwrap_or_default();
        Self {
            posting: candidate.posting,
            skills: skills(candidate.posting, candidate.facts),
            facts,
            status: candidate.status,
            today,
        }
    }

    fn fact(&self, name: &str) -> Option<&Summary> {
        self.facts.iter().find(|fact| fact.name == name)
    }

    /// What is stated, else what the text says.
    fn either(&self, stated: String, name: &str) -> Cell {
        if !stated.is_empty() {
            return Cell::stated([stated]);
        }
        Cell::derived(self.fact(name).map(|fact| fact.words.clone()))
    }

    /// A single value: what is stated, and what the text says where it contradicts that.
    fn word(&self, stated: Option<&str>, name: &str) -> Cell {
        let Some(stated) = stated else {
            return self.either(String::new(), name);
        };
        let mut cell = Cell::stated([stated.to_owned()]);
        let other = self.fact(name).filter(|fact| fact.words != stated);
        let other = Cell::derived(other.map(|fact| fact.words.clone()));
        cell.values.extend(other.values);
        cell
    }

    fn day(&self, day: Date) -> String {
        day_in_words(day, Some(self.today))
    }
}

fn years(column: &Column<'_>) -> Cell {
    let Some(stated) = column.posting.years else {
        return column.either(String::new(), "years");
    };
    let mut cell = Cell::stated([stated.to_string()]);
    let denies =
        |fact: &&Summary| Years::parse(&fact.words).is_some_and(|years| years.min != stated.min);
    let other = column.fact("years").filter(denies);
    let other = Cell::derived(other.map(|fact| fact.words.clone()));
    cell.values.extend(other.values);
    cell
}

fn pay(column: &Column<'_>) -> Cell {
    if column.posting.salary.is_empty() {
        let pay = column.fact("pay");
        let ranges = pay.iter().flat_map(|pay| pay.words.split(", "));
        return Cell::derived(ranges.map(str::to_owned));
    }
    let ranges = column.posting.salary.iter();
    Cell::stated(ranges.map(ToString::to_string))
}

fn places(column: &Column<'_>) -> Cell {
    let places = column.posting.locations.iter();
    Cell::stated(places.map(|place| place.written.clone()))
}

/// Saved, hidden, and every stage of the application, each with its day.
fn marks(column: &Column<'_>) -> Cell {
    let status = column.status;
    let mut marks = Vec::new();
    if let Some(day) = status.saved_on() {
        marks.push(format!("saved {}", column.day(day)));
    }
    let stages = status.course.iter();
    marks.extend(stages.map(|step| format!("{} {}", step.stage.word(), column.day(step.on))));
    if let Some(reason) = status.hidden {
        marks.push(format!("hidden: {}", reason.word()));
    }
    Cell::stated(marks)
}

/// The skills of a posting under their usual names, each with whether it was read out of the text.
fn skills(posting: &Posting, facts: Option<&Facts>) -> Vec<(String, bool)> {
    let stated = posting.skills.iter().map(|written| {
        let known = facts::skill_named(written);
        known.map_or_else(|| written.clone(), |skill| skill.name.to_owned())
    });
    let mut skills: Vec<(String, bool)> = stated.map(|name| (name, false)).collect();
    if skills.is_empty() {
        let found = facts.iter().flat_map(|facts| &facts.skills);
        skills.extend(found.map(|found| (found.value.name.to_owned(), true)));
    }
    skills
}

/// The skills that all postings ask for, and those that only some do.
fn skill_rows(columns: &[Column<'_>]) -> [Row; 2] {
    let has = |column: &Column<'_>, name: &str| {
        let mut names = column.skills.iter();
        names.any(|(known, _)| known.eq_ignore_ascii_case(name))
    };
    let is_shared = |name: &str| columns.iter().all(|column| has(column, name));
    let cells = |shared: bool| {
        columns.iter().map(move |column| {
            let skills = column.skills.iter();
            let skills = skills.filter(|(name, _)| is_shared(name) == shared);
            let values = skills.map(|(text, is_derived)| Value {
                text: text.clone(),
                is_derived: *is_derived,
            });
            Cell {
                values: values.collect(),
            }
        })
    };
    let mut shared = Row::new(SHARED_SKILLS, "All ask for", cells(true));
    shared.differs = false;
    [shared, Row::new(OTHER_SKILLS, "Also ask for", cells(false))]
}

/// Name of the row of skills that all postings ask for.
pub const SHARED_SKILLS: &str = "skills_shared";
/// Name of the row of skills that only some postings ask for.
pub const OTHER_SKILLS: &str = "skills_other";

/// Whether a posting without a value differs from one with a value: the user's own marks, and skills listed apart.
fn is_absence_known(name: &str) -> bool {
    const MARKS: [&str; 5] = ["stage", "follow_up", "contact", "cv", "note"];
    MARKS.contains(&name) || name == OTHER_SKILLS
}

/// Rows whose values are short and stand beside each other.
fn is_list(name: &str) -> bool {
    [SHARED_SKILLS, OTHER_SKILLS].contains(&name)
}
