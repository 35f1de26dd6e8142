//! The feeds of a site: the newest postings as Atom, and, where the site has an address, as a JSON Feed and by filter.

use std::cmp::Reverse;

use super::Site;
use super::facets::{Facet, Group};
use super::listed::Listed;
use super::page::{ATOM, JSON};
use super::row;
use crate::board::Posting;
use crate::export::{atom, json_feed};

/// Number of postings in the feed of the board, and in that of a value.
const NEWEST: usize = 100;
const OF_VALUE: usize = 20;
/// Postings of a value that has a feed.
const FREQUENT: usize = 10;

/// Path of a value's feed, if it has one.
pub(super) fn of_group(site: &Site<'_>, group: &Group) -> Option<String> {
    let has_feed = site.profile.settings.base.is_some() && group.rows.len() >= FREQUENT;
    has_feed.then(|| format!("{}.xml", group.path))
}

/// Produces every feed.
pub(super) fn all<E>(site: &Site<'_>, put: &impl Fn(&str, &str) -> Result<(), E>) -> Result<(), E> {
    let newest = newest(site.postings.iter(), NEWEST);
    put(ATOM, &atom_feed(site, &newest))?;
    if let (Some(feed), Some(page)) = (site.address(JSON), site.address("index.html")) {
        let items = newest
            .iter()
            .map(|listed| (listed.posting, address(site, listed)));
        put(JSON, &json_feed::feed(site.board, &feed, &page, items))?;
    }
    for facet in &site.facets.all {
        for group in &facet.groups {
            if let Some(path) = of_group(site, group) {
                put(&path, &group_feed(site, facet, group, &path))?;
            }
        }
    }
    Ok(())
}

/// The newest of these postings, whether pinned or not.
fn newest<'s, 'a>(
    postings: impl Iterator<Item = &'s Listed<'a>>,
    most: usize,
) -> Vec<&'s Listed<'a>>
where
    'a: 's,
{
    let mut newest: Vec<_> = postings.collect();
    newest.sort_by_key(|listed| Reverse(listed.day()));
    newest.truncate(most);
    newest
}

/// Address of a posting's page, or its path if the site has no address.
fn address(site: &Site<'_>, listed: &Listed<'_>) -> String {
    let path = site.posting_path(listed.posting).unwrap_or_default();
    site.address(path).unwrap_or_else(|| path.to_owned())
}

fn atom_feed(site: &Site<'_>, newest: &[&Listed<'_>]) -> String {
    let own = site.address(ATOM).zip(site.address("index.html"));
    let addresses = own
        .as_ref()
        .map(|(feed, page)| atom::Addresses { feed, page });
    let mut feed = atom::head(site.board, None, addresses, postings(newest));
    for listed in newest {
        let page = address(site, listed);
        feed += &atom::entry(site.board, listed.posting, Some(&page), None);
    }
    feed + atom::END
}

/// The feed of a value, whose entries only say what a row says: their texts are in the feed of the board.
fn group_feed(site: &Site<'_>, facet: &Facet, group: &Group, path: &str) -> String {
    let newest = newest(group.rows.iter().map(|row| &site.postings[*row]), OF_VALUE);
    let own = site
        .address(path)
        .zip(site.address(&format!("{}.html", group.path)));
    let addresses = own
        .as_ref()
        .map(|(feed, page)| atom::Addresses { feed, page });
    let about = format!("{}: {}", site.labels.facet(facet.field).0, group.label);
    let mut feed = atom::head(site.board, Some(&about), addresses, postings(&newest));
    for listed in newest {
        let page = address(site, listed);
        let summary = row::about(site, listed, true);
        feed += &atom::entry(site.board, listed.posting, Some(&page), Some(&summary));
    }
    feed + atom::END
}

fn postings<'a>(listed: &[&Listed<'a>]) -> impl Iterator<Item = &'a Posting> {
    listed.iter().map(|listed| listed.posting)
}
