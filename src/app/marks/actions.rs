//! Actions on marks, with their menus and prompts. They change nothing themselves: the journal confirms every mark.

use crate::app::context::Context;
use crate::app::count::grouped;
use crate::app::dialog::note::Note;
use crate::app::dialog::picker::{Entry, Picker, Topic};
use crate::app::dialog::prompt::{Prompt, PromptTopic};
use crate::app::dialog::{Answer, Dialog};
use crate::app::outcome::Outcome;
use crate::app::{Action, Effect, Mode};
use crate::board::text;
use crate::query;
use crate::tracking::{EventKind, Mark, PostingKey, Reason, Stage, Tracking};

const UNREAD: &str = "your marks are still being read";

/// The postings that an action is about.
#[derive(Debug, Default)]
pub(in crate::app) struct Targets {
    /// Those marked in the list, else the current one.
    pub(in crate::app) keys: Vec<PostingKey>,
    /// All duplicates of the current one, if its row represents them.
    pub(in crate::app) group: Option<Vec<PostingKey>>,
    /// The number of these duplicates.
    pub(in crate::app) one_of: Option<usize>,
    /// The company of the current one.
    pub(in crate::app) company: Option<String>,
}

/// Outcomes of an action on marks; `None` for other actions.
pub(in crate::app) fn act(
    action: Action,
    context: &Context<'_>,
    targets: impl FnOnce() -> Targets,
) -> Option<Vec<Outcome>> {
    let on_targets = match action {
        Action::Save => toggle_saved,
        Action::Apply => choose_stage,
        Action::Hide => toggle_hidden,
        Action::Note => edit_note,
        Action::Undo => return Some(undo_or_redo(context, Tracking::undo, "undo")),
        Action::Redo => return Some(undo_or_redo(context, Tracking::redo, "redo")),
        _ => return None,
    };
    if context.marks.tracking.is_none() {
        return Some(vec![Outcome::Fail(UNREAD.to_owned())]);
    }
    let targets = targets();
    if targets.keys.is_empty() {
        return Some(vec![Outcome::Tell("no posting here".to_owned())]);
    }
    Some(on_targets(context, &targets))
}

fn toggle_saved(context: &Context<'_>, targets: &Targets) -> Vec<Outcome> {
    let is_saved = |key: &PostingKey| {
        let status = context.status(key);
        status.is_some_and(|status| status.saved.is_some())
    };
    let unsaved = targets.keys.iter().filter(|key| !is_saved(key));
    let unsaved: Vec<_> = unsaved.cloned().collect();
    if unsaved.is_empty() {
        return mark(context, &targets.keys, &Mark::Unsaved, targets.one_of);
    }
    let mut outcomes = mark(context, &unsaved, &Mark::Saved, targets.one_of);
    if targets.keys.len() == 1 {
        outcomes.push(Outcome::Advance);
    }
    outcomes
}

fn toggle_hidden(context: &Context<'_>, targets: &Targets) -> Vec<Outcome> {
    // A row that represents duplicates is hidden with all of them.
    let group = targets.group.as_ref();
    let (keys, only) = match group.filter(|_| targets.keys.len() == 1) {
        Some(group) => (group, Some(targets.keys.clone())),
        None => (&targets.keys, None),
    };
    let is_hidden = |key: &PostingKey| {
        let status = context.status(key);
        status.is_some_and(|status| status.hidden.is_some())
    };
    if keys.iter().all(is_hidden) {
        return mark(context, keys, &Mark::Unhidden, targets.one_of);
    }
    vec![choose_reason(context, keys, only, targets.company.clone())]
}

/// Asks for the reason to hide postings; for a group of duplicates also whether to hide only one.
pub(in crate::app) fn choose_reason(
    context: &Context<'_>,
    keys: &[PostingKey],
    only: Option<Vec<PostingKey>>,
    company: Option<String>,
) -> Outcome {
    let entries = Reason::ALL.iter().map(|reason| {
        let word = reason.word().replace('-', " ");
        let answer = Answer::Mark(keys.to_vec(), Mark::Hidden(*reason));
        Entry::hotkey(reason_key(*reason), word, answer)
    });
    let mut entries: Vec<Entry> = entries.collect();
    let title = match &only {
        Some(shown) => format!(
            "Hide: reason · {} · {} places",
            title_of_all(context, shown),
            grouped(keys.len())
        ),
        None => format!("Hide: reason · {}", title_of_all(context, keys)),
    };
    if let Some(shown) = only {
        entries.push(Entry::hotkey('t', "only this place…", Answer::Hide(shown)));
    }
    if let Some(company) = company {
        let text = format!("mute {company}");
        entries.push(Entry::hotkey('M', text, Answer::Mute(company)));
    }
    menu(Topic::Reasons, title, entries, 0)
}

