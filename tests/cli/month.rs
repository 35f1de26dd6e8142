//! A month of a board: two curators, two sources, a sync and an export every night. Nothing that a curator wrote is lost,
//! no posting doubles, and published files change only where content did.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tempfile::TempDir;

use super::{Ran, jobdeck};
use crate::server::{Server, answer, json};

/// Rows of a source by id: title and text; `None` while its server fails.
type Rows = Option<BTreeMap<&'static str, (&'static str, &'static str)>>;

struct Month {
    away: TempDir,
    _server: Server,
    feeds: Arc<Mutex<BTreeMap<String, Rows>>>,
    day: u32,
}

fn document(rows: &Rows) -> Option<Vec<u8>> {
    let rows = rows.as_ref()?.iter();
    let rows = rows.map(|(id, (title, text))| {
        serde_json::json!({"id": id, "title": title, "company": "Frost", "posted": "2026-01-02", "description": text})
    });
    Some(
        Value::from(rows.collect::<Vec<_>>())
            .to_string()
            .into_bytes(),
    )
}

impl Month {
    fn new() -> Self {
        let feeds: Arc<Mutex<BTreeMap<String, Rows>>> = Arc::default();
        let rows = Arc::clone(&feeds);
        let server = Server::start(move |asked| {
            let feeds = rows.lock().unwrap();
            match feeds.get(&asked.path[1..]).and_then(document) {
                Some(document) => json(document),
                None => answer(500, &[], b""),
            }
        });
        let away = tempfile::tempdir().unwrap();
        let board = away.path().join("board");
        fs::create_dir(&board).unwrap();
        let sources = format!(
            "[board]\nname = \"Cold Jobs\"\n\n[[source]]\nname = \"frost\"\nurl = \"{}\"\n\n\
             [[source]]\n# Ben looks after this one.\nname = \"snow\"\nurl = \"{}\"\n",
            server.url("/frost"),
            server.url("/snow")
        );
        fs::write(board.join("board.toml"), sources).unwrap();
        fs::create_dir(board.join("postings")).unwrap();
        let own = "# Ask Ada before changing this.\n[[posting]]\nid = \"own\"\ntitle = \"Glaciologist\"\ncompany = \"Frost\"\n\
                   posted = 2026-01-01\ndescription = \"\"\"\nMeasure ice.\n\"\"\"\n";
        fs::write(board.join("postings/own.toml"), own).unwrap();
        Self {
            away,
            _server: server,
            feeds,
            day: 1,
        }
    }

