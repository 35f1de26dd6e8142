//! Actions: every key binding, help line and palette entry names one of these.

/// Purpose of an action, by which help groups them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// Query, filters, order.
    Search,
    /// Opening and reading postings and interviews.
    Read,
    /// Saving, applying, hiding, notes.
    Mark,
    /// Views, applications, changes.
    Lists,
    /// Moving the cursor, and between panes.
    Move,
    /// The board's files and sources.
    Board,
    /// The program.
    Program,
    /// Editing a line of text.
    Edit,
}

impl Task {
    /// Heading in help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Search => "Search",
            Self::Read => "Read",
            Self::Mark => "Save and apply",
            Self::Lists => "Views and lists",
            Self::Move => "Move",
            Self::Board => "Board",
            Self::Program => "Program",
            Self::Edit => "Edit text",
        }
    }
}

/// Declares the actions without arguments: the name in config files, the line in help, the task, and synonyms for
/// searching.
macro_rules! actions {
    ($($variant:ident $name:literal $help:literal $task:ident $synonyms:literal,)+) => {
        /// A user action, independent of the key or click that triggers it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $help] $variant,)+
            /// Inserts a character into the edited text.
            Insert(char),
            /// Runs a command of the user's own.
            Command(u8),
        }

        impl Action {
            /// Every action that can be bound to a key.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Name in config files.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ Self::Insert(_) => "insert", Self::Command(_) => "command" }
            }

            /// Line in help.
            pub fn describe(self) -> &'static str {
                match self { $(Self::$variant => $help,)+ Self::Insert(_) => "type a character", Self::Command(_) => "run your command" }
            }

            /// Its purpose.
            pub fn task(self) -> Task {
                match self { $(Self::$variant => Task::$task,)+ Self::Insert(_) => Task::Edit, Self::Command(_) => Task::Program }
            }

            /// Synonyms, by which help finds it.
            pub fn synonyms(self) -> &'static str {
                match self { $(Self::$variant => $synonyms,)+ Self::Insert(_) | Self::Command(_) => "" }
            }

            /// The action with this name in config files.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

