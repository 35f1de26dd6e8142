//! The filters: values of each field as links to their postings.

use std::borrow::Cow;

use maud::{Markup, html};

use super::Site;
use super::facets::{Facet, Group, Pair};
use super::page::{Page, root};
use crate::board::fold::fold;

/// Values of a field shown in its filter; the others are on the field's own page.
const SHOWN: usize = 24;
/// Values of a field on one page.
const VALUES: usize = 1000;

/// A filter of the bar.
struct Filter<'a> {
    title: Cow<'a, str>,
    /// Label, path and number of postings of each value.
    values: Vec<(&'a str, &'a str, Option<usize>)>,
    /// Path and label of the page with all values.
    all: Option<(String, String)>,
}

/// Filters of the start page: the most frequent values of every field.
pub(super) fn of_all(site: &Site<'_>) -> Markup {
    let filters = site.facets.all.iter().map(|facet| {
        let (title, plural) = site.labels.facet(facet.field);
        let groups = facet.frequent.iter().map(|at| &facet.groups[*at]);
        let shown = groups.filter(|group| group.has_page()).take(SHOWN);
        let all = site.labels.all_values(facet.groups.len(), plural);
        Filter {
            title: title.into(),
            values: shown
                .map(|group| (&*group.label, &*group.path, Some(group.rows.len())))
                .collect(),
            all: Some((format!("{}.html", facet.field.name()), all)),
        }
    });
    bar(site, "index.html", filters.collect())
}

/// Filters of one value: those that narrow its postings further.
pub(super) fn of_group(site: &Site<'_>, path: &str, value: (usize, usize)) -> Markup {
    let (_, group) = site.facets.value(value);
    let pairs = group.pairs.iter().map(|at| &site.facets.pairs[*at]);
    bar(
        site,
        path,
        by_field(site, pairs.map(|pair| (pair.other(value), pair))),
    )
}

/// Filters of a pair: the other values that each of the two may be combined with. They have no counts, which would change
/// with every posting of either value.
pub(super) fn of_pair(site: &Site<'_>, path: &str, pair: &Pair) -> Markup {
    let [first, second] = pair.of;
    let beside = |kept: (usize, usize), field: usize| {
        let (_, group) = site.facets.value(kept);
        let pairs = group.pairs.iter().map(|at| &site.facets.pairs[*at]);
        pairs
            .map(move |pair| (pair.other(kept), pair))
            .filter(move |(other, _)| other.0 == field)
    };
    let all = beside(second, first.0).chain(beside(first, second.0));
    let mut filters = by_field(site, all);
    for filter in &mut filters {
        filter.values.sort_unstable();
        filter
            .values
            .iter_mut()
            .for_each(|(.., count)| *count = None);
    }
    for chosen in pair.of {
        let (_, group) = site.facets.value(chosen);
        let filter = &mut filters[chosen.0];
        filter.title = format!("{}: {}", filter.title, group.label).into();
    }
    bar(site, path, filters)
}

/// Pairs as filters, by the field of the value that is to be chosen.
fn by_field<'a>(
    site: &'a Site<'_>,
    pairs: impl Iterator<Item = ((usize, usize), &'a Pair)>,
) -> Vec<Filter<'a>> {
    let mut filters: Vec<Filter<'_>> = site
        .facets
        .all
        .iter()
        .map(|facet| Filter {
            title: site.labels.facet(facet.field).0.into(),
            values: Vec::new(),
            all: None,
        })
        .collect();
    for (other, pair) in pairs {
        let (_, group) = site.facets.value(other);
        filters[other.0]
            .values
            .push((&group.label, &pair.path, Some(pair.rows.len())));
    }
    for filter in &mut filters {
        filter.values.truncate(SHOWN);
    }
    filters
}

