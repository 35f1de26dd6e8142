//! Gathers the tables of all files into one board, and checks what only the whole board can tell.

use std::collections::HashMap;
use std::path::Path;

use toml::de::DeValue;

use super::Loaded;
use super::fields::Fields;
use super::parse::{self, Stretch};
use super::problem::{Problem, Report, meant, quoted};
use super::{files, interview, posting};
use crate::board::{Board, Interview, Posting};

const TABLES: &[&str] = &["board", "posting", "interview"];
const BOARD: &[&str] = &["name", "description", "url"];
/// Dangling ids for which the nearest name is sought among all; each takes a walk over the board.
const SOUGHT: usize = 100;

/// A board in the making.
#[derive(Default)]
pub(super) struct Gathering {
    head: Head,
    postings: Vec<Posting>,
    interviews: Vec<Interview>,
    /// Where each id first stands, as `file:line`.
    posting_ids: HashMap<String, String>,
    interview_ids: HashMap<String, String>,
    /// Ids that interviews name, each with the problem that it is if no posting has it.
    related: Vec<(String, Problem)>,
    problems: Vec<Problem>,
}

#[derive(Default)]
struct Head {
    /// Where the first `[board]` stands.
    place: Option<String>,
    name: Option<String>,
    description: Option<String>,
    url: Option<String>,
}

impl Gathering {
    /// Takes in one file, by its path from the board's folder.
    pub(super) fn file(&mut self, path: &Path, bytes: &[u8]) {
        let source = match files::text(bytes) {
            Ok(source) => source,
            Err(why) => return self.problem(path, why),
        };
        let report = Report::new(path, source);
        parse::stretches(&report, |stretch| self.stretch(&report, stretch));
        self.problems.extend(report.finish());
    }

    /// Takes in a problem of a whole file.
    pub(super) fn problem(&mut self, path: &Path, why: impl Into<String>) {
        self.problems.push(Problem::whole(path, why));
    }

    /// The board, called `name` if it does not say so itself, and its problems in the order of the files.
    pub(super) fn finish(mut self, name: &str) -> Loaded {
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
        let name = self.head.name.unwrap_or_else(|| name.to_owned());
        let mut board = Board::new(name, self.postings, self.interviews);
        board.description = self.head.description;
        board.url = self.head.url;
        Loaded {
            board,
            problems: self.problems,
        }
    }

    fn stretch(&mut self, report: &Report<'_>, stretch: &Stretch<'_>) {
        let root = Fields {
            report,
            stretch,
            table: &stretch.root,
            at: 0,
            name: "board's file",
        };
        let root = root.known(TABLES);
        if let Some(fields) = root.table("board", "board") {
            self.board(fields);
        }
        for fields in top(&root, "posting") {
            self.posting(fields);
        }
        for fields in top(&root, "interview") {
            self.interview(fields);
        }
    }

    fn board(&mut self, fields: Fields<'_>) {
        let fields = fields.known(BOARD);
        let head = Head {
            place: Some(fields.report.place(fields.at)),
            name: fields.line("name"),
            description: fields.block("description"),
            url: fields.url("url"),
        };
        match &self.head.place {
            None => self.head = head,
            Some(first) => {
                let message = format!("a second `[board]`; the first stands at {first}");
                fields.report.add(fields.at, message);
            }
        }
    }

    fn posting(&mut self, fields: Fields<'_>) {
        let Some(posting) = posting::posting(fields) else {
            return;
        };
        if is_new(&mut self.posting_ids, &posting.id, &fields) {
            self.postings.push(posting);
        }
    }

    fn interview(&mut self, fields: Fields<'_>) {
        let Some((interview, related)) = interview::interview(fields) else {
            return;
        };
        if !is_new(&mut self.interview_ids, &interview.id, &fields) {
            return;
        }
        self.interviews.push(interview);
        for (id, at) in related {
            let message = format!("no posting has the id {}", quoted(&id));
            let problem = fields.report.problem(at, message, None);
            self.related.push((id, problem));
        }
    }
}

/// The tables of a list at the top level of a file.
fn top<'a>(root: &Fields<'a>, key: &'static str) -> Vec<Fields<'a>> {
    match root.table.get(key).map(toml::Spanned::get_ref) {
        // A single one in single brackets is said to be wrong, and still read.
        Some(DeValue::Table(_)) => {
            let hint = format!("write `[[{key}]]`");
            root.wrong(
                key,
                format!("`[{key}]` must be a list of tables"),
                Some(hint),
            );
            root.table(key, key).into_iter().collect()
        }
        _ => root.tables(key, key).unwrap_or_default(),
    }
}

fn is_new(ids: &mut HashMap<String, String>, id: &str, fields: &Fields<'_>) -> bool {
    if let Some(first) = ids.get(id) {
        let message = format!("the id {} is taken: it stands first at {first}", quoted(id));
        fields.wrong("id", message, None);
        return false;
    }
    let place = fields.report.place(fields.place("id"));
    ids.insert(id.to_owned(), place);
    true
}
