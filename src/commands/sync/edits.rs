//! Reports what a sync did with hand edits.

use super::super::{Output, counted};
use crate::board::text;
use crate::content::source_store::{EditPolicy, HandEdit, MergedIds};

/// Maximum number of postings named in a message.
const NAMED: usize = 20;

/// Reports the edited and the deleted postings of a source.
pub(super) fn report(
    source: &str,
    ids: &MergedIds,
    policy: EditPolicy,
    dry_run: bool,
    output: &mut Output,
) {
    let (replaced, kept): (Vec<&HandEdit>, Vec<_>) =
        ids.edits.iter().partition(|edit| edit.is_replaced);
    let would = |done: &str| {
        if dry_run {
            format!("would be {done}")
        } else {
            done.to_owned()
        }
    };
    if !kept.is_empty() {
        let postings = counted(kept.len(), "posting");
        let help = if policy == EditPolicy::Keep {
            "--keep-edits turns the edits into overrides, --discard-edits takes the values of the source"
        } else {
            "an override cannot take a value away"
        };
        output.note(&format!(
            "{source}: {postings} edited by hand and kept: {}; {help}",
            named(&kept)
        ));
    }
    if !replaced.is_empty() {
        let postings = counted(replaced.len(), "posting");
        let what = if policy == EditPolicy::Override {
            would("moved to overrides.toml")
        } else {
            would("replaced")
        };
        output.note(&format!(
            "{source}: edits of {postings} {what}: {}",
            named(&replaced)
        ));
    }
    if !ids.deleted.is_empty() {
        let postings = counted(ids.deleted.len(), "posting");
        let what = match policy {
            EditPolicy::Keep => "left out".to_owned(),
            EditPolicy::Override => would("hidden by overrides.toml"),
            EditPolicy::Discard => would("added again"),
        };
        let help = match policy {
            EditPolicy::Keep => {
                "; --keep-edits hides them by an override, --discard-edits adds them again"
            }
            _ => "",
        };
        let shown = ids.deleted.iter().map(|id| text::line(id));
        output.note(&format!(
            "{source}: {postings} deleted by hand and {what}: {}{help}",
            joined(shown, ids.deleted.len())
        ));
    }
}

/// `acme.p1 (title, salary), acme.p2 (team)`
fn named(edits: &[&HandEdit]) -> String {
    let shown = edits.iter().map(|edit| {
        let fields: Vec<_> = edit.fields.iter().map(|(name, _)| *name).collect();
        format!("{} ({})", text::line(&edit.id), fields.join(", "))
    });
    joined(shown, edits.len())
}

fn joined(shown: impl Iterator<Item = String>, count: usize) -> String {
    let mut joined = shown.take(NAMED).collect::<Vec<_>>().join(", ");
    if count > NAMED {
        joined = format!("{joined} and {} more", count - NAMED);
    }
    joined
}
