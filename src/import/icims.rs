//! The search page of iCIMS: `careers-….icims.com/jobs/search?in_iframe=1&pr=0`. Each posting is a card of fields with
//! names and order chosen by the employer.

use url::Url;

use super::draft::Draft;
use super::paging::{Pages, Paging};
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::tags::{Piece, Tag, pieces};
use super::{Drafts, RowPosition, address, day, vocabulary};
use crate::board::Workplace;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "icims",
    signs: &[Sign::Html(is_page)],
    read: Read::Rows(drafts),
    site: Some(Site {
        domains: &["icims.com"],
        find,
    }),
    pages: Pages::Own(paging),
};

fn find(address: &Address<'_>) -> Option<Board> {
    let is_front = matches!(
        address.path.as_slice(),
        [] | ["jobs"] | ["jobs", "intro" | "search"]
    );
    let company = whose(address.host).filter(|_| is_front)?;
    Some(Board::new(company, searched(address)?))
}

/// The first page of a search, without the employer's frame.
fn searched(address: &Address<'_>) -> Option<String> {
    let mut search = Url::parse(&format!("https://{}/jobs/search", address.host)).ok()?;
    let asked = address.url.query_pairs().into_owned();
    let kept = asked.filter(|(key, _)| key.starts_with("search"));
    search
        .query_pairs_mut()
        .extend_pairs(kept)
        .append_pair("in_iframe", "1")
        .append_pair("pr", "0");
    Some(search.into())
}

fn paging(text: &str, url: &str) -> Paging {
    Paging {
        next: next(text, url),
        total: None,
    }
}

/// Class of a card, and of the list of cards; in older pages its rows are the cards.
const CARD: &str = "iCIMS_JobCardItem";
const LIST: &str = "iCIMS_JobsTable";
/// Elements that end a field.
const BLOCKS: &[&str] = &["a", "dd", "div", "dl", "li"];

fn is_page(text: &str) -> bool {
    text.contains(CARD) || text.contains(LIST)
}

/// Company of a host: `acme` of `careers-acme.icims.com`.
fn whose(host: &str) -> Option<&str> {
    let name = host.strip_suffix(".icims.com")?;
    let plain = ["careers-", "jobs-"]
        .iter()
        .find_map(|kind| name.strip_prefix(kind));
    Some(plain.unwrap_or(name)).filter(|name| !name.is_empty())
}

/// Address of the next page.
fn next(text: &str, url: &str) -> Option<String> {
    let mut tags = pieces(text).into_iter();
    tags.find_map(|(_, piece)| match piece {
        Piece::Open(tag) if tag.attribute("rel") == Some("next") => tag.leads_to(url),
        _ => None,
    })
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    let mut page = Page::default();
    for (line, piece) in pieces(text) {
        page.take(line, piece);
    }
    let mut cards = page.cards;
    // Some rows of older pages are not postings, such as the header.
    cards.retain(|card| card.is_whole || card.address.is_some());
    if cards.is_empty() {
        return Err("it lists no postings".into());
    }
    let rows = cards.into_iter().enumerate();
    Ok(Box::new(rows.map(|(at, card)| {
        let place = RowPosition {
            row: at + 1,
            line: card.line,
        };
        (place, Ok(card.draft()))
    })))
}

/// State of parsing a page.
#[derive(Default)]
struct Page {
    cards: Vec<Card>,
    /// Whether the list of cards has begun.
    listed: bool,
    at: At,
    /// Whether the position is within the link to a posting.
    linked: bool,
}

/// Position in a card.
#[derive(Default, PartialEq)]
enum At {
    #[default]
    Outside,
    /// In the name of a field, within this element.
    Name(String),
    Value,
}

#[derive(Default)]
struct Card {
    line: usize,
    /// Whether it was marked as a card, rather than being any row.
    is_whole: bool,
    address: Option<String>,
    title: String,
    fields: Vec<Field>,
}

#[derive(Default)]
struct Field {
    name: String,
    value: String,
    /// The exact time of a value such as "2 days ago".
    moment: Option<String>,
}

impl Page {
    fn take(&mut self, line: usize, piece: Piece) {
        match piece {
            Piece::Open(tag) => self.open(line, &tag),
            Piece::Text(text) => self.text(&text),
            Piece::Close(name) => self.close(&name),
        }
    }

