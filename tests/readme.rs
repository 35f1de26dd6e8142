//! The README and the pages in `docs` are correct: queries run, keys are the defaults, the example board loads.

use jobdeck::app::{Action, Mode};
use jobdeck::config::{Config, Key};
use jobdeck::query::{self, MarkKind};

const README: &str = include_str!("../README.md");
const KEYS: &str = include_str!("../docs/keys.md");
const QUERY: &str = include_str!("../docs/query.md");
const BOARDS: &str = include_str!("../docs/boards.md");
const CONFIGURATION: &str = include_str!("../docs/configuration.md");

/// The section of a page below a heading.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let section = page.split_once(heading).unwrap().1;
    section.split("\n## ").next().unwrap()
}

/// Cells of a section's tables, by row.
fn table(section: &str) -> Vec<Vec<String>> {
    section
        .lines()
        .filter(|line| line.starts_with('|'))
        .skip(2)
        .map(|row| {
            let row = row.replace("\\|", "\u{1}");
            let cells = row.trim_matches('|').split('|');
            cells
                .map(|cell| cell.trim().replace('\u{1}', "|"))
                .collect()
        })
        .collect()
}

/// Texts in backticks in a cell.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_documented_query_is_understood() {
    let mut seen = 0;
    let short = section(README, "## The query language");
    for row in table(QUERY).into_iter().chain(table(short)) {
        for term in quoted(&row[0]) {
            let query = query::parse(term);
            let wrong: Vec<_> = query
                .marks
                .iter()
                .filter(|mark| mark.kind == MarkKind::Error)
                .collect();
            assert!(wrong.is_empty(), "{term}: {wrong:?}");
            let says = !query.terms.is_empty() || query.sort.is_some();
            assert!(says, "{term} says nothing");
            seen += 1;
        }
    }
    assert!(seen > 30, "only {seen} terms");
    for field in query::Field::NAMES {
        let documented = QUERY.contains(&format!("`{field}:"));
        assert!(
            documented || QUERY.contains(&format!("!{field}:")),
            "{field}"
        );
    }
}

/// The table of the documentation is the one that the program prints and shows.
#[test]
fn the_query_language_is_one_table() {
    let rows = jobdeck::query::language::TERMS.iter().map(|term| {
        let examples = term.examples.iter();
        let examples = examples.map(|example| format!("`{}`", example.replace('|', "\\|")));
        format!(
            "| {} | {} |",
            examples.collect::<Vec<_>>().join(" "),
            term.long
        )
    });
    let documented = QUERY.lines().filter(|line| line.starts_with("| `"));
    assert_eq!(documented.collect::<Vec<_>>(), rows.collect::<Vec<_>>());
}

/// Keys in a column of the table.
fn documented(column: usize) -> Vec<Key> {
    table(section(KEYS, "# Keys"))
        .iter()
        .flat_map(|row| {
            quoted(&row[column])
                .into_iter()
                .map(|key| key.parse().unwrap_or_else(|error| panic!("{key}: {error}")))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn the_key_table_is_the_keymap() {
    let keymap = Config::default().keymap;
    for (mode, column) in [(Mode::Browse, 0), (Mode::Reader, 2)] {
        for key in documented(column) {
            assert!(keymap.action(mode, key).is_some(), "{key} in {mode:?}");
        }
    }
    // Arrow keys are described in prose; universal ones need no documentation.
    let untold = [
        Action::Up,
        Action::Down,
        Action::Redraw,
        Action::Suspend,
        Action::First,
        Action::Last,
    ];
    let told: Vec<Key> = documented(0).into_iter().chain(documented(2)).collect();
    for (mode, _, action) in keymap.bindings() {
        if matches!(mode, Mode::Browse | Mode::Reader) && !untold.contains(&action) {
            let keys = keymap.keys_for(mode, action);
            let is_told = keys.iter().any(|key| told.contains(&key.parse().unwrap()));
            assert!(is_told, "{action:?} in {mode:?}");
        }
    }
}

#[test]
fn the_board_of_the_readme_loads() {
    let dir = tempfile::tempdir().unwrap();
    let toml = BOARDS.split("```toml\n").nth(1).unwrap();
    let toml = toml.split("```").next().unwrap();
    std::fs::write(dir.path().join("board.toml"), toml).unwrap();
    let loaded = jobdeck::content::load(dir.path()).unwrap();
    assert_eq!(loaded.problems, []);
    assert_eq!(loaded.board.postings().len(), 1);
    assert_eq!(loaded.board.interviews().len(), 1);
}

#[test]
fn the_config_of_the_readme_applies() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("config.toml");
    let toml = CONFIGURATION.split("```toml\n").nth(1).unwrap();
    std::fs::write(&file, toml.split("```").next().unwrap()).unwrap();
    let (config, problems) = jobdeck::config::load(Some(&file));
    assert_eq!(problems, []);
    assert_ne!(config, Config::default());
}

#[test]
fn the_board_of_the_readme_is_laid_out() {
    let toml = BOARDS.split("```toml\n").nth(1).unwrap();
    let toml = toml.split("```").next().unwrap();
    let name = std::path::Path::new("board.toml");
    let laid_out = jobdeck::content::format::text(name, toml).unwrap();
    // For readability it has a short text on one line.
    let short = |text: &str| text.replace("\"\"\"\nMarkdown.\n\"\"\"", "\"Markdown.\"");
    assert_eq!(short(&laid_out.unwrap()), toml);
}

/// The first test command in the README is read by tools, and runs the whole suite.
#[test]
fn the_first_test_command_is_the_whole_suite() {
    let command = README.lines().find(|line| line.starts_with("cargo test"));
    assert_eq!(command, Some("cargo test --locked"));
}

/// Every linked page exists, and every page is linked.
#[test]
fn the_pages_of_the_documentation_are_linked() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let mut pages: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort();
    for page in &pages {
        assert!(README.contains(&format!("](docs/{page})")), "{page}");
    }
    let links = README.split("](docs/").skip(1);
    for link in links {
        let page = link.split(')').next().unwrap();
        assert!(pages.contains(&page.to_owned()), "{page}");
    }
}

#[test]
fn every_feed_format_is_documented() {
    let section = section(BOARDS, "## Import postings");
    let table = table(section);
    let mut documented: Vec<&str> = table.iter().flat_map(|row| quoted(&row[1])).collect();
    // The type that two formats are about.
    documented.retain(|word| *word != "JobPosting");
    documented.sort_unstable();
    let mut formats: Vec<&str> = jobdeck::import::Format::all()
        .map(jobdeck::import::Format::word)
        .collect();
    formats.sort_unstable();
    assert_eq!(documented, formats);
}
