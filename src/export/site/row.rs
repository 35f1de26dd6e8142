//! Postings as rows that link to their pages.

use maud::{Markup, html};

use super::Site;
use super::listed::Listed;
use super::page::root;
use crate::board::{Employment, Level, Posting, Workplace};

/// Locations shown per posting.
const PLACES: usize = 2;

/// Postings as rows that link to their pages. `company` is left out where all have the same.
pub(super) fn rows(site: &Site<'_>, path: &str, rows: &[usize], has_company: bool) -> Markup {
    let root = root(path);
    html! {
        ul.rows {
            @for at in rows { (row(site, &root, &site.postings[*at], has_company)) }
        }
    }
}

/// One posting.
pub(super) fn row(site: &Site<'_>, root: &str, listed: &Listed<'_>, has_company: bool) -> Markup {
    let posting = listed.posting;
    let about = about(site, listed, has_company);
    html! {
        li class=[posting.pinned.then_some("pinned")] {
            @match site.posting_path(posting) {
                Some(page) => a href={ (root) (page) } { (posting.title) },
                None => b { (posting.title) },
            }
            @if !about.is_empty() { p { (about) } }
            @if let Some(posted) = posting.posted { small { (site.labels.short_day(posted)) } }
        }
    }
}

/// Company, place and facts in one line.
pub(super) fn about(site: &Site<'_>, listed: &Listed<'_>, has_company: bool) -> String {
    let posting = listed.posting;
    let labels = site.labels;
    let mut parts: Vec<String> = Vec::new();
    if has_company {
        parts.extend(posting.company.clone());
    }
    if !posting.locations.is_empty() {
        parts.push(places(site, posting));
    }
    let marked = |word: &str, is_derived| {
        let sign = if is_derived { "≈" } else { "" };
        format!("{sign}{}", labels.word(word))
    };
    let workplace = listed.workplace.map(Workplace::word);
    parts.extend(workplace.map(|word| marked(word, listed.has_derived_workplace())));
    let kinds = posting
        .employment
        .iter()
        .filter(|kind| **kind != Employment::FullTime);
    parts.extend(kinds.map(|kind| labels.word(kind.word()).to_owned()));
    let level = listed.level.map(Level::word);
    parts.extend(level.map(|word| marked(word, listed.has_derived_level())));
    parts.extend(posting.salary.first().map(|salary| labels.salary(salary)));
    if !site.is_open(posting) {
        parts.push(labels.closed.to_owned());
    }
    parts.join(" · ")
}

/// Company and team.
pub(super) fn who(posting: &Posting) -> Option<String> {
    let parts = [posting.company.as_deref(), posting.team.as_deref()];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The first locations, and the number of further ones.
fn places(site: &Site<'_>, posting: &Posting) -> String {
    let places = posting.locations.iter().map(|place| place.written.as_str());
    let shown: Vec<_> = places.take(PLACES).collect();
    let more = posting.locations.len() - shown.len();
    let shown = shown.join(" · ");
    if more == 0 {
        return shown;
    }
    format!("{shown} {}", site.labels.more_places(more))
}
