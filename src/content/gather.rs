//! Gathers the files into one board, and checks what only the whole board can tell.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Loaded;
use super::inspect::{Inspected, Inspection, Link, Spot};
use super::problem::{Problem, Report, Severity, TOLD, and_more, file_line, meant, quoted};
use super::sheet::{Head, Ids, Place, Sheet};
use crate::board::{Board, Date, Interview, Posting};

/// Dangling ids for which the nearest name is sought among all; each takes a walk over the board.
const SOUGHT: usize = 100;
/// Problems told of one board.
const ALL_TOLD: usize = 10_000;
/// From so many on, each file tells its first problem alone, so that there is room for those of more files.
const CROWDED: usize = ALL_TOLD / 2;

/// What is done with a posting as soon as it is on the board.
pub type Shed<'a> = &'a mut (dyn FnMut(&mut Posting, usize) + Send);

/// A board in the making.
#[derive(Default)]
pub(super) struct Gathering<'a> {
    shed: Option<Shed<'a>>,
    head: Option<(Head, Stands)>,
    postings: Vec<Posting>,
    interviews: Vec<Interview>,
    posting_ids: HashMap<String, Stands, foldhash::fast::RandomState>,
    interview_ids: HashMap<String, Stands, foldhash::fast::RandomState>,
    related: Vec<Related>,
    problems: Vec<Problem>,
    /// What only looks wrong; it never takes the room of what is.
    doubts: Vec<Problem>,
    /// Files of which not every problem is among them, since there are too many.
    untold: BTreeSet<PathBuf>,
    files: Vec<PathBuf>,
    /// What is gathered besides, where the board is looked at closely.
    inspection: Option<Inspection>,
}

/// An id that an interview names. There can be very many, and a problem takes a hundred times as much.
struct Related {
    id: String,
    stands: Stands,
    column: u32,
    /// The line itself; the ids of one line share it.
    source_line: Arc<str>,
}

/// Where something stands: the number of its file, and the line.
type Stands = (u32, u32);

impl<'a> Gathering<'a> {
    /// Nothing yet. Each posting is handed over to be made lighter, with the line on which its id stands.
    pub(super) fn shedding(shed: Option<Shed<'a>>) -> Self {
        Self {
            shed,
            ..Self::default()
        }
    }

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

    /// How many postings there are.
    pub(super) fn len(&self) -> usize {
        self.postings.len()
    }

    /// Whether any posting of a file is on the board already.
    pub(super) fn has_any(&self, sheet: &Sheet) -> bool {
        let mut postings = sheet.postings.iter();
        postings.any(|(posting, _)| self.posting_ids.contains_key(&posting.id))
    }

    /// The day, if it looks closely.
    pub(super) fn today(&self) -> Option<Date> {
        self.inspection.as_ref().map(|inspection| inspection.today)
    }

