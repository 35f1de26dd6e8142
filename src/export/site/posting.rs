//! The page of a posting.

use maud::{Markup, html};
use serde_json::{Map, Value};
use url::Url;

use super::Site;
use super::listed::Listed;
use super::microdata;
use super::page::{Page, PageKind, day, markdown, root};
use super::row;
use crate::board::field::{self, FIELDS};
use crate::board::{Level, Location, Posting, Sponsorship, Workplace};
use crate::export::job_posting;
use crate::query::Field;

/// Properties of a job that the page shows, and an id that is not the company's own.
const SHOWN: &[&str] = &[
    "title",
    "description",
    "hiringOrganization",
    "url",
    "datePosted",
    "identifier",
];

/// The page, and whether it has every field that search engines require.
pub(super) fn page(site: &Site<'_>, listed: &Listed<'_>) -> (String, bool) {
    let posting = listed.posting;
    let path = site.posting_path(posting).unwrap_or_default();
    let root = root(path);
    let job = job_posting::for_page(posting, site.company(posting));
    let job = job.filter(|_| site.is_open(posting));
    let job = job.as_ref().and_then(Value::as_object);
    let title = match &posting.company {
        Some(company) => format!("{}, {company}", posting.title),
        None => posting.title.clone(),
    };
    let is_job = |name: &'static str| job.map(|_| name);
    let main = html! {
        nav.trail aria-label=(site.labels.breadcrumb) {
            ol {
                li { a href={ (root) "index.html" } { (site.labels.all_postings) } }
                @if let Some(group) = posting.company.as_deref().and_then(|company| site.page_of(Field::Company, company)) {
                    li { a href={ (root) (group.path) ".html" } { (group.label) } }
                }
            }
        }
        article.posting itemscope[job.is_some()] itemtype=[job.and_then(microdata::type_of)] {
            header {
                h1 itemprop=[is_job("title")] { (posting.title) }
                (who(posting, job))
                (apply(site, posting, is_job("url")))
                @if let Some(job) = job { div hidden { (microdata::properties(job, SHOWN)) } }
            }
            (facts(site, &root, listed, is_job("datePosted")))
            div.text lang=[posting.language.as_deref()] itemprop=[is_job("description")] { (markdown(&posting.description, 1)) }
            (origin(site, posting))
            (mentions(site, &root, posting))
        }
    };
    let about = about(site, listed);
    let page = Page {
        about: &about,
        kind: PageKind::Posting,
        ..Page::new(path, &title, main)
    };
    (page.text(site), job.is_some())
}

/// Company, with what is known about it, and team.
fn who(posting: &Posting, job: Option<&Map<String, Value>>) -> Markup {
    let organization = job.and_then(|job| job.get("hiringOrganization")?.as_object());
    html! {
        @match (organization, &posting.company) {
            (Some(organization), Some(company)) => {
                p.who {
                    span itemprop="hiringOrganization" itemscope itemtype=[microdata::type_of(organization)] {
                        span itemprop="name" { (company) }
                        (microdata::properties(organization, &["name", "department"]))
                    }
                    @if let Some(team) = &posting.team { " · " (team) }
                }
            },
            _ => { @if let Some(who) = row::who(posting) { p.who { (who) } } },
        }
    }
}

/// Company, places and pay.
fn about(site: &Site<'_>, listed: &Listed<'_>) -> String {
    row::about(site, listed, true)
}

