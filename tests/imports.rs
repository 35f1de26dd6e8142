//! Enforces the module structure, read from the source: allowed imports, the place of each crate, and access to the
//! outside world.
//!
//! Files are split into tokens, so that comments, strings and formatting do not matter. Code that is only compiled for
//! tests is exempt.

mod paths;

use std::fs;
use std::path::Path;

use paths::paths;

/// Each module with the modules it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("board", &[]),
    ("places", &["board"]),
    ("storage", &[]),
    ("query", &["board", "places"]),
    ("json", &["board"]),
    ("document", &["board", "places", "facts"]),
    ("facts", &["board", "places"]),
    ("published", &["board", "json"]),
    ("content", &["board", "places", "published", "storage"]),
    ("import", &["board", "places", "json", "published"]),
    ("fetch", &["board"]),
    (
        "sync",
        &[
            "board",
            "places",
            "content",
            "fetch",
            "import",
            "mirror",
            "published",
            "query",
            "search",
            "storage",
        ],
    ),
    (
        "mirror",
        &["board", "fetch", "import", "published", "storage"],
    ),
    ("tracking", &["board", "places", "json", "storage"]),
    ("compare", &["board", "document", "facts", "tracking"]),
    (
        "snapshot",
        &["board", "places", "content", "facts", "search", "storage"],
    ),
    (
        "export",
        &[
            "board",
            "places",
            "document",
            "facts",
            "published",
            "query",
            "search",
        ],
    ),
    ("search", &["board", "places", "facts", "query"]),
    ("market", &["board", "query", "search"]),
    (
        "postgres",
        &["board", "published", "query", "search", "storage"],
    ),
    ("annotate", &["board", "query", "search", "tracking"]),
    (
        "app",
        &[
            "annotate", "board", "places", "compare", "document", "facts", "market", "query",
            "search", "tracking",
        ],
    ),
    ("config", &["app", "board", "places", "query", "storage"]),
    (
        "ui",
        &[
            "app", "board", "places", "compare", "config", "document", "facts", "market", "query",
            "search", "tracking",
        ],
    ),
    ("terminal", &["app", "board", "config", "storage"]),
    (
        "runtime",
        &[
            "terminal", "annotate", "app", "board", "places", "compare", "config", "content",
            "document", "fetch", "import", "market", "mirror", "query", "search", "snapshot",
            "storage", "sync", "tracking", "ui",
        ],
    ),
    ("cli", &["board", "import"]),
    (
        "commands",
        &[
            "annotate",
            "app",
            "board",
            "places",
            "cli",
            "compare",
            "config",
            "content",
            "document",
            "export",
            "facts",
            "fetch",
            "import",
            "json",
            "market",
            "mirror",
            "postgres",
            "published",
            "query",
            "search",
            "snapshot",
            "storage",
            "sync",
            "runtime",
            "terminal",
            "tracking",
        ],
    ),
    ("main", &["cli", "commands"]),
];

/// Crates without IO, and apart from [`DOORS`] without a clock, which may be used anywhere.
const PURE: &[&str] = &[
    "caseless",
    "fearless_simd",
    "foldhash",
    "iso_currency",
    "jiff",
    "memchr",
    "rayon",
    "strsim",
    "textwrap",
    "unicode_normalization",
    "unicode_segmentation",
    "unicode_width",
    "url",
];