fn bar(site: &Site<'_>, path: &str, filters: Vec<Filter<'_>>) -> Markup {
    let root = root(path);
    let filters: Vec<_> = filters
        .into_iter()
        .filter(|filter| !filter.values.is_empty() || filter.all.is_some())
        .collect();
    html! {
        @if !filters.is_empty() {
            nav.filters aria-label=(site.labels.filter_about) {
                @for filter in &filters {
                    details name="filter" {
                        summary { (filter.title) }
                        ul {
                            @for (label, to, count) in &filter.values {
                                li {
                                    a href={ (root) (to) ".html" } aria-current=[path.strip_suffix(".html").filter(|path| path == to).map(|_| "page")] {
                                        (label)
                                        @if let Some(count) = count { " " small { (site.labels.number(*count)) } }
                                    }
                                }
                            }
                            @if let Some((to, label)) = &filter.all {
                                li.all { a href={ (root) (to) } { (label) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Pages with all values of a field, in alphabetical order: one, or one for each letter.
pub(super) fn overview(site: &Site<'_>, facet: &Facet) -> Vec<(String, String)> {
    let base = facet.field.name();
    let by_letter = by_letter(
        facet
            .groups
            .iter()
            .map(|group| (group.label.as_str(), group)),
    );
    if facet.groups.len() <= VALUES {
        let path = format!("{base}.html");
        let main = html! {
            (letters(site, by_letter.iter().map(|(letter, _)| (*letter, format!("#{}", anchor(*letter))))))
            @for (letter, groups) in &by_letter {
                section.letter {
                    h2 id=(anchor(*letter)) { (letter) }
                    (values(site, &path, groups.iter().copied()))
                }
            }
        };
        return vec![(path.clone(), overview_page(site, facet, &path, None, &main))];
    }
    let to = |letter: char| format!("{base}~{}.html", anchor(letter));
    let links = || {
        letters(
            site,
            by_letter.iter().map(|(letter, _)| (*letter, to(*letter))),
        )
    };
    let path = format!("{base}.html");
    let frequent = facet
        .frequent
        .iter()
        .map(|at| &facet.groups[*at])
        .take(VALUES / 10);
    let main = html! { (links()) (values(site, &path, frequent)) };
    let mut pages = vec![(path.clone(), overview_page(site, facet, &path, None, &main))];
    for (letter, groups) in &by_letter {
        let path = to(*letter);
        let main = html! { (links()) (values(site, &path, groups.iter().copied())) };
        pages.push((
            path.clone(),
            overview_page(site, facet, &path, Some(*letter), &main),
        ));
    }
    pages
}

fn overview_page(
    site: &Site<'_>,
    facet: &Facet,
    path: &str,
    letter: Option<char>,
    main: &Markup,
) -> String {
    let (title, plural) = site.labels.facet(facet.field);
    let title = letter.map_or(title.to_owned(), |letter| format!("{title}: {letter}"));
    let about = site.labels.all_values(facet.groups.len(), plural);
    Page {
        about: &about,
        ..Page::new(path, &title, html! {
            nav.trail aria-label=(site.labels.breadcrumb) {
                ol { li { a href={ (root(path)) "index.html" } { (site.labels.all_postings) } } }
            }
            header.hero { h1 { (title) } p.lead { (about) } }
            (main)
        })
    }
    .text(site)
}

/// Values with their counts. One with a single posting leads to that.
fn values<'a>(site: &'a Site<'_>, path: &str, groups: impl Iterator<Item = &'a Group>) -> Markup {
    let root = root(path);
    html! {
        ul.values {
            @for group in groups {
                li { a href={ (root) (site.target(group)) } { (group.label) " " small { (site.labels.number(group.rows.len())) } } }
            }
        }
    }
}

/// Links to letters.
pub(super) fn letters(site: &Site<'_>, to: impl Iterator<Item = (char, String)>) -> Markup {
    html! {
        nav.letters aria-label=(site.labels.letters) {
            @for (letter, to) in to { a href=(to) { (letter) } " " }
        }
    }
}

/// Items by the first letter of their key, in alphabetical order; `#` for everything else.
pub(super) fn by_letter<'a, T>(items: impl Iterator<Item = (&'a str, T)>) -> Vec<(char, Vec<T>)> {
    let mut letters: Vec<(char, Vec<T>)> = Vec::new();
    for (key, item) in items {
        let letter = fold(key).chars().find(|c| c.is_alphanumeric());
        let letter = letter
            .filter(char::is_ascii_alphabetic)
            .map_or('#', |c| c.to_ascii_uppercase());
        match letters.binary_search_by_key(&letter, |(known, _)| *known) {
            Ok(at) => letters[at].1.push(item),
            Err(at) => letters.insert(at, (letter, vec![item])),
        }
    }
    letters
}

/// Name of a letter in paths and anchors.
pub(super) fn anchor(letter: char) -> char {
    if letter == '#' {
        '0'
    } else {
        letter.to_ascii_lowercase()
    }
}
