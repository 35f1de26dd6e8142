//! Syncing a board from the command line.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;

use super::{Jobdeck, Ran, jobdeck, run};
use crate::server::{Server, Step, answer, json};

/// A board that lists sources, with its cache.
pub(super) struct Kept {
    away: TempDir,
}

impl Kept {
    pub(super) fn new(list: &str) -> Self {
        let away = tempfile::tempdir().unwrap();
        fs::create_dir(away.path().join("board")).unwrap();
        let kept = Self { away };
        kept.list(list);
        kept
    }

    pub(super) fn board(&self) -> PathBuf {
        self.away.path().join("board")
    }

    pub(super) fn list(&self, list: &str) {
        fs::write(self.board().join("board.toml"), list).unwrap();
    }

    pub(super) fn command(&self, args: &[&str]) -> Jobdeck {
        let board = self.board();
        let mut all = vec!["sync", board.to_str().unwrap(), "--retries", "0"];
        if !args.contains(&"--today") {
            all.extend(["--today", "2026-01-07"]);
        }
        all.extend(args);
        jobdeck(&all).env("XDG_CACHE_HOME", self.away.path().join("cache"))
    }

    pub(super) fn sync(&self, args: &[&str]) -> Ran {
        let mut all = vec!["--allow-private"];
        all.extend(args);
        self.command(&all).run()
    }

    /// Syncs on the previous day, without any message.
    pub(super) fn filled(&self) {
        let board = self.board();
        let args = ["sync", board.to_str().unwrap(), "--allow-private"];
        let on = ["--today", "2026-01-06"];
        let filled = jobdeck(&[&args[..], &on].concat());
        let filled = filled.env("XDG_CACHE_HOME", self.away.path().join("cache"));
        filled.run().results();
    }

    /// Every file of the board, by its path.
    pub(super) fn files(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        read_all(&self.board(), &self.board(), &mut found);
        found
    }

    pub(super) fn check(&self) {
        let checked = run(&["check", self.board().to_str().unwrap()]);
        assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    }
}

fn read_all(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        // The record of the last sync, and what tells git how to merge it.
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            read_all(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            found.insert(name.to_owned(), fs::read_to_string(&path).unwrap());
        }
    }
}

pub(super) fn listed(sources: &[(&str, String)]) -> String {
    let mut list = String::from("[board]\nname = \"Ice\"\n");
    for (name, url) in sources {
        write!(list, "\n[[source]]\nname = \"{name}\"\nurl = \"{url}\"\n").unwrap();
    }
    list
}

/// Postings with our own keys.
pub(super) fn rows(ids: impl Iterator<Item = usize>) -> String {
    let rows = ids.map(|id| {
        format!(
            r#"{{"id": "{id}", "title": "Glaciologist {id}", "description": "{}"}}"#,
            "Ice. ".repeat(60).trim()
        )
    });
    format!("[{}]", rows.collect::<Vec<_>>().join(",\n"))
}

/// A server whose document can be changed, with the document.
pub(super) fn changing(document: String) -> (Server, Arc<Mutex<String>>) {
    let document = Arc::new(Mutex::new(document));
    let now = Arc::clone(&document);
    let server = Server::start(move |_| json(now.lock().unwrap().as_bytes()));
    (server, document)
}

pub(super) fn diff(before: &str, after: &str) -> Vec<String> {
    let diff = similar::TextDiff::from_lines(before, after);
    let lines = diff.iter_all_changes();
    let changed = lines.filter(|line| line.tag() != similar::ChangeTag::Equal);
    changed
        .map(|line| format!("{}{}", line.tag(), line.value().trim_end()))
        .collect()
}

