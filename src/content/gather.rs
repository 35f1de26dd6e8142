//! Gathers the files into one board, and checks what only the whole board can tell.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};

use super::Loaded;
use super::inspect::{Inspected, Inspection, Link, Spot};
use super::problem::{Problem, Report, Severity, file_line, meant, quoted};
use super::sheet::{Head, Place, Sheet};
use crate::board::{Board, Date, Interview, Posting};

/// Dangling ids for which the nearest name is sought among all; each takes a walk over the board.
const SOUGHT: usize = 100;

/// A board in the making.
#[derive(Default)]
pub(super) struct Gathering {
    head: Option<(Head, Stands)>,
    postings: Vec<Posting>,
    interviews: Vec<Interview>,
    posting_ids: HashMap<String, Stands>,
    interview_ids: HashMap<String, Stands>,
    /// Ids that interviews name, each with the problem that it is if no posting has it.
    related: Vec<(String, Problem)>,
    problems: Vec<Problem>,
    files: Vec<PathBuf>,
    /// What is gathered besides, where the board is looked at closely.
    inspection: Option<Inspection>,
}

/// Where something stands: the number of its file, and the line.
type Stands = (u32, u32);

impl Gathering {
    /// One that looks closely, on this day.
    pub(super) fn closely(today: Date) -> Self {
        let inspection = Inspection {
            today,
            ..Inspection::default()
        };
        Self {
            inspection: Some(inspection),
            ..Self::default()
        }
    }

    /// The day, if it looks closely.
    pub(super) fn today(&self) -> Option<Date> {
        self.inspection.as_ref().map(|inspection| inspection.today)
    }

    /// Takes in what a file holds.
    pub(super) fn add(&mut self, path: &Path, source: &str, sheet: Sheet) {
        let mut file = File {
            number: self.files.len() as u32,
            path,
            source,
            report: None,
        };
        self.files.push(path.to_owned());
        self.problems.extend(sheet.problems);
        for (head, place) in sheet.heads {
            self.head(head, place, &mut file);
        }
        if let Some(inspection) = &mut self.inspection {
            let links = sheet.links.into_iter();
            inspection.links.extend(links.map(|(url, at)| {
                let place = file.report().problem(at, String::new(), None);
                Link { url, place }
            }));
        }
        for ((posting, place), url) in sheet.postings.into_iter().zip(sheet.urls) {
            if is_new(
                &mut self.posting_ids,
                &posting.id,
                place,
                &self.files,
                &mut file,
            ) {
                if let Some(inspection) = &mut self.inspection {
                    let spot = |at| file.report().problem(at, String::new(), None);
                    inspection.spots.push(Spot {
                        id: spot(place.at),
                        url: posting.url.is_some().then(|| spot(url)),
                    });
                }
                self.postings.push(posting);
            }
        }
        for (interview, place, related) in sheet.interviews {
            if is_new(
                &mut self.interview_ids,
                &interview.id,
                place,
                &self.files,
                &mut file,
            ) {
                self.interviews.push(interview);
                self.related.extend(related.into_iter().map(|(id, place)| {
                    let message = format!("no posting has the id {}", quoted(&id));
                    let problem = file.report().problem(place.at, message, None);
                    (id, problem)
                }));
            }
        }
        self.problems
            .extend(file.report.map(Report::finish).into_iter().flatten());
    }

    /// Takes in a problem of a whole file.
    pub(super) fn problem(&mut self, path: &Path, why: impl Into<String>) {
        self.problems.push(Problem::whole(path, why));
    }

    /// The board, called `name` if it does not say so itself, and its problems in the order of the files.
    pub(super) fn finish(self, name: &str) -> Loaded {
        let Inspected {
            board, problems, ..
        } = self.finish_inspected(name);
        Loaded { board, problems }
    }

    /// As `finish`, with what looks wrong, if it was looked for.
    pub(super) fn finish_inspected(mut self, name: &str) -> Inspected {
        let inspection = self.inspection.take();
        if let Some(inspection) = &inspection {
            self.problems.extend(inspection.doubts(&self.postings));
            self.problems.extend(self.closed(inspection.today));
        }
        let ids = self.posting_ids;
        let dangling = self
            .related
            .into_iter()
            .filter(|(id, _)| !ids.contains_key(id));
        for (at, (id, mut problem)) in dangling.enumerate() {
            if at < SOUGHT {
                problem.hint = meant(&id, ids.keys().map(String::as_str));
            }
            self.problems.push(problem);
        }
        self.problems.sort_by(|a, b| {
            let place = |one: &Problem| (one.line, one.column);
            a.file.cmp(&b.file).then_with(|| place(a).cmp(&place(b)))
        });
        let (head, _) = self.head.unwrap_or_default();
        let name = head.name.unwrap_or_else(|| name.to_owned());
        let mut board = Board::new(name, self.postings, self.interviews);
        board.description = head.description;
        board.url = head.url;
        Inspected {
            board,
            problems: self.problems,
            links: inspection.map(|all| all.links).unwrap_or_default(),
        }
    }

    /// Warnings of interviews that name postings which nobody can apply for any more.
    fn closed(&self, today: Date) -> Vec<Problem> {
        let closed = self.postings.iter().filter(|posting| !posting.is_open(today));
        let closed: HashMap<&str, Option<Date>> = closed
            .map(|posting| (posting.id.as_str(), posting.closes))
            .collect();
        let named = self.related.iter().filter_map(|(id, problem)| {
            let closes = (*closed.get(id.as_str())?)?;
            Some(Problem {
                severity: Severity::Warning,
                message: format!("the posting {} closed on {closes}", quoted(id)),
                ..problem.clone()
            })
        });
        named.collect()
    }

    fn head(&mut self, head: Head, place: Place, file: &mut File<'_>) {
        match &self.head {
            None => self.head = Some((head, file.stands(place))),
            Some((_, first)) => {
                let first = named(*first, &self.files);
                let message = format!("a second `[board]`; the first stands at {first}");
                file.report().add(place.at, message);
            }
        }
    }
}

/// The file being taken in. Most have nothing wrong in them that only the whole board can tell.
struct File<'a> {
    number: u32,
    path: &'a Path,
    source: &'a str,
    report: Option<Report<'a>>,
}

impl<'a> File<'a> {
    fn stands(&self, place: Place) -> Stands {
        (self.number, u32::try_from(place.line).unwrap_or(u32::MAX))
    }

    fn report(&mut self) -> &Report<'a> {
        self.report
            .get_or_insert_with(|| Report::new(self.path, self.source))
    }
}

/// Notes where an id stands, or says that it is taken.
fn is_new(
    ids: &mut HashMap<String, Stands>,
    id: &str,
    place: Place,
    files: &[PathBuf],
    file: &mut File<'_>,
) -> bool {
    match ids.entry(id.to_owned()) {
        Entry::Vacant(slot) => {
            slot.insert(file.stands(place));
            true
        }
        Entry::Occupied(first) => {
            let first = named(*first.get(), files);
            let message = format!("the id {} is taken: it stands first at {first}", quoted(id));
            file.report().add(place.at, message);
            false
        }
    }
}

/// `file:line`, for a message about another place.
fn named((file, line): Stands, files: &[PathBuf]) -> String {
    file_line(&files[file as usize], line as usize)
}
