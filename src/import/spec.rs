//! The declaration of a feed format. Each format makes one in its own file.

use super::fields::Columns;
use super::paging::Pages;
use super::recognise::Sign;
use super::shape::Shape;
use super::site::Site;
use super::{About, Drafts, Interview, Row, RowError};

/// All that is particular to a feed format.
pub(super) struct FormatSpec {
    /// Its name on the command line and in `source`.
    pub(super) name: &'static str,
    /// Content that only this format has. One match is enough.
    pub(super) signs: &'static [Sign],
    /// How its rows are read.
    pub(super) read: Read,
    /// Where it is published, if every employer's feed has an address of the same pattern.
    pub(super) site: Option<Site>,
    /// How a page leads to the next one.
    pub(super) pages: Pages,
}

/// The reader of a format.
pub(super) enum Read {
    /// The rows of a JSON document.
    Json {
        /// The list of the rows; empty, if they are the document itself.
        list: &'static str,
        /// The keys of a row that are read.
        keys: fn() -> &'static [&'static str],
        drafts: for<'a> fn(&'a str) -> Result<Drafts<'a>, String>,
    },
    /// Rows, one draft each.
    Rows(for<'a> fn(&'a str) -> Result<Drafts<'a>, String>),
    /// The rows of a list whose columns are read by their names, or as a person says.
    List(for<'a> fn(&'a str, &'a Shape, Columns) -> Result<Drafts<'a>, String>),
    /// A whole document that is more than a list of postings.
    Document(fn(&str, &About) -> Document),
}

/// A document read as a whole.
pub(super) struct Document {
    /// The name that its source may have, where the document gives one.
    pub(super) name: Option<String>,
    pub(super) rows: Vec<Result<Row, RowError>>,
    pub(super) interviews: Vec<Interview>,
}
