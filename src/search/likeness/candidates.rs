//! The candidates: the best postings without duplicates of the subject and of each other.

use std::collections::HashMap;

use crate::board::similarity::Sample;
use crate::search::index::Index;

/// Number of candidates whose descriptions are compared.
const CANDIDATES: usize = 300;
/// Number of postings of a company that are candidates.
const OF_COMPANY: usize = 40;
/// Number of postings that are read to find them.
const READ: usize = 800;

/// The first of the best postings: of those of a company that say the same only the first, and none that says the same
/// as the subject.
pub(super) fn candidates(index: &Index, subject: u32, best: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut companies: HashMap<u32, Vec<(u32, Sample)>> = HashMap::new();
    if let Some(company) = company(index, subject) {
        companies.insert(company, vec![(subject, sample(index, subject))]);
    }
    let mut candidates = Vec::new();
    for number in best.take(READ) {
        if let Some(company) = company(index, number) {
            let known = companies.entry(company).or_default();
            let sample = sample(index, number);
            let is_duplicate = known.iter().any(|(other, text)| {
                is_known_duplicate(index, *other, number) || says_the_same(text, &sample)
            });
            if is_duplicate || known.len() > OF_COMPANY {
                continue;
            }
            known.push((number, sample));
        }
        candidates.push(number);
        if candidates.len() == CANDIDATES {
            break;
        }
    }
    candidates
}

/// Number of the company.
pub(super) fn company(index: &Index, number: u32) -> Option<u32> {
    let group = &index.columns().group;
    group.records[group.ids.get(number as usize)].company
}

fn sample(index: &Index, number: u32) -> Sample {
    Sample::from_posting(&index.posting(index.orders().row(number)))
}

fn is_known_duplicate(index: &Index, one: u32, other: u32) -> bool {
    let orders = index.orders();
    index.knows_duplicates() && index.is_alike(orders.row(one), orders.row(other))
}

/// Whether two texts are nearly equal. Of postings without a text only the title could tell.
fn says_the_same(one: &Sample, other: &Sample) -> bool {
    !one.is_empty() && one.is_similar(other)
}
