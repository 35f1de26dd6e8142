//! The titles of all postings from A to Z.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Site;
use super::filters::{anchor, by_letter, letters};
use super::page::{Page, TITLES as PATH, root};
use crate::board::Posting;
use crate::board::fold::fold;

/// Postings whose titles are on one page.
const TITLES: usize = 500;

/// A title and the postings that have it.
type Title<'a> = (&'a str, Vec<usize>);

/// The pages: one, or one for each letter.
pub(super) fn pages(site: &Site<'_>) -> Vec<(String, String)> {
    let mut titles: BTreeMap<String, Title<'_>> = BTreeMap::new();
    for (row, listed) in site.postings.iter().enumerate() {
        let title = listed.posting.title.as_str();
        let (_, rows) = titles.entry(key(title)).or_insert((title, Vec::new()));
        rows.push(row);
    }
    let titles: Vec<(String, Title<'_>)> = titles.into_iter().collect();
    let by_letter = by_letter(titles.iter().map(|(key, title)| (key.as_str(), title)));
    if site.postings.len() <= TITLES {
        let main = html! {
            (letters(site, by_letter.iter().map(|(letter, _)| (*letter, format!("#{}", anchor(*letter))))))
            @for (letter, titles) in &by_letter {
                section.letter {
                    h2 id=(anchor(*letter)) { (letter) }
                    (list(site, titles))
                }
            }
        };
        return vec![page(site, PATH, None, &main)];
    }
    let to = |letter: char| format!("titles~{}.html", anchor(letter));
    let links = || {
        letters(
            site,
            by_letter.iter().map(|(letter, _)| (*letter, to(*letter))),
        )
    };
    // The first page leads to the letters alone, so that it stays as it is.
    let mut pages = vec![page(site, PATH, None, &links())];
    for (letter, titles) in &by_letter {
        let main = html! { (links()) (list(site, titles)) };
        pages.push(page(site, &to(*letter), Some(*letter), &main));
    }
    pages
}

/// Key by which a title is sorted: without the sign in front of its first word.
fn key(title: &str) -> String {
    let folded = fold(title);
    folded
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

fn page(site: &Site<'_>, path: &str, letter: Option<char>, main: &Markup) -> (String, String) {
    let title = letter.map_or(site.labels.titles.to_owned(), |letter| {
        format!("{}: {letter}", site.labels.titles)
    });
    let main = html! {
        nav.trail aria-label=(site.labels.breadcrumb) {
            ol { li { a href={ (root(path)) "index.html" } { (site.labels.all_postings) } } }
        }
        header.hero { h1 { (title) } }
        (main)
    };
    (path.to_owned(), Page::new(path, &title, main).text(site))
}

/// Titles; those of several postings with a link for each.
fn list(site: &Site<'_>, titles: &[&Title<'_>]) -> Markup {
    html! {
        ul.compact {
            @for (title, rows) in titles {
                li {
                    @if let [row] = rows.as_slice() {
                        @let posting = site.postings[*row].posting;
                        a href=[site.posting_path(posting)] { (title) }
                        @if let Some(company) = &posting.company { " " (company) }
                    } @else {
                        (title) ": "
                        @for (at, row) in rows.iter().enumerate() {
                            @let posting = site.postings[*row].posting;
                            @if at > 0 { ", " }
                            a href=[site.posting_path(posting)] { (apart(site, title, rows, posting)) }
                        }
                    }
                }
            }
        }
    }
}

/// What tells a posting from the others of the same title: its company, and its place if the company has several.
fn apart(site: &Site<'_>, title: &str, rows: &[usize], posting: &Posting) -> String {
    let company = posting.company.as_deref().unwrap_or(title);
    let is_same = |row: &&usize| site.postings[**row].posting.company == posting.company;
    let place = posting.locations.first();
    match place.filter(|_| rows.iter().filter(is_same).count() > 1) {
        Some(place) => format!("{company}, {}", place.written),
        None => company.to_owned(),
    }
}
