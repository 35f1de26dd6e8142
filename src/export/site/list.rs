//! Pages that list postings: all of them, and those of one value of a filter.

use maud::{Markup, html};

use super::Site;
use super::card::cards;
use super::facets::{Facet, Group};
use super::filters;
use super::interview;
use super::page::{Page, counted, markdown, numbered, pager, root};
use crate::board::Posting;
use crate::document::Document;

/// Postings per page.
const POSTINGS: usize = 50;

/// Pages of all postings; the first is the start page of the site.
pub(super) fn index<E>(
    site: &Site<'_>,
    put: &mut impl FnMut(&str, &str) -> Result<(), E>,
) -> Result<(), E> {
    let of = site.postings.len().div_ceil(POSTINGS).max(1);
    let description = site.board.description.as_deref().unwrap_or_default();
    let about = plain(description);
    for number in 1..=of {
        let path = numbered("index", number);
        let shown = site
            .postings
            .iter()
            .skip((number - 1) * POSTINGS)
            .take(POSTINGS);
        let title = title(&site.board.name, number);
        let main = html! {
            header.hero {
                h1 { (site.board.name) }
                @if number == 1 { div.lead { (markdown(description, 1)) } }
                @if let Some(url) = &site.board.url { p.home { a href=(url) { (url) } } }
            }
            div.columns {
                div {
                    @if number == 1 { (interview::newest(site)) }
                    (section(site.postings.len(), &cards(site, &path, shown.copied()), &pager("index", number, of)))
                }
                (filters::sidebar(site, &path, None))
            }
        };
        put(&path, &page(&path, &title, &about, main).text(site))?;
    }
    Ok(())
}

/// The pages of one value.
pub(super) fn group<E>(
    site: &Site<'_>,
    facet: &Facet<'_>,
    group: &Group<'_>,
    put: &mut impl FnMut(&str, &str) -> Result<(), E>,
) -> Result<(), E> {
    let of = group.rows.len().div_ceil(POSTINGS);
    let count = counted(group.rows.len(), "posting");
    let about = format!("{count}: {} {}", facet.title, group.label);
    for (at, rows) in group.rows.chunks(POSTINGS).enumerate() {
        let path = numbered(&group.path, at + 1);
        let root = root(&path);
        let title = title(group.label, at + 1);
        let shown = rows.iter().map(|row| site.postings[*row]);
        let main = html! {
            nav.trail aria-label="Breadcrumb" {
                ol {
                    li { a href={ (root) "index.html" } { "All postings" } }
                    li { a href={ (root) (facet.field.name()) ".html" } { (facet.title) } }
                }
            }
            header.hero { h1 { (group.label) } }
            div.columns {
                (section(group.rows.len(), &cards(site, &path, shown), &pager(&group.path, at + 1, of)))
                (filters::sidebar(site, &path, Some(group)))
            }
        };
        put(&path, &page(&path, &title, &about, main).text(site))?;
    }
    Ok(())
}

/// A page whose only content for search engines is its list.
fn page<'a>(path: &'a str, title: &'a str, about: &'a str, main: Markup) -> Page<'a> {
    Page {
        path,
        title,
        about,
        data: None,
        main,
    }
}

/// A section with the total number of postings, the cards of this page and the links to the other pages.
fn section(count: usize, cards: &Markup, pager: &Markup) -> Markup {
    html! {
        section aria-labelledby="postings" {
            h2 #postings { (counted(count, "posting")) }
            (to_filters())
            (cards)
            (pager)
        }
    }
}

fn title(name: &str, number: usize) -> String {
    if number == 1 {
        return name.to_owned();
    }
    format!("{name}, page {number}")
}

/// Plain text of a Markdown text.
fn plain(markdown: &str) -> String {
    let posting = Posting {
        description: markdown.to_owned(),
        ..Posting::default()
    };
    let blocks = Document::posting(&posting).blocks.into_iter();
    blocks
        .map(|block| block.prose())
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

/// Link to the filters, for windows too narrow to show them beside the list.
fn to_filters() -> Markup {
    html! { p.jump { a href="#filters" { "Filter" } } }
}