    fn open(&mut self, line: usize, tag: &Tag) {
        self.listed |= tag.has_class(LIST);
        let is_whole = tag.has_class(CARD);
        let of_old =
            self.listed && tag.has_class("row") && self.cards.iter().all(|card| !card.is_whole);
        if is_whole || of_old {
            (self.at, self.linked) = (At::Outside, false);
            self.cards.push(Card {
                line,
                is_whole,
                ..Card::default()
            });
            return;
        }
        let Some(card) = self.cards.last_mut() else {
            return;
        };
        if tag.has_class("iCIMS_Anchor") && card.address.is_none() {
            card.address = tag.attribute("href").map(str::to_owned);
            self.linked = true;
        }
        let names = tag.has_class("field-label") || tag.has_class("iCIMS_JobHeaderField");
        if names && !matches!(self.at, At::Name(_)) {
            card.fields.push(Field::default());
            self.at = At::Name(tag.name.clone());
        } else if self.at == At::Value
            && let Some(field) = card.fields.last_mut()
        {
            field.moment = field
                .moment
                .take()
                .or_else(|| tag.attribute("title").map(str::to_owned));
        }
    }

    fn text(&mut self, text: &str) {
        let Some(card) = self.cards.last_mut() else {
            return;
        };
        let in_name = matches!(self.at, At::Name(_));
        if self.linked && !in_name {
            card.title.push_str(text);
        }
        match card.fields.last_mut() {
            Some(field) if in_name => field.name.push_str(text),
            Some(field) if self.at == At::Value => field.value.push_str(text),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match &self.at {
            At::Name(of) if of == name => self.at = At::Value,
            At::Value if BLOCKS.contains(&name) => self.at = At::Outside,
            _ => {}
        }
        self.linked &= name != "a";
    }
}

impl Card {
    /// Value of the first field whose name contains one of these words.
    fn field(&self, words: &[&str]) -> Option<&str> {
        let named = |field: &&Field| {
            let name = field.name.to_lowercase();
            words.iter().any(|word| name.contains(word))
        };
        // A time is not a location, whatever the field's name.
        let mut fields = self.fields.iter().filter(|field| field.moment.is_none());
        let value = fields.find(named)?.value.trim();
        (!value.is_empty()).then_some(value)
    }

    fn draft(self) -> Draft {
        let owned = |words: &[&str]| self.field(words).map(str::to_owned);
        let moments = self.fields.iter().filter_map(|field| field.moment.as_ref());
        let url = self.address.as_deref().map(unframed);
        let host = url.as_deref().and_then(address::host);
        Draft {
            id: self.number().or_else(|| owned(&["id"])).unwrap_or_default(),
            board: host.as_deref().and_then(whose).map(str::to_owned),
            team: owned(&["category", "department"]),
            locations: owned(&["location"]).into_iter().collect(),
            workplace: self.workplace(),
            employment: vocabulary::employments(self.field(&["type"])),
            posted: moments
                .map(|moment| day::day(moment))
                .find(|day| !day.is_unknown())
                .unwrap_or_default(),
            title: self.title,
            url,
            is_plain: true,
            ..Draft::default()
        }
    }

    /// Number of a posting, from its address.
    fn number(&self) -> Option<String> {
        let (_, after) = self.address.as_deref()?.split_once("/jobs/")?;
        let end = after.find(|c: char| !c.is_ascii_digit())?;
        (end > 0).then(|| after[..end].to_owned())
    }

    /// The workplace, if a field is dedicated to it.
    fn workplace(&self) -> Option<Workplace> {
        let said = self.field(&["remote", "workplace", "work arrangement"])?;
        let yes = said.eq_ignore_ascii_case("yes");
        vocabulary::workplace(said).or_else(|| vocabulary::remote(Some(yes)))
    }
}

/// Address of a posting as a page of its own, rather than in a frame.
fn unframed(address: &str) -> String {
    let Some((page, query)) = address.split_once('?') else {
        return address.to_owned();
    };
    let kept = query
        .split('&')
        .filter(|pair| !pair.starts_with("in_iframe="));
    let kept: Vec<_> = kept.collect();
    if kept.is_empty() {
        page.to_owned()
    } else {
        format!("{page}?{}", kept.join("&"))
    }
}