    fn feed(&self, source: &str, rows: &[(&'static str, &'static str, &'static str)]) {
        let rows = rows.iter().map(|(id, title, text)| (*id, (*title, *text)));
        let mut feeds = self.feeds.lock().unwrap();
        feeds.insert(source.to_owned(), Some(rows.collect()));
    }

    fn board(&self) -> PathBuf {
        self.away.path().join("board")
    }

    fn jobdeck(&self, args: &[&str]) -> Ran {
        self.jobdeck_in(&self.board(), args)
    }

    fn jobdeck_in(&self, board: &Path, args: &[&str]) -> Ran {
        let day = format!("2026-01-{:02}", self.day);
        let args = [args, &["--today", &day, "--board", board.to_str().unwrap()]].concat();
        jobdeck(&args)
            .env("XDG_CACHE_HOME", self.away.path().join("cache"))
            .within(self.away.path())
            .run()
    }

    fn sync(&self, args: &[&str]) -> Ran {
        self.sync_in(&self.board(), args)
    }

    fn sync_in(&self, board: &Path, args: &[&str]) -> Ran {
        let args = [&["sync", "--retries", "0", "--allow-private"], args].concat();
        self.jobdeck_in(board, &args)
    }

    /// Exports the site and returns the number of files written and removed.
    fn export(&self) -> String {
        let ran = self.jobdeck(&["export", "--format", "html", "--output", "site"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let line = ran
            .out
            .lines()
            .find(|line| line.contains("written"))
            .unwrap();
        line.rsplit_once("; ").unwrap().1.to_owned()
    }

    fn git(&self, folder: &Path, args: &[&str]) -> bool {
        let mut git = Command::new("git");
        git.args([
            "-c",
            "user.name=T",
            "-c",
            "user.email=t@example.org",
            "-c",
            "init.defaultBranch=main",
        ]);
        let done = git
            .env("HOME", self.away.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .current_dir(folder)
            .args(args)
            .output()
            .expect("git is installed");
        let said = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "git {args:?}: {said}");
        !done.stdout.is_empty()
    }

    fn commit(&self, folder: &Path) {
        self.git(folder, &["add", "--all"]);
        self.git(
            folder,
            &["commit", "--quiet", "--allow-empty", "--message", "Work"],
        );
    }

    /// Titles of the open postings by id.
    fn open(&self) -> BTreeMap<String, String> {
        let ran = self.jobdeck(&["list", "is:open", "--format", "json"]);
        let postings: Vec<Value> = serde_json::from_str(&ran.out).unwrap_or_default();
        let text = |posting: &Value, key: &str| posting[key].as_str().unwrap().to_owned();
        let pairs = postings
            .iter()
            .map(|one| (text(one, "id"), text(one, "title")));
        pairs.collect()
    }

    /// What holds every morning.
    fn assert_whole(&self) {
        let checked = self.jobdeck(&["check", self.board().to_str().unwrap()]);
        assert_eq!(
            checked.code, 0,
            "day {}: {}{}",
            self.day, checked.out, checked.err
        );
        let open = self.open();
        let titles: BTreeSet<&String> = open.values().collect();
        assert_eq!(titles.len(), open.len(), "day {}: {open:?}", self.day);
        let own = fs::read_to_string(self.board().join("postings/own.toml")).unwrap();
        assert!(
            own.starts_with("# Ask Ada before changing this.\n"),
            "{own}"
        );
        let list = fs::read_to_string(self.board().join("board.toml")).unwrap();
        assert!(list.contains("# Ben looks after this one.\n"), "{list}");
        // Exported twice, nothing is written the second time, on the next day neither.
        self.export();
        assert_eq!(self.export(), "0 written, 0 removed", "day {}", self.day);
    }
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "no {from} in {text}");
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one story, told in the order of its days"
)]
fn a_month_loses_nothing_that_a_curator_wrote() {
    let mut month = Month::new();
    let board = month.board();
    let ben = month.away.path().join("ben");
    let frost = [
        ("1", "Ice Cook", "Cook."),
        ("2", "Ice Clerk", "Count ice."),
        ("3", "Ice Guard", "Guard."),
    ];
    let snow = [
        ("1", "Snow Cook", "Cook snow."),
        ("2", "Snow Clerk", "Count snow."),
    ];
    month.feed("frost", &frost);
    month.feed("snow", &snow);
    // Day 1: the first sync and export.
    assert_eq!(month.sync(&[]).code, 0);
    month.git(&board, &["init", "--quiet"]);
    month.commit(&board);
    month.assert_whole();

    // Day 3: Ada edits one posting of a source and deletes another; Ben works on a branch of his own.
    month.day = 3;
    month.git(
        &board,
        &[
            "worktree",
            "add",
            "--quiet",
            "-b",
            "ben",
            ben.to_str().unwrap(),
        ],
    );
    edit(
        &board.join("frost/postings.toml"),
        "Ice Cook",
        "Head Ice Cook",
    );
    let file = board.join("snow/postings.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        &text[..text.find("[[posting]]\nid = \"snow.2\"").unwrap()],
    )
    .unwrap();
    month.commit(&board);
    fs::write(
        ben.join("ours.toml"),
        "[[override]]\nid = \"frost.3\"\nteam = \"Night\"\npinned = true\n",
    )
    .unwrap();
    edit(
        &ben.join("postings/own.toml"),
        "Measure ice.",
        "Measure ice, and write about it.",
    );
    month.commit(&ben);

