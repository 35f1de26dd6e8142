//! RSS and Atom: plain feeds, and those with the extensions of We Work Remotely and of NEOGOV's `GovernmentJobs`.

use super::amount::Amount;
use super::body::Body;
use super::day::{self, Day};
use super::draft::{Draft, Refusal};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::xml::{self, Element};
use super::{Drafts, address, word};
use crate::board::Workplace;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "rss",
    signs: &[Sign::Elements(is_feed)],
    read: Read::Rows(drafts),
    site: None,
    pages: Pages::One,
};

/// Whether these are the elements of a feed: its items, or a channel that holds no rows of another kind.
fn is_feed(kinds: &[xml::Kind]) -> bool {
    let any = |paths: &[&str]| kinds.iter().any(|kind| paths.contains(&kind.path.as_str()));
    let items = any(&["rss/channel/item", "rss/item", "feed/entry", "RDF/item"]);
    let others = kinds
        .iter()
        .any(|kind| matches!(kind.name(), "job" | "position" | "vacancy"));
    items || (any(&["rss/channel", "feed", "RDF/channel"]) && !others)
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    xml::verify(text)?;
    let (head, rows) = xml::rows(text, &["item", "entry"]);
    let channel = Channel {
        board: link(&head).and_then(|link| address::host(&link)),
        language: head.text("language"),
    };
    Ok(Box::new(rows.map(move |(place, row)| {
        (place, row.and_then(|row| channel.draft(&row)))
    })))
}

/// What the feed says of itself.
struct Channel {
    board: Option<String>,
    language: Option<String>,
}

impl Channel {
    fn draft(&self, item: &Element) -> Result<Draft, Refusal> {
        let content = ["content:encoded", "content", "description", "summary"];
        let content = content.into_iter().find_map(|name| item.text(name));
        let posted = ["pubDate", "published", "dc:date", "updated"];
        let mut draft = Draft {
            id: id(item),
            board: self.board.clone(),
            title: item.text("title").unwrap_or_default(),
            company: item.text("company").or_else(|| author(item)),
            locations: item.text("location").into_iter().collect(),
            posted: first_day(item, &posted),
            closes: first_day(item, &["expires_at"]),
            employment: word::employments(item.text("type")),
            url: link(item),
            tags: tags(item),
            language: self.language.clone(),
            description: Body::default().html(&content.unwrap_or_default())?.finish(),
            ..Draft::default()
        };
        if item.child("region").is_some() {
            remotely(item, &mut draft);
        }
        if item.child("joblisting:jobId").is_some() {
            listing(item, &mut draft)?;
        }
        Ok(draft)
    }
}

/// We Work Remotely: the company leads the title, and every job is remote.
fn remotely(item: &Element, draft: &mut Draft) {
    if let Some((company, role)) = draft.title.split_once(": ") {
        draft.company = Some(company.to_owned());
        draft.title = role.to_owned();
    }
    draft.workplace = Some(Workplace::Remote);
    draft.locations.extend(item.text("region"));
    draft.locations.extend(item.text("country"));
    let skills = item.text("skills").unwrap_or_default();
    draft.tags.extend(skills.split(',').map(str::to_owned));
}

/// NEOGOV: pay, place, closing day and the sections of the description beside it.
fn listing(item: &Element, draft: &mut Draft) -> Result<(), Refusal> {
    let of = |name: &str| item.text(&format!("joblisting:{name}"));
    let number = |name: &str| Amount::written(&of(name).unwrap_or_default());
    draft.id = of("jobId").unwrap_or_default();
    draft.team = of("department");
    draft.locations.extend(of("location"));
    if let Some(place) = of("location").and_then(|place| word::workplace(&place)) {
        draft.workplace = Some(place);
    }
    draft.closes = day::day(&of("advertiseToDateTimeUTC").unwrap_or_default());
    let amounts = (number("minimumSalary"), number("maximumSalary"));
    let (currency, per) = (of("salaryCurrency"), of("salaryInterval"));
    let (currency, per) = (currency.unwrap_or_default(), per.unwrap_or_default());
    draft.paid(amounts, &currency, (word::period(&per), &per));
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

/// The item's own key, unless it is only its address.
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

fn author(item: &Element) -> Option<String> {
    let atom = item.child("author").and_then(|author| author.text("name"));
    atom.or_else(|| item.text("dc:creator"))
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
