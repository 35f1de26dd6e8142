//! Records as postings that have only the fields of one column.

use crate::board::{Posting, Salary};
use crate::facts::{Pay, Values, skill_named};
use crate::search::columns::ColumnId;

/// A distinct record of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// A title.
    Title(String),
    /// Company and team.
    Employer(Option<String>, Option<String>),
    /// Fields of a posting as stated, and those derived from its text.
    Fields(Box<(Posting, Posting)>),
}

impl Record {
    /// The record of a column that a posting has, given the facts derived from its text.
    pub fn new(column: ColumnId, posting: &Posting, derived: &Values<'_>) -> Self {
        let read = Posting {
            workplace: derived.workplace,
            remote_from: owned(&derived.remote_from),
            ..Posting::default()
        };
        let posting = posting.clone();
        let (stated, derived) = match column {
            ColumnId::Title | ColumnId::Numbered => return Self::Title(posting.title),
            ColumnId::Employer => return Self::Employer(posting.company, posting.team),
            ColumnId::Places => stated(|of| of.locations = posting.locations),
            ColumnId::Tags => stated(|of| of.tags = posting.tags),
            ColumnId::Enums => (
                Posting {
                    workplace: posting.workplace,
                    employment: posting.employment,
                    level: posting.level,
                    language: posting.language,
                    board: posting.board,
                    remote_from: posting.remote_from,
                    locations: posting.locations,
                    ..Posting::default()
                },
                Posting {
                    employment: derived.employment.into_iter().collect(),
                    level: derived.level,
                    ..read
                },
            ),
            ColumnId::Requirements => (
                Posting {
                    years: posting.years,
                    education: posting.education,
                    sponsorship: posting.sponsorship,
                    clearance: posting.clearance,
                    languages: posting.languages,
                    workplace: posting.workplace,
                    remote_from: posting.remote_from,
                    locations: posting.locations,
                    ..Posting::default()
                },
                Posting {
                    years: derived.years,
                    education: derived.education,
                    sponsorship: derived.sponsorship,
                    clearance: derived.clearance,
                    languages: owned(&derived.languages),
                    ..read
                },
            ),
            ColumnId::Skills => (
                Posting {
                    skills: posting.skills,
                    ..Posting::default()
                },
                Posting {
                    skills: derived
                        .skills
                        .iter()
                        .map(|skill| skill.name.to_owned())
                        .collect(),
                    ..Posting::default()
                },
            ),
            ColumnId::Posted => stated(|of| of.posted = posting.posted),
            ColumnId::Closes => stated(|of| of.closes = posting.closes),
            ColumnId::Salary => (
                Posting {
                    salary: posting.salary,
                    ..Posting::default()
                },
                Posting {
                    salary: derived.pay.iter().map(salary).collect(),
                    ..Posting::default()
                },
            ),
        };
        Self::Fields(Box::new((stated, derived)))
    }
}

/// A record without derived fields.
fn stated(fill: impl FnOnce(&mut Posting)) -> (Posting, Posting) {
    let mut posting = Posting::default();
    fill(&mut posting);
    (posting, Posting::default())
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn salary(pay: &Pay) -> Salary {
    Salary {
        min: pay.min,
        max: pay.max,
        currency: pay.currency,
        per: pay.per,
        location: None,
    }
}

/// The derived fields of a record as facts.
pub(super) fn values(derived: &Posting) -> Values<'_> {
    Values {
        level: derived.level,
        years: derived.years,
        workplace: derived.workplace,
        remote_from: derived.remote_from.iter().map(String::as_str).collect(),
        sponsorship: derived.sponsorship,
        clearance: derived.clearance,
        employment: derived.employment.first().copied(),
        pay: derived
            .salary
            .iter()
            .map(|salary| Pay {
                min: salary.min,
                max: salary.max,
                currency: salary.currency,
                per: salary.per,
            })
            .collect(),
        education: derived.education,
        skills: derived
            .skills
            .iter()
            .filter_map(|name| skill_named(name))
            .collect(),
        languages: derived.languages.iter().map(String::as_str).collect(),
    }
}
