//! Checks the related ids of interviews: whether such postings exist and are open.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::super::parsed_file::Ids;
use super::super::problem::{MAX_PER_FILE, Problem, Severity, and_more, meant, quoted};
use super::super::rule::Rule;
use super::{BoardBuilder, File, ItemLocation};
use crate::board::Date;

/// Maximum number of dangling ids for which a similar id is suggested; each takes a pass over the board.
const MAX_SUGGESTIONS: usize = 100;

/// A related id of an interview. Compact, because there can be very many and a `Problem` takes a hundred times the
/// memory.
pub(super) struct Related {
    id: String,
    location: ItemLocation,
    column: u32,
    /// The source line, shared by all ids on it.
    source_line: Arc<str>,
}

impl BoardBuilder<'_> {
    /// Adds the related ids of an interview.
    pub(super) fn relate(&mut self, ids: Ids, file: &mut File<'_>) {
        let mut line: Option<(usize, Arc<str>)> = None;
        for (id, place) in ids {
            let at = super::spot(file, place.at);
            let source_line = match line {
                Some((number, same)) if number == at.line => same,
                _ => at.source_line.into(),
            };
            line = Some((at.line, Arc::clone(&source_line)));
            self.related.push(Related {
                id,
                location: file.location(place),
                column: u32::try_from(at.column).unwrap_or(u32::MAX),
                source_line,
            });
        }
    }

    /// Warnings about interviews whose related postings have closed.
    pub(super) fn closed(&self, today: Date) -> Vec<Problem> {
        let postings = self.postings.iter();
        let over: HashMap<&str, Option<Date>> = postings
            .filter(|posting| !posting.is_open(today))
            .map(|posting| (posting.id.as_str(), posting.closes))
            .collect();
        let named = self.related.iter().filter_map(|related| {
            let day = (*over.get(related.id.as_str())?)?;
            let message = format!("the posting {} closed on {day}", quoted(&related.id));
            let path = &self.files[related.location.0 as usize];
            Some(Problem {
                severity: Severity::Warning,
                rule: Rule::ClosedPosting,
                ..related.problem(path, message)
            })
        });
        named.collect()
    }

    /// Reports ids that no posting has.
    pub(super) fn report_dangling(&mut self) {
        let mut sought = 0;
        let mut known: Option<Vec<&str>> = None;
        let mut reports = Vec::new();
        let related = std::mem::take(&mut self.related);
        for of_file in related.chunk_by(|a, b| a.location.0 == b.location.0) {
            let path = self.files[of_file[0].location.0 as usize].clone();
            let ids = &self.posting_ids;
            let is_dangling = |related: &&Related| !ids.contains_key(&related.id);
            let dangling = || of_file.iter().filter(is_dangling);
            let mut problems = Vec::new();
            for related in dangling().take(MAX_PER_FILE) {
                let message = format!("no posting has the id {}", quoted(&related.id));
                let mut problem = related.problem(&path, message);
                if sought < MAX_SUGGESTIONS {
                    let names = known.get_or_insert_with(|| self.ids()).iter();
                    problem.hint = meant(&related.id, names.copied());
                    sought += 1;
                }
                problems.push(problem);
            }
            if let Some(first) = dangling().nth(MAX_PER_FILE) {
                let more = dangling().count() - MAX_PER_FILE;
                problems.push(Problem {
                    rule: Rule::MoreProblems,
                    ..first.problem(&path, and_more(more))
                });
            }
            reports.push((path, problems));
        }
        for (path, problems) in reports {
            self.add_problems(&path, problems);
        }
    }

    /// Ids of the postings in board order, so that ties are broken deterministically.
    fn ids(&self) -> Vec<&str> {
        let ids = self.posting_ids.iter();
        let ids = ids.filter(|(id, _)| !self.hidden.contains(*id));
        let mut ids: Vec<(ItemLocation, &str)> =
            ids.map(|(id, location)| (*location, id.as_str())).collect();
        ids.sort_unstable();
        ids.into_iter().map(|(_, id)| id).collect()
    }
}

impl Related {
    fn problem(&self, file: &Path, message: String) -> Problem {
        Problem {
            severity: Severity::Error,
            rule: Rule::UnknownPosting,
            file: file.to_owned(),
            line: self.location.1 as usize,
            column: self.column as usize,
            source_line: self.source_line.to_string(),
            message,
            hint: None,
        }
    }
}
