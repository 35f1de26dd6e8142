//! Decides which chunks of the last export are kept, and cuts the other rows into new ones.
//!
//! A published chunk is kept while more than half of its rows are current; the others are dropped by line number. New
//! chunks are cut at ids chosen by their hash, so that independent exports of the same postings cut at the same places.
//! Chunks hold neighbours by month, then by company, and list them by company and title: alike lines compress well.

use std::cmp::Reverse;
use std::collections::HashMap;

use rayon::prelude::*;

use super::Chunk;
use crate::board::Date;
use crate::board::hash::hash;

/// Rows per chunk: minimum, average, maximum.
const FEWEST: usize = 256;
const USUAL: u64 = 1024;
const MOST: usize = 4096;
/// Maximum unpacked size of a chunk and its descriptions: a description that is being read is not to wait for long.
const BYTES: usize = 1 << 20;
/// Maximum number of chunks below the minimum, one per small export; more of them are merged.
const SMALL: usize = 8;

/// A posting to be published.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Its date.
    pub posted: Option<Date>,
    /// Its company.
    pub company: Option<String>,
    /// Its title.
    pub title: String,
    /// Hash of its two lines.
    pub fingerprint: u64,
    /// Size of its two lines.
    pub bytes: usize,
}

/// A chunk of the last export, and the fingerprints of its lines.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its manifest entry.
    pub chunk: Chunk,
    /// Fingerprint of each line; `None` for dropped lines.
    pub lines: Vec<Option<u64>>,
}

/// Plan of a new export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Kept chunks, each with its dropped lines.
    pub chunks: Vec<Chunk>,
    /// The numbers of the rows of each new chunk.
    pub fresh: Vec<Vec<usize>>,
}

/// Fingerprint of the two lines of a posting; without descriptions there is only one.
pub fn fingerprint(posting: &str, description: &str) -> u64 {
    let described = description.starts_with("{\"description\"");
    let description = if described { description } else { "" };
    hash(posting) ^ hash(description).rotate_left(1)
}

/// Plans an export of these rows, based on the last one.
pub fn plan(rows: &[Row], before: Vec<Kept>) -> Plan {
    let known = rows.iter().enumerate();
    let mut wanted: HashMap<u64, usize> = known.map(|(at, row)| (row.fingerprint, at)).collect();
    let live = |kept: &Kept, wanted: &HashMap<u64, usize>| {
        let lines = kept.lines.iter().flatten();
        lines.filter(|line| wanted.contains_key(line)).count()
    };
    let is_small =
        |kept: &Kept| kept.lines.len() < FEWEST && kept.chunk.unpacked() < BYTES as u64 / 4;
    let small = before.iter().filter(|kept| is_small(kept)).count();
    let stays = |kept: &Kept, wanted: &HashMap<u64, usize>| {
        let joined = small > SMALL && is_small(kept);
        !joined && live(kept, wanted) * 2 > kept.lines.len()
    };
    let mut plan = Plan::default();
    for kept in before {
        if !stays(&kept, &wanted) {
            continue;
        }
        let mut chunk = kept.chunk;
        chunk.dropped.clear();
        for (line, at) in kept.lines.iter().zip(0..) {
            // Duplicate postings count once.
            let counts = line.is_some_and(|line| wanted.remove(&line).is_some());
            if !counts {
                chunk.dropped.push(at);
            }
        }
        plan.chunks.push(chunk);
    }
    let mut fresh: Vec<usize> = wanted.into_values().collect();
    fresh.par_sort_unstable_by_key(|at| {
        let row = &rows[*at];
        (Reverse(month(row)), company(row), &row.id)
    });
    plan.fresh = cut(rows, &fresh);
    for chunk in &mut plan.fresh {
        chunk.sort_unstable_by_key(|at| {
            let row = &rows[*at];
            (company(row), &row.title, &row.id)
        });
    }
    plan
}

/// Month of publication.
fn month(row: &Row) -> Option<(i16, i8)> {
    row.posted.map(|day| (day.year(), day.month()))
}

/// Sort key of a company; rows without one come last.
fn company(row: &Row) -> (bool, &Option<String>) {
    (row.company.is_none(), &row.company)
}