    // Day 4: the source changes the text of the edited posting and adds one; then Ben's branch is merged.
    month.day = 4;
    let frost = [
        ("1", "Ice Cook", "Cook well."),
        frost[1],
        frost[2],
        ("4", "Ice Pilot", "Fly."),
    ];
    month.feed("frost", &frost);
    let ran = month.sync(&[]);
    assert!(
        ran.err.contains("edited by hand and kept: frost.1 (title)"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("deleted by hand and left out: snow.2"),
        "{}",
        ran.err
    );
    month.commit(&board);
    month.git(&board, &["merge", "--quiet", "--no-edit", "ben"]);
    month.assert_whole();
    let expected = BTreeMap::from(
        [
            ("own", "Glaciologist"),
            ("frost.1", "Head Ice Cook"),
            ("frost.2", "Ice Clerk"),
            ("frost.3", "Ice Guard"),
            ("frost.4", "Ice Pilot"),
            ("snow.1", "Snow Cook"),
        ]
        .map(|(id, title)| (id.to_owned(), title.to_owned())),
    );
    assert_eq!(month.open(), expected);
    let first = month.jobdeck(&[
        "list",
        "--columns",
        "id,team",
        "--format",
        "tsv",
        "--no-header",
    ]);
    assert!(
        first.out.starts_with("frost.3\tNight\n"),
        "pinned first: {}",
        first.out
    );

    // Days 5 to 9: a quiet week, in which one server fails. What is published stays as it is.
    for day in 5..=9 {
        month.day = day;
        let snow = (day != 7).then(|| snow.map(|(id, title, text)| (id, (title, text))).into());
        month.feeds.lock().unwrap().insert("snow".to_owned(), snow);
        assert_eq!(month.sync(&[]).code, i32::from(day == 7));
        assert_eq!(month.export(), "0 written, 0 removed", "day {day}");
    }
    assert_eq!(month.open(), expected);

    // Day 10: both branches sync the same change, on different days.
    month.git(&ben, &["merge", "--quiet", "--no-edit", "main"]);
    let frost = [
        frost[0],
        ("2", "Ice Clerk", "Count all ice."),
        frost[2],
        frost[3],
    ];
    month.feed("frost", &frost);
    month.day = 10;
    month.sync(&[]);
    month.commit(&board);
    month.day = 12;
    month.sync_in(&ben, &[]);
    month.commit(&ben);
    month.git(&board, &["merge", "--quiet", "--no-edit", "ben"]);
    month.assert_whole();
    assert_eq!(month.open(), expected);
    let again = month.sync(&[]);
    assert!(again.out.contains("frost: 4 unchanged\n"), "{}", again.out);
    assert!(again.err.contains("kept: frost.1 (title)"), "{}", again.err);

    // Day 15: Ada turns the edits into overrides.
    month.day = 15;
    assert_eq!(month.sync(&["--keep-edits"]).code, 0);
    assert_eq!(month.sync(&[]).err, "");
    month.commit(&board);
    month.assert_whole();
    assert_eq!(month.open(), expected);

    // Day 18: Ben renames a source in the file; the sync explains, and the rename keeps the ids.
    month.day = 18;
    edit(
        &board.join("board.toml"),
        "name = \"snow\"",
        "name = \"powder\"",
    );
    let ran = month.sync(&[]);
    assert!(ran.err.contains("--rename snow=powder"), "{}", ran.err);
    assert_eq!(month.open(), expected);
    assert_eq!(month.sync(&["--rename", "snow=powder"]).code, 0);
    assert_eq!(month.sync(&[]).code, 0);
    month.commit(&board);
    month.assert_whole();
    assert_eq!(month.open(), expected);

    // Day 22: a posting goes, and on day 25 comes back.
    month.day = 22;
    month.feed("frost", &[frost[0], frost[1], frost[3]]);
    assert_eq!(month.sync(&[]).code, 0);
    assert!(!month.open().contains_key("frost.3"));
    month.assert_whole();
    month.day = 25;
    month.feed("frost", &frost);
    assert_eq!(month.sync(&[]).code, 0);
    month.assert_whole();
    assert_eq!(month.open(), expected);

    // Day 28: a source is given up.
    month.day = 28;
    let text = fs::read_to_string(board.join("board.toml")).unwrap();
    let at = text.find("[[source]]").unwrap();
    let end = text.rfind("[[source]]").unwrap();
    fs::write(
        board.join("board.toml"),
        format!("{}{}", &text[..at], &text[end..]),
    )
    .unwrap();
    let ran = month.sync(&["--prune"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    month.commit(&board);
    month.assert_whole();
    let left: Vec<_> = month.open().into_keys().collect();
    assert_eq!(left, ["own", "snow.1"]);
    let own = fs::read_to_string(board.join("postings/own.toml")).unwrap();
    assert!(own.contains("Measure ice, and write about it."), "{own}");
}