/// Mutes a company.
pub(in crate::app) fn mute_company(company: &str) -> Vec<Outcome> {
    vec![
        Outcome::Tell(format!("{company} muted · u undo · H show")),
        Outcome::Perform(Effect::Mute(mute_rule(company))),
    ]
}

/// Undoes muting a company.
pub(in crate::app) fn unmute_company(company: &str) -> Vec<Outcome> {
    vec![
        Outcome::Tell(format!("undone: mute · {company}")),
        Outcome::Perform(Effect::Unmute(mute_rule(company))),
    ]
}

fn mute_rule(company: &str) -> String {
    query::toggle("", query::Field::Company, company, false)
}

/// Opens the stages of an application, with the cursor on the likely next one, and its other fields.
fn choose_stage(context: &Context<'_>, targets: &Targets) -> Vec<Outcome> {
    let keys = &targets.keys;
    let now = context.status(&keys[0]).and_then(|status| status.stage);
    let likely = match now {
        None => Some(Stage::Applied),
        Some(step) => step.stage.next(),
    };
    let entries = Stage::ALL.iter().map(|stage| {
        let is_now = now.is_some_and(|now| now.stage == *stage);
        let mark = if is_now { " (now)" } else { "" };
        let text = format!("{}{mark}", stage.word().replace('-', " "));
        let mark = Mark::Stage(*stage, context.today);
        Entry::hotkey(stage_key(*stage), text, Answer::Mark(keys.clone(), mark))
    });
    let mut entries: Vec<Entry> = entries.collect();
    for (hotkey, text, topic) in [
        ('f', "follow up on…", PromptTopic::FollowUp(keys.clone())),
        ('c', "contact…", PromptTopic::Contact(keys.clone())),
        ('v', "CV sent…", PromptTopic::Cv(keys.clone())),
    ] {
        entries.push(Entry::hotkey(hotkey, text, Answer::Ask(topic)));
    }
    let at = Stage::ALL.iter().position(|stage| Some(*stage) == likely);
    let title = format!("Application status · {}", title_of_all(context, keys));
    vec![menu(Topic::Stages, title, entries, at.unwrap_or(0))]
}

/// A prompt with the existing value.
pub(in crate::app) fn prompt(context: &Context<'_>, topic: PromptTopic) -> Dialog {
    let (keys, query) = match &topic {
        PromptTopic::FollowUp(keys) | PromptTopic::Contact(keys) | PromptTopic::Cv(keys) => {
            (keys.as_slice(), None)
        }
        PromptTopic::SaveView(about) | PromptTopic::RenameView(about) => {
            (&[][..], Some(about.clone()))
        }
        PromptTopic::OpenBoard | PromptTopic::AddSource => (&[][..], Some(String::new())),
    };
    let status = keys.first().and_then(|key| context.status(key));
    let known = match &topic {
        PromptTopic::FollowUp(_) => status
            .and_then(|status| status.follow_up)
            .map(|day| day.to_string()),
        PromptTopic::Contact(_) => status.and_then(|status| status.contact.clone()),
        PromptTopic::Cv(_) => status.and_then(|status| status.cv.clone()),
        PromptTopic::RenameView(name) => Some(name.clone()),
        _ => None,
    };
    let about = query.unwrap_or_else(|| title_of_all(context, keys));
    Dialog::Prompt(Prompt::new(topic, about, &known.unwrap_or_default()))
}

fn edit_note(context: &Context<'_>, targets: &Targets) -> Vec<Outcome> {
    let Some(key) = targets.keys.first() else {
        return Vec::new();
    };
    let status = context.status(key);
    let note = status.and_then(|status| status.note.clone());
    let title = context.title_of(key);
    let note = Note::new(key.clone(), title, &note.unwrap_or_default());
    vec![Outcome::Open(Dialog::Note(note.into()))]
}

/// Saves a note if it has changed.
pub(in crate::app) fn save_note(
    context: &Context<'_>,
    key: &PostingKey,
    note: &str,
) -> Vec<Outcome> {
    let Some(tracking) = &context.marks.tracking else {
        return Vec::new();
    };
    let note = text::block(note).trim().to_owned();
    if tracking.of_posting(key).note.as_deref().unwrap_or_default() == note {
        return Vec::new();
    }
    let saved = if note.is_empty() {
        "note deleted"
    } else {
        "note saved"
    };
    let act = tracking.note(key.clone(), note, context.posting_of(key).as_deref());
    vec![
        Outcome::Perform(Effect::Track(vec![act])),
        Outcome::Tell(format!("{saved} · {} undo", undo_key(context))),
    ]
}