    /// Takes in what a file holds; whether that is nothing but postings, without any mistake.
    pub(super) fn add(&mut self, path: &Path, source: &str, sheet: Sheet) -> bool {
        let mut plain = sheet.is_plain();
        let mut file = File {
            number: self.files.len() as u32,
            path,
            source,
            report: None,
        };
        self.files.push(path.to_owned());
        self.tell(path, sheet.problems);
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
        for ((mut posting, place), url) in sheet.postings.into_iter().zip(sheet.urls) {
            if is_new(
                &mut self.posting_ids,
                &posting.id,
                place,
                &self.files,
                &mut file,
            ) {
                if let Some(inspection) = &mut self.inspection {
                    let mut spot = |at| file.report().problem(at, String::new(), None);
                    inspection.spots.push(Spot {
                        id: spot(place.at),
                        url: posting.url.is_some().then(|| spot(url)),
                    });
                }
                if let Some(shed) = &mut self.shed {
                    shed(&mut posting, place.line);
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
                self.relate(related, &mut file);
            }
        }
        let told = file.report.map(Report::finish).unwrap_or_default();
        plain &= told.is_empty();
        self.tell(path, told);
        plain
    }

    /// Takes in the ids that an interview names.
    fn relate(&mut self, ids: Ids, file: &mut File<'_>) {
        let mut line: Option<(usize, Arc<str>)> = None;
        for (id, place) in ids {
            let at = file.report().problem(place.at, String::new(), None);
            let source_line = match line {
                Some((number, same)) if number == at.line => same,
                _ => at.source_line.into(),
            };
            line = Some((at.line, Arc::clone(&source_line)));
            self.related.push(Related {
                id,
                stands: file.stands(place),
                column: u32::try_from(at.column).unwrap_or(u32::MAX),
                source_line,
            });
        }
    }

    /// Takes in problems of a file, as many as there is room for.
    fn tell(&mut self, path: &Path, problems: impl IntoIterator<Item = Problem>) {
        let (doubts, problems): (Vec<_>, Vec<_>) =
            problems.into_iter().partition(Problem::is_warning);
        for doubt in doubts {
            self.doubt(doubt);
        }
        for (at, problem) in problems.into_iter().enumerate() {
            let told = self.problems.len();
            if told == ALL_TOLD || told >= CROWDED && at > 0 {
                self.untold.insert(path.to_owned());
                return;
            }
            self.problems.push(problem);
        }
    }

    /// Takes in what only looks wrong, while there is room for it.
    fn doubt(&mut self, doubt: Problem) {
        match self.doubts.len() {
            ..ALL_TOLD => self.doubts.push(doubt),
            ALL_TOLD => self.doubts.push(Problem {
                message: "and more doubts than these".to_owned(),
                ..doubt
            }),
            _ => {}
        }
    }

    /// Takes in a problem of a whole file.
    pub(super) fn problem(&mut self, path: &Path, why: impl Into<String>) {
        self.tell(path, [Problem::whole(path, why)]);
    }

    /// The board, called `name` if it does not say so itself, and its problems in the order of the files.
    pub(super) fn finish(self, name: &str) -> Loaded {
        let Inspected {
            board, problems, ..
        } = self.finish_inspected(name);
        Loaded {
            board,
            problems,
            files: Vec::new(),
        }
    }

    /// As `finish`, with what looks wrong, if it was looked for.
    pub(super) fn finish_inspected(mut self, name: &str) -> Inspected {
        let inspection = self.inspection.take();
        if let Some(inspection) = &inspection {
            let doubts = inspection.doubts(&self.postings);
            let closed = self.closed(inspection.today);
            doubts
                .into_iter()
                .chain(closed)
                .for_each(|doubt| self.doubt(doubt));
        }
        self.tell_dangling();
        self.problems.append(&mut self.doubts);
        self.problems
            .sort_by(|a, b| (&a.file, a.place()).cmp(&(&b.file, b.place())));
        if let Some(first) = self.untold.first() {
            let message = match self.untold.len() {
                1 => "and this file has more mistakes".to_owned(),
                count => format!("and {count} files from this one on have more mistakes"),
            };
            self.problems.push(Problem::whole(first, message));
        }
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
        let postings = self.postings.iter();
        let over: HashMap<&str, Option<Date>> = postings
            .filter(|posting| !posting.is_open(today))
            .map(|posting| (posting.id.as_str(), posting.closes))
            .collect();
        let named = self.related.iter().filter_map(|related| {
            let day = (*over.get(related.id.as_str())?)?;
            let message = format!("the posting {} closed on {day}", quoted(&related.id));
            let path = &self.files[related.stands.0 as usize];
            Some(Problem {
                severity: Severity::Warning,
                ..related.problem(path, message)
            })
        });
        named.collect()
    }

    /// Tells of the ids that no posting has.
    fn tell_dangling(&mut self) {
        let mut sought = 0;
        let related = std::mem::take(&mut self.related);
        for of_file in related.chunk_by(|a, b| a.stands.0 == b.stands.0) {
            let path = self.files[of_file[0].stands.0 as usize].clone();
            let ids = &self.posting_ids;
            let is_dangling = |related: &&Related| !ids.contains_key(&related.id);
            let dangling = || of_file.iter().filter(is_dangling);
            let mut problems = Vec::new();
            for related in dangling().take(TOLD) {
                let message = format!("no posting has the id {}", quoted(&related.id));
                let mut problem = related.problem(&path, message);
                if sought < SOUGHT {
                    // In the order of the board, so that of two as near it is always the same one.
                    let names = self.postings.iter().map(|posting| posting.id.as_str());
                    problem.hint = meant(&related.id, names);
                    sought += 1;
                }
                problems.push(problem);
            }
            if let Some(first) = dangling().nth(TOLD) {
                let more = dangling().count() - TOLD;
                problems.push(first.problem(&path, and_more(more)));
            }
            self.tell(&path, problems);
        }
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

impl Related {
    fn problem(&self, file: &Path, message: String) -> Problem {
        Problem {
            severity: Severity::Error,
            file: file.to_owned(),
            line: self.stands.1 as usize,
            column: self.column as usize,
            source_line: self.source_line.to_string(),
            message,
            hint: None,
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
    ids: &mut HashMap<String, Stands, foldhash::fast::RandomState>,
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
