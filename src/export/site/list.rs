//! Pages that list postings: the newest, those of one value of a filter, those of two, and all of them.

use maud::{Markup, html};

use super::Site;
use super::feeds;
use super::filters;
use super::interview;
use super::page::{ALL, Page, PageKind, markdown, root};
use super::period::{Part, parts};
use super::row::rows;
use super::search_page;
use crate::board::Posting;
use crate::document::Document;
use crate::query::Field;

/// Postings of a page.
const POSTINGS: usize = 60;
/// Postings of a pair's page.
const NARROW: usize = 40;
/// Above this, a list shows its newest postings and leads to its filters and to the page with everything.
const WHOLE: usize = 300;
/// Postings on a page with everything.
const EVERYTHING: usize = 10_000;

/// Pages with their paths.
type Pages = Vec<(String, String)>;

/// The start page: the newest postings.
pub(super) fn index(site: &Site<'_>) -> Pages {
    const PATH: &str = "index.html";
    let description = site.board.description.as_deref().unwrap_or_default();
    let all: Vec<usize> = (0..site.postings.len()).collect();
    let shown = &all[..all.len().min(POSTINGS)];
    let main = html! {
        header.hero {
            h1 { (site.board.name) }
            div.lead { (markdown(description, 1)) }
            @if let Some(url) = &site.board.url { p.home { a href=(url) { (url) } } }
        }
        @if site.index.is_some() { (search_page::search(site)) }
        (filters::of_all(site))
        (interview::newest(site))
        (section(site, PATH, all.len(), &rows(site, PATH, shown, true)))
        (newest(site, PATH, shown.len(), all.len()))
        (derived(site))
    };
    let page = Page {
        about: &plain(description),
        kind: PageKind::List,
        ..Page::new(PATH, &site.board.name, main)
    };
    vec![(PATH.to_owned(), page.text(site))]
}

/// The pages of one value.
pub(super) fn group(site: &Site<'_>, value: (usize, usize)) -> Pages {
    let (facet, group) = site.facets.value(value);
    let count = group.rows.len();
    let (first, older) = if count > WHOLE || facet.field == Field::Skill {
        (group.rows[..count.min(POSTINGS)].to_vec(), Vec::new())
    } else {
        parts(&site.postings, &group.rows, POSTINGS)
    };
    let (field, _) = site.labels.facet(facet.field);
    let path = format!("{}.html", group.path);
    let has_company = facet.field != Field::Company;
    let trail = |path: &str, is_part: bool| {
        let root = root(path);
        html! {
            nav.trail aria-label=(site.labels.breadcrumb) {
                ol {
                    li { a href={ (root) "index.html" } { (site.labels.all_postings) } }
                    li { a href={ (root) (facet.field.name()) ".html" } { (field) } }
                    @if is_part { li { a href={ (root) (group.path) ".html" } { (group.label) } } }
                }
            }
        }
    };
    let main = html! {
        (trail(&path, false))
        header.hero { h1 { (group.label) } }
        (filters::of_group(site, &path, value))
        (section(site, &path, count, &rows(site, &path, &first, has_company)))
        @if older.is_empty() { (newest(site, &path, first.len(), count)) }
        (links(site, &path, &group.path, &older))
        (derived(site))
    };
    let count = site.labels.count_postings(count);
    let about = format!("{field}: {} · {count}", group.label);
    let feed = feeds::of_group(site, group);
    let page = Page {
        about: &about,
        kind: PageKind::List,
        feed: feed.as_deref(),
        ..Page::new(&path, &group.label, main)
    };
    let mut pages = vec![(path.clone(), page.text(site))];
    for part in &older {
        let path = format!("{}~{}.html", group.path, part.suffix());
        let period = part.label(site.labels);
        let main = html! {
            (trail(&path, true))
            header.hero { h1 { (group.label) } p.lead { (period) } }
            (section(site, &path, part.rows.len(), &rows(site, &path, &part.rows, has_company)))
        };
        let title = format!("{}, {period}", group.label);
        pages.push((path.clone(), Page::new(&path, &title, main).text(site)));
    }
    pages
}