/// Marks postings as one act, and shows a notice. `one_of` is the number of duplicates that a single row represents.
pub(in crate::app) fn mark(
    context: &Context<'_>,
    keys: &[PostingKey],
    mark: &Mark,
    one_of: Option<usize>,
) -> Vec<Outcome> {
    let Some(tracking) = &context.marks.tracking else {
        return Vec::new();
    };
    let event = |key: &PostingKey| {
        let posting = context.posting_of(key);
        tracking.mark(key.clone(), mark.clone(), posting.as_deref())
    };
    let act: Vec<EventKind> = keys.iter().map(event).collect();
    let count = match keys.len() {
        1 => String::new(),
        count => format!("{} ", grouped(count)),
    };
    let one_of = one_of.filter(|_| keys.len() == 1);
    let only = one_of.map(|all| format!(" (this one of {})", grouped(all)));
    let notice = format!(
        "{count}{}{} · {} undo",
        mark_message(context, mark),
        only.unwrap_or_default(),
        undo_key(context)
    );
    vec![
        Outcome::Tell(notice),
        Outcome::Unmark,
        Outcome::Perform(Effect::Track(act)),
    ]
}

/// Notice for a mark.
fn mark_message(context: &Context<'_>, mark: &Mark) -> String {
    match mark {
        Mark::Stage(stage, day) => format!("{} {day}", stage.word().replace('-', " ")),
        Mark::Hidden(_) => {
            let show = context.key(Mode::Browse, Action::ShowHidden);
            format!("hidden · {} show hidden", show.unwrap_or_default())
        }
        Mark::FollowUp(Some(day)) => format!("follow up on {day}"),
        Mark::FollowUp(None) => "follow-up cleared".to_owned(),
        Mark::Contact(Some(text)) => format!("contact: {text}"),
        Mark::Contact(None) => "contact cleared".to_owned(),
        Mark::Cv(Some(text)) => format!("CV: {text}"),
        Mark::Cv(None) => "CV cleared".to_owned(),
        _ => mark.word().to_owned(),
    }
}

/// Undoes or redoes an act.
fn undo_or_redo(
    context: &Context<'_>,
    choose: impl Fn(&Tracking) -> Option<EventKind>,
    verb: &str,
) -> Vec<Outcome> {
    let Some(tracking) = &context.marks.tracking else {
        return vec![Outcome::Fail(UNREAD.to_owned())];
    };
    let Some(what @ (EventKind::Undo(moment) | EventKind::Redo(moment))) = choose(tracking) else {
        return vec![Outcome::Tell(format!("nothing to {verb}"))];
    };
    let act: Vec<_> = tracking.act(moment).collect();
    let word = act.first().map_or("", |(_, mark)| mark.word());
    let about = match act.as_slice() {
        [(key, _)] => context.title_of(key),
        several => format!("{} postings", grouped(several.len())),
    };
    let told = if verb == "undo" {
        let redo = context.key(Mode::Browse, Action::Redo).unwrap_or_default();
        format!("undone: {word} · {about} · {redo} redo")
    } else {
        format!("redone: {word} · {about}")
    };
    vec![
        Outcome::Tell(told),
        Outcome::Perform(Effect::Track(vec![what])),
    ]
}

/// Title of the only posting, or the number of postings.
fn title_of_all(context: &Context<'_>, keys: &[PostingKey]) -> String {
    match keys {
        [key] => context.title_of(key),
        keys => format!("{} postings", grouped(keys.len())),
    }
}

fn undo_key<'a>(context: &Context<'a>) -> &'a str {
    context.key(Mode::Browse, Action::Undo).unwrap_or_default()
}

fn menu(topic: Topic, title: String, entries: Vec<Entry>, at: usize) -> Outcome {
    Outcome::Open(Dialog::Picker(Picker::menu(topic, title, entries, at)))
}

/// Key of a stage in its menu. Stages that end an application need shift.
fn stage_key(stage: Stage) -> char {
    match stage {
        Stage::Applied => 'a',
        Stage::Interview => 'i',
        Stage::Offer => 'o',
        Stage::Rejected => 'R',
        Stage::Withdrawn => 'W',
        Stage::NoAnswer => 'N',
    }
}

/// Key of a reason in its menu.
fn reason_key(reason: Reason) -> char {
    match reason {
        Reason::NotInterested => 'n',
        Reason::Location => 'l',
        Reason::Pay => 'p',
        Reason::Seniority => 's',
        Reason::Company => 'c',
        Reason::Other => 'o',
    }
}
