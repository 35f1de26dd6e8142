//! RSS and Atom: plain feeds, and those whose items have elements of their own for the fields of a posting, as the feeds of
//! WP Job Manager, `SuccessFactors`, Teamtailor, We Work Remotely and NEOGOV do.

mod extensions;

use super::amount::Amount;
use super::body::Body;
use super::day::{self, Day};
use super::draft::{Draft, Refusal};
use super::fields::Columns;
use super::paging::Pages;
use super::recognise::Sign;
use super::shape::Shape;
use super::spec::{FormatSpec, Read};
use super::xml::{self, Element};
use super::{Drafts, address, slug, vocabulary};
use crate::board::{Location, Workplace};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "rss",
    signs: &[Sign::Elements(is_feed)],
    read: Read::List(drafts),
    site: None,
    pages: Pages::One,
};

/// Whether these are the elements of a feed: items, or a channel without rows of another kind.
fn is_feed(kinds: &[xml::Kind]) -> bool {
    let any = |paths: &[&str]| kinds.iter().any(|kind| paths.contains(&kind.path.as_str()));
    let items = any(&["rss/channel/item", "rss/item", "feed/entry", "RDF/item"]);
    let others = kinds
        .iter()
        .any(|kind| matches!(kind.name(), "job" | "position" | "vacancy"));
    items || (any(&["rss/channel", "feed", "RDF/channel"]) && !others)
}

fn drafts<'a>(text: &'a str, shape: &'a Shape, columns: Columns) -> Result<Drafts<'a>, String> {
    xml::verify(text)?;
    let (head, rows) = xml::rows(text, &["item", "entry"]);
    let site = link(&head);
    let channel = Channel {
        board: site.as_deref().and_then(address::host),
        base: head.base(None).or(site),
        title: head.text("title"),
        language: head.text("language"),
    };
    Ok(Box::new(rows.map(move |(place, row)| {
        let draft = row.and_then(|row| channel.draft(&row, shape, &columns));
        (place, draft)
    })))
}

/// Metadata of the feed.
struct Channel {
    board: Option<String>,
    /// Where relative addresses start from.
    base: Option<String>,
    title: Option<String>,
    language: Option<String>,
}

/// Names that blogs give the account that posts everything.
const ACCOUNTS: &[&str] = &[
    "admin",
    "administrator",
    "editor",
    "webmaster",
    "root",
    "user",
];

impl Channel {
    fn draft(&self, item: &Element, shape: &Shape, columns: &Columns) -> Result<Draft, Refusal> {
        let mut draft = extensions::draft(item, shape, columns)?;
        let content = ["content:encoded", "content", "description", "summary"];
        if let Some(html) = content.into_iter().find_map(|name| item.text(name)) {
            draft.description = Body::default().html(&html)?.finish();
        }
        let posted = ["pubDate", "published", "dc:date", "updated"];
        let id = id(item);
        if !id.is_empty() {
            draft.id = id;
        }
        draft.board.clone_from(&self.board);
        draft.base = item.base(self.base.as_deref());
        draft.title = item.text("title").unwrap_or_default();
        draft.posted = first_day(item, &posted).or_else(|| std::mem::take(&mut draft.posted));
        draft.url = link(item).or(draft.url);
        draft.tags.extend(tags(item));
        draft.language.clone_from(&self.language);
        draft.is_repaired = item.is_repaired;
        if item.child("region").is_some() && is_remote_board(item) {
            remotely(item, &mut draft);
        }
        if item.child("joblisting:jobId").is_some() {
            listing(item, &mut draft)?;
        }
        if draft.company.is_none() && extensions::is_teamtailor(item) {
            draft.company.clone_from(&self.title);
        }
        self.author(item, &mut draft);
        placed_title(&mut draft);
        Ok(draft)
    }

    /// The author of an entry is the employer only if the feed confirms it elsewhere; otherwise it is kept as text.
    fn author(&self, item: &Element, draft: &mut Draft) {
        let atom = item.child("author").and_then(|author| author.text("name"));
        let is_atom = atom.is_some();
        let author = atom
            .or_else(|| item.text("author"))
            .or_else(|| item.text("dc:creator"));
        let Some(author) = author.filter(|_| draft.company.is_none()) else {
            return;
        };
        let key = slug(&author);
        let names_it = |text: Option<&str>| text.is_some_and(|text| slug(text).contains(&key));
        let host = draft.url.as_deref().and_then(address::host);
        let is_named = names_it(Some(&draft.title))
            || names_it(self.title.as_deref())
            || names_it(host.as_deref());
        if is_atom && is_named && !key.is_empty() {
            draft.company = Some(author);
        } else if !ACCOUNTS.contains(&key.as_str()) {
            draft.extras.push(("Author", author));
        }
    }
}

