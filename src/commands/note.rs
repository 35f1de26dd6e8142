//! `jobdeck note`: prints or edits the note on a posting.

use std::io::{self, Read, Write};

use super::journal_access::JournalAccess;
use super::{Context, Failure, Outcome, Output, item};
use crate::board::text;
use crate::cli::Note;

/// Maximum size of a note.
const LONGEST: u64 = 1 << 20;

/// Prints the note, appends to it, or replaces it.
pub(super) fn run(args: &Note, context: &Context, output: &mut Output) -> Result<Outcome, Failure> {
    let mut journal = JournalAccess::open(output)?;
    context.fetch(&args.id)?;
    let Some(subject) = journal.subject(&args.id, &context.board) else {
        return Ok(item::unknown(&args.id, context, output));
    };
    let before = journal.tracking.of_posting(&subject.key).note.clone();
    if args.text.is_empty() && !args.replace {
        let Some(note) = before else {
            output.note("no note on it");
            return Ok(Outcome::Nothing);
        };
        writeln!(output, "{note}")?;
        return Ok(Outcome::Found);
    }
    let said = note_text(&args.text)?;
    let text = match before {
        Some(before) if !args.replace => format!("{before}\n{said}"),
        _ => said,
    };
    let note = journal
        .tracking
        .note(subject.key, text, subject.posting.as_deref());
    journal.keep(vec![note])?;
    output.note("noted; `jobdeck undo` undoes it");
    Ok(Outcome::Found)
}

/// Text of the arguments, or of standard input.
fn note_text(words: &[String]) -> Result<String, Failure> {
    let raw = match words {
        [dash] if dash == "-" => come_in()?,
        words => words.join(" "),
    };
    Ok(text::block(&raw).trim().to_owned())
}

fn come_in() -> Result<String, Failure> {
    let refuse = |why: String| Failure::Because(format!("the note cannot be read: {why}"));
    let mut bytes = Vec::new();
    let read = io::stdin().take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| refuse(error.to_string()))?;
    if bytes.len() as u64 > LONGEST {
        return Err(refuse("it is longer than 1 MiB".to_owned()));
    }
    String::from_utf8(bytes).map_err(|_| refuse("it is not text".to_owned()))
}
