//! Builds one board from parsed files, with the checks that need the whole board.

mod related;

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::Loaded;
use super::lint;
use super::linted::{Link, LintState, Linted, Spot};
use super::overrides::{Applied, Overrides};
use super::parsed_file::{FilePosition, Head, ParsedFile};
use super::problem::{Problem, Report, file_line, quoted};
use super::rule::Rule;
use crate::board::{Board, Date, Interview, Posting};
use related::Related;

/// Maximum number of problems reported for a board.
const MAX_PROBLEMS: usize = 10_000;
/// Above this, each file reports only its first problem, which leaves room for those of other files.
const CROWDED: usize = MAX_PROBLEMS / 2;

/// Callback that receives each posting of the board, with the line of its id; the board itself then holds none.
pub type PostingSink<'a> = &'a mut (dyn FnMut(Posting, usize) + Send);

/// A board under construction.
#[derive(Default)]
pub(super) struct BoardBuilder<'a> {
    sink: Option<PostingSink<'a>>,
    /// Changes to postings; complete before the first posting is added.
    pub(super) overrides: Overrides,
    head: Option<(Head, ItemLocation)>,
    postings: Vec<Posting>,
    /// Number of postings so far, including those already handed to the sink.
    count: usize,
    /// Ids of the postings that overrides took off the board.
    hidden: HashSet<String>,
    interviews: Vec<Interview>,
    posting_ids: HashMap<String, ItemLocation, foldhash::fast::RandomState>,
    interview_ids: HashMap<String, ItemLocation, foldhash::fast::RandomState>,
    related: Vec<Related>,
    problems: Vec<Problem>,
    /// Warnings; they never take the room of errors.
    warnings: Vec<Problem>,
    /// Files with more problems than could be reported.
    omitted: BTreeSet<PathBuf>,
    files: Vec<PathBuf>,
    /// Additional data for linting.
    lint_state: Option<LintState>,
}

/// Location of an item: index of its file, and line.
type ItemLocation = (u32, u32);

impl<'a> BoardBuilder<'a> {
    /// An empty builder that passes each posting to `sink`, with the line of its id.
    pub(super) fn with_sink(sink: Option<PostingSink<'a>>) -> Self {
        Self {
            sink,
            ..Self::default()
        }
    }

    /// An empty builder that lints, as of `today`.
    pub(super) fn linting(today: Date) -> Self {
        let lint_state = LintState {
            today,
            ..LintState::default()
        };
        Self {
            lint_state: Some(lint_state),
            ..Self::default()
        }
    }

    /// Number of postings.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Whether any posting of a file is on the board already.
    pub(super) fn has_any(&self, parsed_file: &ParsedFile) -> bool {
        let mut postings = parsed_file.postings.iter();
        postings.any(|(posting, _)| self.posting_ids.contains_key(&posting.id))
    }

    /// Date of linting, if enabled.
    pub(super) fn today(&self) -> Option<Date> {
        self.lint_state.as_ref().map(|lint_state| lint_state.today)
    }

