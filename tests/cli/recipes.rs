//! Every recipe of `docs/recipes.md` runs.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{board, fixture};

const PAGE: &str = include_str!("../../docs/recipes.md");
const WORKFLOW: &str = include_str!("../../src/commands/new_board/workflow.yml");

/// Headings of the recipes, each with a test below.
const RECIPES: [&str; 8] = [
    "Choose postings with fzf",
    "Count and compare with jq",
    "Ask SQL with SQLite",
    "New postings in the status line of tmux",
    "A mail with what is new",
    "Sync a board every night",
    "Publish a board with GitHub Pages",
    "A reminder in the prompt",
];

/// Blocks of code below a heading, in a language.
fn blocks(heading: &str, language: &str) -> Vec<&'static str> {
    let section = PAGE.split_once(&format!("\n## {heading}\n")).unwrap().1;
    let section = section.split("\n## ").next().unwrap();
    let fence = format!("```{language}\n");
    let blocks = section.split(&fence).skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap())
        .collect()
}

/// A user's home, where shell commands run.
struct Home {
    folder: TempDir,
    board: PathBuf,
}

impl Home {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            board: fixture("small"),
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a program with `jobdeck` on its path.
    fn run(&self, program: &str, args: &[&str]) -> Output {
        let binary = Path::new(env!("CARGO_BIN_EXE_jobdeck")).parent().unwrap();
        let path = std::env::var("PATH").unwrap();
        Command::new(program)
            .args(args)
            .env("PATH", format!("{}:{path}", binary.display()))
            .env("HOME", self.path())
            .env("XDG_CONFIG_HOME", self.path().join("config"))
            .env("XDG_DATA_HOME", self.path().join("data"))
            .env("XDG_CACHE_HOME", self.path().join("cache"))
            .env("XDG_STATE_HOME", self.path().join("state"))
            .env("JOBDECK_BOARD", &self.board)
            .env("TMUX_TMPDIR", self.path())
            .env("GIT_CONFIG_GLOBAL", self.path().join("gitconfig"))
            .env_remove("NO_COLOR")
            // fzf answers without a terminal.
            .env("FZF_DEFAULT_OPTS", "--exact --filter='Rust Engineer'")
            .current_dir(self.path())
            .output()
            .unwrap()
    }

    /// Output of a script that succeeds without messages.
    #[track_caller]
    fn sh(&self, script: &str) -> String {
        let ran = self.run("sh", &["-c", script]);
        let (out, err) = (text(&ran.stdout), text(&ran.stderr));
        assert!(ran.status.success() && err.is_empty(), "{out}\n{err}");
        out
    }

    /// Whether a program is installed; says so if a recipe is left out.
    fn has(&self, program: &str) -> bool {
        let found = self.run("sh", &["-c", &format!("command -v {program}")]);
        if !found.status.success() {
            let _ = writeln!(std::io::stderr(), "not run: {program} is not installed");
        }
        found.status.success()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn every_recipe_has_a_test() {
    let headings: Vec<_> = PAGE
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    assert_eq!(headings, RECIPES);
}

#[test]
fn fzf_chooses_postings_and_previews_them() {
    let home = Home::new();
    let recipe = blocks(RECIPES[0], "sh")[0];
    let preview = recipe.split("--preview '").nth(1).unwrap();
    let preview = preview.split('\'').next().unwrap();
    let shown = home.sh(&preview.replace("{1}", "rust-engineer-berlin"));
    assert!(shown.starts_with("Rust Engineer\n"), "{shown}");
    if home.has("fzf") {
        assert_eq!(home.sh(recipe), shown);
    }
}

#[test]
fn jq_counts_and_compares() {
    let home = Home::new();
    if home.has("jq") {
        let out = home.sh(blocks(RECIPES[1], "sh")[0]);
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), 4, "{out}");
        assert!(lines.contains(&"1\tFerrous"), "{out}");
        assert_eq!(lines[3], "90000\trust-engineer-berlin");
    }
}

#[test]
fn sqlite_answers_sql() {
    let home = Home::new();
    if home.has("sqlite3") {
        let recipe = blocks(RECIPES[2], "sh")[0];
        let expected = "Alpenlabor|1\nFerrous|1\nSound Bio|1\n";
        assert_eq!(home.sh(recipe), expected);
        assert_eq!(home.sh(recipe), expected, "a second time");
    }
}

#[test]
fn tmux_shows_how_many_are_new() {
    let home = Home::new();
    let recipe = blocks(RECIPES[3], "tmux")[0];
    let command = recipe.split("#(").nth(1).unwrap();
    let command = command.split(") new jobs").next().unwrap();
    let count = home.sh(command);
    assert_eq!(count.trim().parse::<usize>().ok(), Some(0), "{count}");
    if home.has("tmux") {
        fs::write(home.path().join("tmux.conf"), recipe).unwrap();
        let args = [
            "-L",
            "recipe",
            "-f",
            "tmux.conf",
            "start-server",
            ";",
            "show-options",
            "-gv",
            "status-right",
        ];
        let shown = text(&home.run("tmux", &args).stdout);
        assert!(shown.contains(command), "{shown}");
    }
}