#[test]
fn a_board_is_filled_once_and_then_left_alone() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/marked" if asked.header("if-none-match") == Some("\"v1\"") => answer(304, &[], b""),
        "/marked" => answer(
            200,
            &["etag: \"v1\"", "content-type: application/json"],
            rows(0..3).as_bytes(),
        ),
        "/plain" => json(rows(0..2)),
        _ => json(rows(0..1)),
    });
    let kept = Kept::new(&listed(&[
        ("marked", server.url("/marked")),
        ("plain", server.url("/plain")),
        ("other", server.url("/other")),
    ]));
    let out = kept.sync(&[]).results();
    assert_eq!(
        out,
        "marked: 3 new; 1 file written\n\
         plain: 2 new; 1 file written\n\
         other: 1 new; 1 file written\n\
         3 sources: 6 new; 3 files written\n"
    );
    let names: Vec<_> = kept.files().into_keys().collect();
    let folders = ["marked", "other", "plain"].map(|name| format!("{name}/postings.toml"));
    assert_eq!(names[1..], folders);
    kept.check();
    let before = kept.files();
    let out = kept.sync(&["--today", "2026-02-01"]).results();
    assert!(out.ends_with("3 sources: 6 unchanged\n"), "{out}");
    assert_eq!(kept.files(), before);
    // In sequence, and only what may have changed.
    let asked = server.asked();
    let known: Vec<_> = asked
        .iter()
        .map(|asked| (asked.path.as_str(), asked.header("if-none-match")))
        .collect();
    assert_eq!(
        known,
        [
            ("/marked", None),
            ("/plain", None),
            ("/other", None),
            ("/marked", Some("\"v1\"")),
            ("/plain", None),
            ("/other", None),
        ]
    );
    // After the folder was changed, the server's validators are not used.
    fs::remove_dir_all(kept.board().join("marked")).unwrap();
    let out = kept.sync(&["--source", "marked"]).results();
    assert_eq!(out, "marked: 3 new; 1 file written\n");
    // The cache may be deleted at any time.
    fs::remove_dir_all(kept.away.path().join("cache")).unwrap();
    kept.sync(&["--source", "marked"]).results();
    assert_eq!(server.asked().last().unwrap().header("if-none-match"), None);
}

#[test]
fn one_changed_posting_is_a_few_lines_of_one_file() {
    let (server, document) = changing(rows(0..2000));
    let kept = Kept::new(&listed(&[("acme", server.url("/"))]));
    kept.filled();
    let before = kept.files();
    assert!(before.len() > 10, "{}", before.len());
    let changed = document
        .lock()
        .unwrap()
        .replace("Glaciologist 77\"", "Cryologist\"");
    *document.lock().unwrap() = changed;
    let out = kept.sync(&[]).results();
    assert_eq!(out, "acme: 1 changed, 1999 unchanged; 1 file written\n");
    let after = kept.files();
    let touched: Vec<_> = before
        .keys()
        .filter(|name| before[*name] != after[*name])
        .collect();
    let [touched] = touched.as_slice() else {
        panic!("{touched:?}");
    };
    assert_eq!(
        diff(&before[*touched], &after[*touched]),
        ["-title = \"Glaciologist 77\"", "+title = \"Cryologist\""]
    );
    kept.check();
}

#[test]
fn an_override_outlives_every_sync_and_pinned_postings_come_first() {
    let (server, feed) = changing(rows(1..=4));
    let kept = Kept::new(&listed(&[("acme", server.url("/jobs.json"))]));
    kept.filled();
    let curated = "[[override]]\nid = \"acme.2\"\ntitle = \"Head Chef\"\npinned = true\n\n[[override]]\nid = \"acme.3\"\nhidden = true\n";
    fs::write(kept.board().join("curated.toml"), curated).unwrap();
    *feed.lock().unwrap() = rows(1..=5);
    kept.sync(&[]).results();
    assert_eq!(
        fs::read_to_string(kept.board().join("curated.toml")).unwrap(),
        curated
    );
    let board = kept.board();
    let list = [
        "list",
        "--board",
        board.to_str().unwrap(),
        "--columns",
        "id,title",
        "--format",
        "tsv",
    ];
    let ran = jobdeck(&list).run();
    let lines: Vec<_> = ran.out.lines().skip(1).collect();
    assert_eq!(lines[0], "acme.2\tHead Chef");
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(!ran.out.contains("acme.3"));
}

