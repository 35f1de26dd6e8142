//! The page that a closed posting keeps for a while: what it was, and similar open postings.

use std::cmp::Reverse;
use std::collections::HashMap;

use maud::html;

use super::Site;
use super::page::{Page, day, root};
use super::row;
use crate::board::Posting;
use crate::board::fold::fold;
use crate::query::Field;

/// Similar postings of a page.
const SIMILAR: usize = 6;
/// Letters of a word that counts.
const LETTERS: usize = 3;
/// Weights of a shared company and a shared city. For comparison, a word that one title in a thousand holds weighs 7.
const COMPANY: f64 = 4.0;
const CITY: f64 = 2.0;

/// The open postings by the words of their titles.
pub(super) struct OpenTitles(HashMap<String, Vec<usize>>);

impl OpenTitles {
    pub(super) fn new(site: &Site<'_>) -> Self {
        let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
        for (row, listed) in site.postings.iter().enumerate() {
            for word in words(&listed.posting.title) {
                rows.entry(word).or_default().push(row);
            }
        }
        Self(rows)
    }

    /// The most similar open postings. Of equals the one with the smaller id, so that a new posting changes few pages.
    fn similar(&self, site: &Site<'_>, posting: &Posting) -> Vec<usize> {
        let mut scores: HashMap<usize, f64> = HashMap::new();
        let all = f64::from(u32::try_from(site.postings.len()).unwrap_or(u32::MAX));
        for rows in words(&posting.title)
            .iter()
            .filter_map(|word| self.0.get(word))
        {
            let weight = (all / f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX))).ln();
            for row in rows {
                *scores.entry(*row).or_default() += weight;
            }
        }
        let group = |field, value: &str| site.facets.group(field, value);
        let company = posting
            .company
            .as_deref()
            .and_then(|company| group(Field::Company, company));
        for row in company.iter().flat_map(|group| &group.rows) {
            *scores.entry(*row).or_default() += COMPANY;
        }
        let cities = posting
            .locations
            .iter()
            .filter_map(|place| group(Field::City, place.city.as_deref()?));
        for row in cities.flat_map(|group| &group.rows) {
            // A city alone is no similarity.
            if let Some(score) = scores.get_mut(row) {
                *score += CITY;
            }
        }
        let mut found: Vec<(usize, f64)> = scores
            .into_iter()
            .filter(|(_, score)| *score > 1.0)
            .collect();
        let id = |row: usize| site.postings[row].posting.id.as_str();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| id(a.0).cmp(id(b.0))));
        found.truncate(SIMILAR);
        found.into_iter().map(|(row, _)| row).collect()
    }
}

/// Distinct words of a title.
fn words(title: &str) -> Vec<String> {
    let folded = fold(title);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.chars().count() >= LETTERS);
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The page, which search engines leave out.
pub(super) fn page(site: &Site<'_>, open: &OpenTitles, posting: &Posting) -> String {
    let path = site.posting_path(posting).unwrap_or_default();
    let root = root(path);
    let labels = site.labels;
    let mut similar = open.similar(site, posting);
    similar.sort_by_key(|row| Reverse(site.postings[*row].day()));
    let title = match &posting.company {
        Some(company) => format!("{}, {company}", posting.title),
        None => posting.title.clone(),
    };
    let main = html! {
        nav.trail aria-label=(labels.breadcrumb) {
            ol { li { a href={ (root) "index.html" } { (labels.all_postings) } } }
        }
        header.hero {
            h1 { (posting.title) }
            @if let Some(who) = row::who(posting) { p.who { (who) } }
            @if let Some(closes) = posting.closes { p.closed { (labels.closed_since) " " (day(site, closes)) } }
        }
        @if !similar.is_empty() {
            section.postings aria-labelledby="similar" {
                h2 #similar { (labels.similar) }
                (row::rows(site, path, &similar, true))
            }
        }
    };
    let page = Page {
        is_indexed: false,
        ..Page::new(path, &title, main)
    };
    page.text(site)
}
