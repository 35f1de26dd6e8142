//! The search of an exported site, in headless Chromium: it answers as `jobdeck list` does.
//!
//! Without Chromium the tests print that they are skipped, unless `JOBDECK_REQUIRE_CHROMIUM=1`.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::{ToSpan, Zoned};
use tempfile::TempDir;

const BOARD: &str = include_str!("site_search/board.toml");
const QUERIES: &str = include_str!("site_search/queries.toml");

/// A board, exported as a site.
struct Exported(TempDir);

impl Exported {
    fn new(board: &str) -> Self {
        let away = tempfile::tempdir().unwrap();
        fs::create_dir(away.path().join("board")).unwrap();
        fs::write(away.path().join("board/board.toml"), board).unwrap();
        let exported = Self(away);
        let out = exported.run(&["export", "--format", "html", "--output", "site"]);
        assert!(out.contains("postings"), "{out}");
        exported
    }

    fn site(&self) -> PathBuf {
        self.0.path().join("site")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.site().join(path)).unwrap()
    }

    fn run(&self, args: &[&str]) -> String {
        let away = self.0.path();
        let output = Command::new(env!("CARGO_BIN_EXE_jobdeck"))
            .env("JOBDECK_BOARD", away.join("board"))
            .env("HOME", away)
            .env("XDG_CONFIG_HOME", away.join("config"))
            .env("XDG_DATA_HOME", away.join("data"))
            .env("XDG_CACHE_HOME", away.join("cache"))
            .current_dir(away)
            .args(args)
            .output()
            .unwrap();
        let code = output.status.code();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(code, Some(0 | 1)), "{args:?}: {err}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Ids of the postings that a query lists, in order.
    fn list(&self, query: &str) -> Vec<String> {
        let out = self.run(&["list", "--columns", "id", "--format", "jsonl", "--", query]);
        let ids = out.lines().map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            row["id"].as_str().unwrap().to_owned()
        });
        ids.collect()
    }

    /// What a script finds out about the start page: it runs beside the page, which it drives as a reader would, and
    /// returns a value. `None` without Chromium.
    fn drive(&self, script: &str) -> Option<serde_json::Value> {
        let chromium = chromium()?;
        let harness = HARNESS.replace("SCRIPT", script);
        fs::write(self.site().join("harness.html"), harness).unwrap();
        let port = serve(self.site());
        let output = Command::new(chromium)
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
            ])
            .arg(format!(
                "--user-data-dir={}",
                self.0.path().join("browser").display()
            ))
            .args(["--window-size=1280,900", "--virtual-time-budget=60000"])
            .args([
                "--dump-dom",
                &format!("http://127.0.0.1:{port}/harness.html"),
            ])
            .output()
            .unwrap();
        let page = String::from_utf8_lossy(&output.stdout);
        let answer = page
            .split_once("<pre>")
            .and_then(|(_, rest)| rest.split_once("</pre>"));
        let (answer, _) = answer.unwrap_or_else(|| panic!("no answer in {page}"));
        let answer = answer
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
        Some(serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer}")))
    }
}

/// A page that holds the start page in a frame and runs a script on it.
const HARNESS: &str = r##"<!doctype html><meta charset="utf-8"><iframe width="1280" height="900" src="index.html"></iframe>
<script>
const frame = document.querySelector("iframe");
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const find = (selector) => frame.contentDocument.querySelector(selector);
const all = (selector) => [...frame.contentDocument.querySelectorAll(selector)];
async function ready() {
  while (find("#search")?.dataset.ready !== "yes") await wait(20);
}
function type(text) {
  find("#q").value = text;
  find("#q").dispatchEvent(new frame.contentWindow.Event("input"));
}
function ids() {
  for (let clicks = 0; !find(".search-more").hidden && clicks < 1000; clicks++) find(".search-more").click();
  return all(".search-output .rows a").map((link) => link.getAttribute("href").replace(/^posting\/|\.html$/g, ""));
}
const press = (facet, value) => find(`[data-facet="${facet}"] [data-value="${value}"]`).click();
const query = () => new URLSearchParams(frame.contentWindow.location.search).get("q");
addEventListener("load", async () => {
  const out = document.createElement("pre");
  try { out.textContent = JSON.stringify(await (async () => { SCRIPT })()); }
  catch (error) { out.textContent = JSON.stringify(String(error)); }
  document.body.append(out);
});
</script>
"##;