fn apply(site: &Site<'_>, posting: &Posting, property: Option<&str>) -> Markup {
    let labels = site.labels;
    let open = site.is_open(posting);
    html! {
        @if let (false, Some(closes)) = (open, posting.closes) {
            p.closed { (labels.closed_since) " " (day(site, closes)) }
        }
        @if let Some(url) = &posting.url {
            p.apply {
                a.button href=(url) itemprop=[property] rel="nofollow noopener" {
                    @match (open, host(url)) {
                        (true, Some(host)) => { (labels.apply_at) " " (host) },
                        (true, None) => (labels.apply_by_mail),
                        (false, Some(host)) => { (labels.see_at) " " (host) },
                        (false, None) => (labels.ask_by_mail),
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

/// Facts; a value that other postings share leads to them.
fn facts(site: &Site<'_>, root: &str, listed: &Listed<'_>, posted: Option<&str>) -> Markup {
    let posting = listed.posting;
    let labels = site.labels;
    let title = |field| labels.facet(field).0;
    let shared = |field, value: Option<&'static str>, is_derived: bool| {
        value.map(|value| html! { @if is_derived { "≈ " } (linked(site, root, field, value)) })
    };
    let workplace = listed.workplace.map(Workplace::word);
    let workplace = shared(Field::Workplace, workplace, listed.has_derived_workplace());
    let level = shared(
        Field::Level,
        listed.level.map(Level::word),
        listed.has_derived_level(),
    );
    let team = posting
        .team
        .as_deref()
        .map(|team| linked(site, root, Field::Team, team));
    let language = posting
        .language
        .as_deref()
        .map(|language| html! { (language) });
    let derived_skills = listed.skills_are_derived.then(|| listed.skills.join(", "));
    let derived_skills = derived_skills.filter(|skills| !skills.is_empty());
    html! {
        dl.facts {
            @if !posting.locations.is_empty() {
                dt { (labels.place) }
                @for location in &posting.locations { dd { (place(site, root, location)) } }
            }
            (fact(title(Field::Team), team))
            (fact(title(Field::Workplace), workplace))
            @if !posting.employment.is_empty() {
                dt { (title(Field::Employment)) }
                @for kind in &posting.employment { dd { (labels.word(kind.word())) } }
            }
            (fact(title(Field::Level), level))
            @if !posting.salary.is_empty() {
                dt { (labels.pay) }
                @for salary in &posting.salary { dd { (labels.salary(salary)) } }
            }
            @if let Some(date) = posting.posted {
                dt { (labels.posted) }
                dd { time itemprop=[posted] datetime=(date) { (labels.day(date)) } }
            }
            (fact(labels.closes, posting.closes.map(|date| day(site, date))))
            (fact(labels.sponsorship, posting.sponsorship.map(|offer| html! { (labels.word(Sponsorship::word(offer))) })))
            @for (field, title) in FIELDS.iter().filter_map(|field| Some((field, labels.field(field.name)?))) {
                @if let texts @ [_, ..] = &*texts(site, field, posting) {
                    dt { (title) }
                    @for text in texts { dd { (text) } }
                }
            }
            (fact(title(Field::Skill), derived_skills.map(|skills| html! { "≈ " (skills) })))
            (fact(labels.text_language, language))
            @if !posting.tags.is_empty() {
                dt { (labels.tags) }
                dd {
                    @for (at, tag) in posting.tags.iter().enumerate() {
                        @if at > 0 { ", " }
                        (linked(site, root, Field::Tag, tag))
                    }
                }
            }
        }
    }
}

fn texts(site: &Site<'_>, field: &field::Field, posting: &Posting) -> Vec<String> {
    if let ("years", Some(years)) = (field.name, posting.years) {
        return vec![site.labels.years(years)];
    }
    let mut texts = Vec::new();
    field.each_text(posting, |text| {
        texts.push(site.labels.word(text).to_owned());
    });
    texts
}

fn fact(name: &str, value: Option<Markup>) -> Markup {
    html! {
        @if let Some(value) = value { dt { (name) } dd { (value) } }
    }
}

/// A value of a filter, with a link if it has a page.
fn linked(site: &Site<'_>, root: &str, field: Field, value: &str) -> Markup {
    let label = site.labels.word(value);
    html! {
        @match site.page_of(field, value) {
            Some(group) => a href={ (root) (group.path) ".html" } { (label) },
            None => (label),
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
        .find_map(|(field, part)| site.page_of(*field, part.as_deref()?));
    html! {
        @match nearest {
            Some(group) => a href={ (root) (group.path) ".html" } { (location.written) },
            None => (location.written),
        }
    }
}

/// Publisher and source of the text.
fn origin(site: &Site<'_>, posting: &Posting) -> Markup {
    let labels = site.labels;
    let source = posting.source.as_ref();
    let url = source.and_then(|source| source.url.as_deref());
    let retrieved =
        source.and_then(|source| source.last_seen.or(source.retrieved).or(source.first_seen));
    html! {
        @if posting.publisher.is_some() || posting.retold || url.is_some() || retrieved.is_some() {
            footer.origin {
                p {
                    (published(site, posting.publisher.as_deref(), posting.retold))
                    @match (url.and_then(host), retrieved.map(|day| labels.day(day))) {
                        (Some(host), Some(day)) => { " " (labels.found_at) " " (host) " " (labels.on) " " (day) "." },
                        (Some(host), None) => { " " (labels.found_at) " " (host) "." },
                        (None, Some(day)) => { " " (labels.found) " " (labels.on) " " (day) "." },
                        (None, None) => {},
                    }
                }
            }
        }
    }
}

/// Publisher of the original, and whether the text is the board's own retelling.
pub(super) fn published(site: &Site<'_>, publisher: Option<&str>, retold: bool) -> Markup {
    let labels = site.labels;
    html! {
        @match (publisher, retold) {
            (Some(publisher), true) => { (labels.retold_from) " " (publisher) "." },
            (Some(publisher), false) => { (labels.published_by) " " (publisher) "." },
            (None, true) => { (labels.retold) "." },
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
                h2 #mentions { (site.labels.mentions) }
                ul {
                    @for interview in naming {
                        li { a href={ (root) (site.interview_path(interview)) } { (interview.title) } }
                    }
                }
            }
        }
    }
}
