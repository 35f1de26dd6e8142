//! Jobvite: the search page, `jobs.jobvite.com/…/search?p=0`, with each posting as a link with its location in or
//! beside it; and the XML at `app.jobvite.com/CompanyJobs/Xml.aspx?c=…`.

use super::body::Body;
use super::day::{self, Day};
use super::draft::{Draft, Refusal};
use super::paging::{Pages, Paging};
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::tags::{Piece, Tag, pieces};
use super::xml::{self, Element};
use super::{Drafts, RowPosition, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "jobvite",
    signs: &[Sign::Html(is_page), Sign::Xml("result/job/detail-url")],
    read: Read::Rows(drafts),
    site: Some(Site {
        domains: &["jobvite.com"],
        find,
    }),
    pages: Pages::Own(paging),
};

fn find(address: &Address<'_>) -> Option<Board> {
    let company = match (address.host, address.path.as_slice()) {
        ("jobs.jobvite.com", ["careers", company] | ["careers", company, "jobs" | "search"]) => {
            *company
        }
        ("jobs.jobvite.com", [company] | [company, "jobs" | "search"]) if *company != "careers" => {
            *company
        }
        _ => return None,
    };
    Some(Board::new(company, format!("{HOME}/{company}/search?p=0")))
}

fn paging(text: &str, url: &str) -> Paging {
    Paging {
        next: next(text, url),
        total: total(text),
    }
}

/// Base of relative addresses if the page's own address is unknown.
const HOME: &str = "https://jobs.jobvite.com";
/// Prefix of the classes of a list.
const LIST: &str = "jv-job-list";

fn is_page(text: &str) -> bool {
    text.contains(LIST)
}

/// Address of the next page.
fn next(text: &str, url: &str) -> Option<String> {
    let mut tags = pieces(text).into_iter();
    tags.find_map(|(_, piece)| match piece {
        Piece::Open(tag) if tag.has_class("jv-pagination-next") => tag.leads_to(url),
        _ => None,
    })
}

/// Total number of postings: the last number of "1-50 of 266".
fn total(text: &str) -> Option<usize> {
    let mut pieces = pieces(text).into_iter().map(|(_, piece)| piece);
    pieces
        .find(|piece| matches!(piece, Piece::Open(tag) if tag.has_class("jv-pagination-text")))?;
    let told: String = pieces
        .map_while(|piece| match piece {
            Piece::Text(text) => Some(text),
            _ => None,
        })
        .collect();
    let (_, total) = told.rsplit_once(' ')?;
    total.replace(',', "").parse().ok()
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    if !is_page(text) {
        xml::verify(text)?;
        let (_, rows) = xml::rows(text, &["job"]);
        return Ok(Box::new(
            rows.map(|(place, row)| (place, row.and_then(|row| of_xml(&row)))),
        ));
    }
    let mut page = Page::default();
    for (line, piece) in pieces(text) {
        page.take(line, piece);
    }
    if page.rows.is_empty() {
        return Err("it lists no postings".into());
    }
    let rows = page.rows.into_iter().enumerate();
    Ok(Box::new(rows.map(|(at, (line, draft))| {
        let row = at + 1;
        (RowPosition { row, line }, Ok(draft))
    })))
}

/// State of parsing a page.
#[derive(Default)]
struct Page {
    rows: Vec<(usize, Draft)>,
    /// Part that the text belongs to, and the element that ends it.
    at: Option<(Part, String)>,
    /// Whether the position is within a link to a posting.
    linked: bool,
}

#[derive(Clone, Copy)]
enum Part {
    RowPosition,
    Kind,
}

impl Page {
    fn take(&mut self, line: usize, piece: Piece) {
        match piece {
            Piece::Open(tag) => self.open(line, &tag),
            Piece::Text(text) => self.text(&text),
            Piece::Close(name) => {
                if self.at.as_ref().is_some_and(|(_, of)| *of == name) {
                    self.at = None;
                }
                self.linked &= name != "a";
            }
        }
    }

    fn open(&mut self, line: usize, tag: &Tag) {
        if let Some((board, id)) = tag.attribute("href").and_then(posting) {
            self.linked = true;
            let draft = Draft {
                id: id.into(),
                board: Some(board.into()),
                url: tag.attribute("href").map(str::to_owned),
                home: Some(HOME),
                is_plain: true,
                ..Draft::default()
            };
            self.rows.push((line, draft));
        }
        let part = match () {
            () if tag.has_class("jv-job-list-location") => Part::RowPosition,
            () if tag.has_class("jv-job-list-type") => Part::Kind,
            () => return,
        };
        if let Some((_, draft)) = self.rows.last_mut() {
            self.at = Some((part, tag.name.clone()));
            if matches!(part, Part::RowPosition) {
                draft.locations.push(String::new());
            }
        }
    }

    fn text(&mut self, text: &str) {
        let Some((_, draft)) = self.rows.last_mut() else {
            return;
        };
        match &self.at {
            Some((Part::Kind, _)) => draft.employment.extend(vocabulary::employment(text)),
            Some((Part::RowPosition, _)) => draft
                .locations
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|place| place.push_str(text)),
            None if self.linked => draft.title.push_str(text),
            None => {}
        }
    }
}

/// Company and key of a posting's address: `/acme/job/oX1`.
fn posting(address: &str) -> Option<(&str, &str)> {
    let path = address.strip_prefix(HOME).unwrap_or(address);
    let path = path.split(['?', '#']).next()?;
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["", board, "job", id] | ["", "careers", board, "job", id] if !id.is_empty() => {
            Some((board, id))
        }
        _ => None,
    }
}

/// A posting of the XML.
fn of_xml(job: &Element) -> Result<Draft, Refusal> {
    let text = |name: &str| job.text(name).unwrap_or_default();
    let long = job
        .text("description")
        .or_else(|| job.text("briefdescription"));
    let mut draft = Draft {
        id: text("id"),
        title: text("title"),
        locations: vec![text("location")],
        employment_words: text("jobtype"),
        posted: american(&text("date")),
        url: job.text("detail-url").or_else(|| job.text("apply-url")),
        description: Body::default().html(&long.unwrap_or_default())?.finish(),
        ..Draft::default()
    };
    draft.group(job.text("department"), job.text("category"));
    Ok(draft)
}

/// Parses a date with the month first: `4/8/2026` is 8 April.
fn american(date: &str) -> Day {
    let parts: Vec<_> = date
        .split('/')
        .map(|part| part.trim().parse::<i16>())
        .collect();
    let &[Ok(month), Ok(of_month), Ok(year)] = parts.as_slice() else {
        return day::day(date);
    };
    let whole = |part: i16| i8::try_from(part).unwrap_or_default();
    let read = crate::board::Date::new(year, whole(month), whole(of_month));
    read.map_or_else(|_| day::day(date), Day::On)
}