/// Every other crate, with the modules or files that may use it.
const CRATES: &[(&str, &[&str])] = &[
    ("base64", &["export/site/search_page"]),
    ("bytemuck", &["snapshot"]),
    ("clap", &["cli", "commands", "main"]),
    ("clap_complete", &["cli", "commands/completions"]),
    ("clap_mangen", &["commands/man"]),
    ("crc32fast", &["board/fingerprint", "snapshot", "tracking"]),
    ("crossterm", &["runtime", "terminal", "commands/output"]),
    ("csv", &["commands/rows", "import"]),
    ("encoding_rs", &["import/text"]),
    ("etcetera", &["config", "snapshot", "tracking/journal"]),
    ("fuzzy_matcher", &["search/fuzzy"]),
    ("flate2", &["fetch/wire", "published/chunk"]),
    ("image", &["runtime/photo"]),
    ("include_dir", &["content"]),
    ("html5ever", &["import/tags"]),
    ("indicatif", &["commands/sync"]),
    ("maud", &["export"]),
    ("mimalloc", &["main"]),
    ("notify", &["runtime"]),
    ("open", &["terminal"]),
    ("postgres", &["postgres"]),
    ("pulldown_cmark", &["content/lint", "document"]),
    ("quick_xml", &["export", "import"]),
    ("ratatui", &["config/theme", "runtime", "terminal", "ui"]),
    ("ratatui_textarea", &["app/dialog/note"]),
    ("ring", &["export/site/search_page", "published/chunk"]),
    ("regex_automata", &["facts/rule"]),
    ("rustls", &["postgres/tls"]),
    ("tokio", &["postgres/message"]),
    (
        "tokio_postgres_rustls",
        &["postgres/message", "postgres/tls"],
    ),
    ("webpki_roots", &["postgres/tls"]),
    (
        "rustix",
        &[
            "commands/guest",
            "content",
            "storage",
            "runtime",
            "terminal",
            "tracking/journal",
        ],
    ),
    (
        "serde",
        &[
            "commands",
            "config/session",
            "import",
            "json",
            "mirror",
            "published/manifest",
            "sync/validator_cache",
            "tracking",
        ],
    ),
    (
        "serde_json",
        &[
            "commands",
            "export",
            "import",
            "json",
            "mirror",
            "postgres",
            "published",
            "sync/validator_cache",
            "tracking",
        ],
    ),
    ("shlex", &["terminal/program"]),
    ("signal_hook", &["terminal"]),
    ("similar", &["document"]),
    ("termina", &["terminal/input"]),
    ("terminal_colorsaurus", &["terminal/background"]),
    (
        "tempfile",
        &[
            "content/source_store/changes",
            "snapshot",
            "storage",
            "terminal/editor",
        ],
    ),
    ("toml", &["config", "content"]),
    (
        "toml_edit",
        &[
            "config/edits",
            "config/views",
            "content/format",
            "content/source_list",
            "content/source_store",
        ],
    ),
    ("tui_input", &["app"]),
    ("ureq", &["fetch/wire"]),
];

/// Access to the outside world, with the modules that may use it.
const DOORS: &[(&[&str], &[&str])] = &[
    (
        &["std::fs", "std::os"],
        &[
            "commands",
            "config",
            "content",
            "mirror",
            "postgres/password",
            "snapshot",
            "storage",
            "sync/validator_cache",
            "runtime",
            "terminal",
            "tracking",
        ],
    ),
    (
        &["std::io"],
        &[
            "commands",
            "config",
            "content",
            "fetch",
            "mirror",
            "postgres/copy",
            "postgres/message",
            "published/chunk",
            "snapshot",
            "storage",
            "sync/validator_cache",
            "runtime",
            "terminal",
            "tracking",
        ],
    ),
    (
        &["std::env", "std::process"],
        &["commands", "main", "runtime", "terminal"],
    ),
    (
        &["std::net"],
        &["commands/serve", "fetch", "postgres/address"],
    ),
    (
        &["std::thread"],
        &[
            "commands",
            "content",
            "mirror",
            "postgres/connection",
            "postgres/inquiry",
            "storage/lock",
            "sync/queue",
            "runtime",
            "terminal",
            "tracking",
        ],
    ),
    (
        &["Instant", "SystemTime", "Zoned", "Timestamp"],
        &[
            "commands",
            "fetch",
            "import",
            "mirror",
            "postgres/connection",
            "postgres/engine",
            "postgres/inquiry",
            "postgres/reach",
            "snapshot",
            "storage/lock",
            "runtime",
            "terminal",
            "tracking",
        ],
    ),
    // They panic if nobody reads, and bypass the text gate.
    (&["print!", "println!", "eprint!", "eprintln!", "dbg!"], &[]),
];

