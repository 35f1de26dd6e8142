//! Teamtailor's JSON Feed, `…/jobs.json`, whose items contain a schema.org `JobPosting` as `_jobposting`.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site, is_front};
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::{Drafts, day, json_ld};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "teamtailor",
    signs: &[Sign::Keys(&["_jobposting"])],
    read: Read::Json {
        list: "items",
        keys: json::keys::<Item>,
        drafts,
    },
    site: Some(Site {
        domains: &["teamtailor.com"],
        find,
    }),
    pages: Pages::Next { next: "/next_url" },
};

fn find(address: &Address<'_>) -> Option<Board> {
    address.hosted("teamtailor.com", "/jobs.json", is_front)
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Item>(text, &["items"])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Item {
    id: Text,
    title: Text,
    url: Text,
    date_published: Text,
    content_html: Text,
    language: Text,
    tags: Option<Vec<Text>>,
    #[serde(rename = "_jobposting")]
    posting: serde_json::Value,
}

impl json::Row<'_> for Item {
    fn draft(self, head: &Head) -> Result<Draft, Refusal> {
        let mut draft = json_ld::draft(&self.posting)?;
        if let Some(id) = self.id.some() {
            draft.id = id;
        }
        if draft.title.is_empty() {
            draft.title = self.title.0;
        }
        if draft.description.is_empty() {
            draft.description = Body::default().html(&self.content_html)?.finish();
        }
        draft.board = head.text("title");
        draft.company = draft.company.or_else(|| head.text("title"));
        draft.posted = draft.posted.or_else(|| day::day(&self.date_published));
        draft.url = self.url.some().or(draft.url);
        draft.language = draft.language.or_else(|| self.language.some());
        draft
            .tags
            .extend(self.tags.into_iter().flatten().filter_map(Text::some));
        Ok(draft)
    }
}
