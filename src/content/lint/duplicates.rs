//! Finds duplicate postings: the same page, or the same role and place with a nearly identical text.

use std::collections::HashMap;

use super::super::problem::{Problem, Severity, quoted};
use super::super::rule::Rule;
use super::named;
use crate::board::similarity::{self, Sample};
use crate::board::{Posting, address, fold::fold};
use crate::content::linted::Spot;

/// Maximum number of postings with the same title, company and place that each further one is compared with.
const COMPARED: usize = 8;

/// A warning for each posting that duplicates an earlier one.
pub(super) fn find(postings: &[Posting], spots: &[Spot]) -> Vec<Problem> {
    let mut duplicates = Duplicates {
        postings,
        spots,
        pages: HashMap::new(),
        roles: HashMap::new(),
        samples: HashMap::new(),
    };
    let numbers = 0..postings.len().min(spots.len());
    numbers
        .filter_map(|number| duplicates.describe(number))
        .collect()
}

struct Duplicates<'a> {
    postings: &'a [Posting],
    spots: &'a [Spot],
    /// First posting of each page.
    pages: HashMap<String, usize>,
    /// First postings of each title, company and place.
    roles: HashMap<(u64, String, String), Vec<usize>>,
    /// Text samples, computed on demand.
    samples: HashMap<usize, (u64, Sample)>,
}

impl Duplicates<'_> {
    /// Describes how a posting duplicates an earlier one.
    fn describe(&mut self, number: usize) -> Option<Problem> {
        let same_page = self.same_page(number);
        let same_role = self.same_role(number);
        if let Some(first) = same_page {
            let place = self.spots[number].url.as_ref()?;
            return Some(self.warning(Rule::SamePage, place, "links to the same page as", first));
        }
        let first = same_role?;
        let what = "has the same title, company and place, and nearly the same text, as";
        Some(self.warning(Rule::SameText, &self.spots[number].id, what, first))
    }

    fn warning(&self, rule: Rule, place: &Problem, what: &str, first: usize) -> Problem {
        let (id, at) = (
            quoted(&self.postings[first].id),
            named(&self.spots[first].id),
        );
        Problem {
            severity: Severity::Warning,
            rule,
            message: format!("{what} the posting {id} at {at}"),
            ..place.clone()
        }
    }

    fn same_page(&mut self, number: usize) -> Option<usize> {
        let page = address::page(self.postings[number].url.as_ref()?)?;
        let first = *self.pages.entry(page).or_insert(number);
        (first != number && !self.of_one_source(first, number)).then_some(first)
    }

    fn same_role(&mut self, number: usize) -> Option<usize> {
        let posting = &self.postings[number];
        let company = posting.company.as_deref().map(fold)?;
        let title = similarity::title(&posting.title);
        let places = posting.locations.iter().map(|at| fold(&at.written));
        let mut places: Vec<String> = places.collect();
        if places.is_empty() {
            places.push(String::new());
        }
        let mut found = None;
        for place in places {
            let role = (title, company.clone(), place);
            let mut before = self.roles.remove(&role).unwrap_or_default();
            let mut duplicates = before.iter().copied();
            found = found.or(duplicates.find(|&twin| self.is_similar(twin, number)));
            if before.len() < COMPARED && before.last() != Some(&number) {
                before.push(number);
            }
            self.roles.insert(role, before);
        }
        found
    }

    /// Whether two postings came from one feed, which lists both deliberately.
    fn of_one_source(&self, a: usize, b: usize) -> bool {
        let source = |number: usize| {
            let source = self.postings[number].source.as_ref();
            source.map(|source| (&source.format, &source.url))
        };
        source(a).is_some() && source(a) == source(b)
    }

    fn is_similar(&mut self, a: usize, b: usize) -> bool {
        if a == b || self.of_one_source(a, b) {
            return false;
        }
        let postings = self.postings;
        for number in [a, b] {
            self.samples.entry(number).or_insert_with(|| {
                let posting = &postings[number];
                (
                    similarity::description(posting),
                    Sample::from_posting(posting),
                )
            });
        }
        let (a, b) = (&self.samples[&a], &self.samples[&b]);
        a.0 == b.0 || a.1.is_similar(&b.1)
    }
}
