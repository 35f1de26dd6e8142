//! The marks of a posting, as a JSON object or as cells.

use serde::{Serialize, Serializer};

use super::super::journal_access::MarkedPosting;
use super::super::rows::Row;
use crate::tracking::{Reason, Stage, Step};

/// A marked posting, complete or in brief for a table.
pub(in super::super) struct StatusRecord<'a> {
    /// The posting and its marks.
    pub(in super::super) marked: &'a MarkedPosting<'a>,
    /// Whether to use the brief form.
    pub(in super::super) brief: bool,
}

const BRIEF: [&str; 6] = ["status", "on", "title", "company", "follow_up", "note"];
const WHOLE: [&str; 16] = [
    "id",
    "board",
    "title",
    "company",
    "url",
    "gone",
    "seen",
    "saved",
    "stage",
    "on",
    "course",
    "hidden",
    "follow_up",
    "contact",
    "cv",
    "note",
];

/// A stage in JSON output.
#[derive(Serialize)]
pub(in super::super) struct StepRecord {
    stage: &'static str,
    on: String,
}

impl StepRecord {
    pub(in super::super) fn new(step: Step) -> Self {
        Self {
            stage: step.stage.word(),
            on: step.on.to_string(),
        }
    }

    /// `applied 2026-01-05; interview 2026-01-19`
    pub(in super::super) fn cell(course: &[Self]) -> String {
        let steps = course.iter();
        let steps = steps.map(|step| format!("{} {}", step.stage, step.on));
        steps.collect::<Vec<_>>().join("; ")
    }
}

#[derive(Serialize)]
struct Whole<'a> {
    id: &'a str,
    board: &'a str,
    title: &'a str,
    company: Option<&'a str>,
    url: Option<&'a str>,
    gone: bool,
    seen: Option<String>,
    saved: Option<String>,
    stage: Option<&'static str>,
    on: Option<String>,
    course: Vec<StepRecord>,
    hidden: Option<&'static str>,
    follow_up: Option<String>,
    contact: Option<&'a str>,
    cv: Option<&'a str>,
    note: Option<&'a str>,
}

impl StatusRecord<'_> {
    /// Column titles.
    pub(in super::super) fn titles(brief: bool) -> &'static [&'static str] {
        if brief { &BRIEF } else { &WHOLE }
    }

    fn whole(&self) -> Whole<'_> {
        let (key, status, posting) = (self.marked.key, self.marked.status, &self.marked.posting);
        Whole {
            id: &key.id,
            board: &key.board,
            title: &posting.title,
            company: posting.company.as_deref(),
            url: posting.url.as_deref(),
            gone: self.marked.gone,
            seen: status.seen.map(|at| at.to_string()),
            saved: status.saved.map(|at| at.to_string()),
            stage: status.stage.map(|step| step.stage.word()),
            on: status.stage.map(|step| step.on.to_string()),
            course: status.course.iter().copied().map(StepRecord::new).collect(),
            hidden: status.hidden.map(Reason::word),
            follow_up: status.follow_up.map(|day| day.to_string()),
            contact: status.contact.as_deref(),
            cv: status.cv.as_deref(),
            note: status.note.as_deref(),
        }
    }

    /// The most significant mark.
    fn word(&self) -> &'static str {
        let status = self.marked.status;
        let stage = status.stage.map(|step| step.stage).map(Stage::word);
        let hidden = status.hidden.map(|_| "hidden");
        let saved = status.saved.map(|_| "saved");
        stage.or(hidden).or(saved).unwrap_or("noted")
    }
}

impl Serialize for StatusRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.whole().serialize(serializer)
    }
}

impl Row for StatusRecord<'_> {
    fn cells(&self) -> Vec<String> {
        let whole = self.whole();
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        if self.brief {
            let gone = if whole.gone { " (gone)" } else { "" };
            let note = whole.note.and_then(|note| note.lines().next());
            return vec![
                self.word().to_owned(),
                whole.on.unwrap_or_default(),
                format!("{}{gone}", whole.title),
                text(whole.company),
                whole.follow_up.unwrap_or_default(),
                text(note),
            ];
        }
        vec![
            whole.id.to_owned(),
            whole.board.to_owned(),
            whole.title.to_owned(),
            text(whole.company),
            text(whole.url),
            whole.gone.to_string(),
            whole.seen.unwrap_or_default(),
            whole.saved.unwrap_or_default(),
            text(whole.stage),
            whole.on.unwrap_or_default(),
            StepRecord::cell(&whole.course),
            text(whole.hidden),
            whole.follow_up.unwrap_or_default(),
            text(whole.contact),
            text(whole.cv),
            text(whole.note),
        ]
    }
}