/// Chromium, if it is installed and shows a page here; a name alone may be a stub that installs it.
fn chromium() -> Option<&'static str> {
    static FOUND: OnceLock<Option<&'static str>> = OnceLock::new();
    let shows_a_page = |name: &&str| {
        let profile = tempfile::tempdir().unwrap();
        let shown = Command::new(name)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .args(["--dump-dom", "data:text/html,<p>shown</p>"])
            .output();
        shown.is_ok_and(|shown| String::from_utf8_lossy(&shown.stdout).contains("shown"))
    };
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = *FOUND.get_or_init(|| names.into_iter().find(shows_a_page));
    if found.is_none() {
        let required = std::env::var("JOBDECK_REQUIRE_CHROMIUM").is_ok_and(|value| value == "1");
        assert!(!required, "Chromium is required, and none shows a page");
        println!("skipped: no Chromium shows a page");
    }
    found
}

/// Serves a folder to this machine until the test ends; the port.
fn serve(folder: PathBuf) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            thread::spawn(move || answer(&stream, &folder));
        }
    });
    port
}

fn answer(mut stream: &TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut asked = String::new();
    let mut lines = BufReader::new(stream);
    lines.read_line(&mut asked)?;
    let mut header = String::new();
    while lines.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = asked.split(' ').nth(1).unwrap_or("/");
    let path = path
        .split('?')
        .next()
        .unwrap_or("/")
        .trim_start_matches('/');
    let kind = match path.rsplit_once('.').map(|(_, kind)| kind) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        _ => "text/plain",
    };
    let (status, body) = match fs::read(folder.join(path)) {
        Ok(body) => ("200 OK", body),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    )?;
    stream.write_all(&body)
}

/// The board with `{3}` as the date three days ago. No query asks for the very day, so that midnight changes nothing.
fn board() -> String {
    let today = Zoned::now().date();
    let mut parts = BOARD.split('{');
    let mut board = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let filled = part.split_once('}').and_then(|(days, rest)| {
            let days: i64 = days.parse().ok()?;
            Some(format!("{}{rest}", today - days.days()))
        });
        match filled {
            Some(filled) => board += &filled,
            None => _ = write!(board, "{{{part}"),
        }
    }
    board
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn the_site_answers_queries_as_the_command_line_does() {
    let exported = Exported::new(&board());
    let queries: toml::Table = QUERIES.parse().unwrap();
    let queries = queries["queries"].as_array().unwrap();
    let queries: Vec<&str> = queries
        .iter()
        .map(|query| query.as_str().unwrap())
        .collect();
    assert!(queries.len() >= 60);
    let script = format!(
        "find('#q').focus(); find('#q').onfocus(); await ready();
         return {}.map((query) => {{ type(query + ' '); return [ids(), find('.search-notes').hidden]; }});",
        serde_json::to_string(&queries).unwrap()
    );
    let Some(found) = exported.drive(&script) else {
        return;
    };
    let found = found.as_array().unwrap_or_else(|| panic!("{found}"));
    let mut wrong = String::new();
    let mut empty = Vec::new();
    for (query, found) in queries.iter().zip(found) {
        let ids = found[0].as_array().unwrap().iter();
        let ids: Vec<&str> = ids.map(|id| id.as_str().unwrap()).collect();
        let listed = exported.list(query);
        if ids != listed {
            _ = writeln!(wrong, "{query}\n  site: {ids:?}\n  list: {listed:?}");
        }
        if listed.is_empty() {
            empty.push(*query);
        }
        let is_understood = found[1] == true || listed.is_empty();
        assert!(is_understood, "{query} is not understood");
    }
    assert_eq!(wrong, "");
    assert_eq!(empty, ["is:closed"], "queries that find nothing");
}

