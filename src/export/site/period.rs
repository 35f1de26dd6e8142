//! Long lists in parts that stay as they are when a posting is added: by year, month and day rather than by number.

use std::ops::Range;

use super::labels::Labels;
use super::listed::Listed;
use crate::board::Date;
use crate::board::hash::hash;

/// A part of a list that is ordered by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Period of its postings.
    span: Span,
    /// Of several parts of one period, the number of this one and of all.
    number: Option<(usize, usize)>,
    /// Its postings.
    pub(super) rows: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Year(i16),
    Month(Date),
    /// About ten days of a month, from the first to the last.
    Days(Date, i8),
    Undated,
}

impl Part {
    /// Suffix of the path of its page.
    pub(super) fn suffix(&self) -> String {
        let span = match self.span {
            Span::Year(year) => format!("{year:04}"),
            Span::Month(day) => format!("{:04}-{:02}", day.year(), day.month()),
            Span::Days(day, _) => day.to_string(),
            Span::Undated => "undated".to_owned(),
        };
        self.number
            .map_or(span.clone(), |(number, _)| format!("{span}-{number}"))
    }

    /// Label of its period.
    pub(super) fn label(&self, labels: &Labels) -> String {
        let span = match self.span {
            Span::Year(year) => year.to_string(),
            Span::Month(day) => format!("{} {}", labels.month(day), day.year()),
            Span::Days(day, last) => {
                format!("{}–{last} {} {}", day.day(), labels.month(day), day.year())
            }
            Span::Undated => labels.undated.to_owned(),
        };
        match self.number {
            Some((number, of)) => format!("{span}, {}", labels.part_of(number, of)),
            None => span,
        }
    }
}