#[test]
fn what_is_gone_closes_and_opens_when_it_comes_back() {
    let (server, document) = changing(rows(0..30));
    let kept = Kept::new(&listed(&[("acme", server.url("/"))]));
    kept.filled();
    let before = kept.files();
    *document.lock().unwrap() = rows(0..28);
    let out = kept.sync(&[]).results();
    assert_eq!(out, "acme: 2 closed, 28 unchanged; 1 file written\n");
    let text = &kept.files()["acme/postings.toml"];
    assert_eq!(text.matches("closes = 2026-01-06\n").count(), 2);
    assert_eq!(text.matches("last_seen = 2026-01-06 }").count(), 2);
    kept.check();
    assert_eq!(kept.sync(&[]).results(), "acme: 28 unchanged\n");
    *document.lock().unwrap() = rows(0..30);
    let out = kept.sync(&["--today", "2026-01-06"]).results();
    assert_eq!(out, "acme: 2 opened again, 28 unchanged; 1 file written\n");
    assert_eq!(kept.files(), before);
}

#[test]
fn a_source_whose_postings_all_have_new_ids_is_doubted_every_night() {
    let (server, document) = changing(rows(0..30));
    let kept = Kept::new(&listed(&[("acme", server.url("/"))]));
    kept.filled();
    *document.lock().unwrap() = rows(100..130);
    for (night, new) in [("2026-01-07", "30 new"), ("2026-01-08", "30 unchanged")] {
        let ran = kept.sync(&["--today", night]);
        assert_eq!(ran.code, 1, "{night}: {}", ran.err);
        assert!(ran.out.contains(new), "{night}: {}", ran.out);
        let doubt = "30 of its 30 postings are gone at once, so nothing was closed";
        assert!(
            ran.err
                .replace("all of its 30", "30 of its 30")
                .contains(doubt),
            "{night}: {}",
            ran.err
        );
    }
    let ran = kept.sync(&["--today", "2026-01-09", "--close-all"]);
    assert!(ran.out.contains("30 closed"), "{}", ran.out);
}

#[test]
fn what_may_not_be_whole_closes_nothing() {
    let (server, document) = changing(rows(0..30));
    let list = listed(&[("acme", server.url("/"))]);
    let kept = Kept::new(&(list + "format = \"json\"\n"));
    kept.filled();
    let before = kept.files();
    let doubts = [
        (
            "[]",
            "all of its 30 postings are gone at once, so nothing was closed; `jobdeck sync --close-all` closes them",
        ),
        (
            &rows(0..9),
            "21 of its 30 postings are gone at once, so nothing was closed; `jobdeck sync --close-all` closes them",
        ),
        (
            &rows(0..29).replace("\"Glaciologist 5\"", "[]"),
            "1 row could not be read, so nothing was closed",
        ),
    ];
    for (feed, doubt) in doubts {
        feed.clone_into(&mut document.lock().unwrap());
        let ran = kept.sync(&[]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(
            ran.err
                .contains(&format!("/board/board.toml:6: acme: {doubt}\n")),
            "{}",
            ran.err
        );
        assert!(ran.err.ends_with("jobdeck: 1 source incomplete\n"));
        assert!(
            ran.out.ends_with(" unchanged\n") || feed == "[]",
            "{}",
            ran.out
        );
        assert_eq!(kept.files(), before);
    }
    *document.lock().unwrap() = rows(0..9);
    let out = kept.sync(&["--close-all"]).results();
    assert_eq!(out, "acme: 21 closed, 9 unchanged; 1 file written\n");

    // Pages that claim more rows than they contain.
    let pages = Server::start(move |asked| match asked.path.as_str() {
        "/jobs?offset=1" => json(r#"{"totalFound": 5, "offset": 1, "content": []}"#),
        _ => json(
            r#"{"totalFound": 5, "offset": 0, "content": [
            {"id": "1", "name": "Cook", "releasedDate": "2026-01-06T00:00:00.000Z"}]}"#,
        ),
    });
    let kept = Kept::new(&listed(&[("smart", pages.url("/jobs"))]));
    let ran = kept.sync(&[]);
    assert_eq!(ran.out, "smart: 1 new; 1 file written\n");
    let doubt = "smart: only 1 of 5 rows came, so nothing was closed\n";
    assert!(ran.code == 1 && ran.err.contains(doubt), "{}", ran.err);
}

