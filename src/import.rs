//! Reads what hiring systems publish as postings: one feed format per file, bytes in, rows out.
//!
//! The outer `Result` tells whether the input could be read at all; the one of each row tells whether that row could,
//! with its location. A bad row does not affect the others. What a feed does not state stays unknown.

mod address;
mod adzuna;
mod aliases;
mod alternate;
mod amazon;
mod amount;
mod arbeitnow;
mod arbeitsagentur;
mod ashby;
mod ats_index;
mod bamboohr;
mod board;
mod body;
mod breezy;
mod collect;
mod comeet;
mod csv;
mod currency;
mod day;
mod dayforce;
mod discover;
mod draft;
mod eightfold;
mod embedded_json;
mod fields;
mod format;
mod found;
mod france_travail;
mod greenhouse;
mod gupy;
mod hacker_news;
mod himalayas;
mod hr_xml;
mod html;
mod icalendar;
mod icims;
mod indeed;
mod jazzhr;
mod jobicy;
mod jobvite;
mod join;
mod json;
mod json_ld;
mod json_list;
mod json_resume;
mod lever;
mod microdata;
mod native_json;
mod oracle;
mod origin;
mod page;
mod paging;
mod paycom;
mod paylocity;
mod personio;
mod phenom;
mod pinpoint;
mod quoted_list;
mod recognise;
mod recruitee;
mod refusal;
mod remote_ok;
mod remotive;
mod rippling;
mod rss;
mod shape;
mod simplify;
mod site;
mod slug;
mod smartrecruiters;
mod spec;
mod table;
mod tags;
mod teamtailor;
mod text;
mod the_muse;
mod ukg;
mod usajobs;
mod value;
mod vocabulary;
mod workable;
mod workday;
mod working_nomads;
mod xml;
mod xml_list;
mod zoho;

use std::fmt;

use rayon::prelude::*;

use crate::board::{Date, Interview, Posting};
pub use alternate::published_board;
pub use collect::{Collected, collect, source_name};
pub use discover::{Leads, board_of, leads};
use draft::{Draft, Refusal};
use fields::Columns;
pub use format::Format;
pub use origin::Origin;
pub use paging::Paging;
pub use shape::{Shape, ShapeError};
pub use slug::{bounded, slug};
use spec::Read;
pub use text::text;

/// Rows that are read before they are processed in parallel.
const BATCH: usize = 256;

/// What the caller knows about an input.
#[derive(Debug, Clone)]
pub struct About {
    /// Where it was fetched from.
    pub url: Option<String>,
    /// Company, if the feed does not name it.
    pub company: Option<String>,
    /// Date of retrieval.
    pub today: Date,
    /// Interpretation of its rows, if it cannot be detected from the content.
    pub shape: Shape,
}

/// A feed being read.
pub struct Feed<'a> {
    /// Its format.
    pub format: Format,
    /// Suggested name of its source: the format, and the company if the feed names it.
    pub name: String,
    /// Its rows. Ids are only unique within this feed.
    pub rows: Rows<'a>,
    /// Its interviews, if it is a page with one.
    pub interviews: Vec<Interview>,
    columns: Columns,
    shape: &'a Shape,
}

impl Feed<'_> {
    /// Columns with values that are not read; valid after all rows were read.
    pub fn unread(&self) -> Vec<String> {
        self.columns.not_read()
    }

    /// Mapped columns that no row has; valid after all rows were read.
    pub fn missing(&self) -> Vec<String> {
        self.columns.not_found(self.shape)
    }
}

/// Rows of a feed, read on demand.
pub type Rows<'a> = Box<dyn Iterator<Item = Result<Row, RowError>> + 'a>;

/// A row that was read as a posting.
#[derive(Debug)]
pub struct Row {
    /// The posting.
    pub posting: Posting,
    /// Its fields that could not be read.
    pub left_out: Vec<LeftOut>,
    /// Its number in the feed, from 1.
    pub number: usize,
    /// Whether the feed has a row for each place of a posting.
    pub is_row_of_place: bool,
    /// Whether it was damaged, and is read as far as it is clear.
    pub is_repaired: bool,
}

/// A field of a row that was left out because its value could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Number of the row in its feed, from 1.
    pub row: usize,
    /// Name of the field.
    pub field: String,
    /// Its value.
    pub value: String,
}

/// Rows before validation.
type Drafts<'a> = Box<dyn Iterator<Item = (RowPosition, Result<Draft, Refusal>)> + 'a>;

/// Location of a row in its feed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct RowPosition {
    /// Number of the row, from 1.
    row: usize,
    /// First line of the row, from 1.
    line: usize,
}

/// A row without a posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// Number of the row, from 1.
    pub row: usize,
    /// Line of the error, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// Whether the row is not an error but was skipped: a reply, a notice or a hidden row.
    pub skipped: bool,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}, line {}: {}", self.row, self.line, self.message)
    }
}

