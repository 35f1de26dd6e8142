//! Postings as cards that link to their pages.

use maud::{Markup, html};

use super::Site;
use super::page::{counted, day, root};
use crate::board::{Employment, Level, Posting, Workplace};

/// Locations shown per posting.
const PLACES: usize = 2;

/// Postings as cards that link to their pages.
pub(super) fn cards<'a>(
    site: &Site<'_>,
    path: &str,
    postings: impl Iterator<Item = &'a Posting>,
) -> Markup {
    let root = root(path);
    html! {
        ul.cards {
            @for posting in postings {
                li { (card(site, &root, posting)) }
            }
        }
    }
}

fn card(site: &Site<'_>, root: &str, posting: &Posting) -> Markup {
    let employment = posting.employment.iter();
    let words = posting
        .workplace
        .map(Workplace::word)
        .into_iter()
        .chain(employment.map(|kind| Employment::word(*kind)))
        .chain(posting.level.map(Level::word));
    html! {
        h3 {
            @match site.posting_path(posting) {
                Some(page) => a href={ (root) (page) } { (posting.title) },
                None => (posting.title),
            }
        }
        @if let Some(who) = who(posting) { p.who { (who) } }
        @if !posting.locations.is_empty() { p.where { (places(posting)) } }
        p.facts {
            @for word in words { span { (word) } " " }
            @if let Some(salary) = posting.salary.first() { span.pay { (salary) } " " }
            @if !site.is_open(posting) { span.closed { "closed" } " " }
            @if let Some(posted) = posting.posted { (day(posted)) }
        }
    }
}

/// Company and team.
pub(super) fn who(posting: &Posting) -> Option<String> {
    let parts = [posting.company.as_deref(), posting.team.as_deref()];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The first locations, and the number of further ones.
fn places(posting: &Posting) -> String {
    let places = posting.locations.iter().map(|place| place.written.as_str());
    let shown: Vec<_> = places.take(PLACES).collect();
    let more = posting.locations.len() - shown.len();
    let shown = shown.join(" · ");
    if more == 0 {
        return shown;
    }
    format!("{shown} and {}", counted(more, "more place"))
}