#[test]
fn an_answer_that_is_no_feed_closes_nothing() {
    const FEED: &str =
        "<rss version='2.0'><channel><item><title>Cook</title></item></channel></rss>";
    let sent = Arc::new(Mutex::new(FEED.to_owned()));
    let answers = Arc::clone(&sent);
    let server = Server::start(move |_| {
        answer(
            200,
            &["content-type: text/html"],
            answers.lock().unwrap().as_bytes(),
        )
    });
    let kept = Kept::new(&(listed(&[("frost", server.url("/rss"))]) + "format = \"rss\"\n"));
    kept.filled();
    let before = kept.files();
    for (text, found) in [
        (
            "<!doctype html><title>Welcome</title>",
            "cannot be read as rss: it is an HTML page, “Welcome” (it was sent as text/html)",
        ),
        (
            "<rss version='2.0'><jobs><job><title>Cook</title><id>1</id></job></jobs></rss>",
            "cannot be read as rss: it is XML with elements `rss/jobs/job` that hold `title`, `id`",
        ),
    ] {
        text.clone_into(&mut sent.lock().unwrap());
        for args in [&[][..], &["--close-all"]] {
            let said = kept.sync(args).said(1);
            assert!(said.contains(found), "{said}");
            assert_eq!(kept.files(), before);
        }
    }
    "<rss version='2.0'><channel><title>No jobs today</title></channel></rss>"
        .clone_into(&mut sent.lock().unwrap());
    let out = kept.sync(&["--close-all"]).results();
    assert_eq!(out, "frost: 1 closed; 1 file written\n");
}

#[test]
fn a_source_may_name_the_columns_of_its_list() {
    let server =
        Server::start(|_| json(r#"{"out": {"stellen": [{"was": "Koch", "wo": "Kiel"}]}}"#));
    let list = listed(&[("frost", server.url("/dump"))])
        + "rows = \"out.stellen\"\nmap = { title = \"was\", location = \"wo\" }\n";
    let kept = Kept::new(&list);
    kept.filled();
    let text = kept.files().remove("frost/postings.toml").unwrap();
    assert!(
        text.contains("title = \"Koch\"\nlocations = [\"Kiel\"]"),
        "{text}"
    );
    kept.check();
    kept.list(&list.replace("title =", "titel ="));
    let said = kept.sync(&[]).said(1);
    let why = "has an invalid `map`: there is no field `titel`; did you mean `title`?";
    assert!(said.contains(why), "{said}");
}

const CHUNKED: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";

/// Responses of a faulty server, with the expected messages.
fn badly(path: &str) -> Vec<Step> {
    let sent = |text: &str| Step::Send(text.into());
    match path {
        "/500" => answer(500, &[], b"oops"),
        "/404" => answer(404, &[], b"gone"),
        "/429" => answer(429, &["retry-after: 3600"], b""),
        "/cut" => vec![
            sent("HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n[{\"id\": 1,"),
            Step::Close,
        ],
        "/nothing" => vec![Step::Close],
        "/10GB" => vec![
            sent("HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\n["),
            Step::Hang,
        ],
        "/endless" => vec![sent(CHUNKED), Step::Endless(b"8\r\n        \r\n".to_vec())],
        "/drip" => vec![sent(CHUNKED), sent("1\r\n[\r\n"), Step::Hang],
        "/loop" => answer(302, &["location: /loop"], b""),
        "/file" => answer(302, &["location: file:///etc/passwd"], b""),
        "/picture" => answer(200, &["content-type: image/png"], b"\x89PNG"),
        "/page" => answer(200, &["content-type: text/html"], b"<h1>Sign in</h1>"),
        "/torn" => json("[{\"id\": 1, \"title\""),
        "/empty" => json(""),
        _ => json(rows(0..3)),
    }
}

const WRONG: &[(&str, &str)] = &[
    ("/500", "the server answered 500 (server error)"),
    ("/404", "the server answered 404 (not found)"),
    (
        "/429",
        "the server answered 429 (too many requests); retry after 3600 s",
    ),
    ("/cut", "the connection was cut after 10 bytes"),
    ("/nothing", "the connection was cut before an answer came"),
    ("/10GB", "is larger than 256 MiB"),
    ("/endless", "took longer than 300ms"),
    ("/drip", "took longer than 300ms"),
    ("/loop", "is redirected in a loop, to ROOT/loop"),
    ("/file", "is redirected to a file address"),
    ("/picture", "is image/png, not a feed"),
    (
        "/page",
        "cannot be read as json: it is an HTML page (it was sent as text/html)",
    ),
    ("/empty", "is empty (it was sent as application/json)"),
];

/// Address of a server that should use TLS but responds in plain text.
fn unsafe_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    });
    url
}