actions! {
    Search "search" "search; in the reader, find text" Search "query find filter type grep",
    QueryHelp "query-help" "the query language, with examples" Search "syntax terms fields manual",
    Complete "complete" "complete the field or value" Search "tab autocomplete suggest",
    Filters "filters" "filters: show, focus or close" Search "facets sidebar narrow country company",
    Exclude "exclude" "in filters, exclude the value" Search "not without negate",
    NextFacet "next-facet" "next filter" Search "facet section",
    PreviousFacet "previous-facet" "previous filter" Search "facet section",
    FacetOrder "facet-order" "filters by count or A–Z" Search "alphabetical sort values",
    IncludeUnjudged "include-unjudged" "also show unknown values" Search "include missing salary without pay unjudged",
    Looser "looser" "show or hide looser matches" Search "fuzzy typo similar approximate scattered spelling",
    DropWord "drop-word" "drop the most restrictive word" Search "remove without nothing found zero",
    InDescriptions "in-descriptions" "search the descriptions too" Search "full text body",
    Sort "sort" "sort by…" Search "order newest oldest pay salary rank",
    Fold "fold" "expand or collapse duplicates" Search "group ungroup duplicates same places towns",
    FoldAll "fold-all" "group duplicates: on or off" Search "ungroup duplicates unfold all",
    ShowHidden "show-hidden" "show or hide hidden postings" Search "muted unhide reveal",
    Enter "enter" "open; in filters, toggle; in a menu, choose" Read "read view select confirm",
    Interview "interview" "read the interview" Read "talk questions",
    NextPosting "next-posting" "read the next posting" Read "following",
    PreviousPosting "previous-posting" "read the previous posting" Read "preceding",
    ScrollDown "scroll-down" "scroll the posting down" Read "preview detail",
    ScrollUp "scroll-up" "scroll the posting up" Read "preview detail",
    NextHeading "next-heading" "next question or heading" Read "section jump",
    PreviousHeading "previous-heading" "previous question or heading" Read "section jump",
    FindNext "find-next" "next match" Read "hit occurrence",
    FindPrevious "find-previous" "previous match" Read "hit occurrence",
    Outline "outline" "outline: questions or headings" Read "contents toc index sections",
    Evidence "evidence" "show where the text states a fact" Read "derived proof passage why source sentence",
    Wider "wider" "widen the text column" Read "width zoom larger",
    Narrower "narrower" "narrow the text column" Read "width smaller",
    Open "open" "open the link in a browser" Read "link web visit website apply online",
    CopyText "copy-text" "copy as text" Read "yank clipboard share",
    CopyUrl "copy-url" "copy the link" Read "yank clipboard link address share",
    CopyMarkdown "copy-markdown" "copy as Markdown" Read "yank clipboard share md",
    Save "save" "save / unsave" Mark "star bookmark favourite favorite keep shortlist like",
    Apply "apply" "set application status" Mark "applied rejected offer stage follow up contact cv withdrawn",
    Hide "hide" "hide or show; mute the company" Mark "dismiss remove delete mute block ignore archive",
    Note "note" "write a note" Mark "comment remark annotate edit",
    Undo "undo" "undo" Mark "revert back restore mistake",
    Redo "redo" "redo" Mark "again repeat",
    Toggle "toggle" "mark a row; in filters, include" Mark "select tick check multiple batch",
    Market "market" "the market: pay, places, skills of what is found" Lists "statistics stats chart histogram map salary percentile trends companies weeks",
    Pipeline "pipeline" "your applications" Lists "pipeline stages tracker status follow up funnel kanban due",
    Compare "compare" "compare the marked postings" Lists "side by side versus difference table",
    Similar "similar" "more like this" Lists "similar related alike recommend same kind",
    News "news" "new since your last visit" Lists "changes changed fresh updates recent",
    NextUnseen "next-unseen" "next unseen posting" Lists "unread new skim",
    Views "views" "saved views: open, save, rename, delete" Lists "searches bookmarks saved queries presets",
    View1 "view-1" "saved view 1" Lists "",
    View2 "view-2" "saved view 2" Lists "",
    View3 "view-3" "saved view 3" Lists "",
    View4 "view-4" "saved view 4" Lists "",
    View5 "view-5" "saved view 5" Lists "",
    View6 "view-6" "saved view 6" Lists "",
    View7 "view-7" "saved view 7" Lists "",
    View8 "view-8" "saved view 8" Lists "",
    View9 "view-9" "saved view 9" Lists "",
    Rename "rename" "in views, rename" Lists "edit name",
    Delete "delete" "in views, delete" Lists "remove",
    Up "up" "move up" Move "previous",
    Down "down" "move down" Move "next",
    PageUp "page-up" "a page up" Move "scroll",
    PageDown "page-down" "a page down" Move "scroll",
    HalfUp "half-page-up" "half a page up" Move "scroll",
    HalfDown "half-page-down" "half a page down" Move "scroll",
    First "first" "to the top" Move "start beginning home",
    Last "last" "to the bottom" Move "end",
    Left "left" "pane at the left" Move "focus",
    Right "right" "pane at the right" Move "focus",
    NextPane "next-pane" "focus the next pane; in the reader, the next link" Move "switch",
    PreviousPane "previous-pane" "focus the previous pane or link" Move "switch",
    SplitLeft "split-left" "give the list less room" Move "resize border preview wider",
    SplitRight "split-right" "give the list more room" Move "resize border preview narrower",
    Zoom "zoom" "zoom the focused pane" Move "maximise maximize fullscreen",
    JumpBack "jump-back" "back to the previous search or document" Move "history last return",
    Back "back" "one step back; at the top, quit" Move "close leave exit quit",
    Escape "escape" "close, clear or unmark; never quits" Move "cancel reset",
    AddSource "add-source" "add a source by its address" Board "company careers page url import feed subscribe greenhouse lever",
    OpenBoard "open-board" "open another board" Board "folder switch load file",
    Reload "reload" "reload the board" Board "refresh read again",
    Sync "sync" "sync the board with its sources" Board "update fetch pull refresh download",
    Problems "problems" "problems of the board, its sources and the config" Board "errors mistakes warnings check lint",
    Help "help" "help and commands" Program "keys shortcuts palette command menu",
    Theme "theme" "choose a theme" Program "colours colors dark light night day contrast appearance",
    Mouse "mouse" "mouse on or off" Program "click select",
    Redraw "redraw" "redraw the screen" Program "repaint refresh clear garbage",
    Suspend "suspend" "suspend to the shell" Program "background stop",
    Quit "quit" "quit" Program "exit close leave end bye",
    Editor "editor" "write the note in your editor" Edit "vim nano external",
    Submit "submit" "save the note" Edit "keep done",
    Discard "discard" "close the note without saving" Edit "cancel abandon",
    Accept "accept" "yes" Edit "ok confirm",
    Decline "decline" "no" Edit "cancel",
    Backspace "delete-back" "delete the character before the cursor" Edit "backspace",
    DeleteForward "delete-forward" "delete the character under the cursor" Edit "",
    DeleteWord "delete-word" "delete the word before the cursor" Edit "",
    DeleteToStart "delete-to-start" "delete to the start of the line" Edit "clear",
    CursorLeft "cursor-left" "cursor left" Edit "",
    CursorRight "cursor-right" "cursor right" Edit "",
    LineStart "line-start" "cursor to the start of the line" Edit "home",
    LineEnd "line-end" "cursor to the end of the line" Edit "end",
}