#[test]
fn a_reader_finds_a_posting_in_three_steps_and_goes_back() {
    let exported = Exported::new(&board());
    let script = "
        const steps = [];
        find('#q').focus(); find('#q').onfocus(); await ready();
        type('rust'); find('form').requestSubmit();
        steps.push([query(), ids(), find('[role=status]').textContent]);
        press('workplace', 'hybrid');
        steps.push([query(), ids(), all('[data-facet=workplace] [aria-pressed=true]').map((one) => one.dataset.value)]);
        press('city', 'Berlin');
        steps.push([query(), ids()]);
        press('city', 'Munich');
        steps.push([query(), ids()]);
        frame.contentWindow.history.back(); await wait(500);
        steps.push([query(), ids()]);
        press('city', 'Berlin');
        steps.push([query(), ids()]);
        return steps;";
    let Some(steps) = exported.drive(script) else {
        return;
    };
    let step = |at: usize| -> (String, Vec<String>) {
        let ids = serde_json::from_value(steps[at][1].clone()).unwrap();
        (steps[at][0].as_str().unwrap_or_default().to_owned(), ids)
    };
    for (at, query) in [
        "rust",
        "rust workplace:=hybrid",
        "rust workplace:=hybrid city:=Berlin",
        "rust workplace:=hybrid city:=Berlin | city:=Munich",
        "rust workplace:=hybrid city:=Berlin",
        "rust workplace:=hybrid",
    ]
    .into_iter()
    .enumerate()
    {
        let (asked, ids) = step(at);
        assert_eq!(asked, query);
        assert_eq!(ids, exported.list(query), "{query}");
    }
    assert_eq!(step(2).1, ["a1"]);
    assert_eq!(steps[1][2], serde_json::json!(["hybrid"]));
    let status = steps[0][2].as_str().unwrap();
    assert!(status.contains(" of 48 postings"), "{status}");
}

#[test]
fn what_is_not_searched_is_said_and_hostile_text_stays_text() {
    let hostile = "<img src=x onerror=alert(1)>";
    let board = format!(
        "[board]\nname = \"b\"\n[[posting]]\nid = \"a\"\ntitle = \"{hostile}\"\ncompany = \"{hostile}\"\nlocations = [\"Berlin\"]\n\
         [[posting]]\nid = \"b\"\ntitle = \"</script><script>alert(1)</script>\"\n"
    );
    let exported = Exported::new(&board);
    let script = "
        find('#q').focus(); find('#q').onfocus(); await ready();
        type('near:berlin img'); const note = find('.search-notes').textContent;
        const found = ids();
        type('alert');
        return [note, found, ids(), all('#search img, #search script').length, find('.search-output .rows a').textContent];";
    let Some(said) = exported.drive(script) else {
        return;
    };
    assert_eq!(said[0], "Not understood here and left out: near:");
    assert_eq!(said[1], serde_json::json!(["a"]));
    assert_eq!(said[2].as_array().unwrap().len(), 2);
    assert_eq!(said[3], 0);
}

#[test]
fn the_search_is_small_and_its_script_is_the_only_one_allowed() {
    let mut board = board();
    for number in 0..2_000 {
        let (team, city) = (number % 40, ["Berlin", "Paris", "Austin, TX"][number % 3]);
        _ = write!(
            board,
            "[[posting]]\nid = \"made.{number}\"\ntitle = \"Engineer for Subject {number}, Area {team}\"\n\
             company = \"Company {}\"\nteam = \"Team {team}\"\nlocations = [\"{city}\"]\n\
             description = \"We use Rust, Python, Kubernetes and {{}}.\"\n",
            number % 300
        );
    }
    let exported = Exported::new(&board);
    let page = exported.read("index.html");
    let (_, script) = page.split_once("<script>").unwrap();
    let (script, _) = script.split_once("</script>").unwrap();
    assert!(
        gzipped(script.as_bytes()) <= 12 << 10,
        "{}",
        gzipped(script.as_bytes())
    );
    assert!(exported.read("search/index.json").len() <= 50 << 10);
    let policy = page.split_once("script-src ").unwrap().1;
    assert!(policy.starts_with("'sha256-"), "{policy:.80}");
    assert!(page.contains("connect-src 'self'"));
    assert!(!page.contains("innerHTML"));
    // Other pages run no scripts.
    let posting = exported.read("posting/a1.html");
    assert!(!posting.contains("connect-src 'self'") && !posting.contains("<script>"));
    // One more posting changes one file of rows.
    let files = |folder: PathBuf| {
        let files = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path());
        let rows = files.filter(|path| path.to_string_lossy().contains("rows-"));
        let mut rows: Vec<String> = rows.map(|path| fs::read_to_string(path).unwrap()).collect();
        rows.sort();
        rows
    };
    let before = files(exported.site().join("search"));
    _ = write!(board, "[[posting]]\nid = \"new\"\ntitle = \"New\"\n");
    fs::write(exported.0.path().join("board/board.toml"), &board).unwrap();
    exported.run(&["export", "--format", "html", "--output", "site"]);
    let after = files(exported.site().join("search"));
    let same = after.iter().filter(|text| before.contains(text)).count();
    assert_eq!((before.len(), same), (4, 3));
}
