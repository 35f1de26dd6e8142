//! The first start on a machine: three ways on.

use super::dialog::picker::{Entry, Picker, Topic};
use super::dialog::prompt::PromptTopic;
use super::dialog::{Answer, Dialog};

/// What is asked on the first start, in front of the sample board.
pub(super) fn welcome() -> Dialog {
    let entries = vec![
        Entry::remark("Job postings in your terminal."),
        Entry::remark("Where do you want to start?"),
        Entry::remark(""),
        Entry::hotkey('b', "browse the sample board", Answer::Nothing),
        Entry::hotkey(
            'a',
            "add a company's careers page…",
            Answer::Ask(PromptTopic::AddSource),
        ),
        Entry::hotkey(
            'o',
            "open a board: folder or address…",
            Answer::Ask(PromptTopic::OpenBoard),
        ),
        Entry::remark(""),
        Entry::remark("Later: A adds, O opens, ? is help."),
    ];
    Dialog::Picker(Picker::menu(
        Topic::Welcome,
        "Welcome to jobdeck",
        entries,
        3,
    ))
}
