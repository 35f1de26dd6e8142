//! What holds for every command: exit codes, environment and files. The help topics and the manual pages print it.

/// Names with their meanings.
pub(super) type Table = &'static [(&'static str, &'static str)];

/// Exit codes.
pub(super) const EXIT_CODES: Table = &[
    (
        "0",
        "Success: something was found, or nothing is wrong. A closed pipe is success too.",
    ),
    ("1", "Nothing was found, or problems are reported."),
    (
        "2",
        "Failure, such as a query that cannot be read; no results are printed.",
    ),
];

/// Environment variables.
pub(super) const ENVIRONMENT: Table = &[
    (
        "JOBDECK_BOARD",
        "The board to open where the command line names none: a folder, or the address of a published board.",
    ),
    (
        "VISUAL, EDITOR",
        "The editor for notes, for postings and for new --edit; the first that is set.",
    ),
    ("BROWSER", "The program that opens links."),
    (
        "COLUMNS",
        "The width of tables and texts, instead of that of the terminal.",
    ),
    ("NO_COLOR", "If it is not empty, no colours are used."),
    (
        "COLORTERM",
        "truecolor or 24bit: the terminal shows 24-bit colours.",
    ),
    (
        "LC_ALL, LC_CTYPE, LANG",
        "Without UTF-8 in the first that is set, only ASCII is drawn.",
    ),
    (
        "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_CACHE_HOME",
        "Where jobdeck keeps its files, instead of ~/.config, ~/.local/share, ~/.local/state and ~/.cache.",
    ),
];

/// Files.
pub(super) const FILES: Table = &[
    (
        "~/.config/jobdeck/config.toml",
        "Settings, keys and themes; `jobdeck config` prints the effective ones.",
    ),
    ("~/.config/jobdeck/views.toml", "Saved views."),
    (
        "~/.local/share/jobdeck/journal.jsonl",
        "Your marks and notes; `jobdeck journal` maintains it. The visit log is beside it.",
    ),
    (
        "~/.local/state/jobdeck/sessions.toml",
        "Where you left each board.",
    ),
    (
        "~/.cache/jobdeck/",
        "Snapshots, validators and published boards. Deleting it loses only time.",
    ),
    (
        "board.toml",
        "In a board's folder: its name and its sources. Every other *.toml below the folder may hold postings and interviews.",
    ),
];