/// Violations in a file, given its path within `src`.
fn violations(file: &str, source: &str) -> Vec<String> {
    let place = file.trim_end_matches(".rs");
    let module = place.split('/').next().unwrap_or_default();
    let Some((_, below)) = ARROWS.iter().find(|(known, _)| *known == module) else {
        return vec![format!(
            "{file}: tests/imports.rs does not say what `{module}` may name"
        )];
    };
    let mut found = Vec::new();
    let mut before = Vec::new();
    for path in paths(place, source) {
        let wrong = beside_arrows(module, below, &path)
            .or_else(|| out_of_place(place, &path, before == ["use"]))
            .or_else(|| through_a_door(place, &path));
        if let Some(why) = wrong {
            found.push(format!("{file}: `{}` {why}", path.join("::")));
        }
        before = path;
    }
    found.sort();
    found.dedup();
    found
}

/// Why a path to another module is not allowed.
fn beside_arrows(module: &str, below: &[&str], path: &[String]) -> Option<String> {
    let (root, other) = (path.first()?, path.get(1)?.as_str());
    let known = ARROWS.iter().any(|(known, _)| *known == other);
    let allowed = other == module || below.contains(&other);
    (root == "crate" && known && !allowed).then(|| format!("is not below `{module}`"))
}

/// Why a path may not name a crate, or one that another crate re-exports, such as `ratatui::crossterm`.
fn out_of_place(place: &str, path: &[String], used: bool) -> Option<String> {
    // A single word is only a crate in `use word;`.
    if path.len() == 1 && !used {
        return None;
    }
    path.iter()
        .map_while(|name| CRATES.iter().find(|(known, _)| known == name))
        .find(|(_, places)| !places.iter().any(|allowed| within(place, allowed)))
        .map(|(name, places)| format!("names `{name}`, which is for {places:?} alone"))
}

/// Why a path to the outside world is not allowed.
fn through_a_door(place: &str, path: &[String]) -> Option<String> {
    DOORS
        .iter()
        .filter(|(doors, _)| doors.iter().any(|door| holds(path, door)))
        .find(|(_, places)| !places.iter().any(|allowed| within(place, allowed)))
        .map(|(_, places)| format!("is for {places:?} alone"))
}

