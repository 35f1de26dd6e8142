//! Postings as a JSON Feed (version 1.1), whose items link to the pages of a site.

use serde_json::{Map, Value, json};

use crate::board::{Board, Posting};
use crate::document;

/// Media type of a feed.
pub const MEDIA_TYPE: &str = "application/feed+json";

/// A feed of postings, each with the address of its page. The feed and the site are at these addresses.
pub fn feed<'a>(
    board: &Board,
    feed: &str,
    site: &str,
    postings: impl IntoIterator<Item = (&'a Posting, String)>,
) -> String {
    let items = postings
        .into_iter()
        .map(|(posting, page)| item(posting, &page));
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": board.name,
        "home_page_url": site,
        "feed_url": feed,
    });
    if let Some(feed) = feed.as_object_mut() {
        feed.extend(
            board
                .description
                .iter()
                .map(|text| ("description".to_owned(), text.as_str().into())),
        );
        feed.insert("items".into(), items.collect());
    }
    feed.to_string() + "\n"
}

fn item(posting: &Posting, page: &str) -> Value {
    let mut item = Map::new();
    item.insert("id".into(), page.into());
    item.insert("url".into(), page.into());
    item.insert("title".into(), posting.title.as_str().into());
    let html = document::to_html(&posting.description, 1);
    item.insert("content_html".into(), html.trim_end().into());
    let optional = [
        ("external_url", posting.url.clone()),
        (
            "date_published",
            posting.posted.map(|day| format!("{day}T00:00:00Z")),
        ),
        ("language", posting.language.clone()),
    ];
    item.extend(
        optional
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?.into()))),
    );
    if let Some(company) = &posting.company {
        item.insert("authors".into(), json!([{ "name": company }]));
    }
    if !posting.tags.is_empty() {
        item.insert(
            "tags".into(),
            posting.tags.iter().map(String::as_str).collect(),
        );
    }
    item.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_links_its_page_and_its_original() {
        let posting = Posting {
            title: "</script> Cook".into(),
            company: Some("Acme".into()),
            url: Some("https://acme.example/1".into()),
            posted: Some("2026-09-01".parse().expect("a day")),
            description: "Cook *well*.".into(),
            ..Posting::default()
        };
        let board = Board::new("Jobs".into(), Vec::new(), Vec::new());
        let page = "https://jobs.example/posting/a.html";
        let at = "https://jobs.example/feed.json";
        let text = feed(
            &board,
            at,
            "https://jobs.example/",
            [(&posting, page.to_owned())],
        );
        let feed: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(feed["feed_url"], at);
        let expected = json!({
            "id": page,
            "url": page,
            "external_url": "https://acme.example/1",
            "title": "</script> Cook",
            "content_html": "<p>Cook <em>well</em>.</p>",
            "date_published": "2026-09-01T00:00:00Z",
            "authors": [{ "name": "Acme" }],
        });
        assert_eq!(feed["items"][0], expected);
    }
}
