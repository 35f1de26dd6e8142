//! The pages of interviews.

use maud::{Markup, html};

use super::Site;
use super::listed::Listed;
use super::page::{Page, markdown, root};
use super::posting::published;
use super::row;
use crate::board::Interview;

/// Page of an interview.
pub(super) fn page(site: &Site<'_>, interview: &Interview) -> String {
    let path = site.interview_path(interview);
    let root = root(path);
    let related = site.board.related(interview).into_iter();
    let related: Vec<_> = related
        .filter(|posting| site.posting_path(posting).is_some())
        .collect();
    let main = html! {
        nav.trail aria-label=(site.labels.breadcrumb) {
            ol { li { a href={ (root) "interviews.html" } { (site.labels.interviews) } } }
        }
        article.interview {
            (opening(site, interview))
            (questions(site, interview))
            div.text {
                @if let Some(introduction) = &interview.introduction { (markdown(introduction, 1)) }
                @for (at, exchange) in interview.exchanges.iter().enumerate() {
                    section aria-labelledby={ "q" (at + 1) } {
                        h2.question id={ "q" (at + 1) } { (exchange.question) }
                        (markdown(&exchange.answer, 2))
                    }
                }
            }
        }
        @if !related.is_empty() {
            section.related aria-labelledby="related" {
                h2 #related { (site.labels.related) }
                ul.rows {
                    @for posting in &related { (row::row(site, &root, &Listed::stated(posting), true)) }
                }
            }
        }
    };
    let page = Page {
        about: interview.subtitle.as_deref().unwrap_or_default(),
        ..Page::new(path, &interview.title, main)
    };
    page.text(site)
}

/// The interviews on the start page.
pub(super) fn newest(site: &Site<'_>) -> Markup {
    const SHOWN: usize = 4;
    let all = site.board.interviews();
    html! {
        @if !all.is_empty() {
            section.interviews aria-labelledby="interviews" {
                h2 #interviews { (site.labels.interviews) }
                (cards(site, "index.html", &all[..all.len().min(SHOWN)]))
                @if all.len() > SHOWN {
                    p.more { a href="interviews.html" { (site.labels.count_interviews(all.len())) } }
                }
            }
        }
    }
}

/// The list of all interviews.
pub(super) fn index(site: &Site<'_>) -> String {
    const PATH: &str = "interviews.html";
    let all = site.board.interviews();
    let count = site.labels.count_interviews(all.len());
    let main = html! {
        header.hero { h1 { (site.labels.interviews) } }
        section aria-labelledby="interviews" {
            h2 #interviews { (count) }
            (cards(site, PATH, all))
        }
    };
    let page = Page {
        about: &count,
        ..Page::new(PATH, site.labels.interviews, main)
    };
    page.text(site)
}

/// Interviews as cards that link to their pages.
pub(super) fn cards(site: &Site<'_>, path: &str, interviews: &[Interview]) -> Markup {
    let root = root(path);
    html! {
        ul.cards {
            @for interview in interviews {
                li {
                    h3 { a href={ (root) (site.interview_path(interview)) } { (interview.title) } }
                    @if let Some(subtitle) = &interview.subtitle { p.where { (subtitle) } }
                    @if let Some(who) = who(interview) { p.who { (who) } }
                }
            }
        }
    }
}

fn who(interview: &Interview) -> Option<String> {
    let person = interview.person.as_ref()?;
    Some(match &person.role {
        Some(role) => format!("{}, {role}", person.name),
        None => person.name.clone(),
    })
}

/// Everything before the first question.
fn opening(site: &Site<'_>, interview: &Interview) -> Markup {
    html! {
        header {
            h1 { (interview.title) }
            @if let Some(subtitle) = &interview.subtitle { p.subtitle { (subtitle) } }
            @if let Some(who) = who(interview) { p.who { (who) } }
            p.origin {
                (published(site, interview.publisher.as_deref(), interview.retold))
                @if let Some(url) = &interview.url { " " a href=(url) rel="noopener" { (site.labels.original) } }
            }
            @if !interview.topics.is_empty() { p.topics { (interview.topics.join(" · ")) } }
            @if interview.caption.is_some() || interview.credit.is_some() {
                p.caption {
                    @if let Some(caption) = &interview.caption { (caption) " " }
                    @if let Some(credit) = &interview.credit { (site.labels.photo) ": " (credit) }
                }
            }
        }
        @if let Some(note) = &interview.editors_note {
            aside.note aria-label=(site.labels.editors_note) { p { strong { (site.labels.editors_note) ": " } (note) } }
        }
    }
}

/// Links to the questions.
fn questions(site: &Site<'_>, interview: &Interview) -> Markup {
    html! {
        @if interview.exchanges.len() > 2 {
            nav.questions aria-labelledby="questions" {
                h2 #questions { (site.labels.questions) }
                ol {
                    @for (at, exchange) in interview.exchanges.iter().enumerate() {
                        li { a href={ "#q" (at + 1) } { (exchange.question) } }
                    }
                }
            }
        }
    }
}
