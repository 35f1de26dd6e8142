//! The page of a posting.

use maud::{Markup, html};
use url::Url;

use super::Site;
use super::page::{Page, cut, day, markdown, root};
use crate::board::field::{self, FIELDS};
use crate::board::{Level, Location, Posting, Sponsorship, Workplace};
use crate::document::{BlockKind, Document};
use crate::export::job_posting;
use crate::query::Field;

/// Maximum length of a page's description.
const ABOUT: usize = 300;

/// The page, and whether it has every field that search engines require.
pub(super) fn page(site: &Site<'_>, posting: &Posting) -> (String, bool) {
    let path = site.posting_path(posting).unwrap_or_default();
    let root = root(path);
    let job = job_posting::for_search_engines(posting);
    let complete = job.is_some();
    let title = match &posting.company {
        Some(company) => format!("{}, {company}", posting.title),
        None => posting.title.clone(),
    };
    let main = html! {
        nav.trail aria-label="Breadcrumb" {
            ol {
                li { a href={ (root) "index.html" } { "All postings" } }
                @if let Some(group) = posting.company.as_deref().and_then(|company| site.facets.group(Field::Company, company)) {
                    li { a href={ (root) (group.path) ".html" } { (group.label) } }
                }
            }
        }
        article.posting {
            header {
                h1 { (posting.title) }
                @if let Some(who) = super::card::who(posting) { p.who { (who) } }
                (apply(site, posting))
            }
            (facts(site, &root, posting))
            div.text lang=[posting.language.as_deref()] { (markdown(&posting.description, 1)) }
            (origin(posting))
            (mentions(site, &root, posting))
        }
    };
    let page = Page {
        path,
        title: &title,
        about: &about(posting),
        data: job.as_ref().map(job_posting::embedded),
        main,
    };
    (page.text(site), complete)
}

/// The first words of the description.
fn about(posting: &Posting) -> String {
    let blocks = Document::posting(posting).blocks.into_iter();
    let mut said =
        blocks.filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item));
    said.next()
        .map(|block| cut(&block.prose(), ABOUT))
        .unwrap_or_default()
}

fn apply(site: &Site<'_>, posting: &Posting) -> Markup {
    let open = site.is_open(posting);
    html! {
        @if let (false, Some(closes)) = (open, posting.closes) {
            p.closed { "Closed since " (day(closes)) }
        }
        @if let Some(url) = &posting.url {
            p.apply {
                a.button href=(url) rel="nofollow noopener" {
                    @match (open, host(url)) {
                        (true, Some(host)) => { "Apply at " (host) },
                        (true, None) => "Apply by mail",
                        (false, Some(host)) => { "See it at " (host) },
                        (false, None) => "Ask by mail",
                    }
                }
            }
        }
    }
}