/// Why an input could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// It is empty.
    Empty,
    /// It is not in this encoding, from this byte on; 0 where no single one can be named.
    NotText(&'static str, usize),
    /// It is packed or in a format of its own; names it and what to do.
    Packed(&'static str),
    /// Its format is unknown; describes what it is.
    Unrecognised(String),
    /// It does not have the expected format; describes what it is.
    NotOfFormat(Format, String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "is empty"),
            Self::NotText(encoding, 0) => write!(f, "is not {encoding}, as it says"),
            Self::NotText(encoding, byte) => write!(
                f,
                "is not {encoding}, from byte {byte}; if it is in the encoding of Windows: iconv -f WINDOWS-1252 -t UTF-8"
            ),
            Self::Packed(what) => write!(f, "is {what}"),
            Self::Unrecognised(found) => write!(f, "is in no known format: {found}"),
            Self::NotOfFormat(format, why) => {
                write!(f, "cannot be read as {}: {why}", format.word())
            }
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads a feed, of the format given or else of the one that its content shows.
///
/// # Errors
/// The input is empty or is of no known format. Everything else is an error of one row.
pub fn read<'a>(
    text: &'a str,
    format: Option<Format>,
    about: &'a About,
) -> Result<Feed<'a>, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let not_of = |format| move |why| ReadError::NotOfFormat(format, why);
    let format = match format {
        Some(format) if !about.shape.is_empty() && !format.takes_a_shape() => {
            let why = "only the columns of json, xml and csv can be named".to_owned();
            return Err(not_of(format)(why));
        }
        Some(format) => {
            format.verify(text).map_err(not_of(format))?;
            format
        }
        None if about.shape.is_empty() => Format::detect(text).map_err(ReadError::Unrecognised)?,
        None => Format::of_list(text).map_err(ReadError::Unrecognised)?,
    };
    match format.read() {
        Read::Rows(drafts) => {
            let drafts = drafts(text).map_err(not_of(format))?;
            Ok(feed(format, drafts, about))
        }
        Read::Json { list, keys, drafts } => {
            let drafts = drafts(text).map_err(not_of(format))?;
            let feed = feed(format, drafts, about);
            let (path, keys): (Vec<&str>, _) = (list.split('.').collect(), keys());
            // Rows of several types do not name their keys.
            if !keys.is_empty() {
                let beside = json::members_beside(text, &path, keys).into_iter();
                let telling = beside.filter(|name| fields::is_telling(name));
                telling.for_each(|name| feed.columns.unread(&name));
            }
            Ok(feed)
        }
        Read::List(drafts) => {
            let columns = Columns::default();
            let drafts = drafts(text, &about.shape, columns.clone()).map_err(not_of(format))?;
            Ok(Feed {
                columns,
                ..feed(format, drafts, about)
            })
        }
        Read::Board(read) => {
            let board = read(text).map_err(not_of(format))?;
            let mut feed = feed(format, board.drafts, about);
            if let Some(name) = board
                .name
                .as_deref()
                .map(slug)
                .filter(|name| !name.is_empty())
            {
                feed.name = format!("{}-{name}", format.word());
            }
            let errors = board.errors.into_iter().map(Err);
            Ok(Feed {
                rows: Box::new(feed.rows.chain(errors)),
                interviews: board.interviews,
                ..feed
            })
        }
        Read::Document(read) => {
            let document = read(text, about);
            if document.rows.is_empty() && document.interviews.is_empty() {
                return Err(not_of(format)(
                    "it holds no postings and no interview".into(),
                ));
            }
            Ok(Feed {
                format,
                name: document.name.unwrap_or_else(|| format.word().to_owned()),
                rows: Box::new(document.rows.into_iter()),
                interviews: document.interviews,
                columns: Columns::default(),
                shape: &about.shape,
            })
        }
    }
}

/// Detected format of an input.
pub fn format(bytes: &[u8], content_type: Option<&str>) -> Option<Format> {
    Format::detect(&text(bytes, content_type).ok()?).ok()
}

/// Validates drafts on demand. Looks at the first one immediately, for the name of the company.
fn feed<'a>(format: Format, drafts: Drafts<'a>, about: &'a About) -> Feed<'a> {
    let mut drafts = drafts.peekable();
    let mut name = format.word().to_owned();
    if let Some((_, Ok(first))) = drafts.peek()
        && let Some(board) = &first.board
    {
        let board = slug(board);
        if !board.is_empty() {
            name = format!("{name}-{board}");
        }
    }
    let rows = side_by_side(drafts, move |(place, draft)| {
        let row = draft.and_then(|draft| draft.finish(place, format.word(), about));
        row.map_err(|refusal| refusal.at(place))
    });
    Feed {
        format,
        name,
        rows: Box::new(rows),
        interviews: Vec::new(),
        columns: Columns::default(),
        shape: &about.shape,
    }
}

/// Maps rows in order, processing a batch of them in parallel.
fn side_by_side<'a, I: Send, O: Send>(
    mut rows: impl Iterator<Item = I> + 'a,
    each: impl Fn(I) -> O + Sync + 'a,
) -> impl Iterator<Item = O> + 'a {
    let batches = std::iter::from_fn(move || {
        let batch: Vec<I> = rows.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return None;
        }
        Some(batch.into_par_iter().map(&each).collect::<Vec<O>>())
    });
    batches.flatten()
}
