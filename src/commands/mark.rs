//! `jobdeck mark`: marks postings.

use super::journal_access::{JournalAccess, Subject};
use super::{Context, Failure, Outcome, Output, counted, item};
use crate::board::{Date, text};
use crate::cli::{self, DayOrNone, MarkWord, ReasonWord};
use crate::tracking::{EventKind, Mark, Reason, Stage};

/// Marks all postings, or none if an id is unknown.
pub(super) fn run(
    args: &cli::Mark,
    context: &Context,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let marks = marks(args, context.today)?;
    let mut journal = JournalAccess::open(output)?;
    let mut act = Vec::new();
    for id in &args.ids {
        context.fetch(id)?;
        let Some(subject) = journal.subject(id, &context.board) else {
            return Ok(item::unknown(id, context, output));
        };
        act.extend(marks.iter().map(|mark| about(&journal, &subject, mark)));
    }
    journal.keep(act)?;
    let postings = counted(args.ids.len(), "posting");
    output.note(&format!(
        "{} on {postings}; `jobdeck undo` undoes it",
        word(args.mark)
    ));
    Ok(Outcome::Found)
}

fn about(journal: &JournalAccess, subject: &Subject<'_>, mark: &Mark) -> EventKind {
    let key = subject.key.clone();
    journal
        .tracking
        .mark(key, mark.clone(), subject.posting.as_deref())
}

/// The mark and its additional data.
fn marks(args: &cli::Mark, today: Date) -> Result<Vec<Mark>, Failure> {
    let main = mark(args.mark, args.on.unwrap_or(today), args.reason);
    let refuse = |option, what| {
        let reason = format!("{option} is {what}, and `{}` has none", word(args.mark));
        Err(Failure::Because(reason))
    };
    if args.on.is_some() && !matches!(main, Mark::Stage(..)) {
        return refuse("--on", "the day of a stage of an application");
    }
    if args.reason.is_some() && !matches!(main, Mark::Hidden(_)) {
        return refuse("--reason", "why something is hidden");
    }
    let said = |text: &String| Some(text::line(text)).filter(|text| !text.is_empty());
    let follow_up = args.follow_up.map(|DayOrNone(day)| Mark::FollowUp(day));
    let contact = args.contact.as_ref().map(|text| Mark::Contact(said(text)));
    let cv = args.cv.as_ref().map(|text| Mark::Cv(said(text)));
    Ok([Some(main), follow_up, contact, cv]
        .into_iter()
        .flatten()
        .collect())
}

fn mark(word: MarkWord, on: Date, reason: Option<ReasonWord>) -> Mark {
    match word {
        MarkWord::Seen => Mark::Seen,
        MarkWord::Saved => Mark::Saved,
        MarkWord::Unsaved => Mark::Unsaved,
        MarkWord::Applied => Mark::Stage(Stage::Applied, on),
        MarkWord::Interview => Mark::Stage(Stage::Interview, on),
        MarkWord::Offer => Mark::Stage(Stage::Offer, on),
        MarkWord::Rejected => Mark::Stage(Stage::Rejected, on),
        MarkWord::Withdrawn => Mark::Stage(Stage::Withdrawn, on),
        MarkWord::NoAnswer => Mark::Stage(Stage::NoAnswer, on),
        MarkWord::Hidden => Mark::Hidden(reason.map_or(Reason::NotInterested, why)),
        MarkWord::Unhidden => Mark::Unhidden,
    }
}

fn why(word: ReasonWord) -> Reason {
    match word {
        ReasonWord::NotInterested => Reason::NotInterested,
        ReasonWord::Location => Reason::Location,
        ReasonWord::Pay => Reason::Pay,
        ReasonWord::Seniority => Reason::Seniority,
        ReasonWord::Company => Reason::Company,
        ReasonWord::Other => Reason::Other,
    }
}

fn word(word: MarkWord) -> String {
    let value = clap::ValueEnum::to_possible_value(&word);
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}
