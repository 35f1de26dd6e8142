//! Prints a posting or an interview.

use std::io::{self, Write};

use serde::Serialize;

use super::record::{InterviewRecord, PostingRecord};
use super::{Context, Outcome, Output};
use crate::board::{Board, Interview, Posting, text};
use crate::cli::{Column, TextFormat};
use crate::document::Document;

/// Maximum number of ids suggested for an unknown one.
const OFFERED: usize = 3;
/// Minimum similarity of a suggested id, from 0 to 1.
const LIKE: f64 = 0.8;

/// The item with an id.
pub(super) enum Item<'a> {
    /// A posting.
    Posting(Box<Posting>),
    /// An interview.
    Interview(&'a Interview),
}

impl<'a> Item<'a> {
    /// The posting with this id.
    pub(super) fn posting(board: &'a Board, id: &str) -> Option<Self> {
        let posting = board.posting(id)?;
        Some(Self::Posting(Box::new(posting.into_owned())))
    }

    /// The interview with this id.
    pub(super) fn interview(board: &'a Board, id: &str) -> Option<Self> {
        board.interview(id).map(Self::Interview)
    }

    /// Prints the item.
    pub(super) fn print(
        &self,
        format: TextFormat,
        context: &Context,
        output: &mut Output,
    ) -> io::Result<()> {
        let text = match format {
            TextFormat::Text => {
                let measure = context.config.measure;
                let width = output.width().map_or(measure, |width| width.min(measure));
                self.document(&context.board).to_plain(Some(width))
            }
            TextFormat::Markdown => self.document(&context.board).to_markdown(),
            TextFormat::Json => self.json(&context.board, context.config.derive)?,
        };
        output.write_all(text.as_bytes())
    }

    /// Prints the item as JSON on one line.
    pub(super) fn print_line(&self, context: &Context, output: &mut Output) -> io::Result<()> {
        let object = self.json(&context.board, context.config.derive)?;
        let object: serde_json::Value = serde_json::from_str(&object)?;
        writeln!(output, "{object}")
    }

    fn document(&self, board: &Board) -> Document {
        match self {
            Self::Posting(posting) => Document::posting(posting),
            Self::Interview(interview) => Document::interview(interview, &board.related(interview)),
        }
    }

    /// JSON of the item; `derive` adds the derived facts.
    fn json(&self, board: &Board, derive: bool) -> io::Result<String> {
        match self {
            Self::Posting(posting) => object(&PostingRecord {
                posting,
                alike: None,
                assumed: &[],
                columns: if derive {
                    Column::whole()
                } else {
                    Column::whole_stated()
                },
            }),
            Self::Interview(interview) => {
                let related = board.related(interview).into_iter();
                let related = related
                    .map(|posting| posting.id.clone())
                    .collect::<Vec<_>>();
                let related = related.iter().map(String::as_str).collect();
                object(&InterviewRecord::new(interview, related))
            }
        }
    }
}

fn object(record: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(record)? + "\n")
}

/// Reports that the id is unknown, and suggests similar ones.
pub(super) fn unknown(id: &str, context: &Context, output: &mut Output) -> Outcome {
    let board = &context.board;
    // Ids that are on a server are not here to be compared.
    let here = (!context.is_remote()).then(|| board.postings());
    let postings = here.into_iter().flatten().map(|posting| posting.id.clone());
    let interviews = board
        .interviews()
        .iter()
        .map(|interview| interview.id.clone());
    let ids: Vec<String> = postings.chain(interviews).collect();
    let near = nearest(id, ids.iter().map(String::as_str));
    let offer = if near.is_empty() {
        "`jobdeck list --columns id,title` lists them".to_owned()
    } else {
        format!("did you mean `{}`?", near.join("` or `"))
    };
    output.note(&format!(
        "no posting or interview has the id `{}`; {offer}",
        text::line(id)
    ));
    Outcome::Nothing
}

/// The most similar ids; those that contain the text come first.
fn nearest<'a>(written: &str, ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let similarity = |id: &'a str| {
        let holds = !written.is_empty() && id.contains(written);
        let like = strsim::jaro_winkler(written, id);
        (holds || like >= LIKE).then_some((holds, like, id))
    };
    let mut near: Vec<_> = ids.filter_map(similarity).collect();
    near.sort_by(|a, b| {
        let holds = b.0.cmp(&a.0);
        holds.then(b.1.total_cmp(&a.1)).then(a.2.cmp(b.2))
    });
    near.truncate(OFFERED);
    near.into_iter().map(|(_, _, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_ids_are_offered_best_first() {
        let ids = [
            "rust-engineer",
            "rust-engineer-2",
            "data-scientist",
            "twitch-role",
        ];
        for (written, near) in [
            ("rust-enginer", &["rust-engineer", "rust-engineer-2"][..]),
            ("twitch", &["twitch-role"]),
            ("scientist", &["data-scientist"]),
            ("zzzz", &[]),
            ("", &[]),
        ] {
            assert_eq!(nearest(written, ids.into_iter()), near, "{written}");
        }
    }
}