#[test]
fn a_server_that_does_wrong_gives_one_line_and_changes_nothing() {
    let server = Server::start(|asked| badly(&asked.path));
    let list = |url: &str| listed(&[("acme", url.to_owned())]) + "format = \"json\"\n";
    let kept = Kept::new(&list(&server.url("/good")));
    kept.filled();
    let before = kept.files();
    let mut lines = WRONG.to_vec();
    let secure = unsafe_server();
    lines.push(("", "the connection is not safe: "));
    for (path, said) in lines {
        let url = if path.is_empty() {
            secure.clone()
        } else {
            server.url(path)
        };
        kept.list(&list(&url));
        let ran = kept.sync(&["--timeout", "0.3"]);
        let err = ran.said(1).replace(&server.root, "ROOT");
        let (line, rest) = err.split_once('\n').unwrap();
        let expected = format!("/board/board.toml:6: acme: {said}");
        assert!(line.contains(&expected), "{path}: {err}");
        assert!(line.ends_with(said) || path.is_empty(), "{path}: {err}");
        assert_eq!(rest, "jobdeck: 1 source incomplete\n", "{path}");
        let mut after = kept.files();
        after.insert("board.toml".into(), before["board.toml"].clone());
        assert_eq!(after, before, "{path}");
    }
    // A truncated document gives the rows before its end, and closes no postings.
    kept.list(&list(&server.url("/torn")));
    let ran = kept.sync(&[]);
    assert!(ran.code == 1 && !ran.out.contains("closed"), "{}", ran.err);
}

