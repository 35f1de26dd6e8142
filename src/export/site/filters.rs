//! The filters: each value of each field as a link to its postings.

use maud::{Markup, html};

use super::Site;
use super::facets::{Facet, Group};
use super::page::{Page, counted, numbered, pager, root};

/// Values of a field shown beside a list; the others are on the field's own page.
const SHOWN: usize = 8;
/// Values per page.
const VALUES: usize = 500;

/// The most frequent values of every field. `current` is the value of this page.
pub(super) fn sidebar(site: &Site<'_>, path: &str, current: Option<&Group<'_>>) -> Markup {
    let root = root(path);
    let is_current = |group: &Group<'_>| current.is_some_and(|current| current.path == group.path);
    html! {
        nav.filters aria-labelledby="filters" {
            h2 #filters { "Filter" }
            @for facet in &site.facets.0 {
                @let groups = facet.frequent.iter().map(|at| &facet.groups[*at]).take(SHOWN);
                h3 { (facet.title) }
                ul {
                    @for group in groups { (value(&root, group, is_current(group))) }
                    @if facet.groups.len() > SHOWN {
                        li.all {
                            a href={ (root) (facet.field.name()) ".html" } {
                                "All " (facet.groups.len()) " " (facet.plural)
                            }
                        }
                    }
                }
            }
        }
    }
}

fn value(root: &str, group: &Group<'_>, is_current: bool) -> Markup {
    let count = group.rows.len();
    html! {
        li {
            a href={ (root) (group.path) ".html" } aria-current=[is_current.then_some("page")] {
                span.value { (group.label) } " "
                span.count { (count) span.unseen { @if count == 1 { " posting" } @else { " postings" } } }
            }
        }
    }
}

/// Pages with all values of a field, in alphabetical order.
pub(super) fn overview<E>(
    site: &Site<'_>,
    facet: &Facet<'_>,
    put: &mut impl FnMut(&str, &str) -> Result<(), E>,
) -> Result<(), E> {
    let base = facet.field.name();
    let of = facet.groups.len().div_ceil(VALUES);
    let all = format!("{} {}", facet.groups.len(), facet.plural);
    for (at, groups) in facet.groups.chunks(VALUES).enumerate() {
        let path = numbered(base, at + 1);
        let root = root(&path);
        let main = html! {
            nav.trail aria-label="Breadcrumb" {
                ol { li { a href={ (root) "index.html" } { "All postings" } } }
            }
            header.hero {
                h1 { (facet.title) }
                p.lead { (all) " among " (counted(site.postings.len(), "posting")) }
            }
            nav.values aria-label=(facet.title) {
                ul { @for group in groups { (value(&root, group, false)) } }
            }
            (pager(base, at + 1, of))
        };
        let title = if at == 0 {
            facet.title.to_owned()
        } else {
            format!("{}, page {}", facet.title, at + 1)
        };
        let page = Page {
            path: &path,
            title: &title,
            about: &all,
            data: None,
            main,
        };
        put(&path, &page.text(site))?;
    }
    Ok(())
}
