//! `jobdeck similar`: lists postings like another one, with the words they share.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use super::rows::{self, Row};
use super::run_query::QueryOptions;
use super::{Context, Failure, Outcome, Output, item};
use crate::board::Posting;
use crate::cli::{Format, Similar};
use crate::search::{Index, Marks, SimilarPosting, similar};

const TITLES: [&str; 5] = ["title", "company", "locations", "posted", "shared"];
const ALL_TITLES: [&str; 8] = [
    "id",
    "title",
    "company",
    "locations",
    "posted",
    "url",
    "score",
    "shared",
];

/// A similar posting.
#[derive(Serialize)]
struct SimilarRecord<'a> {
    #[serde(skip)]
    brief: bool,
    id: &'a str,
    title: &'a str,
    company: Option<&'a str>,
    locations: Vec<&'a str>,
    posted: Option<String>,
    url: Option<&'a str>,
    /// Per cent of the score that the posting itself would have.
    score: u8,
    /// The words that both share, the most significant first.
    shared: &'a [String],
}

impl Row for SimilarRecord<'_> {
    fn cells(&self) -> Vec<String> {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let mut cells = vec![
            self.title.to_owned(),
            text(self.company),
            self.locations.join("; "),
            text(self.posted.as_deref()),
            self.shared.join(", "),
        ];
        if !self.brief {
            cells.insert(0, self.id.to_owned());
            let shared = cells.pop().unwrap_or_default();
            cells.extend([text(self.url), self.score.to_string(), shared]);
        }
        cells
    }
}

/// Prints the similar postings, the most similar first.
pub(super) fn run(
    args: &Similar,
    context: &Context,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let index = context.index();
    let Some(row) = index.row(&args.id) else {
        return Ok(item::unknown(&args.id, context, output));
    };
    let left_out = hidden(context, &index, output);
    let found = similar(&index, row, args.limit, &left_out, &|| false).unwrap_or_default();
    let postings: Vec<Cow<'_, Posting>> =
        found.iter().map(|found| index.posting(found.row)).collect();
    let brief = args.format == Format::Table;
    let records = found.iter().zip(&postings);
    let records = records.map(|(found, posting)| record(found, posting, brief));
    if !found.is_empty() || !brief {
        let titles: &[&str] = if brief { &TITLES } else { &ALL_TITLES };
        rows::write(args.format, titles, records, output)?;
    }
    if found.is_empty() {
        output.note("no posting shares enough words with it");
    }
    Ok(Outcome::from_found(!found.is_empty()))
}

/// Marks on the postings that the user hid or muted.
fn hidden(context: &Context, index: &Arc<Index>, output: &mut Output) -> Marks {
    let options = QueryOptions {
        words: &[],
        unjudged: false,
        lenient: false,
        loose: false,
        group: false,
        limit: Some(0),
        hidden: false,
    };
    options.marks(context, index, output)
}

fn record<'a>(found: &'a SimilarPosting, posting: &'a Posting, brief: bool) -> SimilarRecord<'a> {
    let places = posting.locations.iter();
    SimilarRecord {
        brief,
        id: &posting.id,
        title: &posting.title,
        company: posting.company.as_deref(),
        locations: places.map(|place| place.written.as_str()).collect(),
        posted: posting.posted.map(|day| day.to_string()),
        url: posting.url.as_deref(),
        score: found.percent,
        shared: &found.shared,
    }
}
