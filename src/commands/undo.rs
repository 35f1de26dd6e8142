//! `jobdeck undo` and `jobdeck redo`.

use super::journal_access::JournalAccess;
use super::{Failure, Outcome, Output};
use crate::tracking::{EventKind, Moment, Tracking};

/// Maximum number of ids listed before the rest is only counted.
const NAMED: usize = 5;

/// Undoes the last act.
pub(super) fn run(output: &mut Output) -> Result<Outcome, Failure> {
    undo_or_redo(Tracking::undo, ["undo", "undone"], output)
}

/// Redoes the last undone act.
pub(super) fn run_back(output: &mut Output) -> Result<Outcome, Failure> {
    undo_or_redo(Tracking::redo, ["redo", "redone"], output)
}

fn undo_or_redo(
    choose: impl Fn(&Tracking) -> Option<EventKind>,
    [verb, done]: [&str; 2],
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let mut journal = JournalAccess::open(output)?;
    let chosen = choose(&journal.tracking);
    let Some(what @ (EventKind::Undo(moment) | EventKind::Redo(moment))) = chosen else {
        output.note(&format!("nothing to {verb}"));
        return Ok(Outcome::Nothing);
    };
    let named = named(&journal.tracking, moment);
    journal.keep(vec![what])?;
    output.note(&format!("{done}: {named}"));
    Ok(Outcome::Found)
}

/// `saved on a, b and 3 more`
fn named(tracking: &Tracking, moment: Moment) -> String {
    let act: Vec<_> = tracking.act(moment).collect();
    let mut words: Vec<_> = act.iter().map(|(_, mark)| mark.word()).collect();
    words.dedup();
    let mut ids: Vec<_> = act.iter().map(|(key, _)| key.id.as_str()).collect();
    ids.dedup();
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(*word));
    let more = ids.len().saturating_sub(NAMED);
    ids.truncate(NAMED);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("{} on {}{more}", words.join(", "), ids.join(", "))
}