#[test]
fn a_mail_has_each_posting_once_and_only_if_there_is_one() {
    let mut home = Home::new();
    let folder = board(
        "[[posting]]\nid = 'a'\ntitle = 'Rust Baker'\n\n[[posting]]\nid = 'b'\ntitle = 'Welder'\n",
    );
    home.board = folder.path().to_owned();
    let script = blocks(RECIPES[4], "sh")[0];
    fs::write(home.path().join("new-jobs"), script).unwrap();
    let line = blocks(RECIPES[4], "crontab")[0].lines().last().unwrap();
    assert!(line.ends_with(" new-jobs 'rust country:de'"), "{line}");
    let mail = "sh ./new-jobs baker";
    assert!(home.sh(mail).starts_with("Rust Baker\n"));
    assert_eq!(home.sh(mail), "");
    let more =
        "[[posting]]\nid = 'c'\ntitle = 'Night Baker'\n\n[[posting]]\nid = 'd'\ntitle = 'Mason'\n";
    fs::write(folder.path().join("more.toml"), more).unwrap();
    let out = home.sh(mail);
    assert!(
        out.starts_with("Night Baker\n") && !out.contains("Rust Baker"),
        "{out}"
    );
    assert_eq!(home.sh(mail), "");
    // Another query has a memory of its own; one that finds nothing prints nothing; a mistake is told.
    assert!(home.sh("sh ./new-jobs mason").starts_with("Mason\n"));
    assert_eq!(home.sh("sh ./new-jobs plumber"), "");
    let wrong = home.run("sh", &["./new-jobs", "salary:>lots"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!wrong.stderr.is_empty() && wrong.stdout.is_empty());
}

#[test]
fn a_nightly_sync_commits_the_board_and_nothing_else() {
    let home = Home::new();
    let line = blocks(RECIPES[5], "crontab")[0].trim_end();
    let command = line.strip_prefix("17 4 * * *  ").unwrap();
    assert!(
        include_str!("../../docs/boards.md").contains(line),
        "docs/boards.md has another line"
    );
    // The home folder is a repository itself, with a file that nobody meant to commit.
    home.sh("git init -q . && git config user.name Ada && git config user.email ada@example.org");
    fs::write(home.path().join("secret"), "mine").unwrap();
    home.run("sh", &["-c", command]);
    let staged = |home: &Home| home.sh("git ls-files");
    assert_eq!(staged(&home), "", "without the folder nothing is committed");
    let folder = home.path().join("my-board");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("board.toml"), "[board]\nname = 'Mine'\n").unwrap();
    home.run("sh", &["-c", command]);
    assert_eq!(staged(&home), "my-board/board.toml\n");
    assert_eq!(home.sh("git log --format=%s"), "Sync\n");
    home.run("sh", &["-c", command]);
    assert_eq!(
        home.sh("git log --format=%s"),
        "Sync\n",
        "nothing changed, nothing is committed"
    );
}

#[test]
fn the_workflow_is_that_of_a_new_board_and_its_commands_run() {
    let home = Home::new();
    assert_eq!(blocks(RECIPES[6], "yaml"), [WORKFLOW]);
    home.sh("jobdeck new board 'Ice Institute' ice > /dev/null 2>&1");
    let written = fs::read_to_string(home.path().join("ice/.github/workflows/board.yml")).unwrap();
    assert_eq!(written, WORKFLOW);
    let commands = WORKFLOW
        .lines()
        .map(|line| line.trim().trim_start_matches("- run: "));
    let commands: Vec<&str> = commands
        .filter(|line| line.starts_with("jobdeck "))
        .collect();
    assert_eq!(commands.len(), 3, "{commands:?}");
    for command in commands {
        let ran = home.run("sh", &["-c", &format!("cd ice && {command}")]);
        assert_eq!(
            ran.status.code(),
            Some(0),
            "{command}: {}",
            text(&ran.stderr)
        );
    }
    assert!(home.path().join("ice/site/index.html").is_file());
}

#[test]
fn the_prompt_reminds_of_new_postings_only() {
    let home = Home::new();
    let recipe = blocks(RECIPES[7], "sh")[0];
    let ran = home.run("sh", &["-c", recipe]);
    assert_eq!(text(&ran.stdout), "");
    let found = home.sh(&recipe.replace("is:new", "rust"));
    assert_eq!(found, "There are new jobs: run jobdeck\n");
}