/// Whether a file belongs to a module or to a part of it.
fn within(place: &str, module: &str) -> bool {
    place
        .strip_prefix(module)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a path begins with `std::…`, or contains a name anywhere.
fn holds(path: &[String], door: &str) -> bool {
    let door: Vec<&str> = door.split("::").collect();
    match door.as_slice() {
        [name] => path.iter().any(|part| part == name),
        door => path.len() >= door.len() && door.iter().zip(path).all(|(door, part)| door == part),
    }
}

/// Source files of the program, with their paths within `src`.
fn sources(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            files.push((name.to_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn modules_follow_the_import_rules() {
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    files.sort();
    assert!(files.len() > 50, "{}", files.len());
    let found: Vec<String> = files
        .iter()
        .filter(|(name, _)| name != "lib.rs" && !is_test(name, &files))
        .flat_map(|(name, source)| violations(name, source))
        .collect();
    assert_eq!(found, [""; 0]);
}

/// Whether a file or one of its parents is declared as `#[cfg(test)] mod …;`.
fn is_test(name: &str, files: &[(String, String)]) -> bool {
    let Some((folder, file)) = name.rsplit_once('/') else {
        return false;
    };
    let parent = format!("{folder}.rs");
    let declaration = format!("#[cfg(test)]\nmod {};", file.trim_end_matches(".rs"));
    let source = files.iter().find(|(known, _)| *known == parent);
    source.is_some_and(|(_, source)| source.contains(&declaration)) || is_test(&parent, files)
}

#[test]
fn every_crate_has_its_place() {
    let manifest: toml::Table = include_str!("../Cargo.toml").parse().unwrap();
    let crates = manifest["dependencies"].as_table().unwrap().keys();
    let crates: Vec<String> = crates.map(|name| name.replace('-', "_")).collect();
    for name in &crates {
        let placed = CRATES.iter().any(|(known, _)| known == name);
        assert!(
            placed || PURE.contains(&name.as_str()),
            "tests/imports.rs does not say where `{name}` may be named"
        );
    }
    let placed = CRATES.iter().map(|(name, _)| name);
    for name in placed.chain(PURE) {
        assert!(
            crates.iter().any(|known| known == name),
            "`{name}` is no dependency"
        );
    }
}

/// A file, its content, and the expected violation.
const BROKEN: &[(&str, &str, &str)] = &[
    (
        "board.rs",
        "use crate::query::parse;",
        "is not below `board`",
    ),
    (
        "board/text.rs",
        "use super::super::app::App;",
        "is not below `board`",
    ),
    (
        "query.rs",
        "use super::search::Index;",
        "is not below `query`",
    ),
    (
        "query.rs",
        "use crate::{board::Date, config};",
        "is not below `query`",
    ),
    (
        "search/index.rs",
        "fn f() { crate::content::shipped(); }",
        "is not below `search`",
    ),
    (
        "app.rs",
        "use crate::{\n    board::{self, Date},\n    config::Theme,\n};",
        "is not below `app`",
    ),
    (
        "config.rs",
        "pub(in crate::ui) fn f() {}",
        "is not below `config`",
    ),
    ("ui/list.rs", "use crate::terminal;", "is not below `ui`"),
    (
        "terminal.rs",
        "use crate::commands::run;",
        "is not below `terminal`",
    ),
    (
        "commands/list.rs",
        "use crate::ui::draw;",
        "is not below `commands`",
    ),
    (
        "main.rs",
        "use jobdeck::{cli::Cli, search};",
        "is not below `main`",
    ),
    ("helpers.rs", "", "does not say what `helpers` may name"),
    (
        "app/mouse.rs",
        "use crossterm::event::MouseEvent;",
        "`crossterm::event::MouseEvent` names",
    ),
    (
        "app.rs",
        "fn f(k: ratatui::crossterm::event::KeyCode) {}",
        "`ratatui::crossterm::event::KeyCode` names",
    ),
    (
        "commands/list.rs",
        "use {crossterm::terminal::size, std::fmt};",
        "`crossterm::terminal::size` names",
    ),
    (
        "ui/list.rs",
        "use ratatui::crossterm::event::KeyCode;",
        "names `crossterm`",
    ),
    ("app.rs", "use crossterm as c;", "`crossterm` names"),
    (
        "search/word.rs",
        "use fuzzy_matcher::skim::SkimMatcherV2;",
        "[\"search/fuzzy\"] alone",
    ),
    (
        "board/posting.rs",
        "#[derive(serde::Deserialize)] struct P;",
        "`serde::Deserialize` names",
    ),
    (
        "content/posting.rs",
        "use serde::Deserialize;",
        "`serde::Deserialize` names",
    ),
    (
        "ui.rs",
        "use std::{fmt, fs::File};",
        "`std::fs::File` is for",
    ),
    (
        "board.rs",
        "fn f() -> std::io::Result<()> { Ok(()) }",
        "`std::io::Result` is for",
    ),
    ("app.rs", "use std::thread;", "`std::thread` is for"),
    (
        "app.rs",
        "use std::time::Instant;",
        "`std::time::Instant` is for",
    ),
    (
        "app.rs",
        "fn f() { jiff::Zoned::now(); }",
        "`jiff::Zoned::now` is for",
    ),
    (
        "search.rs",
        "fn f() { std::env::var(\"HOME\"); }",
        "`std::env::var` is for",
    ),
    (
        "commands/list.rs",
        "fn f() { println!(\"{}\", 1); }",
        "`println!` is for",
    ),
    (
        "terminal.rs",
        "fn f() { if true { std::eprintln!() } }",
        "`eprintln!` is for",
    ),
    (
        "app.rs",
        "#[cfg(test)]\nmod tests { use std::fs; }\nuse std::fs;",
        "`std::fs` is for",
    ),
];

#[test]
fn every_rule_is_enforced() {
    for (file, source, broken) in BROKEN {
        let found = violations(file, source);
        assert!(
            found.len() == 1 && found[0].contains(broken),
            "{file}: {source}\n{found:#?}"
        );
    }
}

#[test]
fn allowed_imports_pass() {
    for (file, source) in [
        (
            "query.rs",
            "pub use crate::board::Date;\nuse std::{fmt, ops::Range};",
        ),
        (
            "query/parse.rs",
            "use super::{value, Atom};\nuse crate::query::Term;",
        ),
        (
            "board/text.rs",
            "//! use crate::app;\n/* std::fs */ const S: &str = \"println!(std::fs)\";",
        ),
        (
            "board/text.rs",
            "#[cfg(test)]\nmod tests { use std::fs; use crate::app; }",
        ),
        ("board.rs", "#[cfg(test)]\nuse std::fs;\nuse std::fmt;"),
        (
            "app.rs",
            "fn f(open: bool) { let url = open; x.open(url).fs(); }",
        ),
        ("config/theme.rs", "use ratatui::style::Color;"),
        (
            "commands/output.rs",
            "use crossterm::terminal::size; use std::io;",
        ),
        ("search/fuzzy.rs", "use fuzzy_matcher::FuzzyMatcher;"),
        (
            "runtime/loader.rs",
            "use std::{thread, time::Instant}; use crate::ui;",
        ),
    ] {
        assert_eq!(violations(file, source), [""; 0], "{file}: {source}");
    }
}

/// Pairs of files that import each other and are still to be separated. Only ever remove from this list.
const CIRCLES: &[(&str, &str)] = &[];

/// The files that a file imports, apart from its parents and its own parts.
fn imported(place: &str, source: &str, places: &[&str]) -> Vec<String> {
    let found = paths(place, source).into_iter().filter_map(|path| {
        let up = path.iter().take_while(|part| *part == "super").count();
        let own = place.split('/').collect::<Vec<_>>();
        let from: Vec<&str> = match path.first()?.as_str() {
            "crate" => path[1..].iter().map(String::as_str).collect(),
            "super" => {
                let kept = &own[..own.len().checked_sub(up)?];
                let rest = path[up..].iter().map(String::as_str);
                kept.iter().copied().chain(rest).collect()
            }
            _ => return None,
        };
        let lengths = (1..=from.len()).rev();
        let mut files = lengths.map(|length| from[..length].join("/"));
        files.find(|file| places.contains(&file.as_str()))
    });
    let mut found: Vec<String> = found
        .filter(|other| !within(other, place) && !within(place, other))
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn no_two_files_import_each_other() {
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    sources(&root, &mut files);
    files.sort();
    let places: Vec<&str> = files
        .iter()
        .filter(|(name, _)| !is_test(name, &files))
        .map(|(name, _)| name.trim_end_matches(".rs"))
        .collect();
    let imports: Vec<(&str, Vec<String>)> = files
        .iter()
        .filter(|(name, _)| !is_test(name, &files))
        .map(|(name, source)| {
            let place = name.trim_end_matches(".rs");
            (place, imported(place, source, &places))
        })
        .collect();
    let names = |one: &str, other: &str| {
        let found = imports.iter().find(|(place, _)| *place == one);
        found.is_some_and(|(_, imported)| imported.iter().any(|name| name == other))
    };
    let mut circles: Vec<(&str, &str)> = Vec::new();
    for (one, imported) in &imports {
        for other in imported.iter().filter(|other| *one < other.as_str()) {
            if names(other, one) {
                circles.push((one, other));
            }
        }
    }
    assert_eq!(circles, CIRCLES);
}
