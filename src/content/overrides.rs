//! `[[override]]` tables: a curator's changes, laid over the postings that a source fills.
//!
//! They may be in any file of the board. Sync never changes them, so a correction survives the next fetch.

use std::collections::{HashMap, HashSet};

use super::fields::TableFields;
use super::posting;
use super::problem::Problem;
use super::rule::Rule;
use crate::board::Posting;
use crate::board::field::{FIELDS, Field};

/// Keys of an override: those of a posting but `source`, and `hidden`.
pub(super) const KEYS: &[&str] = &{
    let mut keys = [""; FIELDS.len()];
    let mut at = 0;
    while at < keys.len() {
        // `source` is what sync needs to find the posting again, and is the last field.
        keys[at] = FIELDS[at].name;
        at += 1;
    }
    keys[FIELDS.len() - 1] = HIDDEN;
    keys
};
/// Key that takes a posting off the board.
const HIDDEN: &str = "hidden";

/// Changes to one posting.
#[derive(Debug, Clone)]
pub(super) struct Override {
    id: String,
    /// Location of the id, as a problem without a message.
    place: Problem,
    /// Holds the new values of `fields`.
    values: Posting,
    fields: Vec<&'static Field>,
    is_hidden: bool,
}

impl Override {
    /// The override in a table; `None` without a valid id.
    pub(super) fn read(fields: TableFields<'_>) -> Option<Self> {
        let fields = fields.known(KEYS);
        let id = posting::id(&fields);
        let mut values = posting::optional(&fields);
        if fields.table.contains_key("title") {
            values.title = posting::title(&fields).unwrap_or_default();
        }
        // An invalid value was reported and must not clear the value of the source; an empty list does.
        let changed = FIELDS.iter().filter(|field| {
            let is_written = field.name != "id" && fields.table.contains_key(field.name);
            is_written && (field.value(&values).is_some() || fields.is_empty_value(field.name))
        });
        let changed = changed.collect();
        let id = id?;
        Some(Self {
            id,
            place: fields.report.problem(
                Rule::UnusedOverride,
                fields.place("id"),
                String::new(),
                None,
            ),
            values,
            fields: changed,
            is_hidden: fields.flag(HIDDEN),
        })
    }
}

/// The overrides of a board, by the id of their posting.
#[derive(Debug, Default)]
pub(super) struct Overrides {
    by_id: HashMap<String, Vec<Override>>,
    used: HashSet<String>,
}

/// What overrides made of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Applied {
    /// There is none for it.
    Nothing,
    /// Some of its values were replaced.
    Changed,
    /// It is taken off the board.
    Hidden,
}

impl Overrides {
    /// Adds the overrides of a file, after those of earlier files.
    pub(super) fn add(&mut self, overrides: impl Iterator<Item = Override>) {
        for one in overrides {
            self.by_id.entry(one.id.clone()).or_default().push(one);
        }
    }

    /// Lays the overrides of a posting over it; of two that set a value, the later one holds.
    pub(super) fn apply(&mut self, posting: &mut Posting) -> Applied {
        let Some(all) = self.by_id.get(&posting.id) else {
            return Applied::Nothing;
        };
        self.used.insert(posting.id.clone());
        for one in all {
            for field in &one.fields {
                field.copy(&one.values, posting);
            }
        }
        if all.iter().any(|one| one.is_hidden) {
            return Applied::Hidden;
        }
        Applied::Changed
    }

    /// A warning for each override whose posting is not on the board.
    pub(super) fn unused(self) -> impl Iterator<Item = Problem> {
        let Self { by_id, used } = self;
        let unused = by_id.into_iter().filter(move |(id, _)| !used.contains(id));
        unused.flat_map(|(_, all)| all).map(|one| Problem {
            severity: super::Severity::Warning,
            message: "no posting of this board has this id, so the override changes nothing"
                .to_owned(),
            ..one.place
        })
    }
}
