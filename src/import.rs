//! From what a hiring system publishes to postings: one feed format per file, bytes in, rows out.
//!
//! The outer `Result` says that the input could not be read at all; each row's own says that the row could not, and
//! where it stands. One bad row never hides the next. What a feed does not say stays unknown.

mod address;
mod adzuna;
mod alternate;
mod amazon;
mod amount;
mod arbeitnow;
mod arbeitsagentur;
mod ashby;
mod ats_index;
mod bamboohr;
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
mod oracle;
mod origin;
mod our_keys;
mod page;
mod paging;
mod paycom;
mod paylocity;
mod personio;
mod phenom;
mod pinpoint;
mod recognise;
mod recruitee;
mod remote_ok;
mod remotive;
mod rippling;
mod rss;
mod scripted;
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
mod word;
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

/// Rows that are read before they are worked on side by side.
const BATCH: usize = 256;

/// What the caller knows of an input that the input itself may not say.
#[derive(Debug, Clone)]
pub struct About {
    /// Where it was fetched from.
    pub url: Option<String>,
    /// Who hires, where the feed does not say.
    pub company: Option<String>,
    /// The day it was retrieved.
    pub today: Date,
    /// How its rows are to be read, where that is not to be told from the content.
    pub shape: Shape,
}

/// A feed that is being read.
pub struct Feed<'a> {
    /// Its format.
    pub format: Format,
    /// What its source may be called: the format, and whose board it is where the feed says.
    pub name: String,
    /// Its rows. The id of a posting is unique in this feed only.
    pub rows: Rows<'a>,
    /// Its interviews, where it is a page that holds one.
    pub interviews: Vec<Interview>,
    columns: Columns,
    shape: &'a Shape,
}

impl Feed<'_> {
    /// The columns that hold something and are not read, once all rows are.
    pub fn unread(&self) -> Vec<String> {
        self.columns.not_read()
    }

    /// The columns that a person names and no row has, once all rows are read.
    pub fn missing(&self) -> Vec<String> {
        self.columns.not_found(self.shape)
    }
}

/// The rows of a feed, read as they are asked for.
pub type Rows<'a> = Box<dyn Iterator<Item = Result<Row, RowError>> + 'a>;

/// A row that gave a posting.
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

/// A field of a row whose value could not be read and was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The number of the row in its feed, from 1.
    pub row: usize,
    /// The field's name.
    pub field: String,
    /// What it held.
    pub value: String,
}

/// Rows before they are checked.
type Drafts<'a> = Box<dyn Iterator<Item = (Place, Result<Draft, Refusal>)> + 'a>;

/// Where a row stands in its feed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Place {
    /// Its number, from 1.
    row: usize,
    /// The line it starts on, from 1.
    line: usize,
}

/// A row that gave no posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// Its number in the feed, from 1.
    pub row: usize,
    /// The line where it goes wrong, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
    /// Whether nothing is wrong with it: it is a reply, a notice or a hidden row, and was never a posting.
    pub passed_over: bool,
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
    /// Its format is not one that is known: what it is.
    Unrecognised(String),
    /// It is not of the format that it should be: why, or what it is.
    NotOfFormat(Format, String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "is empty"),
            Self::NotText(encoding, 0) => write!(f, "is not {encoding}, as it says"),
            Self::NotText(encoding, byte) => write!(f, "is not {encoding}, from byte {byte}"),
            Self::Unrecognised(found) => write!(f, "is of no format that is known: {found}"),
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
        None if about.shape.is_empty() => Format::of(text).map_err(ReadError::Unrecognised)?,
        None => Format::of_list(text).map_err(ReadError::Unrecognised)?,
    };
    match format.read() {
        Read::Rows(drafts) | Read::Json { drafts, .. } => {
            let drafts = drafts(text).map_err(not_of(format))?;
            Ok(feed(format, drafts, about))
        }
        Read::List(drafts) => {
            let columns = Columns::default();
            let drafts = drafts(text, &about.shape, columns.clone()).map_err(not_of(format))?;
            Ok(Feed {
                columns,
                ..feed(format, drafts, about)
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

/// The format of an input, by what it holds.
pub fn format(bytes: &[u8], content_type: Option<&str>) -> Option<Format> {
    Format::of(&text(bytes, content_type).ok()?).ok()
}

/// Checks the drafts as they are asked for. The first one is looked at now: it says whose board this is.
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

/// Does the same to each row, in their order, a batch of them side by side.
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