/// Cuts rows into chunks.
fn cut(rows: &[Row], order: &[usize]) -> Vec<Vec<usize>> {
    let mut chunks = Vec::new();
    let mut chunk = Vec::new();
    let mut bytes = 0;
    for at in order {
        let row = &rows[*at];
        let is_border = chunk.len() >= FEWEST && hash(&row.id).is_multiple_of(USUAL);
        if is_border || chunk.len() == MOST || bytes + row.bytes > BYTES && !chunk.is_empty() {
            chunks.push(std::mem::take(&mut chunk));
            bytes = 0;
        }
        bytes += row.bytes;
        chunk.push(*at);
    }
    if !chunk.is_empty() {
        chunks.push(chunk);
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::Piece;

    fn row(number: usize, version: u64) -> Row {
        let id = format!("p{number:05}");
        Row {
            fingerprint: hash(&id) ^ version,
            id,
            posted: None,
            company: None,
            title: String::new(),
            bytes: 200,
        }
    }

    fn chunks(rows: &[Row], plan: &Plan) -> Vec<Kept> {
        let piece = Piece {
            file: String::new(),
            sha256: String::new(),
            bytes: 0,
            unpacked: 0,
        };
        let kept = plan.fresh.iter().map(|chunk| Kept {
            chunk: Chunk {
                rows: chunk.len() as u32,
                dropped: Vec::new(),
                ids: (String::new(), String::new()),
                newest: None,
                postings: piece.clone(),
                descriptions: None,
            },
            lines: chunk.iter().map(|at| Some(rows[*at].fingerprint)).collect(),
        });
        kept.collect()
    }

    #[test]
    fn three_rows_of_a_hundred_cost_three_rows_of_a_hundred() {
        let rows: Vec<_> = (0..20_000).map(|number| row(number, 0)).collect();
        let first = plan(&rows, Vec::new());
        let count: usize = first.fresh.iter().map(Vec::len).sum();
        assert_eq!(count, rows.len());
        assert!(first.fresh.len() > 8 && first.fresh.iter().all(|chunk| chunk.len() <= MOST));
        // One in a hundred goes, one changes, one is new, anywhere.
        let next: Vec<_> = (0..20_200)
            .filter(|number| number % 100 != 7)
            .map(|number| row(number, u64::from(number % 100 == 8)))
            .collect();
        let second = plan(&next, chunks(&rows, &first));
        let fresh: usize = second.fresh.iter().map(Vec::len).sum();
        assert_eq!(fresh, 200 + 198);
        let dropped: usize = second.chunks.iter().map(|chunk| chunk.dropped.len()).sum();
        assert_eq!(dropped, 400);
        assert_eq!(second.chunks.len(), first.fresh.len());
    }

    #[test]
    fn the_newest_come_first_and_those_of_a_company_stand_together() {
        let day = |day: &str| day.parse().ok();
        let rows: Vec<_> = (0..FEWEST * 40)
            .map(|number| Row {
                posted: if number % 2 == 0 {
                    day("2026-11-20")
                } else {
                    day("2026-10-20")
                },
                company: Some(format!("c{}", number % 7)),
                title: format!("t{}", number % 11),
                ..row(number, 0)
            })
            .collect();
        let chunks = plan(&rows, Vec::new()).fresh;
        let newest = |chunk: &Vec<usize>| chunk.iter().filter_map(|at| rows[*at].posted).max();
        assert!(chunks.len() > 2);
        // A chunk may hold the end of one month and the start of the one before.
        assert!(chunks.is_sorted_by_key(|chunk| Reverse(newest(chunk))));
        for chunk in &chunks {
            let order = |at: &usize| (rows[*at].company.clone(), rows[*at].title.clone());
            assert!(chunk.is_sorted_by_key(order));
        }
    }

    #[test]
    fn long_descriptions_make_chunks_of_few_rows_which_stay() {
        let rows: Vec<_> = (0..2000)
            .map(|number| Row {
                bytes: 20_000,
                ..row(number, 0)
            })
            .collect();
        let first = plan(&rows, Vec::new());
        assert!(first.fresh.iter().all(|chunk| chunk.len() <= 52));
        let mut before = chunks(&rows, &first);
        for kept in &mut before {
            kept.chunk.postings.unpacked = kept.lines.len() as u64 * 20_000;
        }
        let second = plan(&rows, before);
        assert_eq!(
            (second.fresh.len(), second.chunks.len()),
            (0, first.fresh.len())
        );
    }

    #[test]
    fn the_same_postings_are_cut_alike_and_chunks_of_old_are_cleared() {
        let rows: Vec<_> = (0..5000).map(|number| row(number, 0)).collect();
        let more: Vec<_> = (0..6000).map(|number| row(number, 0)).collect();
        let (few, many) = (plan(&rows, Vec::new()), plan(&more, Vec::new()));
        let shared = few.fresh.iter().zip(&many.fresh).filter(|(a, b)| a == b);
        assert_eq!(shared.count(), few.fresh.len() - 1);
        let few = plan(&rows, chunks(&rows, &few));
        assert_eq!(
            (few.fresh.len(), few.chunks.len()),
            (0, 5.max(few.chunks.len()))
        );
        // A chunk with few current rows is dropped.
        let later: Vec<_> = (4000..5000).map(|number| row(number, 0)).collect();
        let first = plan(&rows, Vec::new());
        let plan = plan(&later, chunks(&rows, &first));
        let dropped: usize = plan.chunks.iter().map(|chunk| chunk.dropped.len()).sum();
        let kept: usize = plan.chunks.iter().map(|chunk| chunk.rows as usize).sum();
        let fresh: usize = plan.fresh.iter().map(Vec::len).sum();
        assert_eq!(kept - dropped + fresh, 1000);
        assert!(dropped < 1000);
    }
}
