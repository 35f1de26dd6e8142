//! The first start on a machine: three ways on.

use super::dialog::picker::{Entry, Picker, Topic};
use super::dialog::prompt::PromptTopic;
use super::dialog::{Answer, Dialog};

/// What is asked on the first start, in front of the sample board.
pub(super) fn welcome() -> Dialog {
    let entries = vec![
        Entry::heading("Job postings in your terminal. Where do you want to start?"),
        Entry::hotkey('b', "browse the sample board", Answer::Nothing),
        Entry::hotkey(
            'a',
            "add a company by its careers page…",
            Answer::Ask(PromptTopic::AddSource),
        ),
        Entry::hotkey(
            'o',
            "open a board by its folder or address…",
            Answer::Ask(PromptTopic::OpenBoard),
        ),
        Entry::heading("Later: A adds a company, O opens a board, ? lists every command"),
    ];
    Dialog::Picker(Picker::menu(
        Topic::Welcome,
        "Welcome to jobdeck",
        entries,
        1,
    ))
}
