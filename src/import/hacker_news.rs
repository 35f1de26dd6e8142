//! A "Who is hiring" thread of Hacker News: search and items of Algolia, items of Firebase.
//!
//! By convention the first line of a posting is "Company | Role | Place | Remote | Full-time", in any order after the
//! company. Replies and deleted items are skipped.

use std::collections::HashSet;

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head, Row as _};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::slug::slug;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::{Drafts, day, html, vocabulary};
use crate::board::{Location, Workplace, fold::fold};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "hacker-news",
    signs: &[
        Sign::Keys(&["comment_text"]),
        Sign::Keys(&["by", "time", "type"]),
        Sign::List("children", &["author", "text"]),
    ],
    read: Read::Json {
        list: "children",
        keys: json::keys::<Item>,
        drafts,
    },
    site: Some(Site {
        domains: &["news.ycombinator.com"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("news.ycombinator.com", ["item"]) => {
            let thread = address.query("id")?;
            let item = slug(&thread);
            Some(Board::new(
                thread,
                format!("https://hn.algolia.com/api/v1/items/{item}"),
            ))
        }
        ("hn.algolia.com", ["api", "v1", "items", thread]) => {
            Some(Board::new(*thread, address.whole()))
        }
        _ => None,
    }
}

/// Base address of items.
const SITE: &str = "https://news.ycombinator.com/item?id=";
/// Words that occur in nearly every role.
const ROLES: &[&str] = &[
    "engineer",
    "developer",
    "scientist",
    "designer",
    "manager",
    "analyst",
    "architect",
    "researcher",
    "lead",
    "director",
    "head",
    "officer",
    "sre",
    "devops",
    "cto",
    "specialist",
    "advocate",
    "consultant",
    "administrator",
    "intern",
    "programmer",
    "recruiter",
    "writer",
    "founder",
    "founding",
    "sales",
    "support",
    "technician",
    "fullstack",
    "frontend",
    "backend",
    "roles",
    "positions",
    "accountant",
    "attorney",
    "editor",
    "marketing",
    "operations",
];

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    let lists = json::outline(text);
    let list = |name: &str| lists.iter().any(|list| list.path == name);
    let path: &[&str] = if list("hits") {
        &["hits"]
    } else {
        &["children"]
    };
    let (head, rows) = json::rows(text, path)?;
    let story = head.text("story_id").or_else(|| head.text("id"));
    let read = |raw: &serde_json::value::RawValue| serde_json::from_str::<Item>(raw.get());
    let items: Vec<_> = rows
        .map(|(place, raw)| (place, raw.and_then(read)))
        .collect();
    let ids = items
        .iter()
        .filter_map(|(_, item)| item.as_ref().ok()?.comment_id());
    let comments: HashSet<String> = ids.collect();
    Ok(Box::new(items.into_iter().map(move |(place, item)| {
        let draft = match item {
            Ok(item) if item.is_reply(story.as_deref(), &comments) => {
                Err(Refusal::skipped("it is a reply, not a posting"))
            }
            Ok(item) => item.draft(&head),
            Err(error) => Err(Refusal::wrong(json::message(&error))),
        };
        (place, draft)
    })))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Item {
    #[serde(alias = "objectID")]
    id: Text,
    #[serde(alias = "comment_text")]
    text: Text,
    created_at: Text,
    time: Text,
    #[serde(alias = "parent")]
    parent_id: Text,
    story_id: Text,
    #[serde(rename = "type")]
    kind: Text,
    deleted: bool,
    dead: bool,
}

impl Item {
    fn comment_id(&self) -> Option<String> {
        (&*self.kind != "story").then(|| self.id.0.clone())
    }

    /// Whether it replies to a comment rather than to the thread.
    fn is_reply(&self, story: Option<&str>, comments: &HashSet<String>) -> bool {
        let story = self
            .story_id
            .clone()
            .some()
            .or_else(|| story.map(str::to_owned));
        match (self.parent_id.clone().some(), story) {
            (Some(parent), Some(story)) => parent != story,
            (Some(parent), None) => comments.contains(&parent),
            (None, _) => false,
        }
    }
}

impl json::Row<'_> for Item {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        if self.deleted || self.dead || self.text.trim().is_empty() {
            return Err(Refusal::skipped("it was deleted"));
        }
        if matches!(&*self.kind, "story" | "poll" | "pollopt") {
            return Err(Refusal::skipped("it is the thread, not a posting"));
        }
        let mut draft = Draft {
            url: Some(format!("{SITE}{}", &*self.id)),
            id: self.id.0,
            posted: day::day(&self.created_at).or_else(|| day::day(&self.time)),
            description: Body::default().html(&broken(&self.text))?.finish(),
            is_plain: true,
            ..Draft::default()
        };
        // The text may start with an empty paragraph.
        let text = broken(&self.text);
        let mut paragraphs = text.split("<p>").map(html::plain);
        let first = paragraphs.find(|text| !text.trim().is_empty());
        let first = first.unwrap_or_default();
        if !first.contains('|') && is_remark(&self.text, &first) {
            return Err(Refusal::skipped("it is a remark, not a posting"));
        }
        header(&first, &mut draft);
        Ok(draft)
    }
}

