//! The XML feed that job boards such as Indeed, `ZipRecruiter`, Talent.com and Jobrapido accept: `<source>` with a
//! `<job>` for each posting. Elements are read by name, since each board adds its own.

use super::Drafts;
use super::fields::Columns;
use super::paging::Pages;
use super::recognise::Sign;
use super::shape::Shape;
use super::spec::{FormatSpec, Read};
use super::{xml, xml_list};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "indeed",
    signs: &[Sign::Xml("source/job/title"), Sign::Elements(is_empty)],
    read: Read::List(drafts),
    site: None,
    pages: Pages::One,
};

/// Whether this is a feed without postings.
fn is_empty(kinds: &[xml::Kind]) -> bool {
    let has = |path: &str| kinds.iter().any(|kind| kind.path == path);
    has("source/publisher") && !has("source/job")
}

fn drafts<'a>(text: &'a str, shape: &'a Shape, columns: Columns) -> Result<Drafts<'a>, String> {
    xml::verify(text)?;
    let (head, _) = xml::rows(text, &["job"]);
    let publisher = head.text("publisher");
    let rows = xml_list::rows_of("job", text, shape, columns);
    Ok(Box::new(rows.map(move |(place, draft)| {
        let draft = draft.map(|mut draft| {
            draft.board.clone_from(&publisher);
            draft
        });
        (place, draft)
    })))
}