/// Whether an item is from a board where every job is remote: its `region` is the area people may work from.
fn is_remote_board(item: &Element) -> bool {
    let has_parts = item.child("city").is_some() || item.child("state").is_some();
    let title = item.text("title").unwrap_or_default();
    let has_own = item.child("skills").is_some() || item.child("expires_at").is_some();
    has_own && !has_parts && title.contains(": ")
}

/// We Work Remotely: the title starts with the company, and every job is remote.
fn remotely(item: &Element, draft: &mut Draft) {
    if let Some((company, role)) = draft.title.split_once(": ") {
        draft.company = Some(company.to_owned());
        draft.title = role.to_owned();
    }
    draft.workplace = Some(Workplace::Remote);
    draft.locations = item.text("region").into_iter().collect();
    draft.locations.extend(item.text("country"));
}

/// `SuccessFactors` puts the place in brackets at the end of the title: `Cook (Elko, NV, US, 89801)`.
fn placed_title(draft: &mut Draft) {
    let title = draft.title.trim_end();
    let Some((role, place)) = title
        .strip_suffix(')')
        .and_then(|title| title.rsplit_once(" ("))
    else {
        return;
    };
    let parts: Vec<&str> = place.split(',').map(str::trim).collect();
    // A postal code is no part of the name.
    let parts = match parts.as_slice() {
        [before @ .., last] if last.starts_with(|c: char| c.is_ascii_digit()) => before,
        all => all,
    };
    let place = parts.join(", ");
    let read = Location::parse(&place);
    let is_known = draft.locations.iter().any(|known| {
        let known = Location::parse(known);
        known.country == read.country && known.city == read.city
    });
    let is_place = parts.len() > 1 && read.country.is_some();
    if is_place && (is_known || draft.locations.is_empty()) {
        let role = role.to_owned();
        if !is_known {
            draft.locations.push(place);
        }
        draft.title = role;
    }
}

/// NEOGOV: pay, location, closing date, and the sections of the description.
fn listing(item: &Element, draft: &mut Draft) -> Result<(), Refusal> {
    let of = |name: &str| item.text(&format!("joblisting:{name}"));
    let number = |name: &str| Amount::written(&of(name).unwrap_or_default());
    draft.id = of("jobId").unwrap_or_default();
    draft.team = of("department");
    draft.locations = of("location").into_iter().collect();
    if let Some(place) = of("location").and_then(|place| vocabulary::workplace(&place)) {
        draft.workplace = Some(place);
    }
    draft.closes = day::day(&of("advertiseToDateTimeUTC").unwrap_or_default());
    let amounts = (number("minimumSalary"), number("maximumSalary"));
    let (currency, per) = (of("salaryCurrency"), of("salaryInterval"));
    let (currency, per) = (currency.unwrap_or_default(), per.unwrap_or_default());
    draft.paid(amounts, &currency, (vocabulary::period(&per), &per));
    let categories = item.child("joblisting:categories");
    let categories = categories
        .iter()
        .flat_map(|all| all.all("joblisting:category"));
    draft.tags.extend(categories.filter_map(Element::own_text));
    let mut body = Body::default();
    body.push(&draft.description);
    for (title, name) in [
        ("Examples of duties", "examplesofduties"),
        ("Qualifications", "qualifications"),
        ("Supplemental information", "supplementalinformation"),
    ] {
        body.section(title, &of(name).unwrap_or_default())?;
    }
    draft.description = body.finish();
    Ok(())
}

/// Key of the item, unless it is only its address.
fn id(item: &Element) -> String {
    let id = item
        .text("guid")
        .or_else(|| item.text("id"))
        .unwrap_or_default();
    if id.contains("://") {
        String::new()
    } else {
        id
    }
}

/// RSS has the address as text, Atom as an attribute.
fn link(item: &Element) -> Option<String> {
    let alternate = |link: &&Element| matches!(link.attribute("rel"), None | Some("alternate"));
    let atom = item
        .all("link")
        .find(alternate)
        .and_then(|link| link.attribute("href"));
    let guid = item.text("guid").filter(|guid| guid.contains("://"));
    item.text("link")
        .or_else(|| atom.map(str::to_owned))
        .or(guid)
}

fn tags(item: &Element) -> Vec<String> {
    let term = |tag: &Element| {
        tag.own_text()
            .or_else(|| tag.attribute("term").map(str::to_owned))
    };
    item.all("category").filter_map(term).collect()
}

fn first_day(item: &Element, names: &[&str]) -> Day {
    let written = names.iter().find_map(|name| item.text(name));
    day::day(&written.unwrap_or_default())
}