    /// Adds the content of a file. Returns whether it holds only postings, without any mistake.
    pub(super) fn add(&mut self, path: &Path, source: &str, parsed_file: ParsedFile) -> bool {
        let mut plain = parsed_file.is_plain();
        let mut file = File {
            number: self.files.len() as u32,
            path,
            source,
            report: None,
        };
        self.files.push(path.to_owned());
        self.add_problems(path, parsed_file.problems);
        for (head, place) in parsed_file.heads {
            self.head(head, place, &mut file);
        }
        if let Some(lint_state) = &mut self.lint_state {
            let links = parsed_file.links.into_iter();
            lint_state.allows.extend(parsed_file.allows);
            lint_state.links.extend(links.map(|(url, at)| {
                let place = spot(&mut file, at);
                Link { url, place }
            }));
        }
        for ((mut posting, place), url) in parsed_file.postings.into_iter().zip(parsed_file.urls) {
            if is_new(
                &mut self.posting_ids,
                &posting.id,
                place,
                &self.files,
                &mut file,
            ) {
                let applied = self.overrides.apply(&mut posting);
                // The snapshot keeps the posting as changed here, so this file must be read again next time.
                plain &= applied == Applied::Nothing;
                if applied == Applied::Hidden {
                    self.hidden.insert(posting.id);
                    continue;
                }
                if let Some(lint_state) = &mut self.lint_state {
                    let mut spot = |at| spot(&mut file, at);
                    lint_state.spots.push(Spot {
                        id: spot(place.at),
                        url: posting.url.is_some().then(|| spot(url)),
                    });
                }
                self.count += 1;
                match &mut self.sink {
                    Some(sink) => sink(posting, place.line),
                    None => self.postings.push(posting),
                }
            }
        }
        for (interview, place, related) in parsed_file.interviews {
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
        self.add_problems(path, told);
        plain
    }

    /// Adds problems of a file, up to the limit.
    fn add_problems(&mut self, path: &Path, problems: impl IntoIterator<Item = Problem>) {
        let (warnings, problems): (Vec<_>, Vec<_>) =
            problems.into_iter().partition(Problem::is_warning);
        for warning in warnings {
            self.add_warning(warning);
        }
        for (at, problem) in problems.into_iter().enumerate() {
            let told = self.problems.len();
            if told == MAX_PROBLEMS || told >= CROWDED && at > 0 {
                self.omitted.insert(path.to_owned());
                return;
            }
            self.problems.push(problem);
        }
    }

    /// Adds a warning, up to the limit.
    fn add_warning(&mut self, warning: Problem) {
        match self.warnings.len() {
            ..MAX_PROBLEMS => self.warnings.push(warning),
            MAX_PROBLEMS => self.warnings.push(Problem {
                rule: Rule::MoreProblems,
                message: "and more warnings than these".to_owned(),
                hint: None,
                ..warning
            }),
            _ => {}
        }
    }

    /// Adds a problem of a whole file.
    pub(super) fn problem(&mut self, path: &Path, why: impl Into<String>) {
        self.add_problems(path, [Problem::whole(path, why)]);
    }

    /// The board, with `name` as the default name, and its problems in file order.
    pub(super) fn finish(self, name: &str) -> Loaded {
        let Linted {
            board, problems, ..
        } = self.finish_linted(name);
        Loaded {
            board,
            problems,
            files: Vec::new(),
        }
    }

    /// Like `finish`, with warnings and links if linting is enabled.
    pub(super) fn finish_linted(mut self, name: &str) -> Linted {
        let lint_state = self.lint_state.take();
        if let Some(lint_state) = &lint_state {
            let warnings = lint::warnings(lint_state, &self.postings);
            let closed = self.closed(lint_state.today);
            let unused = std::mem::take(&mut self.overrides).unused();
            warnings
                .into_iter()
                .chain(closed)
                .chain(unused)
                .for_each(|warning| self.add_warning(warning));
        }
        self.report_dangling();
        self.problems.append(&mut self.warnings);
        self.problems
            .sort_by(|a, b| (&a.file, a.place()).cmp(&(&b.file, b.place())));
        if let Some(first) = self.omitted.first() {
            let message = match self.omitted.len() {
                1 => "and this file has more mistakes".to_owned(),
                count => format!("and {count} files from this one on have more mistakes"),
            };
            self.problems.push(Problem {
                rule: Rule::MoreProblems,
                ..Problem::whole(first, message)
            });
        }
        let (head, _) = self.head.unwrap_or_default();
        let name = head.name.unwrap_or_else(|| name.to_owned());
        let mut board = Board::new(name, self.postings, self.interviews);
        board.description = head.description;
        board.url = head.url;
        let LintState {
            spots,
            links,
            allows,
            ..
        } = lint_state.unwrap_or_default();
        Linted {
            board,
            problems: self.problems,
            places: spots.into_iter().map(|spot| spot.id).collect(),
            links,
            allows,
        }
    }

    fn head(&mut self, head: Head, place: FilePosition, file: &mut File<'_>) {
        match &self.head {
            None => self.head = Some((head, file.location(place))),
            Some((_, first)) => {
                let first = named(*first, &self.files);
                let message = format!("a second `[board]`; the first is at {first}");
                file.report().add(Rule::RepeatedTable, place.at, message);
            }
        }
    }
}

/// A position, as a problem without a message.
fn spot(file: &mut File<'_>, at: usize) -> Problem {
    file.report()
        .problem(Rule::InvalidValue, at, String::new(), None)
}

/// The file being added. Created lazily, since most files have no problem that depends on the whole board.
struct File<'a> {
    number: u32,
    path: &'a Path,
    source: &'a str,
    report: Option<Report<'a>>,
}

impl<'a> File<'a> {
    fn location(&self, place: FilePosition) -> ItemLocation {
        (self.number, u32::try_from(place.line).unwrap_or(u32::MAX))
    }

    fn report(&mut self) -> &Report<'a> {
        self.report
            .get_or_insert_with(|| Report::new(self.path, self.source))
    }
}

/// Registers an id, or reports that it is taken.
fn is_new(
    ids: &mut HashMap<String, ItemLocation, foldhash::fast::RandomState>,
    id: &str,
    place: FilePosition,
    files: &[PathBuf],
    file: &mut File<'_>,
) -> bool {
    match ids.entry(id.to_owned()) {
        Entry::Vacant(slot) => {
            slot.insert(file.location(place));
            true
        }
        Entry::Occupied(first) => {
            let first = named(*first.get(), files);
            let message = format!("the id {} is already used at {first}", quoted(id));
            file.report().add(Rule::RepeatedId, place.at, message);
            false
        }
    }
}

/// `file:line`, for a message about another location.
fn named((file, line): ItemLocation, files: &[PathBuf]) -> String {
    file_line(&files[file as usize], line as usize)
}