/// The host of a web address.
fn host(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// Facts; a value that other postings may share links to them.
fn facts(site: &Site<'_>, root: &str, posting: &Posting) -> Markup {
    let shared =
        |field, value: Option<&'static str>| value.map(|value| linked(site, root, field, value));
    let workplace = shared(Field::Workplace, posting.workplace.map(Workplace::word));
    let level = shared(Field::Level, posting.level.map(Level::word));
    let team = posting
        .team
        .as_deref()
        .map(|team| linked(site, root, Field::Team, team));
    let language = posting
        .language
        .as_deref()
        .map(|language| html! { (language) });
    html! {
        dl.facts {
            @if !posting.locations.is_empty() {
                div {
                    dt { "Where" }
                    @for location in &posting.locations { dd { (place(site, root, location)) } }
                }
            }
            (fact("Team", team))
            (fact("Workplace", workplace))
            @if !posting.employment.is_empty() {
                div {
                    dt { "Employment" }
                    @for kind in &posting.employment { dd { (linked(site, root, Field::Employment, kind.word())) } }
                }
            }
            (fact("Level", level))
            @if !posting.salary.is_empty() {
                div { dt { "Pay" } @for salary in &posting.salary { dd { (salary) } } }
            }
            (fact("Posted", posting.posted.map(day)))
            (fact("Closes", posting.closes.map(day)))
            (fact("Visa sponsorship", posting.sponsorship.map(|offer| html! { (Sponsorship::word(offer)) })))
            @for field in FIELDS.iter().filter(|field| LABELLED.contains(&field.name)) {
                @if let text @ [_, ..] = &*texts(field, posting) {
                    div { dt { (field.title()) } @for text in text { dd { (text) } } }
                }
            }
            (fact("Language", language))
            @if !posting.tags.is_empty() {
                div.tags {
                    dt { "Tags" }
                    @for tag in &posting.tags { dd { (linked(site, root, Field::Tag, tag)) } }
                }
            }
        }
    }
}

/// Fields without links, shown as text.
const LABELLED: [&str; 6] = [
    "remote_from",
    "years",
    "education",
    "skills",
    "languages",
    "clearance",
];

fn texts(field: &field::Field, posting: &Posting) -> Vec<String> {
    let mut texts = Vec::new();
    field.each_text(posting, |text| texts.push(text.to_owned()));
    texts
}

fn fact(name: &str, value: Option<Markup>) -> Markup {
    html! {
        @if let Some(value) = value { div { dt { (name) } dd { (value) } } }
    }
}

fn linked(site: &Site<'_>, root: &str, field: Field, value: &str) -> Markup {
    html! {
        @match site.facets.group(field, value) {
            Some(group) => a href={ (root) (group.path) ".html" } { (value) },
            None => (value),
        }
    }
}

/// A location, linking to the postings of its city, or else region, or else country.
fn place(site: &Site<'_>, root: &str, location: &Location) -> Markup {
    let parts = [
        (Field::City, &location.city),
        (Field::Region, &location.region),
        (Field::Country, &location.country),
    ];
    let nearest = parts
        .iter()
        .find_map(|(field, part)| site.facets.group(*field, part.as_deref()?));
    html! {
        @match nearest {
            Some(group) => a href={ (root) (group.path) ".html" } { (location.written) },
            None => (location.written),
        }
    }
}

/// Publisher and source of the text.
fn origin(posting: &Posting) -> Markup {
    let source = posting.source.as_ref();
    let url = source.and_then(|source| source.url.as_deref());
    let retrieved =
        source.and_then(|source| source.last_seen.or(source.retrieved).or(source.first_seen));
    html! {
        @if posting.publisher.is_some() || posting.retold || url.is_some() || retrieved.is_some() {
            footer.origin {
                p {
                    (published(posting.publisher.as_deref(), posting.retold))
                    @if let Some(host) = url.and_then(host) {
                        " Found at " (host)
                        @if let Some(retrieved) = retrieved { " on " (day(retrieved)) }
                        "."
                    } @else if let Some(retrieved) = retrieved { " Found on " (day(retrieved)) "." }
                }
            }
        }
    }
}

/// Publisher of the original, and whether the text is the board's own retelling.
pub(super) fn published(publisher: Option<&str>, retold: bool) -> Markup {
    html! {
        @match (publisher, retold) {
            (Some(publisher), true) => { "Retold from " (publisher) "." },
            (Some(publisher), false) => { "Published by " (publisher) "." },
            (None, true) => "Retold.",
            (None, false) => {},
        }
    }
}

/// Interviews that name the posting.
fn mentions(site: &Site<'_>, root: &str, posting: &Posting) -> Markup {
    let names =
        |related: &Option<Vec<String>>| related.iter().flatten().any(|id| *id == posting.id);
    let naming = site
        .board
        .interviews()
        .iter()
        .filter(|interview| names(&interview.related));
    let naming: Vec<_> = naming.collect();
    html! {
        @if !naming.is_empty() {
            aside.mentions aria-labelledby="mentions" {
                h2 #mentions { "To read with it" }
                ul {
                    @for interview in naming {
                        li { a href={ (root) (site.interview_path(interview)) } { (interview.title) } }
                    }
                }
            }
        }
    }
}
