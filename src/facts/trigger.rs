//! Finds trigger words, which are used to state facts, in one pass over a text.
//!
//! `stems` lists them by topic, `table` hashes them together with the spellings of skills, and `starts` finds the
//! positions at which one may begin.

mod starts;
mod stems;
mod table;

pub(super) use stems::*;
pub(super) use table::TriggerKind;

/// A trigger word found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) what: TriggerKind,
}

/// Appends the trigger words of a text, from left to right. The longest at a position wins.
pub(super) fn hits(text: &str, out: &mut Vec<Hit>) {
    let table = &*table::TABLE;
    let bytes = text.as_bytes();
    let mut free = 0;
    starts::visit(bytes, |at| {
        if at < free {
            return;
        }
        if let Some((length, what)) = table.longest(&bytes[at..]) {
            let (start, end) = (at, at + length);
            // Skip the words within a skill's name: "Microsoft Office" is not an office.
            if matches!(what, TriggerKind::Spelling(_)) {
                free = end;
            }
            out.push(Hit { start, end, what });
        }
    });
}