/// The page of a pair of values.
pub(super) fn pair(site: &Site<'_>, at: usize) -> Pages {
    let pair = &site.facets.pairs[at];
    let path = format!("{}.html", pair.path);
    let root = root(&path);
    let [first, second] = pair.of.map(|value| site.facets.value(value));
    let title = format!("{} · {}", first.1.label, second.1.label);
    let shown = &pair.rows[..pair.rows.len().min(NARROW)];
    let count = pair.rows.len();
    let main = html! {
        nav.trail aria-label=(site.labels.breadcrumb) {
            ol { li { a href={ (root) "index.html" } { (site.labels.all_postings) } } }
        }
        header.hero {
            h1 { (title) }
            p.without {
                @for (left_out, kept) in [(first.1, second.1), (second.1, first.1)] {
                    a href={ (root) (kept.path) ".html" } {
                        (site.labels.without) " " (left_out.label)
                    }
                    " "
                }
            }
        }
        (filters::of_pair(site, &path, pair))
        (section(site, &path, count, &rows(site, &path, shown, true)))
        @if count > NARROW { (newest(site, &path, shown.len(), count)) }
        (derived(site))
    };
    let about = site.labels.count_postings(count);
    let page = Page {
        about: &about,
        kind: PageKind::List,
        ..Page::new(&path, &title, main)
    };
    vec![(path.clone(), page.text(site))]
}

/// The page with everything; of a very large board, one for each period.
pub(super) fn all(site: &Site<'_>) -> Pages {
    let all: Vec<usize> = (0..site.postings.len()).collect();
    let (first, older) = parts(&site.postings, &all, EVERYTHING);
    let page = |path: &str, title: &str, shown: &[usize], older: &[Part]| {
        let main = html! {
            nav.trail aria-label=(site.labels.breadcrumb) {
                ol { li { a href={ (root(path)) "index.html" } { (site.labels.postings) } } }
            }
            header.hero { h1 { (title) } p.lead { (site.labels.count_postings(shown.len())) } }
            (compact(site, shown))
            (links(site, path, "all", older))
        };
        Page::new(path, title, main).text(site)
    };
    let mut pages = vec![(
        ALL.to_owned(),
        page(ALL, site.labels.all_postings, &first, &older),
    )];
    for part in &older {
        let path = format!("all~{}.html", part.suffix());
        let title = format!("{}, {}", site.labels.all_postings, part.label(site.labels));
        let text = page(&path, &title, &part.rows, &[]);
        pages.push((path, text));
    }
    pages
}

/// Postings in one line each, by the month in which they were posted.
fn compact(site: &Site<'_>, shown: &[usize]) -> Markup {
    let month = |row: usize| {
        site.postings[row]
            .day()
            .map(|day| (day.year(), day.month()))
    };
    let months = shown.chunk_by(|a, b| month(*a) == month(*b));
    html! {
        @for rows in months {
            h2 {
                @match site.postings[rows[0]].day() {
                    Some(day) => { (site.labels.month(day)) " " (day.year()) },
                    None => (site.labels.undated),
                }
            }
            ul.compact {
                @for at in rows {
                    @let listed = &site.postings[*at];
                    @let posting = listed.posting;
                    li {
                        a href=[site.posting_path(posting)] { (posting.title) }
                        @if let Some(company) = &posting.company { " " (company) }
                        @if let Some(place) = posting.locations.first() { " · " (place.written) }
                        @if let Some(workplace) = listed.workplace { " · " (site.labels.word(workplace.word())) }
                    }
                }
            }
        }
    }
}

/// A section with the total number of postings and the rows of this page.
fn section(site: &Site<'_>, path: &str, count: usize, rows: &Markup) -> Markup {
    let is_start = path == "index.html";
    html! {
        section.postings aria-labelledby="postings" {
            h2 #postings { (site.labels.count_postings(count)) }
            @if !is_start || count > 0 { (rows) }
        }
    }
}

/// Says that a list shows its newest postings, and leads to everything.
fn newest(site: &Site<'_>, path: &str, shown: usize, count: usize) -> Markup {
    html! {
        @if shown < count {
            p.more {
                (site.labels.newest(shown, count)) " "
                a href={ (root(path)) (ALL) } { (site.labels.all_postings) }
            }
        }
    }
}

/// Links to the older parts of a list.
fn links(site: &Site<'_>, path: &str, base: &str, older: &[Part]) -> Markup {
    let root = root(path);
    html! {
        @if !older.is_empty() {
            nav.older aria-labelledby="older" {
                h2 #older { (site.labels.older) }
                ul.values {
                    @for part in older {
                        li {
                            a href={ (root) (base) "~" (part.suffix()) ".html" } {
                                (part.label(site.labels)) " " small { (site.labels.number(part.rows.len())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What `≈` means.
fn derived(site: &Site<'_>) -> Markup {
    html! { @if site.has_derived { p.key { (site.labels.derived) } } }
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
