//! The keys that are worth knowing in each mode, the most useful first.

use crate::app::{Action, Mode};

/// The keys where postings are chosen for another program.
pub(super) const CHOOSING: &[(Action, &str)] = &[
    (Action::Enter, "choose"),
    (Action::NextPane, "mark"),
    (Action::Search, "search"),
    (Action::Filters, "filters"),
    (Action::Sort, "sort"),
    (Action::Help, "help"),
    (Action::Back, "cancel"),
];

/// The keys that do nothing while an interview is read.
pub(super) const OF_POSTINGS: [Action; 3] = [Action::NextPosting, Action::Save, Action::Apply];

/// The keys of a mode.
pub(super) fn hints(mode: Mode) -> &'static [(Action, &'static str)] {
    match mode {
        Mode::Browse => &[
            (Action::Search, "search"),
            (Action::Help, "help"),
            (Action::Enter, "read"),
            (Action::Save, "save"),
            (Action::Apply, "apply"),
            (Action::Hide, "hide"),
            (Action::Filters, "filters"),
            (Action::Sort, "sort"),
            (Action::Market, "market"),
            (Action::Open, "open"),
            (Action::Interview, "interview"),
            (Action::Back, "quit"),
        ],
        Mode::Query => &[
            (Action::Enter, "apply"),
            (Action::Escape, "cancel"),
            (Action::QueryHelp, "query help"),
            (Action::Up, "recall"),
            (Action::DeleteWord, "delete word"),
        ],
        Mode::Filters => &[
            (Action::Toggle, "include"),
            (Action::Exclude, "exclude"),
            (Action::Search, "find"),
            (Action::NextFacet, "next"),
            (Action::FacetOrder, "order"),
            (Action::Help, "help"),
            (Action::Filters, "close"),
        ],
        Mode::Reader => &[
            (Action::Back, "back"),
            (Action::Help, "help"),
            (Action::NextPosting, "next posting"),
            (Action::Save, "save"),
            (Action::Apply, "apply"),
            (Action::Search, "find"),
            (Action::Outline, "outline"),
            (Action::NextPane, "links"),
            (Action::NextHeading, "next heading"),
            (Action::Wider, "wider"),
        ],
        Mode::Comparison => &[
            (Action::Back, "back"),
            (Action::Help, "help"),
            (Action::Right, "next posting"),
            (Action::Enter, "read"),
            (Action::Save, "save"),
            (Action::Apply, "apply"),
            (Action::Hide, "hide"),
            (Action::Note, "note"),
            (Action::Open, "open"),
            (Action::CopyMarkdown, "copy as Markdown"),
        ],
        Mode::Pipeline => &[
            (Action::Back, "back"),
            (Action::Help, "help"),
            (Action::Enter, "read"),
            (Action::Apply, "status"),
            (Action::Note, "note"),
            (Action::Open, "open"),
            (Action::Hide, "hide"),
            (Action::Undo, "undo"),
            (Action::NextHeading, "next stage"),
        ],
        Mode::Market => &[
            (Action::Enter, "narrow to it"),
            (Action::NextPane, "next panel"),
            (Action::Search, "search"),
            (Action::JumpBack, "undo narrowing"),
            (Action::Help, "help"),
            (Action::Back, "back"),
        ],
        Mode::Menu => &[
            (Action::Down, "down"),
            (Action::Up, "up"),
            (Action::Enter, "choose"),
            (Action::Search, "filter"),
            (Action::Escape, "close"),
        ],
        Mode::Picker => &[
            (Action::Enter, "choose"),
            (Action::Down, "next"),
            (Action::Escape, "close"),
        ],
        Mode::Help => &[
            (Action::Enter, "run"),
            (Action::Down, "next"),
            (Action::Escape, "close"),
        ],
        // The dialog says what its keys do; in a search every key is typed.
        Mode::Find | Mode::Note | Mode::Prompt | Mode::Confirm => &[],
    }
}