/// Splits a list, newest first, into parts of about `most` postings. The first part is the newest periods together; pinned
/// postings stay in front of it.
pub(super) fn parts(all: &[Listed<'_>], rows: &[usize], most: usize) -> (Vec<usize>, Vec<Part>) {
    let pinned = rows.partition_point(|row| all[*row].posting.pinned);
    let (pinned, rest) = rows.split_at(pinned);
    let mut parts = Vec::new();
    for year in chunks(rest, |row| all[row].day().map(Date::year)) {
        let rows = &rest[year];
        match all[rows[0]].day() {
            Some(day) => split_year(all, rows, day.year(), most, &mut parts),
            None => push(all, rows, Span::Undated, most, &mut parts),
        }
    }
    let mut first = pinned.to_vec();
    let mut taken = 0;
    for part in &parts {
        if taken > 0 && first.len() + part.rows.len() > most {
            break;
        }
        first.extend(&part.rows);
        taken += 1;
    }
    parts.drain(..taken);
    (first, parts)
}

fn split_year(all: &[Listed<'_>], rows: &[usize], year: i16, most: usize, parts: &mut Vec<Part>) {
    if rows.len() <= most {
        return push(all, rows, Span::Year(year), most, parts);
    }
    let month = |row: usize| all[row].day().map(Date::month);
    for range in chunks(rows, month) {
        let rows = &rows[range];
        let Some(day) = all[rows[0]].day() else {
            continue;
        };
        if rows.len() <= most {
            push(all, rows, Span::Month(day), most, parts);
            continue;
        }
        let third = |row: usize| all[row].day().map(|day| (day.day() - 1).min(29) / 10);
        for range in chunks(rows, third) {
            let rows = &rows[range];
            let at = third(rows[0]).unwrap_or_default();
            let last = if at == 2 {
                day.days_in_month()
            } else {
                (at + 1) * 10
            };
            let first = Date::new(day.year(), day.month(), at * 10 + 1).unwrap_or(day);
            push(all, rows, Span::Days(first, last), most, parts);
        }
    }
}

/// Adds the postings of a period, in several parts if they are too many: each posting by a hash of its id, so that no other
/// moves when one is added.
fn push(all: &[Listed<'_>], rows: &[usize], span: Span, most: usize, parts: &mut Vec<Part>) {
    if rows.len() <= most {
        let rows = rows.to_vec();
        return parts.push(Part {
            span,
            number: None,
            rows,
        });
    }
    let of = rows.len().div_ceil(most * 3 / 4).next_power_of_two();
    let mut lists = vec![Vec::new(); of];
    for row in rows {
        let at = hash(&all[*row].posting.id) % of as u64;
        lists[at as usize].push(*row);
    }
    let lists = lists
        .into_iter()
        .enumerate()
        .filter(|(_, rows)| !rows.is_empty());
    parts.extend(lists.map(|(at, rows)| Part {
        span,
        number: Some((at + 1, of)),
        rows,
    }));
}

/// Ranges of adjacent rows with the same key.
fn chunks<K: PartialEq>(rows: &[usize], key: impl Fn(usize) -> K) -> Vec<Range<usize>> {
    let mut start = 0;
    let lengths = rows.chunk_by(|a, b| key(*a) == key(*b)).map(<[usize]>::len);
    lengths
        .map(|length| {
            start += length;
            start - length..start
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Posting, SiteLanguage};

    fn postings(days: impl IntoIterator<Item = Option<&'static str>>) -> Vec<Posting> {
        let days = days.into_iter().enumerate();
        days.map(|(at, day)| Posting {
            id: format!("p{at}"),
            posted: day.map(|day| day.parse().expect("a day")),
            ..Posting::default()
        })
        .collect()
    }

    fn split(postings: &[Posting], most: usize) -> (Vec<usize>, Vec<Part>) {
        let all: Vec<_> = postings.iter().map(Listed::stated).collect();
        let rows: Vec<usize> = (0..all.len()).collect();
        parts(&all, &rows, most)
    }

    #[test]
    fn every_posting_is_in_one_part_and_small_periods_stay_whole() {
        let days = [
            [Some("2026-11-21"); 3].as_slice(),
            &[Some("2026-11-09"); 3],
            &[Some("2026-10-31"); 2],
            &[Some("2025-01-01"); 4],
            &[None; 9],
        ];
        let postings = postings(days.into_iter().flatten().copied());
        let (first, parts) = split(&postings, 4);
        assert_eq!(first, [0, 1, 2]);
        let labels = Labels::of(SiteLanguage::English);
        let named: Vec<_> = parts
            .iter()
            .map(|part| (part.suffix(), part.label(labels)))
            .collect();
        let start = [
            ("2026-11-01", "1–10 November 2026"),
            ("2026-10", "October 2026"),
            ("2025", "2025"),
            ("undated-1", "Undated, part 1 of 4"),
        ];
        for ((suffix, label), named) in start.iter().zip(&named) {
            assert_eq!((named.0.as_str(), named.1.as_str()), (*suffix, *label));
        }
        let mut rows: Vec<usize> = first;
        rows.extend(parts.into_iter().flat_map(|part| part.rows));
        rows.sort_unstable();
        assert_eq!(rows, (0..21).collect::<Vec<_>>());
    }

    #[test]
    fn one_more_posting_changes_one_part() {
        let old =
            postings((0..400).map(|at| Some(if at < 200 { "2026-11-21" } else { "2025-03-02" })));
        let mut new = old.clone();
        new.insert(
            0,
            Posting {
                id: "new".into(),
                ..old[0].clone()
            },
        );
        let ids = |postings: &[Posting]| {
            let (first, parts) = split(postings, 50);
            let ids = |rows: &[usize]| {
                rows.iter()
                    .map(|row| postings[*row].id.clone())
                    .collect::<Vec<_>>()
            };
            let rest = parts.iter().map(|part| (part.suffix(), ids(&part.rows)));
            std::iter::once((String::new(), ids(&first)))
                .chain(rest)
                .collect::<Vec<_>>()
        };
        let (old, new) = (ids(&old), ids(&new));
        assert_eq!(old.len(), new.len());
        assert_eq!(
            old.iter().zip(&new).filter(|(old, new)| old != new).count(),
            1
        );
    }
}