#[test]
fn one_bad_source_keeps_no_other_from_being_synced() {
    let server = Server::start(|asked| badly(&asked.path));
    let sources = [("bad", "/500"), ("good", "/good"), ("worse", "/cut")];
    let sources = sources.map(|(name, path)| (name, server.url(path)));
    let kept = Kept::new(&listed(&sources));
    let ran = kept.sync(&["--format", "json"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.ends_with("jobdeck: 2 sources incomplete\n"),
        "{}",
        ran.err
    );
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    let states: Vec<_> = told["sources"].as_array().unwrap().iter().collect();
    let state = |at: usize| states[at]["state"].as_str().unwrap();
    assert_eq!(
        [state(0), state(1), state(2)],
        ["failed", "whole", "failed"]
    );
    assert_eq!(
        states[0]["reason"],
        "the server answered 500 (server error)"
    );
    assert_eq!(
        (&states[1]["new"], &states[1]["line"]),
        (&3.into(), &10.into())
    );
    let total = &told["total"];
    assert_eq!((&total["new"], &total["failed"]), (&3.into(), &2.into()));
    kept.check();
}

#[test]
fn a_dry_run_writes_nothing() {
    let (server, document) = changing(rows(0..30));
    let kept = Kept::new(&listed(&[("acme", server.url("/"))]));
    let before = kept.files();
    let out = kept.sync(&["--dry-run"]).results();
    let (first, ids) = out.split_once('\n').unwrap();
    assert_eq!(first, "acme: 30 new; 1 file would be written");
    assert!(ids.starts_with("  new       acme.0\n"), "{ids}");
    assert!(ids.ends_with("  and 10 more new\n"), "{ids}");
    assert_eq!(kept.files(), before);
    assert!(!kept.away.path().join("cache").exists());
    kept.filled();
    let before = kept.files();
    *document.lock().unwrap() = rows(1..31);
    let out = kept.sync(&["--dry-run"]).results();
    assert_eq!(
        out,
        "acme: 1 new, 1 closed, 29 unchanged; 1 file would be written\n  new       acme.30\n  closed    acme.0\n"
    );
    assert_eq!(kept.files(), before);
}

#[test]
fn a_sync_that_is_killed_leaves_a_whole_board() {
    let (tell, asked) = channel();
    let tell = Mutex::new(tell);
    let server = Server::start(move |asked| {
        if asked.path == "/first" {
            return json(rows(0..2000));
        }
        tell.lock().unwrap().send(()).unwrap();
        vec![Step::Hang]
    });
    let sources = [
        ("first", server.url("/first")),
        ("second", server.url("/second")),
    ];
    let kept = Kept::new(&listed(&sources));
    let mut child = Command::new(env!("CARGO_BIN_EXE_jobdeck"))
        .args(["sync", "--allow-private"])
        .arg(kept.board())
        .env("HOME", kept.away.path())
        .env("XDG_CACHE_HOME", kept.away.path().join("cache"))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    asked.recv().unwrap();
    // No other sync can run at the same time.
    let busy = kept.sync(&[]).said(2);
    assert_eq!(busy, "jobdeck: another jobdeck is writing to this board\n");
    child.kill().unwrap();
    child.wait().unwrap();
    kept.check();
    let before = kept.files();
    assert_eq!(
        before
            .values()
            .map(|text| text.matches("[[posting]]").count())
            .sum::<usize>(),
        2000
    );
    // Leftovers of a killed process are removed.
    fs::write(kept.board().join("first/.jobdeck-x1y2"), "[[post").unwrap();
    kept.sync(&["--source", "first", "--today", "2026-02-02"])
        .results();
    assert_eq!(kept.files(), before);
}

#[test]
fn what_is_listed_is_asked_within_the_open_internet_only() {
    let server = Server::start(|_| json(rows(0..1)));
    let kept = Kept::new(&listed(&[("acme", server.url("/"))]));
    let said = kept.command(&[]).run().said(1);
    let why = "acme: leads to 127.0.0.1, which is on this machine or in a private network; --allow-private, or allow_private in the config, allows it\n";
    assert!(said.contains(why), "{said}");
    assert_eq!(server.paths(), [""; 0]);
    let config = kept.away.path().join("config.toml");
    fs::write(&config, "allow_private = true\n").unwrap();
    let allowed = kept.command(&["--config", config.to_str().unwrap()]).run();
    assert_eq!(allowed.results(), "acme: 1 new; 1 file written\n");
}

#[test]
fn a_list_that_makes_no_sense_says_where() {
    let bare = Kept::new("[board]\nname = \"Ice\"\n");
    let said = bare.sync(&[]).said(2);
    assert!(
        said.ends_with(
            "/board/board.toml lists no source; add one, such as\n  [[source]]\n  url = \"https://jobs.lever.co/acme\"\n"
        ),
        "{said}"
    );
    assert_eq!(
        run(&["sync"]).said(2),
        "jobdeck: the built-in board has no sources; name the folder of another\n"
    );
    let server = Server::start(|_| json(rows(0..1)));
    let kept = Kept::new(&format!(
        "{}format = \"jsn\"\n\n[[source]]\nurl = \"{}\"\nname = \"Acme\"\n\n[[sauce]]\nurl = \"x\"\n",
        listed(&[("acme", server.url("/"))]),
        server.url("/other")
    ));
    let ran = kept.sync(&[]);
    assert_eq!(ran.code, 1);
    for said in [
        "board.toml:13:3: `sauce` is not a key of a board's file",
        "board.toml:6: acme: has an unknown `format`: jsn; did you mean `json`?\n",
        "board.toml:10: acme: has the same name as the one on line 6: acme; set `name` on one of them\n",
    ] {
        assert!(ran.err.contains(said), "{said}\n{}", ran.err);
    }
    assert_eq!(server.paths(), [""; 0]);
    let said = kept.sync(&["--source", "lever"]).err;
    assert!(
        said.ends_with("jobdeck: no source is called lever\n"),
        "{said}"
    );
}
