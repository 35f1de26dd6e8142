//! What a person can ask for. Every key, help line and palette entry names one of these.

/// Declares the actions that take no argument, with the name that config files use and the line that help shows.
macro_rules! actions {
    ($($variant:ident $name:literal $help:literal,)+) => {
        /// One intention, whatever key or click it came from.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $help] $variant,)+
            /// Types one character where text is being edited.
            Insert(char),
        }

        impl Action {
            /// Every action that a key can be bound to.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in a config file.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ Self::Insert(_) => "insert" }
            }

            /// What it does, as help says it.
            pub fn describe(self) -> &'static str {
                match self { $(Self::$variant => $help,)+ Self::Insert(_) => "type a character" }
            }

            /// The action that a config file means by this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

actions! {
    Up "up" "move up",
    Down "down" "move down",
    PageUp "page-up" "a page up",
    PageDown "page-down" "a page down",
    HalfUp "half-page-up" "half a page up",
    HalfDown "half-page-down" "half a page down",
    First "first" "to the top",
    Last "last" "to the bottom",
    Search "search" "edit the query; in the reader, search the text",
    Enter "enter" "open in the reader; in filters, toggle; in a popup, take",
    Toggle "toggle" "mark a row; in filters, include or leave out",
    Exclude "exclude" "in filters, exclude the value",
    Fold "fold" "open or close what is folded into a row",
    FoldAll "fold-all" "fold postings that say the same, or none",
    IncludeUnjudged "include-unjudged" "include what a filter could not judge",
    NextPane "next-pane" "focus the next pane",
    PreviousPane "previous-pane" "focus the previous pane",
    Filters "filters" "show or hide the filters pane",
    Zoom "zoom" "zoom the focused pane",
    Interview "interview" "read the interview",
    Open "open" "open the url in a browser",
    CopyText "copy-text" "copy the text",
    CopyUrl "copy-url" "copy the url",
    NextHeading "next-heading" "to the next question or heading",
    PreviousHeading "previous-heading" "to the previous question or heading",
    FindNext "find-next" "to the next hit",
    FindPrevious "find-previous" "to the previous hit",
    Outline "outline" "list the questions or headings",
    Wider "wider" "widen the text column",
    Narrower "narrower" "narrow the text column",
    Help "help" "list the keys, run one",
    Reload "reload" "read the board again",
    Sync "sync" "bring the board up to date with its sources",
    Mouse "mouse" "mouse on or off",
    Save "save" "save, or no longer",
    Apply "apply" "mark applied, or the stage after it",
    Hide "hide" "hide with a reason, or show again",
    Note "note" "write a note",
    Undo "undo" "take the last mark back",
    Redo "redo" "bring it back",
    ShowHidden "show-hidden" "show what is hidden, or no longer",
    Sort "sort" "choose the order",
    Pipeline "pipeline" "your applications, stage by stage",
    News "news" "what is new since you last looked",
    Views "views" "your saved views",
    View1 "view-1" "the first saved view",
    View2 "view-2" "the second saved view",
    View3 "view-3" "the third saved view",
    View4 "view-4" "the fourth saved view",
    View5 "view-5" "the fifth saved view",
    View6 "view-6" "the sixth saved view",
    View7 "view-7" "the seventh saved view",
    View8 "view-8" "the eighth saved view",
    View9 "view-9" "the ninth saved view",
    Editor "editor" "write the note in your editor",
    Submit "submit" "save the note",
    Discard "discard" "close the note without saving",
    Accept "accept" "yes",
    Decline "decline" "no",
    Problems "problems" "what is wrong in the board's files",
    Back "back" "one step back; at the top, quit",
    Escape "escape" "close, leave, unmark or clear; never quits",
    Suspend "suspend" "suspend to the shell",
    Quit "quit" "quit",
    Backspace "delete-back" "delete the character before the cursor",
    DeleteForward "delete-forward" "delete the character under the cursor",
    DeleteWord "delete-word" "delete the word before the cursor",
    DeleteToStart "delete-to-start" "delete to the start of the line",
    CursorLeft "cursor-left" "cursor left",
    CursorRight "cursor-right" "cursor right",
    LineStart "line-start" "cursor to the start of the line",
    LineEnd "line-end" "cursor to the end of the line",
}
