//! Declaration of a feed format, one per format file.

use super::fields::Columns;
use super::paging::Pages;
use super::recognise::Sign;
use super::shape::Shape;
use super::site::Site;
use super::{About, Drafts, Interview, Row, RowError};

/// Specification of a feed format.
pub(super) struct FormatSpec {
    /// Name on the command line and in `source`.
    pub(super) name: &'static str,
    /// Content that only this format has; one match is enough.
    pub(super) signs: &'static [Sign],
    /// Reader of its rows.
    pub(super) read: Read,
    /// Where it is published, if feeds have addresses of a common pattern.
    pub(super) site: Option<Site>,
    /// Paging scheme.
    pub(super) pages: Pages,
}

/// Reader of a format.
pub(super) enum Read {
    /// Rows of a JSON document.
    Json {
        /// Name of the list of rows; empty for the document itself.
        list: &'static str,
        /// Keys of a row that are read.
        keys: fn() -> &'static [&'static str],
        drafts: for<'a> fn(&'a str) -> Result<Drafts<'a>, String>,
    },
    /// Rows, one draft each.
    Rows(for<'a> fn(&'a str) -> Result<Drafts<'a>, String>),
    /// Rows of a list whose columns are read by name, or as mapped by the user.
    List(for<'a> fn(&'a str, &'a Shape, Columns) -> Result<Drafts<'a>, String>),
    /// A whole document that is more than a list of postings.
    Document(fn(&str, &About) -> Document),
    /// A published board: rows, with interviews beside them.
    Board(for<'a> fn(&'a str) -> Result<Board<'a>, String>),
}

/// A published board.
pub(super) struct Board<'a> {
    pub(super) name: Option<String>,
    pub(super) drafts: Drafts<'a>,
    pub(super) interviews: Vec<Interview>,
    /// Interviews that cannot be read.
    pub(super) errors: Vec<RowError>,
}

/// A document read as a whole.
pub(super) struct Document {
    /// Suggested name of its source.
    pub(super) name: Option<String>,
    pub(super) rows: Vec<Result<Row, RowError>>,
    pub(super) interviews: Vec<Interview>,
}