/// Whether a comment without the usual first line is a question or a remark: it names no role, and says of nobody that
/// they hire.
fn is_remark(text: &str, first: &str) -> bool {
    const HIRES: &[&str] = &[
        "hiring",
        "looking for",
        "we are",
        "we're",
        "join us",
        "apply",
        "role",
        "position",
        "seeking",
        "recruit",
    ];
    let text = html::plain(text).to_lowercase();
    let is_question = first.trim_end().ends_with('?');
    is_question && text.len() < 400
        || !is_role(first) && !HIRES.iter().any(|word| text.contains(word))
}

/// Keeps line ends as line breaks: the site renders them as spaces, but they were intended.
fn broken(text: &str) -> String {
    if text.contains("<pre") {
        return text.to_owned();
    }
    text.replace('\n', "<br>")
}

/// Parses the first line. Ambiguous parts remain in the description only.
fn header(line: &str, draft: &mut Draft) {
    let mut parts = line
        .split('|')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let company = parts.next().unwrap_or_default();
    let parts: Vec<&str> = parts.collect();
    if parts.is_empty() {
        line.clone_into(&mut draft.title);
        return;
    }
    draft.company = Some(company.to_owned());
    draft.workplace = workplace(&parts);
    draft.employment = vocabulary::employments(&parts);
    let (roles, others): (Vec<&str>, Vec<&str>) = parts.into_iter().partition(|part| is_role(part));
    let others = others
        .into_iter()
        .filter(|part| vocabulary::employment(part).is_empty());
    for part in others {
        let place = Location::parse(part);
        if part.contains(['$', '€', '£']) {
            draft.extras.push(("Pay", part.to_owned()));
        } else if place.country.is_some()
            || place.city.is_some()
            || part.contains('(') && is_workplace(part)
        {
            draft.locations.push(part.to_owned());
        }
    }
    draft.title = if roles.is_empty() {
        line.to_owned()
    } else {
        roles.join(", ")
    };
}

fn words(part: &str) -> Vec<String> {
    let folded = fold(part);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '-');
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_role(part: &str) -> bool {
    let words = words(part);
    let role = |word: &String| {
        ROLES
            .iter()
            .any(|role| word.strip_suffix('s').unwrap_or(word) == *role || word == role)
    };
    !part.contains("://") && !part.contains(['$', '€', '£']) && words.iter().any(role)
}

fn is_workplace(part: &str) -> bool {
    words(part)
        .iter()
        .any(|word| vocabulary::workplace(word).is_some())
}

/// The workplace, if exactly one kind is named.
fn workplace(parts: &[&str]) -> Option<Workplace> {
    let words = parts.iter().flat_map(|part| words(part));
    let mut kinds: Vec<_> = words
        .filter(|word| word != "office")
        .filter_map(|word| vocabulary::workplace(&word))
        .collect();
    kinds.dedup();
    if let [only] = kinds[..] {
        Some(only)
    } else {
        None
    }
}
